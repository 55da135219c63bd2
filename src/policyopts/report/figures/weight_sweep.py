"""Weight sweeps: what every option scores as one weight goes from nothing to all, and where another takes the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.report.english import counted, named
from policyopts.report.figures.axes import ticks
from policyopts.report.figures.canvas import (
    DASHES,
    FAINT,
    INK,
    PALE,
    QUIET,
    WIDTH,
    Figure,
    Margins,
    Spec,
    at_pixel,
    layer,
    line_colour,
    note,
    picture,
    remarks,
    words,
)
from policyopts.report.figures.lettering import LINE, lines_of, spread, wrapped
from policyopts.report.figures.saying import of_ranking, short
from policyopts.report.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policyopts.analysis.weight_sweeps import WeightSweep, WeightSweeps

NAME = "weight-sweep"
FEW = 6  # options: with no more, every line has its number
MOST_SAID = 4
_LEFT = 34
_GAP = 30  # between panels: room for the numbers at the lines' ends
_NAMES = 150  # beside a panel that stands alone
_KEY_LINE = 17


class _Line(NamedTuple):
    option: str
    number: int  # its place in the ranking
    style: int | None  # None for those that are never first


class _Panel(NamedTuple):
    """Where a panel stands, in pixels, and what its scores lie between."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float

    def x(self, field: str) -> Spec:
        scale = {"domain": [0, 1], "range": [self.left, self.right], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def y(self, field: str) -> Spec:
        scale = {"domain": [self.low, self.high], "range": [self.bottom, self.top], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def down(self, value: float) -> float:
        """Give the height at which a score stands."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def draw(found: WeightSweeps) -> Figure:
    """Draw a panel for each weight, those that another option is nearest to taking the lead at first."""
    lines = list(_lines(found))
    scores = [value for sweep in found.sweeps for line in lines for value in sweep.scores[line.option]]
    low, high = min(scores), max(scores)
    room = (high - low) * 0.06 or 0.5
    alone = len(found.sweeps) == 1
    panels, height = _panels(len(found.sweeps), low - room, high + room)
    layers = [
        one
        for place, (sweep, panel) in enumerate(zip(found.sweeps, panels, strict=True))
        for one in _panel(sweep, panel, lines, found.winner, first=place % 3 == 0)
    ]
    names = {line.option: found.ranked.dossier.option_name(line.option) for line in lines}
    labelled = [line for line in lines if line.style is not None or len(lines) <= FEW]
    if alone:
        layers += _beside(found.sweeps[0], panels[0], labelled, names)
        key_room = 0.0
    else:
        key, key_room = _key(labelled, names, height + 4)
        layers += key
    margins = Margins(_LEFT)
    small, small_room = remarks(_said(found, labelled, lines), margins, height + key_room)
    spec = picture(height, Margins(_LEFT, 4, 0, key_room + small_room + 6), [*layers, *small])
    spec["resolve"] = {"scale": {"x": "independent", "y": "independent"}}
    return Figure(NAME, of_ranking("What the options score as one weight is moved", found.ranked), _alt(found), spec)


def _lines(found: WeightSweeps) -> Iterator[_Line]:
    leaders = dict.fromkeys(
        [found.winner, *(each.winner for sweep in found.sweeps for each in sweep.weight.crossovers)]
    )
    styles = {option: style for style, option in enumerate(leaders)}
    places = {option: place for place, option in enumerate(found.options, start=1)}
    for option in found.options:
        yield _Line(option, places[option], styles.get(option))


def _panels(count: int, low: float, high: float) -> tuple[list[_Panel], float]:
    columns = min(count, 3)
    width = (WIDTH - _LEFT - _GAP * columns) / columns if count > 1 else WIDTH - _LEFT - _NAMES
    head, plot, foot = 3 * LINE + 6, 118 if count > 1 else 260, 26
    panels = []
    for place in range(count):
        left = place % columns * (width + _GAP)
        top = place // columns * (head + plot + foot) + head
        panels.append(_Panel(left, left + width, top, top + plot, low, high))
    return panels, -(-count // columns) * (head + plot + foot)


def _panel(sweep: WeightSweep, panel: _Panel, lines: Sequence[_Line], winner: str, *, first: bool) -> Iterator[Spec]:
    width = panel.right - panel.left
    name = wrapped(sweep.weight.name, width / 1.06, 2)
    yield from note([{"x": panel.left, "y": panel.top - 18, "text": name}], fontWeight="bold", baseline="bottom")
    yield from note([{"x": panel.left, "y": panel.top - 10, "text": _turns(sweep)}], color=QUIET)
    grid = [{"at": at, "from": 0, "to": 1} for at in ticks(panel.low, panel.high, 4)]
    yield layer("rule", grid, {"color": FAINT}, x=panel.x("from"), x2={"field": "to"}, y=panel.y("at"))
    if first:
        labels = [{"x": -6, "y": panel.down(row["at"]), "text": f"{row['at']:g}"} for row in grid]
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
    dots = [
        {"at": at, "score": _score_at(sweep, each.winner, at)} for each in sweep.weight.crossovers for at in [each.at]
    ]
    dots.append({"at": sweep.weight.weight, "score": _score_at(sweep, winner, sweep.weight.weight)})
    hollow = {"size": 40, "fill": "white", "stroke": INK, "strokeWidth": 1.5, "opacity": 1, "shape": "circle"}
    yield layer("point", dots[:-1], hollow, x=panel.x("at"), y=panel.y("score"))
    yield layer("point", dots[-1:], hollow | {"fill": INK}, x=panel.x("at"), y=panel.y("score"))
    if width < 400:
        yield from _numbers(sweep, panel, [line for line in lines if line.style is not None or len(lines) <= FEW])


def _drawn(sweep: WeightSweep, panel: _Panel, lines: Sequence[_Line], look: Spec) -> Iterator[Spec]:
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


def _numbers(sweep: WeightSweep, panel: _Panel, lines: Sequence[_Line]) -> list[Spec]:
    """Write each option's number at the end of its line."""
    ends = [panel.down(sweep.scores[line.option][-1]) for line in lines]
    placed = spread(ends, LINE - 1, panel.top, panel.bottom)
    rows = [{"x": panel.right + 4, "y": at, "text": str(line.number)} for line, at in zip(lines, placed, strict=True)]
    return note(rows, fontWeight="bold")


def _beside(sweep: WeightSweep, panel: _Panel, lines: Sequence[_Line], names: Mapping[str, str]) -> list[Spec]:
    """Write each option's number and name at the end of its line."""
    texts = [wrapped(f"{line.number} {names[line.option]}", _NAMES - 8, 2) for line in lines]
    ends = [panel.down(sweep.scores[line.option][-1]) for line in lines]
    placed = spread(ends, LINE * lines_of(texts) + 3, panel.top, panel.bottom)
    return note([{"x": panel.right + 6, "y": at, "text": said} for at, said in zip(placed, texts, strict=True)])


def _key(lines: Sequence[_Line], names: Mapping[str, str], top: float) -> tuple[list[Spec], float]:
    """Say which line is whose."""
    layers: list[Spec] = []
    rows = -(-len(lines) // 2)
    for place, line in enumerate(lines):
        left, down = place // rows * WIDTH / 2 - _LEFT, top + (place % rows + 0.5) * _KEY_LINE
        dash = [1, 0] if line.style is None else list(DASHES[line.style % len(DASHES)])
        tint = PALE if line.style is None else line_colour(line.style)
        sample = {"color": tint, "strokeDash": dash, "strokeWidth": 1 if line.style is None else 2}
        ends = [{"x": left, "to": left + 30, "y": down}]
        layers.append(layer("rule", ends, sample, x=at_pixel("x"), x2={"field": "to"}, y=at_pixel("y")))
        texts = [
            {"x": left + 50, "y": down, "text": str(line.number), "align": "right"},
            {"x": left + 56, "y": down, "text": wrapped(names[line.option], WIDTH / 2 - 66, 1)},
        ]
        layers += words(texts[:1], at_pixel("x"), at_pixel("y"), align="right", fontWeight="bold")
        layers += words(texts[1:], at_pixel("x"), at_pixel("y"))
    return layers, rows * _KEY_LINE + 8


def _turns(sweep: WeightSweep) -> str:
    now = percent(sweep.weight.weight)
    turns = [percent(each.at) for each in sweep.weight.crossovers]
    return f"now {now}; " + (f"turns at {named(turns)}" if turns else "never turns")


def _said(found: WeightSweeps, labelled: Sequence[_Line], lines: Sequence[_Line]) -> list[str]:
    said = ["Dashed line and full dot: the weight as it stands; the others keep their proportions."]
    if any(sweep.weight.crossovers for sweep in found.sweeps):
        said.append("Open dots: another option takes the lead.")
    if len(labelled) < len(lines):
        said.append(f"Grey: {counted(len(lines) - len(labelled), 'option')} that never lead.")
    if len(found.sweeps) < found.total:
        left = found.total - len(found.sweeps)
        said.append(f"{counted(left, 'further weight').capitalize()}, which turn later or never, are not drawn.")
    return said


def _alt(found: WeightSweeps) -> str:
    turning = [sweep for sweep in found.sweeps if sweep.weight.crossovers]
    name = found.ranked.dossier.option_name
    said = []
    for sweep in turning[:MOST_SAID]:
        now = sweep.weight.weight
        leads = [
            f"{short(name(each.winner))} leads {'above' if each.at > now else 'below'} {percent(each.at)}"
            for each in sorted(sweep.weight.crossovers, key=lambda each: abs(each.at - now))
        ]
        said.append(f"{short(sweep.weight.name)}, now {percent(sweep.weight.weight)}: {', then '.join(leads)}.")
    rest = len(turning) - len(said)
    more = [f"{counted(rest, 'further weight').capitalize()} change who leads as well."] if rest > 0 else []
    still = len(found.sweeps) - len(turning)
    if still:
        said_still = counted(still, "weight").capitalize()
        more.append(f"{said_still} can be moved from 0 to 100 % and {short(name(found.winner))} stays first.")
    head = f"Lines of the options' scores as one weight goes from 0 to 100 %. {short(name(found.winner))} is first now."
    return " ".join([head, *said, *more])
