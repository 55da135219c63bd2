"""The ranking in each frame, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from policyopts.report.frames import RULES, figures_of, notes, readings, rule_cells
from policyopts.report.overlays import names_of
from policyopts.report.overlays_table import heading, paragraphs, rank_table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from policyopts.analysis.frames import Frames


def to_terminal(width: int, frames: Frames) -> RenderableType:
    """Draw the rankings side by side, and below what the decision rules make of the scores."""
    parts = [*heading(frames.base), *rank_table(width, frames.base, readings(frames))]
    if frames.rules is not None:
        parts += [Text(), _rules(frames)]
    return Group(*parts, *paragraphs(list(notes(frames))))


def _rules(frames: Frames) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Option", overflow="fold")
    for rule in figures_of(frames):
        table.add_column(RULES[rule], justify="right", no_wrap=True)
    for row, name in enumerate(names_of(frames.base, frames.options)):
        cells = [
            Text(cell.rstrip("*"), style="bold green" if cell.endswith("*") else "") for cell in rule_cells(frames, row)
        ]
        table.add_row(Text(name), *cells)
    return table
