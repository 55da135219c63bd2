"""Bump charts: the options' ranks side by side under several readings, a line for each option."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.report.english import counted, named
from policyopts.report.figures.canvas import (
    BAND,
    DASHES,
    FAINT,
    MOST_OPTIONS,
    PALE,
    Margins,
    Spec,
    along,
    heads,
    layer,
    line_colour,
    names_down,
    own,
    picture,
    remarks,
    words,
)
from policyopts.report.figures.saying import first_only, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_SAID = 6
_NAMES = 170
_RADIUS = 8.5


class Column(NamedTuple):
    """A ranking: what it is called, and the rank of each option in it."""

    title: str
    ranks: Mapping[str, int]

    @property
    def winners(self) -> list[str]:
        """The options that share rank 1."""
        return [option for option, rank in self.ranks.items() if rank == 1]


class _Node(NamedTuple):
    option: str
    column: int
    slot: int  # from 0 down; options that tie stand one below the other


def bump_chart(columns: Sequence[Column], names: Mapping[str, str], troubles: Sequence[str] = ()) -> Spec:
    """Draw each option's way through the rankings; `names` holds the options in the order of the first.

    Each carries its number in that order; those that come first somewhere are drawn in colours, each with a line
    broken in its own way. `troubles` are said below: readings under which nothing can be ranked.
    """
    options = list(names)[:MOST_OPTIONS]
    numbers = {option: str(place) for place, option in enumerate(options, start=1)}
    leaders = [option for option in options if any(option in column.winners for column in columns)]
    nodes = [node for place, column in enumerate(columns) for node in _nodes(place, column, options)]
    deepest = max((node.slot for node in nodes), default=0)
    line = 30 if deepest < 12 else 26
    height = (deepest + 1) * line
    left, right = _NAMES, 26
    step = Margins(left, 0, right).plot / len(columns)
    top, room = heads([column.title for column in columns], step)
    x, y = along("column", -0.5, len(columns) - 0.5), along("row", deepest + 0.5, -0.5)
    small, small_room = remarks([*_said(nodes, columns, names), *troubles], Margins(left), height)
    grid = [{"row": row} for row in range(deepest + 1)]
    start = [(node.slot, "", names[node.option]) for node in nodes if node.column == 0]
    layers = [
        layer("rule", grid, {"color": FAINT}, y=y, x={"value": 0}, x2={"value": step * len(columns)}),
        *_ties(nodes, columns, x, y),
        *_ways(nodes, [option for option in options if option not in leaders], x, y, {"color": PALE, "strokeWidth": 1}),
        *(
            each
            for style, option in enumerate(leaders)
            for each in _ways(nodes, [option], x, y, {
                "color": line_colour(style), "strokeWidth": 2.5, "strokeDash": list(DASHES[style % len(DASHES)])
            })
        ),
        *_circles(nodes, leaders, numbers, x, y),
        *names_down(start, y, left, left - 6),
        *top,
        *small,
    ]  # fmt: skip
    return picture(height, Margins(left, room, right, small_room + 6), layers)


def _nodes(place: int, column: Column, options: Sequence[str]) -> Iterator[_Node]:
    """Put the options that are drawn in the order of a ranking; those that tie as they stand in the first one."""
    present = sorted((option for option in options if option in column.ranks), key=lambda each: column.ranks[each])
    for slot, option in enumerate(present):
        yield _Node(option, place, slot)


def _ways(nodes: Sequence[_Node], options: Sequence[str], x: Spec, y: Spec, look: Spec) -> Iterator[Spec]:
    """Draw the lines of some options, each broken where it is not ranked."""
    rows = []
    for option in options:
        stops = [node for node in nodes if node.option == option]
        rows += [
            {"way": f"{option} {stop.column - place}", "column": stop.column, "row": stop.slot}
            for place, stop in enumerate(stops)
        ]
    if rows:
        yield layer("line", rows, look, x=x, y=y, detail={"field": "way", "type": "nominal"})


def _ties(nodes: Sequence[_Node], columns: Sequence[Column], x: Spec, y: Spec) -> Iterator[Spec]:
    """Join the options that share a rank by a grey band."""
    rows = []
    for place, column in enumerate(columns):
        slots: dict[int, list[int]] = {}
        for node in nodes:
            if node.column == place:
                slots.setdefault(column.ranks[node.option], []).append(node.slot)
        rows += [{"column": place, "row": min(tied), "to": max(tied)} for tied in slots.values() if len(tied) > 1]
    if rows:
        look = {"color": BAND, "strokeWidth": 2 * _RADIUS + 7, "strokeCap": "round"}
        yield layer("rule", rows, look, x=x, y=y, y2={"field": "to"})


def _circles(
    nodes: Sequence[_Node], leaders: Sequence[str], numbers: Mapping[str, str], x: Spec, y: Spec
) -> Iterator[Spec]:
    rows = [
        {
            "column": node.column,
            "row": node.slot,
            "text": numbers[node.option],
            "colour": line_colour(leaders.index(node.option)) if node.option in leaders else PALE,
        }
        for node in nodes
    ]
    size = {"size": 4 * _RADIUS**2, "shape": "circle", "fill": "white", "strokeWidth": 2, "opacity": 1}
    yield layer("point", rows, size, x=x, y=y, stroke=own())
    yield from words(rows, x, y, align="center", fontWeight="bold")


def _said(nodes: Sequence[_Node], columns: Sequence[Column], names: Mapping[str, str]) -> list[str]:
    said = ["From the first rank down; each option carries its number in the first column."]
    said.append("Coloured: those that come first somewhere, alone or with others.")
    if any(len(set(column.ranks.values())) < len(column.ranks) for column in columns):
        said.append("A grey band joins options that tie.")
    late = [option for option in dict.fromkeys(node.option for node in nodes) if option not in columns[0].ranks]
    said += [f"{list(names).index(option) + 1}: {names[option]}, not ranked in the first column." for option in late]
    return said + first_only(min(len(names), MOST_OPTIONS), len(names))


def bump_words(columns: Sequence[Column], names: Mapping[str, str], what: str) -> str:
    """Say who comes first under which readings; `what` is what the readings are, such as 'frames'."""
    by_winners: dict[tuple[str, ...], list[str]] = {}
    for column in columns:
        by_winners.setdefault(tuple(column.winners), []).append(column.title)
    said = []
    for winners, titles in sorted(by_winners.items(), key=lambda item: -len(item[1]))[:MOST_SAID]:
        who = named([short(names[option]) for option in winners[:MOST_SAID]])
        verb = "comes first" if len(winners) == 1 else "share the first place"
        few = len(titles) <= MOST_SAID
        where = named([short(title) for title in titles]) if few else f"{len(titles)} of {len(columns)}"
        said.append(f"{who} {verb} ({where})")
    return f"The ranks of {counted(len(names), 'option')} side by side under {what}. {'; '.join(said)}."
