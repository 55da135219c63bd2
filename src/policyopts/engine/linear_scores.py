"""Scores that are linear in the weights, as a table of what each criterion adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.methods import METHODS, method_called
from policyopts.engine.ranking import TIE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def linear_scores(matrix: DecisionMatrix, method: str, parameters: Mapping[str, object]) -> FloatArray:
    """Give what the options score (options, criteria) where all the weight is on one criterion.

    A score under any weights is the sum of these, each times its criterion's weight.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> matrix = DecisionMatrix([[3, 200], [1, 100]], weights=[60, 40], directions=["max", "min"])
    >>> linear_scores(matrix, "weighted-sum", {}).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    chosen = method_called(method)
    if not chosen.linear:
        can = ", ".join(name for name, other in METHODS.items() if other.linear)
        raise EngineError(f"{method}: its scores are not linear in the weights, as this needs; those of {can} are")
    width = len(matrix.criteria)
    result = chosen.under(chosen.settings(parameters))(matrix.with_weights(np.ones(width)))
    if result.contributions is None:
        raise TypeError(f"{method} is linear in the weights, and must say what each criterion contributes")
    return result.contributions() * width


def without_rounding(leads: FloatArray) -> FloatArray:
    """Take leads that are no more than a tie for none."""
    size = TIE * max(1.0, float(np.abs(leads).max(initial=0.0)))
    return np.where(np.abs(leads) <= size, 0.0, leads)
