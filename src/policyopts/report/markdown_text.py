"""Markdown put together from pieces: whatever is not Markdown already is escaped on its way in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyopts.report.safe_text import is_web_address, markdown, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Markdown(str):
    """A text that is Markdown already."""

    __slots__ = ()


def escaped(piece: object) -> Markdown:
    """Escape a piece; what is Markdown stays as it is."""
    return piece if isinstance(piece, Markdown) else Markdown(markdown(str(piece)))


def say(sentence: str, *pieces: object) -> Markdown:
    r"""Fill pieces into the `{}` of a sentence of our own, which may hold Markdown.

    Examples
    --------
    >>> print(say("**{}** ranks first.", "Plan *B*"))
    **Plan \*B\*** ranks first.
    """
    return Markdown(sentence.format(*map(escaped, pieces)))


def joined(pieces: Iterable[object], between: str = " ") -> Markdown:
    """Join pieces, leaving out the empty ones."""
    return Markdown(between.join(filter(None, map(escaped, pieces))))


def code(text: object) -> Markdown:
    """Write a text in a code span, as it is."""
    flat = one_line(str(text)).replace("|", "¦")  # a table's cell would end at the one and not at the other
    fence = "`" * (1 + max(map(len, re.findall("`+", flat)), default=0))
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return Markdown(f"{fence}{pad}{flat}{pad}{fence}")


def split_paragraphs(text: str) -> list[str]:
    """Split a text at its blank lines; where there are none, at its line ends."""
    parts = re.split(r"\n[ \t]*\n+" if re.search(r"\n[ \t]*\n", text) else r"\n", text.replace("\r\n", "\n"))
    return [part for part in parts if part.strip()]


def paragraphs(text: str, lead: Markdown | None = None) -> Markdown:
    """Write a text as the paragraphs that it has, with a lead before the first."""
    first, *rest = split_paragraphs(text) or [""]
    return joined([joined([lead or "", first]), *rest], "\n\n")


def quotation(text: str) -> Markdown:
    """Write a text as a block quotation, with the paragraphs that it has."""
    return Markdown("\n>\n".join(f"> {escaped(part)}" for part in split_paragraphs(text)))


def bullets(items: Iterable[object]) -> Markdown:
    """Write a list."""
    return Markdown("\n".join(f"- {escaped(item)}" for item in items))


def broken_lines(lines: Iterable[object]) -> Markdown:
    """Write lines that stay lines, as in an address."""
    return joined(lines, "\\\n")


def table(header: Sequence[object], rows: Iterable[Sequence[object]], numbers: Sequence[int] = ()) -> Markdown:
    """Write a table; the columns in `numbers` are set flush right."""
    ruler = ("---:" if column in numbers else "---" for column in range(len(header)))
    lines = [_row(map(escaped, header)), f"|{'|'.join(ruler)}|", *(_row(map(escaped, row)) for row in rows)]
    return Markdown("\n".join(lines))


def _row(cells: Iterator[Markdown]) -> str:
    return f"| {' | '.join(cells)} |"


def address(url: str) -> Markdown:
    """Write a web address as a link, where it is a plain one of http or https; else as text."""
    return Markdown(f"<{url}>") if is_web_address(url) else escaped(url)
