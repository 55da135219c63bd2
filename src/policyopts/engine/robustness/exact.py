"""Chances to win under uniform weights, without drawing any.

The weights under which one option beats another are a simplex cut by a plane through its corners' differences, and the
volume of such a piece has a recurrence of its own.

References
----------
Varsi (1973), The multidimensional content of the frustum of the simplex, Pacific Journal of Mathematics 46(1):303-314.
Ali (1973), Content of the frustum of a simplex, Pacific Journal of Mathematics 48(2):313-322.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.ranking import TIE

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray

PAIRS = 1 << 14  # of options looked at in one go: what they take fits the cache


def exact_pairwise_wins(table: FloatArray) -> FloatArray:
    """Give each option's chance to beat each other (options, options); a tie is half a win, the diagonal 0.

    Parameters
    ----------
    table
        What each option scores (options, corners) where all the weight is in one corner of the simplex: its values,
        where all weights are as likely as one another, or the values under the corners of `SimplexWeights`.

    Examples
    --------
    >>> exact_pairwise_wins(np.array([[1.0, 0.0], [0.0, 1.0], [0.75, 0.0]])).round(4).tolist()
    [[0.0, 0.5, 1.0], [0.5, 0.0, 0.5714], [0.0, 0.4286, 0.0]]
    """
    options = len(table)
    one, other = np.triu_indices(options, 1)
    chances = np.zeros((options, options))
    tie = TIE * max(1.0, float(np.abs(table).max()))
    for start in range(0, len(one), PAIRS):
        some = slice(start, start + PAIRS)
        leads = table[one[some]] - table[other[some]]
        wins = _chance_above_zero(leads)
        wins[(np.abs(leads) <= tie).all(axis=1)] = 0.5
        chances[one[some], other[some]] = wins
        chances[other[some], one[some]] = 1 - wins
    return chances


def _chance_above_zero(leads: FloatArray) -> FloatArray:
    """Find the share of a simplex on which a linear function is above 0, from its values at the corners (any, corners).

    Notes
    -----
    Cut the simplex where the edge from a corner at x > 0 to one at y ≤ 0 is 0: two simplices, in the proportion of -y
    to x, in which a corner at 0 has taken the place of the one or of the other, and such a corner changes no share. So
    B(p, q) = (-y·B(p - 1, q) + x·B(p, q - 1)) / (x - y) for p corners above and q others; B(p, 0) = 1, B(0, q) = 0.
    """
    ascending = np.sort(leads, axis=1).T  # (corners, any)
    corners, pairs = ascending.shape
    shares = np.zeros((corners + 1, pairs))
    shares[0] = 1.0
    for high in ascending[::-1]:
        above = high > 0
        if not above.any():
            break
        for q, low in enumerate(ascending, start=1):
            between = above & (low <= 0)  # a pair of options that lacks one of the two keeps its share
            if not between.any():
                break
            part = np.where(between, -low, 1.0) / np.where(between, high - low, 1.0)
            shares[q] *= part
            shares[q] += (1 - part) * shares[q - 1]
    share: FloatArray = shares[np.count_nonzero(ascending <= 0, axis=0), np.arange(pairs)]
    return share
