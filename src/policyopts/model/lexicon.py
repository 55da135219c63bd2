"""Words of likelihood: which percentages each word of a lexicon stands for.

A lexicon is one agreed list of words. ICD 203 has two rows of words for the same bands; a document keeps to one.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple


class Band(NamedTuple):
    """The percentages that the words of one band stand for; `open` names the ends that do not belong to it."""

    low: float
    high: float
    words: tuple[str, ...]
    open: Literal["neither", "low", "high"] = "neither"

    def holds(self, percent: float) -> bool:
        """Tell whether a percentage lies in the band."""
        above = self.low < percent if self.open == "low" else self.low <= percent
        below = percent < self.high if self.open == "high" else percent <= self.high
        return above and below


class Lexicon(NamedTuple):
    """An agreed list of bands; bands without an end are read as ending at 0 and at 100.

    With several `rows`, the words of each band stand in the order of the rows; otherwise they are synonyms.
    """

    name: str
    source: str
    bands: tuple[Band, ...]
    rows: int = 1

    @property
    def words(self) -> Iterator[str]:
        """All words, band by band."""
        return (word for band in self.bands for word in band.words)

    def band(self, word: str) -> Band | None:
        """Find the band of a word; None for a word outside the lexicon."""
        return next((band for band in self.bands if word in band.words), None)

    def row(self, word: str) -> int:
        """Give the number of the row that a word of the lexicon belongs to, from 1."""
        position = next(band.words.index(word) for band in self.bands if word in band.words)
        return min(position + 1, self.rows)

    def word(self, percent: float, row: int = 1) -> str | None:
        """Find the word for a percentage, of the narrowest band that holds it; None in a gap and off the ends."""
        holding = [band for band in self.bands if band.holds(percent)]
        if not holding:
            return None
        words = min(holding, key=lambda band: band.high - band.low).words
        return words[row - 1]


LEXICONS = {
    lexicon.name: lexicon
    for lexicon in (
        Lexicon(
            "icd203",
            "US Intelligence Community Directive 203, Analytic Standards (2015)",
            (
                Band(1, 5, ("almost no chance", "remote"), open="high"),
                Band(5, 20, ("very unlikely", "highly improbable"), open="high"),
                Band(20, 45, ("unlikely", "improbable"), open="high"),
                Band(45, 55, ("roughly even chance", "roughly even odds"), open="high"),
                Band(55, 80, ("likely", "probable"), open="high"),
                Band(80, 95, ("very likely", "highly probable"), open="high"),
                Band(95, 99, ("almost certain", "nearly certain")),
            ),
            rows=2,
        ),
        Lexicon(
            "phia",
            "UK Professional Head of Intelligence Assessment, probability yardstick",
            (
                Band(0, 5, ("remote chance",)),
                Band(10, 20, ("highly unlikely",)),
                Band(25, 35, ("unlikely",)),
                Band(40, 50, ("realistic possibility",), open="high"),
                Band(55, 75, ("likely", "probable")),
                Band(80, 90, ("highly likely",)),
                Band(95, 100, ("almost certain",)),
            ),
        ),
        Lexicon(
            "ipcc",
            "IPCC guidance note on the consistent treatment of uncertainties (2010)",
            (
                Band(0, 1, ("exceptionally unlikely",), open="high"),
                Band(0, 10, ("very unlikely",), open="high"),
                Band(0, 33, ("unlikely",), open="high"),
                Band(33, 66, ("about as likely as not",)),
                Band(66, 100, ("likely",), open="low"),
                Band(90, 100, ("very likely",), open="low"),
                Band(99, 100, ("virtually certain",), open="low"),
            ),
        ),
    )
}
