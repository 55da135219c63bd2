"""ARAS: rank options by what part of an optimal option they reach.

The optimal option is listed beside the others: the best performance on every criterion, or a row of your own. Every
criterion is divided by its sum, the costs by way of their reciprocals, and an option's weighted sum S is given in parts
of the optimal option's: K, the score.

Use it when "three quarters of the best there is" is what should be said, and performances are on ratio scales.

Do not use it with negative performances or zero costs, or when the answer must not depend on which options are listed:
another option changes the sums.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[3, 200], [1, 100], [2, 110]], weights=[60, 40], directions=["max", "min"])
>>> ranking = rank(matrix, "aras")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.815, 0.58, 0.756], [1, 3, 2])
>>> rank(matrix, "aras", optimal=[5, 80]).scores.round(3).tolist()
[0.533, 0.4, 0.509]
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from policyopts.engine.arrays import total
from policyopts.engine.errors import EngineError
from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import OTHER_METHODS, Normalised, divisor, refuse_unfit, summands
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def aras(
    matrix: DecisionMatrix,
    *,
    optimal: Literal["column-best"] | Sequence[float] = "column-best",
    steps: list[Step] | None = None,
) -> MethodResult:
    """Score each option by its weighted sum, in parts of the optimal option's.

    Notes
    -----
    r = x / Σx of a benefit and (1/x) / Σ(1/x) of a cost, the optimal option counted in; S = Σ w·r; K = S / S_0, S_0 of
    the optimal option.

    References
    ----------
    Zavadskas & Turskis (2010), A new additive ratio assessment (ARAS) method in multicriteria decision-making,
    Technological and Economic Development of Economy 16(2):159-172, doi:10.3846/tede.2010.10.
    """
    costs = matrix.directions < 0
    refuse_unfit(matrix, "aras", OTHER_METHODS, zeros=costs)
    best = matrix.best if isinstance(optimal, str) else _optimal_row(matrix, optimal)
    terms = summands(matrix)
    sums = divisor(total(terms.blocks()) + terms.at(best))
    shares = terms._replace(span=np.where(costs, terms.span / sums, sums))
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    of_optimal = (shares.at(best) * weights).sum(axis=-1)  # (…, 1)
    if not (isinstance(optimal, str) or of_optimal.all()):
        raise EngineError("optimal: all are 0 on the criteria that have weight; options are measured in parts of it")
    weighted_sums = shares.sums(weights)
    scores = weighted_sums / divisor(of_optimal)
    if steps is not None:
        table = shares.table()
        steps += (
            Step("r", "Shares of the criterion's sum, the optimal option counted in", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("w·r", "Shares, weighted", table * weights, ("options", "criteria")),
            Step("w·r_0", "The same of the optimal option", (shares.at(best) * weights)[..., 0, :], ("criteria",)),
            Step("w·r/S_0", "Contributions", _terms(shares, weights, of_optimal), ("options", "criteria")),
            Step("S", "Weighted sums", weighted_sums, ("options",)),
            Step("K", "Scores: S in parts of the optimal option's", scores, ("options",)),
        )
    return MethodResult(
        scores,
        unit=0.0,
        details={"S": weighted_sums, "K": scores},
        contributions=partial(_terms, shares, weights, of_optimal),
    )


def _terms(shares: Normalised, weights: FloatArray, of_optimal: FloatArray) -> FloatArray:
    return shares.table() * weights / divisor(of_optimal[..., np.newaxis])  # (…, options, criteria)


def _optimal_row(matrix: DecisionMatrix, optimal: Sequence[float]) -> FloatArray:
    row = matrix.row("optimal", optimal)
    for criterion, performance, direction in zip(matrix.criteria, row, matrix.directions, strict=True):
        if performance < 0 or (performance == 0 and direction < 0):
            needed = "a number from 0 up" if direction > 0 else "a number above 0"
            raise EngineError(f"optimal: {performance:g} on the criterion {criterion}, where aras needs {needed}")
    return row[np.newaxis, :]
