"""Value against cost, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from policyopts.report.frontier import HEADS, cells, circumstances, notes, title
from policyopts.report.overlays_table import paragraphs

if TYPE_CHECKING:
    from rich.console import RenderableType

    from policyopts.analysis.frontier import Frontier


def to_terminal(_width: int, frontier: Frontier) -> RenderableType:
    """Draw the options by cost, the cheapest first."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for place, head in enumerate(HEADS):
        table.add_column(head, justify="right" if 1 <= place <= 3 else "left", overflow="fold")
    for option in frontier.options:
        name, *rest = cells(frontier, option)
        table.add_row(Text(name, style="dim" if option.beaten_by else "bold"), *map(Text, rest))
    heading = [Text(title(frontier), style="bold")]
    heading += [Text(circumstances(frontier), style="dim")] if circumstances(frontier) else []
    return Group(*heading, Text(), table, *paragraphs(list(notes(frontier))))
