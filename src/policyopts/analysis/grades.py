"""Grades of evidence in order, so that the weakest can be looked at first.

A grade never becomes a number in a ranking. A chain is as weak as its weakest link: an item is judged by the worse
of its letter and its digit, then by the other; of B3 and C2, the less credible information is the weaker. F and 6,
which cannot be judged, stand between the sound ones and the doubtful ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyopts.model.evidence import EvidenceFile

_LETTERS = "ABCFDE"
_DIGITS = "123645"


def grade_of(evidence: EvidenceFile, item: str) -> str | None:
    """Give an item's grade, or else its source's; None where neither has one."""
    record = evidence.items[item]
    source = evidence.sources.get(record.source or "")
    return record.grade or (source.grade if source else None)


def weakest(evidence: EvidenceFile, items: Iterable[str]) -> str | None:
    """Give the grade of the weakest of some items; None where there are none, or one of them has no grade."""
    grades = sorted((grade_of(evidence, item) for item in items), key=weakness)
    return grades[-1] if grades else None


def weakness(grade: str | None) -> tuple[int, int, int]:
    """Give what grades are sorted by, the soundest first; no grade at all comes last.

    Examples
    --------
    >>> sorted(["B3", "C2", None, "A1", "D1", "F6"], key=weakness)
    ['A1', 'C2', 'B3', 'F6', 'D1', None]
    """
    if grade is None:
        return (len(_LETTERS), 0, 0)
    letter = _LETTERS.index(grade[0])
    digit = _DIGITS.index(grade[1]) if len(grade) > 1 else _DIGITS.index("6")
    return (max(letter, digit), min(letter, digit), digit)
