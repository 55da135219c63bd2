"""Dominance: which options are beaten whatever the weights.

An option dominates another that it equals or beats on every criterion, and beats on one at least. No weights, and no
value functions that only rise, can put the dominated one first; so it leaves the list, or a criterion is missing that
speaks for it. `dominators` names for each option one that dominates it; `dominated_by` tells all that an option
dominates.

>>> values = np.array([[0.9, 0.5], [0.4, 0.5], [0.2, 0.6], [0.2, 0.4]])
>>> dominators(values).tolist()
[-1, 0, -1, 0]
>>> dominated_by(values, [2]).tolist()
[[False, False, False, True]]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    from policyopts.engine.arrays import BoolArray, FloatArray, IntArray

BLOCK = 256  # options at a time: the pairs that they make with the others fit the cache
MOST_BYTES = 1 << 32  # of an answer, one byte a pair


def dominators(values: FloatArray) -> IntArray:
    """Give for each option (options, criteria) the place of one that dominates it, or -1 where none does.

    `values` are higher = better. The one that is named has the highest sum of values among all that dominate, so
    nothing dominates it in turn.
    """
    found = np.full(len(values), -1)
    sums = values.sum(axis=1)
    steps, total = _steps(-values)  # with every criterion turned round, the dominated dominate
    order = np.argsort(total, kind="stable")  # whatever dominates an option stands before it
    front = order[:0]  # those that nothing dominates: what is dominated at all is dominated by one of them
    for start in range(0, len(order), BLOCK):
        block = order[start : start + BLOCK]
        rivals = np.concatenate([front, block])
        rivals = rivals[np.argsort(-sums[rivals], kind="stable")]
        beats = _dominate(steps[:, block], total[block], steps[:, rivals], total[rivals])
        beaten = beats.any(axis=1)
        found[block[beaten]] = rivals[beats[beaten].argmax(axis=1)]
        front = np.concatenate([front, block[~beaten]])
    return found


def dominated_by(values: FloatArray, places: Sequence[int] | IntArray | None = None) -> BoolArray:
    """Tell which options each of the options at `places` dominates, as (places, options); all of them unless given.

    `values` (options, criteria) are higher = better.

    Raises
    ------
    EngineError
        Where the answer would take more than 4 GiB, which is 65,536 options asked about at once.
    """
    asked = np.arange(len(values)) if places is None else np.asarray(places, dtype=np.intp)
    if len(asked) * len(values) > MOST_BYTES:
        size = len(asked) * len(values) / (1 << 30)
        raise EngineError(
            f"which of {len(values):,} options each of {len(asked):,} dominates takes {size:,.1f} GiB: ask about fewer"
        )
    steps, total = _steps(values)
    result = np.empty((len(asked), len(values)), dtype=np.bool_)
    for start in range(0, len(asked), BLOCK):
        some = asked[start : start + BLOCK]
        result[start : start + BLOCK] = _dominate(steps[:, some], total[some], steps, total)
    return result


def _steps(values: FloatArray) -> tuple[NDArray[Any], IntArray]:
    """Give each option's step on every criterion's ladder, 0 = lowest, as (criteria, options), and their sums.

    Small whole numbers compare fastest, and their sums put dominator and dominated apart with no rounding.
    """
    steps = np.array([np.unique(column, return_inverse=True)[1].reshape(-1) for column in values.T])
    return steps.astype(np.min_scalar_type(len(values))), steps.sum(axis=0)


def _dominate(steps: NDArray[Any], total: IntArray, other_steps: NDArray[Any], other_total: IntArray) -> BoolArray:
    """Tell which of the others each dominates: at least as high on every ladder, and higher in sum."""
    result = total[:, np.newaxis] > other_total
    for own, other in zip(steps, other_steps, strict=True):
        result &= own[:, np.newaxis] >= other
    return result
