"""Streams of random numbers that depend on a seed and a number alone.

Philox is counter-based: every key has a stream of its own, with nothing to hand on from one to the next. Block k of a
run draws from the key (seed, k), so it draws the same whoever works on it, and whenever.

References
----------
Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11, doi:10.1145/2063384.2063405.
"""

from __future__ import annotations

from numbers import Integral

import numpy as np

from policyopts.engine.errors import EngineError

WORDS = 1 << 64  # a key is two words of 64 bits


def stream(seed: int, number: int) -> np.random.Generator:
    """Open the stream of a seed and a number.

    Examples
    --------
    >>> stream(0, 7).random() == stream(0, 7).random(), stream(0, 7).random() == stream(0, 8).random()
    (True, False)
    """
    return np.random.Generator(np.random.Philox(key=np.array([seed, number], dtype=np.uint64)))


def seed_of(source: int | np.random.Generator) -> int:
    """Take a seed as it is, or draw one from a generator.

    Raises
    ------
    EngineError
        For a number that is no seed.
    """
    if isinstance(source, np.random.Generator):
        return int(source.integers(WORDS >> 1))
    if isinstance(source, bool) or not isinstance(source, Integral) or not 0 <= source < WORDS:
        raise EngineError(f"seed: a whole number from 0 to {WORDS - 1} is needed, not {source!r}")
    return int(source)
