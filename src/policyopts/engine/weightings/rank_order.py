"""Weights from an order alone: rank-order centroid, rank sum and rank reciprocal.

The criteria are put in the order of their swings, the largest first, and a formula turns places into weights. With
four criteria the first one gets 0.52 by the centroid, 0.40 by the sum and 0.48 by the reciprocal.

Use the rank-order centroid when people agree on the order but not on numbers: it is the mean of all weights that keep
to the order, and in Barron and Barrett's trials it found the best option most often. The other two are flatter.

Do not use them where the first criterion is known to outweigh the rest by far, or the last to be worth nothing: an
order cannot say so. Those that share a place share the mean of the weights of the ranks that they take up.

>>> weights = rank_order_centroid(["cost", "reach", "speed"], order=["reach", ["cost", "speed"]]).weights
>>> weights.round(3).tolist()
[0.194, 0.611, 0.194]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.judgements import refuse_missing, refuse_unknown
from policyopts.engine.weightings import WeightingResult

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from policyopts.engine.arrays import FloatArray

    Order: TypeAlias = Sequence[str | Sequence[str]]

RankOrder = Literal["rank-order-centroid", "rank-sum", "rank-reciprocal"]


def rank_order_centroid(criteria: Sequence[str], *, order: Order) -> WeightingResult:
    """Take the mean of all weights that keep to the order: w = (1/r + … + 1/n) / n for rank r.

    References
    ----------
    Barron & Barrett (1996), Decision quality using ranked attribute weights, Management Science 42(11):1515-1523.
    """
    return _by_order(criteria, order, "rank-order-centroid")


def rank_sum(criteria: Sequence[str], *, order: Order) -> WeightingResult:
    """Weigh by how many there are from the last up to each: w = (n + 1 - r) / (1 + … + n) for rank r.

    References
    ----------
    Stillwell, Seaver & Edwards (1981), A comparison of weight approximation techniques in multiattribute utility
    decision making, Organizational Behavior and Human Performance 28(1):62-77.
    """
    return _by_order(criteria, order, "rank-sum")


def rank_reciprocal(criteria: Sequence[str], *, order: Order) -> WeightingResult:
    """Weigh by one over the rank: w = (1/r) / (1/1 + … + 1/n) for rank r.

    References
    ----------
    Stillwell, Seaver & Edwards (1981), A comparison of weight approximation techniques in multiattribute utility
    decision making, Organizational Behavior and Human Performance 28(1):62-77.
    """
    return _by_order(criteria, order, "rank-reciprocal")


def rank_order_weights(sizes: Sequence[int], method: RankOrder) -> FloatArray:
    """Weigh places in an order, the most important first; `sizes` counts how many share each place.

    One weight a place is returned, for each of its members; over all members the weights sum to 1.

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


def _by_order(criteria: Sequence[str], order: Order, method: RankOrder) -> WeightingResult:
    places = [[place] if isinstance(place, str) else list(place) for place in order if len(place)]
    ranked = [criterion for place in places for criterion in place]
    refuse_unknown("order", ranked, criteria)
    refuse_missing("order", [criterion for criterion in criteria if criterion not in ranked])
    for criterion in criteria:
        if ranked.count(criterion) > 1:
            raise EngineError(f"order: '{criterion}' stands there twice")
    weights = rank_order_weights([len(place) for place in places], method)
    by_id = {criterion: weight for place, weight in zip(places, weights, strict=True) for criterion in place}
    return WeightingResult(np.array([by_id[criterion] for criterion in criteria]))
