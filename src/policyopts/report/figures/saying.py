"""What figures say of themselves in words: their titles, and how much of the whole is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.engine.methods import METHODS
from policyopts.names import cut
from policyopts.report.english import counted
from policyopts.report.ranking import changes, circumstances
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import View

LONGEST = 60  # of a name that is read out


def of_ranking(title: str, ranked: RankedDossier) -> str:
    """Say beside a title what is looked at other than the dossier as it stands: another method, a change."""
    file, ranking = ranked.dossier.criteria_file, ranked.ranking
    own = METHODS[file.method].settings(file.methods.get(file.method, {}))
    is_own = ranking.method == file.method and dict(ranking.parameters) == own
    return _beside(title, changes(ranked.view) if is_own else [circumstances(ranked)])


def of_view(title: str, view: View) -> str:
    """Say beside a title what is looked at other than the dossier as it stands."""
    return _beside(title, changes(view))


def _beside(title: str, circumstances: list[str]) -> str:
    return flowing(f"{title} ({'; '.join(circumstances)})") if circumstances else title


def short(name: str) -> str:
    """Name something in a sentence that is read out: of a long name, the beginning."""
    return cut(flowing(name), LONGEST)


def leads_now(ranked: RankedDossier, winner: str) -> str:
    """Say that an option is first now, and with how many others it shares the place."""
    name, others = short(ranked.dossier.option_name(winner)), len(ranked.winners) - 1
    if len(ranked.options) == 1:
        return f"{name} is the only option."
    return f"{name} shares the first place with {counted(others, 'other')} now." if others else f"{name} is first now."


def first_only(shown: int, total: int, what: str = "options") -> list[str]:
    """Say that not all are drawn, where it is so."""
    return [f"The first {shown} of {total:,} {what} are drawn."] if shown < total else []
