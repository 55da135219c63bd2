"""A document as a PDF: tagged, after PDF/UA-1, the same bytes on every machine.

Typst sets the pages by `document.typ`, which gets the document as data: nothing that a record says is ever read as
source. Fonts are those that come with Typst; a machine's own are asked only for letters that these lack.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typst

import policyopts
from policyopts.names import quoted
from policyopts.report.documents import tree
from policyopts.report.documents.columns import breakable, lay_out
from policyopts.report.documents.origin import GENERATOR
from policyopts.report.documents.parsing import parse
from policyopts.report.documents.pictures import redrawn, width
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from policyopts.report.documents import Document

LINE = 493.0  # points; A4 less its margins
_SOURCE = Path(__file__).with_name("document.typ")
_SHORT = 800  # letters; a row whose cells have no more stays on one page
_NOT_UA = "PDF/UA-1 error: "
_NO_LETTER = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed')
_NUMBERED = re.compile(r"\\u\{(?P<number>[0-9a-f]+)\}")


class Pdf(NamedTuple):
    """A PDF, and what it lacks of PDF/UA-1, in words, where it lacks something."""

    content: bytes
    lacks: str | None


def write_pdf(document: Document) -> Pdf:
    """Write a document as a PDF. Where it cannot be PDF/UA-1, for want of a font say, it is tagged all the same."""
    inputs = {"document": json.dumps(_told(document), ensure_ascii=False)}
    source = _SOURCE.read_bytes()
    try:
        return Pdf(_compiled(source, inputs, ["ua-1"]), None)
    except typst.TypstError as error:
        if not error.message.startswith(_NOT_UA):
            raise
        return Pdf(_compiled(source, inputs, []), _lacking(error.message))


def _lacking(message: str) -> str:
    letters = _NO_LETTER.search(message)
    if letters is None:
        return f"it is not PDF/UA-1: {message.removeprefix(_NOT_UA)}"
    text = _NUMBERED.sub(lambda found: chr(int(found["number"], 16)), letters["text"])
    return f"boxes stand for what no font here has: {quoted(text)}"


def _compiled(source: bytes, inputs: dict[str, str], standards: list[Any]) -> bytes:
    compiled = typst.compile(source, sys_inputs=inputs, format="pdf", pdf_standards=standards)
    assert isinstance(compiled, bytes)  # noqa: S101 - what it gives when no file is named
    return compiled


def _told(document: Document) -> dict[str, Any]:
    parsed = parse(document)
    language, _, region = document.language.partition("-")
    written = document.date
    return {
        "title": flowing(document.title) or "Briefing",  # a PDF without a title is not PDF/UA
        "author": flowing(document.author or ""),
        "generator": f"{GENERATOR} {policyopts.__version__}",
        "digest": document.digest,
        "date": written and {"year": written.year, "month": written.month, "day": written.day},
        "lang": language,
        "region": region or None,
        "marking": flowing(document.classification or ""),
        "pictures": {name: redrawn(picture.svg) for name, picture in document.pictures.items()},
        "blocks": [_data(block, document) for block in parsed.blocks],
        "notes": _data(parsed.notes, document),
        "notes_heading": _data(parsed.notes_heading, document),
    }


def _data(node: Any, document: Document) -> Any:
    """Turn nodes into what JSON can hold: each a mapping with its kind."""
    if isinstance(node, tuple):
        return [_data(part, document) for part in node]
    if not is_dataclass(node):
        return node
    data = {field.name: _data(getattr(node, field.name), document) for field in fields(node)}
    data["kind"] = type(node).__name__.lower()
    match node:
        case tree.Table():
            layout = lay_out(node, LINE)
            data |= {"shares": layout.shares, "size": layout.size, "breaks_words": layout.breaks_words}
            data["whole"] = [max(len(tree.plain(cell)) for cell in row) < _SHORT for row in node.rows]
        case tree.Code(text):
            data["parts"] = breakable(text)
        case tree.Figure(name, alt):
            picture = document.pictures[name]
            data |= {"alt": flowing(alt or picture.alt) or name, "width": width(picture.svg)}
    return data
