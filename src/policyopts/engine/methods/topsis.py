"""TOPSIS: rank options by closeness to an ideal option.

The ideal has the best showing of any option on every criterion, the anti-ideal the worst. An option's score is its
distance from the anti-ideal as a share of its distances to both: 1 at the ideal, 0 at the anti-ideal.

Use it when a good showing on one criterion may make up for a poor one on another, when an even profile should count for
more than one of peaks and troughs, and when there are no anchors to say what a difference is worth.

Do not use it when the answer must not depend on which options are listed: another option can reorder the rest, and even
an improvement of an option can cost it a rank, because under ``vector`` and ``sum`` it shrinks all other figures of the
criterion. ``vector`` depends on where a scale has its zero; ``max`` and ``sum`` refuse negative performances and zero
costs.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[1, 3000], [2, 3750], [5, 4500]], weights=[1, 1], directions=["min", "max"])
>>> ranking = rank(matrix, "topsis")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.762, 0.722, 0.238], [1, 2, 3])
>>> rank(matrix, "topsis", normalisation="min-max").ranks.tolist()
[2, 1, 2]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import NORMALISATIONS, unit_vectors
from policyopts.engine.products import multiply
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.method import UnderWeights
    from policyopts.engine.normalisation import Normalised
    from policyopts.engine.workspace import Workspace

TopsisNormalisation = Literal["vector", "min-max", "max", "sum"]


def topsis(
    matrix: DecisionMatrix,
    *,
    normalisation: TopsisNormalisation = "vector",
    steps: list[Step] | None = None,
) -> MethodResult:
    """Score each option by its distances to the best and the worst showing.

    Notes
    -----
    v = w·r, d the Euclidean distance to the ideal and to the anti-ideal v; closeness = d_worst / (d_best + d_worst),
    in 0-1, and 0.5 where all options are alike. Under ``vector`` a cost keeps x / ‖x‖, and the lowest is its ideal.

    References
    ----------
    Hwang & Yoon (1981), Multiple Attribute Decision Making: Methods and Applications, ch. 3.
    """
    normalised = _normalised(matrix, normalisation)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    # Where options differ by rounding alone, rounding would be all that the distances consist of.
    telling = np.where(matrix.spread > 0, weights, 0.0)
    ideal, anti_ideal = normalised.at(matrix.best) * telling, normalised.at(matrix.worst) * telling

    def distances(block: FloatArray) -> tuple[FloatArray, FloatArray]:
        weighted = block * telling
        return _distances(weighted, ideal), _distances(weighted, anti_ideal)

    d_best, d_worst = normalised.per_option(distances)
    both = d_best + d_worst
    scores = np.divide(d_worst, both, out=np.full_like(both, 0.5), where=both > 0)
    if steps is not None:
        table = normalised.table()
        steps += (
            Step("r", f"Performances, normalised: {normalisation}", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("v", "Normalised performances, weighted", table * weights, ("options", "criteria")),
            Step("v+", "The ideal", (normalised.at(matrix.best) * weights)[..., 0, :], ("criteria",)),
            Step("v-", "The anti-ideal", (normalised.at(matrix.worst) * weights)[..., 0, :], ("criteria",)),
            Step("d_best", "Distances to the ideal", d_best, ("options",)),
            Step("d_worst", "Distances to the anti-ideal", d_worst, ("options",)),
            Step("C", "Scores: closeness to the ideal", scores, ("options",)),
        )
    return MethodResult(scores, details={"d_best": d_best, "d_worst": d_worst})


def topsis_under_weights(matrix: DecisionMatrix, *, normalisation: TopsisNormalisation = "vector") -> UnderWeights:
    """Make the function from weights (criteria, any) to scores (options, any).

    Notes
    -----
    Squared distances are sums of squared weights, each times the squared way on its criterion: two products.
    """
    normalised = _normalised(matrix, normalisation)
    table, telling = normalised.table(), matrix.spread > 0
    ways_best = np.where(telling, np.square(table - normalised.at(matrix.best)), 0.0)
    ways_worst = np.where(telling, np.square(table - normalised.at(matrix.worst)), 0.0)

    def under_weights(weights: FloatArray, space: Workspace) -> FloatArray:
        squares = np.square(weights, out=space.array("squares", weights.shape))
        shape = (len(table), weights.shape[1])
        both, d_worst = space.array("both", shape), space.array("d_worst", shape)
        multiply(ways_best, squares, both)
        multiply(ways_worst, squares, d_worst)
        np.sqrt(both, out=both)
        np.sqrt(d_worst, out=d_worst)
        both += d_worst
        if not both.all():
            alike = both == 0
            d_worst[alike], both[alike] = 0.5, 1.0
        d_worst /= both
        return d_worst

    return under_weights


def _normalised(matrix: DecisionMatrix, normalisation: TopsisNormalisation) -> Normalised:
    return unit_vectors(matrix) if normalisation == "vector" else NORMALISATIONS[normalisation](matrix)


def _distances(points: FloatArray, point: FloatArray) -> FloatArray:
    ways = points - point
    squared: FloatArray = np.square(ways, out=ways).sum(axis=-1)
    return np.sqrt(squared, out=squared)
