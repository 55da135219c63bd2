"""What is taken for granted, who sees it otherwise, and what happens next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.model.estimates import figure
from policyopts.report.english import counted, day, ended, listing, of_all, ordinal
from policyopts.report.markdown_text import Markdown, bullets, joined, numbered, quotation, say
from policyopts.report.numbers import percent
from policyopts.report.sections.names import claim, name, named, overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.overlays import Outcome
    from policyopts.model.options import OptionRecord


def assumptions(facts: BriefingFacts) -> Markdown:
    """List the assumptions that the first place turns on, with their signposts, and what can go wrong."""
    before = {option.id for option in facts.ranked.winners}
    failing = [outcome for outcome in facts.outcomes if outcome.kind == "assumption"]
    turning = [outcome for outcome in failing if set(outcome.winners) != before]
    said = [_how_many(len(turning), len(failing)), bullets(_assumption(facts, outcome.id) for outcome in turning)]
    return joined([*said, _of_each(facts, "What can go wrong", lambda record: record.risks, bullets)], "\n\n")


def _how_many(turning: int, total: int) -> str:
    """Say on how many of the key assumptions the first place turns."""
    if not total:
        return "The record names no key assumptions."
    others = counted(total - turning, "other" if turning else "key assumption")
    fail = "fails" if total - turning == 1 else "fail, each alone"
    unchanged = f"If the {others} {fail}, the first place stays as it is"
    if not turning:
        return f"{unchanged} (annex D)."
    more = f" {unchanged} (annex D)." if turning < total else ""
    return f"The first place turns on {of_all(turning, total, 'key assumption')}.{more}"


def _assumption(facts: BriefingFacts, assumption: str) -> Markdown:
    record = facts.dossier.assumptions[assumption]
    signpost = say("Signpost: {}", ended(record.signpost)) if record.signpost else "No signpost is named."
    return joined([claim(facts, assumption), signpost, say("Watched by: {}.", record.owner) if record.owner else ""])


def _of_each(
    facts: BriefingFacts,
    title: str,
    texts: Callable[[OptionRecord], Iterable[str]],
    written: Callable[[Iterable[object]], Markdown],
) -> Markdown:
    """List texts of the option that the briefing speaks for; of several that tie, each under its name."""
    chosen = [id_ for id_ in facts.recommendation.options if id_ in facts.explanations]
    lists = []
    for id_ in chosen:
        of = say(" ({})", name(facts, id_)) if len(chosen) > 1 else ""
        listed = list(texts(facts.dossier.options[id_]))
        if listed:
            lists.append(say("**{}{}:**\n\n{}", title, of, written(listed)))
    return joined(lists, "\n\n")


def views(facts: BriefingFacts) -> Markdown:
    """Say which party prefers what, and give those who dissent their own words."""
    parties = [outcome for outcome in facts.outcomes if outcome.kind == "perspective"]
    if not parties:
        return say("The record has no perspectives: nobody's own view of the options is in it.")
    agreeing = [outcome for outcome in parties if facts.subject in outcome.winners]
    said = []
    if agreeing:
        who = listing(_party(facts, outcome) for outcome in agreeing)
        verb = "puts" if len(agreeing) == 1 else "put"
        agreed = say("{} {} {} first.", who, verb, name(facts, facts.subject))
        said.append(joined([agreed, _influence(facts, agreeing, parties)]))
    else:
        said.append(say("Nobody in the record puts {} first.", name(facts, facts.subject)))
    said += [part for outcome in parties for part in _view(facts, outcome)]
    return joined(said, "\n\n")


def _party(facts: BriefingFacts, outcome: Outcome) -> Markdown:
    influence = facts.dossier.perspectives[outcome.id].influence
    who = say("**{}**", overlay(facts, outcome))
    return who if influence is None else say(f"{{}} (influence {figure(influence)})", who)


def _influence(facts: BriefingFacts, agreeing: list[Outcome], parties: list[Outcome]) -> str:
    """Say which share of the influence agrees, where every party's is given."""
    stated = {outcome.id: facts.dossier.perspectives[outcome.id].influence for outcome in parties}
    known = {id_: influence for id_, influence in stated.items() if influence is not None}
    if len(known) < len(parties) or not sum(known.values()):
        return ""
    share = sum(known[outcome.id] for outcome in agreeing) / sum(known.values())
    return f"They hold {percent(share)} of the influence in the record."


def _view(facts: BriefingFacts, outcome: Outcome) -> Iterator[Markdown]:
    """Say what a party puts first if that is another option, and give its words."""
    words = facts.dossier.perspectives[outcome.id].dissent
    agrees = facts.subject in outcome.winners
    if outcome.ranked is None:
        yield say("{} cannot rank the options: {}", _party(facts, outcome), outcome.trouble)
    elif not agrees:
        rank = outcome.rank(facts.subject)
        subject = name(facts, facts.subject)
        placed = say("{} {}", subject, ordinal(rank)) if rank else say("finds that {} breaks a hard limit", subject)
        firsts = named(facts, outcome.winners)
        silent = "" if words else "No dissent of theirs is on record."
        yield joined([say("{} puts {} first and {}.", _party(facts, outcome), firsts, placed), silent])
    elif words:
        yield say("{} agrees, with these words:", _party(facts, outcome))
    if words:
        yield quotation(words)


def follow_up(facts: BriefingFacts) -> Markdown:
    """Say what happens next, by what it will be judged, when it is looked at again, and what stands ready instead."""
    decision = facts.dossier.decision
    ends = [say("Review on {}.", day(decision.review_date))] if decision.review_date else []
    ends += [say("Fallback: {}.", name(facts, decision.fallback))] if decision.fallback else []
    said = [
        _of_each(facts, "Next steps", lambda record: record.next_steps, numbered),
        _of_each(facts, "Indicators", lambda record: record.indicators, bullets),
        joined(ends),
    ]
    records = [facts.dossier.options[id_] for id_ in facts.recommendation.options]
    held = {
        "next steps": any(record.next_steps for record in records),
        "indicators": any(record.indicators for record in records),
        "review date": decision.review_date,
        "fallback": decision.fallback,
    }
    missing = [thing for thing, there in held.items() if not there]
    said += [say("The record names no {}.", listing(missing, "or"))] if missing else []
    return joined(said, "\n\n")
