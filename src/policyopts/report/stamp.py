"""What a briefing says of how it was made, written so that `briefing --check` can read it back."""

from __future__ import annotations

import re
import shlex
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from policyopts.analysis.freshness import Stamp
from policyopts.report.markdown_text import Markdown, code, joined, say, table
from policyopts.report.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policyopts.analysis.briefing_facts import BriefingFacts

DIGEST_SHOWN = len("sha256:") + 16
MOST_FILES = 500

_RECORD = re.compile(r"^Record: (sha256:[0-9a-f]{16,64}) · policyopts (\S+)", re.MULTILINE)
_COMMAND = re.compile(r"^policyopts briefing .*$", re.MULTILINE)
_FILE = re.compile(r"^\|? ?([a-z0-9-]+(?:/[a-z0-9-]+)?\.(?:yaml|csv|parquet)) \| ([0-9a-f]{12}) ?\|?$", re.MULTILINE)


def record_line(facts: BriefingFacts, version: str) -> Markdown:
    """Name the record by its fingerprint, the program by its version, and the samples by their seed."""
    drawn = facts.doubts.drawn
    samples = f" · {drawn.found.samples:,} samples, seed {drawn.found.seed}" if drawn else ""
    return say(f"**Record:** {{}} · policyopts {{}}{samples}", code(facts.dossier.digest[:DIGEST_SHOWN]), version)


def again(facts: BriefingFacts, version: str, command: tuple[str, ...]) -> Markdown:
    """Give the command that makes the briefing again, and the fingerprints of what it was made from."""
    dossier = facts.dossier
    said = [
        say("In the folder of the record, with policyopts {}:", version),
        Markdown(f"```sh\n{one_line(shlex.join(command))}\n```"),
        say(
            "The record’s fingerprint is {}, over the paths and texts of its files. The same record gives the same "
            "briefing, byte for byte, and {} tells whether this one is still of the record as it is.",
            code(dossier.digest),
            code("policyopts briefing --check FILE"),
        ),
    ]
    files = dossier.file_digests
    if len(files) <= MOST_FILES:
        rows = [[code(path), code(digest)] for path, digest in files.items()]
        said.append(table(["File", "Its fingerprint begins"], rows))
    return joined(said, "\n\n")


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


READERS: Mapping[str, Callable[[bytes], Stamp | None]] = {
    ".md": stamp_of_markdown,
    ".html": stamp_of_html,
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
