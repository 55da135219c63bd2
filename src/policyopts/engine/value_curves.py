"""Value functions as things to keep: from performance to value, and from a value back to the performance.

`value_functions` holds the formulas. A curve binds one of them to a criterion's scale, tells where it is flat, and
finds the performance that a value stands for, so that an answer reckoned in values can be told in the criterion's unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan
from typing import TYPE_CHECKING, Protocol

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.value_functions import STRAIGHT, exponential, linear, piecewise_linear

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix

SAME = 1e-9  # values that differ by less are one


class ValueCurve(Protocol):
    """What every curve can do."""

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest performance of the scale."""
        ...

    @property
    def flats(self) -> tuple[tuple[float, float], ...]:
        """The stretches of performances, from low to high, over which the value stays the same."""
        ...

    def values(self, performances: FloatArray) -> FloatArray:
        """Turn performances into values from 0 to 1."""
        ...

    def performance(self, value: float, near: float) -> float:
        """Find the performance with a value from 0 to 1: the nearest to `near`, where a flat stretch has it."""
        ...


@dataclass(frozen=True)
class Line:
    """A straight line from the worst to the best end of the scale.

    Examples
    --------
    >>> Line(worst=40, best=0).performance(0.75, near=20)
    10.0
    """

    worst: float
    best: float

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest performance of the scale."""
        return min(self.worst, self.best), max(self.worst, self.best)

    @property
    def flats(self) -> tuple[tuple[float, float], ...]:
        """The stretches beyond the scale."""
        return _beyond(self.ends)

    def values(self, performances: FloatArray) -> FloatArray:
        """Turn performances into values from 0 to 1."""
        return linear(performances, self.worst, self.best)

    def performance(self, value: float, near: float) -> float:
        """Find the performance with a value from 0 to 1."""
        return self.worst + value * (self.best - self.worst)


@dataclass(frozen=True)
class Bend:
    """An exponential from the worst to the best end of the scale, concave where rho > 0.

    Examples
    --------
    >>> bend = Bend(worst=0, best=100, rho=2.0)
    >>> round(bend.performance(bend.values(np.array([30.0]))[0], near=50), 9)
    30.0
    """

    worst: float
    best: float
    rho: float

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest performance of the scale."""
        return min(self.worst, self.best), max(self.worst, self.best)

    @property
    def flats(self) -> tuple[tuple[float, float], ...]:
        """The stretches beyond the scale."""
        return _beyond(self.ends)

    def values(self, performances: FloatArray) -> FloatArray:
        """Turn performances into values from 0 to 1."""
        return exponential(performances, self.worst, self.best, self.rho)

    def performance(self, value: float, near: float) -> float:
        """Find the performance with a value from 0 to 1."""
        bend = abs(self.rho)
        sought = value if self.rho > 0 else 1 - value  # for rho < 0 the curve is the one for |rho|, turned round
        with np.errstate(divide="ignore"):  # of the far end of a sharp bend
            way = sought if bend < STRAIGHT else float(-np.log1p(sought * np.expm1(-bend)) / bend)
        way = way if self.rho > 0 else 1 - way
        return self.worst + min(max(way, 0.0), 1.0) * (self.best - self.worst)


@dataclass(frozen=True)
class Chain:
    """Points (performance, value from 0 to 1), rising in performance, joined by straight lines.

    Examples
    --------
    >>> chain = Chain(((0, 0), (50, 0.8), (70, 0.8), (100, 1)))
    >>> chain.performance(0.4, near=90), chain.performance(0.8, near=90), chain.performance(0.8, near=20)
    (25.0, 70.0, 50.0)
    """

    points: tuple[tuple[float, float], ...]

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest performance of the scale."""
        return self.points[0][0], self.points[-1][0]

    @property
    def flats(self) -> tuple[tuple[float, float], ...]:
        """The stretches between points of one value, and those beyond the scale."""
        level = [(start, stop) for start, stop, low, high in self._stretches() if low == high]
        return (*_beyond(self.ends), *level)

    def values(self, performances: FloatArray) -> FloatArray:
        """Turn performances into values from 0 to 1."""
        return piecewise_linear(performances, self.points)

    def performance(self, value: float, near: float) -> float:
        """Find the performance with a value from 0 to 1: the nearest to `near`, where a flat stretch has it."""
        values = [own for _, own in self.points]
        sought = min(max(value, min(values)), max(values))
        found = []
        for start, stop, low, high in self._stretches():
            if low == high and abs(sought - low) <= SAME:
                found.append(min(max(near, start), stop))
            elif low != high and min(low, high) <= sought <= max(low, high):
                found.append(start + (sought - low) / (high - low) * (stop - start))
        return float(min(found, key=lambda performance: abs(performance - near)))

    def _stretches(self) -> Iterator[tuple[float, float, float, float]]:
        for (start, low), (stop, high) in zip(self.points, self.points[1:], strict=False):
            yield start, stop, low, high


def _beyond(ends: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    return (-inf, ends[0]), (ends[1], inf)


def lines(matrix: DecisionMatrix) -> tuple[Line | None, ...]:
    """Give each criterion's straight line on its scale; None where it has none, and the options present set the range.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> lines(DecisionMatrix([[3, 9]], [1, 1], ["min", "max"], lower=[0, None], upper=[5, None]))
    (Line(worst=5.0, best=0.0), None)
    """
    scales = zip(matrix.lower.tolist(), matrix.upper.tolist(), matrix.directions.tolist(), strict=True)
    return tuple(
        None if isnan(low) else Line(low, high) if direction > 0 else Line(high, low) for low, high, direction in scales
    )


def curves_of(matrix: DecisionMatrix, curves: Sequence[ValueCurve | None] | None) -> tuple[ValueCurve | None, ...]:
    """Take the curves given, or straight lines; they are those by which the matrix has its values.

    Raises
    ------
    EngineError
        Where the values of the matrix are others.
    """
    found: tuple[ValueCurve | None, ...] = lines(matrix) if curves is None else tuple(curves)
    if len(found) != len(matrix.criteria):
        raise EngineError(f"curves: {len(matrix.criteria)} are needed, one for each criterion, not {len(found)}")
    for place, curve in enumerate(found):
        if curve is not None:
            values = curve.values(matrix.values[..., place])
            if not np.allclose(values, matrix.scaled[..., place], rtol=0, atol=SAME):
                criterion = matrix.criteria[place]
                raise EngineError(f"criterion {criterion}: the matrix has other values than the value function gives")
    return found


def with_performances(
    matrix: DecisionMatrix, values: FloatArray, curves: Sequence[ValueCurve | None]
) -> DecisionMatrix:
    """Make the matrix of other performances (samples, options, criteria), each valued by its criterion's curve."""
    straight = matrix.with_values(values)
    bent = [(place, curve) for place, curve in enumerate(curves) if curve is not None and not isinstance(curve, Line)]
    if not bent:
        return straight
    scaled = np.array(straight.scaled)
    for place, curve in bent:
        scaled[..., place] = curve.values(values[..., place])
    return matrix.with_values(values, scaled)
