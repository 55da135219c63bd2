"""The ranking methods as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from policyopts.report.methods import breaks_text, guide, parameter_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from policyopts.engine.method import Method


def to_terminal(_width: int, methods: Iterable[Method]) -> RenderableType:
    """Draw one row a method."""
    table = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False, header_style="bold")
    for title in ("Method", "Parameters", "Reference"):
        table.add_column(title, overflow="fold")
    for method in methods:
        parameters = "\n".join(map(parameter_text, method.parameters))
        table.add_row(Text(method.name, style="bold"), Text(parameters), Text(method.reference, style="dim"))
    return table


def page(_width: int, method: Method) -> RenderableType:
    """Draw a method's page: what it is for, its parameters, what it breaks, its reference."""
    title, *paragraphs = guide(method).split("\n\n")
    parts: list[RenderableType] = [Text(title, style="bold")]
    for paragraph in paragraphs:
        is_table = paragraph.lstrip().startswith("|")
        parts += [Text(), Text(paragraph if is_table else " ".join(paragraph.split()))]
    settings = [Text(parameter_text(parameter)) for parameter in method.parameters] or [Text("none")]
    parts += [Text(), Text("Parameters", style="bold"), *(Padding(text, (0, 0, 0, 2)) for text in settings), Text()]
    parts += [Text(f"Breaks by its definition: {breaks_text(method)}"), Text(f"Reference: {method.reference}")]
    return Group(*parts)
