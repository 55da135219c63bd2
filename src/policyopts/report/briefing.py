"""The briefing: a dossier as the Markdown document that a decision maker reads."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import policyopts
from policyopts.analysis.briefing_facts import gather
from policyopts.report import stamp
from policyopts.report.markdown_text import code, escaped
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

if TYPE_CHECKING:
    import datetime

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
    decision = dossier.decision
    facts = gather(dossier, seed)
    written, marking = date or decision.as_of, classification or decision.classification
    text = (
        _environment()
        .get_template("briefing.md.jinja")
        .render(
            facts=facts,
            notes=Footnotes(facts),
            version=policyopts.__version__,
            date=written,
            classification=marking,
            command=stamp.again_command(facts, seed, written, marking),
            **SECTIONS,
        )
    )
    return _tidy(text)


@cache
def _environment() -> Environment:
    # Not HTML: what a template puts out is escaped for Markdown, unless it is Markdown already.
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=False,  # noqa: S701 - see above
        finalize=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code"] = code
    return environment


def _tidy(text: str) -> str:
    """Leave one blank line between blocks, no spaces at line ends, and one line end at the end."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
