"""The ranking: each option's score with its interval, its chance to come first, and what the score is made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policyopts.engine.methods import METHODS
from policyopts.report.bars import letter, text_bar
from policyopts.report.english import counted, listing
from policyopts.report.markdown_text import Markdown, code, joined, say, table
from policyopts.report.numbers import part, score
from policyopts.report.sections.names import name, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.ranked import RankedOption
    from policyopts.report.sections.footnotes import Footnotes

BAR_WIDTH = 24
MOST_PAIRS = 4


def ranking(facts: BriefingFacts, notes: Footnotes) -> Markdown:
    """Show the ranking; options that are too close to order share a span of ranks."""
    ranked = facts.ranked
    full = ranked.fullest
    drawn = facts.doubts.drawn is not None
    ranks = dict(_ranks(facts))
    rows = []
    for option in facts.options:
        row: list[object] = [ranks[option.id], option.name, score(option.score)]
        row += _chance(facts, option) if drawn else []
        rows.append([*row, code(text_bar(option.parts or (), full, BAR_WIDTH))] if full else row)
    varied = [say("5 to 95 %{}", notes.drawn()), "First"] if drawn else []
    head = [
        "Rank",
        "Option",
        say("Score{}", notes.scores()),
        *varied,
        *(["Made of the criteria" if bar_letters(facts) else "Made of"] if full else []),
    ]
    numbers = [0, 2, *([3, 4] if drawn else [])]
    said = joined([_scale(facts), _pieces(facts), *_too_close(facts), _dominated(facts)])
    return joined([table(head, rows, numbers=numbers), said], "\n\n")


def _chance(facts: BriefingFacts, option: RankedOption) -> list[object]:
    chance = facts.chance(option.id)
    return ["", ""] if chance is None else [f"{score(chance.low)} to {score(chance.high)}", part(chance.first)]


def _ranks(facts: BriefingFacts) -> Iterator[tuple[str, str]]:
    """Write each option's rank: `1`, `1=` of several with one score, `4–5` of those that are too close to order."""
    held = Counter(option.rank for option in facts.ranked.options)
    for option in facts.options:
        ranks = [other.rank for other in facts.options if other.id in facts.band(option.id)]
        if len(set(ranks)) > 1:
            yield option.id, f"{min(ranks)}–{max(ranks) + ranks.count(max(ranks)) - 1}"
        else:
            yield option.id, f"{option.rank}{'=' if held[option.rank] > 1 else ''}"


def _too_close(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say which options share a rank, and which are too close to be put in an order."""
    held = Counter(option.rank for option in facts.ranked.options)
    if max(held.values()) > 1:
        yield say("Options marked = have the same score.")
    rank = {option.id: option.rank for option in facts.options}
    bands = [band for band in facts.bands if len({rank[id_] for id_ in band}) > 1]
    if bands:
        beats = "each beats each other one" if max(map(len, bands)) > 2 else "either beats the other"
        often = f"{beats} in 40 to 60 % of the samples"
        groups = joined((named(facts, band) for band in bands), "; ")
        if len(bands) == 1:
            yield say(f"{{}} are too close to order: {often}.", groups)
        else:
            yield say(f"Too close to order, as {often}: {{}}.", groups)


def bar_letters(facts: BriefingFacts) -> dict[str, str]:
    """Give the criteria their letters in the bars, where bars are drawn and each piece is a criterion."""
    if not facts.ranked.fullest:
        return {}
    pieces = {segment.id: letter(place) for place, segment in enumerate(facts.ranked.segments)}
    return pieces if set(facts.criteria) == set(pieces) else {}


def _pieces(facts: BriefingFacts) -> Markdown:
    """Say what the letters stand for, where the scorecard does not."""
    if not facts.ranked.fullest or bar_letters(facts):
        return say("")
    pieces = (say("{} {}", code(letter(place)), segment.name) for place, segment in enumerate(facts.ranked.segments))
    return say("Pieces: {}.", joined(pieces, " · "))


def _dominated(facts: BriefingFacts) -> Markdown:
    pairs = [say("{} by {}", name(facts, id_), name(facts, better)) for id_, better in facts.dominated.items()]
    if not pairs:
        return say("")
    more = len(pairs) - MOST_PAIRS
    pairs = [*pairs[:MOST_PAIRS], say(counted(more, "other"))] if more > 1 else pairs
    return say("Dominated, that is, another option is at least as good on every criterion: {}.", listing(pairs))


def _scale(facts: BriefingFacts) -> Markdown:
    if full_scale(facts):
        return say("")
    title = METHODS[facts.ranked.ranking.method].title
    return say("Ranked by the method {}; the higher the score, the better.", title)


def full_scale(facts: BriefingFacts) -> bool:
    """Tell whether scores are weighted values, which run from 0 to 1."""
    ranking = facts.ranked.ranking
    return ranking.method == "weighted-sum" and ranking.parameters["normalisation"] == "value"
