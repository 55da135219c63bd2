"""What would change who is first: each weight, all weights together, each performance, each range."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan, nan
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from policyopts.analysis.problem.curves import curves
from policyopts.analysis.problem.decision import limit_bounds
from policyopts.analysis.problem.uncertain_performances import stated_ranges
from policyopts.analysis.ranked import rank_dossier
from policyopts.engine.methods import METHODS
from policyopts.engine.sensitivity.assessment import CHALLENGERS
from policyopts.engine.sensitivity.assessment import sensitivity as assess
from policyopts.engine.sensitivity.score_flips import score_flips
from policyopts.engine.sensitivity.weight_stability import weight_stability
from policyopts.findings import PolicyOptsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import WhatIf
    from policyopts.engine.arrays import FloatArray, IntArray
    from policyopts.engine.sensitivity.assessment import Distance
    from policyopts.engine.sensitivity.assessment import Sensitivity as Figures
    from policyopts.engine.sensitivity.paths import Crossover as Place
    from policyopts.engine.sensitivity.paths import Sweep
    from policyopts.model.dossier import Dossier
    from policyopts.model.estimates import Estimate


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

    @property
    def nearest(self) -> Crossover | None:
        """The crossover nearest to where the weight stands; None where there is none."""
        return min(self.crossovers, key=lambda each: abs(each.at - self.weight), default=None)


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
    found = figures(ranked, distance=distance, challengers=challengers)
    options = found.options
    sweeps = dict(zip(found.moved, found.sweeps, strict=True))
    effective = dict(zip(found.criteria, found.effective_weights.tolist(), strict=True))
    shown = [options.index(id_) for id_ in (found.winner, *found.challengers)]
    return Sensitivity(
        ranked=ranked,
        winner=found.winner,
        exact=found.exact,
        distance=distance,
        weights=tuple(moved_weights(ranked, sweeps, effective)),
        challengers=tuple(_challengers(ranked, found)),
        flips=() if found.left_out else tuple(_flips(ranked, found.flips_at, found.flip_winners, shown)),
        effects=tuple(_effects(ranked, found.range_leads, shown)),
        left_out=found.left_out,
    )


def figures(ranked: RankedDossier, *, distance: Distance = "l1", challengers: int = CHALLENGERS) -> Figures:
    """Find what would change who is first as arrays."""
    return assess(
        ranked.ranking.matrix,
        ranked.ranking.method,
        ranges=stated_ranges(ranked.problem),
        curves=curves(ranked.problem),
        parts=parts_of_nodes(ranked),
        distance=distance,
        challengers=challengers,
        **dict(ranked.ranking.parameters),
    )


def nearest_turns(ranked: RankedDossier) -> tuple[tuple[MovedWeight, Crossover], ...]:
    """Give each weight with the nearest place at which another option becomes first, if there is one.

    Only for methods whose scores are linear in the weights; by others there is none to tell.
    """
    matrix, method = ranked.ranking.matrix, ranked.ranking.method
    if not METHODS[method].linear:
        return ()
    parts = parts_of_nodes(ranked)
    stability = weight_stability(matrix, method, np.array(list(parts.values())), **dict(ranked.ranking.parameters))
    moved = moved_weights(ranked, dict(zip(parts, stability.sweeps, strict=True)))
    return tuple((weight, nearest) for weight in moved if (nearest := weight.nearest))


def turning_figures(ranked: RankedDossier) -> tuple[Flip, ...]:
    """Give the figures that alone, within their stated ranges, put another option first; of the nearest options.

    Only for methods whose scores are linear in the weights; by others there is none to tell.
    """
    if not METHODS[ranked.ranking.method].linear or len(ranked.options) < 2:
        return ()
    matrix, method = ranked.ranking.matrix, ranked.ranking.method
    found = score_flips(matrix, method, curves=curves(ranked.problem), **dict(ranked.ranking.parameters))
    shown = ranked.ranking.order.tolist()[: CHALLENGERS + 1]
    return tuple(flip for flip in _flips(ranked, found.flips_at, found.winners, shown) if flip.in_range)


def parts_of_nodes(ranked: RankedDossier) -> dict[str, FloatArray]:
    """Give each node's criteria their parts of it, as shares of the node; of a node without weight, equal ones."""
    tree, shares = ranked.dossier.tree, ranked.problem.shares
    leaves = ranked.ranking.criteria
    parts = {node.id: np.zeros(len(leaves)) for node in tree.nodes}
    for column, leaf in enumerate(leaves):
        for node in tree.lineage(leaf):
            parts[node.id][column] = shares[leaf] if shares[node.id] else 1.0
    return {id_: part / part.sum() for id_, part in parts.items()}


def moved_weights(
    ranked: RankedDossier, sweeps: Mapping[str, Sweep], effective: Mapping[str, float] = MappingProxyType({})
) -> Iterator[MovedWeight]:
    """Name each node's weight and the options that become first on its way; `effective` holds criteria's shares."""
    options, tree = ranked.ranking.options, ranked.dossier.tree

    def named(met: tuple[Place, ...]) -> tuple[Crossover, ...]:
        return tuple(Crossover(each.at, options[each.winner]) for each in met)

    for id_, sweep in sweeps.items():
        share = effective.get(id_, nan)
        yield MovedWeight(
            id=id_,
            name=tree.node(id_).name,
            is_group=id_ not in ranked.ranking.criteria,
            weight=sweep.weight,
            below=named(sweep.below),
            above=named(sweep.above),
            effective=None if isnan(share) else share,
        )


def _challengers(ranked: RankedDossier, found: Figures) -> Iterator[Challenger]:
    sizes = found.distances.tolist(), found.behind.tolist()
    for id_, distance, behind, weights in zip(found.challengers, *sizes, found.nearest_weights, strict=True):
        name = ranked.dossier.option_name(id_)
        if isnan(distance):
            yield Challenger(id_, name, None, None, behind)
        else:
            yield Challenger(id_, name, distance, dict(zip(found.criteria, weights.tolist(), strict=True)), behind)


def _flips(ranked: RankedDossier, flips_at: FloatArray, winners: IntArray, shown: Sequence[int]) -> list[Flip]:
    matrix = ranked.ranking.matrix
    low, high = (bound.reshape(-1) for bound in matrix.bounds)
    limits = [limit_bounds(ranked.dossier.criteria[criterion]) or (-inf, inf) for criterion in matrix.criteria]
    winner = shown[0]
    flips = []
    for option in shown:
        for column, criterion in enumerate(matrix.criteria):
            estimate = ranked.view.estimate(matrix.options[option], criterion)
            at, who = float(flips_at[option, column]), int(winners[option, column])
            value, (lowest, highest) = float(matrix.values[option, column]), limits[column]
            if option == winner and len(shown) > 1:
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
    return sorted(flips, key=lambda flip: (flip.share is None, flip.share or 0.0))


def _next_without(ranked: RankedDossier, winner: int) -> int:
    """Find who is first where a hard limit screens the first option out."""
    asked, options = ranked.view.what_if, ranked.ranking.options
    others = asked._replace(without=(*asked.without, options[winner]))
    try:
        again = rank_dossier(ranked.dossier, others, method=ranked.ranking.method, parameters=ranked.ranking.parameters)
    except PolicyOptsError:  # what is left cannot be ranked without it
        return int(ranked.ranking.order[1])
    return options.index(again.winners[0].id)


def _effects(ranked: RankedDossier, leads: FloatArray, shown: Sequence[int]) -> list[RangeEffect]:
    matrix = ranked.ranking.matrix
    effects = [
        RangeEffect(
            matrix.options[option],
            criterion,
            ranked.view.estimate(matrix.options[option], criterion),
            *leads[option, column].tolist(),
        )
        for option in shown
        for column, criterion in enumerate(matrix.criteria)
        if not np.isnan(leads[option, column, 0])
    ]
    return sorted(effects, key=lambda effect: -abs(effect.at_high - effect.at_low))
