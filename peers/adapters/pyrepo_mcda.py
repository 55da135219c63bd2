"""pyrepo-mcda: options by criteria and types in, scores out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyrepo_mcda.normalizations as normalisations
import pyrepo_mcda.weighting_methods as weightings
from pyrepo_mcda import mcda_methods as methods
from pyrepo_mcda.additions import rank_preferences
from pyrepo_mcda.compromise_rankings import copeland
from pyrepo_mcda.mcda_methods import multimoora

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.problems import Array, Problem

AHP = methods.AHP()


def _scores(method: Any) -> Callable[[Problem], Array]:
    return lambda problem: method(problem.values, problem.weights, problem.directions)


def _promethee(function: str) -> Callable[[Problem], Array]:
    method = methods.PROMETHEE_II()

    def answer(problem: Problem) -> Array:
        low, high = problem.indifference, problem.preference
        if function == "gaussian":  # its spread is the mean of the two
            low = high = problem.gaussian
        functions = [getattr(method, f"_{function}_function")] * len(problem.weights)
        return method(problem.values, problem.weights, problem.directions, functions, p=high, q=low)

    return answer


def _spotis(problem: Problem) -> Array:
    bounds = np.stack([problem.lower, problem.upper])
    return methods.SPOTIS()(problem.values, problem.weights, problem.directions, bounds)


def _copeland(problem: Problem) -> Array:
    figures = problem.values * problem.directions
    return copeland(np.column_stack([rank_preferences(column) for column in figures.T]))


ANSWERS: dict[str, Callable[[Problem], Array]] = {
    "weighted-sum max": _scores(methods.SAW(normalisations.linear_normalization)),
    "weighted-sum sum": _scores(methods.SAW(normalisations.sum_normalization)),
    "weighted-sum min-max": _scores(methods.SAW(normalisations.minmax_normalization)),
    "weighted-sum vector": _scores(methods.SAW(normalisations.vector_normalization)),
    "waspas": _scores(methods.WASPAS()),
    "topsis vector": _scores(methods.TOPSIS(normalisations.vector_normalization)),
    "topsis min-max": _scores(methods.TOPSIS(normalisations.minmax_normalization)),
    "topsis max": _scores(methods.TOPSIS(normalisations.linear_normalization)),
    "topsis sum": _scores(methods.TOPSIS(normalisations.sum_normalization)),
    "vikor Q": _scores(methods.VIKOR()),
    "promethee usual": _promethee("usual"),
    "promethee u-shape": _promethee("ushape"),
    "promethee v-shape": _promethee("vshape"),
    "promethee level": _promethee("level"),
    "promethee linear": _promethee("linear"),
    "promethee gaussian": _promethee("gaussian"),
    "moora": _scores(multimoora.MULTIMOORA_RS()),
    "multimoora reference point": _scores(multimoora.MULTIMOORA_RP()),
    "multimoora multiplicative form": _scores(multimoora.MULTIMOORA_FMF()),
    "multimoora ranks": _scores(methods.MULTIMOORA()),
    "copras": _scores(methods.COPRAS()),
    "aras": _scores(methods.ARAS()),
    "edas": _scores(methods.EDAS()),
    "mabac": _scores(methods.MABAC()),
    "codas": _scores(methods.CODAS()),
    "marcos": _scores(methods.MARCOS()),
    "spotis": _spotis,
    "cocoso": _scores(methods.COCOSO()),
    "copeland ranks": _copeland,
    "ranks of tied scores": lambda problem: rank_preferences(problem.tied),
    "ranks of scores that tie but for rounding": lambda problem: rank_preferences(problem.nearly_tied),
    "weights equal": lambda problem: weightings.equal_weighting(problem.values),
    "weights entropy": lambda problem: weightings.entropy_weighting(problem.values),
    "weights critic": lambda problem: weightings.critic_weighting(problem.values),
    "weights critic, directions ignored": lambda problem: weightings.critic_weighting(problem.values),
    "weights merec": lambda problem: weightings.merec_weighting(problem.values, problem.directions),
    "weights standard-deviation": lambda problem: weightings.std_weighting(problem.values),
    "weights coefficient-of-variation": lambda problem: weightings.coeff_var_weighting(problem.values),
    "weights gini": lambda problem: weightings.gini_weighting(problem.values),
    "weights ahp eigenvector": lambda problem: AHP._calculate_eigenvector(problem.judgements),
    "weights ahp geometric-mean": lambda problem: AHP._geometric_mean(problem.judgements),
    "weights ahp column-mean": lambda problem: AHP._normalized_column_sum(problem.judgements),
}
