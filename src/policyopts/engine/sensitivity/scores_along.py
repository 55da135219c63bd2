"""What the options score as one weight is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.methods import method_called
from policyopts.engine.sensitivity.paths import Path

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def scores_along(
    matrix: DecisionMatrix, part: ArrayLike, places: ArrayLike, method: str = "weighted-sum", **parameters: object
) -> FloatArray:
    """Give the scores (places, options) where a weight stands at some places from 0 to 1.

    Parameters
    ----------
    matrix, method, parameters
        What is ranked, and how.
    part
        The weights (criteria,) where the one that is moved is 1; the others share the rest in their proportions.
    places
        Where the weight is put (places,).

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> matrix = DecisionMatrix([[0.9, 0.2], [0.5, 0.5]], [0.6, 0.4], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    >>> scores_along(matrix, [1, 0], [0, 0.5, 1]).round(2).tolist()
    [[0.2, 0.5], [0.55, 0.5], [0.9, 0.5]]
    """
    chosen = method_called(method)
    score = chosen.under(chosen.settings(parameters))
    path = Path.of(np.asarray(part, dtype=np.float64), matrix.weights)
    moved = matrix.with_weights(path.weights(np.asarray(places, dtype=np.float64)))
    return np.broadcast_to(score(moved).scores, (len(moved.weights), len(matrix.options)))
