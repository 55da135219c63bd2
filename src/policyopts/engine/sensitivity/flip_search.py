"""The flip of one performance, searched along its scale.

The scale is walked in steps, from the performance to either end, and the step in which the first option loses its place
is cut into smaller ones. A change that is undone within one step of the first walk is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.ranking import ranks
from policyopts.engine.value_curves import with_performances

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policyopts.engine.arrays import FloatArray, IntArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.method import MethodResult
    from policyopts.engine.value_curves import ValueCurve

STEPS = 64  # of the walk to an end of the scale
CUTS = 16  # of the step in which the ranking changes
FINE = 1e-12  # of the scale, to which a flip is known


def search_flip(
    matrix: DecisionMatrix,
    score: Callable[[DecisionMatrix], MethodResult],
    curves: Sequence[ValueCurve | None],
    winner: int,
    cell: tuple[int, int],
) -> tuple[float, int] | None:
    """Find the nearest figure of a cell (option, criterion) that changes who is first, and who is then."""
    option, criterion = cell
    start = float(matrix.values[cell])

    def ranked(figures: FloatArray) -> IntArray:
        table = np.repeat(matrix.values[np.newaxis], len(figures), axis=0)
        table[:, option, criterion] = figures
        result = score(with_performances(matrix, table, curves))
        return ranks(np.broadcast_to(result.scores, table.shape[:2]), result.unit)

    ends = [float(bound.reshape(-1)[criterion]) for bound in matrix.bounds]
    walks = [_walk(ranked, start, end, winner) for end in ends if end != start]
    return min(filter(None, walks), key=lambda flip: abs(flip[0] - start), default=None)


def _walk(ranked: Callable[[FloatArray], IntArray], start: float, end: float, winner: int) -> tuple[float, int] | None:
    """Walk from a figure to an end of the scale, as far as the method takes the figures, until the first changes."""
    figures = np.linspace(start, end, STEPS + 1)
    of_figures = _as_far_as_taken(ranked, figures)
    lost = np.flatnonzero(of_figures[:, winner] > 1)
    if not lost.size:
        return None
    far = int(lost[0])
    near, beyond, of_beyond = figures[far - 1], figures[far], of_figures[far]
    while abs(beyond - near) > FINE * abs(end - start):
        cuts = np.linspace(near, beyond, CUTS + 1)[1:]
        of_cuts = ranked(cuts)
        is_lost = of_cuts[:, winner] > 1
        is_lost[-1] = True
        first = int(is_lost.argmax())
        near, beyond, of_beyond = cuts[first - 1] if first else near, cuts[first], of_cuts[first]
    return float(beyond), int((of_beyond == 1).argmax())


def _as_far_as_taken(ranked: Callable[[FloatArray], IntArray], figures: FloatArray) -> IntArray:
    """Rank with one figure after the other, up to the first that the method refuses."""
    try:
        return ranked(figures)
    except EngineError:
        taken = [ranked(figures[:1])]
        for figure in figures[1:]:
            try:
                taken.append(ranked(np.array([figure])))
            except EngineError:
                break
        return np.concatenate(taken)
