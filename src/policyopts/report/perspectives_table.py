"""The ranking as each party sees it, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from policyopts.report import assessors
from policyopts.report.overlays_table import heading, paragraphs, rank_table
from policyopts.report.perspectives import notes, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from policyopts.analysis.perspectives import Perspectives

MOST_SHOWN = 12


def to_terminal(width: int, perspectives: Perspectives) -> RenderableType:
    """Draw the rankings side by side, and say below who prefers what, and where assessors differ."""
    table = rank_table(width, perspectives.base, readings(perspectives))
    differing = _differing(perspectives) if perspectives.assessed.disagreements else ()
    said = paragraphs(list(assessors.sentences(perspectives.base, perspectives.assessed)))
    return Group(*heading(perspectives.base), *table, *paragraphs(list(notes(perspectives))), *differing, *said)


def _differing(perspectives: Perspectives) -> Iterator[RenderableType]:
    """Draw the performances that assessors judge otherwise than each other, those most apart first."""
    rows = list(assessors.rows(perspectives.base, perspectives.assessed))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Option and criterion", overflow="fold", ratio=2)
    table.add_column("Apart", justify="right", no_wrap=True)
    table.add_column("Who says what", overflow="fold", ratio=3)
    for row in rows[:MOST_SHOWN]:
        name = Text(row.option)
        name.append(f"\n{row.criterion}", style="dim")
        table.add_row(name, Text(row.apart), Text("\n".join(row.said)))
    yield from (Text(), Text(assessors.TITLE, style="bold"), Text(), table)
    if len(rows) > MOST_SHOWN:
        yield from (Text(), Text(f"{len(rows) - MOST_SHOWN} more lie less apart; --format json has them all."))
    yield from (Text(), Text(assessors.CAPTION, style="dim"))
