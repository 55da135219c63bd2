"""What would change who is first as JSON, CSV and Markdown, and the sentences that go with it in every form."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from policyopts.model.estimates import amount, figure
from policyopts.report.data import as_csv, as_json, finding_data
from policyopts.report.english import named, number
from policyopts.report.numbers import percent, performance, rounded_percent, score, signed, span
from policyopts.report.ranking import circumstances
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policyopts.analysis.sensitivity import Challenger, Flip, MovedWeight, RangeEffect, Sensitivity

MOST_FLIPS = 8
MOST_EFFECTS = 8
MOST_MOVED = 3  # weights of a change that are named, the largest changes first
SMALL = 5e-4  # of the whole: a weight that changes by less is not named
NOTHING = 1e-9  # of the whole: within the rounding of figures that tie
MOST_TOLD = 10  # times the differences between the scores: more says no more than that they are small
MOST_DIGITS = 9

WEIGHT_HEADS = ("Weight", "Now", "Effective", "Stays first", "Otherwise")
CHALLENGER_HEADS = ("Option", "Moved", "How")
FLIP_HEADS = ("Figure", "Now", "Flips at", "Then first")
EFFECT_HEADS = ("Figure", "Range", "Lead at low", "At high")


def to_json(found: Sensitivity) -> str:
    """Write the sensitivity as `policyopts.sensitivity/1`."""
    ranked = found.ranked
    return as_json(
        {
            "format": "policyopts.sensitivity/1",
            "dossier": {"title": ranked.dossier.title, "digest": ranked.dossier.digest},
            "method": ranked.ranking.method,
            "parameters": dict(ranked.ranking.parameters),
            "exact": found.exact,
            "winner": found.winner,
            "weights": [
                {
                    "criterion": moved.id,
                    "group": moved.is_group,
                    "weight": moved.weight,
                    "effective_weight": moved.effective,
                    "stable_from": moved.stable_from,
                    "stable_to": moved.stable_to,
                    "crossovers": [{"at": each.at, "winner": each.winner} for each in moved.crossovers],
                }
                for moved in found.weights
            ],
            "distance": found.distance,
            "challengers": [
                {
                    "id": challenger.id,
                    "distance": challenger.distance,
                    "weights": None if challenger.weights is None else dict(challenger.weights),
                    "behind": challenger.behind,
                }
                for challenger in found.challengers
            ],
            "scores": [
                {
                    "option": flip.option,
                    "criterion": flip.criterion,
                    "flips_at": flip.flips_at,
                    "winner": flip.winner,
                    "in_range": flip.in_range,
                }
                for flip in found.flips
            ],
            "tornado": [
                {
                    "option": effect.option,
                    "criterion": effect.criterion,
                    "low": effect.estimate.low,
                    "high": effect.estimate.high,
                    "lead_at_low": effect.at_low,
                    "lead_at_high": effect.at_high,
                }
                for effect in found.effects
            ],
            "left_out": list(found.left_out),
            "findings": [finding_data(finding) for finding in ranked.findings],
        }
    )


def to_csv(found: Sensitivity) -> str:
    """Write a row for each weight, challenger, performance and range; cells that do not apply are empty."""
    rows: list[Sequence[object]] = []
    for moved in found.weights:
        beyond = "; ".join(f"{each.at!r}: {each.winner}" for each in moved.crossovers)
        rows.append(["weight", None, moved.id, moved.weight, moved.stable_from, moved.stable_to, None, beyond])
    rows += (["challenger", each.id, None, None, None, None, each.distance, None] for each in found.challengers)
    for flip in found.flips:
        now = flip.estimate.value
        rows.append(["score", flip.option, flip.criterion, now, flip.flips_at, flip.flips_at, None, flip.winner])
    for effect in found.effects:
        rows.append(["range", effect.option, effect.criterion, None, effect.at_low, effect.at_high, None, None])
    return as_csv(["kind", "option", "criterion", "now", "from", "to", "distance", "winner"], rows)


def to_markdown(found: Sensitivity) -> str:
    """Write the sensitivity as Markdown: a table for each question."""
    lines = [f"# {markdown(found.ranked.dossier.title)}: what would change the ranking", ""]
    lines += [markdown(circumstances(found.ranked)), ""]
    lines += [line for sentence in notes(found) for line in (markdown(sentence), "")]
    tables = (
        ("Weights", WEIGHT_HEADS, (weight_cells(found, moved) for moved in found.weights)),
        ("All weights together", CHALLENGER_HEADS, (challenger_cells(found, each) for each in found.challengers)),
        ("Figures", FLIP_HEADS, (flip_cells(found, flip) for flip in shown_flips(found))),
        ("Ranges", EFFECT_HEADS, (effect_cells(found, effect) for effect in found.effects[:MOST_EFFECTS])),
    )
    for title, heads, rows in tables:
        lines += [f"## {title}", "", *_table(heads, rows), ""]
    return "\n".join(lines[:-1]) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for row in rows:
        yield f"| {' | '.join(map(markdown, row))} |"


def weight_cells(found: Sensitivity, moved: MovedWeight) -> tuple[str, ...]:
    """Write a weight's row: its name, where it stands, what it decides, where nothing changes, and who is next."""
    effective = "" if moved.effective is None else _effective(moved.effective)
    within = "always" if not moved.crossovers else f"{_end(moved.stable_from)} to {_end(moved.stable_to)}"
    said = [f"below: {_name(found, moved.below[0].winner)}"] if moved.below else []
    said += [f"above: {_name(found, moved.above[0].winner)}"] if moved.above else []
    return flowing(moved.name), percent(moved.weight), effective, within, "; ".join(said)


def challenger_cells(found: Sensitivity, challenger: Challenger) -> tuple[str, ...]:
    """Write a challenger's row: its name, how much of the weight moves, and from where to where."""
    if challenger.weights is None:
        behind = score(challenger.behind) if challenger.behind >= SMALL else "less than 0.001"
        never = f"no weights put it first: it stays {behind} behind" + (
            " at least" if challenger.behind >= SMALL else ""
        )
        return flowing(challenger.name), "", never if found.exact else "no single weight puts it first"
    now = dict(zip(found.ranked.ranking.criteria, found.ranked.ranking.weights.tolist(), strict=True))
    changes = {id_: weight - now[id_] for id_, weight in challenger.weights.items()}
    if max(map(abs, changes.values())) <= NOTHING:
        return flowing(challenger.name), "none", "shares the first place as it is"
    least = min(SMALL, max(map(abs, changes.values())) / 10)
    largest = sorted((id_ for id_ in changes if abs(changes[id_]) > least), key=lambda id_: -abs(changes[id_]))
    said = [
        f"{flowing(found.ranked.dossier.criterion_name(id_))} {_change(now[id_], challenger.weights[id_])}"
        for id_ in largest[:MOST_MOVED]
    ]
    if len(largest) > MOST_MOVED:
        said.append(f"{number(len(largest) - MOST_MOVED)} more")
    moved = sum(abs(change) for change in changes.values()) / 2
    return flowing(challenger.name), percent(moved) if moved >= SMALL else "< 0.1 %", ", ".join(said)


def shown_flips(found: Sensitivity) -> list[Flip]:
    """Give the nearest flips."""
    return [flip for flip in found.flips if flip.flips_at is not None][:MOST_FLIPS]


def flip_cells(found: Sensitivity, flip: Flip) -> tuple[str, ...]:
    """Write a performance's row: whose it is, what it is, where the first place changes, and to whom."""
    leaf = found.ranked.dossier.criteria[flip.criterion]
    at = "" if flip.flips_at is None else _amount(flip.flips_at, leaf.unit, flip.estimate.value)
    inside = " (in its range)" if flip.in_range else ""
    then = "" if flip.winner is None else _name(found, flip.winner)
    return _cell_name(found, flip.option, flip.criterion), performance(flip.estimate, leaf.unit), f"{at}{inside}", then


def effect_cells(found: Sensitivity, effect: RangeEffect) -> tuple[str, ...]:
    """Write a range's row: whose it is, from where to where, and the first option's lead at either end."""
    leaf = found.ranked.dossier.criteria[effect.criterion]
    ends = amount(span(effect.estimate), leaf.unit)
    name = _cell_name(found, effect.option, effect.criterion)
    return name, ends, _lead(effect.at_low), _lead(effect.at_high)


def notes(found: Sensitivity) -> Iterator[str]:
    """Say how far ahead the first option is, and the least that would change it, of each kind."""
    winner = _name(found, found.winner)
    if len(found.ranked.options) == 1:
        yield f"{winner} is the only option ranked: nothing can change who is first."
        return
    if len(found.ranked.winners) > 1:
        names = named([flowing(option.name) for option in found.ranked.winners])
        yield f"{names} share the first place: the least change decides. {winner} is looked at as the first."
    yield from _nearest_weight(found)
    yield from _nearest_change(found)
    yield from _nearest_flip(found)
    if any(moved.effective is not None for moved in found.weights):
        yield (
            "Effective is the share of the differences between the scores that a criterion makes: one below 0 % evens "
            "out what the others make."
        )
    if not found.exact:
        yield (
            f"Scores of {found.ranked.ranking.method} are not linear in the weights: changes were searched for, and "
            "one that is undone within a small step may have been overlooked."
        )
    for reason in found.left_out:
        yield flowing(f"Left out: {reason}.")


def _nearest_weight(found: Sensitivity) -> Iterator[str]:
    winner = _name(found, found.winner)
    crossings = [
        (abs(each.at - moved.weight), way, moved, each)
        for moved in found.weights
        for way, met in (("falls", moved.below[:1]), ("rises", moved.above[:1]))
        for each in met
    ]
    if not crossings:
        yield f"No single weight, whatever it is, takes the first place from {winner}."
        return
    distance, way, moved, crossover = min(crossings, key=lambda crossing: crossing[0])
    how = (
        f": {_change(moved.weight, crossover.at)}"
        if distance > NOTHING
        else f", however little, from {percent(moved.weight)}"
    )
    yield (
        f"The nearest change of one weight: {_name(found, crossover.winner)} comes first where {flowing(moved.name)} "
        f"{way}{how}."
    )


def _nearest_change(found: Sensitivity) -> Iterator[str]:
    possible = [each for each in found.challengers if each.weights is not None]
    if not found.exact:
        return
    if not possible:
        yield "No weights at all put another of these options first."
        return
    nearest = min(possible, key=lambda each: each.distance or 0.0)
    _, moved, how = challenger_cells(found, nearest)
    if (nearest.distance or 0.0) > NOTHING:
        yield f"Of all weights together, {moved} must move to put {flowing(nearest.name)} first: {how}."
    never = [flowing(each.name) for each in found.challengers if each.weights is None]
    if never:
        yield f"No weights put {named(never)} first."


def _nearest_flip(found: Sensitivity) -> Iterator[str]:
    inside = [flip for flip in found.flips if flip.in_range]
    for flip in inside[:MOST_MOVED]:
        name, _, at, then = flip_cells(found, flip)
        at = at.removesuffix(" (in its range)")
        yield f"One figure alone can change it within its stated range: {name} at {at}, then {then} comes first."
    if not inside and found.flips:
        looked_at = len(found.challengers) + 1
        of = "" if looked_at == len(found.ranked.options) else f" of the first {looked_at} options"
        yield f"No figure{of} alone changes it within its stated range."


def _change(before: float, after: float) -> str:
    """Write two shares that differ, with as many digits as show it."""
    if percent(before) != percent(after):
        return f"{percent(before)} → {percent(after)}"
    digits = 1
    while digits < 6 and f"{before:.{digits}%}" == f"{after:.{digits}%}":
        digits += 1
    return f"{before:.{digits}%} → {after:.{digits}%}".replace("%", " %")


def _end(share: float) -> str:
    return percent(share) if 0 < share < 1 else f"{share * 100:g} %"


def _name(found: Sensitivity, option: str) -> str:
    return flowing(found.ranked.dossier.option_name(option))


def _cell_name(found: Sensitivity, option: str, criterion: str) -> str:
    return f"{_name(found, option)}: {flowing(found.ranked.dossier.criterion_name(criterion))}"


def _effective(share: float) -> str:
    """Write a share of the differences between the scores; where these are next to none, shares have no bounds."""
    if abs(share) >= MOST_TOLD:
        return f"{'> ' if share > 0 else '< −'}{MOST_TOLD:.0%}".replace("%", " %")
    return rounded_percent(share)


def _amount(number: float, unit: str, now: float | None = None) -> str:
    """Write a figure in its unit, with three digits, or as many as tell it from the one that stands."""
    digits = 3
    while now is not None and digits < MOST_DIGITS and float(f"{number:.{digits}g}") == float(f"{now:.{digits}g}"):
        digits += 1
    digits = 3 if digits == MOST_DIGITS else digits  # they are the same
    return amount(figure(float(f"{number:.{digits}g}")), unit)


def _lead(ahead: float) -> str:
    """Write a lead with its sign, and with as many digits as tell it from none."""
    if abs(ahead) >= SMALL or abs(ahead) <= NOTHING:
        return signed(ahead)
    return f"{ahead:+.{-floor(log10(abs(ahead)))}f}".replace("-", "−")
