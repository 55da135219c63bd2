"""The scorecard: how good each option is on each criterion, as a filled circle, with the figure behind it."""

from __future__ import annotations

from math import tau
from typing import TYPE_CHECKING, NamedTuple

from policyopts.report import cells
from policyopts.report.english import counted, named
from policyopts.report.figures.canvas import (
    FAINT,
    INK,
    MOST_OPTIONS,
    QUIET,
    WIDTH,
    Figure,
    Margins,
    Spec,
    along,
    at_pixel,
    heads,
    layer,
    names_down,
    picture,
    remarks,
    words,
)
from policyopts.report.figures.lettering import wrapped
from policyopts.report.figures.saying import first_only, of_ranking, short
from policyopts.report.numbers import percent
from policyopts.report.ranking import option_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.ranked import RankedDossier

NAME = "scorecard"
MOST_CRITERIA = 12  # the heaviest
MOST_ACROSS = 6  # options side by side; more of them stand below each other
MOST_WITH_FIGURES = 12
LEFT = 176
NARROWEST = 50  # a column with figures in it
_RADIUS = 8


class _Cell(NamedTuple):
    criterion: str
    option: str
    value: float
    figure: str
    is_best: bool


def draw(ranked: RankedDossier) -> Figure:
    """Draw the values as circles, the more filled the better; options across where there are few, else down."""
    shares = ranked.problem.shares
    heaviest = sorted(ranked.ranking.criteria, key=lambda id_: -shares[id_])[:MOST_CRITERIA]
    criteria = [id_ for id_ in ranked.ranking.criteria if id_ in heaviest]
    options = ranked.options[:MOST_OPTIONS]
    names = {option.id: option_name(option) for option in options}
    titles = {id_: ranked.dossier.criterion_name(id_) for id_ in criteria}
    found = [cell for id_ in criteria for cell in _cells(ranked, id_, list(names))]
    if len(options) <= MOST_ACROSS:
        weights = [percent(shares[id_]) for id_ in criteria]
        rows = [(cell, criteria.index(cell.criterion), list(names).index(cell.option)) for cell in found]
        layers, height, top = _grid(rows, list(titles.values()), list(names.values()), weights, [""] * len(criteria))
    else:
        across = [f"{titles[id_]} {percent(shares[id_])}" for id_ in criteria]
        rows = [(cell, list(names).index(cell.option), criteria.index(cell.criterion)) for cell in found]
        numbers = [str(option.rank) for option in options]
        layers, height, top = _grid(rows, list(names.values()), across, [], numbers)
    said = ["A full circle is the criterion's best anchor, an empty one its worst.", *_bold(found, options)]
    said += first_only(len(options), len(ranked.options))
    said += first_only(len(criteria), len(ranked.ranking.criteria), "criteria, the heaviest,")
    small, room = remarks(said, Margins(LEFT), height)
    title = of_ranking("How good each option is on each criterion", ranked)
    spec = picture(height, Margins(LEFT, top, 0, room + 6), [*layers, *small])
    return Figure(NAME, title, _alt(found, titles, names), spec)


def _cells(ranked: RankedDossier, criterion: str, options: Sequence[str]) -> Iterator[_Cell]:
    matrix, leaf = ranked.ranking.matrix, ranked.dossier.criteria[criterion]
    column = matrix.criteria.index(criterion)
    values = [float(matrix.scaled[matrix.options.index(option), column]) for option in options]
    best, alike = max(values), min(values) == max(values)
    for option, value in zip(options, values, strict=True):
        figure = cells.plain(ranked.view.estimate(option, criterion), leaf)
        yield _Cell(criterion, option, min(max(value, 0.0), 1.0), figure, value == best and not alike)


def _grid(
    found: Sequence[tuple[_Cell, int, int]],
    down: Sequence[str],
    across: Sequence[str],
    beside: Sequence[str],
    numbers: Sequence[str],
) -> tuple[list[Spec], float, float]:
    """Lay the cells out in rows and columns; give the layers, the height, and the room above."""
    step = Margins(LEFT).plot / len(across)
    figures = step >= NARROWEST and len(down) <= MOST_WITH_FIGURES
    line = 40 if figures else 25
    height = len(down) * line
    y = along("row", len(down) - 0.5, -0.5)
    x = at_pixel("x")
    lift = -7 if figures else 0
    circles: list[Spec] = [
        {"row": row, "x": (column + 0.5) * step, "empty": 0, "full": round(tau * cell.value, 4)}
        for cell, row, column in found
    ]
    texts: list[Spec] = [
        {
            "row": row,
            "x": (column + 0.5) * step,
            "text": wrapped(cell.figure, step - 2, 1),
            "weight": "bold" if cell.is_best else "normal",
        }
        for cell, row, column in found
    ]
    outline = {"shape": "circle", "size": 4 * _RADIUS**2, "fill": "white", "stroke": INK, "strokeWidth": 1}
    outline |= {"opacity": 1, "yOffset": lift}
    outer, angle = {"outerRadius": _RADIUS, "yOffset": lift}, {"type": "quantitative", "scale": None, "stack": None}
    weights = [{"row": row, "x": -12, "text": said} for row, said in enumerate(beside)]
    top, room = heads(across, step)
    lines = [{"row": row + 0.5, "x": -LEFT, "to": WIDTH - LEFT} for row in range(len(down) - 1)]
    width = LEFT - (44 if beside else 8)
    layers = [
        layer("rule", lines, {"color": FAINT}, x=x, x2={"field": "to"}, y=y),
        layer("point", circles, outline, x=x, y=y),
        layer("arc", [row for row in circles if row["full"]], {**outer, "color": INK}, x=x, y=y,
              theta={"field": "empty", **angle}, theta2={"field": "full"}),
        *names_down([(row, numbers[row], name) for row, name in enumerate(down)], y, LEFT, width),
        *words(weights, x, y, align="right", color=QUIET),
        *top,
    ]  # fmt: skip
    if figures:
        for weight in ("normal", "bold"):
            some = [row for row in texts if row["weight"] == weight]
            layers += words(some, x, y, align="center", fontWeight=weight, dy=11)
    return layers, height, room


def _bold(found: Sequence[_Cell], options: Sequence[object]) -> list[str]:
    drawn = any(cell.is_best for cell in found) and len(options) <= MOST_WITH_FIGURES
    return ["The best figure on a criterion is bold."] if drawn else []


def _alt(found: Sequence[_Cell], titles: dict[str, str], names: dict[str, str]) -> str:
    size = f"{counted(len(names), 'option')} on {counted(len(titles), 'criterion', 'criteria')}"
    best = {
        id_: [short(titles[cell.criterion]) for cell in found if cell.option == id_ and cell.is_best] for id_ in names
    }
    said = [f"{short(names[option])} is best on {named(on)}" for option, on in best.items() if on]
    none = [short(names[option]) for option, on in best.items() if not on]
    if none and said:
        who = named(none) if len(none) <= MOST_ACROSS else counted(len(none), "option")
        said = [*said[:MOST_WITH_FIGURES], f"{who} {'is' if len(none) == 1 else 'are'} best on none"]
    return f"How good {size} are, from worst to best anchor. {'; '.join(said) or 'All are alike'}."
