"""Two states of a dossier side by side, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from policyopts.report.diff_words import (
    conclusions,
    edits_by_heading,
    effects,
    how,
    moves,
    rest_of_moves,
    verdict,
    without_effect,
)
from policyopts.report.edits import said, where
from policyopts.report.safe_text import flowing, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from policyopts.analysis.diff import DossierDiff
    from policyopts.report.diff import Sides

INDENT = (0, 0, 0, 2)
FARTHER = (0, 0, 0, 4)


def to_terminal(_width: int, diff: DossierDiff, sides: Sides) -> RenderableType:
    """Draw the rank moves, list the edits with what each does alone, and say which of them did it."""
    return Group(*_parts(diff, sides))


def _parts(diff: DossierDiff, sides: Sides) -> Iterator[RenderableType]:
    yield Text(flowing(diff.after.dossier.title), style="bold")
    yield Text(flowing(f"{sides} · {how(diff)}"), style="dim")
    yield Text()
    yield _ranking(diff)
    for sentence in rest_of_moves(diff):
        yield Text(sentence, style="dim")
    for heading, listed in edits_by_heading(diff).items():
        yield from _heading(heading)
        for tried in listed:
            place = one_line("".join(where(tried.edit)))
            yield Padding(Text.assemble(said(tried.edit), (f" — {place}", "dim")), INDENT, expand=False)
            if effect := effects(diff, tried):
                yield Padding(Text(effect, style="italic"), FARTHER, expand=False)
    others = list(without_effect(diff))
    if others:
        yield from _heading("Without effect on the ranking")
        yield from (Padding(Text(flowing(each)), INDENT, expand=False) for each in others)
    yield Text()
    yield Text(verdict(diff), style="bold")
    for sentence in conclusions(diff):
        yield Text()
        yield Text(sentence)


def _heading(text: str) -> Iterator[RenderableType]:
    yield Text()
    yield Text(text, style="bold")


def _ranking(diff: DossierDiff) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("#", no_wrap=True)
    table.add_column("Option", overflow="fold")
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("Change", justify="right", no_wrap=True)
    for move in moves(diff):
        style = "" if move.improved is None else "green" if move.improved else "red"
        table.add_row(Text(move.rank, style=style), Text(move.name), Text(move.score), Text(move.change, style="dim"))
    return table
