"""The ranking under each frame, perspective and failed assumption, laid over the dossier one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf
from policyopts.engine import agreement
from policyopts.findings import DossierError, PolicyOptsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import CellKey
    from policyopts.model.dossier import Dossier
    from policyopts.model.options import Cell

Kind = Literal["frame", "perspective", "assumption"]

AS_IT_STANDS = WhatIf()


@dataclass(frozen=True)
class Outcome:
    """What comes of the ranking under one overlay.

    `ranked` is None where nothing can be ranked under it, for the reason in `trouble`.
    """

    kind: Kind
    id: str
    ranked: RankedDossier | None
    trouble: str = ""

    @property
    def winners(self) -> tuple[str, ...]:
        """The options that share rank 1; none where nothing can be ranked."""
        return () if self.ranked is None else tuple(option.id for option in self.ranked.winners)

    def score(self, option: str) -> float | None:
        """Give an option's score; None where it is not ranked."""
        found = [] if self.ranked is None else [placed.score for placed in self.ranked.options if placed.id == option]
        return found[0] if found else None

    def rank(self, option: str) -> int | None:
        """Give an option's rank; None where it is not ranked."""
        found = [] if self.ranked is None else [placed.rank for placed in self.ranked.options if placed.id == option]
        return found[0] if found else None


def rank_under_each(dossier: Dossier, **how: Any) -> tuple[Outcome, ...]:
    """Rank under every frame, perspective and failed assumption alone, in the order of their files.

    `how` goes to `rank_dossier`.
    """
    kinds: tuple[Kind, ...] = ("frame", "perspective", "assumption")
    return tuple(outcome for kind in kinds for outcome in rank_under(dossier, kind, **how))


def rank_under(dossier: Dossier, kind: Kind, asked: WhatIf = AS_IT_STANDS, **how: Any) -> tuple[Outcome, ...]:
    """Rank under each overlay of a kind alone, laid over what is asked for; `how` goes to `rank_dossier`."""
    match kind:
        case "frame":
            under = {id_: asked._replace(frame=id_) for id_ in dossier.frames}
        case "perspective":
            under = {id_: asked._replace(perspective=id_) for id_ in dossier.perspectives}
        case "assumption":
            under = {id_: asked._replace(failed=(*asked.failed, id_)) for id_ in dossier.assumptions}
    return tuple(_outcome(dossier, kind, id_, what_if, how) for id_, what_if in under.items())


def rank_with_figures(
    dossier: Dossier, id_: str, figures: Mapping[CellKey, Cell], asked: WhatIf = AS_IT_STANDS, **how: Any
) -> Outcome:
    """Rank with somebody's own figures laid over what is asked for, as in a perspective without weights.

    What was set on the spot goes before them.
    """
    what_if = asked._replace(performances={**figures, **asked.performances})
    return _outcome(dossier, "perspective", id_, what_if, how)


def rank_with_all_failed(dossier: Dossier, asked: WhatIf = AS_IT_STANDS, **how: Any) -> Outcome | None:
    """Rank with every assumption failed at once; None where there are fewer than two."""
    if len(dossier.assumptions) < 2:
        return None
    return _outcome(dossier, "assumption", "", asked._replace(failed=tuple(dossier.assumptions)), how)


def _outcome(dossier: Dossier, kind: Kind, id_: str, what_if: WhatIf, how: Mapping[str, Any]) -> Outcome:
    try:
        return Outcome(kind, id_, rank_dossier(dossier, what_if, **how))
    except PolicyOptsError as error:
        return Outcome(kind, id_, None, trouble_of(error))


def trouble_of(error: PolicyOptsError) -> str:
    """Say what keeps the options from being ranked; that, too, is something to tell of an overlay."""
    if not isinstance(error, DossierError):
        return error.message
    first = error.findings[0]
    return "every option breaks a hard limit" if first.code == "OPT105" else first.message


def agreement_of(outcomes: Sequence[Outcome]) -> float | None:
    """Measure how far rankings agree on the options that all of them rank: Kendall's W; None for fewer than two."""
    ranked = [outcome.ranked for outcome in outcomes if outcome.ranked is not None]
    rows = [{option.id: float(option.rank) for option in each.options} for each in ranked]
    shared = [id_ for id_ in rows[0] if all(id_ in row for row in rows)] if rows else []
    if len(rows) < 2 or len(shared) < 2:
        return None
    return float(agreement.kendall_w([[row[id_] for id_ in shared] for row in rows]))
