"""What would change the recommendation, and what it rests on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policyopts.report import cells
from policyopts.report.english import counted, listing, number
from policyopts.report.findings import summary
from policyopts.report.markdown_text import Markdown, bullets, code, joined, say
from policyopts.report.sections.names import come_first, name, named, overlay, scores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts, Challenge, CorroborationNeed

CONFIDENCES = ("low", "moderate", "high")


def challenges(facts: BriefingFacts) -> Markdown:
    """Say which frame, perspective or failed assumption puts another option first."""
    unknown = "Robustness: not assessed. How far weights and figures can move before another option leads is not known"
    if not facts.outcomes:
        return say(f"{unknown}, and the record has no frames, perspectives or key assumptions to try it on.")
    opening = say(f"{unknown}; the record's own frames, perspectives and assumptions were tried one at a time.")
    if facts.recommendation.stance in {"lower", "screened-out"}:
        winners = [option.id for option in facts.ranked.winners]
        opening = say("{} As the record stands, {}.", opening, come_first(facts, winners))
    if facts.challenges:
        opening = say("{} In brackets: the best score there, against that of {}.", opening, name(facts, facts.subject))
    changes = bullets(_challenge(facts, challenge) for challenge in facts.challenges)
    return joined([opening, changes, joined(_rest(facts))], "\n\n")


def _challenge(facts: BriefingFacts, challenge: Challenge) -> Markdown:
    """Say under which overlays options come first, with the score there and that of the option briefed for."""
    under = list(_conditions(facts, challenge))
    opening = come_first(facts, challenge.options, "**{}**")
    if len(under) == 1:
        return say("{} {}.", opening, under[0])
    return joined([opening, *(say("  - {}", condition) for condition in under)], "\n")


def _conditions(facts: BriefingFacts, challenge: Challenge) -> Iterator[Markdown]:
    """Give each failed assumption a line, the frames one together, and the perspectives."""
    met: dict[str, list[Markdown]] = {"assumption": [], "frame": [], "perspective": []}
    for outcome in challenge.outcomes:
        met[outcome.kind].append(say("{} ({})", overlay(facts, outcome), scores(facts, outcome)))
    for which in met["assumption"]:
        yield say("if this assumption fails: {}", which)
    if met["frame"]:
        yield say(f"in the frame{'s' if len(met['frame']) > 1 else ''} {{}}", listing(met["frame"]))
    if met["perspective"]:
        yield say("in the view of {}", listing(met["perspective"], "and of"))


def _rest(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say which options nothing puts first, what comes of all assumptions failing, and what cannot be ranked."""
    winners = {option.id for option in facts.ranked.winners}
    raised = {id_ for challenge in facts.challenges for id_ in challenge.options}
    never = [option.id for option in facts.options if option.id not in winners | raised]
    if not raised:
        yield say("None of them changes who comes first.")
    elif never:
        yield say("None of them puts {} first.", named(facts, never))
    if facts.all_failed and facts.all_failed.winners:
        count = len(facts.dossier.assumptions)
        every = "both" if count == 2 else f"all {number(count)}"
        yield say(f"With {every} assumptions failed at once, {{}}.", come_first(facts, facts.all_failed.winners))
    for outcome in facts.outcomes:
        if outcome.ranked is None:
            which = overlay(facts, outcome)
            yield say("Nothing can be ranked under this {}: {} ({}).", outcome.kind, which, outcome.trouble)


def evidence(facts: BriefingFacts) -> Markdown:
    """Say how sure the figures are, what they rest on, and what to find out next."""
    return bullets([*_figures(facts), *_support(facts), _record_check(facts)])


def _figures(facts: BriefingFacts) -> Iterator[Markdown]:
    """Give the chances in words and, in sentences of their own, the confidence in all figures."""
    for id_ in facts.recommendation.options:
        if id_ not in facts.explanations:
            continue
        workings = facts.explanations[id_].criteria
        option = name(facts, id_)
        chances = [
            say("{} {}", working.name, cells.in_full(working.estimate, working.leaf, working.likelihood))
            for working in workings
            if working.id in facts.chances
        ]
        if chances:
            yield say("**Chances under {}:** {}.", option, joined(chances, "; "))
        stated: dict[str | None, list[str]] = defaultdict(list)
        for working in workings:
            stated[working.written.confidence].append(working.name)
        levels = [say("{} for {}", level, listing(stated[level])) for level in CONFIDENCES if stated[level]]
        if levels:
            unstated = len(stated[None])
            levels += [say("not stated for {}", counted(unstated, "figure"))] if unstated else []
            yield say("**Confidence in the figures of {}:** {}.", option, joined(levels, "; "))
        else:
            yield say("**Confidence in the figures of {}:** the record states none.", option)


def _support(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say which figures the lead rests on, on what evidence, and what to corroborate first."""
    if facts.load_bearing:
        resting = [
            say("{} ({})", working.name, facts.grade(working) or "no graded evidence") for working in facts.load_bearing
        ]
        what = f"the {'lead' if facts.recommendation.stance == 'first' else 'case'} of"
        sentence = f"**What {what} {{}} rests on,** the weakest evidence first: {{}}."
        yield say(sentence, name(facts, facts.subject), joined(resting, ", "))
    items = facts.dossier.evidence.items
    sources = {item.source for item in items.values() if item.source}
    if not items:
        yield say("**Evidence:** the record cites none.")
        return
    alone = "; no second source corroborates it" if len(sources) == 1 else ""
    count = counted(len(items), "item")
    yield say(f"**Evidence:** {count} from {counted(len(sources), 'source') if sources else 'no named source'}{alone}.")
    if facts.to_corroborate:
        yield say("**To corroborate first:** {}.", _need(facts, facts.to_corroborate))


def _need(facts: BriefingFacts, need: CorroborationNeed) -> Markdown:
    claimed = facts.dossier.evidence.items[need.item].claim
    said = say("“{}”", claimed.strip().removesuffix(".")) if claimed else code(need.item)
    resting = f"{counted(need.figures, 'figure')} of the option {'rests' if need.figures == 1 else 'rest'} on it"
    return say(f"{{}} ({need.grade or 'no grade'}; {resting})", said)


def _record_check(facts: BriefingFacts) -> Markdown:
    found, accepted = facts.checked.findings, len(facts.checked.accepted)
    still = summary(found) if found else "nothing found"
    more = f"{', ' if found else ' but '}{counted(accepted, 'finding')} that the authors accept" if accepted else ""
    return say(f"**Check of the record:** {still}{more} (annex G).")
