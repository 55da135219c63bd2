"""How wide the columns of a table are, and how large its letters, where a page has an end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from policyopts.report.documents import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    _Split = Callable[[str], Iterable[str]]

SIZES = (8.5, 8.0, 7.5, 7.0)
"""The sizes of letters that a table may have, in points."""

_LEGIBLE = 8.0  # points; letters do not shrink below it only to spare lines
_CROWDED = 1.5  # times the line: who has so much to say says it in smaller letters
_PADDING = 0.8  # of each cell; this and all below in the height of the letters
_NARROW, _COMMON, _CAPITAL, _WIDE, _FULL, _FIXED = 0.31, 0.52, 0.7, 0.85, 1.0, 0.6
_NARROW_LETTERS = frozenset("iljtfrI.,:;'’|!()[]/- ")
_WIDE_LETTERS = frozenset("mwMW%—…")
_BOLD = 1.1  # times as wide
_NOTE = 0.35  # a digit of a note's number
_LONGEST_WORD = 9.0  # longer ones may be broken


@dataclass(frozen=True, slots=True)
class Layout:
    """The shares of the columns, which add up to 1, the size of the letters in points, and whether to break words."""

    shares: tuple[float, ...]
    size: float
    breaks_words: bool


def lay_out(table: tree.Table, line: float) -> Layout:
    """Lay out a table for a line of so many points.

    The letters are the largest at which each row below the header is one line, or, where there are none, at which no
    word need be broken. What is left of the line when each column has room for its longest word goes first to those
    that need little more.
    """
    columns = list(zip(((tree.Strong(cell),) for cell in table.header), *table.rows, strict=True))
    words = [max((width for cell in column for width in _words(cell)), default=0) for column in columns]
    narrowest = [_PADDING + min(longest, _LONGEST_WORD) for longest in words]
    # Of the header the words alone: it is only one row, and may have several lines.
    widest = [
        max(narrow, *(_PADDING + _width(cell) for cell in column[1:]), 0)
        for column, narrow in zip(columns, narrowest, strict=True)
    ]
    one_line = (size for size in SIZES if size >= _LEGIBLE and sum(widest) * size <= line)
    crowded = sum(widest) * SIZES[0] > _CROWDED * line
    unbroken = (size for size in SIZES if sum(narrowest) * size <= line and not (crowded and size > _LEGIBLE))
    size = next(one_line, None) or next(unbroken, SIZES[-1])
    room = line / size
    widths = _shared_out(room, narrowest, widest)
    breaks_words = max(words) > _LONGEST_WORD or sum(narrowest) > room
    return Layout(tuple(width / sum(widths) for width in widths), size, breaks_words)


def _shared_out(room: float, narrowest: Sequence[float], widest: Sequence[float]) -> list[float]:
    """Share the room out: to each what it cannot do without, then what it needs, if that is no more than its part."""
    widths = list(narrowest)
    left = room - sum(narrowest)
    needs = {column: wide - narrow for column, (narrow, wide) in enumerate(zip(narrowest, widest, strict=True))}
    for column in sorted(needs, key=lambda column: needs[column]):
        if needs[column] > left / len(needs):
            break
        left -= needs[column]
        widths[column] += needs.pop(column)
    for column, need in needs.items() if left > 0 else ():
        widths[column] += left * need / sum(needs.values())
    return widths


def _width(line: tree.Line) -> float:
    return sum(_parts(line, lambda text: [text], lambda text: [text]))


def _words(line: tree.Line) -> Iterator[float]:
    return _parts(line, str.split, breakable)


def _parts(line: tree.Line, of_text: _Split, of_code: _Split, times: float = 1) -> Iterator[float]:
    """Say how wide the parts of a line are."""
    for piece in line:
        match piece:
            case tree.Text(text):
                yield from (times * sum(map(_letter, part)) for part in of_text(text))
            case tree.Code(text):
                yield from (times * _FIXED * len(part) for part in of_code(text))
            case tree.Strong(body):
                yield from _parts(body, of_text, of_code, times * _BOLD)
            case tree.Emphasis(body) | tree.Link(_, body):
                yield from _parts(body, of_text, of_code, times)
            case tree.NoteMark(number):
                yield _NOTE * len(str(number))


def breakable(code: str) -> list[str]:
    """Split code into the parts that may stand on lines of their own: it has few spaces, and long words.

    Examples
    --------
    >>> breakable("options/regional-deal.yaml:28")
    ['options/', 'regional-', 'deal.', 'yaml:', '28']
    """
    return re.findall(r"[^\s/.:_-]{1,16}[/.:_-]*\s*|[/.:_-]+\s*|\s+", code)


def _letter(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _WIDE_LETTERS:
        return _WIDE
    if letter.isascii() or east_asian_width(letter) not in "WF":
        return _CAPITAL if letter.isupper() else _COMMON
    return _FULL
