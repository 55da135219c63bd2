"""Documents: one Markdown text with its pictures, as a file of Markdown, HTML, Word or PDF.

The text is parsed once, into the tree of `tree`; `html`, `docx` and `pdf` each write that tree. They take the extra
`report`, and are imported when one of them is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: what it shows, in words, and how it is drawn."""

    alt: str
    svg: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text in Markdown, and what a file tells of it.

    `pictures` holds by name, such as `contributions.svg`, what the text shows as `![…](contributions.svg)` on a line of
    its own. `digest` is that of the record that the text was made from. A line `<!-- page break -->` begins a new page
    where there are pages; a paragraph that is nothing but emphasis, right before a table, is the table's caption.
    """

    title: str
    markdown: str
    digest: str
    author: str | None = None
    classification: str | None = None
    date: datetime.date | None = None
    language: str = "en-GB"
    pictures: Mapping[str, Picture] = field(default_factory=dict)
