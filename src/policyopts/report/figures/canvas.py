"""What every figure is drawn on: a picture of one width, its letters, its colours, and the marks put on it.

A figure is a plain dict of Vega-Lite. Its parts stand where they are put: nothing hangs on the fonts of the machine, so
that the same facts give the same picture everywhere. Texts from records are data in it, never expressions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from policyopts.report.bars import PALETTE
from policyopts.report.figures.lettering import LINE, SIZE, lines_of, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Spec: TypeAlias = "dict[str, Any]"

WIDTH = 605  # pixels: 16 cm at 96 to the inch, the width of a page's text
MOST_OPTIONS = 30  # in one picture: of more, the first are drawn, and the picture says so

INK = "#1a1a1a"
QUIET = "#595959"  # still read on white by everybody
PALE = "#a6a6a6"
FAINT = "#e3e3e3"
BAND = "#d4d4d4"
ACCENT = "#0072b2"
WARNING = "#d55e00"

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_CONFIG: Spec = {
    "aria": False,  # the whole has one description; a thousand marks read out one by one would help nobody
    "font": _FONT,
    "view": {"stroke": None},
    "text": {"fontSize": SIZE, "color": INK, "lineBreak": "\n", "lineHeight": LINE, "baseline": "middle"},
    "axis": {
        "labelFontSize": SIZE, "labelColor": QUIET, "labelFont": _FONT, "titleFont": _FONT, "titleFontSize": SIZE,
        "titleFontWeight": "normal", "titleColor": QUIET, "domainColor": PALE, "tickColor": PALE, "gridColor": FAINT,
    },
}  # fmt: skip
_TITLE_SIZE = 15
_TITLE_LINE = 18

LINES = ("#0072b2", "#d55e00", "#009e73", "#882255", "#b07800", "#332288", "#56b4e9", "#cc79a7")
DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3), (5, 5), (12, 3))
"""How lines are broken, so that they are told apart without their colours."""


@dataclass(frozen=True)
class Figure:
    """A picture: `spec` is its description in Vega-Lite, `alt` says in words what it shows."""

    name: str
    title: str
    alt: str
    spec: Spec


@dataclass(frozen=True)
class Margins:
    """The room around the plot, in pixels."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0

    @property
    def plot(self) -> float:
        """How wide that leaves the plot."""
        return WIDTH - self.left - self.right


def picture(height: float, margins: Margins, layers: Iterable[Spec]) -> Spec:
    """Put layers together into a picture of the one width; the first is at the bottom."""
    return {
        "$schema": _SCHEMA,
        "width": margins.plot,
        "height": height,
        "autosize": "none",
        "padding": {
            "left": margins.left, "top": margins.top, "right": margins.right, "bottom": margins.bottom,
        },
        "background": "white",
        "config": _CONFIG,
        "layer": list(layers),
    }  # fmt: skip


def titled(figure: Figure) -> Figure:
    """Write a figure's title above it, for a picture that stands alone."""
    spec, padding = figure.spec, figure.spec["padding"]
    title = wrapped(figure.title, WIDTH, lines=3, size=_TITLE_SIZE * 1.06)  # bold letters are wider
    room = lines_of([title]) * _TITLE_LINE + 12
    at = {"x": -padding["left"], "y": -padding["top"] - room + _TITLE_LINE / 2 + 2, "text": title}
    mark = {"fontSize": _TITLE_SIZE, "fontWeight": "bold", "lineHeight": _TITLE_LINE, "dy": 0}
    above = padding | {"top": padding["top"] + room}
    return replace(figure, spec=spec | {"padding": above, "layer": [*spec["layer"], *note([at], **mark)]})


def layer(mark: str, rows: Iterable[Spec], look: Spec | None = None, **encoding: object) -> Spec:
    """Draw one mark for each row of data."""
    return {"data": {"values": list(rows)}, "mark": {"type": mark, **(look or {})}, "encoding": encoding}


def along(field: str, start: float, stop: float, **more: object) -> Spec:
    """Place marks by a figure, on a scale between two ends; without an axis, unless one is asked for."""
    domain = {"domain": [start, stop], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": domain, "stack": None, "axis": None, **more}


def at_pixel(field: str) -> Spec:
    """Place marks by pixels from the plot's upper left corner."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def own(field: str = "colour") -> Spec:
    """Take a colour, or a text, as it stands in the data."""
    return {"field": field, "type": "nominal", "scale": None}


def words(rows: Iterable[Spec], x: Spec, y: Spec, **look: object) -> list[Spec]:
    """Write texts, those of several lines as blocks around their place; or above it, where they stand on a bottom."""
    by_lines: dict[int, list[Spec]] = {}
    for row in rows:
        by_lines.setdefault(row["text"].count("\n"), []).append(row)
    part = 1.0 if look.get("baseline") == "bottom" else 0.5
    said = {"field": "text", "type": "nominal"}
    return [
        layer("text", some, {"align": "left", "dy": -more * LINE * part, **look}, x=x, y=y, text=said)
        for more, some in sorted(by_lines.items())
    ]


def note(rows: Iterable[Spec], **look: object) -> list[Spec]:
    """Write texts at pixels from the plot's upper left corner."""
    return words(rows, at_pixel("x"), at_pixel("y"), **look)


def remarks(sentences: Sequence[str], margins: Margins, top: float) -> tuple[list[Spec], float]:
    """Write small print below a picture, from a height down; give the layers, and the room that it takes."""
    if not sentences:
        return [], 0.0
    said = wrapped(" ".join(sentences), WIDTH, lines=8)
    row = {"x": -margins.left, "y": top + LINE, "text": said}
    return note([row], color=QUIET, dy=0), lines_of([said]) * LINE + LINE


def names_down(
    rows: Sequence[tuple[int, str, str]], y: Spec, left: float, width: float, *, bold: frozenset[int] = frozenset()
) -> list[Spec]:
    """Write row names (place, number, name) to the left of the plot, the number before the name."""
    layers: list[Spec] = []
    edge = max((width_of(number) for _, number, _ in rows), default=0.0)
    indent = edge + 7 if edge else 0.0
    for weight in ("normal", "bold"):
        chosen = [row for row in rows if (row[0] in bold) == (weight == "bold")]
        numbers = [{"row": place, "x": edge - left, "text": number} for place, number, _ in chosen if number]
        names = [
            {"row": place, "x": indent - left, "text": wrapped(name, (width - indent) * (0.94 if bold else 1))}
            for place, _, name in chosen
        ]
        layers += words(numbers, at_pixel("x"), y, align="right", fontWeight=weight)
        layers += words(names, at_pixel("x"), y, fontWeight=weight)
    return layers


def heads(labels: Sequence[str], step: float) -> tuple[list[Spec], float]:
    """Write names above columns, upright where there is no room; give the layers, and the room that they take."""
    across = [wrapped(label, step - 6, lines=4) for label in labels]
    if all(not _is_broken(name) for name in across):
        rows = [{"x": (place + 0.5) * step, "y": -6, "text": name} for place, name in enumerate(across)]
        return note(rows, align="center", baseline="bottom"), lines_of(across) * LINE + 10
    names = [wrapped(label, 130, lines=2 if step >= 2 * LINE else 1) for label in labels]
    rows = [{"x": (place + 0.5) * step, "y": -6, "text": name} for place, name in enumerate(names)]
    return note(rows, angle=270), max(map(width_of, "\n".join(names).split("\n"))) + 12


def cells_down(rows: Sequence[tuple[float, str, str]], y: Spec, left: float, width: float) -> list[Spec]:
    """Name figures (place, criterion, option) to the left of the plot: the criterion, and below it the option."""
    layers: list[Spec] = []
    for part, shift, ink in ((1, -6.5, INK), (2, 6.5, QUIET)):
        names = [{"row": row[0], "x": -left, "text": wrapped(str(row[part]), width, 1)} for row in rows]
        layers += words(names, at_pixel("x"), y, color=ink, dy=shift)
    return layers


def _is_broken(name: str) -> bool:
    return "…" in name


def colour(place: int) -> tuple[str, str]:
    """Give a colour, and the ink that is read on it."""
    return PALETTE[place % len(PALETTE)]


def line_colour(place: int) -> str:
    """Give a colour that a thin line is seen in on white."""
    return LINES[place % len(LINES)]
