"""pymcdm: options by criteria and types in, scores out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pymcdm.normalizations as normalisations
import pymcdm.weights as weightings
from pymcdm import methods
from pymcdm.helpers import rrankdata
from pymcdm.weights.subjective import AHP

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.problems import Array, Problem


def _scores(method: Any) -> Callable[[Problem], Array]:
    return lambda problem: method(problem.values, problem.weights, problem.directions)


def _step(method: Any, place: int) -> Callable[[Problem], Array]:
    return lambda problem: method._method(problem.values, problem.weights, problem.directions)[place]


def _promethee(function: str) -> Callable[[Problem], Array]:
    # An object is used up by one call, so each problem gets its own.
    def answer(problem: Problem) -> Array:
        method = methods.PROMETHEE_II(function, p=problem.preference, q=problem.indifference)
        return method(problem.values, problem.weights, problem.directions)

    return answer


def _spotis(problem: Problem) -> Array:
    bounds = np.column_stack([problem.lower, problem.upper])
    return methods.SPOTIS(bounds)(problem.values, problem.weights, problem.directions)


ANSWERS: dict[str, Callable[[Problem], Array]] = {
    "weighted-sum max": _scores(methods.WSM(normalisations.linear_normalization)),
    "weighted-sum sum": _scores(methods.WSM(normalisations.sum_normalization)),
    "weighted-sum min-max": _scores(methods.WSM(normalisations.minmax_normalization)),
    "weighted-sum vector": _scores(methods.WSM(normalisations.vector_normalization)),
    "weighted-product max": _scores(methods.WPM(normalisations.linear_normalization)),
    "weighted-product sum": _scores(methods.WPM(normalisations.sum_normalization)),
    "waspas": _scores(methods.WASPAS()),
    "topsis vector": _scores(methods.TOPSIS(normalisations.vector_normalization)),
    "topsis min-max": _scores(methods.TOPSIS(normalisations.minmax_normalization)),
    "topsis max": _scores(methods.TOPSIS(normalisations.linear_normalization)),
    "topsis sum": _scores(methods.TOPSIS(normalisations.sum_normalization)),
    "vikor S": _step(methods.VIKOR(), 3),
    "vikor R": _step(methods.VIKOR(), 4),
    "vikor Q": _scores(methods.VIKOR()),
    "promethee usual": _promethee("usual"),
    "promethee u-shape": _promethee("ushape"),
    "promethee v-shape": _promethee("vshape"),
    "promethee level": _promethee("level"),
    "promethee linear": _promethee("vshape_2"),
    "moora": _scores(methods.MOORA()),
    "copras": _scores(methods.COPRAS()),
    "aras": _scores(methods.ARAS()),
    "edas": _scores(methods.EDAS()),
    "mabac": _scores(methods.MABAC()),
    "codas": _scores(methods.CODAS()),
    "marcos": _scores(methods.MARCOS()),
    "spotis": _spotis,
    "cocoso": _scores(methods.COCOSO()),
    "ranks of tied scores": lambda problem: rrankdata(problem.tied),
    "ranks of scores that tie but for rounding": lambda problem: rrankdata(problem.nearly_tied),
    "weights equal": lambda problem: weightings.equal_weights(problem.values),
    "weights entropy": lambda problem: weightings.entropy_weights(problem.values),
    "weights critic": lambda problem: weightings.critic_weights(problem.values),
    "weights critic, directions ignored": lambda problem: weightings.critic_weights(problem.values),
    "weights merec": lambda problem: weightings.merec_weights(problem.values, problem.directions),
    "weights standard-deviation": lambda problem: weightings.standard_deviation_weights(problem.values),
    "weights gini": lambda problem: weightings.gini_weights(problem.values),
    "weights ahp eigenvector": lambda problem: AHP(matrix=problem.judgements)(),
    "ahp consistency ratio": lambda problem: np.array([AHP(matrix=problem.judgements).get_cr()]),
}
