"""The panels of weight sweeps: where each stands, its lines, and the labels at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.report.english import named
from policyopts.report.figures.axes import ticks
from policyopts.report.figures.canvas import (
    DASHES,
    FAINT,
    INK,
    PALE,
    QUIET,
    WIDTH,
    Spec,
    at_pixel,
    layer,
    line_colour,
    note,
    words,
)
from policyopts.report.figures.lettering import LINE, lines_of, spread, wrapped
from policyopts.report.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policyopts.analysis.weight_sweeps import WeightSweep

FEW = 6  # options: with no more, every line has its number
LEFT = 34
_GAP = 30  # between panels: room for the numbers at the lines' ends
_NAMES = 150  # beside a panel that stands alone
_KEY_LINE = 17


class Line(NamedTuple):
    """An option's line; `style` tells how it is drawn, None for a pale one."""

    option: str
    number: int  # its place in the ranking
    style: int | None


class Panel(NamedTuple):
    """Where a panel stands, in pixels, and what its scores lie between."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float

    def x(self, field: str) -> Spec:
        """Place marks across by a weight."""
        scale = {"domain": [0, 1], "range": [self.left, self.right], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def y(self, field: str) -> Spec:
        """Place marks up by a score."""
        scale = {"domain": [self.low, self.high], "range": [self.bottom, self.top], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def down(self, value: float) -> float:
        """Give the height at which a score stands."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def panels(count: int, low: float, high: float) -> tuple[list[Panel], float]:
    """Lay out so many panels, three side by side; give the height of all."""
    columns = min(count, 3)
    width = (WIDTH - LEFT - _GAP * columns) / columns if count > 1 else WIDTH - LEFT - _NAMES
    head, plot, foot = 3 * LINE + 6, 118 if count > 1 else 260, 26
    laid = []
    for place in range(count):
        left = place % columns * (width + _GAP)
        top = place // columns * (head + plot + foot) + head
        laid.append(Panel(left, left + width, top, top + plot, low, high))
    return laid, -(-count // columns) * (head + plot + foot)


def panel_layers(
    sweep: WeightSweep, panel: Panel, lines: Sequence[Line], winner: str, *, first: bool
) -> Iterator[Spec]:
    """Draw a panel: the scores' lines, the weight as it stands, and where another option takes the lead."""
    width = panel.right - panel.left
    name = wrapped(sweep.weight.name, width / 1.06, 2)
    yield from note([{"x": panel.left, "y": panel.top - 18, "text": name}], fontWeight="bold", baseline="bottom")
    yield from note(
        [{"x": panel.left, "y": panel.top - 10, "text": wrapped(_turns(sweep), width + _GAP, 1)}], color=QUIET
    )
    grid = [{"at": at, "from": 0, "to": 1} for at in ticks(panel.low, panel.high, 4)]
    yield layer("rule", grid, {"color": FAINT}, x=panel.x("from"), x2={"field": "to"}, y=panel.y("at"))
    if first:
        labels = [{"x": -6, "y": panel.down(row["at"]), "text": f"{row['at']:g}".replace("-", "−")} for row in grid]
        yield from note(labels, align="right", color=QUIET)
    for share, label, align in ((0, "0", "left"), (0.5, "50", "center"), (1, "100 %", "right")):
        mark = {"x": panel.left + share * width, "y": panel.bottom + 10, "text": label}
        yield from note([mark], align=align, color=QUIET)
    ends = [{"at": sweep.weight.weight, "low": panel.low, "high": panel.high}]
    now = {"color": INK, "strokeDash": [3, 3]}
    yield layer("rule", ends, now, x=panel.x("at"), y=panel.y("low"), y2={"field": "high"})
    quiet = [line for line in lines if line.style is None]
    yield from _drawn(sweep, panel, quiet, {"color": PALE, "strokeWidth": 1})
    for line in lines:
        if line.style is not None:
            look = {
                "color": line_colour(line.style), "strokeWidth": 2,
                "strokeDash": list(DASHES[line.style % len(DASHES)]),
            }  # fmt: skip
            yield from _drawn(sweep, panel, [line], look)
    dots = [{"at": at, "score": _score_at(sweep, winner, at)} for at, winner in sweep.weight.crossovers]
    dots.append({"at": sweep.weight.weight, "score": _score_at(sweep, winner, sweep.weight.weight)})
    hollow = {"size": 40, "fill": "white", "stroke": INK, "strokeWidth": 1.5, "opacity": 1, "shape": "circle"}
    yield layer("point", dots[:-1], hollow, x=panel.x("at"), y=panel.y("score"))
    yield layer("point", dots[-1:], hollow | {"fill": INK}, x=panel.x("at"), y=panel.y("score"))
    if width < 400:
        yield from _numbers(sweep, panel, [line for line in lines if line.style is not None or len(lines) <= FEW])


def _drawn(sweep: WeightSweep, panel: Panel, lines: Sequence[Line], look: Spec) -> Iterator[Spec]:
    rows = [
        {"option": line.number, "weight": at, "score": value}
        for line in lines
        for at, value in zip(sweep.places, sweep.scores[line.option], strict=True)
    ]
    if rows:
        by_option = {"field": "option", "type": "nominal"}
        yield layer("line", rows, look, x=panel.x("weight"), y=panel.y("score"), detail=by_option)


def _score_at(sweep: WeightSweep, option: str, at: float) -> float:
    """Read a score off the line between the places around."""
    scores = sweep.scores[option]
    right = next(place for place, end in enumerate(sweep.places) if end >= at and place)
    left = right - 1
    part = (at - sweep.places[left]) / (sweep.places[right] - sweep.places[left])
    return scores[left] + part * (scores[right] - scores[left])


def _numbers(sweep: WeightSweep, panel: Panel, lines: Sequence[Line]) -> list[Spec]:
    """Write each option's number at the end of its line."""
    ends = [panel.down(sweep.scores[line.option][-1]) for line in lines]
    placed = spread(ends, LINE - 1, panel.top, panel.bottom)
    rows = [{"x": panel.right + 4, "y": at, "text": str(line.number)} for line, at in zip(lines, placed, strict=True)]
    return note(rows, fontWeight="bold")


def names_beside(sweep: WeightSweep, panel: Panel, lines: Sequence[Line], names: Mapping[str, str]) -> list[Spec]:
    """Write each option's number and name at the end of its line."""
    texts = [wrapped(f"{line.number} {names[line.option]}", _NAMES - 8, 2) for line in lines]
    ends = [panel.down(sweep.scores[line.option][-1]) for line in lines]
    placed = spread(ends, LINE * lines_of(texts) + 3, panel.top, panel.bottom)
    return note([{"x": panel.right + 6, "y": at, "text": said} for at, said in zip(placed, texts, strict=True)])


def key(lines: Sequence[Line], names: Mapping[str, str], top: float) -> tuple[list[Spec], float]:
    """Say which line is whose."""
    layers: list[Spec] = []
    rows = -(-len(lines) // 2)
    for place, line in enumerate(lines):
        left, down = place // rows * WIDTH / 2 - LEFT, top + (place % rows + 0.5) * _KEY_LINE
        dash = [1, 0] if line.style is None else list(DASHES[line.style % len(DASHES)])
        tint = PALE if line.style is None else line_colour(line.style)
        sample = {"color": tint, "strokeDash": dash, "strokeWidth": 1 if line.style is None else 2}
        ends = [{"x": left, "to": left + 30, "y": down}]
        layers.append(layer("rule", ends, sample, x=at_pixel("x"), x2={"field": "to"}, y=at_pixel("y")))
        texts = [
            {"x": left + 50, "y": down, "text": str(line.number)},
            {"x": left + 56, "y": down, "text": wrapped(names[line.option], WIDTH / 2 - 66, 1)},
        ]
        layers += words(texts[:1], at_pixel("x"), at_pixel("y"), align="right", fontWeight="bold")
        layers += words(texts[1:], at_pixel("x"), at_pixel("y"))
    return layers, rows * _KEY_LINE + 8


def _turns(sweep: WeightSweep) -> str:
    now = percent(sweep.weight.weight)
    turns = [percent(each.at) for each in sweep.weight.crossovers]
    turns = [turn.removesuffix(" %") for turn in turns[:-1]] + turns[-1:]
    return f"now {now}; " + (f"turns at {named(turns)}" if turns else "never turns")
