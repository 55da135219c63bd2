"""The briefing as a document: its text under a title, in whole or in part, with what a file tells of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policyopts.report.briefing import briefing
from policyopts.report.briefing_sections import keep_sections
from policyopts.report.documents import Document
from policyopts.report.markdown_text import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection
    from pathlib import Path

    from policyopts.model.dossier import Dossier


def briefing_document(
    dossier: Dossier,
    *,
    title: str | None = None,
    date: datetime.date | None = None,
    classification: str | None = None,
    seed: int = 0,
    sections: Collection[str] = (),
    templates: Path | None = None,
) -> Document:
    """Write the briefing of a dossier as a document.

    Parameters
    ----------
    dossier
        The decision to brief on.
    title
        The briefing's title; the decision's own unless given.
    date, classification, seed
        As for `briefing`.
    sections
        The names of the sections to keep, of `briefing_sections`; all, where none is named.
    templates
        A folder of templates that take the places of the shipped ones of the same names.

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `briefing`, and for a section or a template that is not there, or has an error.
    """
    decision = dossier.decision
    if title is not None:
        titled = decision.model_copy(update={"title": title})
        dossier = replace(dossier, criteria_file=dossier.criteria_file.model_copy(update={"decision": titled}))
    text = briefing(dossier, date=date, classification=classification, seed=seed, templates=templates)
    marking = classification or decision.classification
    if sections:
        text = _in_part(text, sections, marking)
    return Document(
        title=dossier.title,
        markdown=text,
        digest=dossier.digest,
        author=decision.author,
        classification=marking,
        date=date or decision.as_of,
    )


def _in_part(text: str, sections: Collection[str], marking: str | None) -> str:
    """Keep some sections, and the marking at the bottom."""
    bottom = say("\n**{}**\n", marking) if marking else ""
    if not text.endswith(bottom):
        bottom = ""
    return keep_sections(text.removesuffix(bottom), sections) + bottom
