"""From judgements or data to weights."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyopts.engine.arrays import frozen
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.weightings import WEIGHTINGS
from policyopts.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policyopts.engine.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights that a weighting comes to, from judgements or data, under its parameters."""

    method: str
    criteria: tuple[str, ...]
    weights: FloatArray  # (…, criteria), summing to 1
    details: Mapping[str, object]  # the weighting's own terms by their textbook names
    parameters: Mapping[str, object]  # with the judgements, as they were given


def weights(matrix_or_criteria: DecisionMatrix | Sequence[str], method: str, **parameters: object) -> Weights:
    """Find weights for the criteria of a decision matrix, or for criteria given by their ids, by a weighting.

    Parameters
    ----------
    matrix_or_criteria
        A decision matrix; or, for a weighting that asks for judgements and not for data, the criteria's ids.
    method
        ``direct``, ``swing``, ``equal``, ``rank-order-centroid``, ``rank-sum``, ``rank-reciprocal``, ``ahp`` or ``bwm``
        from judgements; ``entropy``, ``critic``, ``merec``, ``standard-deviation``, ``coefficient-of-variation`` or
        ``gini`` from the data. The last six say how far options differ, not what matters.
    parameters
        The judgements, such as ``points`` for swing, and the weighting's parameters.

    Raises
    ------
    EngineError
        For a weighting or parameter that is not there, and for judgements or data that it cannot take.

    Examples
    --------
    >>> points = {"cost": 100, "speed": 40, "security": 60}
    >>> weights(["security", "cost", "speed"], "swing", points=points).weights.tolist()
    [0.3, 0.5, 0.2]
    >>> matrix = DecisionMatrix([[3, 20], [1, 10], [2, 10]], weights=[60, 40], directions=["max", "min"])
    >>> found = weights(matrix, "standard-deviation")
    >>> found.weights.round(3).tolist()
    [0.464, 0.536]
    >>> matrix.with_weights(found.weights).weights.round(3).tolist()
    [0.464, 0.536]
    """
    if method not in WEIGHTINGS:
        raise EngineError(f"there is no weighting '{method}'", did_you_mean(method, WEIGHTINGS))
    chosen = WEIGHTINGS[method]
    if isinstance(matrix_or_criteria, DecisionMatrix):
        criteria = matrix_or_criteria.criteria
        if method == "direct":
            parameters = {"numbers": matrix_or_criteria.weights, **parameters}  # a matrix has been given its numbers
    elif chosen.needs == "data":
        raise EngineError(f"{method} looks at the data: give it a decision matrix, not only the criteria")
    else:
        criteria = _ids(matrix_or_criteria)
    settings = chosen.settings(parameters)
    result = chosen.function(matrix_or_criteria if chosen.needs == "data" else criteria, **settings)
    return Weights(method, criteria, frozen(result.weights), result.details, settings)


def _ids(given: Sequence[str]) -> tuple[str, ...]:
    criteria = tuple(given)
    if isinstance(given, str) or not criteria:
        raise EngineError("criteria: a list of one id or more is needed")
    repeated, times = Counter(criteria).most_common(1)[0]
    if times > 1:
        raise EngineError(f"criteria: the id {repeated!r} stands there twice")
    return criteria
