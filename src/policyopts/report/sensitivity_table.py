"""What would change who is first, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from policyopts.report.overlays_table import heading, paragraphs
from policyopts.report.sensitivity import (
    CHALLENGER_HEADS,
    EFFECT_HEADS,
    FLIP_HEADS,
    MOST_EFFECTS,
    WEIGHT_HEADS,
    challenger_cells,
    effect_cells,
    flip_cells,
    notes,
    shown_flips,
    weight_cells,
)
from policyopts.report.whole_figures import WholeFigures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from policyopts.analysis.sensitivity import MovedWeight, RangeEffect, Sensitivity

WIDE = 110  # columns from which on there is room for pictures
LINE = 24  # columns of a weight's way from 0 to 1, and of a lead's


def to_terminal(width: int, found: Sensitivity) -> RenderableType:
    """Draw a table for each question: single weights, all of them together, figures, ranges."""
    wide = width >= WIDE
    parts: list[RenderableType] = list(heading(found.ranked))
    table = _table(WEIGHT_HEADS, right=(1, 2))
    if wide:
        table.add_column("0 %" + " " * (LINE - 8) + "100 %", no_wrap=True)
    for moved in found.weights:
        name, *rest = weight_cells(found, moved)
        shown = Text(name if moved.is_group else f"  {name}", style="bold" if moved.is_group else "")
        table.add_row(shown, *map(WholeFigures, rest), *([_way(moved)] if wide else []))
    parts.append(table)
    if found.challengers:
        parts += [Text(), Text("All weights together: the least that puts each option first", style="bold")]
        rows = (challenger_cells(found, each) for each in found.challengers)
        parts.append(_filled(_table(CHALLENGER_HEADS, right=(1,)), rows))
    if flips := shown_flips(found):
        parts += [Text(), Text("Figures: the nearest at which another option is first", style="bold")]
        parts.append(_filled(_table(FLIP_HEADS), (flip_cells(found, flip) for flip in flips)))
    if found.effects:
        parts += [Text(), Text("Ranges: what each does to the lead of the first option", style="bold")]
        parts.append(_tornado(found, wide=wide))
    return Group(*parts, *paragraphs(list(notes(found))))


def _table(heads: Sequence[str], right: Sequence[int] = ()) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place in right else "left", overflow="fold")
    return table


def _filled(table: Table, rows: Iterable[Sequence[str]]) -> Table:
    for row in rows:
        table.add_row(*map(WholeFigures, row))
    return table


def _way(moved: MovedWeight) -> Text:
    """Draw a weight's way from 0 to 1: a line where nothing changes, a dot where it stands."""
    places = [(place + 0.5) / LINE for place in range(LINE)]
    drawn = ["━" if moved.stable_from <= at <= moved.stable_to else "·" for at in places]
    drawn[min(LINE - 1, int(moved.weight * LINE))] = "●"
    return Text("".join(drawn), style="#0072b2")


def _tornado(found: Sensitivity, *, wide: bool) -> Table:
    effects = found.effects[:MOST_EFFECTS]
    table = _table(EFFECT_HEADS, right=(2, 3))
    if wide:
        table.add_column("", no_wrap=True)
    for effect in effects:
        picture = [_bar(found, effect, effects)] if wide else []
        table.add_row(*map(WholeFigures, effect_cells(found, effect)), *picture)
    return table


def _bar(found: Sensitivity, effect: RangeEffect, effects: Sequence[RangeEffect]) -> Text:
    """Draw the leads that a range gives as a bar, with a line where the lead is none."""
    ends = [end for each in effects for end in (each.at_low, each.at_high)]
    least, most = min(0.0, *ends), max(found.lead, *ends)
    place = LINE / ((most - least) or 1.0)
    start, stop = sorted((effect.at_low, effect.at_high))
    first, last = int((start - least) * place), max(int((stop - least) * place), int((start - least) * place) + 1)
    none = min(int(-least * place), LINE - 1)
    bar = Text()
    for at in range(LINE):
        inside = first <= at < last
        character = "│" if at == none and not inside else "█" if inside else " "
        bar.append(character, style="#d55e00" if inside and at < none else "#0072b2" if inside else "dim")
    return bar
