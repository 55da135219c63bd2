"""What a document is made of: blocks, and the pieces of their lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Alignment = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words, free of line ends and control characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words as a machine reads them."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold."""

    body: Line


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words in italics."""

    body: Line


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address of http or https, or to the heading whose anchor is `#…`."""

    target: str
    body: Line


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a note; `number` counts from 1, `again` the marks of the same note before this one."""

    number: int
    again: int


Piece = Text | Code | Strong | Emphasis | Link | Break | NoteMark
Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title. No level is left out on the way down."""

    level: int
    anchor: str
    body: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; one that `leads` begins the table or list below it, and stays on its page."""

    body: Line
    leads: bool = False


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines as a machine reads them."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody says."""

    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; numbered from `start`, or with bullets where that is None."""

    start: int | None
    items: tuple[Blocks, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `names` is the column whose cells name their rows."""

    caption: Line
    alignments: tuple[Alignment, ...]
    names: int
    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture on a line of its own; `name` is its key among the document's pictures."""

    name: str
    alt: str
    caption: Line


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a new page begins."""


Block = Heading | Paragraph | CodeBlock | Quote | Listing | Table | Figure | Rule | PageBreak
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A document: its blocks, and its notes in the order of their first marks, with the heading above them."""

    blocks: Blocks
    notes: tuple[Line, ...]
    notes_heading: Heading


def plain(pieces: Iterable[Piece]) -> str:
    """Give the words of a line."""
    words = []
    for piece in pieces:
        match piece:
            case Text(text) | Code(text):
                words.append(text)
            case Strong(body) | Emphasis(body) | Link(_, body):
                words.append(plain(body))
            case Break():
                words.append(" ")
            case NoteMark():
                pass
    return "".join(words)
