"""What would change who is first: each weight, all weights together, each performance, each range."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan, nan
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from policyopts.analysis.problem.curves import curves
from policyopts.analysis.problem.decision import limit_bounds
from policyopts.analysis.ranked import rank_dossier
from policyopts.engine.errors import EngineError
from policyopts.engine.methods import METHODS
from policyopts.engine.sensitivity.effective_weights import effective_weights
from policyopts.engine.sensitivity.score_flips import score_flips
from policyopts.engine.sensitivity.smallest_change import smallest_changes
from policyopts.engine.sensitivity.tornado import leads_over_ranges
from policyopts.engine.sensitivity.weight_stability import weight_stability
from policyopts.findings import PolicyOptsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import WhatIf
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.sensitivity.paths import Crossover as Met
    from policyopts.engine.sensitivity.weight_stability import WeightStability
    from policyopts.model.dossier import Dossier
    from policyopts.model.estimates import Estimate

Distance = Literal["l1", "euclid"]

CHALLENGERS = 10


class Crossover(NamedTuple):
    """A weight, as a share of the whole, at which another option becomes first, and which."""

    at: float
    winner: str


class MovedWeight(NamedTuple):
    """A criterion's or a group's weight on its way from 0 to 1, the others keeping their proportions.

    `effective` is the share of the differences between the scores that the criterion decides; None for a group, and
    where scores are not linear in the weights.
    """

    id: str
    name: str
    is_group: bool
    weight: float
    below: tuple[Crossover, ...]  # on the way down from where it stands, in the order met
    above: tuple[Crossover, ...]  # on the way up
    effective: float | None

    @property
    def stable_from(self) -> float:
        """The least weight with which the first option stays first."""
        return self.below[0].at if self.below else 0.0

    @property
    def stable_to(self) -> float:
        """The greatest weight with which the first option stays first."""
        return self.above[0].at if self.above else 1.0

    @property
    def crossovers(self) -> tuple[Crossover, ...]:
        """All of them, from 0 to 1."""
        return (*reversed(self.below), *self.above)


class Challenger(NamedTuple):
    """The smallest change of all weights together that puts an option first, by criterion.

    `weights` and `distance` are None where no weights do; it then stays `behind` the first by this score at least.
    """

    id: str
    name: str
    distance: float | None
    weights: Mapping[str, float] | None
    behind: float


class Flip(NamedTuple):
    """A performance, and where on its scale another option becomes first; None where nowhere.

    `share` is how far away that is, as a share of the scale; `in_range` tells whether it lies in the stated range.
    """

    option: str
    criterion: str
    estimate: Estimate
    flips_at: float | None
    winner: str | None
    share: float | None
    in_range: bool


class RangeEffect(NamedTuple):
    """The first option's lead at the low and the high end of a performance's range."""

    option: str
    criterion: str
    estimate: Estimate
    at_low: float
    at_high: float


@dataclass(frozen=True)
class Sensitivity:
    """What would change who is first.

    `flips` and `effects` are those of the first option and of its nearest challengers, the nearest flip and the widest
    effect first. Where the method is not `exact`, changes were searched for, and one may have been overlooked; what
    could not be searched is said in `left_out`.
    """

    ranked: RankedDossier
    winner: str
    exact: bool
    distance: Distance
    weights: tuple[MovedWeight, ...]
    challengers: tuple[Challenger, ...]
    flips: tuple[Flip, ...]
    effects: tuple[RangeEffect, ...]
    left_out: tuple[str, ...]

    @property
    def lead(self) -> float:
        """How far the first option is ahead of the next; 0 where it shares its place, or is alone."""
        options = self.ranked.options
        return options[0].score - options[1].score if len(options) > 1 else 0.0


def sensitivity(
    dossier: Dossier,
    asked: WhatIf | None = None,
    *,
    distance: Distance = "l1",
    challengers: int = CHALLENGERS,
    **how: Any,
) -> Sensitivity:
    """Find what would change who is first; `how` goes to `rank_dossier`.

    `challengers` tells how many options behind the first are looked at beyond single weights: those that come nearest.
    """
    ranked = rank_dossier(dossier, asked, **how)
    matrix, method, settings = ranked.ranking.matrix, ranked.ranking.method, dict(ranked.ranking.parameters)
    parts = _parts(ranked)
    stability = weight_stability(matrix, method, np.array(list(parts.values())), **settings)
    effective: list[float | None] = [None] * len(matrix.criteria)
    if stability.exact:
        effective = [
            None if isnan(share) else share for share in effective_weights(matrix, method, **settings).tolist()
        ]
    left_out: list[str] = []
    nearest = [int(place) for place in ranked.ranking.order if place != stability.winner][:challengers]
    try:
        flips = tuple(_flips(ranked, stability.winner, nearest))
    except EngineError as error:
        flips = ()
        left_out.append(error.message)
    return Sensitivity(
        ranked=ranked,
        winner=matrix.options[stability.winner],
        exact=stability.exact,
        distance=distance,
        weights=tuple(_moved(ranked, stability, tuple(parts), effective)),
        challengers=tuple(_challengers(ranked, stability, parts, nearest, distance)),
        flips=flips,
        effects=tuple(_effects(ranked, stability.winner, nearest)),
        left_out=tuple(left_out),
    )


def nearest_turns(ranked: RankedDossier) -> tuple[tuple[MovedWeight, Crossover], ...]:
    """Give each weight with the nearest place at which another option becomes first, if there is one.

    Only for methods whose scores are linear in the weights; by others there is none to tell.
    """
    matrix, method = ranked.ranking.matrix, ranked.ranking.method
    if not METHODS[method].linear:
        return ()
    parts = _parts(ranked)
    stability = weight_stability(matrix, method, np.array(list(parts.values())), **dict(ranked.ranking.parameters))
    moved = _moved(ranked, stability, tuple(parts), [None] * len(matrix.criteria))
    return tuple(
        (weight, min(weight.crossovers, key=lambda each: abs(each.at - weight.weight)))
        for weight in moved
        if weight.crossovers
    )


def turning_figures(ranked: RankedDossier) -> tuple[Flip, ...]:
    """Give the figures that alone, within their stated ranges, put another option first; of the nearest options.

    Only for methods whose scores are linear in the weights; by others there is none to tell.
    """
    if not METHODS[ranked.ranking.method].linear or len(ranked.options) < 2:
        return ()
    first, *others = ranked.ranking.order.tolist()
    return tuple(flip for flip in _flips(ranked, first, others[:CHALLENGERS]) if flip.in_range)


def _parts(ranked: RankedDossier) -> dict[str, FloatArray]:
    """Give each node's criteria their parts of it, as shares of the node; of a node without weight, equal ones."""
    tree, shares = ranked.dossier.tree, ranked.problem.shares
    leaves = ranked.ranking.criteria
    parts = {node.id: np.zeros(len(leaves)) for node in tree.nodes}
    for column, leaf in enumerate(leaves):
        for node in tree.lineage(leaf):
            parts[node.id][column] = shares[leaf] if shares[node.id] else 1.0
    return {id_: part / part.sum() for id_, part in parts.items()}


def _moved(
    ranked: RankedDossier, stability: WeightStability, nodes: tuple[str, ...], effective: list[float | None]
) -> Iterator[MovedWeight]:
    options, tree = ranked.ranking.options, ranked.dossier.tree
    of_leaf = dict(zip(ranked.ranking.criteria, effective, strict=True))

    def named(met: tuple[Met, ...]) -> tuple[Crossover, ...]:
        return tuple(Crossover(each.at, options[each.winner]) for each in met)

    for id_, sweep in zip(nodes, stability.sweeps, strict=True):
        yield MovedWeight(
            id=id_,
            name=tree.node(id_).name,
            is_group=id_ not in of_leaf,
            weight=sweep.weight,
            below=named(sweep.below),
            above=named(sweep.above),
            effective=of_leaf.get(id_),
        )


def _challengers(
    ranked: RankedDossier,
    stability: WeightStability,
    parts: Mapping[str, FloatArray],
    nearest: list[int],
    distance: Distance,
) -> Iterator[Challenger]:
    """Find the smallest change for each; where scores are not linear, the smallest of those met on single weights."""
    matrix = ranked.ranking.matrix
    names = {option.id: option.name for option in (ranked.option(matrix.options[place]) for place in nearest)}
    if stability.exact:
        measure: Literal["shift", "length"] = "shift" if distance == "l1" else "length"
        settings = dict(ranked.ranking.parameters)
        changes = smallest_changes(matrix, ranked.ranking.method, options=nearest, measure=measure, **settings)
        for change in changes:
            id_ = matrix.options[change.option]
            weights = None if change.weights is None else _by_id(matrix.criteria, change.weights)
            size = None if change.distance is None else change.distance * (2 if distance == "l1" else 1)
            yield Challenger(id_, names[id_], size, weights, change.behind)
        return
    ranks = ranked.ranking.ranks
    for place in nearest:
        if ranks[place] == 1:
            id_ = matrix.options[place]
            yield Challenger(id_, names[id_], 0.0, _by_id(matrix.criteria, matrix.weights), 0.0)
            continue
        met = [
            _one_weight_at(part, matrix.weights, crossover.at)
            for part, sweep in zip(parts.values(), stability.sweeps, strict=True)
            for crossover in sweep.crossovers
            if crossover.winner == place
        ]
        sizes = [_size(weights - matrix.weights, distance) for weights in met]
        id_ = matrix.options[place]
        if met:
            best = int(np.argmin(sizes))
            yield Challenger(id_, names[id_], sizes[best], _by_id(matrix.criteria, met[best]), 0.0)
        else:
            yield Challenger(id_, names[id_], None, None, 0.0)


def _one_weight_at(part: FloatArray, weights: FloatArray, at: float) -> FloatArray:
    rest = np.where(part > 0, 0.0, weights)
    moved: FloatArray = at * part + (1 - at) * rest / (rest.sum() or 1.0)
    return moved


def _size(change: FloatArray, distance: Distance) -> float:
    return float(np.abs(change).sum() if distance == "l1" else np.sqrt(change @ change))


def _by_id(criteria: tuple[str, ...], weights: FloatArray) -> dict[str, float]:
    return dict(zip(criteria, weights.tolist(), strict=True))


def _flips(ranked: RankedDossier, winner: int, nearest: list[int]) -> Iterator[Flip]:
    matrix = ranked.ranking.matrix
    found = score_flips(matrix, ranked.ranking.method, curves=curves(ranked.problem), **dict(ranked.ranking.parameters))
    low, high = (bound.reshape(-1) for bound in matrix.bounds)
    limits = [limit_bounds(ranked.dossier.criteria[criterion]) or (-inf, inf) for criterion in matrix.criteria]
    flips = []
    for option in (winner, *nearest):
        for column, criterion in enumerate(matrix.criteria):
            estimate = ranked.view.estimate(matrix.options[option], criterion)
            at, who = float(found.flips_at[option, column]), int(found.winners[option, column])
            value, (lowest, highest) = float(matrix.values[option, column]), limits[column]
            if option == winner and nearest:
                ends = [end for end in (lowest, highest) if low[column] < end < high[column]]
                end = min(ends, key=lambda end: abs(end - value), default=nan)
                if isnan(at) or abs(end - value) < abs(at - value):
                    at, who = end, _next_without(ranked, winner) if ends else who
            elif not lowest <= at <= highest:
                at = nan  # it would be screened out before it is first
            if isnan(at):
                flips.append(Flip(matrix.options[option], criterion, estimate, None, None, None, in_range=False))
                continue
            width = float(high[column] - low[column])
            share = abs(at - value) / width if width else 0.0
            within = estimate.low <= at <= estimate.high and estimate.low < estimate.high
            if at in (lowest, highest):  # beyond it, not at it, is a limit broken
                within = within and (estimate.low < at if at == lowest else at < estimate.high)
            flips.append(Flip(matrix.options[option], criterion, estimate, at, matrix.options[who], share, within))
    yield from sorted(flips, key=lambda flip: (flip.share is None, flip.share or 0.0))


def _next_without(ranked: RankedDossier, winner: int) -> int:
    """Find who is first where a hard limit screens the first option out."""
    asked, options = ranked.view.what_if, ranked.ranking.options
    others = asked._replace(without=(*asked.without, options[winner]))
    try:
        again = rank_dossier(ranked.dossier, others, method=ranked.ranking.method, parameters=ranked.ranking.parameters)
    except PolicyOptsError:  # what is left cannot be ranked without it
        return int(ranked.ranking.order[1])
    return options.index(again.winners[0].id)


def _effects(ranked: RankedDossier, winner: int, nearest: list[int]) -> list[RangeEffect]:
    matrix = ranked.ranking.matrix
    if len(matrix.options) < 2:
        return []
    cells, estimates = [], []
    for option in (winner, *nearest):
        for column, criterion in enumerate(matrix.criteria):
            estimate = ranked.view.estimate(matrix.options[option], criterion)
            if estimate.low < estimate.high:
                cells.append((option, column))
                estimates.append(estimate)
    if not cells:
        return []
    leads = leads_over_ranges(
        matrix,
        winner,
        cells,
        [[estimate.low, estimate.high] for estimate in estimates],
        ranked.ranking.method,
        curves=curves(ranked.problem),
        **dict(ranked.ranking.parameters),
    ).tolist()
    effects = [
        RangeEffect(matrix.options[option], matrix.criteria[column], estimate, *lead)
        for (option, column), estimate, lead in zip(cells, estimates, leads, strict=True)
    ]
    return sorted(effects, key=lambda effect: -abs(effect.at_high - effect.at_low))
