"""What a briefing says of how it was made, read back out of each kind of document for `briefing --check`."""

from __future__ import annotations

import re
import shlex
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from policyopts.analysis.freshness import Stamp
from policyopts.report.documents.origin import digest_in
from policyopts.report.documents.zipped import member

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_RECORD = re.compile(r"^Record: (sha256:[0-9a-f]{16,64}) · policyopts (\S+)", re.MULTILINE)
_COMMAND = re.compile(r"^policyopts briefing .*$", re.MULTILINE)
_FILE = re.compile(r"^\|? ?([a-z0-9-]+(?:/[a-z0-9-]+)?\.(?:yaml|csv|parquet)) \| ([0-9a-f]{12}) ?\|?$", re.MULTILINE)


def stamp_of_markdown(content: bytes) -> Stamp | None:
    """Read what a briefing in Markdown says of how it was made; None where it is no briefing."""
    # An escaped text cannot hold a bare pair of asterisks or a bare backtick: this leaves our own words alone.
    return _stamp(content.decode("utf-8").replace("**", "").replace("`", ""))


def stamp_of_html(content: bytes) -> Stamp | None:
    """Read what a briefing in HTML says of how it was made; None where it is no briefing."""
    reader = _Words()
    reader.feed(content.decode("utf-8"))
    reader.close()
    return _stamp("".join(reader.words))


def stamp_of_docx(content: bytes) -> Stamp | None:
    """Read what a briefing in Word says of how it was made; None where it is no briefing."""
    document = member(content, "word/document.xml")
    if document is None:
        return None
    pages = document.decode("utf-8", "replace")
    # A line for each paragraph and row, and a bar between the cells of a row; the tags between say nothing here.
    pages = re.sub(r"</w:p>\s*</w:tc>\s*<w:tc\b", "<w:t> | </w:t><w:tc", pages)
    lines = re.split(r"</w:p>|<w:br/>", pages)
    return _stamp("\n".join("".join(map(unescape, re.findall(r"<w:t\b[^>]*>([^<]*)", line))) for line in lines))


def stamp_of_pdf(content: bytes) -> Stamp | None:
    """Read what a PDF tells of itself: its record and the program; its pages are packed. None for no briefing."""
    digest = digest_in(content)
    version = re.search(rb"policyopts briefing (\d[0-9A-Za-z.+]*)", content)
    if digest is None or version is None:
        return None
    return Stamp(digest=digest, version=version[1].decode(), words=(), files={}, line=1)


READERS: Mapping[str, Callable[[bytes], Stamp | None]] = {
    ".md": stamp_of_markdown,
    ".html": stamp_of_html,
    ".docx": stamp_of_docx,
    ".pdf": stamp_of_pdf,
}
"""How the stamp of each kind of document is read out of its bytes, by the ending of its name."""


def _stamp(text: str) -> Stamp | None:
    plain = text.replace("\r\n", "\n")
    found = _RECORD.search(plain)
    if found is None:
        return None
    commands = _COMMAND.findall(plain)
    return Stamp(
        digest=found[1],
        version=found[2],
        words=tuple(_split(commands[-1])) if commands else (),
        files=dict(_FILE.findall(plain)),
        line=plain.count("\n", 0, found.start()) + 1,
    )


def _split(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:  # somebody has been at it
        return []


class _Words(HTMLParser):
    """Takes the words out of a page, with a line for each block and a bar between the cells of a table."""

    _LINES = frozenset({"p", "div", "tr", "li", "h1", "h2", "h3", "h4", "pre", "br", "dt", "dd", "header", "footer"})
    _SILENT = frozenset({"style", "script"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = False
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = self._silent or tag in self._SILENT
        if tag in self._LINES:
            self.words.append("\n")
            self._in_row = False
        elif tag in {"td", "th"}:
            self.words.append(" | " if self._in_row else "")
            self._in_row = True

    def handle_endtag(self, tag: str) -> None:
        self._silent = self._silent and tag not in self._SILENT
        if tag in self._LINES:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        is_layout = not data.strip() and "\n" in data  # between a row and its cells
        if not self._silent and not is_layout:
            self.words.append(data)
