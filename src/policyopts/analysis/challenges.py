"""What would put another option first, one challenger at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policyopts.analysis.method_comparison import winners

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.doubts import Doubts
    from policyopts.analysis.overlays import Outcome
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.sensitivity import Challenger, Flip, MovedWeight, Sensitivity


class WeightFlip(NamedTuple):
    """A weight that puts an option first, the others keeping their proportions, and the nearest place where it does."""

    moved: MovedWeight
    at: float


@dataclass(frozen=True, slots=True)
class Challenge:
    """All that would put an option first which is not, or not alone.

    `weight` is the nearest flip by one weight, `change` the smallest change of all of them, `flip` the nearest figure;
    None where none does, and where that was not searched. `outcomes` are the overlays, and `methods` the methods by
    which it comes first. `is_searched` tells whether weights and figures were looked at for this option.
    """

    option: str
    weight: WeightFlip | None
    change: Challenger | None
    flip: Flip | None
    outcomes: tuple[Outcome, ...]
    methods: tuple[str, ...]
    is_searched: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing that was looked at puts the option first."""
        possible = self.change is not None and self.change.weights is not None
        return not (self.weight or possible or self.flip or self.outcomes or self.methods)


def challenges(ranked: RankedDossier, found: Doubts, outcomes: Sequence[Outcome]) -> tuple[Challenge, ...]:
    """Gather for every option that does not come first what would put it there, the nearest challengers first.

    Overlays and methods under which the same options come first as do anyway are left out. Of very many options, those
    are told that something puts first.
    """
    before = {option.id for option in ranked.winners}
    turned = [outcome for outcome in outcomes if outcome.winners and set(outcome.winners) != before]
    by_method = {ranking.method: set(winners(ranking)) for ranking in found.rankings}
    everyone = set(ranked.ranking.options)
    decided = {method: first for method, first in by_method.items() if first not in (before, everyone)}
    searched = set() if found.sensitivity is None else {each.id for each in found.sensitivity.challengers}
    raised = {id_ for outcome in turned for id_ in outcome.winners} | set().union(*decided.values())
    ranked_first = (option.id for option in ranked.options if option.id in searched | raised)
    also = [id_ for id_ in sorted(raised) if id_ not in everyone]  # ruled out by a limit as the dossier stands
    return tuple(
        _challenge(id_, found.sensitivity, turned, decided, is_searched=id_ in searched and id_ not in before)
        for id_ in (*ranked_first, *also)
        if id_ not in before or _is_alone(id_, turned)
    )


def _is_alone(option: str, turned: Sequence[Outcome]) -> bool:
    """Tell whether an overlay breaks a tie for an option's good."""
    return any(outcome.winners == (option,) for outcome in turned)


def _challenge(
    option: str,
    found: Sensitivity | None,
    turned: Sequence[Outcome],
    decided: dict[str, set[str]],
    *,
    is_searched: bool,
) -> Challenge:
    return Challenge(
        option=option,
        weight=min(_weight_flips(found, option), key=_distance, default=None) if found and is_searched else None,
        change=next((each for each in found.challengers if each.id == option), None) if found and is_searched else None,
        flip=next((flip for flip in found.flips if flip.winner == option), None) if found and is_searched else None,
        outcomes=tuple(outcome for outcome in turned if option in outcome.winners),
        methods=tuple(method for method, first in decided.items() if option in first),
        is_searched=is_searched,
    )


def _weight_flips(found: Sensitivity, option: str) -> Iterator[WeightFlip]:
    for moved in found.weights:
        for crossover in moved.crossovers:
            if crossover.winner == option:
                yield WeightFlip(moved, crossover.at)


def _distance(flip: WeightFlip) -> float:
    return abs(flip.at - flip.moved.weight)
