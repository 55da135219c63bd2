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

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from policyopts.engine.arrays import in_blocks, per_option, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from policyopts.engine.arrays import BoolArray, FloatArray
    from policyopts.engine.matrix import DecisionMatrix

Normalisation = Literal["value", "max", "sum", "min-max", "vector", "none"]

ROUNDING = 1e-15  # a criterion whose spread is this small a part of its figures is constant but for rounding


class Normalised(NamedTuple):
    """Normalised performances, worked out when asked for: (x - origin) / span, or span / x where reciprocal."""

    values: FloatArray  # (…, options, criteria)
    span: FloatArray  # (…, 1, criteria)
    origin: FloatArray | None = None  # (…, 1, criteria); None is 0
    reciprocal: BoolArray | None = None  # (criteria,)

    def table(self) -> FloatArray:
        """Work out the whole table (…, options, criteria)."""
        return self.at(self.values)

    def blocks(self) -> Iterator[FloatArray]:
        """Work out the table in blocks of options, each fast to sum over its criteria and free to be worked on."""
        return map(self._normalise, in_blocks(self.values))

    def at(self, performances: FloatArray) -> FloatArray:
        """Normalise other performances (…, any, criteria) in the same way, such as those of an ideal option."""
        return self._normalise(np.array(performances))

    def sums(self, weights: FloatArray) -> FloatArray:
        """Add up each option's figures, each times its criterion's weight (…, 1, criteria)."""
        (sums,) = self.per_option(lambda block: ((block * weights).sum(axis=-1),))
        return sums

    def per_option(self, work: Callable[[FloatArray], tuple[FloatArray, ...]]) -> tuple[FloatArray, ...]:
        """Work something out of each block, arrays (…, some options), and put it together as (…, options)."""
        return per_option(self.blocks(), self.values.shape[-2], work)

    def _normalise(self, values: FloatArray) -> FloatArray:
        flipped = self.reciprocal
        ratios = None if flipped is None else self.span[..., flipped] / values[..., flipped]
        if self.origin is not None:
            values -= self.origin
        values /= self.span
        if self.origin is not None:
            values += 0.0  # a cost at its worst is 0, not -0
        if ratios is not None:
            values[..., flipped] = ratios
        return values


def by_value(matrix: DecisionMatrix) -> Normalised:
    """Take values from 0 to 1 as given, else straight lines over the scales, else over the range of the options."""
    scaled = vars(matrix).get("scaled")
    if scaled is not None:
        return Normalised(scaled, np.ones(1))
    low, high = matrix.bounds
    origin = np.where(matrix.directions > 0, low, high)
    return Normalised(matrix.values, divisor(matrix.directions * spread(low, high)), origin)


def by_max(matrix: DecisionMatrix) -> Normalised:
    """Divide by the highest performance; for a cost divide the lowest by the performance."""
    refuse_unfit(matrix, "'max' normalisation", OTHERS, zeros=matrix.directions < 0)
    return Normalised(matrix.values, divisor(matrix.best), reciprocal=costs(matrix))


def by_sum(matrix: DecisionMatrix) -> Normalised:
    """Divide by the sum of the performances; for a cost take the share of the reciprocals' sum."""
    refuse_unfit(matrix, "'sum' normalisation", OTHERS, zeros=matrix.directions < 0)
    terms = summands(matrix)
    sums = divisor(total(terms.blocks()))
    return terms._replace(span=np.where(matrix.directions < 0, terms.span / sums, sums))


def by_range(matrix: DecisionMatrix) -> Normalised:
    """Take the way from the worst to the best performance of the options."""
    return Normalised(matrix.values, divisor(matrix.directions * matrix.spread), matrix.worst)


def by_length(matrix: DecisionMatrix) -> Normalised:
    """Divide by the length of the criterion's vector; for a cost take the rest to 1."""
    length = lengths(matrix)
    return Normalised(matrix.values, divisor(matrix.directions * length), np.where(matrix.directions > 0, 0.0, length))


def unchanged(matrix: DecisionMatrix) -> Normalised:
    """Take the performances as they are, costs negated."""
    return Normalised(matrix.values, matrix.directions, np.zeros(1))


NORMALISATIONS: Mapping[Normalisation, Callable[[DecisionMatrix], Normalised]] = {
    "value": by_value,
    "max": by_max,
    "sum": by_sum,
    "min-max": by_range,
    "vector": by_length,
    "none": unchanged,
}
OTHERS = "'min-max' and 'vector' normalisation can"  # methods that offer a ratio offer these
OTHER_METHODS = "'weighted-sum', 'topsis' and 'vikor' can"  # what a method that takes ratios alone points to


def summands(matrix: DecisionMatrix) -> Normalised:
    """Take what a sum adds up: x of a benefit, and min / x of a cost, because 1 / x could overflow."""
    return Normalised(matrix.values, np.where(matrix.directions < 0, matrix.lowest, 1.0), reciprocal=costs(matrix))


def unit_vectors(matrix: DecisionMatrix) -> Normalised:
    """Divide by the length of the criterion's vector, costs too: less of a cost stays less."""
    return Normalised(matrix.values, divisor(lengths(matrix)))


def lengths(matrix: DecisionMatrix) -> FloatArray:
    """Measure the length of each criterion's vector, as (…, 1, criteria)."""
    return np.sqrt(total(np.square(block, out=block) for block in in_blocks(matrix.values)))


def costs(matrix: DecisionMatrix) -> BoolArray | None:
    """Mark the costs (criteria,); None where there are none."""
    found = matrix.directions < 0
    return found if found.any() else None


def spread(low: FloatArray, high: FloatArray) -> FloatArray:
    """Take the way from low to high, or 0 where the two are the same but for rounding."""
    way = high - low
    return way * (way > ROUNDING * np.maximum(np.abs(low), np.abs(high)))


def divisor(span: FloatArray) -> FloatArray:
    """Divide a constant criterion by infinity instead of by zero: it comes out as 0 for every option."""
    return np.where(span == 0, np.inf, span)


def refuse_unfit(matrix: DecisionMatrix, what: str, instead: str, *, zeros: BoolArray) -> None:
    """Refuse negative performances, and zeros on the marked criteria (criteria,), where `instead` names a way out."""
    if (matrix.lowest > 0).all():
        return
    matrix.refuse(matrix.values < 0, f"is negative, which {what} cannot take; {instead}")
    matrix.refuse((matrix.values == 0) & zeros, f"is zero, which {what} cannot take on this criterion; {instead}")
