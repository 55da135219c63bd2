"""Texts in a picture: how wide they come out, where they break, and how labels keep out of each other's way.

Widths are reckoned from the letters themselves, not from the fonts of the machine: the same text breaks at the same
place everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = 11  # pixels, of 96 to the inch: a little above 8 points where the picture is printed 16 cm wide
LINE = 13  # from one line of text to the next

_EMS = {
    character: width
    for width, characters in ((0.23, "ijl'|"), (0.31, "frtI .,:;!()[]/-"), (0.51, "cksvxyzJ"), (0.89, "mwMW%@—…"))
    for character in characters
}


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate how wide a line of text is in a sans-serif face."""
    return size * sum(map(_em, text))


def _em(character: str) -> float:
    if combining(character):
        return 0.0
    if east_asian_width(character) in "WF":
        return 1.05
    return _EMS.get(character, 0.7 if character.isupper() else 0.56)


def wrapped(text: str, width: float, lines: int = 2, size: float = SIZE) -> str:
    r"""Break a text from a record into lines of a width; what does not go on the last one is cut, with an ellipsis.

    Examples
    --------
    >>> wrapped("Hold Iran directly responsible for it", 110)
    'Hold Iran directly\nresponsible for it'
    >>> wrapped("Hold Iran directly responsible for it", 110, lines=1)
    'Hold Iran directly re…'
    """
    words = flowing(text).split(" ")
    done: list[str] = []
    line = ""
    for place, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size) <= width:
            line = longer
        elif len(done) + 1 == lines:
            return "\n".join([*done, _cut(" ".join([line, *words[place:]]).strip(), width, size)])
        else:
            done += [_cut(line, width, size)] if line else []
            line = word
    return "\n".join([*done, _cut(line, width, size)])


def _cut(text: str, width: float, size: float) -> str:
    if width_of(text, size) <= width:
        return text
    while text and width_of(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def lines_of(texts: Sequence[str]) -> int:
    """Count the lines of the text that has most of them."""
    return max((text.count("\n") + 1 for text in texts), default=0)


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart until each has its room, as little as may be, and keep them between two ends.

    Examples
    --------
    >>> spread([50, 52, 90], 12, 0, 100)
    [45.0, 57.0, 90.0]
    """
    order = sorted(range(len(places)), key=lambda place: places[place])
    wanted = [float(places[place]) for place in order]
    gap = min(gap, (high - low) / max(1, len(places) - 1))
    # Pushed down only, and pushed up only: half-way between the two they are as far apart as in either.
    middle = [(a + b) / 2 for a, b in zip(_pushed(wanted, gap, low), _lifted(wanted, gap, high), strict=True)]
    kept = _pushed(_lifted(middle, gap, high), gap, low)
    return [kept[order.index(place)] for place in range(len(places))]


def _pushed(places: Sequence[float], gap: float, low: float) -> list[float]:
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + gap if found else low))
    return found


def _lifted(places: Sequence[float], gap: float, high: float) -> list[float]:
    return [-place for place in reversed(_pushed([-place for place in reversed(places)], gap, -high))]
