"""Flip distances: how far each weight, and each figure, has to move before another option is first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.report import cells
from policyopts.report.english import counted
from policyopts.report.figures.axes import ticks
from policyopts.report.figures.canvas import (
    ACCENT,
    FAINT,
    INK,
    PALE,
    QUIET,
    Figure,
    Margins,
    Spec,
    along,
    at_pixel,
    cells_down,
    layer,
    note,
    own,
    picture,
    remarks,
    words,
)
from policyopts.report.figures.lettering import LINE, wrapped
from policyopts.report.figures.saying import leads_now, of_ranking, short
from policyopts.report.numbers import part, percent
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.sensitivity import Flip, Sensitivity

NAME = "flip-distances"
MOST = 10  # of each kind, the nearest
LEFT, RIGHT = 190, 206
MARK = "● "
_ROW = 30
_HEAD = 40


class _Turn(NamedTuple):
    """A bar: what moves, how far, from where to where, and who is first then; `likely` within its stated range."""

    name: str
    option: str  # empty for a weight
    distance: float
    move: str
    winner: str
    likely: bool


def draw(found: Sensitivity) -> Figure:
    """Draw how far weights and figures are from turning the ranking, the nearest of each kind first."""
    weights, figures = list(_weights(found)), list(_figures(found))
    high = max([turn.distance for turn in (*weights[:MOST], *figures[:MOST])], default=0.0) or 1.0
    layers: list[Spec] = []
    down = 0.0
    for head, turns, none in (
        ("Weights, by points of the whole", weights, "No weight alone turns the ranking."),
        ("Figures, by per cent of their scale", figures, "No figure alone turns the ranking."),
    ):
        layers += note([{"x": -LEFT, "y": down + 8, "text": head}], fontWeight="bold")
        if not turns:
            layers += note([{"x": -LEFT, "y": down + 8 + LINE * 1.5, "text": none}], color=QUIET)
        layers += _bars(turns[:MOST], down + _HEAD - 8, high)
        down += _HEAD + max(len(turns[:MOST]), 0.4) * _ROW + 8
    margins = Margins(LEFT, 4, RIGHT)
    small, room = remarks(_said(found, weights, figures), margins, down - 10)
    title = of_ranking("How far from another option's coming first", found.ranked)
    spec = picture(down, Margins(LEFT, 4, RIGHT, room - 8), [*layers, *small])
    return Figure(NAME, title, _alt(found, weights, figures), spec)


def _weights(found: Sensitivity) -> Iterator[_Turn]:
    dossier = found.ranked.dossier
    turning = [(weight, nearest) for weight in found.weights if (nearest := weight.nearest)]
    for weight, nearest in sorted(turning, key=lambda pair: abs(pair[1].at - pair[0].weight)):
        distance = abs(nearest.at - weight.weight)
        move = f"{percent(weight.weight)} → {percent(nearest.at)}"
        yield _Turn(weight.name, "", distance, move, dossier.option_name(nearest.winner), likely=False)


def _figures(found: Sensitivity) -> Iterator[_Turn]:
    dossier = found.ranked.dossier
    for flip in found.flips:
        if flip.share is None or flip.flips_at is None or flip.winner is None:
            continue
        names = dossier.criterion_name(flip.criterion), dossier.option_name(flip.option)
        move = f"{MARK if flip.in_range else ''}{_move(found, flip)}"
        yield _Turn(*names, flip.share, move, dossier.option_name(flip.winner), flip.in_range)


def _move(found: Sensitivity, flip: Flip) -> str:
    leaf = found.ranked.dossier.criteria[flip.criterion]
    to = cells.point(float(f"{flip.flips_at:.3g}"), leaf)
    return flowing(f"{cells.plain(flip.estimate, leaf)} → {to}")


def _bars(turns: Sequence[_Turn], top: float, high: float) -> Iterator[Spec]:
    """Draw the bars of one kind below a height, the move and who is first then beside each."""
    if not turns:
        return
    x, y, down = along("to", 0, high), at_pixel("row"), [top + (row + 0.5) * _ROW for row in range(len(turns))]
    ends = {"y": {"value": top}, "y2": {"value": top + len(turns) * _ROW}}
    grid = [{"to": at, "text": f"{at * 100:g}"} for at in ticks(0, high, 3)]
    rows = [
        {"row": at, "from": 0, "to": turn.distance, "colour": ACCENT if turn.likely else PALE}
        for at, turn in zip(down, turns, strict=True)
    ]
    yield layer("rule", grid, {"color": FAINT}, x=x, **ends)
    yield from words(grid, x, {"value": top - 8}, align="center", color=QUIET)
    yield layer("bar", rows, {"height": _ROW * 0.5}, x=along("from", 0, high), x2={"field": "to"}, y=y, color=own())
    yield layer("rule", [{"to": 0}], {"color": INK}, x=x, **ends)
    alone = [
        {"row": at, "x": -LEFT, "text": wrapped(turn.name, LEFT - 8)}
        for at, turn in zip(down, turns, strict=True)
        if not turn.option
    ]
    yield from words(alone, at_pixel("x"), y)
    yield from cells_down(
        [(at, turn.name, turn.option) for at, turn in zip(down, turns, strict=True) if turn.option], y, LEFT, LEFT - 8
    )
    edge = Margins(LEFT, 0, RIGHT).plot + 8
    for shift, ink, field in ((-6.5, INK, "move"), (6.5, QUIET, "winner")):
        beside = [
            {"row": at, "x": edge, "text": wrapped(getattr(turn, field), RIGHT - 10, 1)}
            for at, turn in zip(down, turns, strict=True)
        ]
        yield from words(beside, at_pixel("x"), y, color=ink, dy=shift)


def _said(found: Sensitivity, weights: Sequence[_Turn], figures: Sequence[_Turn]) -> list[str]:
    said = ["On the right: the move, and who is first then."] if weights or figures else []
    if len(found.ranked.winners) > 1:
        said.append("The first place is shared now: the least move decides.")
    if any(turn.likely for turn in figures[:MOST]):
        said.append(f"{MARK}Within the figure's stated range.")
    left = max(len(weights) - MOST, 0) + max(len(figures) - MOST, 0)
    return said + ([f"{counted(left, 'longer distance').capitalize()} not drawn."] if left else [])


def _alt(found: Sensitivity, weights: Sequence[_Turn], figures: Sequence[_Turn]) -> str:
    head = "How far weights and figures can move, one at a time, before another option is first."
    said = [head, leads_now(found.ranked, found.winner)]
    if weights:
        near = weights[0]
        said.append(
            f"The nearest weight: {short(near.name)}, {near.move}, {part(near.distance)[:-2]} points, "
            f"then {short(near.winner)} is first."
        )
    else:
        said.append("No weight alone can do it.")
    if figures:
        near = figures[0]
        said.append(
            f"The nearest figure: {short(near.name)} of {short(near.option)}, {near.move.removeprefix(MARK)}, "
            f"{part(near.distance)} of its scale, then {short(near.winner)} is first."
        )
        inside = sum(turn.likely for turn in figures)
        said.append(f"{counted(inside, 'figure').capitalize()} can do so within the stated range.")
    else:
        said.append("No figure alone can do it.")
    return " ".join(said)
