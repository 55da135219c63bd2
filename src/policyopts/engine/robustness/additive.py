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
from policyopts.engine.robustness.performances import draw_standard, turn_to_figures
from policyopts.engine.robustness.scoring import draw_shares
from policyopts.engine.robustness.tallies import FEW, Samples
from policyopts.engine.robustness.twins import Twins
from policyopts.engine.value_curves import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.engine.arrays import BoolArray, FloatArray, IntArray
    from policyopts.engine.robustness.cells import Cell
    from policyopts.engine.robustness.performances import UncertainPerformances
    from policyopts.engine.robustness.weights import WeightDistribution
    from policyopts.engine.value_curves import ValueCurve
    from policyopts.engine.workspace import Workspace

CELLS = 1 << 18  # drawn in one go: what they take fits the cache


class _Straight(NamedTuple):
    """Cells that are drawn alike, option by option, with values on straight lines."""

    cells: tuple[Cell, ...]
    criteria: IntArray
    spans: FloatArray  # (cells, 1), in values
    starts: IntArray  # where an option's cells start
    options: IntArray  # those options


class AdditiveScoring:
    """Weighted sums of values (options, criteria), some of them uncertain."""

    shifts = 1
    block = 1 << 14

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
        self._curved: list[tuple[Cell, ValueCurve]] = []
        for cell in performances.cells:
            curve, place = curves[cell.criterion], cell[:2]
            if curve is None:
                raise EngineError("a sum of uncertain values needs a value function for each")
            if not isinstance(curve, Line) or cell.may_be_cut:
                self._certain[place] = 0.0
                self._curved.append((cell, curve))
                continue
            way = curve.best - curve.worst
            self._certain[place] = (cell.origin - curve.worst) / way
            if cell.distribution == "normal":
                self._deviations[place] = cell.span / way
            else:
                straight.append((cell, cell.span / way))
        self._straight = [
            _alike([*some]) for _, some in groupby(straight, key=lambda cell_span: cell_span[0].distribution)
        ]
        weighty: BoolArray = np.any(weights.spanning, axis=1)
        certain = ~performances.uncertain[:, weighty].any(axis=1, keepdims=True)
        self.twins = Twins.of(np.where(certain, values @ weights.spanning, np.nan))
        self._unit = 1.0 if _may_tie(curves, performances, weighty) else None
        self.together = max(256, CELLS // max(len(performances.cells), len(values)))

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
            parts = space.array("parts", (len(kind.options), groups))
            scores[kind.options] += np.add.reduceat(drawn, kind.starts, axis=0, out=parts)
        for cell, curve in self._curved:
            drawn, spare = space.array("uncertain", (2, 1, groups))
            draw_standard(random, (cell,), drawn, spare)
            turn_to_figures((cell,), drawn)
            values = curve.values(drawn[0])
            values *= weights[cell.criterion]
            scores[cell.option] += values
        self.twins.level(scores)
        if len(scores) > FEW:
            scores = np.ascontiguousarray(scores.T).T
        return Samples(scores[:, np.newaxis], weights, self._unit)


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
