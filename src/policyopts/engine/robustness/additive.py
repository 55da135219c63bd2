"""Weighted sums of uncertain values.

A value on a straight line is an origin plus a span times a standard draw, so what is certain of all cells is one
product of a table and the weights. Of an option's normal values on straight lines, the weighted sum is normal too:
one draw stands for all of them, its variance being the sum of theirs times the squared weights. All other cells are
drawn one by one.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.products import multiply
from policyopts.engine.robustness.counts import MANY
from policyopts.engine.robustness.performances import draw_standard, turn_to_figures, turn_to_triangles
from policyopts.engine.robustness.scoring import draw_shares
from policyopts.engine.robustness.tallies import FEW, Samples
from policyopts.engine.robustness.twins import Twins
from policyopts.engine.value_curves import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeVar

    from policyopts.engine.arrays import BoolArray, FloatArray, IntArray
    from policyopts.engine.robustness.cells import Cell
    from policyopts.engine.robustness.performances import UncertainPerformances
    from policyopts.engine.robustness.weights import WeightDistribution
    from policyopts.engine.value_curves import ValueCurve
    from policyopts.engine.workspace import Workspace

    Kind = TypeVar("Kind")

CELLS = 1 << 18  # drawn in one go: what they take fits the cache
LEAST = 256  # samples at once
PIECE = CELLS // LEAST  # cells that so many samples are drawn of in one go


class _Straight(NamedTuple):
    """Cells that are drawn alike, option by option, with values on straight lines."""

    cells: tuple[Cell, ...]
    criteria: IntArray
    spans: FloatArray  # (cells, 1), in values
    starts: IntArray  # where an option's cells start
    options: IntArray  # those options

    def sums(self, drawn: FloatArray, out: FloatArray) -> FloatArray:
        """Add up what is drawn for each option's cells (options, samples)."""
        each, rest = divmod(len(drawn), len(out))
        if rest == 0 and np.array_equal(self.starts, range(0, len(drawn), each)):
            return np.add.reduce(drawn.reshape(len(out), each, -1), axis=1, out=out)  # the same, much faster
        return np.add.reduceat(drawn, self.starts, axis=0, out=out)


class _Curved(NamedTuple):
    """Cells that are drawn alike, one by one, with values on any curves."""

    cells: tuple[Cell, ...]
    criteria: tuple[tuple[int, ValueCurve, IntArray, IntArray], ...]  # each with its curve, and its cells and options


class AdditiveScoring:
    """Weighted sums of values (options, criteria), some of them uncertain."""

    shifts = 1

    def __init__(
        self,
        values: FloatArray,
        curves: Sequence[ValueCurve | None],
        performances: UncertainPerformances,
        weights: WeightDistribution,
    ) -> None:
        self._weights = weights
        self.corners = np.eye(weights.criteria)
        self._certain = np.array(values)
        self._deviations = np.zeros_like(self._certain)
        straight = []
        curved = []
        for cell in performances.cells:
            curve, place = curves[cell.criterion], cell[:2]
            if curve is None:
                raise EngineError("a sum of uncertain values needs a value function for each")
            if not isinstance(curve, Line) or cell.may_be_cut:
                self._certain[place] = 0.0
                curved.append((cell, curve))
                continue
            way = curve.best - curve.worst
            self._certain[place] = (cell.origin - curve.worst) / way
            if cell.distribution == "normal":
                self._deviations[place] = cell.span / way
            else:
                straight.append((cell, cell.span / way))
        self._straight = [_alike(some) for some in _pieces(straight)]
        self._curved = [_on_curves(some) for some in _pieces(curved)]
        weighty: BoolArray = np.any(weights.spanning, axis=1)
        certain = ~performances.uncertain[:, weighty].any(axis=1, keepdims=True)
        self.twins = Twins.of(np.where(certain, values @ weights.spanning, np.nan))
        self._unit = 1.0 if _may_tie(curves, performances, weighty) else None
        self.block = 1 << 14 if len(values) <= MANY else 4 * LEAST
        self.together = max(LEAST, CELLS // max(len(performances.cells), len(values)))

    def score(self, random: np.random.Generator, groups: int, shifts: int, space: Workspace) -> Samples:
        """Draw samples, and score the options in each."""
        weights = draw_shares(self._weights, random, groups, space)
        scores = space.array("scores", (len(self._certain), groups))
        multiply(self._certain, weights, scores)
        if self._deviations.any():
            spread, normal = space.array("spread", (2, *scores.shape))
            squares = np.square(weights, out=space.array("squares", weights.shape))
            multiply(np.square(self._deviations), squares, spread)
            np.sqrt(spread, out=spread)
            random.standard_normal(out=normal)
            spread *= normal
            scores += spread
        for kind in self._straight:
            drawn, their_weights = space.array("uncertain", (2, len(kind.cells), groups))
            draw_standard(random, kind.cells, drawn, their_weights)
            drawn *= kind.spans
            drawn *= np.take(weights, kind.criteria, axis=0, out=their_weights, mode="clip")
            scores[kind.options] += kind.sums(drawn, space.array("parts", (len(kind.options), groups)))
        for cells, criteria in self._curved:
            drawn = _drawn_one_by_one(random, cells, groups, space)
            turn_to_figures(cells, drawn)
            for criterion, curve, places, options in criteria:
                values = curve.values(drawn[places])
                values *= weights[criterion]
                scores[options] += values
        self.twins.level(scores)
        if len(scores) > FEW:
            scores = np.ascontiguousarray(scores.T).T
        return Samples(scores[:, np.newaxis], weights, self._unit)


def _drawn_one_by_one(
    random: np.random.Generator, cells: tuple[Cell, ...], samples: int, space: Workspace
) -> FloatArray:
    """Draw from standard distributions that are alike (cells, samples), as if each cell were drawn by itself."""
    if cells[0].distribution == "triangular":
        both = space.array("uncertain", (len(cells), 2, samples))
        random.random(out=both)
        drawn = both[:, 0]
        turn_to_triangles(cells, drawn, both[:, 1])
    else:
        drawn, spare = space.array("uncertain", (2, len(cells), samples))
        draw_standard(random, cells, drawn, spare)
    return drawn


def _pieces(cells: list[tuple[Cell, Kind]]) -> Iterator[list[tuple[Cell, Kind]]]:
    """Cut cells into pieces that are drawn alike, and in one go."""
    for _, some in groupby(cells, key=lambda paired: paired[0].distribution):
        alike = list(some)
        options = np.array([cell.option for cell, _ in alike])
        start = 0
        while start < len(alike):
            stop = start + PIECE
            if stop < len(alike):
                own = int(np.searchsorted(options, options[stop]))
                stop = own if own > start else stop  # an option's cells stay together, unless they are too many
            yield alike[start:stop]
            start = stop


def _on_curves(cells: list[tuple[Cell, ValueCurve]]) -> _Curved:
    curves = {cell.criterion: curve for cell, curve in cells}
    criteria, options = np.array([(cell.criterion, cell.option) for cell, _ in cells]).T
    places = {criterion: np.flatnonzero(criteria == criterion) for criterion in sorted(curves)}
    return _Curved(
        tuple(cell for cell, _ in cells),
        tuple((criterion, curves[criterion], rows, options[rows]) for criterion, rows in places.items()),
    )


def _alike(cells: list[tuple[Cell, float]]) -> _Straight:
    options, starts = np.unique([cell.option for cell, _ in cells], return_index=True)
    return _Straight(
        cells=tuple(cell for cell, _ in cells),
        criteria=np.array([cell.criterion for cell, _ in cells]),
        spans=np.array([[span] for _, span in cells]),
        starts=starts,
        options=options,
    )


def _may_tie(curves: Sequence[ValueCurve | None], performances: UncertainPerformances, weighty: BoolArray) -> bool:
    """Tell whether two options, not both of them certain, may tie by more than an accident.

    For that, each value of both that has any weight must be certain, or be on a flat stretch with some chance.
    """
    settled = ~performances.uncertain
    for cell in performances.cells:
        curve = curves[cell.criterion]
        if curve is not None:
            settled[cell.option, cell.criterion] = _meets_flat(cell, curve)
    candidates = settled[:, weighty].all(axis=1)
    uncertain = performances.uncertain[:, weighty].any(axis=1)
    return bool(candidates.sum() > 1 and np.any(candidates & uncertain))


def _meets_flat(cell: Cell, curve: ValueCurve) -> bool:
    """Tell whether the same value comes up with some chance: on a flat stretch, or where an assessor is certain."""
    if cell.parts:
        return any(part.distribution == "exact" or _meets_flat(part, curve) for part in cell.parts)
    return cell.may_be_cut or any(start < cell.high and stop > cell.low for start, stop in curve.flats)
