"""Weighted product: multiply ratios, each raised to its criterion's weight.

An option that is twice as good on one criterion and half as good on another of the same weight comes out level: what
counts is how many times better, not by how much. A very poor showing pulls the whole product down, so less of it can be
made up for than in a sum.

Use it when performances are on ratio scales, with a true zero, and a change by a part (a tenth more, a third less) is
what matters. The order of two options depends on no third one and on no unit, under any normalisation.

Do not use it with zeros or negative performances, or on scales whose zero is arbitrary (points, temperatures): moving
the zero changes the ranking.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[20, 100], [10, 50], [10, 80]], weights=[1, 1], directions=["max", "min"])
>>> ranking = rank(matrix, "weighted-product")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.707, 0.707, 0.559], [1, 1, 3])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import OTHER_METHODS, Normalised, by_max, by_sum, costs, refuse_unfit
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def weighted_product(
    matrix: DecisionMatrix,
    *,
    normalisation: Literal["max", "sum", "none"] = "max",
    steps: list[Step] | None = None,
) -> MethodResult:
    """Multiply each option's ratios, each raised to its criterion's weight.

    Notes
    -----
    P = Π r^w over the criteria; under ``none`` r is x, and 1 / x of a cost. Products tie relative to the largest.

    References
    ----------
    Bridgman (1922), Dimensional Analysis, ch. 2; Miller & Starr (1969), Executive Decisions and Operations Research.
    Triantaphyllou (2000), Multi-Criteria Decision Making Methods: A Comparative Study, ch. 2.
    """
    refuse_what_is_not_positive(matrix, "weighted-product")
    if normalisation == "none":
        ratios = Normalised(matrix.values, np.ones(matrix.directions.shape), reciprocal=costs(matrix))
    else:
        ratios = {"max": by_max, "sum": by_sum}[normalisation](matrix)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    scores = products(ratios, weights)
    if steps is not None:
        table = ratios.table()
        steps += (
            Step("r", f"Performances, normalised: {normalisation}", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("r^w", "Ratios, raised to the weights", table**weights, ("options", "criteria")),
            Step("P", "Scores: the product of these", scores, ("options",)),
        )
    return MethodResult(scores, unit=0.0)


def products(ratios: Normalised, weights: FloatArray) -> FloatArray:
    """Multiply each option's ratios, raised to weights (…, 1, criteria), as (…, options)."""
    (scores,) = ratios.per_option(lambda block: ((block**weights).prod(axis=-1),))
    return scores


def refuse_what_is_not_positive(matrix: DecisionMatrix, method: str) -> None:
    """Refuse a zero or negative performance: one zero would make the whole product 0 or infinite."""
    everywhere = np.ones(len(matrix.criteria), dtype=np.bool_)
    refuse_unfit(matrix, method, OTHER_METHODS, zeros=everywhere)
