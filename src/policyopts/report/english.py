"""The small words of sentences: counts, lists and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyopts.report.markdown_text import Markdown, escaped, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_MOST_NAMED = 12
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[”\"’)]*\s+(?=[^a-z\s])")
_CLAUSE_ENDS = re.compile(r"[,;:](?=\s)")
_LONG_WORD = 9  # characters; a text without spaces is not one word


def number(count: int) -> str:
    """Write a small number as a word, a larger one in digits."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def ordinal(place: int) -> str:
    """Write a place in an order: first, second, 21st."""
    if place <= len(_ORDINALS):
        return _ORDINALS[place - 1]
    teens = 10 <= place % 100 <= 20
    return f"{place}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def counted(count: int, one: str, many: str = "") -> str:
    """Write how many of something there are: `two frames`."""
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"


def out_of(count: int, total: int, many: str) -> str:
    """Write how many out of all there are, both in words or both in digits: `12 of 20 methods`, `all 20 methods`."""
    if count == total:
        return f"{'both' if total == 2 else f'all {number(total)}'} {many}"
    written = number if total < len(_NUMBERS) else "{:,}".format
    return f"{written(count)} of {written(total)} {many}"


def of_all(count: int, total: int, one: str, many: str = "") -> str:
    """Write how many of all there are: `two of the five frames`, `both frames`, `the one frame`."""
    if count < total:
        return f"{number(count)} of the {counted(total, one, many)}"
    if total == 1:
        return f"the one {one}"
    return f"{'both' if total == 2 else f'all {number(total)}'} {many or f'{one}s'}"


def named(names: Sequence[str]) -> str:
    """Name several in plain text: `a, b and c`; of very many the first ones, and count the others."""
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1:,} others"]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def listing(pieces: Iterable[object], last: str = "and") -> Markdown:
    """List pieces as in a sentence: `a, b and c`."""
    parts = [escaped(piece) for piece in pieces]
    head = joined(parts[:-1], ", ")
    return Markdown(f"{head} {last} {parts[-1]}") if head else joined(parts)


def capital(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """End a text as a sentence ends, where it does not already."""
    stripped = text.rstrip()
    return stripped if stripped.endswith((".", "!", "?", "…", ".”", '."')) else f"{stripped}."


def day(of: date) -> str:
    """Write a date: 5 May 2021."""
    return f"{of.day} {_MONTHS[of.month - 1]} {of.year}"


def shortened(text: str, most: int) -> str:
    """Cut a text to its first sentences, of so many words at most; a first sentence that is longer is cut itself.

    It is cut after a clause, where there is one that keeps most of what fits.

    Examples
    --------
    >>> shortened("One two. Three four five.", 4)
    'One two. …'
    """
    words = text.split()
    flat = " ".join(words)
    if len(words) <= most and len(flat) <= most * _LONG_WORD:
        return flat
    kept = 0
    for end in [found.start() for found in _SENTENCE_ENDS.finditer(flat)]:
        if len(flat[:end].split()) > most or end > most * _LONG_WORD:
            break
        kept = end
    if kept:
        return f"{flat[:kept]} …"
    cut = " ".join(words[:most])[: most * _LONG_WORD].rstrip()
    clauses = [found.start() for found in _CLAUSE_ENDS.finditer(cut) if found.start() > len(cut) * 0.6]
    return f"{cut[: clauses[-1]] if clauses else cut} …"
