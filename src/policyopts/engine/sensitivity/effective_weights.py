"""Effective weights: what share of the differences between scores each criterion decides.

A criterion on which the options are alike decides nothing, however much it weighs; one that goes along with others
decides more than its weight. The nominal weights say what a swing is worth, the effective ones what this set of options
makes of it.

References
----------
Wang & Stanley (1970), Differential weighting: a review of methods and empirical studies, Review of Educational Research
40(5):663-705. Paruolo, Saisana & Saltelli (2013), Ratings and rankings: voodoo or science?, Journal of the Royal
Statistical Society A 176(3):609-634.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.linear_scores import linear_scores
from policyopts.engine.ranking import TIE

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def effective_weights(matrix: DecisionMatrix, method: str = "weighted-sum", **parameters: object) -> FloatArray:
    """Give each criterion's share of the variance of the scores (criteria,); NaN where all options score alike.

    Notes
    -----
    Share = Cov(w·v, S) / Var(S) over the options, w·v being what the criterion adds to the score S. Shares sum to 1;
    one below 0 is that of a criterion that evens out what the others decide.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> values = [[1, 0.5, 1], [0, 0.5, 0], [0.5, 0.5, 1]]
    >>> matrix = DecisionMatrix(values, [0.4, 0.4, 0.2], ["max"] * 3, lower=[0] * 3, upper=[1] * 3)
    >>> effective_weights(matrix).round(3).tolist()
    [0.643, 0.0, 0.357]
    """
    added = linear_scores(matrix, method, parameters) * matrix.weights
    added -= added.mean(axis=0)
    scores = added.sum(axis=1)
    if np.abs(scores).max() <= TIE:
        return np.full(added.shape[1], np.nan)
    shares: FloatArray = scores @ added / (scores @ scores)
    return shares
