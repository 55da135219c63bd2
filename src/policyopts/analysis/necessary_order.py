"""What holds whatever the weights: which option is at least as good as which, as a tree to read from the top down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.engine.linear_scores import linear_scores
from policyopts.engine.methods import METHODS
from policyopts.engine.robustness.constrained_weights import ConstrainedWeights
from policyopts.engine.robustness.preferences import preferences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.engine.arrays import BoolArray
    from policyopts.engine.ranking import Ranking
    from policyopts.engine.robustness.weights import WeightDistribution

MOST_OPTIONS = 200  # whose pairs are told
MOST_SOLVED = 40  # where each pair is a linear program of its own


class Above(NamedTuple):
    """Options that are always as good as one another, and what they are always at least as good as.

    `told` says that what is below them stands in the tree before.
    """

    options: tuple[str, ...]
    below: tuple[Above, ...]
    told: bool = False


class NecessaryOrder(NamedTuple):
    """Which other options each is at least as good as under all weights in question, and under some."""

    necessary: Mapping[str, tuple[str, ...]]
    possible: Mapping[str, tuple[str, ...]]
    tree: tuple[Above, ...]


def necessary_order(ranking: Ranking, weights: WeightDistribution) -> NecessaryOrder | None:
    """Find what the performances as they stand, and all weights that may be drawn, leave no doubt of.

    None where the method's scores are not linear in the weights, or there are too many options.
    """
    most = MOST_SOLVED if isinstance(weights, ConstrainedWeights) else MOST_OPTIONS
    if not METHODS[ranking.method].linear or len(ranking.options) > most:
        return None
    found = preferences(linear_scores(ranking.matrix, ranking.method, ranking.parameters), weights)
    order = ranking.order.tolist()
    return NecessaryOrder(
        _by_id(ranking, order, found.necessary),
        _by_id(ranking, order, found.possible),
        tuple(_tree(ranking, order, found.necessary)),
    )


def _by_id(ranking: Ranking, order: list[int], holds: BoolArray) -> dict[str, tuple[str, ...]]:
    ids = ranking.options
    return {ids[one]: tuple(ids[other] for other in order if holds[one, other] and other != one) for one in order}


def _tree(ranking: Ranking, order: list[int], necessary: BoolArray) -> Iterator[Above]:
    """Draw the order as a tree: what is below an option that is itself below another stands there only."""
    alike = necessary & necessary.T
    heads = [one for one in order if not any(alike[one, other] for other in order[: order.index(one)])]
    above = necessary[np.ix_(heads, heads)] & ~np.eye(len(heads), dtype=np.bool_)
    through = (above.astype(np.int64) @ above.astype(np.int64)) > 0
    direct = above & ~through
    told: set[int] = set()

    def drawn(place: int) -> Above:
        members = tuple(ranking.options[other] for other in order if alike[heads[place], other])
        again = place in told
        told.add(place)
        children = np.flatnonzero(direct[place]).tolist()
        return Above(members, () if again else tuple(map(drawn, children)), told=again and bool(children))

    for place in np.flatnonzero(~above.any(axis=0)).tolist():
        yield drawn(place)
