"""What is known of the weights: exact, near what is stated, in ranges, in an order, or nothing at all.

A distribution draws weights in proportion, as (criteria, samples): they need not sum to 1, because most rankings only
ask for proportions. Uniform weights on a simplex are exponentials divided by their sum, and any simplex is the image of
the plain one under the map that takes corners to corners: an order of weights, or lower bounds, take no sample to be
thrown away.

References
----------
Tervonen & Lahdelma (2007), European Journal of Operational Research 178(2):500-513, for uniform and ordered weights.
Devroye (1986), Non-Uniform Random Variate Generation, ch. V.2, for simplices.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np

from policyopts.engine import tree
from policyopts.engine.arrays import LARGEST, frozen
from policyopts.engine.errors import EngineError
from policyopts.engine.products import multiply
from policyopts.engine.robustness.streams import stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray

TRUST = 20.0  # stated weights count as much as this many observations: 0.25 then lies within 0.11 to 0.42, nine in ten


class WeightDistribution(Protocol):
    """What every distribution of weights can do."""

    @property
    def criteria(self) -> int:
        """How many criteria there are."""
        ...

    @property
    def spanning(self) -> FloatArray:
        """Weights (criteria, any) of which all that may be drawn are sums: options alike under these always tie."""
        ...

    def extremes(self, table: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Find the least and the greatest weighted sum of each row (any, criteria) under all that may be drawn."""
        ...

    def draw(self, random: np.random.Generator, drawn: FloatArray) -> None:
        """Draw weights in proportion, into an array (criteria, samples)."""
        ...


@dataclass(frozen=True, eq=False)
class FixedWeights:
    """Weights that are certain."""

    weights: FloatArray  # (criteria,)

    @property
    def criteria(self) -> int:
        """How many criteria there are."""
        return len(self.weights)

    @property
    def spanning(self) -> FloatArray:
        """The weights themselves."""
        return self.weights[:, np.newaxis]

    def extremes(self, table: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Weigh each row (any, criteria): there is one weighted sum."""
        sums: FloatArray = table @ self.weights
        return sums, sums

    def draw(self, random: np.random.Generator, drawn: FloatArray) -> None:
        """Repeat the weights, in an array (criteria, samples)."""
        drawn[:] = self.weights[:, np.newaxis]


@dataclass(frozen=True, eq=False)
class SimplexWeights:
    """Weights uniform on the simplex of some corners (criteria, corners), each corner weights that sum to 1."""

    corners: FloatArray

    @property
    def criteria(self) -> int:
        """How many criteria there are."""
        return len(self.corners)

    @property
    def spanning(self) -> FloatArray:
        """The corners."""
        return self.corners

    def extremes(self, table: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Find the least and the greatest weighted sum of each row (any, criteria): at corners."""
        sums = table @ self.corners
        return sums.min(axis=1), sums.max(axis=1)

    def draw(self, random: np.random.Generator, drawn: FloatArray) -> None:
        """Draw weights in proportion, into an array (criteria, samples)."""
        if np.array_equal(self.corners, np.eye(len(self.corners))):
            random.standard_exponential(out=drawn)
        else:
            multiply(self.corners, random.standard_exponential((self.corners.shape[1], drawn.shape[1])), drawn)


def any_weights(criteria: int) -> SimplexWeights:
    """Know nothing of the weights: all are as likely as one another."""
    return SimplexWeights(np.eye(criteria))


def weights_at_least(lowest: ArrayLike) -> SimplexWeights:
    """Know a lower bound of each weight, as a share of the whole.

    Examples
    --------
    >>> weights_at_least([0.2, 0.0, 0.3]).corners.round(2).tolist()
    [[0.7, 0.2, 0.2], [0.0, 0.5, 0.0], [0.3, 0.3, 0.8]]
    """
    bounds = np.asarray(lowest, dtype=np.float64)
    rest = 1 - bounds.sum()
    if not (bounds >= 0).all() or rest < 0:
        raise EngineError(f"lower bounds of weights are from 0 up and sum to 1 at most, not to {bounds.sum():.4g}")
    return SimplexWeights(bounds[:, np.newaxis] + rest * np.eye(len(bounds)))


@dataclass(frozen=True, eq=False)
class OrderedWeights:
    """Weights of which only an order is known: ranks (criteria,), 1 = heaviest; those who share a rank, not even that.

    The mean of all such weights is the rank-order centroid.
    """

    ranks: tuple[int, ...]

    @property
    def criteria(self) -> int:
        """How many criteria there are."""
        return len(self.ranks)

    @property
    def spanning(self) -> FloatArray:
        """The corners under this order, and under that with each tied pair of neighbours turned round."""
        return np.concatenate([self._corners(order) for order in self._orders], axis=1)

    def extremes(self, table: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Find the least and the greatest weighted sum of each row (any, criteria).

        They are means over all criteria of the first ranks and some of the next: the highest figures of it, or lowest.
        """
        return -self._greatest(-table), self._greatest(table)

    def _greatest(self, table: FloatArray) -> FloatArray:
        descending = np.concatenate(
            [
                -np.sort(-table[:, [place for place, own in enumerate(self.ranks) if own == rank]], axis=1)
                for rank in sorted(set(self.ranks))
            ],
            axis=1,
        )
        means = np.cumsum(descending, axis=1) / np.arange(1, len(self.ranks) + 1)
        greatest: FloatArray = means.max(axis=1)
        return greatest

    def draw(self, random: np.random.Generator, drawn: FloatArray) -> None:
        """Draw weights in proportion, into an array (criteria, samples)."""
        SimplexWeights(self._corners(self._orders[0])).draw(random, drawn)
        for rank in sorted(set(self.ranks)):
            tied = [place for place, own in enumerate(self.ranks) if own == rank]
            if len(tied) > 1:
                drawn[tied] = random.permuted(drawn[tied], axis=0)

    @cached_property
    def _orders(self) -> list[list[int]]:
        order = sorted(range(len(self.ranks)), key=self.ranks.__getitem__)
        orders = [order]
        for place, (one, other) in enumerate(pairwise(order)):
            if self.ranks[one] == self.ranks[other]:
                orders.append([*order[:place], other, one, *order[place + 2 :]])
        return orders

    @staticmethod
    def _corners(order: list[int]) -> FloatArray:
        corners = np.zeros((len(order), len(order)))
        for place in range(len(order)):
            corners[order[: place + 1], place] = 1 / (place + 1)
        return corners


def ordered_weights(ranks: Sequence[int]) -> SimplexWeights | OrderedWeights:
    """Know the order of the weights alone: ranks (criteria,), 1 = heaviest.

    Examples
    --------
    >>> ordered_weights([2, 1, 3]).corners.round(2).tolist()
    [[0.0, 0.5, 0.33], [1.0, 0.5, 0.33], [0.0, 0.0, 0.33]]
    """
    ordered = OrderedWeights(tuple(ranks))
    strict = len(set(ordered.ranks)) == len(ordered.ranks)
    return SimplexWeights(ordered.spanning) if strict else ordered


@dataclass(frozen=True, eq=False)
class StatedWeights:
    """Weights near the stated ones: Dirichlet, with the stated weights times a trust as its parameters.

    The more trust, the nearer: a weight w has the mean w and the variance w·(1 - w) / (trust + 1).
    """

    stated: FloatArray  # (criteria,), summing to 1
    trust: float = TRUST

    def __post_init__(self) -> None:
        if not 0 < self.trust <= LARGEST:
            raise EngineError(f"the trust in stated weights is a number above 0, not {self.trust:g}")

    @property
    def criteria(self) -> int:
        """How many criteria there are."""
        return len(self.stated)

    @property
    def spanning(self) -> FloatArray:
        """All the weight on one criterion, for each that has any."""
        return np.eye(len(self.stated))[:, self.stated > 0]

    def extremes(self, table: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Find the least and the greatest weighted sum of each row (any, criteria): at all weight on one criterion."""
        weighty = table[:, self.stated > 0]
        return weighty.min(axis=1), weighty.max(axis=1)

    def draw(self, random: np.random.Generator, drawn: FloatArray) -> None:
        """Draw weights in proportion, into an array (criteria, samples)."""
        for row, weight in zip(drawn, self.stated.tolist(), strict=True):
            random.standard_gamma(self.trust * weight, out=row)


class RangedWeights:
    """Weights in a tree with ranges: each node uniform on its own, then made shares of its siblings' sum.

    Parameters
    ----------
    parents
        The tree, as in `policyopts.engine.tree`.
    low, high
        Each node's number, from and to; the two are equal for one that is certain, and NaN for a group without a number
        of its own, which takes the sum of its children's.
    """

    def __init__(self, parents: Sequence[int], low: ArrayLike, high: ArrayLike) -> None:
        self.parents = tuple(parents)
        self.low, self.high = (frozen(np.array(ends, dtype=np.float64)) for ends in (low, high))
        self.leaves = tree.criteria_of(self.parents)
        if (self.low > self.high).any():
            raise EngineError("a weight's range runs from low to high")
        tree.shares(self.parents, self.low + (self.high - self.low) / 2)  # refuses what is no weight

    @property
    def criteria(self) -> int:
        """How many criteria there are."""
        return len(self.leaves)

    @cached_property
    def spanning(self) -> FloatArray:
        """As many weights of the ranges as there are nodes, and as many again."""
        drawn = np.empty((len(self.leaves), 2 * len(self.parents)))
        self.draw(stream(0, 0), drawn)
        return drawn

    def extremes(self, table: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Find the least and the greatest weighted sum of each row (any, criteria)."""
        return -self._greatest(tree.ROOT, -table), self._greatest(tree.ROOT, table)

    def _greatest(self, group: int, table: FloatArray) -> FloatArray:
        """Find the greatest mean of a group's criteria: the better nodes as heavy as may be, the others as light."""
        nodes = list(self._members(group))
        means = np.stack(
            [
                table[:, self.leaves.index(node)] if node in self.leaves else self._greatest(node, table)
                for node in nodes
            ],
            axis=1,
        )
        order = np.argsort(-means, axis=1)
        means = np.take_along_axis(means, order, axis=1)
        low, high = self.low[nodes][order], self.high[nodes][order]
        none = np.zeros((len(table), 1))
        heavy = np.concatenate([none, np.cumsum(high, axis=1)], axis=1)
        heavy_sum = np.concatenate([none, np.cumsum(high * means, axis=1)], axis=1)
        light, light_sum = np.cumsum(low, axis=1), np.cumsum(low * means, axis=1)
        weights = heavy + light[:, -1:] - np.concatenate([none, light], axis=1)
        sums = heavy_sum + light_sum[:, -1:] - np.concatenate([none, light_sum], axis=1)
        found = np.divide(sums, weights, out=np.full_like(sums, -np.inf), where=weights > 0)
        greatest: FloatArray = found.max(axis=1)
        return greatest

    @property
    def families(self) -> Iterator[list[int]]:
        """Give the nodes that count among one another, for each group that has a number and for the top."""
        for group in sorted(set(self.parents)):
            if group == tree.ROOT or not np.isnan(self.low[group]):
                yield list(self._members(group))

    def _members(self, group: int) -> Iterator[int]:
        """Give the nodes that count in a group: its children, and in place of one without a number that one's."""
        for node, parent in enumerate(self.parents):
            if parent == group:
                if np.isnan(self.low[node]):
                    yield from self._members(node)
                else:
                    yield node

    def draw(self, random: np.random.Generator, drawn: FloatArray) -> None:
        """Draw weights, as shares, into an array (criteria, samples)."""
        drawn[:] = tree.shares(self.parents, self.numbers(random, drawn.shape[1]).T).T[self.leaves]

    def numbers(self, random: np.random.Generator, samples: int) -> FloatArray:
        """Draw the nodes' own numbers (nodes, samples)."""
        numbers = np.repeat(self.low[:, np.newaxis], samples, axis=1)
        for row, low, high in zip(numbers, self.low.tolist(), self.high.tolist(), strict=True):
            if low < high:
                random.random(out=row)
                np.multiply(row, high - low, out=row)
                np.add(row, low, out=row)
        return numbers
