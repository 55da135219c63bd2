"""What the engine's arrays are called, and how it walks through large ones.

The last two axes are (options, criteria); any axes before them are samples.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]
    IntArray: TypeAlias = NDArray[np.intp]
    BoolArray: TypeAlias = NDArray[np.bool_]

LARGEST = 1e100  # no input may be larger: squares and sums of what is allowed stay finite
BLOCK = 8192  # options at a time: ten criteria of them fit the second-level cache


def frozen(array: FloatArray) -> FloatArray:
    """View an array so that nobody writes through the view."""
    view = array.view()
    view.setflags(write=False)
    return view


def in_blocks(table: FloatArray) -> Iterator[FloatArray]:
    """Cut a table (…, options, criteria) into blocks of options that fit the cache.

    Each block is a copy, free to be worked on in place. It keeps its axes but lies criterion by criterion in memory:
    whatever runs over the options runs along memory, and a sum over criteria adds them one after the other, the same
    on every machine.
    """
    axes = range(table.ndim - 1)
    for start in range(0, table.shape[-2], BLOCK):
        criteria_first = table[..., start : start + BLOCK, :].transpose(-1, *axes)
        yield np.array(criteria_first, order="C").transpose(*(axis + 1 for axis in axes), 0)


def joined(parts: Iterable[tuple[FloatArray, ...]]) -> tuple[FloatArray, ...]:
    """Put together what was worked out block by block: from each block's (…, some options), …, the same of them all."""
    return tuple(np.concatenate(pieces, axis=-1) for pieces in zip(*parts, strict=True))


def total(blocks: Iterable[FloatArray]) -> FloatArray:
    """Add up over all options, as (…, 1, criteria)."""
    return reduce(np.add, (block.sum(axis=-2, keepdims=True) for block in blocks))


def extremes(table: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Find each criterion's lowest and highest number over the options, as (…, 1, criteria)."""
    blocks = in_blocks(table) if table.shape[-2] > BLOCK else [table]
    lows, highs = zip(*((b.min(axis=-2, keepdims=True), b.max(axis=-2, keepdims=True)) for b in blocks), strict=True)
    return reduce(np.minimum, lows), reduce(np.maximum, highs)
