"""How wide the columns of a table are, and how large its letters, where a page has an end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyopts.report.documents.tree import plain

if TYPE_CHECKING:
    from policyopts.report.documents.tree import Table

BODY = 10.0  # points
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
"""The sizes of letters that a table may have, in points; the first at which no word need be broken is taken."""

_PADDING = 2  # letters, of each cell
_BOLD = 1.25  # how much wider bold letters are
_LONGEST_WORD = 18  # letters; longer ones may be broken


@dataclass(frozen=True, slots=True)
class Layout:
    """The shares of the columns, which add up to 1, the size of the letters in points, and whether to break words."""

    shares: tuple[float, ...]
    size: float
    breaks_words: bool


def lay_out(table: Table, letters: float) -> Layout:
    """Lay out a table for a line that holds so many letters at the size of the body.

    No column is narrower than its longest word, if there is room; what is left goes to the columns by how much they
    have to say, less to long-winded ones than they would like.
    """
    cells = [[plain(line) for line in column] for column in zip(table.header, *table.rows, strict=True)]
    narrowest = [_PADDING + max(_longest_word(head) * _BOLD, 0, *map(_longest_word, rest)) for head, *rest in cells]
    widest = [_PADDING + max(len(head) * _BOLD, 0, *map(len, rest)) for head, *rest in cells]
    fitting = (size for size in SIZES if sum(narrowest) <= letters * BODY / size)
    size = next(fitting, SIZES[-1])
    room = letters * BODY / size
    if sum(widest) <= room:
        widths = widest
    else:
        wishes = [(wide - narrow) ** 0.5 for wide, narrow in zip(widest, narrowest, strict=True)]
        spare = max(room - sum(narrowest), 0) / (sum(wishes) or 1)
        widths = [narrow + spare * wish for narrow, wish in zip(narrowest, wishes, strict=True)]
    longest = max(len(word) for column in cells for text in column for word in (*text.split(), ""))
    breaks_words = longest > _LONGEST_WORD or sum(narrowest) > room
    return Layout(tuple(width / sum(widths) for width in widths), size, breaks_words)


def _longest_word(text: str) -> float:
    return min(max(map(len, text.split()), default=0), _LONGEST_WORD)
