"""pyDecision: options by criteria and words for directions in; for measuring only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np

mpl.use("Agg")

from pyDecision.algorithm.e_i import electre_i
from pyDecision.algorithm.e_iii import electre_iii
from pyDecision.algorithm.p_ii import promethee_ii
from pyDecision.algorithm.saw import saw_method
from pyDecision.algorithm.topsis import topsis_method
from pyDecision.algorithm.vikor import vikor_method

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.problems import Array, Problem


def _kinds(problem: Problem) -> list[str]:
    return ["max" if direction > 0 else "min" for direction in problem.directions]


def _weighted_sum(problem: Problem) -> Array:
    return saw_method(problem.values, _kinds(problem), problem.weights, graph=False, verbose=False)[:, 1]


def _topsis(problem: Problem) -> Array:
    return topsis_method(problem.values, problem.weights, _kinds(problem), graph=False, verbose=False)


def _vikor(problem: Problem) -> Array:
    ranked = vikor_method(problem.values, problem.weights, _kinds(problem), 0.5, graph=False, verbose=False)[2]
    figures = np.empty(len(ranked))
    figures[ranked[:, 0].astype(int) - 1] = ranked[:, 1]
    return figures


def _promethee(problem: Problem) -> Array:
    figures, low, high = problem.values * problem.directions, problem.indifference, problem.preference
    kinds = ["t5"] * len(low)
    return promethee_ii(
        figures, problem.weights, low, low, high, kinds, sort=False, topn=0, graph=False, verbose=False
    )[:, 1]


def _electre_1(problem: Problem) -> Array:
    return electre_i(problem.values * problem.directions, problem.weights, graph=False)[2]


def _electre_3(problem: Problem) -> Array:
    figures = problem.values * problem.directions
    thresholds = problem.preference, problem.indifference, problem.veto
    return electre_iii(figures, *thresholds, problem.weights, graph=False)[1]


ANSWERS: dict[str, Callable[[Problem], Array]] = {
    "weighted-sum min-max": _weighted_sum,
    "topsis vector": _topsis,
    "vikor Q": _vikor,
    "promethee linear": _promethee,
    "electre-1 kernel": _electre_1,
    "electre-3": _electre_3,
}
