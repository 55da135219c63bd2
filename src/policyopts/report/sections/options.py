"""What is asked: the decision requested, the issue, and the options in a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import counted, day, ended
from policyopts.report.markdown_text import Markdown, bullets, escaped, joined, paragraphs, say, table
from policyopts.report.sections.names import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts

BOX = "☐"


def decision_requested(facts: BriefingFacts) -> Markdown:
    """Put the question, and a box to tick for each option."""
    decision = facts.dossier.decision
    recommended = facts.recommendation.options if facts.recommendation.stated else ()
    by = f"For decision by {day(decision.decide_by)}." if decision.decide_by else ""
    boxes = table(
        ["Option", "Approve", "Disapprove", "Discuss"],
        ([marked(facts, option.id, bold=option.id in recommended), BOX, BOX, BOX] for option in facts.options),
    )
    return joined([joined([decision.question or "", by]), boxes], "\n\n")


def issue(facts: BriefingFacts) -> Markdown:
    """Tell what the matter is, and why it is to be decided now."""
    decision = facts.dossier.decision
    parts = [paragraphs(decision.issue)] if decision.issue else []
    if decision.why_now:
        parts.append(paragraphs(decision.why_now, lead=say("**Why now.**")))
    return joined(parts, "\n\n") or say("The record says neither what the issue is nor why it comes up now.")


def options(facts: BriefingFacts) -> Markdown:
    """Give each option in a line, and those that are screened out with the reasons."""
    said = [bullets([*_ranked(facts), *_screened_out(facts)])]
    hidden = len(facts.ranked.options) - len(facts.options)
    if hidden:
        said.append(say("{} more are ranked and not shown here.", counted(hidden, "option").capitalize()))
    unseen = len(facts.ranked.problem.screened_out) - len(facts.screened_out)
    if unseen:
        said.append(say("{} more are screened out and not shown here.", counted(unseen, "option").capitalize()))
    if facts.dossier.decision.baseline is None:
        said.append(say("No baseline is named: nothing says what happens if nothing new is done."))
    return joined(said, "\n\n")


def _ranked(facts: BriefingFacts) -> Iterator[Markdown]:
    for option in facts.options:
        yield _line(facts, option.id)


def _line(facts: BriefingFacts, option: str) -> Markdown:
    summary = facts.dossier.options[option].summary
    return say("{}: {}", marked(facts, option), summary) if summary else marked(facts, option)


def _screened_out(facts: BriefingFacts) -> Iterator[Markdown]:
    reasons = {out.id: out.reasons for out in facts.ranked.problem.screened_out}
    for id_ in facts.screened_out:
        note = facts.dossier.options[id_].screening_note
        broken = say("It breaks a hard limit: {}.", "; ".join(reasons[id_]))
        yield joined([_line(facts, id_), broken, escaped(ended(note)) if note else ""])
