"""The briefing: a dossier as the Markdown document that a decision maker reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import policyopts
from policyopts.analysis.briefing_facts import gather
from policyopts.report.sections import (
    annex_criteria,
    annex_options,
    annex_overlays,
    annex_sources,
    bottom_line,
    doubts,
    options,
    people,
    scorecard,
)
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
    "annex_criteria": annex_criteria,
    "annex_options": annex_options,
    "annex_overlays": annex_overlays,
    "annex_sources": annex_sources,
}


def briefing(
    dossier: Dossier,
    *,
    date: datetime.date | None = None,
    classification: str | None = None,
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
    templates
        A folder of templates that take the places of the shipped ones of the same names.

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `rank`, and for templates that are not there, or have errors.
    """
    decision = dossier.decision
    given = {
        "facts": gather(dossier),
        "version": policyopts.__version__,
        "date": date or decision.as_of,
        "classification": classification or decision.classification,
        **SECTIONS,
    }
    return _tidy(render("briefing.md.jinja", given, templates))


def _tidy(text: str) -> str:
    """Leave one blank line between blocks, no spaces at line ends, and one line end at the end."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
