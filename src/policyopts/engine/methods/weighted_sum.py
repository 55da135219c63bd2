"""Weighted sum: the additive value model, and the default method.

An option's score is the weighted average of its values, so a good showing on one criterion makes up for a poor one on
another at a fixed rate, and the score divides into one contribution from each criterion.

Use it when the criteria have scales with anchors, the weights are the worth of the swing from the worst to the best
anchor, and what a criterion is worth does not depend on how the others turn out. On declared scales, adding or removing
an option never reorders the others.

Do not use it when a very poor showing must not be made up for (set a limit, or use an outranking method), or with
weights that say how important a criterion sounds. Every normalisation but ``value`` on declared scales and ``none``
depends on which options are listed, so another option can reorder the rest. ``none`` asks for criteria in one unit.
``vector`` can lower the rank of an option that improves where performances are negative.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix(
...     [[45, 9], [60, 24], [10, 1]], weights=[60, 40], directions=["max", "min"], lower=[0, 0], upper=[100, 40]
... )
>>> ranking = rank(matrix, "weighted-sum")
>>> ranking.scores.round(2).tolist(), ranking.ranks.tolist()
([0.58, 0.52, 0.45], [1, 2, 3])
>>> rank(matrix, "weighted-sum", normalisation="min-max").ranks.tolist()
[1, 2, 3]
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import NORMALISATIONS
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.normalisation import Normalisation, Normalised


def weighted_sum(
    matrix: DecisionMatrix, *, normalisation: Normalisation = "value", steps: list[Step] | None = None
) -> MethodResult:
    """Add up each option's normalised performances, each times its criterion's weight.

    Notes
    -----
    S = Σ w·r over the criteria. Under ``value``, ``max`` and ``min-max`` r reaches 1, which is the unit of ties;
    the other normalisations know no such mark: their unit is the largest term.

    References
    ----------
    Fishburn (1967), Additive utilities with incomplete product sets, Operations Research 15(3):537-542.
    MacCrimmon (1968), Decisionmaking among multiple-attribute alternatives, RAND RM-4823-ARPA.
    Keeney & Raiffa (1976), Decisions with Multiple Objectives, ch. 3.
    """
    normalised = NORMALISATIONS[normalisation](matrix)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    scores = normalised.sums(weights)
    unit: FloatArray | float = 1.0
    if normalisation in {"sum", "vector", "none"}:
        ends = normalised.at(np.concatenate([matrix.best, matrix.worst], axis=-2))
        unit = np.abs(ends * weights).max(axis=(-2, -1))
    if steps is not None:
        steps += (
            Step("r", f"Performances, normalised: {normalisation}", normalised.table(), ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("w·r", "Contributions", _terms(normalised, weights), ("options", "criteria")),
            Step("S", "Scores: the contributions added up", scores, ("options",)),
        )
    return MethodResult(scores, unit, contributions=partial(_terms, normalised, weights))


def _terms(normalised: Normalised, weights: FloatArray) -> FloatArray:
    return normalised.table() * weights  # (…, options, criteria)
