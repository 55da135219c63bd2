"""What is asked: the decision requested, the issue, and the options in a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import capital, counted, day, ended, shortened
from policyopts.report.markdown_text import Markdown, bullets, joined, say, table
from policyopts.report.sections.names import annex, marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts

BOX = "☐"
MOST_WORDS = {"question": 50, "issue": 45, "why_now": 35, "summary": 22, "note": 22}


def decision_requested(facts: BriefingFacts) -> Markdown:
    """Put the question, and say by when it is to be answered and what is recommended."""
    decision = facts.dossier.decision
    by = f" by {day(decision.decide_by)}" if decision.decide_by else ""
    question = shortened(decision.question or "", MOST_WORDS["question"])
    return joined([question, f"Approve, disapprove or discuss each option (section 4){by}."])


def issue(facts: BriefingFacts) -> Markdown:
    """Tell in short what the matter is, and why it is to be decided now."""
    decision = facts.dossier.decision
    texts = {key: getattr(decision, key) or "" for key in ("issue", "why_now")}
    short = {key: shortened(text, MOST_WORDS[key]) for key, text in texts.items()}
    if not any(short.values()):
        return say("The record says neither what the issue is nor why it comes up now.")
    why_now = say("**Why now.** {}", short["why_now"]) if short["why_now"] else ""
    cut = any(short[key] != " ".join(text.split()) for key, text in texts.items())
    return joined([short["issue"], why_now, f"(In full: {annex('decision')}.)" if cut else ""])


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
    return shortened(facts.dossier.options[option].summary or "", MOST_WORDS["summary"])


def _screened_out(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say of each option that a hard limit rules out which one, and what its authors note on that."""
    reasons = {out.id: out.reasons for out in facts.ranked.problem.screened_out}
    for id_ in facts.screened_out:
        note = facts.dossier.options[id_].screening_note
        broken = say("It breaks a hard limit ({}).", "; ".join(reasons[id_]))
        summary = _summary(facts, id_)
        line = say("{}: {}", marked(facts, id_), ended(summary)) if summary else say("{}.", marked(facts, id_))
        yield joined([line, broken, ended(shortened(note, MOST_WORDS["note"])) if note else ""])
