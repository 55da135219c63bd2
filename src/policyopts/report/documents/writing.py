"""A document as the files that a person asked for: by the ending of the name, with what each ending takes."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import quote

from policyopts.report.documents.extra import need

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policyopts.report.documents import Document

NEEDS: Mapping[str, tuple[str, ...]] = {
    ".md": (),
    ".html": ("mdit_py_plugins",),
    ".docx": ("mdit_py_plugins", "docx", "typst"),
    ".pdf": ("mdit_py_plugins", "typst"),
}
"""The endings of the files that a document can be, and the modules of the extra that each takes."""


class Written(NamedTuple):
    """What files hold, by their paths; and what they lack, in words, where they lack something."""

    files: Mapping[Path, str | bytes]
    lacks: str | None = None


def need_for(ending: str) -> None:
    """Make sure that a document can be written with an ending.

    Raises
    ------
    OutputError
        Where what it takes is not installed.
    """
    need(NEEDS[ending], ending)


def write(document: Document, file: Path, *, inline: bool = False) -> Written:
    """Write a document as the files that its name asks for; with `inline`, Markdown holds its pictures itself."""
    match file.suffix.lower():
        case ".html":
            from policyopts.report.documents.html import write_html  # noqa: PLC0415 - only who asks for it waits

            return Written({file: write_html(document)})
        case ".docx":
            from policyopts.report.documents.word import write_docx  # noqa: PLC0415 - as above

            return Written({file: write_docx(document)})
        case ".pdf":
            from policyopts.report.documents.pdf import write_pdf  # noqa: PLC0415 - as above

            pdf = write_pdf(document)
            return Written({file: pdf.content}, pdf.lacks)
    if inline:
        return Written({file: with_pictures_inside(document)})
    folder = file.with_name(f"{file.stem}-figures")
    beside = {name: f"{quote(folder.name)}/{quote(name)}" for name in document.pictures}
    drawn = {folder / name: picture.svg for name, picture in document.pictures.items()}
    return Written({file: _leading_to(document.markdown, beside), **drawn})


def with_pictures_inside(document: Document) -> str:
    """Give the text with its pictures in it."""
    drawn = {name: base64.b64encode(picture.svg.encode()).decode() for name, picture in document.pictures.items()}
    return _leading_to(document.markdown, {name: f"data:image/svg+xml;base64,{data}" for name, data in drawn.items()})


def shows_pictures(text: str) -> Literal["inside", "beside"] | None:
    """Tell whether a text in Markdown has its pictures in it, or in files beside it; None where it shows none."""
    found = re.search(r"(?<!\\)\]\((data:image/svg\+xml|[^)\s]+\.svg[ )])", text)
    return None if found is None else "inside" if found[1].startswith("data:") else "beside"


def _leading_to(text: str, places: Mapping[str, str]) -> str:
    """Say of each picture where it is. What a record says has its brackets escaped, and stays as it is."""
    for name, place in places.items():
        text = re.sub(rf"(?<!\\)\]\({re.escape(name)}(?=[ )])", lambda _, place=place: f"]({place}", text)  # type: ignore[misc]
    return text
