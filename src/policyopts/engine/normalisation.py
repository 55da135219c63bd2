"""Normalisation: performances in different units brought onto one footing, 1 = best.

| name | benefit | cost | |
|---|---|---|---|
| ``value`` | value function on the scale | the same | on the range of the options where there is no scale |
| ``max`` | x / max | min / x | no negative performances, no zero costs |
| ``sum`` | x / Σx | (1/x) / Σ(1/x) | no negative performances, no zero costs |
| ``min-max`` | (x - min) / (max - min) | (max - x) / (max - min) | |
| ``vector`` | x / ‖x‖ | 1 - x / ‖x‖ | |
| ``none`` | x | -x | the units decide: only for criteria in one unit |

A criterion on which all options are alike comes out the same for all of them, and never as 0/0.
Only ``value`` on declared scales and ``none`` leave an option's figures alone when another option is added.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from policyopts.engine.arrays import in_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from policyopts.engine.arrays import BoolArray, FloatArray
    from policyopts.engine.matrix import DecisionMatrix

Normalisation = Literal["value", "max", "sum", "min-max", "vector", "none"]

ROUNDING = 1e-15  # a criterion whose spread is this small a part of its figures is constant but for rounding


class Normalised(NamedTuple):
    """Normalised performances, worked out when asked for: (x - origin) / span, or span / x where reciprocal."""

    values: FloatArray  # (…, options, criteria)
    origin: FloatArray  # (…, 1, criteria)
    span: FloatArray  # (…, 1, criteria)
    reciprocal: BoolArray | None = None  # (criteria,)

    def table(self) -> FloatArray:
        """Work out the whole table (…, options, criteria)."""
        return self._apply(self.values)

    def blocks(self) -> Iterator[FloatArray]:
        """Work out the table in blocks of options, each fast to sum over its criteria."""
        return map(self._apply, in_blocks(self.values))

    def _apply(self, values: FloatArray) -> FloatArray:
        result = values - self.origin
        result /= self.span
        result += 0.0  # a cost at its worst is 0, not -0
        if self.reciprocal is not None:
            flipped = self.reciprocal
            result[..., flipped] = self.span[..., flipped] / values[..., flipped]
        return result


def by_value(matrix: DecisionMatrix) -> Normalised:
    """Take values from 0 to 1 as given, else straight lines over the scales, else over the range of the options."""
    scaled = vars(matrix).get("scaled")
    if scaled is not None:
        return Normalised(scaled, np.zeros(1), np.ones(1))
    low, high = matrix.lower, matrix.upper
    open_ended = np.isnan(low)
    if open_ended.any():
        low, high = np.where(open_ended, matrix.lowest, low), np.where(open_ended, matrix.highest, high)
    return _straight(matrix, low, high)


def by_max(matrix: DecisionMatrix) -> Normalised:
    """Divide by the highest performance; for a cost divide the lowest by the performance."""
    _refuse_no_ratios(matrix, "max")
    costs = matrix.directions < 0
    return Normalised(matrix.values, np.zeros(1), _divisor(np.where(costs, matrix.lowest, matrix.highest)), costs)


def by_sum(matrix: DecisionMatrix) -> Normalised:
    """Divide by the sum of the performances; for a cost take the share of the reciprocals' sum."""
    _refuse_no_ratios(matrix, "sum")
    costs = matrix.directions < 0
    unit = np.where(costs, matrix.lowest, 1.0)
    terms = Normalised(matrix.values, np.zeros(1), unit, costs)  # x, or min / x of a cost: 1 / x could overflow
    total = _divisor(_total(terms.blocks()))
    return Normalised(matrix.values, np.zeros(1), np.where(costs, unit / total, total), costs)


def by_range(matrix: DecisionMatrix) -> Normalised:
    """Take the way from the worst to the best performance of the options."""
    return _straight(matrix, matrix.lowest, matrix.highest)


def by_length(matrix: DecisionMatrix) -> Normalised:
    """Divide by the length of the criterion's vector; for a cost take the rest to 1."""
    length = np.sqrt(_total(map(np.square, in_blocks(matrix.values))))
    origin = np.where(matrix.directions > 0, 0.0, length)
    return Normalised(matrix.values, origin, _divisor(matrix.directions * length))


def unchanged(matrix: DecisionMatrix) -> Normalised:
    """Take the performances as they are, costs negated."""
    return Normalised(matrix.values, np.zeros(1), matrix.directions)


NORMALISATIONS: Mapping[Normalisation, Callable[[DecisionMatrix], Normalised]] = {
    "value": by_value,
    "max": by_max,
    "sum": by_sum,
    "min-max": by_range,
    "vector": by_length,
    "none": unchanged,
}


def _straight(matrix: DecisionMatrix, low: FloatArray, high: FloatArray) -> Normalised:
    spread = high - low
    flat = spread <= ROUNDING * np.maximum(np.abs(low), np.abs(high))
    origin = np.where(matrix.directions > 0, low, high)
    return Normalised(matrix.values, origin, _divisor(np.where(flat, 0.0, matrix.directions * spread)))


def _total(blocks: Iterable[FloatArray]) -> FloatArray:
    """Add up over all options, as (…, 1, criteria)."""
    return reduce(np.add, (block.sum(axis=-2, keepdims=True) for block in blocks))


def _divisor(span: FloatArray) -> FloatArray:
    """Divide a constant criterion by infinity instead of by zero: it comes out as 0 for every option."""
    return np.where(span == 0, np.inf, span)


def _refuse_no_ratios(matrix: DecisionMatrix, name: Normalisation) -> None:
    instead = "'value', 'min-max', 'vector' and 'none' can"
    matrix.refuse(matrix.values < 0, f"is negative, which '{name}' normalisation cannot take; {instead}")
    zero_costs = (matrix.values == 0) & (matrix.directions < 0)
    matrix.refuse(zero_costs, f"is a cost that '{name}' normalisation divides by; {instead}")
