"""Tornado: how the first option's lead moves as each uncertain figure runs through its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report import cells
from policyopts.report.english import of_all
from policyopts.report.figures.axes import ticks
from policyopts.report.figures.canvas import (
    ACCENT,
    FAINT,
    INK,
    QUIET,
    WARNING,
    Figure,
    Margins,
    Spec,
    along,
    at_pixel,
    cells_down,
    layer,
    note,
    picture,
    remarks,
    words,
)
from policyopts.report.figures.lettering import wrapped
from policyopts.report.figures.saying import leads_now, of_ranking, short
from policyopts.report.numbers import score, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.analysis.sensitivity import RangeEffect, Sensitivity

NAME = "tornado"
MOST = 15  # of the ranges that move the lead most
MOST_SAID = 3
LEFT, SIDE = 206, 74  # SIDE: beside the bars, for the figures at their ends
_LINE = 32
_NOTHING = "No range moves the lead."
_MOVES = 1e-9  # less is rounding


def draw(found: Sensitivity) -> Figure:
    """Draw a bar from the lead at one end of each range to that at the other, the widest first."""
    moving = _moving(found)
    effects = moving[:MOST]
    ends = [lead for effect in effects for lead in (effect.at_low, effect.at_high)]
    low, high = min(0.0, found.lead, *ends), max(0.0, found.lead, *ends)
    x = along("from", low, high if high > low else low + 1)
    height = max(1, len(effects)) * _LINE
    y = along("row", len(effects) - 0.5, -0.5)
    margins = Margins(LEFT + SIDE, 26, SIDE)
    bars = [
        {"row": row, "from": min(effect.at_low, effect.at_high), "to": max(effect.at_low, effect.at_high)}
        for row, effect in enumerate(effects)
    ]
    lost = [bar | {"to": min(bar["to"], 0.0)} for bar in bars if bar["from"] < 0]
    kept = [bar | {"from": max(bar["from"], 0.0)} for bar in bars if bar["to"] > 0]
    grid = [{"from": at, "text": f"{at:g}".replace("-", "−")} for at in ticks(low, high, 4)]
    across = along("from", low, x["scale"]["domain"][1])
    top, bottom = {"value": 0}, {"value": height}
    small, room = remarks(_said(found, moving, lost=bool(lost)), margins, height + 4)
    solid = {"height": _LINE * 0.55, "color": ACCENT}
    outlined = {"height": _LINE * 0.55, "color": "white", "stroke": WARNING, "strokeWidth": 2}
    layers = [
        layer("rule", grid, {"color": FAINT}, x=across, y=top, y2=bottom),
        *words(grid, across, {"value": -8}, align="center", color=QUIET),
        layer("bar", kept, solid, x=x, x2={"field": "to"}, y=y),
        layer("bar", lost, outlined, x=x, x2={"field": "to"}, y=y),
        layer("rule", [{"from": 0}], {"color": INK, "strokeWidth": 2}, x=across, y=top, y2=bottom),
        layer("rule", [{"from": found.lead}], {"color": INK, "strokeDash": [3, 3]}, x=across, y=top, y2=bottom),
        *_ends(found, effects, y, low, x["scale"]["domain"][1], margins),
        *cells_down(
            [(row, *_names(found, effect)) for row, effect in enumerate(effects)], y, LEFT + SIDE, LEFT - 6
        ),
        *small,
    ]  # fmt: skip
    if not effects:
        layers = note([{"x": -LEFT - SIDE, "y": 8, "text": _NOTHING}])
    title = of_ranking(f"What each range does to the lead of {short(_winner(found))}", found.ranked)
    return Figure(NAME, title, _alt(found), picture(height, Margins(LEFT + SIDE, 26, SIDE, room + 8), layers))


def _ends(
    found: Sensitivity, effects: Sequence[RangeEffect], y: Spec, low: float, high: float, margins: Margins
) -> list[Spec]:
    """Write the performance at each end of a bar beside it."""
    wide = margins.plot / (high - low)
    rows: dict[str, list[Spec]] = {"left": [], "right": []}
    for row, effect in enumerate(effects):
        leaf = found.ranked.dossier.criteria[effect.criterion]
        pairs = ((effect.at_low, effect.estimate.low), (effect.at_high, effect.estimate.high))
        for side, (lead, figure) in zip(("right", "left"), sorted(pairs), strict=True):
            shift = -5 if side == "right" else 5
            label = wrapped(cells.point(figure, leaf), SIDE - 6, 1)
            rows[side].append({"row": row, "x": (lead - low) * wide + shift, "text": label})
    x, halo = at_pixel("x"), {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    return [each for side in rows for look in (halo, {}) for each in words(rows[side], x, y, align=side, **look)]


def _moving(found: Sensitivity) -> list[RangeEffect]:
    return [effect for effect in found.effects if abs(effect.at_high - effect.at_low) > _MOVES]


def _names(found: Sensitivity, effect: RangeEffect) -> tuple[str, str]:
    dossier = found.ranked.dossier
    return dossier.criterion_name(effect.criterion), dossier.option_name(effect.option)


def _name(found: Sensitivity, effect: RangeEffect) -> str:
    criterion, option = _names(found, effect)
    return f"{short(criterion)} of {short(option)}"


def _winner(found: Sensitivity) -> str:
    return found.ranked.dossier.option_name(found.winner)


def _said(found: Sensitivity, moving: Sequence[RangeEffect], *, lost: bool) -> list[str]:
    said = [f"Dashed line: the lead as it stands, {score(found.lead)}."] if moving else []
    if lost:
        said.append("Outlined bars left of 0: another option is first.")
    if len(moving) > MOST:
        said.append(f"The widest {MOST} of {len(moving)} ranges are drawn.")
    return said


def _alt(found: Sensitivity) -> str:
    moving = _moving(found)
    if not moving:
        return f"{_NOTHING} {leads_now(found.ranked, found.winner)}"
    turning = [effect for effect in moving if min(effect.at_low, effect.at_high) < 0]
    said = [
        f"{_name(found, effect)}, from {signed(effect.at_low)} to {signed(effect.at_high)}"
        for effect in moving[:MOST_SAID]
    ]
    turns = f"{of_all(len(turning), len(moving), 'range').capitalize()} can alone put another option first"
    turns = turns if turning else "No range alone puts another option first"
    return (
        f"How the lead of {short(_winner(found))}, now {score(found.lead)}, moves as each figure runs through its "
        f"range. The widest: {'; '.join(said)}. {turns}."
    )
