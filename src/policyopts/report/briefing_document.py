"""The briefing as a document: its text under a title, in whole or in part, its figures, and what a file tells of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policyopts.analysis.briefing_facts import gather
from policyopts.report.briefing import briefing_text
from policyopts.report.briefing_sections import keep_sections
from policyopts.report.documents import Document, Picture
from policyopts.report.markdown_text import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from policyopts.model.dossier import Dossier
    from policyopts.report.briefing_request import BriefingRequest
    from policyopts.report.figures import Figure


def briefing_document(dossier: Dossier, request: BriefingRequest, *, has_figures: bool = False) -> Document:
    """Write the briefing of a dossier as a document, with figures where asked for; they take the extra `report`.

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `briefing`, and for a section or a template that is not there, or has an error.
    """
    if request.title is not None:
        titled = dossier.decision.model_copy(update={"title": request.title})
        dossier = replace(dossier, criteria_file=dossier.criteria_file.model_copy(update={"decision": titled}))
    facts = gather(dossier, request.seed)
    drawn: tuple[Figure, ...] = ()
    if has_figures:
        from policyopts.report.briefing_figures import briefing_figures  # noqa: PLC0415 - only who asks for it waits

        drawn = briefing_figures(facts)
    text = briefing_text(facts, request, drawn)
    settled = request.settled(dossier.decision)
    if request.sections:
        text = _in_part(text, request.sections, settled.classification)
    return Document(
        title=dossier.title,
        markdown=text,
        digest=dossier.digest,
        author=dossier.decision.author,
        classification=settled.classification,
        date=settled.date,
        pictures=dict(_pictures(drawn, text)),
    )


def _pictures(drawn: Iterable[Figure], text: str) -> Iterator[tuple[str, Picture]]:
    """Draw the figures that the text shows."""
    for figure in drawn:
        name = f"{figure.name}.svg"
        if f"]({name} " in text:
            from policyopts.report.figures.drawing import to_svg  # noqa: PLC0415 - as above

            yield name, Picture(figure.alt, to_svg(figure))


def _in_part(text: str, sections: Collection[str], marking: str | None) -> str:
    """Keep some sections, and the marking at the bottom."""
    bottom = say("\n**{}**\n", marking) if marking else ""
    if not text.endswith(bottom):
        bottom = ""
    return keep_sections(text.removesuffix(bottom), sections) + bottom
