"""What is taken for granted, who sees it otherwise, and what happens next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from policyopts.model.estimates import figure
from policyopts.records.files import ASSUMPTIONS, PERSPECTIVES
from policyopts.report.english import capital, counted, day, ended, listing, number, of_all, ordinal, shortened
from policyopts.report.markdown_text import Markdown, bullets, joined, say
from policyopts.report.numbers import percent
from policyopts.report.sections.names import annex, label, name, named, overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.overlays import Outcome
    from policyopts.model.options import OptionRecord
    from policyopts.report.sections.footnotes import Footnotes

Kind: TypeAlias = Literal["risk", "step", "indicator"]


class Told(NamedTuple):
    """How many of some texts the front gives, and of how many words each."""

    most: int
    words: int


TOLD: dict[Kind, Told] = {"risk": Told(2, 20), "step": Told(3, 22), "indicator": Told(2, 20)}
MOST_ASSUMPTIONS = 5
MOST_PARTIES = 6
MOST_WORDS = 24  # of a claim and a dissent
MOST_OF_SIGNPOST = 32  # words: half of one is no signpost


def assumptions(facts: BriefingFacts, notes: Footnotes) -> Markdown:
    """List the assumptions that the first place turns on, with their signposts, and what can go wrong."""
    before = {option.id for option in facts.ranked.winners}
    failing = [outcome for outcome in facts.outcomes if outcome.kind == "assumption"]
    turning = [outcome for outcome in failing if set(outcome.winners) != before]
    lines = [_assumption(facts, notes, outcome.id) for outcome in turning[:MOST_ASSUMPTIONS]]
    more = len(turning) - len(lines)
    lines += [say(f"{capital(number(more))} more in {annex('overlays')}.")] if more > 0 else []
    risks = _of_each(facts, "What can go wrong", "risk", lambda record: record.risks)
    return joined([_how_many(len(turning), len(failing)), bullets(lines), risks], "\n\n")


def _how_many(turning: int, total: int) -> str:
    """Say on how many of the key assumptions the first place turns."""
    if not total:
        return "The record names no key assumptions."
    others = counted(total - turning, "other" if turning else "key assumption")
    fail = "fails" if total - turning == 1 else "fail, each alone"
    if not turning:
        return f"If the {others} {fail}, the first place stays as it is ({annex('overlays')})."
    left = "other" if total - turning == 1 else "others"
    rest = f" ({annex('overlays')} has the {left})" if turning < total else ""
    return f"The first place turns on {of_all(turning, total, 'key assumption')}{rest}."


def _assumption(facts: BriefingFacts, notes: Footnotes, assumption: str) -> Markdown:
    record = facts.dossier.assumptions[assumption]
    called = label(facts, assumption)
    note = notes.place(say("Assumption {}", called), ASSUMPTIONS, (assumption,))
    claimed = ended(shortened(record.claim or assumption, MOST_WORDS))
    watched = shortened(record.signpost or "", MOST_OF_SIGNPOST)
    signpost = say("Signpost: {}", ended(watched)) if watched else "No signpost is named."
    return say("**{}** *{}*{} {}", called, claimed, note, signpost)


def _of_each(facts: BriefingFacts, title: str, kind: Kind, texts: Callable[[OptionRecord], Iterable[str]]) -> Markdown:
    """Give the first texts of the option that the briefing speaks for; of several that tie, each under its name."""
    chosen = facts.spoken_for
    most, words = TOLD[kind]
    blocks = []
    for id_ in chosen:
        of = say(" ({})", name(facts, id_)) if len(chosen) > 1 else ""
        found = list(texts(facts.dossier.options[id_]))
        short = [ended(shortened(text, words)) for text in found[:most]]
        more = f"{capital(number(len(found) - most))} more in {annex('options')}." if len(found) > most else ""
        if short:
            blocks.append(joined([say("**{}{}:**", title, of), *short, more]))
    return joined(blocks, "\n\n")


def views(facts: BriefingFacts, notes: Footnotes) -> Markdown:
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
    differing = [outcome for outcome in parties if _has_a_view(facts, outcome)]
    lines = [_view(facts, notes, outcome) for outcome in differing[:MOST_PARTIES]]
    more = len(differing) - len(lines)
    lines += [say(f"{capital(number(more))} more in {annex('overlays')}.")] if more > 0 else []
    return joined([*said, bullets(lines)], "\n\n")


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
    return f"That is {percent(share)} of the influence."


def _has_a_view(facts: BriefingFacts, outcome: Outcome) -> bool:
    """Tell whether a party sees it otherwise, or has something to say."""
    return facts.subject not in outcome.winners or bool(facts.dossier.perspectives[outcome.id].dissent)


def _has_a_say(facts: BriefingFacts, outcome: Outcome) -> bool:
    """Tell whether the front has room for a party's own words: not where the record gives it no influence."""
    return facts.dossier.perspectives[outcome.id].influence != 0


def _view(facts: BriefingFacts, notes: Footnotes, outcome: Outcome) -> Markdown:
    """Say what a party puts first, and begin its own words."""
    words = facts.dossier.perspectives[outcome.id].dissent
    place = notes.place(overlay(facts, outcome), PERSPECTIVES, (outcome.id,))
    who, subject = _party(facts, outcome), name(facts, facts.subject)
    quoted = say("“{}”", ended(shortened(words, MOST_WORDS))) if words and _has_a_say(facts, outcome) else ""
    if outcome.ranked is None:
        return joined([say("{}{} cannot rank the options: {}", who, place, ended(outcome.trouble)), quoted])
    if facts.subject in outcome.winners:
        return say("{}{} agrees{}", who, place, say(", with these words: {}", quoted) if quoted else ".")
    rank = outcome.rank(facts.subject)
    placed = say("{} {}", subject, ordinal(rank)) if rank else say("finds that {} breaks a hard limit", subject)
    view = say("{}{} puts {} first and {}.", who, place, named(facts, outcome.winners), placed)
    return joined([view, quoted or ("" if words else "No dissent of theirs is on record.")])


def follow_up(facts: BriefingFacts) -> Markdown:
    """Say what happens next, by what it will be judged, when it is looked at again, and what stands ready instead."""
    decision = facts.dossier.decision
    ends = [say("Review on {}.", day(decision.review_date))] if decision.review_date else []
    ends += [say("Fallback: {}.", name(facts, decision.fallback))] if decision.fallback else []
    said = [
        _of_each(facts, "Next steps", "step", lambda record: record.next_steps),
        _of_each(facts, "Indicators", "indicator", lambda record: record.indicators),
    ]
    records = [facts.dossier.options[id_] for id_ in facts.spoken_for]
    held = {
        "next steps": any(record.next_steps for record in records),
        "indicators": any(record.indicators for record in records),
        "review date": decision.review_date,
        "fallback": decision.fallback,
    }
    missing = [thing for thing, there in held.items() if not there]
    ends += [say("The record names no {}.", listing(missing, "or"))] if missing else []
    return joined([*said, joined(ends)], "\n\n")
