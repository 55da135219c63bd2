"""The ranking with each key assumption failed alone, and with all of them failed: what moves, and by which sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policyopts.analysis.overlays import AS_IT_STANDS, Outcome, rank_under, rank_with_all_failed
from policyopts.analysis.ranked import rank_dossier
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import WhatIf
    from policyopts.model.dossier import Dossier


@dataclass(frozen=True)
class FailedAssumptions:
    """The ranking as it stands, with each assumption failed, and with all of them."""

    base: RankedDossier
    outcomes: tuple[Outcome, ...]
    all_failed: Outcome | None

    def turns(self, outcome: Outcome) -> bool:
        """Tell whether others than now come first if the assumption fails."""
        return outcome.winners != tuple(option.id for option in self.base.winners)


def rank_with_each_failed(dossier: Dossier, asked: WhatIf = AS_IT_STANDS, **how: Any) -> FailedAssumptions:
    """Let the assumptions fail one at a time, and all together; `how` goes to `rank_dossier`.

    Raises
    ------
    UsageError
        Where there are no assumptions.
    """
    if not dossier.assumptions:
        hint = "put them into assumptions.yaml, each with what the performances would be if it were false"
        raise UsageError("the dossier has no assumptions", hint)
    return FailedAssumptions(
        base=rank_dossier(dossier, asked, **how),
        outcomes=rank_under(dossier, "assumption", asked, **how),
        all_failed=rank_with_all_failed(dossier, asked, **how),
    )
