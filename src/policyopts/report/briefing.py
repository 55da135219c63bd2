"""The briefing: a dossier as the Markdown document that a decision maker reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import policyopts
from policyopts.analysis.briefing_facts import gather
from policyopts.report import stamp
from policyopts.report.sections import (
    annex_criteria,
    annex_decision,
    annex_options,
    annex_overlays,
    annex_robustness,
    annex_sources,
    bottom_line,
    doubts,
    gains,
    options,
    people,
    scorecard,
    standing,
    support,
)
from policyopts.report.sections.footnotes import Footnotes
from policyopts.report.sections.names import letter_of
from policyopts.report.templating import render

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from policyopts.model.dossier import Dossier

SECTIONS = {
    "bottom_line": bottom_line,
    "options": options,
    "scorecard": scorecard,
    "doubts": doubts,
    "people": people,
    "standing": standing,
    "gains": gains,
    "support": support,
    "annex_decision": annex_decision,
    "annex_criteria": annex_criteria,
    "annex_options": annex_options,
    "annex_overlays": annex_overlays,
    "annex_robustness": annex_robustness,
    "annex_sources": annex_sources,
    "stamp": stamp,
    "letter": letter_of,
}


def briefing(
    dossier: Dossier,
    *,
    date: datetime.date | None = None,
    classification: str | None = None,
    seed: int = 0,
    templates: Path | None = None,
) -> str:
    """Write the briefing of a dossier as it stands, in Markdown.

    Parameters
    ----------
    dossier
        The decision to brief on.
    date
        The briefing's date; the decision's `as_of` unless given, and no date where there is neither.
    classification
        The marking at the top and the bottom; the decision's own unless given.
    seed
        Where the samples of weights and figures begin.
    templates
        A folder of templates that take the places of the shipped ones of the same names.

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `rank`, and for templates that are not there, or have errors.
    """
    decision = dossier.decision
    facts = gather(dossier, seed)
    written, marking = date or decision.as_of, classification or decision.classification
    given = {
        "facts": facts,
        "notes": Footnotes(facts),
        "version": policyopts.__version__,
        "date": written,
        "classification": marking,
        "command": stamp.again_command(facts, seed, written, marking),
        **SECTIONS,
    }
    return _tidy(render("briefing.md.jinja", given, templates))


def _tidy(text: str) -> str:
    """Leave one blank line between blocks, no spaces at line ends, and one line end at the end."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
