"""Where the assessors of performances differ, and what each one's figures rank: as data, rows and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.report import overlays
from policyopts.report.data import estimate_data
from policyopts.report.english import named
from policyopts.report.numbers import performance, score
from policyopts.report.overlays import Reading, names_of
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.assessors import Assessments
    from policyopts.analysis.ranked import RankedDossier

TITLE = "Who differs where"
CAPTION = "Apart: what lies between the two assessors furthest apart, in value times the criterion's weight."


class Row(NamedTuple):
    """A performance that assessors judge otherwise than each other, in words."""

    option: str
    criterion: str
    apart: str
    said: tuple[str, ...]


def readings(assessed: Assessments) -> Iterator[Reading]:
    """Give the rankings by each one's figures; in data, `by NAME` is no id that an overlay could have."""
    for outcome in assessed.outcomes:
        yield Reading(f"By {_whose([outcome.id])}", outcome, f"by {outcome.id}")


def data(assessed: Assessments) -> dict[str, object]:
    """Give what assessors say by its public names."""
    return {
        "assessors": [{"id": outcome.id, **overlays.ranking_data(outcome)} for outcome in assessed.outcomes],
        "disagreements": [
            {
                "option": each.option,
                "criterion": each.criterion,
                "apart": each.apart,
                "by": {
                    name: {**estimate_data(own), "on_value_scale": each.values[name]}
                    for name, own in each.estimates.items()
                },
            }
            for each in assessed.disagreements
        ],
    }


def rows(base: RankedDossier, assessed: Assessments) -> Iterator[Row]:
    """Put each performance on which assessors differ into words."""
    dossier = base.dossier
    for each in assessed.disagreements:
        unit = dossier.criteria[each.criterion].unit
        yield Row(
            flowing(dossier.option_name(each.option)),
            flowing(dossier.criterion_name(each.criterion)),
            score(each.apart),
            tuple(flowing(f"{name} {performance(own, unit)}") for name, own in each.estimates.items()),
        )


def sentences(base: RankedDossier, assessed: Assessments) -> Iterator[str]:
    """Say what comes first by whose figures."""
    first: dict[tuple[str, ...], list[str]] = {}
    for outcome in assessed.outcomes:
        if outcome.winners:
            first.setdefault(outcome.winners, []).append(outcome.id)
    said = [
        f"by {_whose(names)}, {named(names_of(base, winners))} {'comes' if len(winners) == 1 else 'come'} first"
        for winners, names in first.items()
    ]
    if said:
        yield f"B{'; '.join(said)[1:]}. Where an assessor says nothing, the figure is as it stands."


def _whose(names: list[str]) -> str:
    if len(names) > 1:
        return f"the figures of {named(names)}"
    ending = "'" if names[0].endswith("s") else "'s"
    return f"{names[0]}{ending} figures"


def markdown_lines(base: RankedDossier, assessed: Assessments) -> Iterator[str]:
    """Write the part of a Markdown document on assessors; nothing where no performance has several."""
    if assessed.disagreements:
        yield from ("", f"## {TITLE}", "", "| Option | Criterion | Apart | Who says what |", "|---|---|---:|---|")
        for row in rows(base, assessed):
            said = markdown("; ".join(row.said))
            yield f"| {markdown(row.option)} | {markdown(row.criterion)} | {row.apart} | {said} |"
        yield from ("", CAPTION)
    for sentence in sentences(base, assessed):
        yield from ("", markdown(sentence))
