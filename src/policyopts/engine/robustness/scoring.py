"""Scores in samples, each kind of model by the shortest way there.

- Where scores are linear in the weights, they are one product of a table and the weights drawn. Where the weights are
  uniform on a simplex, one draw serves as many samples as it has figures: turned round by a place, it is as likely.
- A method may say how it scores under many weights at once.
- Of a weighted sum of uncertain values, only the uncertain ones are added up one by one (`additive`).
- Any other method takes a decision matrix with samples as its first axis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from policyopts.engine.products import multiply
from policyopts.engine.robustness.tallies import FEW, Samples
from policyopts.engine.robustness.twins import Twins
from policyopts.engine.robustness.weights import SimplexWeights, any_weights
from policyopts.engine.value_curves import with_performances

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.method import MethodResult, UnderWeights
    from policyopts.engine.robustness.performances import UncertainPerformances
    from policyopts.engine.robustness.weights import WeightDistribution
    from policyopts.engine.value_curves import ValueCurve
    from policyopts.engine.workspace import Workspace

MOST_SHIFTS = 64  # of a draw: with more, what is reckoned with all of them at once would not fit the cache
MOST_BLOCK, LEAST_BLOCK = 1 << 12, 1 << 6  # samples of a block of any method
EFFORT = 1 << 22  # figures that it looks at
CELLS = 1 << 18  # figures looked at in one go: what they take fits the cache


class Scoring(Protocol):
    """What every way to score samples can do."""

    shifts: int  # samples that share a draw
    together: int  # draws that fit the cache; with another number, a seed means other draws
    block: int  # samples in a block: some milliseconds of work
    corners: FloatArray  # (criteria, corners): what the weights of its samples are shares of
    twins: Twins  # options that always tie

    def score(self, random: np.random.Generator, groups: int, shifts: int, space: Workspace) -> Samples:
        """Draw groups of samples, and score the options in each."""
        ...


class LinearScoring:
    """Scores that are linear in the weights: a table (options, criteria) of what each criterion adds."""

    def __init__(self, table: FloatArray, weights: WeightDistribution) -> None:
        simplex = isinstance(weights, SimplexWeights)
        self.corners = weights.corners if isinstance(weights, SimplexWeights) else np.eye(weights.criteria)
        corners = self.corners.shape[1]
        self._drawn = any_weights(corners) if simplex else weights  # shares of the corners
        by_corner = table @ self.corners
        self.by_corner = by_corner if simplex else None  # scores where all weight is in a corner of a simplex
        self._options = len(table)
        self.twins = Twins.of(table @ weights.spanning)
        self.shifts = corners if simplex and corners <= MOST_SHIFTS and self._options <= FEW else 1
        self._tables = np.concatenate([np.roll(by_corner, shift, axis=1) for shift in range(self.shifts)])
        self.together = max(1, 2 * CELLS // len(self._tables))
        self.block = 1 << 16 if self._options <= FEW else 1 << 14

    def score(self, random: np.random.Generator, groups: int, shifts: int, space: Workspace) -> Samples:
        """Draw groups of samples, and score the options in each."""
        drawn = draw_shares(self._drawn, random, groups, space)
        tables = self._tables[: shifts * self._options]
        if self._options <= FEW:
            flat = space.array("scores", (len(tables), groups))
            multiply(tables, drawn, flat)
            scores = flat.reshape(shifts, self._options, groups).transpose(1, 0, 2)
        else:
            flat = space.array("scores", (groups, len(tables)))
            multiply(tables, drawn, flat.T)
            scores = flat.T[:, np.newaxis]
        self.twins.level(scores)
        return Samples(scores, drawn, None)


class WeightScoring:
    """Scores under many weights at once, by a method that knows how."""

    shifts = 1
    block = 1 << 15
    twins = Twins()  # ties are seen as they come

    def __init__(self, under_weights: UnderWeights, options: int, weights: WeightDistribution) -> None:
        self._under_weights, self._weights = under_weights, weights
        self.corners = np.eye(weights.criteria)
        self.together = max(1, CELLS // 4 // options)

    def score(self, random: np.random.Generator, groups: int, shifts: int, space: Workspace) -> Samples:
        """Draw samples, and score the options in each."""
        drawn = draw_shares(self._weights, random, groups, space)
        return Samples(self._under_weights(drawn, space)[:, np.newaxis], drawn, 1.0)


class MatrixScoring:
    """Scores by any method: it takes samples as the first axis of a decision matrix."""

    shifts = 1
    twins = Twins()

    def __init__(
        self,
        matrix: DecisionMatrix,
        method: Callable[[DecisionMatrix], MethodResult],
        weights: WeightDistribution,
        performances: UncertainPerformances | None,
        curves: Sequence[ValueCurve | None],
        *,
        effort: int,
    ) -> None:
        """Take what is drawn, and how many figures the method looks at for a sample."""
        self._matrix, self._method = matrix, method
        self._weights, self._performances = weights, performances
        self._curves = curves
        self.corners = np.eye(weights.criteria)
        self.together = max(1, CELLS // matrix.values.size)
        self.block = max(LEAST_BLOCK, min(MOST_BLOCK, EFFORT // effort))

    def score(self, random: np.random.Generator, groups: int, shifts: int, space: Workspace) -> Samples:
        """Draw samples, and score the options in each."""
        drawn = draw_shares(self._weights, random, groups, space)
        matrix = self._matrix
        if self._performances is not None:
            drawn_values = self._performances.table(self._performances.draw(random, groups))
            matrix = with_performances(matrix, drawn_values, self._curves)
        result = self._method(matrix.with_weights(drawn.T))
        scores = np.broadcast_to(result.scores, (groups, matrix.values.shape[-2]))
        unit = np.broadcast_to(result.unit, groups)
        return Samples(np.ascontiguousarray(scores.T)[:, np.newaxis], drawn, unit)


def draw_shares(weights: WeightDistribution, random: np.random.Generator, samples: int, space: Workspace) -> FloatArray:
    """Draw weights (criteria, samples), each sample's summing to 1."""
    drawn = space.array("drawn", (weights.criteria, samples))
    weights.draw(random, drawn)
    drawn /= drawn.sum(axis=0)
    return drawn
