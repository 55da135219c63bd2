"""What a method says of all options together, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import named
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from policyopts.analysis.ranked import RankedDossier


def method_notes(ranked: RankedDossier) -> Iterator[str]:
    """Give VIKOR's compromise, ELECTRE I's kernel, and say where PROMETHEE had no thresholds to go by."""
    said: Any = ranked.ranking.document  # each method's own
    if len(ranked.options) == 1:
        return
    match ranked.ranking.method:
        case "vikor":
            yield _compromise(ranked, said)
        case "electre-1":
            yield f"Kernel: {_names(ranked, said['kernel'])}."
        case "promethee" if set(said["preference_functions"].values()) == {"usual"}:
            yield "No criterion has thresholds: every lead counts in full, however small (preference function usual)."


def _compromise(ranked: RankedDossier, said: Any) -> str:
    members = _names(ranked, said["compromise_set"])
    if said["C1"] and said["C2"]:
        return f"{members} is the compromise: it leads by enough (C1), and is first by S or by R too (C2)."
    fails = [] if said["C1"] else ["the first does not lead by enough (C1)"]
    fails += [] if said["C2"] else ["the first by Q is first neither by S nor by R (C2)"]
    return f"Compromise set: {members}, because {named(fails)}."


def _names(ranked: RankedDossier, options: Sequence[str]) -> str:
    return named([flowing(ranked.dossier.option_name(option)) for option in options])
