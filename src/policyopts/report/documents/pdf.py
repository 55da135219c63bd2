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
from policyopts.report.documents import tree
from policyopts.report.documents.columns import lay_out
from policyopts.report.documents.origin import GENERATOR
from policyopts.report.documents.parsing import parse
from policyopts.report.documents.pictures import redrawn, width
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from policyopts.report.documents import Document

LETTERS = 102.0  # of the body's size, on a line of A4 less its margins
_SOURCE = Path(__file__).with_name("document.typ")
_NO_LETTER = re.compile(r'the text "(?P<text>.*?)" could not be displayed')
_NUMBERED = re.compile(r"\\u\{(?P<number>[0-9a-f]+)\}")


class Pdf(NamedTuple):
    """A PDF, and the first text that no font here has letters for, if there is one: it shows as boxes."""

    content: bytes
    without_letters: str | None


def write_pdf(document: Document) -> Pdf:
    """Write a document as a PDF. Where letters are missing it is tagged all the same, but does not say PDF/UA-1."""
    inputs = {"document": json.dumps(_told(document), ensure_ascii=False)}
    source = _SOURCE.read_bytes()
    try:
        return Pdf(_compiled(source, inputs, ["ua-1"]), None)
    except typst.TypstError as error:
        missing = _NO_LETTER.search(error.message.replace("`", ""))
        if missing is None:
            raise
        text = _NUMBERED.sub(lambda found: chr(int(found["number"], 16)), missing["text"])
        return Pdf(_compiled(source, inputs, []), text)


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
            layout = lay_out(node, LETTERS)
            data |= {"shares": layout.shares, "size": layout.size, "breaks_words": layout.breaks_words}
        case tree.Figure(name, alt):
            picture = document.pictures[name]
            data |= {"alt": flowing(alt or picture.alt) or name, "width": width(picture.svg)}
    return data
