"""The one thing that would change the recommendation: an assumption, a frame, a figure within its range, a weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import ended, shortened
from policyopts.report.markdown_text import Markdown, say
from policyopts.report.sections.changes import figure_flip, weight_flip
from policyopts.report.sections.names import come_first, label, overlay, scores

if TYPE_CHECKING:
    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.overlays import Outcome

MOST_WORDS = 30


def turning_point(facts: BriefingFacts) -> Markdown | None:
    """Name what would change the recommendation first; None where the ranking does not bear it out anyway."""
    if facts.recommendation.stance != "first":
        return None
    turning = [
        outcome
        for outcome in facts.outcomes
        if outcome.kind != "perspective" and outcome.winners and facts.subject not in outcome.winners
    ]
    change = _overlay(facts, turning) if turning else _figure(facts) or _weight(facts)
    if change is None and facts.doubts.sensitivity is None:
        return None
    if change is None:
        return say("**What would change it:** no single thing that is near enough to name (section 8).")
    return say("**What would change it:** {}", change)


def _overlay(facts: BriefingFacts, turning: list[Outcome]) -> Markdown:
    def turn(outcome: Outcome) -> tuple[bool, float]:
        own, best = outcome.score(facts.subject), outcome.score(outcome.winners[0])
        return outcome.kind == "assumption", float("inf") if own is None or best is None else best - own

    outcome = max(turning, key=turn)
    then = say("{} ({})", come_first(facts, outcome.winners), scores(facts, outcome))
    if outcome.kind == "frame":
        return say("the frame *{}*, in which {}.", overlay(facts, outcome), then)
    claimed = facts.dossier.assumptions[outcome.id].claim or outcome.id
    said = ended(shortened(claimed, MOST_WORDS))
    return say("*{}* If this assumption ({}) fails, {}.", said, label(facts, outcome.id), then)


def _figure(facts: BriefingFacts) -> Markdown | None:
    """Give the nearest figure that changes it within its range."""
    inside = [each for each in facts.challenges if each.flip is not None and each.flip.in_range]
    nearest = min(inside, key=lambda each: (each.flip and each.flip.share) or 0.0, default=None)
    if nearest is None or nearest.flip is None:
        return None
    return say("{}: then {}.", figure_flip(facts, nearest.flip), come_first(facts, [nearest.option]))


def _weight(facts: BriefingFacts) -> Markdown | None:
    """Give the nearest weight that changes it."""
    flips = [(each.option, each.weight) for each in facts.challenges if each.weight is not None]
    if not flips:
        return None
    option, flip = min(flips, key=lambda pair: abs(pair[1].at - pair[1].moved.weight))
    return say("{}: then {}.", weight_flip(flip), come_first(facts, [option]))
