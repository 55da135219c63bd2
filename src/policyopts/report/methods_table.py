"""The ranking methods as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from policyopts.report.methods import parameter_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from policyopts.engine.methods import Method


def to_terminal(_width: int, methods: Iterable[Method]) -> RenderableType:
    """Draw one row a method."""
    table = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False, header_style="bold")
    for title in ("Method", "Parameters", "Reference"):
        table.add_column(title, overflow="fold")
    for method in methods:
        parameters = "\n".join(map(parameter_text, method.parameters))
        table.add_row(Text(method.name, style="bold"), Text(parameters), Text(method.reference, style="dim"))
    return table
