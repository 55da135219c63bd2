"""Annex: what is to be decided, in the record's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.records.files import CRITERIA
from policyopts.report.markdown_text import Markdown, code, joined, paragraphs, say

if TYPE_CHECKING:
    from policyopts.analysis.briefing_facts import BriefingFacts


def decision(facts: BriefingFacts) -> Markdown:
    """Give the question, the issue, why it comes up now and what overrides the ranking, in full."""
    of = facts.dossier.decision
    texts = {
        "The question.": of.question,
        "The issue.": of.issue,
        "Why now.": of.why_now,
        "Why not the first of the ranking.": of.override_reason,
    }
    said = [paragraphs(text, lead=say("**{}**", title)) for title, text in texts.items() if text]
    if not said:
        return say("The record says nothing of the decision itself.")
    line, _ = facts.places.of(CRITERIA, ("decision",), "key")
    said.append(say("All of it stands from {} on.", code(f"{CRITERIA}:{line}")))
    return joined(said, "\n\n")
