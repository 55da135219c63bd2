"""Weights found as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group as Blocks
from rich.table import Table
from rich.text import Text

from policyopts.model.criteria import Group
from policyopts.report.safe_text import flowing
from policyopts.report.weights import notes, rows, title

if TYPE_CHECKING:
    from rich.console import RenderableType

    from policyopts.analysis.found_weights import FoundWeights

NUMBERS = 14  # columns that the two weights take, and what parts them from the name
GAP = 2
NAME_AT_LEAST = 9
BAR_AT_LEAST = 8
BAR_AT_MOST = 40


def to_terminal(width: int, found: FoundWeights) -> RenderableType:
    """Draw the tree with the weights in force and those found, and a bar for each criterion."""
    nodes = found.criteria.tree.nodes
    names = [f"{'  ' * (len(node.at) // 2 - 1)}{flowing(node.name)}" for node in nodes]
    longest = max(NAME_AT_LEAST, *map(len, names))
    bar_width = min(BAR_AT_MOST, width - NUMBERS - GAP - min(longest, max(NAME_AT_LEAST, width // 2)))
    has_bars = bar_width >= BAR_AT_LEAST  # on a narrow terminal they give way to the names
    room = max(NAME_AT_LEAST, min(longest, width - NUMBERS - (GAP + bar_width if has_bars else 0)))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Criterion", overflow="fold", width=room)
    table.add_column("Now", justify="right", no_wrap=True)
    table.add_column("Found", justify="right", no_wrap=True)
    if has_bars:
        table.add_column("", no_wrap=True)
    for name, (node, now, weight, bar) in zip(names, rows(found, bar_width), strict=True):
        style = "bold" if isinstance(node.record, Group) else ""
        cells = [Text(name, style=style), Text(now, style="dim"), Text(weight, style=style), Text(bar, "#0072b2")]
        table.add_row(*cells[: 4 if has_bars else 3])
    parts: list[RenderableType] = [Text(title(found), style="bold"), Text(), table]
    for sentence in notes(found):
        parts += [Text(), Text(sentence)]
    return Blocks(*parts)
