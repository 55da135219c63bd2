"""Weights from an order of importance alone.

References
----------
Barron & Barrett (1996), Decision quality using ranked attribute weights, Management Science 42(11), 1515-1523.
Stillwell, Seaver & Edwards (1981), A comparison of weight approximation techniques, Organizational Behavior
and Human Performance 28, 62-77.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.engine.arrays import FloatArray

RankOrder = Literal["rank-order-centroid", "rank-sum", "rank-reciprocal"]


def rank_order_weights(sizes: Sequence[int], method: RankOrder) -> FloatArray:
    """Weigh places in an order, the most important first; `sizes` counts how many share each place.

    Those who share a place share the mean of the weights of the ranks they take up. One weight a place is
    returned, for each of its members; over all members the weights sum to 1.

    Examples
    --------
    >>> rank_order_weights([1, 1, 1], "rank-sum").round(3).tolist()
    [0.5, 0.333, 0.167]
    >>> rank_order_weights([1, 2], "rank-sum").round(3).tolist()
    [0.5, 0.25]
    """
    count = sum(sizes)
    ranks = np.arange(1, count + 1)
    if method == "rank-order-centroid":
        raw = np.cumsum((1 / ranks)[::-1])[::-1] / count
    elif method == "rank-sum":
        raw = (count + 1.0 - ranks) / ranks.sum()
    else:
        raw = (1 / ranks) / (1 / ranks).sum()
    ends = np.cumsum(sizes)
    shares: FloatArray = np.diff(np.cumsum(raw)[ends - 1], prepend=0.0) / np.asarray(sizes)
    return shares
