"""What the recommendation rests on: chances in words, confidence, evidence, and what to find out next."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policyopts.report import cells
from policyopts.report.english import counted, listing, shortened
from policyopts.report.findings import summary
from policyopts.report.markdown_text import Markdown, bullets, code, joined, say
from policyopts.report.numbers import part
from policyopts.report.sections.chances import CONFIDENCES
from policyopts.report.sections.names import annex, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts, CorroborationNeed
    from policyopts.analysis.explanation import CriterionWorking
    from policyopts.analysis.information import Lead

MOST_WORDS = 20
MOST_LEADS = 2


def evidence(facts: BriefingFacts) -> Markdown:
    """Say how sure the figures are, what they rest on, and what to find out next."""
    return bullets([*_figures(facts), *_support(facts), *_to_find_out(facts), _record(facts)])


def _figures(facts: BriefingFacts) -> Iterator[Markdown]:
    """Give the chances in words and, in sentences of their own, the confidence in all figures."""
    for id_ in facts.spoken_for:
        workings = facts.explanations[id_].criteria
        option = name(facts, id_)
        of = say(" ({})", option) if len(facts.spoken_for) > 1 else ""
        chances = [_chance(working) for working in workings if working.id in facts.chances]
        if chances:
            yield say("**Chances under {}:** {}.", option, joined(chances, "; "))
        stated: dict[str | None, list[str]] = defaultdict(list)
        for working in workings:
            stated[working.written.confidence].append(working.name)
        levels: list[tuple[str, list[str]]] = [(level, stated[level]) for level in CONFIDENCES if stated[level]]
        if levels:
            levels += [("not stated", stated[None])] if stated[None] else []
            yield say("**Confidence{}:** {}.", of, joined(_levels(levels), "; "))
        else:
            yield say("**Confidence{}:** the record states none.", of)


def _chance(working: CriterionWorking) -> Markdown:
    """Write a chance with its word first: `Ends the attacks roughly even chance (50 %, 25 to 70)`."""
    figures = ", ".join(
        filter(None, [cells.plain(working.estimate, working.leaf), cells.spread(working.estimate, working.leaf)])
    )
    word = working.likelihood
    if word is None:
        return say("{} {}", working.name, cells.in_full(working.estimate, working.leaf, word))
    return say("{} {} ({})", working.name, word, figures)


def _levels(levels: list[tuple[str, list[str]]]) -> Iterator[Markdown]:
    """Say for which figures each level holds; the last one, of several, for all others."""
    *head, (last, names) = sorted(levels, key=lambda level: len(level[1]))
    for level, those in head:
        yield say("{} for {}", level, listing(those))
    yield say("{} for {}", last, "the rest" if head else "all of them" if len(names) > 1 else names[0])


def _support(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say which figures the lead rests on, and on what evidence."""
    if facts.load_bearing:
        what = "lead" if facts.recommendation.stance == "first" else "case"
        yield say(f"**Its {what} rests on** {{}}.", _resting(facts))


def _resting(facts: BriefingFacts) -> Markdown:
    """Name the figures that the lead rests on, each with its evidence; what holds of all of them is said once."""
    graded = [(working.name, facts.grade(working)) for working in facts.load_bearing]
    if len(graded) > 1 and not any(grade for _, grade in graded):
        none = "neither" if len(graded) == 2 else "none of them"
        return say(f"{{}}, {none} with graded evidence", listing(criterion for criterion, _ in graded))
    return listing(say("{} ({})", criterion, grade or "no graded evidence") for criterion, grade in graded)


def _record(facts: BriefingFacts) -> Markdown:
    """Say how many items of evidence there are, from how many sources, and what the check of the record found."""
    items = facts.dossier.evidence.items
    sources = {item.source for item in items.values() if item.source}
    alone = "; no second source corroborates it" if len(sources) == 1 else ""
    of = counted(len(sources), "source") if sources else "no named source"
    cited = f"{counted(len(items), 'item')} from {of}{alone}" if items else "the record cites none"
    found, accepted = facts.checked.findings, len(facts.checked.accepted)
    still = summary(found) if found else "nothing"
    more = f"{', ' if found else ' but '}{counted(accepted, 'accepted finding')}" if accepted else ""
    return say(f"**Evidence:** {cited}. Check of the record: {still}{more} ({annex('check')}).")


def _to_find_out(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say which figures to find out, and which evidence to corroborate."""
    leads = facts.to_find_out
    said = []
    if leads:
        figures = listing(_lead(facts, lead) for lead in leads[:MOST_LEADS])
        said.append(say("{}; in brackets, their part of what knowing everything would be worth.", figures))
    elif leads is not None:
        said.append(say("no figure would change much if it were known."))
    if facts.to_corroborate:
        opening = "To corroborate first" if said else "to corroborate first"
        said.append(say(f"{opening}: {{}}.", _need(facts, facts.to_corroborate)))
    if said:
        yield say("**What to find out next:** {}", joined(said))


def _lead(facts: BriefingFacts, lead: Lead) -> Markdown:
    """Name what to find out, and its part of what it would be worth to know everything."""
    if lead.kind == "weights":
        return say("the weights themselves ({})", part(lead.share))
    whose = name(facts, lead.option) if lead.kind == "performance" else "all options"
    return say("{} of {} ({})", facts.dossier.criterion_name(lead.criterion), whose, part(lead.share))


def _need(facts: BriefingFacts, need: CorroborationNeed) -> Markdown:
    claimed = facts.dossier.evidence.items[need.item].claim
    said = say("“{}”", shortened(claimed, MOST_WORDS).removesuffix(".")) if claimed else code(need.item)
    resting = f"{counted(need.figures, 'figure')} {'rests' if need.figures == 1 else 'rest'} on it"
    return say(f"{{}} ({need.grade or 'no grade'}; {resting})", said)
