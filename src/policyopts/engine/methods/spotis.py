"""SPOTIS: rank options by their distance from an expected solution, within fixed bounds.

The expected solution is the best end of every scale, or a row of performances of your own; an option's distance is the
weighted sum of how far it is from there, each as a share of the scale. The score is 1 less that distance.

Use it when criteria have scales and adding or removing an option must not reorder the others; and when what is wanted
is a target, such as 20 degrees or 3 schools, rather than as much or as little as possible.

Do not use it where criteria have no scales: their bounds are then the range of the options, and another option can
reorder the rest. With an ``expected_solution`` of your own, going beyond it counts as a distance like falling short, so
an improvement can lower the rank.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix(
...     [[45, 9], [60, 24], [10, 1]], weights=[60, 40], directions=["max", "min"], lower=[0, 0], upper=[100, 40]
... )
>>> ranking = rank(matrix, "spotis")
>>> ranking.details["distance"].round(2).tolist(), ranking.ranks.tolist()
([0.42, 0.48, 0.55], [1, 2, 3])
>>> rank(matrix, "spotis", expected_solution=[50, 20]).ranks.tolist()
[2, 1, 3]
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import Normalised, divisor, spread
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def spotis(
    matrix: DecisionMatrix,
    *,
    expected_solution: Literal["none"] | Sequence[float] = "none",
    steps: list[Step] | None = None,
) -> MethodResult:
    """Score each option by how far it is from the expected solution.

    Notes
    -----
    distance = Σ w·|x - x*| / (upper - lower) over the criteria, x* the expected solution; scores are 1 - distance.

    References
    ----------
    Dezert, Tchamova, Han & Tacnet (2020), The SPOTIS rank reversal free method for multi-criteria decision-making
    support, 23rd International Conference on Information Fusion, doi:10.23919/FUSION45008.2020.9190347.
    """
    low, high = matrix.bounds
    if isinstance(expected_solution, str):
        expected = np.where(matrix.directions > 0, high, low)
    else:
        expected = matrix.row("expected_solution", expected_solution)
        _check_within(matrix, expected, low, high)
    ways = Normalised(matrix.values, divisor(spread(low, high)), expected)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    (distances,) = ways.per_option(lambda block: (np.abs(block * weights).sum(axis=-1),))
    scores = 1 - distances
    if steps is not None:
        table = np.abs(ways.table())
        steps += (
            Step("d", "Distances from the expected solution, as shares of the scales", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("w·d", "Distances, weighted", table * weights, ("options", "criteria")),
            Step("w·(1-d)", "Contributions", _contributions(ways, weights), ("options", "criteria")),
            Step("D", "Distances in all", distances, ("options",)),
            Step("1-D", "Scores: the contributions added up", scores, ("options",)),
        )
    return MethodResult(scores, details={"distance": distances}, contributions=partial(_contributions, ways, weights))


def _contributions(ways: Normalised, weights: FloatArray) -> FloatArray:
    return (1 - np.abs(ways.table())) * weights  # (…, options, criteria)


def _check_within(matrix: DecisionMatrix, expected: FloatArray, low: FloatArray, high: FloatArray) -> None:
    beyond = (expected < low) | (expected > high)
    if beyond.any():
        place = int(np.flatnonzero(beyond.reshape(-1, len(expected)).any(axis=0))[0])
        raise EngineError(
            f"expected_solution: {expected[place]:g} is beyond the bounds of the criterion {matrix.criteria[place]}",
            "the bounds are the ends of the scale, or the range of the options where there is no scale",
        )
