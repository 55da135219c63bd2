"""Dominance: which options are beaten whatever the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray, IntArray


def dominators(values: FloatArray) -> IntArray:
    """Give for each option (options, criteria) the place of one that dominates it, or -1 where none does.

    `values` are higher = better. An option dominates another that it equals or beats on every criterion, and
    beats on one at least.

    Examples
    --------
    >>> dominators(np.array([[0.9, 0.5], [0.4, 0.5], [0.2, 0.6]])).tolist()
    [-1, 0, -1]
    """
    found = np.full(len(values), -1)
    sums = values.sum(axis=1)
    order = np.argsort(-sums, kind="stable")
    best_first = values[order]
    for option in order:
        # Rounding may put a dominator's sum level with the option's: those a little below are looked at too.
        upto = np.searchsorted(-sums[order], -sums[option] + 1e-9 * (1 + abs(sums[option])), side="right")
        others = best_first[:upto]
        beaten = (others >= values[option]).all(axis=1) & (others > values[option]).any(axis=1)
        if beaten.any():
            found[option] = order[int(np.argmax(beaten))]
    return found
