"""MABAC: rank options by how far they stand above the border of what options usually reach.

On each criterion a border is drawn at the geometric mean of the options; an option's score adds up how far it stands
above the borders, less how far below. A score above 0 is better than the border on the whole.

Use it when it helps to say of each option where it is above and where below the common run; the score divides into one
contribution from each criterion. The order of the options is that of a weighted sum on the range of the options: the
border is the same for all.

Do not use it when the answer must not depend on which options are listed: the range and the borders do.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[3, 200], [1, 100], [2, 110]], weights=[60, 40], directions=["max", "min"])
>>> ranking = rank(matrix, "mabac")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.11, -0.09, 0.17], [2, 3, 1])
>>> ranking.document["border"].round(3).tolist()
[0.865, 0.624]
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.arrays import total
from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import by_range
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.normalisation import Normalised


def mabac(matrix: DecisionMatrix, *, steps: list[Step] | None = None) -> MethodResult:
    """Add up how far each option stands above the border of each criterion.

    Notes
    -----
    v = w·(1 + r), r on the range of the options; border g = the geometric mean of v over the options; S = Σ (v - g).
    A criterion on which all options are alike adds 0.

    References
    ----------
    Pamučar & Ćirović (2015), The selection of transport and handling resources in logistics centers using
    Multi-Attributive Border Approximation area Comparison, Expert Systems with Applications 42(6):3016-3028,
    doi:10.1016/j.eswa.2014.11.057.
    """
    normalised = by_range(matrix)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    logarithms = total(np.log1p(block, out=block) for block in normalised.blocks())
    height = np.exp(logarithms / matrix.values.shape[-2]) - 1  # of the border, on the scale of r
    scores = normalised.sums(weights) - (height * weights).sum(axis=-1)
    border = ((1 + height) * weights)[..., 0, :]
    if steps is not None:
        table = normalised.table()
        steps += (
            Step("r", "Performances on the range of the options", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("v", "w·(1 + r)", (1 + table) * weights, ("options", "criteria")),
            Step("g", "The border: the geometric mean of v over the options", border, ("criteria",)),
            Step("q", "Contributions: v - g", _contributions(normalised, height, weights), ("options", "criteria")),
            Step("S", "Scores: the contributions added up", scores, ("options",)),
        )
    return MethodResult(
        scores,
        details={"S": scores},
        document={"border": border},
        contributions=partial(_contributions, normalised, height, weights),
    )


def _contributions(normalised: Normalised, height: FloatArray, weights: FloatArray) -> FloatArray:
    return (normalised.table() - height) * weights  # (…, options, criteria)
