"""The ranking with assumptions failed, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group

from policyopts.report.assumptions import notes, readings
from policyopts.report.overlays_table import heading, paragraphs, rank_table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from policyopts.analysis.assumptions import FailedAssumptions


def to_terminal(width: int, failed: FailedAssumptions) -> RenderableType:
    """Draw the rankings side by side, and say below what each failure moves."""
    table = rank_table(width, failed.base, readings(failed))
    return Group(*heading(failed.base), *table, *paragraphs(list(notes(failed))))
