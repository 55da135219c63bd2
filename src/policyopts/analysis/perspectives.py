"""The ranking as each party sees it: who prefers what, how far they agree, and what they could live with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policyopts.analysis.assessors import Assessments, assessments
from policyopts.analysis.overlays import AS_IT_STANDS, Outcome, agreement_of, rank_under
from policyopts.analysis.ranked import rank_dossier
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import WhatIf
    from policyopts.model.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Camp:
    """The parties that put the same options first, and their part of the influence where all have one."""

    winners: tuple[str, ...]
    parties: tuple[str, ...]
    influence: float | None


@dataclass(frozen=True)
class Perspectives:
    """The ranking as it stands and as each party sees it.

    `worst_ranks` holds the lowest rank that any party gives each option that all of them rank; `least_objectionable`
    the options for which it is best, and among those the ones with the best sum of ranks. `assessed` tells where the
    assessors of single performances differ.
    """

    base: RankedDossier
    outcomes: tuple[Outcome, ...]
    kendall_w: float | None
    camps: tuple[Camp, ...]
    worst_ranks: dict[str, int]
    least_objectionable: tuple[str, ...]
    assessed: Assessments


def rank_by_parties(dossier: Dossier, asked: WhatIf = AS_IT_STANDS, **how: Any) -> Perspectives:
    """Rank as every party sees it; `how` goes to `rank_dossier`.

    Raises
    ------
    UsageError
        Where there are no perspectives, and no performance in force is judged by several assessors.
    """
    base = rank_dossier(dossier, asked, **how)
    assessed = assessments(base, asked, **how)
    if not dossier.perspectives and not assessed.outcomes:
        hint = "put them into perspectives.yaml, each with the weights and performances that it sees otherwise"
        raise UsageError("the dossier has no perspectives", hint)
    outcomes = rank_under(dossier, "perspective", asked, **how)
    ranked = [outcome for outcome in outcomes if outcome.ranked is not None]
    ranks = {option.id: [outcome.rank(option.id) for outcome in ranked] for option in base.options}
    known = {id_: [rank for rank in row if rank is not None] for id_, row in ranks.items() if None not in row}
    objections = {id_: (max(row), sum(row)) for id_, row in known.items() if row}
    return Perspectives(
        base=base,
        outcomes=outcomes,
        kendall_w=agreement_of(ranked),
        camps=_camps(dossier, ranked),
        worst_ranks={id_: worst for id_, (worst, _) in objections.items()},
        least_objectionable=tuple(
            id_ for id_, objection in objections.items() if objection == min(objections.values())
        ),
        assessed=assessed,
    )


def _camps(dossier: Dossier, ranked: list[Outcome]) -> tuple[Camp, ...]:
    """Gather the parties by what they put first, the largest camp first."""
    by_winners: dict[tuple[str, ...], list[str]] = {}
    for outcome in ranked:
        by_winners.setdefault(outcome.winners, []).append(outcome.id)
    influences = {id_: party.influence for id_, party in dossier.perspectives.items()}
    total = 0 if None in influences.values() else sum(filter(None, influences.values()))
    camps = [
        Camp(winners, tuple(parties), sum(influences[id_] or 0 for id_ in parties) / total if total else None)
        for winners, parties in by_winners.items()
    ]
    return tuple(sorted(camps, key=lambda camp: (-(camp.influence or 0), -len(camp.parties), camp.winners)))
