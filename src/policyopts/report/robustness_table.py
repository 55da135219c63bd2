"""Robustness for the terminal."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from policyopts.report.numbers import part
from policyopts.report.overlays_table import paragraphs
from policyopts.report.ranking import option_name
from policyopts.report.robustness_words import (
    circumstances,
    first,
    notes,
    order_title,
    rank_bars,
    spread,
    sure,
    together,
)
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from policyopts.analysis.necessary_order import Above
    from policyopts.analysis.robust_ranking import RobustRanking

WIDE = 53  # characters that all columns but the name and the ranks take, heads in full
EACH = 7  # that a rank's share takes
NAME_AT_LEAST = 16
MANY = 100  # options that nobody reads through in a terminal
FIRST = 20


def to_terminal(width: int, result: RobustRanking) -> RenderableType:
    """Draw a row an option, the one that is first most often before others; of many the first."""
    many = len(result.options) > MANY
    options = list(islice(result.options, FIRST if many else None))
    names = [option_name(option) for option in options]
    name_width = max(NAME_AT_LEAST, *map(len, names))
    count = len(result.options)
    in_figures = name_width + 2 + WIDE + EACH * count <= width
    in_full = in_figures or name_width + 2 + WIDE + min(count, 20) <= width
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Option", overflow="fold")
    table.add_column("First", justify="right", no_wrap=True)
    table.add_column("Mean rank" if in_full else "Mean", justify="right", no_wrap=True)
    for head in [f"#{place}" for place in range(1, count + 1)] if in_figures else ["Ranks"]:
        table.add_column(head, justify="right" if in_figures else "left", no_wrap=True)
    table.add_column("Confidence" if in_full else "Sure", justify="right", no_wrap=True)
    table.add_column("Score, 5–95 %" if in_full else "Score 5–95", no_wrap=True)
    for option, name in zip(options, names, strict=True):
        shares = option.acceptability.tolist()
        ranks = map(part, shares) if in_figures else [rank_bars(shares)]
        cells = [first(option), f"{option.expected_rank:.2f}", *ranks, sure(option), spread(option)]
        table.add_row(Text(name, style="bold" if option is result.leader else ""), *map(Text, cells))
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
    if result.order is not None:
        parts += [Text(), Text(order_title(result)), *_tree(result)]
    return Group(*parts)


def _tree(result: RobustRanking) -> Iterator[RenderableType]:
    """Draw what holds whatever the weights; nothing where nothing does."""
    order = result.order
    if order is not None and any(order.necessary.values()):
        yield Text()
        for node in order.tree:
            yield Text(f"  {together(result, node)}")
            for line in _below(result, node.below):
                yield Text(f"  {line}", no_wrap=True, overflow="ellipsis")


def _below(result: RobustRanking, nodes: Sequence[Above]) -> Iterator[str]:
    for place, node in enumerate(nodes):
        last = place == len(nodes) - 1
        yield f"{'└─ ' if last else '├─ '}{together(result, node)}"
        for line in _below(result, node.below):
            yield f"{'   ' if last else '│  '}{line}"
