"""MOORA and MULTIMOORA: benefits less costs, on vectors of length 1; and two more views of the same.

``moora`` ranks by the ratio system: the weighted sum of the benefits less that of the costs, each divided by the length
of its criterion's vector. Beside it stands the reference point: the largest weighted distance from the best showing.

``multimoora`` asks three systems, the ratio system, the reference point and the full multiplicative form (the product
of the benefits over that of the costs), and ranks an option before another when more of the three do. Where these
verdicts run in a circle, all in the circle share a rank; the score is the number of options that one is ranked before.

Use them when there are no anchors, and ``multimoora`` when an order is wanted that does not hang on one way of adding
up.

Do not use them when the answer must not depend on which options are listed. The length of a vector depends on where a
scale has its zero; with negative performances an improvement can lower the rank of ``moora``, and ``multimoora``
refuses them, and zero costs. ``multimoora`` can punish an improvement anyway, where it closes a circle. Over many
options that the three systems see differently, circles grow long and it tells few of them apart: of a hundred often
two dozen groups, of a thousand a handful.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[3, 200], [1, 90], [2, 110]], weights=[60, 40], directions=["max", "min"])
>>> ranking = rank(matrix, "moora")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.155, 0.014, 0.141], [1, 3, 2])
>>> ranking = rank(matrix, "multimoora")
>>> ranking.details["ratio_rank"].tolist(), ranking.details["reference_point_rank"].tolist(), ranking.ranks.tolist()
([1.0, 3.0, 2.0], [2.0, 3.0, 1.0], [1, 3, 2])
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.engine.majority import ahead_of
from policyopts.engine.method import MethodResult
from policyopts.engine.methods.weighted_product import products
from policyopts.engine.normalisation import Normalised, refuse_unfit, unit_vectors
from policyopts.engine.ranking import ranks
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def moora(matrix: DecisionMatrix, *, steps: list[Step] | None = None) -> MethodResult:
    """Add up each option's benefits and take off its costs.

    Notes
    -----
    r = x / ‖x‖; ratio = Σ w·r over the benefits - Σ w·r over the costs; reference point = max |w·r - w·r*|, r* the best
    of the options.

    References
    ----------
    Brauers & Zavadskas (2006), The MOORA method and its application to privatization in a transition economy, Control
    and Cybernetics 35(2):445-469.
    """
    systems = _ratio_and_reference(matrix)
    if steps is not None:
        steps += _steps(matrix, systems)
    return MethodResult(
        systems.ratio,
        unit=systems.unit,
        details={"ratio": systems.ratio, "reference_point": systems.reference_point},
        contributions=partial(_terms, systems),
    )


def multimoora(matrix: DecisionMatrix, *, steps: list[Step] | None = None) -> MethodResult:
    """Put an option before another when more of the three systems do.

    Notes
    -----
    The ratio system and the reference point are those of ``moora``; the full multiplicative form is Π x^w over the
    benefits / Π x^w over the costs. Each system gives ranks; what more of the three rank higher is ahead, and options
    that are ahead of one another in a circle, or level, share a rank.

    References
    ----------
    Brauers & Zavadskas (2010), Project management by MULTIMOORA as an instrument for transition economies,
    Technological and Economic Development of Economy 16(1):5-24, doi:10.3846/tede.2010.01.
    Brauers & Zavadskas (2012), Robustness of MULTIMOORA: a method for multi-objective optimization, Informatica
    23(1):1-25, doi:10.15388/Informatica.2012.346 (weights as exponents).
    """
    costs = matrix.directions < 0
    refuse_unfit(matrix, "multimoora", "'weighted-sum', 'topsis' and 'moora' can", zeros=costs)
    systems = _ratio_and_reference(matrix)
    exponents = (matrix.weights * matrix.directions)[..., np.newaxis, :]  # (…, 1, criteria)
    multiplicative = products(Normalised(matrix.values, np.ones(1)), exponents)
    places = [
        ranks(systems.ratio, systems.unit),
        ranks(-systems.reference_point, systems.unit),
        ranks(multiplicative, 0.0),
    ]
    scores = ahead_of(np.stack(places)).astype(np.float64)
    by_ratio, by_reference, by_product = (place.astype(np.float64) for place in places)
    if steps is not None:
        steps += _steps(matrix, systems)
        steps += (
            Step("x^±w", "Factors", matrix.values**exponents, ("options", "criteria")),
            Step("U", "Full multiplicative form: the product of the factors", multiplicative, ("options",)),
            Step("rank y", "Ranks by the ratio system", by_ratio, ("options",)),
            Step("rank z", "Ranks by the reference point", by_reference, ("options",)),
            Step("rank U", "Ranks by the full multiplicative form", by_product, ("options",)),
            Step("B", "Scores: the number of options that it is ranked before", scores, ("options",)),
        )
    details = {
        "ratio": systems.ratio,
        "reference_point": systems.reference_point,
        "multiplicative": multiplicative,
        "ratio_rank": by_ratio,
        "reference_point_rank": by_reference,
        "multiplicative_rank": by_product,
    }
    return MethodResult(scores, details=details)


class _Systems(NamedTuple):
    """The ratio system and the reference point (…, options), and what they come from."""

    vectors: Normalised
    signed: FloatArray  # (…, 1, criteria): weights, those of costs below zero
    best: FloatArray  # (…, 1, criteria): the best terms
    unit: FloatArray  # (…): the size of the largest term
    ratio: FloatArray
    reference_point: FloatArray


def _ratio_and_reference(matrix: DecisionMatrix) -> _Systems:
    vectors = unit_vectors(matrix)
    signed = (matrix.weights * matrix.directions)[..., np.newaxis, :]
    best = vectors.at(matrix.best) * signed
    unit = np.maximum(np.abs(best), np.abs(vectors.at(matrix.worst) * signed)).max(axis=(-2, -1))

    def by_both(block: FloatArray) -> tuple[FloatArray, FloatArray]:
        terms = block * signed
        return terms.sum(axis=-1), (best - terms).max(axis=-1)

    ratio, reference_point = vectors.per_option(by_both)
    return _Systems(vectors, signed, best, unit, ratio, reference_point)


def _terms(systems: _Systems) -> FloatArray:
    return systems.vectors.table() * systems.signed  # (…, options, criteria)


def _steps(matrix: DecisionMatrix, systems: _Systems) -> list[Step]:
    terms = _terms(systems)
    return [
        Step("r", "Performances, normalised: vector", systems.vectors.table(), ("options", "criteria")),
        Step("w", "Weights", matrix.weights, ("criteria",)),
        Step("±w·r", "Contributions: weighted, costs below zero", terms, ("options", "criteria")),
        Step("w·r*-w·r", "Distances from the best", systems.best - terms, ("options", "criteria")),
        Step("y", "Ratio system: the contributions added up", systems.ratio, ("options",)),
        Step("z", "Reference point: the largest of the distances", systems.reference_point, ("options",)),
    ]
