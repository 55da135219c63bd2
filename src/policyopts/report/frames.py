"""The ranking in each frame as JSON, CSV and Markdown, and the sentences that go with it in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report import overlays
from policyopts.report.data import as_json
from policyopts.report.english import capital, named, number
from policyopts.report.numbers import part, score
from policyopts.report.overlays import Reading, names_of
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.frames import Frames

NOTHING = 1e-9  # a regret within the rounding of scores that tie
RULES: Mapping[str, str] = {
    "minimax-regret": "Regret",
    "maximin": "Worst",
    "maximax": "Best",
    "hurwicz": "Hurwicz",
    "laplace": "Mean",
    "expected-value": "Expected",
}
"""The decision rules in the order in which they are shown, each with the head of its column."""
WORDS: Mapping[str, str] = {
    "minimax-regret": "minimax regret",
    "maximin": "maximin",
    "maximax": "maximax",
    "hurwicz": "Hurwicz's rule (α = {:g})",
    "laplace": "Laplace's rule",
    "expected-value": "the expected score",
}


def readings(frames: Frames) -> tuple[Reading, ...]:
    """Give the ranking as it stands and those of the frames, each by its name and chance."""
    records = frames.base.dossier.frames
    said = []
    for outcome in frames.outcomes:
        frame = records[outcome.id]
        chance = "" if frame.chance is None else f" (chance {part(frame.chance)})"
        said.append(Reading(f"{frame.name or outcome.id}{chance}", outcome))
    return overlays.side_by_side(frames.base, said)


def to_json(frames: Frames) -> str:
    """Write the rankings as `policyopts.frames/1`."""
    records = frames.base.dossier.frames
    return as_json(
        {
            "format": "policyopts.frames/1",
            **overlays.heading(frames.base),
            "frames": [
                {
                    "id": outcome.id,
                    "name": records[outcome.id].name or outcome.id,
                    "question": records[outcome.id].question,
                    "chance": records[outcome.id].chance,
                    **overlays.ranking_data(outcome),
                }
                for outcome in frames.outcomes
            ],
            "agreement": {"kendall_w": frames.kendall_w},
            "regret": _regret(frames),
            "findings": overlays.findings_data(frames.base),
        }
    )


def _regret(frames: Frames) -> dict[str, object] | None:
    rules = frames.rules
    if rules is None:
        return None
    figures = figures_of(frames)
    return {
        "states": [state or "as-it-stands" for state in frames.states],
        "hurwicz_alpha": frames.alpha,
        "options": [
            {
                "id": option,
                "regrets": rules.regrets[row].tolist(),
                **{rule.replace("-", "_"): numbers[row] for rule, numbers in figures.items()},
            }
            for row, option in enumerate(frames.options)
        ],
        "chosen": chosen(frames),
    }


def to_csv(frames: Frames) -> str:
    """Write one row an option in each frame."""
    return overlays.to_csv(frames.base, readings(frames))


def to_markdown(frames: Frames) -> str:
    """Write the rankings as a Markdown table, and what the decision rules say as another."""
    lines = list(overlays.table_lines(frames.base, readings(frames), "the frames"))
    if frames.rules is not None:
        figures = figures_of(frames)
        lines += ["", f"| Option | {' | '.join(RULES[rule] for rule in figures)} |", "|---|" + "---:|" * len(figures)]
        for row, name in enumerate(names_of(frames.base, frames.options)):
            lines.append(f"| {markdown(name)} | {' | '.join(rule_cells(frames, row))} |")
    lines += [line for sentence in notes(frames) for line in ("", markdown(sentence))]
    return "\n".join(lines) + "\n"


def figures_of(frames: Frames) -> dict[str, list[float]]:
    """Give the figures of each decision rule that can be applied, by option."""
    rules = frames.rules
    assert rules is not None  # noqa: S101 - asked only where there are some
    found = {
        "minimax-regret": rules.largest_regret,
        "maximin": rules.worst,
        "maximax": rules.best,
        "hurwicz": rules.hurwicz,
        "laplace": rules.laplace,
        "expected-value": rules.expected,
    }
    return {name: numbers.tolist() for name, numbers in found.items() if numbers is not None}


def chosen(frames: Frames) -> dict[str, list[str]]:
    """Name the options that each decision rule chooses."""
    if frames.rules is None:
        return {}
    return {
        rule: [option for option, best in zip(frames.options, choice, strict=True) if best]
        for rule, choice in frames.rules.chosen.items()
    }


def rule_cells(frames: Frames, row: int) -> list[str]:
    """Write an option's figures under the decision rules, the best of each rule with an asterisk."""
    best = chosen(frames)
    return [
        score(numbers[row]) + ("*" if frames.options[row] in best[rule] else "")
        for rule, numbers in figures_of(frames).items()
    ]


def notes(frames: Frames, *, below_table: bool = True) -> Iterator[str]:
    """Say who comes first in which frame, what the rules choose, what to beware of, and what a table's dashes mean."""
    yield from _firsts(frames)
    yield from (overlays.troubles if below_table else overlays.unranked)(readings(frames))
    if frames.kendall_w is not None:
        yield f"Agreement of the rankings (Kendall's W): {frames.kendall_w:.2f}, where 1 is the same order in all."
    yield from _choices(frames)
    if frames.rules is not None and frames.base.ranking.method not in {"weighted-sum", "spotis"}:
        yield (
            f"Scores of {frames.base.ranking.method} are measured against the options present, in each frame anew: "
            "take regrets as a rough guide."
        )


def _firsts(frames: Frames) -> Iterator[str]:
    now = tuple(option.id for option in frames.base.winners)
    ranked = [reading for reading in readings(frames)[1:] if reading.outcome.ranked is not None]
    other = [reading for reading in ranked if reading.outcome.winners != now]
    who = named(names_of(frames.base, now))
    if not ranked:
        yield f"{who} {_come(now)} first as it stands."
        return
    if not other:
        every = "the one frame" if len(ranked) == 1 else f"all {number(len(ranked))} frames"
        yield f"{who} {_come(now)} first as it stands and in {every}."
        return
    kept = len(ranked) - len(other)
    shared = [reading for reading in other if set(now) < set(reading.outcome.winners)]
    alone = " alone" if shared else ""
    also = f" and{alone} in {number(kept)} of {number(len(ranked))} frames" if kept else f", and in no frame{alone}"
    yield f"{who} {_come(now)} first as it stands{also}."
    for reading in other:
        winners = reading.outcome.winners
        first = "share the first place" if reading in shared else f"{_come(winners)} first"
        yield flowing(f"{reading.title}: {named(names_of(frames.base, winners))} {first}.")


def _come(winners: tuple[str, ...]) -> str:
    return "comes" if len(winners) == 1 else "come"


def _choices(frames: Frames) -> Iterator[str]:
    if frames.rules is None:
        yield "No decision rules: they need two options that are ranked in every frame."
        return
    by_choice: dict[tuple[str, ...], list[str]] = {}
    for rule, options in chosen(frames).items():
        by_choice.setdefault(tuple(options), []).append(WORDS[rule].format(frames.alpha))
    for winners, rules in sorted(by_choice.items(), key=lambda pair: -len(pair[1])):
        names = named(names_of(frames.base, winners))
        every = "Every rule chooses" if len(by_choice) == 1 else f"{capital(named(rules))} {_choose(rules)}"
        yield f"{every} {names}."
    yield from _least_regret(frames)


def _least_regret(frames: Frames) -> Iterator[str]:
    safest = chosen(frames)["minimax-regret"]
    least = min(figures_of(frames)["minimax-regret"])
    over = "the frames" if "" not in frames.states else "the frames and the dossier as it stands"
    if least > NOTHING:
        how = f"never {'falls' if len(safest) == 1 else 'fall'} more than {score(least)} behind"
    else:
        how = f"{'is' if len(safest) == 1 else 'are'} never behind"
    yield f"Over {over}, {named(names_of(frames.base, safest))} {how}."
    states = [reading for reading in readings(frames) if reading.outcome.id in frames.states]
    by_states: dict[tuple[str, ...], list[str]] = {}
    for option in frames.left_out:
        without = tuple(flowing(reading.title) for reading in states if reading.outcome.rank(option) is None)
        by_states.setdefault(without, []).append(option)
    for titles, options in by_states.items():
        yield f"The rules leave out {named(names_of(frames.base, options))}, not ranked in {named(titles)}."


def _choose(rules: list[str]) -> str:
    return "chooses" if len(rules) == 1 else "choose"
