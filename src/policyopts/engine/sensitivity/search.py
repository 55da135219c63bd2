"""Who is first where scores follow no line: searched along the way.

The way is looked at in steps, and each step in which the first option loses its place is cut into smaller ones, until
the place is known to twelve digits. A change that is undone within one step of the first walk is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.ranking import ranks
from policyopts.engine.sensitivity.paths import Crossover, Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policyopts.engine.arrays import FloatArray, IntArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.method import MethodResult
    from policyopts.engine.sensitivity.paths import Path

STEPS = 256  # from 0 to 1
CUTS = 32  # of a step
FINE = 1e-12
CELLS = 1 << 20  # of the samples of a matrix looked at in one go


def search(path: Path, matrix: DecisionMatrix, method: Callable[[DecisionMatrix], MethodResult], winner: int) -> Sweep:
    """Walk from the present weight to both ends, from leader to leader."""
    if path.rest is None:
        return Sweep(path.weight, (), ())

    def ranked(at: FloatArray) -> IntArray:
        return _ranks(path, matrix, method, at)

    grid = np.linspace(0.0, 1.0, STEPS + 1)
    below = _leaders(ranked, path.weight, grid[grid < path.weight][::-1], winner)
    above = _leaders(ranked, path.weight, grid[grid > path.weight], winner)
    return Sweep(path.weight, tuple(below), tuple(above))


def _leaders(
    ranked: Callable[[FloatArray], IntArray], weight: float, ahead: FloatArray, leader: int
) -> Iterator[Crossover]:
    """Give where the lead changes on the way from a weight through the places ahead, and to whom."""
    places = np.concatenate([[weight], ahead])
    of_places = ranked(places)
    step = 1
    while True:
        lost = np.flatnonzero(of_places[step:, leader] > 1)
        if not lost.size:
            return
        step += int(lost[0])
        near, far, beyond = places[step - 1], places[step], of_places[step]
        while abs(far - near) > FINE:
            cuts = np.linspace(near, far, CUTS + 1)[1:]
            of_cuts = ranked(cuts)
            is_lost = of_cuts[:, leader] > 1
            is_lost[-1] = True
            first = int(is_lost.argmax())
            near, far, beyond = cuts[first - 1] if first else near, cuts[first], of_cuts[first]
        leader = int((beyond == 1).argmax())
        if far not in {0.0, 1.0}:
            yield Crossover(float(far), leader)
        # Whoever leads there may have lost the lead again before the end of the step.
        places[step - 1], of_places[step - 1] = far, beyond


def _ranks(
    path: Path, matrix: DecisionMatrix, method: Callable[[DecisionMatrix], MethodResult], at: FloatArray
) -> IntArray:
    """Rank the options (any, options) where the weight stands at some places (any,), a few at a time."""
    found = np.empty((len(at), len(matrix.values)), dtype=np.intp)
    together = max(1, CELLS // matrix.values.size)
    for start in range(0, len(at), together):
        some = slice(start, start + together)
        result = method(matrix.with_weights(path.weights(at[some])))
        found[some] = ranks(np.broadcast_to(result.scores, found[some].shape), result.unit)
    return found
