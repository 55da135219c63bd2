"""The answer: what would change which option is first."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from policyopts.engine.arrays import frozen
from policyopts.engine.errors import EngineError
from policyopts.engine.ranking import rank
from policyopts.engine.sensitivity.effective_weights import effective_weights
from policyopts.engine.sensitivity.score_flips import NOBODY, score_flips
from policyopts.engine.sensitivity.smallest_change import smallest_changes
from policyopts.engine.sensitivity.tornado import leads_over_ranges
from policyopts.engine.sensitivity.weight_stability import weight_stability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policyopts.engine.arrays import FloatArray, IntArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.sensitivity.paths import Sweep
    from policyopts.engine.value_curves import ValueCurve

Distance = Literal["l1", "euclid"]

CHALLENGERS = 10


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What would change which option is first, by place among the options and criteria.

    Where the method is not `exact`, changes of weights were searched for, and one may have been overlooked; what could
    not be searched is said in `left_out`.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    winner: str
    exact: bool
    moved: tuple[str, ...]  # whose weight is moved: each criterion and, of a dossier, each group
    weights: FloatArray  # (moved,): where it stands, as a share of the whole
    stable_from: FloatArray  # (moved,): from here
    stable_to: FloatArray  # (moved,): to here, the first option stays first
    sweeps: tuple[Sweep, ...]  # (moved,): where others become first on its way down and up, and which, by place
    effective_weights: FloatArray  # (criteria,): shares of the differences between scores; NaN where there are none
    challengers: tuple[str, ...]  # the options behind the first that come nearest, in rank order
    distances: FloatArray  # (challengers,): how far all weights must move to put it first; NaN where none do
    nearest_weights: FloatArray  # (challengers, criteria): where to
    behind: FloatArray  # (challengers,): the score that it stays behind at least where no weights do, and else 0
    flips_at: FloatArray  # (options, criteria): the performance at which another is first; NaN where none is
    flip_winners: IntArray  # (options, criteria): which, by place; -1 for nobody
    range_leads: FloatArray  # (options, criteria, 2): the first one's lead at the ends of a range; NaN without one
    left_out: tuple[str, ...]


def sensitivity(
    matrix: DecisionMatrix,
    method: str = "weighted-sum",
    *,
    ranges: tuple[FloatArray, FloatArray] | None = None,
    curves: Sequence[ValueCurve | None] | None = None,
    parts: Mapping[str, FloatArray] | None = None,
    distance: Distance = "l1",
    challengers: int = CHALLENGERS,
    **parameters: object,
) -> Sensitivity:
    """Find what would change which option is first: each weight, all weights together, each performance, each range.

    Parameters
    ----------
    matrix, method, parameters
        What is ranked, and how.
    ranges
        The low and the high end of the range of each performance (options, criteria); none, unless given, and none
        where the low end is not below the high one.
    curves
        Each criterion's value function; straight lines on the scales, unless given.
    parts
        The weights that are moved, by id, as for `weight_stability`: every criterion's own, unless given.
    distance
        What is smallest where all weights move: the sum of the changes, or the root of the sum of their squares.
    challengers
        How many options behind the first are looked at beyond single weights and performances.

    Raises
    ------
    EngineError
        For a method, a parameter or a distance that is not there, samples of a matrix, and figures that the method
        cannot take.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> matrix = DecisionMatrix([[90, 20], [50, 50]], [0.6, 0.4], ["max"] * 2, lower=[0] * 2, upper=[100] * 2)
    >>> found = sensitivity(matrix)
    >>> found.winner, found.stable_from.round(3).tolist(), found.flips_at.round(1).tolist()
    ('a1', [0.429, 0.0], [[70.0, nan], [70.0, 80.0]])
    >>> found.challengers, found.distances.round(3).tolist(), found.nearest_weights.round(3).tolist()
    (('a2',), [0.343], [[0.429, 0.571]])
    """
    if distance not in get_args(Distance):
        raise EngineError(f"distance: one of {', '.join(get_args(Distance))} is needed, not {distance!r}")
    if isinstance(challengers, bool) or not isinstance(challengers, Integral) or challengers < 0:
        raise EngineError(f"challengers: a whole number from 0 up is needed, not {challengers!r}")
    moved = dict(zip(matrix.criteria, np.eye(len(matrix.criteria)), strict=True)) if parts is None else parts
    stability = weight_stability(matrix, method, np.array(list(moved.values())), **parameters)
    sweeps, winner = stability.sweeps, stability.winner
    ranking = rank(matrix, method, **parameters)
    nearest = [place for place in ranking.order.tolist() if place != winner][:challengers]
    effective = np.full(len(matrix.criteria), np.nan)
    if stability.exact:
        effective = effective_weights(matrix, method, **parameters)
        changes = _exact_changes(matrix, method, nearest, distance, parameters)
    else:
        changes = _changes_met(matrix, sweeps, moved, nearest, distance)
        changes[ranking.ranks[nearest] == 1] = [0.0, 0.0, *matrix.weights]  # who shares the first place needs none
    flips_at = np.full(matrix.values.shape, np.nan)
    flip_winners: IntArray = np.full(matrix.values.shape, NOBODY)
    left_out: tuple[str, ...] = ()
    try:
        flips = score_flips(matrix, method, curves=curves, **parameters)
        flips_at, flip_winners = flips.flips_at, flips.winners
    except EngineError as error:
        left_out = (error.message,)
    return Sensitivity(
        options=matrix.options,
        criteria=matrix.criteria,
        winner=matrix.options[winner],
        exact=stability.exact,
        moved=tuple(moved),
        weights=frozen(np.array([sweep.weight for sweep in sweeps])),
        stable_from=frozen(np.array([sweep.stable_from for sweep in sweeps])),
        stable_to=frozen(np.array([sweep.stable_to for sweep in sweeps])),
        sweeps=sweeps,
        effective_weights=frozen(effective),
        challengers=tuple(matrix.options[place] for place in nearest),
        distances=frozen(changes[:, 0]),
        behind=frozen(changes[:, 1]),
        nearest_weights=frozen(changes[:, 2:]),
        flips_at=frozen(flips_at),
        flip_winners=frozen(flip_winners),
        range_leads=frozen(_range_leads(matrix, method, [winner, *nearest], ranges, curves, parameters)),
        left_out=left_out,
    )


def _exact_changes(
    matrix: DecisionMatrix, method: str, nearest: list[int], distance: Distance, parameters: Mapping[str, object]
) -> FloatArray:
    """Give each challenger's smallest change: its size, the score still missing, and the weights that it leads to."""
    found = np.full((len(nearest), 2 + len(matrix.criteria)), np.nan)
    measure: Literal["shift", "length"] = "shift" if distance == "l1" else "length"
    changes = smallest_changes(matrix, method, options=nearest, measure=measure, **parameters)
    for row, change in zip(found, changes, strict=True):
        row[1] = change.behind
        if change.distance is not None and change.weights is not None:
            row[0] = change.distance * (2 if distance == "l1" else 1)  # what is taken counts, and what is given
            row[2:] = change.weights
    return found


def _changes_met(
    matrix: DecisionMatrix,
    sweeps: Sequence[Sweep],
    parts: Mapping[str, FloatArray],
    nearest: list[int],
    distance: Distance,
) -> FloatArray:
    """Give for each challenger the smallest of the changes of single weights that put it first, as above."""
    found = np.full((len(nearest), 2 + len(matrix.criteria)), np.nan)
    found[:, 1] = 0.0
    for row, place in zip(found, nearest, strict=True):
        met = [
            _one_weight_at(part, matrix.weights, crossover.at)
            for part, sweep in zip(parts.values(), sweeps, strict=True)
            for crossover in sweep.crossovers
            if crossover.winner == place
        ]
        if met:
            sizes = [_size(weights - matrix.weights, distance) for weights in met]
            best = int(np.argmin(sizes))
            row[0], row[2:] = sizes[best], met[best]
    return found


def _one_weight_at(part: FloatArray, weights: FloatArray, at: float) -> FloatArray:
    rest = np.where(part > 0, 0.0, weights)
    moved: FloatArray = at * part + (1 - at) * rest / (rest.sum() or 1.0)
    return moved


def _size(change: FloatArray, distance: Distance) -> float:
    return float(np.abs(change).sum() if distance == "l1" else np.sqrt(change @ change))


def _range_leads(
    matrix: DecisionMatrix,
    method: str,
    shown: list[int],
    ranges: tuple[FloatArray, FloatArray] | None,
    curves: Sequence[ValueCurve | None] | None,
    parameters: Mapping[str, object],
) -> FloatArray:
    """Find the lead of the first of the options shown at the ends of each of their ranges (options, criteria, 2)."""
    leads = np.full((*matrix.values.shape, 2), np.nan)
    if ranges is None or len(matrix.values) < 2:
        return leads
    ends = np.stack(ranges, axis=-1)
    has_range = np.zeros(matrix.values.shape, np.bool_)
    has_range[shown] = ends[shown, :, 0] < ends[shown, :, 1]
    cells = [(option, criterion) for option, criterion in np.argwhere(has_range).tolist()]
    if cells:
        leads[has_range] = leads_over_ranges(
            matrix, shown[0], cells, ends[has_range], method, curves=curves, **parameters
        )
    return leads
