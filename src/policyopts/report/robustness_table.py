"""Robustness for the terminal."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.table import Table
from rich.text import Text

from policyopts.report.information_words import TITLE, leads, opening
from policyopts.report.numbers import part
from policyopts.report.overlays_table import paragraphs
from policyopts.report.ranking import option_name
from policyopts.report.robustness_words import (
    circumstances,
    first,
    notes,
    order_title,
    rank_bars,
    regret,
    spread,
    sure,
    together,
)
from policyopts.report.safe_text import flowing
from policyopts.report.whole_figures import WholeFigures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from policyopts.analysis.necessary_order import Above
    from policyopts.analysis.robust_ranking import RobustOption, RobustRanking

BARS = "Ranks"
FULL, SHORT = ("Mean rank", "Confidence", "Score, 5–95 %"), ("Mean", "Sure", "Score 5–95")
NAME_AT_LEAST = 16
MANY = 100  # options that nobody reads through in a terminal
FIRST = 20
MOST_LINES = 30  # of the tree


class _Column(NamedTuple):
    head: str
    cells: list[str]

    @property
    def width(self) -> int:
        """What it takes, with the space before it."""
        return 2 + max(len(self.head), *map(len, self.cells))


def to_terminal(width: int, result: RobustRanking) -> RenderableType:
    """Draw a row an option, the one that is first most often before others; of many the first."""
    many = len(result.options) > MANY
    options = list(islice(result.options, FIRST if many else None))
    names = [option_name(option) for option in options]
    table = Table(box=None, padding=(0, 0, 0, 2), pad_edge=False, header_style="bold")
    table.add_column("Option", overflow="fold", min_width=len("Option"))
    columns = _fitting(width, max(map(len, names)), options)
    for column in columns:
        table.add_column(column.head, justify="left" if column.head == BARS else "right", no_wrap=True)
    for place, (option, name) in enumerate(zip(options, names, strict=True)):
        cells = (Text(column.cells[place]) for column in columns)
        table.add_row(Text(name, style="bold" if option is result.leader else ""), *cells)
    parts: list[RenderableType] = [
        Text(flowing(result.dossier.title), style="bold"),
        Text(circumstances(result), style="dim"),
        Text(),
        table,
        *paragraphs(list(notes(result))),
    ]
    if many:
        more = f"{len(result.options) - FIRST:,} more options; --format csv has them all."
        parts += [Text(), Text(more, style="dim")]
    parts += _information(result)
    if result.order is not None and len(result.options) > 1:
        parts += [Text(), Text(order_title(result)), *_tree(result)]
    return Group(*parts)


def _fitting(width: int, name_width: int, options: Sequence[RobustOption]) -> list[_Column]:
    """Choose the columns that there is room for: ranks in figures, else as bars; short heads, and then fewer."""
    for heads, figures in ((FULL, True), (SHORT, True), (FULL, False), (SHORT, False)):
        columns = _columns(options, heads, figures=figures)
        if name_width + sum(column.width for column in columns) <= width:
            return columns
    columns.pop()  # regret, before any name is folded
    while len(columns) > 1 and NAME_AT_LEAST + sum(column.width for column in columns) > width:
        columns.pop()
    return columns


def _columns(options: Sequence[RobustOption], heads: tuple[str, str, str], *, figures: bool) -> list[_Column]:
    mean, confidence, scores = heads
    shares = [option.acceptability.tolist() for option in options]
    if figures:
        written = (list(map(part, column)) for column in zip(*shares, strict=True))
        ranks = [_Column(f"#{place}", cells) for place, cells in enumerate(written, start=1)]
    else:
        ranks = [_Column(BARS, list(map(rank_bars, shares)))]
    return [
        _Column("First", list(map(first, options))),
        _Column(mean, [f"{option.expected_rank:.2f}" for option in options]),
        *ranks,
        _Column(confidence, list(map(sure, options))),
        _Column(scores, list(map(spread, options))),
        _Column("Regret", list(map(regret, options))),
    ]


def _information(result: RobustRanking) -> Iterator[RenderableType]:
    """Draw what to find out next: sentences, and a line for each lead, set in below its dash."""
    said = list(opening(result))
    if said:
        yield from (Text(), Text(TITLE, style="bold"), WholeFigures(" ".join(said)))
    table = Table.grid(padding=(0, 1, 0, 0))
    for lead in leads(result):
        table.add_row(Text("–"), WholeFigures(lead))
    if table.row_count:
        yield table


def _tree(result: RobustRanking) -> Iterator[RenderableType]:
    """Draw what holds whatever the weights; nothing where nothing does."""
    order = result.order
    if order is not None and any(order.necessary.values()):
        yield Text()
        lines = [line for node in order.tree for line in (together(result, node), *_below(result, node.below))]
        for line in lines[:MOST_LINES]:
            yield Text(f"  {line}", no_wrap=True, overflow="ellipsis")
        if len(lines) > MOST_LINES:
            yield Text(f"  … {len(lines) - MOST_LINES:,} more lines; --format json has all of it.", style="dim")


def _below(result: RobustRanking, nodes: Sequence[Above]) -> Iterator[str]:
    for place, node in enumerate(nodes):
        last = place == len(nodes) - 1
        yield f"{'└─ ' if last else '├─ '}{together(result, node)}"
        for line in _below(result, node.below):
            yield f"{'   ' if last else '│  '}{line}"
