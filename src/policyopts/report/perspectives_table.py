"""The ranking as each party sees it, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group

from policyopts.report.overlays_table import heading, paragraphs, rank_table
from policyopts.report.perspectives import notes, readings

if TYPE_CHECKING:
    from rich.console import RenderableType

    from policyopts.analysis.perspectives import Perspectives


def to_terminal(width: int, perspectives: Perspectives) -> RenderableType:
    """Draw the rankings side by side, and say below who prefers what."""
    table = rank_table(width, perspectives.base, readings(perspectives))
    return Group(*heading(perspectives.base), *table, *paragraphs(list(notes(perspectives))))
