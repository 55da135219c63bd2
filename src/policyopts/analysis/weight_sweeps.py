"""Every option's score as one weight goes from 0 to 1: where the lines cross, another option is first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.analysis.sensitivity import moved_weights, parts_of_nodes
from policyopts.analysis.view import known
from policyopts.engine.methods import METHODS
from policyopts.engine.sensitivity.paths import ALL
from policyopts.engine.sensitivity.scores_along import scores_along
from policyopts.engine.sensitivity.weight_stability import weight_stability
from policyopts.findings import UsageError
from policyopts.names import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.sensitivity import MovedWeight
    from policyopts.engine.arrays import FloatArray

STEPS = 50  # from 0 to 1, where scores follow no line


class WeightSweep(NamedTuple):
    """A weight on its way from 0 to 1, and what the options of the ranking score at some places of it."""

    weight: MovedWeight
    places: tuple[float, ...]
    scores: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class WeightSweeps:
    """The sweeps of all weights, those with the nearest crossovers first.

    `options` are those whose scores are given, each with its place in the ranking, from 1.
    """

    ranked: RankedDossier
    winner: str
    options: Mapping[str, int]
    sweeps: tuple[WeightSweep, ...]
    total: int  # of weights that can be moved


def weight_sweeps(
    ranked: RankedDossier, criterion: str | None = None, *, most: int = 9, options: int = 30
) -> WeightSweeps:
    """Move the weight of each criterion and group, or of the one asked for.

    Scores are given for the first options of the ranking, and for all that become first somewhere.

    Raises
    ------
    UsageError
        For a criterion that is not there, and one that has all the weight.
    """
    matrix, method = ranked.ranking.matrix, ranked.ranking.method
    settings = dict(ranked.ranking.parameters)
    parts = parts_of_nodes(ranked)
    if criterion is not None:
        parts = {criterion: known(parts, criterion, "criterion or group")}
    parts = _different(parts)
    stability = weight_stability(matrix, method, np.array(list(parts.values())), **settings)
    moved = moved_weights(ranked, dict(zip(parts, stability.sweeps, strict=True)))
    free = [each for each in moved if each.weight < ALL]
    if not free:
        raise UsageError(f"{quoted(criterion or next(iter(parts)))} has all the weight: there is none to move")
    chosen = sorted(free, key=_distance)[:most]
    leaders = {each.winner for weight in chosen for each in weight.crossovers}
    drawn = {
        id_: place
        for place, id_ in enumerate((matrix.options[row] for row in ranked.ranking.order.tolist()), start=1)
        if place <= options or id_ in leaders
    }
    return WeightSweeps(
        ranked=ranked,
        winner=matrix.options[stability.winner],
        options=drawn,
        sweeps=tuple(_sweep(ranked, each, parts[each.id], tuple(drawn)) for each in chosen),
        total=len(free),
    )


def _different(parts: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Leave out a node that moves the same criteria as one before it: a group of one, or its only criterion."""
    found: dict[tuple[float, ...], str] = {}
    for id_, part in parts.items():
        found.setdefault(tuple(part.tolist()), id_)
    return {id_: parts[id_] for id_ in found.values()}


def _distance(weight: MovedWeight) -> float:
    return abs(weight.nearest.at - weight.weight) if weight.nearest else 2.0


def _sweep(ranked: RankedDossier, weight: MovedWeight, part: FloatArray, options: Sequence[str]) -> WeightSweep:
    matrix, method = ranked.ranking.matrix, ranked.ranking.method
    places = np.array([0.0, 1.0])
    if not METHODS[method].linear:
        turns = [each.at for each in weight.crossovers]
        places = np.unique([*np.linspace(0, 1, STEPS + 1), weight.weight, *turns])
    scores = scores_along(matrix, part, places, method, **dict(ranked.ranking.parameters))
    rows = [matrix.options.index(option) for option in options]
    return WeightSweep(
        weight,
        tuple(places.tolist()),
        {option: tuple(scores[:, row].tolist()) for option, row in zip(options, rows, strict=True)},
    )
