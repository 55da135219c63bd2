"""mcda: tables with named scales in; for measuring only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcda import PerformanceTable
from mcda.functions import VShapeFunction
from mcda.mavt.aggregators import TOPSIS, WeightedSum
from mcda.outranking.electre import Electre3
from mcda.outranking.promethee import Promethee2
from mcda.scales import PreferenceDirection, QuantitativeScale
from mcda.transformers import normalize

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.problems import Array, Problem


def _table(problem: Problem) -> Any:
    criteria = [f"c{number}" for number, _ in enumerate(problem.weights)]
    ends = zip(criteria, problem.values.min(axis=0), problem.values.max(axis=0), problem.directions, strict=True)
    ways = {1.0: PreferenceDirection.MAX, -1.0: PreferenceDirection.MIN}
    scales = {
        criterion: QuantitativeScale(low, high, preference_direction=ways[way]) for criterion, low, high, way in ends
    }
    options = [f"a{number}" for number in range(len(problem.values))]
    return PerformanceTable(problem.values, alternatives=options, criteria=criteria, scales=scales)


def _by_criterion(figures: Array) -> dict[str, float]:
    return {f"c{number}": float(figure) for number, figure in enumerate(figures)}


def _weighted_sum(problem: Problem) -> Array:
    return WeightedSum(_by_criterion(problem.weights))(normalize(_table(problem))).data.to_numpy()


def _topsis(problem: Problem) -> Array:
    return TOPSIS(_by_criterion(problem.weights))(_table(problem)).data.to_numpy()


def _promethee(problem: Problem) -> Array:
    functions = {
        f"c{number}": VShapeFunction(p=high, q=low)
        for number, (low, high) in enumerate(zip(problem.indifference, problem.preference, strict=True))
    }
    return Promethee2(_table(problem), _by_criterion(problem.weights), functions).rank().data.to_numpy()


def _electre_3(problem: Problem) -> Array:
    thresholds = map(_by_criterion, (problem.weights, problem.indifference, problem.preference, problem.veto))
    method = Electre3(_table(problem), *thresholds)
    credibility = method.construct()
    method.exploit(credibility)
    return credibility.data.to_numpy()


ANSWERS: dict[str, Callable[[Problem], Array]] = {
    "weighted-sum min-max": _weighted_sum,
    "topsis vector": _topsis,
    "promethee linear": _promethee,
    "electre-3": _electre_3,
}
