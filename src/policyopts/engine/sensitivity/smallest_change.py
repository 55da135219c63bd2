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

from policyopts.engine.dominance import dominators
from policyopts.engine.errors import EngineError
from policyopts.engine.least_distance import nearest
from policyopts.engine.linear_programs import Polyhedron
from policyopts.engine.linear_scores import linear_scores, without_rounding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix

Measure = Literal["length", "shift"]


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
    rivals = np.flatnonzero(dominators(table) < 0)  # whoever leads these leads all
    return tuple(
        _change(option, without_rounding(table[option] - table[rivals]), matrix.weights, measure)
        for option in (range(len(table)) if options is None else options)
    )


def _change(option: int, leads: FloatArray, weights: FloatArray, measure: Measure) -> Change:
    told = leads[leads.any(axis=1)]
    found = (_shortest if measure == "length" else _least_shift)(told, weights)
    if found is None:
        return Change(option, None, None, _behind(told))
    moved = np.maximum(found, 0.0)
    moved /= moved.sum()
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


def _behind(leads: FloatArray) -> float:
    """Find the least by which an option can stay behind the first of its rivals."""
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
    return 0.0 if best is None else max(-best.value, 0.0)
