"""The ranking under each frame, perspective and failed assumption, laid over the dossier one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf
from policyopts.findings import DossierError, PolicyOptsError

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.model.dossier import Dossier

Kind = Literal["frame", "perspective", "assumption"]


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


def rank_under_each(dossier: Dossier) -> tuple[Outcome, ...]:
    """Rank under every frame, perspective and failed assumption alone, in the order of their files."""
    return (
        *(_outcome(dossier, "frame", id_, WhatIf(frame=id_)) for id_ in dossier.frames),
        *(_outcome(dossier, "perspective", id_, WhatIf(perspective=id_)) for id_ in dossier.perspectives),
        *(_outcome(dossier, "assumption", id_, WhatIf(failed=(id_,))) for id_ in dossier.assumptions),
    )


def rank_with_all_failed(dossier: Dossier) -> Outcome | None:
    """Rank with every assumption failed at once; None where there are fewer than two."""
    if len(dossier.assumptions) < 2:
        return None
    return _outcome(dossier, "assumption", "", WhatIf(failed=tuple(dossier.assumptions)))


def _outcome(dossier: Dossier, kind: Kind, id_: str, what_if: WhatIf) -> Outcome:
    try:
        return Outcome(kind, id_, rank_dossier(dossier, what_if))
    except PolicyOptsError as error:
        return Outcome(kind, id_, None, _trouble(error))


def _trouble(error: PolicyOptsError) -> str:
    """Say what keeps the options from being ranked; that, too, is something to tell of an overlay."""
    if not isinstance(error, DossierError):
        return error.message
    first = error.findings[0]
    return "every option breaks a hard limit" if first.code == "OPT105" else first.message
