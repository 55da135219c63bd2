"""EDAS: rank options by their distance from the average option.

On each criterion an option is better or worse than the average of all by a part of that average. SP adds up where it is
better, SN where it is worse, both weighted; the score AS is the mean of SP as a share of the greatest SP, and of 1 less
SN as a share of the greatest SN.

Use it when the options are many and alike in kind, so that their average is a sensible mark to measure from, and there
are no anchors.

Do not use it with negative performances, on scales whose zero is arbitrary, or when the answer must not depend on which
options are listed: another option moves the average. An improvement can cost an option a rank, because it moves the
average and the greatest SP and SN that all are measured by.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[3, 200], [1, 100], [2, 120]], weights=[60, 40], directions=["max", "min"])
>>> ranking = rank(matrix, "edas")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.714, 0.19, 0.595], [1, 3, 2])
>>> ranking.document["average"].tolist()
[2.0, 140.0]
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


def edas(matrix: DecisionMatrix, *, steps: list[Step] | None = None) -> MethodResult:
    """Score each option by its distances above and below the average.

    Notes
    -----
    Distance d = (x - average) / average, costs turned; SP = Σ w·max(d, 0), SN = Σ w·max(-d, 0);
    AS = (SP / max SP + 1 - SN / max SN) / 2, and 0.5 where all options are alike.

    References
    ----------
    Keshavarz Ghorabaee, Zavadskas, Olfat & Turskis (2015), Multi-criteria inventory classification using a new method
    of evaluation based on distance from average solution, Informatica 26(3):435-451,
    doi:10.15388/Informatica.2015.57.
    """
    nowhere = np.zeros(len(matrix.criteria), dtype=np.bool_)
    refuse_unfit(matrix, "edas", OTHER_METHODS, zeros=nowhere)
    average = total(in_blocks(matrix.values)) / matrix.values.shape[-2]  # (…, 1, criteria)
    span = np.where(matrix.spread > 0, matrix.directions * average, 0.0)
    distances = Normalised(matrix.values, divisor(span), average)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)

    def above_and_below(block: FloatArray) -> tuple[FloatArray, FloatArray]:
        weighted = block * weights
        return np.maximum(weighted, 0.0).sum(axis=-1), np.maximum(-weighted, 0.0).sum(axis=-1)

    above, below = distances.per_option(above_and_below)
    scores = (_share_of_greatest(above) + 1 - _share_of_greatest(below)) / 2
    if steps is not None:
        table = distances.table()
        steps += (
            Step("AV", "The average of the options", average[..., 0, :], ("criteria",)),
            Step("PDA", "Distances above the average", np.maximum(table, 0.0), ("options", "criteria")),
            Step("NDA", "Distances below the average", np.maximum(-table, 0.0), ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("SP", "Weighted sums of PDA", above, ("options",)),
            Step("SN", "Weighted sums of NDA", below, ("options",)),
            Step("AS", "Scores: SP / max SP and 1 - SN / max SN, averaged", scores, ("options",)),
        )
    return MethodResult(
        scores,
        details={"SP": above, "SN": below, "AS": scores},
        document={"average": average[..., 0, :]},
    )


def _share_of_greatest(figures: FloatArray) -> FloatArray:
    return figures / divisor(figures.max(axis=-1, keepdims=True))
