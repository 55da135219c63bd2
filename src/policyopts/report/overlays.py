"""Rankings under overlays side by side, as data and as Markdown: what frames, perspectives and assumptions share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.analysis.overlays import Outcome
from policyopts.report.data import as_csv, finding_data
from policyopts.report.numbers import score
from policyopts.report.ranking import circumstances
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.ranked import RankedDossier

AS_IT_STANDS = "As it stands"


class Reading(NamedTuple):
    """One ranking among several, and what is looked at in it; `key` names it in data where no overlay's id does."""

    title: str
    outcome: Outcome
    key: str = ""


def side_by_side(base: RankedDossier, others: Sequence[Reading]) -> tuple[Reading, ...]:
    """Put the dossier as it stands before the others."""
    return (Reading(AS_IT_STANDS, Outcome("frame", "", base)), *others)


def options_of(base: RankedDossier) -> list[str]:
    """Give the options in the order of the ranking as it stands, those that it screens out last."""
    return [*(option.id for option in base.options), *(option.id for option in base.problem.screened_out)]


def heading(base: RankedDossier) -> dict[str, object]:
    """Give what every document of this kind begins with."""
    return {
        "dossier": {"title": base.dossier.title, "digest": base.dossier.digest},
        "method": base.ranking.method,
        "parameters": dict(base.ranking.parameters),
        "as_it_stands": ranking_data(Outcome("frame", "", base)),
    }


def ranking_data(outcome: Outcome) -> dict[str, object]:
    """Give the ranks and scores of a ranking by option; `trouble` says why there is none."""
    ranked = outcome.ranked
    if ranked is None:
        return {"winners": [], "ranks": {}, "scores": {}, "trouble": outcome.trouble}
    return {
        "winners": list(outcome.winners),
        "ranks": {option.id: option.rank for option in ranked.options},
        "scores": {option.id: option.score for option in ranked.options},
        "trouble": None,
    }


def findings_data(base: RankedDossier) -> list[dict[str, object]]:
    """Give the findings on the ranking as it stands."""
    return [finding_data(finding) for finding in base.findings]


def to_csv(base: RankedDossier, readings: Sequence[Reading]) -> str:
    """Write one row an option under each reading: rank and score, empty where it is not ranked."""
    rows = [
        [
            reading.key or reading.outcome.id or reading.title,
            option,
            reading.outcome.rank(option),
            reading.outcome.score(option),
        ]
        for reading in readings
        for option in options_of(base)
    ]
    return as_csv(["under", "option", "rank", "score"], rows)


def cell(outcome: Outcome, option: str) -> tuple[str, str]:
    """Write an option's rank and score; where it has none, a dash."""
    rank, value = outcome.rank(option), outcome.score(option)
    return ("–", "") if rank is None or value is None else (str(rank), score(value))


def table_lines(base: RankedDossier, readings: Sequence[Reading], title: str) -> Iterator[str]:
    """Write the beginning of a Markdown document: title, circumstances, and the table of ranks and scores."""
    dossier = base.dossier
    yield from (f"# {markdown(dossier.title)}: {title}", "", markdown(circumstances(base)), "")
    yield f"| Option | {' | '.join(markdown(reading.title) for reading in readings)} |"
    yield "|---|" + "---:|" * len(readings)
    for option in options_of(base):
        cells = (cell(reading.outcome, option) for reading in readings)
        shown = (f"**{rank}** {value}" if rank == "1" else f"{rank} {value}".strip() for rank, value in cells)
        yield f"| {markdown(dossier.option_name(option))} | {' | '.join(shown)} |"


def troubles(readings: Sequence[Reading]) -> Iterator[str]:
    """Say which rankings there are not, and why, and what a dash in the others means."""
    yield from unranked(readings)
    yield from dashes(readings)


def unranked(readings: Sequence[Reading]) -> Iterator[str]:
    """Say which rankings there are not, and why."""
    for reading in readings:
        if reading.outcome.ranked is None:
            yield flowing(f"{reading.title}: nothing can be ranked: {reading.outcome.trouble}.")


def dashes(readings: Sequence[Reading]) -> Iterator[str]:
    """Say what a dash means, where a ranking leaves an option out."""
    if any(reading.outcome.ranked and reading.outcome.ranked.problem.screened_out for reading in readings):
        yield "– marks an option that breaks a hard limit, and so is not ranked."


def names_of(base: RankedDossier, options: Sequence[str]) -> list[str]:
    """Name options for a sentence."""
    return [flowing(base.dossier.option_name(option)) for option in options]
