"""Where the option gains and where it loses, against its rival and against the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report import cells
from policyopts.report.english import counted
from policyopts.report.markdown_text import Markdown, bullets, joined, say
from policyopts.report.numbers import signed
from policyopts.report.sections.names import lead, name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.comparison import Comparison, Difference

MOST_DIFFERENCES = 3


def comparison(facts: BriefingFacts) -> Markdown:
    """Say where the option gains and where it loses against its rival, and what it adds to the baseline."""
    against = facts.against_rival
    if facts.recommendation.stance == "screened-out":
        return say("{} is not ranked, so that no score can be held against another.", name(facts, facts.subject))
    if against is None:
        return say("There is no other option in the ranking to hold it against.")
    option, other = name(facts, against.option), name(facts, against.other)
    match facts.recommendation.stance:
        case "first":
            opening = say("{} leads {} by {}.", option, other, lead(against.apart))
        case "lower":
            opening = say("{} scores {} less than {}.", option, lead(against.apart), other)
        case _:
            opening = say("{} and {} score the same.", option, other)
    if not against.additive:
        order = "By this method scores do not divide into criteria; the largest differences come first."
        opening = joined([opening, order])
    if not against.gains and not against.losses:
        return joined([opening, "They are alike on every criterion."])
    gains_and_losses = [
        say("**{} gains on** {}", option, _differences(facts, against.gains, against)),
        say("**It loses on** {}", _differences(facts, against.losses, against)),
    ]
    return joined([joined([opening, _beside_baseline(facts)]), bullets(gains_and_losses)], "\n\n")


def _differences(facts: BriefingFacts, differences: Sequence[Difference], against: Comparison) -> Markdown:
    if not differences:
        return say("nothing.")
    said = [_difference(facts, difference, against) for difference in differences[:MOST_DIFFERENCES]]
    rest = differences[MOST_DIFFERENCES:]
    if rest:
        more = f"({signed(sum(difference.amount for difference in rest))})" if against.additive else ""
        said.append(joined([counted(len(rest), "more criterion", "more criteria"), more]))
    return say("{}.", joined(said, "; "))


def _difference(facts: BriefingFacts, difference: Difference, against: Comparison) -> Markdown:
    leaf = facts.dossier.criteria[difference.criterion]
    amount = f" ({signed(difference.amount)})" if against.additive else ""
    ours, theirs = cells.plain(difference.ours, leaf), cells.plain(difference.theirs, leaf)
    return say(f"{{}}, {{}} against {{}}{amount}", facts.dossier.criterion_name(difference.criterion), ours, theirs)


def _beside_baseline(facts: BriefingFacts) -> Markdown:
    against = facts.against_baseline
    if against is None:
        return say("")
    more = "more" if against.apart >= 0 else "less"
    return say("It scores {} {} than the baseline, {}.", lead(against.apart), more, name(facts, against.other))
