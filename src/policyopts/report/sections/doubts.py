"""What would change the recommendation, challenger by challenger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.engine.methods import METHODS
from policyopts.report.english import capital, counted, listing, number, out_of
from policyopts.report.markdown_text import Markdown, bullets, joined, say
from policyopts.report.numbers import percent
from policyopts.report.sections.changes import figure_flip, weight_flip
from policyopts.report.sections.names import annex, come_first, label, name, named, overlay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.challenges import Challenge
    from policyopts.report.sections.footnotes import Footnotes

MOST_CHALLENGERS = 5
MOST_NAMED = 4
LEAST_MOVED = 0.0005
NEAR = 0.3  # of a scale: a figure that would have to move further than this, and out of its range, is in the annex


def challenges(facts: BriefingFacts, notes: Footnotes) -> Markdown:
    """Say of every challenger which weight, figure, failed assumption, frame, view or method puts it first."""
    if len(facts.ranked.options) == 1 and not facts.outcomes:
        return say("There is no other option in the ranking that could come first.")
    ways = {each.option: list(_ways(facts, each)) for each in facts.challenges}
    holding = sorted((each for each in facts.challenges if ways[each.option]), key=lambda each: _first(facts, each))
    opening = [say("As the record stands, {}.", come_first(facts, [option.id for option in facts.ranked.winners]))]
    opening = opening if facts.recommendation.stance in {"lower", "screened-out"} else []
    opening += [say("Each change alone puts the option first:{}", notes.moved())] if holding else []
    lines = bullets(_challenge(facts, each, ways[each.option]) for each in holding[:MOST_CHALLENGERS])
    return joined([joined(opening), lines, joined(_rest(facts, holding))], "\n\n")


def _first(facts: BriefingFacts, challenge: Challenge) -> float:
    """Give what sorts the challengers that come first most often before others."""
    chance = facts.chance(challenge.option)
    return 0.0 if chance is None else -chance.first


def _challenge(facts: BriefingFacts, challenge: Challenge, ways: list[Markdown]) -> Markdown:
    who = say("**{}**{}", name(facts, challenge.option), _sharing(facts, challenge))
    return say("{}: {}.", who, joined(ways, "; "))


def _sharing(facts: BriefingFacts, challenge: Challenge) -> Markdown:
    """Say with whom it shares the place wherever it gets there, if that is so."""
    others = {id_ for outcome in challenge.outcomes for id_ in outcome.winners} - {challenge.option}
    alone = challenge.weight or challenge.flip or challenge.methods
    always = all(len(outcome.winners) > 1 for outcome in challenge.outcomes)
    return say(" (with {})", named(facts, sorted(others))) if others and always and not alone else say("")


def _ways(facts: BriefingFacts, challenge: Challenge) -> Iterator[Markdown]:
    """Give a challenger's ways to the first place, the nearest of each kind."""
    if challenge.weight is not None:
        yield weight_flip(challenge.weight)
    change = challenge.change
    if change is not None and change.weights is not None:
        now = facts.ranked.ranking.weights.tolist()
        moved = sum(abs(after - before) for after, before in zip(change.weights.values(), now, strict=True)) / 2
        yield say("{} of all weight moved", percent(moved) if moved >= LEAST_MOVED else "less than 0.1 %")
    flip = challenge.flip
    if flip is not None and (flip.in_range or (flip.share or 0.0) <= NEAR):
        yield figure_flip(facts, flip)
    by_kind: dict[str, list[Markdown]] = {"assumption": [], "frame": [], "perspective": []}
    for outcome in challenge.outcomes:
        is_claim = outcome.kind == "assumption"
        by_kind[outcome.kind].append(say(label(facts, outcome.id)) if is_claim else overlay(facts, outcome))
    if by_kind["assumption"]:
        yield say("if {} fails", _few(by_kind["assumption"], "or"))
    if by_kind["frame"]:
        yield say(f"the frame{'s' if len(by_kind['frame']) > 1 else ''} {{}}", _few(by_kind["frame"]))
    if by_kind["perspective"]:
        yield say("the view of {}", _few(by_kind["perspective"], "and of"))
    if challenge.methods:
        yield say("by {}", _few([METHODS[method].title for method in challenge.methods]))


def _few(names: Sequence[object], last: str = "and") -> Markdown:
    """List some names; of many the first, and count the others."""
    more = len(names) - MOST_NAMED
    return listing([*names[:MOST_NAMED], counted(more, "other")] if more > 1 else names, last)


def _rest(facts: BriefingFacts, holding: list[Challenge]) -> Iterator[Markdown]:
    """Say what nothing puts first, what the methods say, what all assumptions failing does, and what was not tried."""
    more = holding[MOST_CHALLENGERS:]
    if more:
        others = capital(counted(len(more), "more option is", "more options are"))
        yield say(f"{others} put first by something that was tried ({annex('robustness')}).")
    told = {each.option for each in holding}
    never = [each.option for each in facts.challenges if each.is_empty]
    hardly = [each.option for each in facts.challenges if not each.is_empty and each.option not in told]
    if never:
        yield say("Nothing that was tried puts {} first.", named(facts, never, last="or"))
    if hardly:
        yield say(f"Only far-off figures put {{}} first ({annex('robustness')}).", named(facts, hardly))
    if not facts.challenges and (facts.outcomes or facts.doubts.sensitivity):
        yield say("Nothing that was tried changes who comes first.")
    yield from _by_method(facts)
    yield from _all_failed(facts)
    for outcome in facts.outcomes:
        if outcome.ranked is None:
            which = overlay(facts, outcome)
            yield say("Nothing can be ranked under this {}: {} ({}).", outcome.kind, which, outcome.trouble)
    yield from _untried(facts)


def _by_method(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say how many of the methods agree on the first place."""
    winners = {option.id for option in facts.ranked.winners}
    firsts = [set(first) for _, first in facts.firsts]
    if len(firsts) < 2 or len(facts.ranked.options) < 2:
        return
    agreeing = out_of(firsts.count(winners), len(firsts), "methods")
    yield say(f"By {agreeing} {{}} ({annex('robustness')}).", come_first(facts, sorted(winners)))


def _all_failed(facts: BriefingFacts) -> Iterator[Markdown]:
    if facts.all_failed and facts.all_failed.winners:
        count = len(facts.dossier.assumptions)
        every = "both" if count == 2 else f"all {number(count)}"
        yield say(f"With {every} assumptions failed, {{}}.", come_first(facts, facts.all_failed.winners))


def _untried(facts: BriefingFacts) -> Iterator[Markdown]:
    if not facts.outcomes:
        yield say("The record has no frames, perspectives or key assumptions to try it on.")
    found = facts.doubts.sensitivity
    if found is None:
        yield say("Weights and figures were not moved: {}.", facts.doubts.not_searched)
    else:
        for reason in found.left_out:
            yield say("Figures were not moved: {}.", reason)
