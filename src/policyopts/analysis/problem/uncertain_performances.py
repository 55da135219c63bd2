"""What the estimates in force say of chance: each performance's range and distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.analysis.problem.decision import performances
from policyopts.engine.robustness.cells import Judgement
from policyopts.engine.robustness.performances import UncertainPerformances

if TYPE_CHECKING:
    from policyopts.analysis.problem.decision import DecisionProblem
    from policyopts.engine.arrays import FloatArray


def uncertain_performances(problem: DecisionProblem) -> UncertainPerformances:
    """Give the performances of the options in the matrix, with what they may be.

    An unknown one on a criterion without a scale may be anything in the range of those known. One that several
    assessors judge is as any of them says, each with the same chance.
    """
    low, high = ranges(problem)
    view, matrix = problem.view, problem.matrix
    distributions = np.full(low.shape, "exact", dtype="U10")
    pools: dict[tuple[int, int], list[Judgement]] = {}
    for row, column in np.argwhere(low < high).tolist():
        estimate = view.estimate(matrix.options[row], matrix.criteria[column])
        if estimate.by:
            pools[row, column] = [
                Judgement(own.low, own.value, own.high, own.distribution or "exact") for _, own in estimate.by
            ]
        else:
            distributions[row, column] = estimate.distribution
    return UncertainPerformances(matrix, low, high, distributions, pools)


def ranges(problem: DecisionProblem) -> tuple[FloatArray, FloatArray]:
    """Give the ends of the performances' ranges, as (options, criteria)."""
    matrix = problem.matrix
    low, high = stated_ranges(problem)
    unknown = np.isnan(low)
    # In the matrix, what is unknown stands in the middle of what is known.
    low[unknown] = np.broadcast_to(matrix.values.min(axis=0), low.shape)[unknown]
    high[unknown] = np.broadcast_to(matrix.values.max(axis=0), high.shape)[unknown]
    return low, high


def stated_ranges(problem: DecisionProblem) -> tuple[FloatArray, FloatArray]:
    """Give the ends of the performances' ranges; NaN for an unknown one on a criterion without a scale."""
    present = set(problem.matrix.options)
    rows = [row for row, option in enumerate(problem.view.options) if option in present]
    return performances(problem.view, "low")[rows], performances(problem.view, "high")[rows]
