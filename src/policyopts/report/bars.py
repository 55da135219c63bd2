"""Stacked bars in characters: each piece is a run of its own letter, so that no meaning hangs on colour."""

from collections.abc import Iterator, Sequence

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Colours that stay apart for colour-blind readers, with the ink that is read on them.
PALETTE = (
    ("#0072b2", "#ffffff"), ("#e69f00", "#000000"), ("#009e73", "#ffffff"), ("#cc79a7", "#000000"),
    ("#56b4e9", "#000000"), ("#d55e00", "#ffffff"), ("#f0e442", "#000000"), ("#999999", "#000000"),
    ("#332288", "#ffffff"), ("#882255", "#ffffff"), ("#44aa99", "#000000"), ("#ddcc77", "#000000"),
)  # fmt: skip


def pieces(parts: Sequence[float], full: float, width: int) -> Iterator[tuple[int, int]]:
    """Divide a bar into whole characters: (part's place, characters), rounded cumulatively.

    `full` is the sum that fills the width. Rounding the running sum, not each part, gives equal sums equal bars.
    """
    done, total = 0, 0.0
    for place, part in enumerate(parts):
        total += part
        upto = round(total / full * width) if full > 0 else 0
        if upto > done:
            yield place, upto - done
            done = upto


def letter(place: int) -> str:
    """Give the letter that stands for a part."""
    return LETTERS[place % len(LETTERS)]


def text_bar(parts: Sequence[float], full: float, width: int) -> str:
    """Draw a bar in letters alone."""
    return "".join(letter(place) * length for place, length in pieces(parts, full, width))
