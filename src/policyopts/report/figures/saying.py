"""What figures say of themselves in words: their titles, and how much of the whole is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.names import cut
from policyopts.report.ranking import changes
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import View

LONGEST = 60  # of a name that is read out


def of_ranking(title: str, ranked: RankedDossier) -> str:
    """Say beside a title what is looked at other than the dossier as it stands: another method, a change."""
    own = ranked.dossier.criteria_file.method
    method = [] if ranked.ranking.method == own else [f"method: {ranked.ranking.method}"]
    return _beside(title, [*method, *changes(ranked.view)])


def of_view(title: str, view: View) -> str:
    """Say beside a title what is looked at other than the dossier as it stands."""
    return _beside(title, changes(view))


def _beside(title: str, circumstances: list[str]) -> str:
    return flowing(f"{title} ({'; '.join(circumstances)})") if circumstances else title


def short(name: str) -> str:
    """Name something in a sentence that is read out: of a long name, the beginning."""
    return cut(flowing(name), LONGEST)


def first_only(shown: int, total: int, what: str = "options") -> list[str]:
    """Say that not all are drawn, where it is so."""
    return [f"The first {shown} of {total:,} {what} are drawn."] if shown < total else []
