"""Weight sweeps: what every option scores as one weight goes from nothing to all, and where another takes the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import counted
from policyopts.report.figures.canvas import Figure, Margins, picture, remarks
from policyopts.report.figures.saying import leads_now, of_ranking, short
from policyopts.report.figures.sweep_panels import FEW, LEFT, Line, key, names_beside, panel_layers, panels
from policyopts.report.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.weight_sweeps import WeightSweep, WeightSweeps

NAME = "weight-sweep"
MOST_SAID = 4


def draw(found: WeightSweeps) -> Figure:
    """Draw a panel for each weight, those that another option is nearest to taking the lead at first."""
    lines = list(_lines(found))
    scores = [value for sweep in found.sweeps for line in lines for value in sweep.scores[line.option]]
    low, high = min(scores), max(scores)
    room = (high - low) * 0.06 or 0.5
    alone = len(found.sweeps) == 1
    boxes, height = panels(len(found.sweeps), low - room, high + room)
    layers = [
        one
        for place, (sweep, panel) in enumerate(zip(found.sweeps, boxes, strict=True))
        for one in panel_layers(sweep, panel, _of_panel(sweep, lines, found.winner), found.winner, first=place % 3 == 0)
    ]
    names = {line.option: found.ranked.dossier.option_name(line.option) for line in lines}
    labelled = [line for line in lines if line.style is not None or len(lines) <= FEW]
    if alone:
        layers += names_beside(found.sweeps[0], boxes[0], labelled, names)
        key_room = 0.0
    else:
        legend, key_room = key(labelled, names, height + 4)
        layers += legend
    margins = Margins(LEFT)
    small, small_room = remarks(_said(found, labelled, lines), margins, height + key_room)
    spec = picture(height, Margins(LEFT, 4, 0, key_room + small_room + 6), [*layers, *small])
    spec["resolve"] = {"scale": {"x": "independent", "y": "independent"}}
    return Figure(NAME, of_ranking("What the options score as one weight is moved", found.ranked), _alt(found), spec)


def _lines(found: WeightSweeps) -> Iterator[Line]:
    leaders = dict.fromkeys(
        [found.winner, *(each.winner for sweep in found.sweeps for each in sweep.weight.crossovers)]
    )
    styles = {option: style for style, option in enumerate(leaders)}
    for option, place in found.options.items():
        yield Line(option, place, styles.get(option))


def _of_panel(sweep: WeightSweep, lines: Sequence[Line], winner: str) -> list[Line]:
    """Of many options, bring out those alone that lead somewhere in a panel."""
    leaders = {winner, *(each.winner for each in sweep.weight.crossovers)}
    many = len(lines) > FEW
    return [line._replace(style=None) if many and line.option not in leaders else line for line in lines]


def _said(found: WeightSweeps, labelled: Sequence[Line], lines: Sequence[Line]) -> list[str]:
    said = ["Dashed line and full dot: the weight as it stands; the others keep their proportions."]
    if any(sweep.weight.crossovers for sweep in found.sweeps):
        said.append("Open dots: another option takes the lead.")
    if len(labelled) < len(lines):
        said.append("Grey: options that lead nowhere in a panel.")
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
    head = "Lines of the options' scores as one weight goes from 0 to 100 %."
    return " ".join([head, leads_now(found.ranked, found.winner), *said, *more])
