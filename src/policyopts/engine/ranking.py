"""From scores to ranks: the only place where options are put in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.methods import method_called

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policyopts.engine.arrays import FloatArray, IntArray
    from policyopts.engine.matrix import DecisionMatrix

TIE = 1e-9  # scores tie when they are this small a part of the scores' size apart


def ranks(scores: FloatArray, unit: FloatArray | float = 1.0) -> IntArray:
    """Rank scores (…, options) from the highest down; ties share the better rank, as in 1, 2, 2, 4.

    A score ties with the first of its group when it lies within 1e-9 of it, measured by the largest score or by the
    unit (…), whichever is more. Later members do not stretch the group.

    Examples
    --------
    >>> ranks(np.array([0.1 + 0.2, 0.9, 0.3, 0.2])).tolist()
    [2, 1, 2, 4]
    """
    rows = scores.reshape(-1, scores.shape[-1])
    start = np.arange(0, rows.size, rows.shape[-1])[:, np.newaxis]
    order = np.argsort(-rows, axis=-1)
    order += start  # each row's best first, as places in the flat array
    descending = rows.take(order)
    largest = np.maximum(descending[:, 0], -descending[:, -1]).reshape(scores.shape[:-1])
    tolerance = TIE * np.maximum(largest, unit).reshape(-1, 1)
    first = np.arange(rows.size).reshape(rows.shape)  # of each one's tie group
    first[:, 1:] *= descending[:, :-1] - descending[:, 1:] > tolerance
    np.maximum.accumulate(first, axis=-1, out=first)
    behind = descending.take(first)
    behind -= descending
    chained, scores_in_order = first.reshape(-1), descending.reshape(-1)
    for chain in np.unique(first[behind > tolerance]):  # near-ties overlap, which is rare
        members = slice(chain, np.searchsorted(chained, chain, side="right"))
        reach = tolerance[chain // rows.shape[-1]].item()
        chained[members] = chain + np.array(_tie_groups(scores_in_order[members].tolist(), reach))
    first -= start - 1
    result = np.empty_like(order)
    result.put(order, first)
    return result.reshape(scores.shape)


def _tie_groups(descending: list[float], tolerance: float) -> list[int]:
    """Give the place of each score's tie group, walking down from the best."""
    first = 0
    groups = []
    for place, score in enumerate(descending):
        if descending[first] - score > tolerance:
            first = place
        groups.append(first)
    return groups


@dataclass(frozen=True, eq=False)
class Ranking:
    """The options of a decision matrix, ranked by a method under its parameters."""

    method: str
    parameters: Mapping[str, object]
    matrix: DecisionMatrix = field(repr=False)
    scores: FloatArray  # (…, options), higher = better
    ranks: IntArray  # (…, options), 1 = best
    details: Mapping[str, FloatArray]  # the method's own terms by their textbook names → (…, options)
    document: Mapping[str, object]  # what the method says of the options together
    _contributions: Callable[[], FloatArray] | None = field(repr=False)

    @property
    def options(self) -> tuple[str, ...]:
        """The options' ids, in the order of every array over options."""
        return self.matrix.options

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria's ids, in the order of every array over criteria."""
        return self.matrix.criteria

    @property
    def weights(self) -> FloatArray:
        """The criteria's shares of the whole (…, criteria)."""
        return self.matrix.weights

    @cached_property
    def contributions(self) -> FloatArray | None:
        """What each criterion adds to each score (…, options, criteria); None where the method is not additive."""
        return self._contributions() if self._contributions else None

    @cached_property
    def order(self) -> IntArray:
        """The options' places in the arrays, in rank order (…, options); ties by id."""
        order = np.argsort(self.ranks, axis=-1, kind="stable")
        for row in np.ndindex(self.ranks.shape[:-1]):
            held = np.bincount(self.ranks[row])  # rank r, held by k options, takes the places r - 1 to r + k - 2
            for tied in np.flatnonzero(held > 1):
                places = slice(tied - 1, tied - 1 + held[tied])
                order[row][places] = sorted(order[row][places], key=self.options.__getitem__)
        return order


def rank(matrix: DecisionMatrix, method: str = "weighted-sum", **parameters: object) -> Ranking:
    """Rank the options of a decision matrix by a method of the table, under the parameters that it takes.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> matrix = DecisionMatrix([[3, 200], [1, 100]], weights=[60, 40], directions=["max", "min"])
    >>> ranking = rank(matrix)
    >>> [ranking.options[place] for place in ranking.order]
    ['a1', 'a2']
    >>> ranking.contributions.tolist()
    [[0.6, 0.0], [0.0, 0.4]]
    """
    chosen = method_called(method)
    settings = chosen.settings(parameters)
    result = chosen.under(settings)(matrix)
    return Ranking(
        method=method,
        parameters=settings,
        matrix=matrix,
        scores=result.scores,
        ranks=ranks(result.scores, result.unit),
        details=result.details,
        document=result.document,
        _contributions=result.contributions,
    )
