"""What each score is made of: a bar an option, in pieces by criterion."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from policyopts.report.bars import letter
from policyopts.report.english import counted, named
from policyopts.report.figures.canvas import (
    INK,
    MOST_OPTIONS,
    PALE,
    WIDTH,
    Figure,
    Margins,
    Spec,
    along,
    at_pixel,
    colour,
    layer,
    names_down,
    note,
    own,
    picture,
    remarks,
    words,
)
from policyopts.report.figures.lettering import wrapped
from policyopts.report.figures.saying import first_only, of_ranking, short
from policyopts.report.numbers import percent, score
from policyopts.report.ranking import option_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.ranked import RankedDossier, RankedOption

NAME = "contributions"
LEFT, RIGHT = 176, 50
MOST_SAID = 5
_KEY_LINE = 17


def draw(ranked: RankedDossier) -> Figure:
    """Draw the scores as bars, in pieces where the method adds them up from criteria."""
    options = ranked.options[:MOST_OPTIONS]
    bars = [list(_pieces(option)) for option in options]
    ends = [end for bar in bars for piece in bar for end in (piece["from"], piece["to"])]
    low, high = min(0.0, *ends), max(0.0, *ends)
    step = 30 if len(options) <= 12 else 26
    height = len(options) * step
    x = along("from", low, high if high > low else low + 1)
    y = along("row", len(options) - 0.5, -0.5)
    wide = Margins(LEFT, 4, RIGHT).plot / ((high - low) or 1)
    rows = [{"row": row, **piece} for row, bar in enumerate(bars) for piece in bar]
    lettered = [row for row in rows if abs(row["to"] - row["from"]) * wide >= 10]
    key, key_room = _key(ranked, height + 12) if ranked.segments and options[0].parts else ([], 0.0)
    said = [*first_only(len(options), len(ranked.options)), *_caution(options)]
    small, small_room = remarks(said, Margins(LEFT), height + key_room)
    bar = {"stroke": "white", "strokeWidth": 1, "height": step * 0.64}
    layers = [
        layer("bar", rows, bar, x=x, x2={"field": "to"}, y=y, color=own()),
        *words(
            [row | {"text": row["letter"]} for row in lettered], along("middle", low, x["scale"]["domain"][1]), y,
            align="center", color={"expr": "datum.ink"},
        ),
        layer("rule", [{"at": 0}], {"color": INK}, x=along("at", low, x["scale"]["domain"][1])),
        *names_down(
            [(row, rank, option_name(options[row])) for row, rank in enumerate(_ranks(options))],
            y, LEFT, LEFT - 8, bold=frozenset(row for row, option in enumerate(options) if option.rank == 1),
        ),
        *words(
            [{"row": row, "x": WIDTH - LEFT - 2, "text": score(option.score)} for row, option in enumerate(options)],
            at_pixel("x"), y, align="right", fontWeight="bold",
        ),
        *key,
        *small,
    ]  # fmt: skip
    margins = Margins(LEFT, 4, RIGHT, key_room + small_room + 8)
    title = of_ranking("What each score is made of" if options[0].parts else "The scores", ranked)
    return Figure(NAME, title, _alt(ranked, options), picture(height, margins, layers))


def _pieces(option: RankedOption) -> Iterator[Spec]:
    """Put an option's parts side by side: what adds to the right of nothing, what takes away to the left."""
    if option.parts is None:
        yield {"from": 0.0, "to": option.score, "middle": 0.0, "letter": "", "colour": PALE, "ink": INK}
        return
    for sign in (1, -1):
        parts = [max(sign * part, 0.0) * sign for part in option.parts]
        for place, (part, end) in enumerate(zip(parts, accumulate(parts), strict=True)):
            if part:
                ground, ink = colour(place)
                ends = {"from": end - part, "to": end, "middle": end - part / 2}
                yield {**ends, "letter": letter(place), "colour": ground, "ink": ink}


def _ranks(options: Sequence[RankedOption]) -> list[str]:
    held = Counter(option.rank for option in options)
    return [f"{option.rank}{'=' if held[option.rank] > 1 else ''}" for option in options]


def _key(ranked: RankedDossier, top: float) -> tuple[list[Spec], float]:
    """Say which criterion each letter stands for."""
    lines = -(-len(ranked.segments) // 2)
    rows = []
    for place, segment in enumerate(ranked.segments):
        ground, ink = colour(place)
        left, down = place // lines * WIDTH / 2 - LEFT, top + (place % lines + 0.5) * _KEY_LINE
        weight = percent(segment.weight)
        name = f"{wrapped(segment.name, WIDTH / 2 - 70, 1)}  {weight}"
        rows.append({"x": left, "y": down, "letter": letter(place), "colour": ground, "ink": ink, "text": name})
    x, y = at_pixel("x"), at_pixel("y")
    swatch = {"size": 196, "opacity": 1, "xOffset": 7}
    return [
        layer("square", rows, swatch, x=x, y=y, color=own()),
        *words(
            [row | {"text": row["letter"]} for row in rows], x, y,
            align="center", dx=7, color={"expr": "datum.ink"},
        ),
        *note(rows, dx=20),
    ], lines * _KEY_LINE + 12  # fmt: skip


def _caution(options: Sequence[RankedOption]) -> list[str]:
    parts = [part for option in options for part in option.parts or ()]
    if options[0].parts is None:
        return ["By this method scores do not divide into criteria."]
    return ["Pieces to the left of the line take away from the score."] if min(parts) < 0 else []


def _alt(ranked: RankedDossier, options: Sequence[RankedOption]) -> str:
    said = "; ".join(_option_alt(ranked, option) for option in options[:MOST_SAID])
    rest = options[MOST_SAID:]
    more = f"; then {counted(len(rest), 'more option')}, down to {score(rest[-1].score)}" if rest else ""
    kind = "each bar divided into what each criterion adds" if options[0].parts else "a bar each"
    return f"The scores of {counted(len(ranked.options), 'option')} in rank order, {kind}: {said}{more}."


def _option_alt(ranked: RankedDossier, option: RankedOption) -> str:
    said = f"{short(option.name)} {score(option.score)}"
    if option.parts is None or option.rank > 2:
        return said
    largest = sorted(zip(option.parts, ranked.segments, strict=True), key=lambda pair: -pair[0])[:3]
    return f"{said}, most of it from {named([f'{short(segment.name)} ({score(part)})' for part, segment in largest])}"
