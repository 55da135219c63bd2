"""What is asked: the decision requested, the issue, and the options in a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import capital, counted, day, ended
from policyopts.report.markdown_text import Markdown, bullets, joined, paragraphs, say, table
from policyopts.report.sections.names import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts

BOX = "☐"


def decision_requested(facts: BriefingFacts) -> Markdown:
    """Put the question, and say by when it is to be answered and what is recommended."""
    decision = facts.dossier.decision
    by = f"For decision by {day(decision.decide_by)}; the boxes are in section 4." if decision.decide_by else ""
    return joined([decision.question or "", by or "The boxes are in section 4."])


def issue(facts: BriefingFacts) -> Markdown:
    """Tell what the matter is, and why it is to be decided now."""
    decision = facts.dossier.decision
    parts = [paragraphs(decision.issue)] if decision.issue else []
    if decision.why_now:
        parts.append(paragraphs(decision.why_now, lead=say("**Why now.**")))
    return joined(parts, "\n\n") or say("The record says neither what the issue is nor why it comes up now.")


def options(facts: BriefingFacts) -> Markdown:
    """Give each option in a line with boxes to tick, and those that are screened out with the reasons."""
    said = [_boxes(facts)]
    if facts.screened_out:
        said.append(bullets(_screened_out(facts)))
    hidden = len(facts.ranked.options) - len(facts.options)
    if hidden:
        more = counted(hidden, "more option is", "more options are")
        said.append(say("{} ranked and not shown here.", capital(more)))
    unseen = len(facts.ranked.problem.screened_out) - len(facts.screened_out)
    if unseen:
        said.append(say("{} screened out.", capital(counted(unseen, "more option is", "more options are"))))
    if facts.dossier.decision.baseline is None:
        said.append(say("No baseline is named: nothing says what happens if nothing new is done."))
    return joined(said, "\n\n")


def _boxes(facts: BriefingFacts) -> Markdown:
    boxes = {"Approve": BOX, "Disapprove": BOX, "Discuss": BOX}
    if not any(_summary(facts, id_) for id_ in facts.compared):
        return table(["Option", *boxes], ([marked(facts, id_), *boxes.values()] for id_ in facts.compared))
    rows = ([marked(facts, id_), _summary(facts, id_), *boxes.values()] for id_ in facts.compared)
    return table(["Option", "In a line", *boxes], rows)


def _summary(facts: BriefingFacts, option: str) -> str:
    return facts.dossier.options[option].summary or ""


def _screened_out(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say of each option that a hard limit rules out which one, and what its authors note on that."""
    reasons = {out.id: out.reasons for out in facts.ranked.problem.screened_out}
    for id_ in facts.screened_out:
        note = facts.dossier.options[id_].screening_note
        broken = say("It breaks a hard limit ({}).", "; ".join(reasons[id_]))
        summary = _summary(facts, id_)
        line = say("{}: {}", marked(facts, id_), ended(summary)) if summary else say("{}.", marked(facts, id_))
        yield joined([line, broken, ended(note) if note else ""])
