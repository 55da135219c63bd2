"""The ranking as each party sees it as JSON, CSV and Markdown, and the sentences that go with it in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report import assessors, overlays
from policyopts.report.data import as_json
from policyopts.report.english import ended, named
from policyopts.report.numbers import percent
from policyopts.report.overlays import Reading, names_of
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.perspectives import Perspectives


def readings(perspectives: Perspectives) -> tuple[Reading, ...]:
    """Give the ranking as it stands, those of the parties, and those by single assessors' figures, each by its name."""
    records = perspectives.base.dossier.perspectives
    return overlays.side_by_side(
        perspectives.base,
        [
            *(Reading(records[outcome.id].name or outcome.id, outcome) for outcome in perspectives.outcomes),
            *assessors.readings(perspectives.assessed),
        ],
    )


def to_json(perspectives: Perspectives) -> str:
    """Write the rankings as `policyopts.perspectives/1`."""
    records = perspectives.base.dossier.perspectives
    return as_json(
        {
            "format": "policyopts.perspectives/1",
            **overlays.heading(perspectives.base),
            "perspectives": [
                {
                    "id": outcome.id,
                    "name": records[outcome.id].name or outcome.id,
                    "influence": records[outcome.id].influence,
                    "dissent": records[outcome.id].dissent,
                    **overlays.ranking_data(outcome),
                }
                for outcome in perspectives.outcomes
            ],
            "agreement": {"kendall_w": perspectives.kendall_w},
            "camps": [
                {"winners": list(camp.winners), "perspectives": list(camp.parties), "influence": camp.influence}
                for camp in perspectives.camps
            ],
            "worst_ranks": dict(perspectives.worst_ranks),
            "least_objectionable": list(perspectives.least_objectionable),
            **assessors.data(perspectives.assessed),
            "findings": overlays.findings_data(perspectives.base),
        }
    )


def to_csv(perspectives: Perspectives) -> str:
    """Write one row an option as each party sees it."""
    return overlays.to_csv(perspectives.base, readings(perspectives))


def to_markdown(perspectives: Perspectives) -> str:
    """Write the rankings as a Markdown table, and who prefers what below it."""
    lines = list(overlays.table_lines(perspectives.base, readings(perspectives), "the perspectives"))
    lines += [line for sentence in notes(perspectives) for line in ("", markdown(sentence))]
    lines += assessors.markdown_lines(perspectives.base, perspectives.assessed)
    return "\n".join(lines) + "\n"


def notes(perspectives: Perspectives) -> Iterator[str]:
    """Say who prefers what, how far the parties agree, what they object to least, and who dissents."""
    records = perspectives.base.dossier.perspectives
    for camp in perspectives.camps:
        who = named([flowing(records[id_].name or id_) for id_ in camp.parties])
        share = "" if camp.influence is None else f" ({_share(camp.influence)} of the influence)"
        put = "puts" if len(camp.parties) == 1 else "put"
        yield f"{who}{share} {put} {named(names_of(perspectives.base, camp.winners))} first."
    yield from overlays.troubles(readings(perspectives))
    yield from together(perspectives)
    yield from _dissent(perspectives)


def together(perspectives: Perspectives) -> Iterator[str]:
    """Say how far the parties agree, and what they object to least."""
    if perspectives.kendall_w is not None:
        yield f"Agreement of the parties (Kendall's W): {perspectives.kendall_w:.2f}, where 1 is the same order by all."
    if perspectives.least_objectionable:
        options = perspectives.least_objectionable
        worst = perspectives.worst_ranks[options[0]]
        is_ = "is" if len(options) == 1 else "are"
        them = "it" if len(options) == 1 else "them"
        lowest = f"everybody puts {them} first" if worst == 1 else f"nobody ranks {them} below {worst}"
        yield f"Least objectionable to all {is_} {named(names_of(perspectives.base, options))}: {lowest}."


def _share(influence: float) -> str:
    return percent(influence) if influence else "none"


def _dissent(perspectives: Perspectives) -> Iterator[str]:
    records, now = perspectives.base.dossier.perspectives, {option.id for option in perspectives.base.winners}
    silent = []
    for outcome in perspectives.outcomes:
        words = records[outcome.id].dissent
        if words:
            yield ended(f"{flowing(records[outcome.id].name or outcome.id)} says: {flowing(words)}")
        elif outcome.ranked is not None and not now & set(outcome.winners):
            silent.append(flowing(records[outcome.id].name or outcome.id))
    if silent:
        yield f"Others come first for {named(silent)}, and no dissent of theirs is on record."
