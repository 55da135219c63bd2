"""Ourselves: every question that a peer can be asked too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from policyopts.engine.matrix import PREFERENCE_FUNCTIONS, DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.ranking import rank, ranks
from policyopts.engine.weighing import weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.problems import Array, Problem
    from policyopts.engine.method import MethodResult


def matrix(problem: Problem, **thresholds: Any) -> DecisionMatrix:
    """Make a decision matrix without scales."""
    return DecisionMatrix(problem.values, problem.weights, problem.directions, **thresholds)


def apply(problem: Problem, method: str, **settings: Any) -> MethodResult:
    """Apply a method, without ranking by its scores."""
    return METHODS[method].function(matrix(problem), **settings)


def _scores(method: str, **settings: Any) -> Callable[[Problem], Array]:
    return lambda problem: apply(problem, method, **settings).scores


def _detail(method: str, name: str) -> Callable[[Problem], Array]:
    return lambda problem: apply(problem, method).details[name]


def _promethee(function: str) -> Callable[[Problem], Array]:
    def answer(problem: Problem) -> Array:
        criteria = matrix(
            problem,
            preference_functions=[function] * len(problem.weights),
            indifference=problem.indifference,
            preference=problem.preference,
            gaussian=problem.gaussian,
        )
        return METHODS["promethee"].function(criteria).scores

    return answer


def _electre_1(problem: Problem) -> MethodResult:
    return apply(problem, "electre-1", concordance=0.65, discordance=0.35)


def _outranks(problem: Problem) -> Array:
    relation: Any = _electre_1(problem).document["outranks"]
    return np.asarray(relation.table, dtype=np.float64)


def _electre_3(problem: Problem) -> MethodResult:
    criteria = matrix(problem, indifference=problem.indifference, preference=problem.preference, veto=problem.veto)
    return METHODS["electre-3"].function(criteria)


def _spotis(problem: Problem) -> Array:
    return METHODS["spotis"].function(matrix(problem, lower=problem.lower, upper=problem.upper)).details["distance"]


def _weights(weighting: str, **settings: Any) -> Callable[[Problem], Array]:
    return lambda problem: weights(matrix(problem), weighting, **settings).weights


def _ahp(problem: Problem, prioritisation: str) -> Any:
    criteria = [f"c{number}" for number, _ in enumerate(problem.weights)]
    return weights(criteria, "ahp", judgements=problem.judgements, prioritisation=prioritisation)


def _places(problem: Problem) -> Array:
    order = np.argsort(ranks(problem.tied), kind="stable")  # those who tie, as they are listed
    places = np.empty(len(order))
    places[order] = np.arange(1, len(order) + 1)
    return places


ANSWERS: dict[str, Callable[[Problem], Array]] = {
    "weighted-sum max": _scores("weighted-sum", normalisation="max"),
    "weighted-sum sum": _scores("weighted-sum", normalisation="sum"),
    "weighted-sum min-max": _scores("weighted-sum", normalisation="min-max"),
    "weighted-sum min-max, ranked": lambda problem: rank(matrix(problem), normalisation="min-max").ranks,
    "weighted-sum vector": _scores("weighted-sum", normalisation="vector"),
    "weighted-product max": _scores("weighted-product", normalisation="max"),
    "weighted-product sum": _scores("weighted-product", normalisation="sum"),
    "weighted-product none": _scores("weighted-product", normalisation="none"),
    "waspas": _scores("waspas"),
    "topsis vector": _scores("topsis"),
    "topsis min-max": _scores("topsis", normalisation="min-max"),
    "topsis max": _scores("topsis", normalisation="max"),
    "topsis sum": _scores("topsis", normalisation="sum"),
    "vikor S": _detail("vikor", "S"),
    "vikor R": _detail("vikor", "R"),
    "vikor Q": _detail("vikor", "Q"),
    "vikor ranks": lambda problem: ranks(apply(problem, "vikor").scores).astype(np.float64),
    **{f"promethee {function}": _promethee(function) for function in PREFERENCE_FUNCTIONS},
    "electre-1 outranks": _outranks,
    "electre-1 kernel": lambda problem: (_electre_1(problem).scores == -1).astype(np.float64),
    "electre-3": lambda problem: _electre_3(problem).scores,
    "moora": _scores("moora"),
    "multimoora": _scores("multimoora"),
    "multimoora reference point": _detail("multimoora", "reference_point"),
    "multimoora multiplicative form": _detail("multimoora", "multiplicative"),
    "multimoora ranks": lambda problem: ranks(apply(problem, "multimoora").scores).astype(np.float64),
    "copras": _detail("copras", "utility"),
    "aras": _scores("aras"),
    "edas": _scores("edas"),
    "mabac": _scores("mabac"),
    "codas": _scores("codas"),
    "marcos": _scores("marcos"),
    "spotis": _spotis,
    "cocoso": _scores("cocoso"),
    "borda": _scores("borda"),
    "copeland ranks": lambda problem: ranks(apply(problem, "copeland").scores).astype(np.float64),
    "ranks of tied scores": lambda problem: ranks(problem.tied).astype(np.float64),
    "ranks of scores that tie but for rounding": lambda problem: ranks(problem.nearly_tied).astype(np.float64),
    "places without ties": _places,
    "weights equal": _weights("equal"),
    "weights entropy": _weights("entropy"),
    "weights critic": _weights("critic"),
    "weights critic, directions ignored": _weights("critic", ignore_direction=True),
    "weights merec": _weights("merec"),
    "weights standard-deviation": _weights("standard-deviation", normalisation="none"),
    "weights coefficient-of-variation": _weights("coefficient-of-variation"),
    "weights gini": _weights("gini"),
    "weights ahp eigenvector": lambda problem: _ahp(problem, "eigenvector").weights,
    "weights ahp geometric-mean": lambda problem: _ahp(problem, "geometric-mean").weights,
    "weights ahp column-mean": lambda problem: _ahp(problem, "column-mean").weights,
    "ahp consistency ratio": lambda problem: np.array([_ahp(problem, "eigenvector").details["consistency_ratio"]]),
}
