"""The page of a Word file, its running lines, and what the file tells of itself."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from docx.shared import Cm

import policyopts
from policyopts.report.documents.origin import GENERATOR
from policyopts.report.documents.word_parts import field
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from policyopts.report.documents import Document

_UNDATED = datetime.date(1980, 1, 1)
_LONGEST = 255  # what Word takes for a property


def set_page(word: WordDocument, document: Document) -> None:
    """Set A4 with the marking at top and bottom, the record's digest and the page's number below."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(0.9)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    marking = flowing(document.classification or "")
    header.style = "Marking"
    if marking:
        header.add_run(marking)
        footer.insert_paragraph_before(marking, style="Marking")
    footer.add_run(f"{document.digest}\tPage ")
    field(footer, "PAGE", "1")
    footer.add_run(" of ")
    field(footer, "NUMPAGES", "1")


def tell(word: WordDocument, document: Document) -> None:
    """Fill in the properties, none of which tells when or where the file was written."""
    properties = word.core_properties
    when = datetime.datetime.combine(document.date or _UNDATED, datetime.time())
    properties.title = flowing(document.title)[:_LONGEST]
    properties.author = properties.last_modified_by = flowing(document.author or "")[:_LONGEST]
    properties.subject = "Briefing"
    properties.comments = f"{GENERATOR} {policyopts.__version__}"
    properties.identifier = document.digest
    properties.category = flowing(document.classification or "")[:_LONGEST]
    properties.keywords = ""
    properties.language = document.language
    properties.created = properties.modified = when
    properties.revision = 1
