"""MARCOS: rank options by where they stand between an ideal and an anti-ideal option.

The ideal has the best showing of any option on every criterion, the anti-ideal the worst. An option's weighted sum S is
set against both: K_plus in parts of the ideal's, K_minus in parts of the anti-ideal's; the score f combines the two.

Use it when the score should say how an option compares with the best and with the worst that there is. The order of the
options is that of S, the weighted sum under ``max`` normalisation.

Do not use it with negative performances or zero costs, nor where the anti-ideal is zero on all that has weight; or when
the answer must not depend on which options are listed.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[3, 200], [1, 100], [2, 110]], weights=[60, 40], directions=["max", "min"])
>>> ranking = rank(matrix, "marcos")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.718, 0.538, 0.685], [1, 3, 2])
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import OTHER_METHODS, by_max, divisor, refuse_unfit
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.normalisation import Normalised


def marcos(matrix: DecisionMatrix, *, steps: list[Step] | None = None) -> MethodResult:
    """Score each option by its weighted sum, in parts of the ideal's and of the anti-ideal's.

    Notes
    -----
    r = x / max of a benefit and min / x of a cost; S = Σ w·r; K_minus = S / S_anti, K_plus = S / S_ideal;
    f = (K_plus + K_minus) / (1 + (1 - f_plus) / f_plus + (1 - f_minus) / f_minus), with
    f_minus = K_plus / (K_plus + K_minus) and f_plus = K_minus / (K_plus + K_minus), the same for all options.

    References
    ----------
    Stević, Pamučar, Puška & Chatterjee (2020), Sustainable supplier selection in healthcare industries using a new MCDM
    method: Measurement of alternatives and ranking according to COmpromise solution (MARCOS), Computers & Industrial
    Engineering 140:106231, doi:10.1016/j.cie.2019.106231.
    """
    refuse_unfit(matrix, "marcos", OTHER_METHODS, zeros=matrix.directions < 0)
    ratios = by_max(matrix)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    of_ideal = (ratios.at(matrix.best) * weights).sum(axis=-1)  # (…, 1)
    of_anti_ideal = (ratios.at(matrix.worst) * weights).sum(axis=-1)
    _refuse_empty_anti_ideal(matrix, of_ideal, of_anti_ideal)
    sums = ratios.sums(weights)
    to_ideal, to_anti_ideal = sums / divisor(of_ideal), sums / divisor(of_anti_ideal)
    # f with S taken out: what is left is the same for all options, and has no 0 / 0.
    factor = (of_ideal + of_anti_ideal) / divisor(of_ideal**2 + of_ideal * of_anti_ideal + of_anti_ideal**2)
    scores = sums * factor
    if steps is not None:
        table = ratios.table()
        steps += (
            Step("r", "Performances, normalised: max", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("w·r", "Ratios, weighted", table * weights, ("options", "criteria")),
            Step("w·r·f/S", "Contributions", _terms(ratios, weights, factor), ("options", "criteria")),
            Step("S", "Weighted sums", sums, ("options",)),
            Step("K-", "S in parts of the anti-ideal's", to_anti_ideal, ("options",)),
            Step("K+", "S in parts of the ideal's", to_ideal, ("options",)),
            Step("f", "Scores", scores, ("options",)),
        )
    return MethodResult(
        scores,
        unit=0.0,
        details={"S": sums, "K_minus": to_anti_ideal, "K_plus": to_ideal, "f": scores},
        contributions=partial(_terms, ratios, weights, factor),
    )


def _terms(ratios: Normalised, weights: FloatArray, factor: FloatArray) -> FloatArray:
    return ratios.table() * weights * factor[..., np.newaxis]  # (…, options, criteria)


def _refuse_empty_anti_ideal(matrix: DecisionMatrix, of_ideal: FloatArray, of_anti_ideal: FloatArray) -> None:
    """Refuse an anti-ideal that sums to zero beside an ideal that does not: K_minus would divide by it."""
    empty = (of_anti_ideal == 0) & (of_ideal > 0)  # (…, 1)
    if empty.any():
        cells = empty[..., np.newaxis] & (matrix.weights[..., np.newaxis, :] > 0) & (matrix.values == 0)
        samples = tuple(range(cells.ndim - matrix.values.ndim))
        because = f"is zero, and so is the worst on all other criteria, which marcos divides by; {OTHER_METHODS}"
        matrix.refuse(cells.any(axis=samples), because)
