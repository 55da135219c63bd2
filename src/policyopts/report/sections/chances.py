"""How an option's chance to come first, and confidence, are put into words; never both in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import listing
from policyopts.report.markdown_text import Markdown, say
from policyopts.report.numbers import part
from policyopts.report.sections.names import name

if TYPE_CHECKING:
    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.model.options import Confidence

CONFIDENCES: tuple[Confidence, ...] = ("low", "moderate", "high")


def chance_to_lead(facts: BriefingFacts) -> Markdown:
    """Say how often what the briefing speaks for comes first: `likely (73 %) that it comes first when …`."""
    options = facts.spoken_for
    shares = [(option, chance.first) for option in options if (chance := facts.chance(option))]
    vary = "when weights and figures vary"
    if len(shares) > 1:
        each = listing(say("to {} in {}", name(facts, option), part(share)) for option, share in shares)
        return say(f"the first place goes {{}} of the samples {vary}", each)
    word = facts.dossier.lexicon.word(100 * shares[0][1], facts.lexicon_row)
    if word is None:
        return say(f"in {part(shares[0][1])} of the samples it comes first {vary}")
    return say(f"{word} ({part(shares[0][1])}) that it comes first {vary}")
