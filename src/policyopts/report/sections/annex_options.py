"""Annex: every option in full, each figure with its reasons, its evidence and its place in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report import cells
from policyopts.report.english import listing
from policyopts.report.markdown_text import Markdown, bullets, code, joined, say, table
from policyopts.report.numbers import score
from policyopts.report.sections.names import UNGRADED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.explanation import CriterionWorking, Explanation

HEAD = ("Criterion", "Figure", "Value", "Because", "Confidence", "Rests on", "Where")


def options_in_full(facts: BriefingFacts) -> Markdown:
    """Give each option's figures with their reasons, and what it requires and risks."""
    return joined((_option(facts, explanation) for explanation in facts.explanations.values()), "\n\n")


def _option(facts: BriefingFacts, explanation: Explanation) -> Markdown:
    title = say("#### {}", facts.dossier.option_name(explanation.option))
    figures = table(HEAD, [_row(facts, working) for working in explanation.criteria], numbers=[2])
    return joined([title, _standing(explanation), figures, bullets(_lists(facts, explanation.option))], "\n\n")


def _standing(explanation: Explanation) -> Markdown:
    placed = explanation.placed
    if placed is None:
        return say("Screened out: {}.", "; ".join(explanation.reasons))
    return say("Rank {}, score {}.", str(placed.rank), score(placed.score))


def _row(facts: BriefingFacts, working: CriterionWorking) -> list[object]:
    return [
        working.name,
        _figure(working),
        "" if working.value is None else score(working.value),
        working.written.because or "",
        working.written.confidence or "",
        joined(_support(working), ", "),
        code(working.where) if working.where else "",
    ]


def _figure(working: CriterionWorking) -> str:
    """Write a performance in full; of several assessors, who says what."""
    said = cells.by_assessor(working.estimate, working.leaf)
    return cells.in_full(working.estimate, working.leaf, working.likelihood) + (f": {said}" if said else "")


def _support(working: CriterionWorking) -> Iterator[Markdown]:
    for item in working.evidence:
        yield say("{} {}", code(item.id), item.grade or UNGRADED)
    if working.assumptions:
        yield say("assumes {}", listing(code(cited.id) for cited in working.assumptions))


def _lists(facts: BriefingFacts, option: str) -> Iterator[Markdown]:
    record = facts.dossier.options[option]
    lists = {
        "It requires": record.requires,
        "What can go wrong": record.risks,
        "Next steps": record.next_steps,
        "Indicators": record.indicators,
        "Screening note": (record.screening_note,) if record.screening_note else (),
    }
    for title, texts in lists.items():
        if texts:
            yield joined([say("{}:", title), *(say("  - {}", text) for text in texts)], "\n")
