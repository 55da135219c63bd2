"""The briefing: a dossier as the Markdown document that a decision maker reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import policyopts
from policyopts.analysis.briefing_facts import gather
from policyopts.report import stamp
from policyopts.report.briefing_request import BriefingRequest
from policyopts.report.sections import (
    annex_criteria,
    annex_decision,
    annex_figures,
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
    from collections.abc import Sequence

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.model.dossier import Dossier
    from policyopts.report.figures import Figure

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
    "annex_figures": annex_figures,
    "annex_criteria": annex_criteria,
    "annex_options": annex_options,
    "annex_overlays": annex_overlays,
    "annex_robustness": annex_robustness,
    "annex_sources": annex_sources,
    "stamp": stamp,
    "letter": letter_of,
}


def briefing(
    dossier: Dossier, *, date: datetime.date | None = None, classification: str | None = None, seed: int = 0
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

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `rank`.
    """
    return briefing_text(gather(dossier, seed), BriefingRequest(date=date, classification=classification, seed=seed))


def briefing_text(facts: BriefingFacts, request: BriefingRequest, figures: Sequence[Figure] = ()) -> str:
    """Write what was gathered, with figures at the end of the annex, each shown as `name.svg`.

    Raises
    ------
    UsageError, DossierError
        For templates that are not there, or have errors.
    """
    settled = request.settled(facts.dossier.decision)
    given = {
        "facts": facts,
        "notes": Footnotes(facts),
        "version": policyopts.__version__,
        "date": settled.date,
        "classification": settled.classification,
        "command": settled.words(facts.dossier.decision),
        "figures": figures,
        **SECTIONS,
    }
    return _tidy(render("briefing.md.jinja", given, request.templates))


def _tidy(text: str) -> str:
    """Leave one blank line between blocks, no spaces at line ends, and one line end at the end."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
