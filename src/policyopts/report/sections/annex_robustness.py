"""Annex: how firm the first place is: samples, moved weights and figures, and the methods side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.engine.methods import METHODS
from policyopts.report import robustness_words, sensitivity
from policyopts.report.english import ended
from policyopts.report.markdown_text import Markdown, joined, say, table
from policyopts.report.numbers import part, score
from policyopts.report.sections.names import named
from policyopts.report.sections.scorecard import columns

if TYPE_CHECKING:
    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.robust_ranking import RobustRanking
    from policyopts.analysis.sensitivity import Sensitivity

MOST_RANKS = 6


def robustness(facts: BriefingFacts) -> Markdown:
    """Give what was drawn, moved and compared, each with its tables."""
    drawn, found = facts.doubts.drawn, facts.doubts.sensitivity
    said = [
        _drawn(facts, drawn) if drawn else say("Nothing was drawn: {}.", facts.doubts.not_drawn),
        _moved(facts, found) if found else say("Weights and figures were not moved: {}.", facts.doubts.not_searched),
        _methods(facts),
    ]
    return joined(said, "\n\n")


def _drawn(facts: BriefingFacts, drawn: RobustRanking) -> Markdown:
    """Give the share of samples in which each option takes each rank, and beats each other one."""
    found = drawn.found
    places = [found.options.index(option.id) for option in facts.options]
    ranks = min(MOST_RANKS, len(found.options))
    rows = [
        [
            option.name,
            *(part(float(share)) for share in found.rank_acceptability[row][:ranks]),
            f"{100 * float(found.standard_error[row]):.2f}",
            *(score(figure) for figure in found.score_percentiles[row].tolist()),
        ]
        for option, row in zip(facts.options, places, strict=True)
    ]
    head = ["Option", *(f"Rank {rank}" for rank in range(1, ranks + 1)), "± (of rank 1)", "5 %", "Median", "95 %"]
    opening = say("{} {}", f"{found.samples:,} samples, seed {found.seed}.", robustness_words.drawn(drawn))
    shares = table(head, rows, numbers=range(1, len(head)))
    band = "Two options are called too close to order where each beats the other in 40 to 60 % of the samples, and so "
    band += "does each of them with every option between them."
    return joined([opening, shares, say("How often the option of the row beats that of the column. {}", band),
                   *_wins(facts, drawn)], "\n\n")  # fmt: skip


def _wins(facts: BriefingFacts, drawn: RobustRanking) -> list[Markdown]:
    if len(facts.options) < 2:
        return []
    return [
        table(
            ["", *(option.name for option in shown)],
            [
                [
                    option.name,
                    *("" if option.id == other.id else part(drawn.beats(option.id, other.id)) for other in shown),
                ]
                for option in facts.options
            ],
            numbers=range(1, len(shown) + 1),
        )
        for shown in columns(facts.options)
    ]


def _moved(facts: BriefingFacts, found: Sensitivity) -> Markdown:
    """Give the weights with the ranges on which nothing changes, the smallest changes, and the nearest figures."""
    flips = [flip for flip in found.flips if flip.flips_at is not None][: 2 * sensitivity.MOST_FLIPS]
    effects = found.effects[: sensitivity.MOST_EFFECTS]
    tables = (
        (sensitivity.WEIGHT_HEADS, [sensitivity.weight_cells(found, moved) for moved in found.weights]),
        (sensitivity.CHALLENGER_HEADS, [sensitivity.challenger_cells(found, each) for each in found.challengers]),
        (sensitivity.FLIP_HEADS, [sensitivity.flip_cells(found, flip) for flip in flips]),
        (sensitivity.EFFECT_HEADS, [sensitivity.effect_cells(found, each) for each in effects]),
    )
    notes = joined(say("{}", ended(note)) for note in sensitivity.notes(found))
    return joined([notes, *(table(head, rows) for head, rows in tables if rows)], "\n\n")


def _methods(facts: BriefingFacts) -> Markdown:
    """Set what comes first by each method side by side, and say which methods cannot take the figures."""
    if not facts.firsts:
        return say("The methods were not compared: {}.", facts.doubts.not_searched)
    rows = [[METHODS[method].title, named(facts, first)] for method, first in facts.firsts]
    refusals = [say("{} cannot take the figures: {}", METHODS[each.method].title, ended(each.reason))
                for each in facts.doubts.refusals]  # fmt: skip
    return joined([table(["Method", "First"], rows), joined(refusals)], "\n\n")
