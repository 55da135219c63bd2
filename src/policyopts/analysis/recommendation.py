"""What a dossier recommends, and how that stands to its ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier

Stance = Literal["only", "first", "shares", "tied", "lower", "screened-out"]
"""How the recommendation stands to the ranking: the only option ranked; first alone; sharing the first place;
none made, and several share the first place; ranked lower; not ranked at all."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The options that a briefing speaks for: one, or those that share the first place.

    `stated` tells whether the dossier names the option itself; otherwise it is the ranking's. The rival is the
    option to be held against: the next below a winner, the winner itself otherwise, None where there is none.
    """

    stance: Stance
    options: tuple[str, ...]
    stated: bool
    reason: str | None
    rival: str | None


def recommendation(ranked: RankedDossier) -> Recommendation:
    """Find what is recommended: what the dossier names, else what ranks first."""
    decision = ranked.dossier.decision
    winners = tuple(option.id for option in ranked.winners)
    named = decision.recommend
    options = winners if named is None else (named,)
    return Recommendation(
        stance=_stance(ranked, named, winners),
        options=options,
        stated=named is not None,
        reason=decision.override_reason,
        rival=next((option.id for option in ranked.options if option.id != options[0]), None),
    )


def _stance(ranked: RankedDossier, named: str | None, winners: tuple[str, ...]) -> Stance:
    if named is None and len(winners) > 1:
        return "tied"
    if named is not None and named not in ranked.ranking.options:
        return "screened-out"
    if len(ranked.options) == 1:
        return "only"
    if named is not None and named not in winners:
        return "lower"
    return "first" if len(winners) == 1 else "shares"
