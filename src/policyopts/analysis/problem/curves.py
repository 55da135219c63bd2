"""Value functions of a dossier's criteria, as curves that the engine can follow and turn back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.value_curves import Bend, Chain, Line
from policyopts.model.criteria import Exponential, Points

if TYPE_CHECKING:
    from policyopts.analysis.problem.decision import DecisionProblem
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.value_curves import ValueCurve
    from policyopts.model.criteria import Leaf


def curves(problem: DecisionProblem) -> tuple[ValueCurve | None, ...]:
    """Give each criterion's value function; None for one without a scale, read on the range of the options present."""
    return tuple(_curve(leaf) for leaf in problem.view.dossier.criteria.values())


def values_of(problem: DecisionProblem, criterion: str, figures: FloatArray) -> FloatArray:
    """Turn figures on a criterion into values; without a scale, on the range of the options present and of these."""
    matrix = problem.matrix
    column = matrix.criteria.index(criterion)
    curve = curves(problem)[column]
    if curve is not None:
        return curve.values(figures)
    known = np.concatenate([matrix.values[:, column], figures])
    ends = float(known.min()), float(known.max())
    if ends[0] == ends[1]:
        return np.zeros_like(figures)
    return Line(*(ends if matrix.directions[column] > 0 else ends[::-1])).values(figures)


def _curve(leaf: Leaf) -> ValueCurve | None:
    if leaf.levels is not None:
        return Line(0.0, 100.0)
    if leaf.ends is None:
        return None
    match leaf.value:
        case Points(points=points):
            return Chain(tuple((at, value / 100) for at, value in sorted(points)))
        case Exponential(exponential=rho):
            return Bend(*leaf.ends, rho)
        case _:
            return Line(*leaf.ends)
