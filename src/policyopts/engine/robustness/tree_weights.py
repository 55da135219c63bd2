"""Weights in a tree of which some have ranges: uniform on these, and near the stated ones elsewhere.

Where siblings have ranges, or one of them has, they are drawn as `RangedWeights` draws them. Other siblings divide
what their group has as shares of a Dirichlet distribution, whose parameters are the trust times their shares of the
whole. Where nobody has a range, that comes to `StatedWeights`: shares that some of its weights have of their sum are
Dirichlet again, whatever the sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine import tree
from policyopts.engine.robustness.weights import TRUST, RangedWeights, StatedWeights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray

LEAST = -600.0  # a logarithm beyond which shares are nothing, and not yet too small for a number


class TreeWeights:
    """Weights in a tree, on ranges or near the stated ones.

    Parameters
    ----------
    parents
        The tree, as in `policyopts.engine.tree`.
    low, stated, high
        Each node's number and its range; the three are equal for one that has none, and NaN for a group without a
        number of its own, whose children count among its siblings.
    trust
        How near to the stated ones those without a range are, as in `StatedWeights`.

    Attributes
    ----------
    ranges
        The weights on their ranges, with those exact that have none.

    Examples
    --------
    >>> from policyopts.engine.robustness.streams import stream
    >>> drawn = np.empty((3, 1000))
    >>> TreeWeights([-1, -1, 0, 0], [50, 40, 1, 3], [60, 40, 1, 3], [70, 40, 1, 3]).draw(stream(0, 0), drawn)
    >>> bool((drawn[0] > 40 / 110).all() and (drawn[0] < 40 / 90).all())
    True
    """

    def __init__(
        self, parents: Sequence[int], low: ArrayLike, stated: ArrayLike, high: ArrayLike, trust: float = TRUST
    ) -> None:
        numbers, least, most = (np.array(given, dtype=np.float64) for given in (stated, low, high))
        whole = tree.shares(parents, numbers)
        StatedWeights(whole, trust)  # refuses what is no trust
        self.ranges = RangedWeights(parents, least, most)
        self._near: list[tuple[list[int], FloatArray]] = []
        for members in self.ranges.families:
            parameters = trust * whole[members]
            if (least[members] == most[members]).all() and parameters.any():
                weighty = parameters > 0
                self._near.append((np.array(members)[weighty].tolist(), parameters[weighty]))
                least[members], most[members] = 0.0, weighty
        self._reach = RangedWeights(parents, least, most)  # all that may be drawn, in other proportions

    @property
    def criteria(self) -> int:
        """How many criteria there are."""
        return self.ranges.criteria

    @property
    def spanning(self) -> FloatArray:
        """As many weights of those that may be drawn as there are nodes, and as many again."""
        return self._reach.spanning

    def extremes(self, table: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Find the least and the greatest weighted sum of each row (any, criteria)."""
        return self._reach.extremes(table)

    def draw(self, random: np.random.Generator, drawn: FloatArray) -> None:
        """Draw weights, as shares, into an array (criteria, samples)."""
        numbers = self.ranges.numbers(random, drawn.shape[1])
        for members, parameters in self._near:
            numbers[members] = _proportions(random, parameters, drawn.shape[1])
        drawn[:] = tree.shares(self.ranges.parents, numbers.T).T[self.ranges.leaves]


def _proportions(random: np.random.Generator, parameters: FloatArray, samples: int) -> FloatArray:
    """Draw from a Dirichlet distribution, in proportion to the largest share (shares, samples).

    A gamma variate of a small parameter is mostly too small for any number. Its logarithm is not: it is that of one
    with a parameter larger by 1, and of a uniform one over the parameter (Devroye 1986, ch. IX.3).
    """
    logarithms = np.empty((len(parameters), samples))
    for row, parameter in zip(logarithms, parameters.tolist(), strict=True):
        random.standard_gamma(parameter + 1, out=row)
        np.log(row, out=row)
        np.subtract(row, random.standard_exponential(samples) / parameter, out=row)
    logarithms -= logarithms.max(axis=0)
    np.maximum(logarithms, LEAST, out=logarithms)
    proportions: FloatArray = np.exp(logarithms, out=logarithms)
    return proportions
