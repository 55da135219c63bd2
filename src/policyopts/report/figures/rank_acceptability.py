"""Rank acceptability: how often each option takes each rank when weights and performances are drawn again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import counted
from policyopts.report.figures.canvas import (
    MOST_OPTIONS,
    QUIET,
    Figure,
    Margins,
    along,
    layer,
    names_down,
    note,
    own,
    picture,
    remarks,
    words,
)
from policyopts.report.figures.saying import first_only, of_ranking, short
from policyopts.report.numbers import part
from policyopts.report.ranking import option_name

if TYPE_CHECKING:
    from policyopts.analysis.robust_ranking import RobustRanking

NAME = "rank-acceptability"
MOST_SAID = 5
LEFT, TOP = 176, 36
_WIDEST = 86  # a column
_DARK = 0.58  # from here on the shade is so dark that white is read on it


def draw(found: RobustRanking) -> Figure:
    """Draw a shaded square for each option and rank, with the share of samples in it."""
    options = found.options[:MOST_OPTIONS]
    ranks = min(len(found.options), MOST_OPTIONS)
    step = min(Margins(LEFT).plot / ranks, _WIDEST)
    line = 30 if len(options) <= 12 else 26
    margins = Margins(LEFT, TOP, Margins(LEFT).plot - step * ranks)
    height = len(options) * line
    x, y = along("column", -0.5, ranks - 0.5), along("row", len(options) - 0.5, -0.5)
    cells = [
        {"row": row, "column": column, "share": round(share, 4), "text": _figure(share), "colour": _shade(share)}
        for row, option in enumerate(options)
        for column, share in enumerate(option.acceptability[:ranks].tolist())
    ]
    layers = [layer("rect", cells, {"width": step - 1, "height": line - 1}, x=x, y=y, color=own())]
    for ink, dark in (("black", False), ("white", True)):
        some = [cell for cell in cells if cell["text"] and (cell["share"] >= _DARK) == dark]
        layers += words(some, x, y, align="center", color=ink)
    heads = [{"x": (rank + 0.5) * step, "y": -9, "text": str(rank + 1)} for rank in range(ranks)]
    said = [f"Per cent of {found.found.samples:,} samples; empty squares are below half a per cent."]
    said += first_only(len(options), len(found.options))
    small, room = remarks(said, margins, height)
    layers += [
        *names_down(
            [(row, str(option.rank), option_name(option)) for row, option in enumerate(options)], y, LEFT, LEFT - 8
        ),
        *note(heads, align="center", fontWeight="bold"),
        *note([{"x": 0, "y": -TOP + 8, "text": "Rank"}], color=QUIET),
        *small,
    ]
    spec = picture(height, Margins(LEFT, TOP, margins.right, room + 6), layers)
    return Figure(NAME, of_ranking("How often each option takes each rank", found.ranked), _alt(found), spec)


def _figure(share: float) -> str:
    return str(int(share * 100 + 0.5)) if share >= 0.005 else ""


def _shade(share: float) -> str:
    """Mix a blue, the darker the larger the share; the same order of shades in grey."""
    light, dark = (244, 247, 250), (0, 68, 120)
    mixed = (round(a + (b - a) * min(share, 1.0) ** 0.7) for a, b in zip(light, dark, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _alt(found: RobustRanking) -> str:
    said = [_option_alt(found, row) for row in range(min(MOST_SAID, len(found.options)))]
    rest = len(found.options) - len(said)
    last = found.options[len(said) - 1].first if said else 0.0
    more = f"; {counted(rest, 'more option')} at most {part(last)}" if rest else ""
    drawn = f"{found.found.samples:,} draws of weights and performances"
    head = f"The share of each rank for {counted(len(found.options), 'option')} in {drawn}."
    return f"{head} First: {'; '.join(said)}{more}."


def _option_alt(found: RobustRanking, row: int) -> str:
    option = found.options[row]
    shares = option.acceptability.tolist()
    likeliest = shares.index(max(shares))
    where = "" if likeliest == 0 else f" (most often {likeliest + 1}, {part(shares[likeliest])})"
    return f"{short(option.name)} {part(option.first)}{where}"
