"""Who is first where every option's score is a straight line: along the upper envelope of the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.products import multiply
from policyopts.engine.sensitivity.paths import Crossover, Sweep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.engine.arrays import BoolArray, FloatArray
    from policyopts.engine.sensitivity.paths import Path


def follow(path: Path, table: FloatArray, winner: int, tie: float) -> Sweep:
    """Walk from the present weight to both ends, from leader to leader.

    Parameters
    ----------
    path
        The weight that is moved.
    table
        What the options score (options, criteria) where all the weight is on one criterion.
    winner
        Who is first now.
    tie
        How near scores are that tie: who never leads by more never takes the lead.
    """
    if path.rest is None:
        return Sweep(path.weight, (), ())
    start, stop = both = np.empty((2, len(table)))
    multiply(np.stack([path.rest, path.part]), table.T, both)
    kept = _candidates(start, stop, winner)
    options = np.flatnonzero(kept)
    present = int(np.searchsorted(options, winner))
    start, stop = start[kept], stop[kept]
    up, down = _leaders(start, stop, path.weight, present, tie), _leaders(stop, start, 1 - path.weight, present, tie)
    # The way down is the way up seen from the other end.
    below = tuple(Crossover(min(1 - at, path.weight), int(options[who])) for at, who in down)
    return Sweep(path.weight, below, tuple(Crossover(at, int(options[who])) for at, who in up))


def _candidates(start: FloatArray, stop: FloatArray, winner: int) -> BoolArray:
    """Mark who is not below some one option all the way: no other can lead."""
    kept = np.ones(len(start), dtype=np.bool_)
    for strong in {winner, int(start.argmax()), int(stop.argmax()), int((start + stop).argmax())}:
        kept &= (start > start[strong]) | (stop > stop[strong])
        kept[strong] = True
    kept[winner] = True
    return kept


def _leaders(
    start: FloatArray, stop: FloatArray, weight: float, leader: int, tie: float
) -> Iterator[tuple[float, int]]:
    """Give where the lead changes on the way from a weight up to 1, and to whom."""
    slopes = stop - start
    at = weight
    while True:
        gains = slopes - slopes[leader]
        rising = np.flatnonzero(gains > tie)
        if not rising.size:
            return
        behind = start[leader] - start[rising] - at * gains[rising]
        meets = at + np.maximum(behind, 0.0) / gains[rising]
        soonest = meets.min()
        if soonest >= 1.0:
            return
        together = rising[meets <= soonest + 1e-12]
        steepest = slopes[together].max()
        leader = int(together[(slopes[together] >= steepest - tie).argmax()])
        at = float(soonest)
        yield at, leader
