"""COPRAS: benefits and costs added up apart, and the costs turned into a share of merit.

S_plus adds up an option's weighted shares of all benefits, S_minus of all costs. What all the options' costs come to is
then handed out in inverse proportion to S_minus, and added to S_plus. The score is this Q; the utility says it in parts
of the best Q.

Use it when benefits and costs are figures of which options take shares (money, time, tonnes), and being twice as cheap
should count twice.

Do not use it with negative performances, or when the answer must not depend on which options are listed. A cost on
which all options are alike can change the order too: it makes the sums of costs less different. An improvement on one
cost can cost an option its rank, because it changes how the others' shares of that cost are handed out.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[3, 200], [1, 100], [2, 110]], weights=[60, 40], directions=["max", "min"])
>>> ranking = rank(matrix, "copras")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.383, 0.266, 0.351], [1, 3, 2])
>>> ranking.details["utility"].round(3).tolist()
[1.0, 0.695, 0.916]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.arrays import in_blocks, total
from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import OTHER_METHODS, Normalised, divisor, refuse_unfit
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def copras(matrix: DecisionMatrix, *, steps: list[Step] | None = None) -> MethodResult:
    """Score each option by its share of the benefits, and by the inverse of its share of the costs.

    Notes
    -----
    v = w·x / Σx, costs too; S_plus = Σ v over the benefits, S_minus = Σ v over the costs;
    Q = S_plus + ΣS_minus / (S_minus · Σ(1 / S_minus)), or S_plus where nothing counts as a cost; utility = Q / max Q.

    References
    ----------
    Zavadskas, Kaklauskas & Sarka (1994), The new method of multicriteria complex proportional assessment of projects,
    Technological and Economic Development of Economy 1(3):131-139.
    Podvezko (2011), The comparative analysis of MCDA methods SAW and COPRAS, Inzinerine Ekonomika 22(2):134-146,
    doi:10.5755/j01.ee.22.2.310.
    """
    nowhere = np.zeros(len(matrix.criteria), dtype=np.bool_)
    refuse_unfit(matrix, "copras", OTHER_METHODS, zeros=nowhere)
    shares = Normalised(matrix.values, divisor(total(in_blocks(matrix.values))))
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    of_benefits = np.where(matrix.directions > 0, weights, 0.0)
    of_costs = np.where(matrix.directions < 0, weights, 0.0)
    benefits, burdens = shares.per_option(
        lambda block: ((block * of_benefits).sum(axis=-1), (block * of_costs).sum(axis=-1))
    )
    _refuse_no_costs(matrix, burdens)
    scores = benefits + _inverse_shares(burdens)
    utility = scores / divisor(scores.max(axis=-1, keepdims=True))
    if steps is not None:
        table = shares.table()
        steps += (
            Step("r", "Shares of the criterion's sum", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("v", "Shares, weighted", table * weights, ("options", "criteria")),
            Step("S+", "Sums over the benefits", benefits, ("options",)),
            Step("S-", "Sums over the costs", burdens, ("options",)),
            Step("Q", "Scores: S+, and what all S- come to, in inverse proportion to S-", scores, ("options",)),
            Step("U", "Utility: Q in parts of the best", utility, ("options",)),
        )
    details = {"S_plus": benefits, "S_minus": burdens, "Q": scores, "utility": utility}
    return MethodResult(scores, unit=0.0, details=details)


def _inverse_shares(burdens: FloatArray) -> FloatArray:
    """Hand out the sum of the burdens (…, options) in inverse proportion to them; 0 where there are none."""
    inverse: FloatArray = burdens.min(axis=-1, keepdims=True) / divisor(burdens)
    inverse *= burdens.sum(axis=-1, keepdims=True) / divisor(inverse.sum(axis=-1, keepdims=True))
    return inverse


def _refuse_no_costs(matrix: DecisionMatrix, burdens: FloatArray) -> None:
    """Refuse an option whose costs are all zero among others that have some: it would be divided by."""
    divided_by = (burdens == 0) & (burdens.max(axis=-1, keepdims=True) > 0)  # (…, options)
    if divided_by.any():
        weighty = (matrix.weights > 0) & (matrix.directions < 0)
        cells = divided_by[..., np.newaxis] & weighty[..., np.newaxis, :] & (matrix.values == 0)
        samples = tuple(range(cells.ndim - matrix.values.ndim))
        because = f"is zero like all costs of this option, which copras divides by; {OTHER_METHODS}"
        matrix.refuse(cells.any(axis=samples), because)
