"""The smallest change of all weights together that puts another option first, or the proof that there is none.

An option is first under the weights that give it a lead over every other. They are a polytope, and the smallest change
leads to its nearest point: by the length of the change, which spreads it over the weights, or by how much weight
changes hands, which keeps it to few of them. Where the polytope is empty, no weights put the option first, and a linear
program tells by how much it stays behind at best.

References
----------
Wolters & Mareschal (1995), Novel types of sensitivity analysis for additive MCDM methods, European Journal of
Operational Research 81(2):281-290. Ringuest (1997), L_p-metric sensitivity analysis for single and multi-attribute
decision analysis, European Journal of Operational Research 98(3):563-570.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.least_distance import nearest
from policyopts.engine.linear_programs import Polyhedron
from policyopts.engine.linear_scores import linear_scores, without_rounding
from policyopts.engine.ranking import TIE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix

Measure = Literal["length", "shift"]
TOGETHER = 8  # rivals that join at a time


@dataclass(frozen=True, eq=False)
class Change:
    """How to put an option first."""

    option: int
    weights: FloatArray | None  # (criteria,): the nearest under which it is, perhaps with others; None where none are
    distance: float | None  # the length of the change, or the weight that changes hands
    behind: float  # the least score that it stays behind the first under any weights; 0 where it can be first


def smallest_changes(
    matrix: DecisionMatrix,
    method: str = "weighted-sum",
    *,
    options: Iterable[int] | None = None,
    measure: Measure = "length",
    **parameters: object,
) -> tuple[Change, ...]:
    """Find for every option the nearest weights that put it first.

    Parameters
    ----------
    matrix, method, parameters
        What is ranked, and by which method; one whose scores are linear in the weights.
    options
        The places of the options that are asked about; all of them, unless given.
    measure
        What is as small as can be: ``length``, the root of the sum of the squared changes, which has one answer alone;
        or ``shift``, the share of all weight that changes hands, half the sum of the changes.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> matrix = DecisionMatrix([[1, 0], [0, 1], [0.4, 0.4]], [0.7, 0.3], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    >>> first, second, third = smallest_changes(matrix)
    >>> first.distance, second.weights.round(3).tolist(), round(third.behind, 3)
    (0.0, [0.5, 0.5], 0.1)
    """
    if measure not in {"length", "shift"}:
        raise EngineError(f"measure: 'length' or 'shift' is needed, not {measure!r}")
    if matrix.values.ndim != 2 or matrix.weights.ndim != 1:
        raise EngineError("smallest changes are those of one decision matrix, not of samples of it")
    table = linear_scores(matrix, method, parameters)
    strong = {int((table @ matrix.weights).argmax()), *table.argmax(axis=0).tolist()}
    return tuple(
        _change(option, _Rivals(table, option, set(strong)), matrix.weights, measure)
        for option in (range(len(table)) if options is None else options)
    )


class _Rivals:
    """Those whom an option must lead; few of them count, so others join only where they turn out to be ahead."""

    def __init__(self, table: FloatArray, option: int, known: set[int]) -> None:
        self._table, self._option, self._known = table, option, known
        self._tie = TIE * max(1.0, float(np.abs(table).max()))

    def leads(self) -> FloatArray:
        """Give the option's leads over the rivals known (rivals, criteria), those that it is not level with."""
        leads = without_rounding(self._table[self._option] - self._table[sorted(self._known)])
        return leads[leads.any(axis=1)]

    def join(self, weights: FloatArray, lead: float = 0.0) -> bool:
        """Let those join over whom the option leads by less, under some weights; tell whether there were any."""
        missing = self._table @ weights - float(self._table[self._option] @ weights) + lead
        missing[list(self._known)] = -np.inf
        most = np.argpartition(missing, -TOGETHER)[-TOGETHER:] if len(missing) > TOGETHER else range(len(missing))
        ahead = [int(place) for place in most if missing[place] > self._tie]
        self._known.update(ahead)
        return bool(ahead)


def _change(option: int, rivals: _Rivals, weights: FloatArray, measure: Measure) -> Change:
    solve = _shortest if measure == "length" else _least_shift
    while True:
        found = solve(rivals.leads(), weights)
        if found is None:
            return Change(option, None, None, _behind(rivals))
        moved = np.maximum(found, 0.0)
        moved /= moved.sum()
        if not rivals.join(moved):
            break
    change = moved - weights
    distance = np.sqrt(change @ change) if measure == "length" else np.abs(change).sum() / 2
    return Change(option, moved, float(distance), 0.0)


def _shortest(leads: FloatArray, weights: FloatArray) -> FloatArray | None:
    """Find the nearest weights with no lead below 0, by the length of the change."""
    if (leads @ weights >= 0).all():
        return weights
    width = len(weights)
    # Changes that sum to 0 are sums of these, whose lengths are those of the sums.
    ways = np.linalg.svd(np.ones((1, width)))[2][1:].T
    size = np.sqrt((leads**2).sum(axis=1, keepdims=True))
    rows = np.concatenate([leads / size, np.eye(width)])
    step = nearest(rows @ ways, -(rows @ weights))
    return None if step is None else weights + ways @ step


def _least_shift(leads: FloatArray, weights: FloatArray) -> FloatArray | None:
    """Find the nearest weights with no lead below 0, by how much weight changes hands."""
    width = len(weights)
    given = np.concatenate([leads, np.ones((1, width))])
    changes = Polyhedron(
        np.concatenate([given, -given], axis=1),  # what is added to each weight, and what is taken from it
        np.append(-(leads @ weights), 0.0),
        np.append(np.full(len(leads), np.inf), 0.0),
        most=np.append(np.full(width, np.inf), weights),
    )
    best = changes.maximise(np.full(2 * width, -1.0))
    return None if best is None else weights + best.point[:width] - best.point[width:]


def _behind(rivals: _Rivals) -> float:
    """Find the least by which an option can stay behind the first of its rivals."""
    while True:
        lead, weights = _greatest_lead(rivals.leads())
        if not rivals.join(weights, lead):
            return max(-lead, 0.0)


def _greatest_lead(leads: FloatArray) -> tuple[float, FloatArray]:
    """Find the weights under which the least of the leads is greatest, and it."""
    rivals, width = leads.shape
    table = np.zeros((rivals + 1, width + 1))
    table[:rivals, :width], table[:rivals, width] = leads, -1.0
    table[rivals, :width] = 1.0
    leading = Polyhedron(
        table,
        np.append(np.zeros(rivals), 1.0),
        np.append(np.full(rivals, np.inf), 1.0),
        least=np.append(np.zeros(width), -np.inf),
    )
    best = leading.maximise(np.eye(width + 1)[width])
    assert best is not None  # noqa: S101 - some weights there are
    return best.value, best.point[:width]
