"""The top of the briefing: whom it is for, what is recommended, how firmly, and what would change it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policyopts.analysis.robust_ranking import CLEAR, LEANING
from policyopts.report.english import counted, day, ended, number, ordinal, shortened
from policyopts.report.markdown_text import Markdown, broken_lines, bullets, joined, say
from policyopts.report.numbers import part, score
from policyopts.report.sections.chances import CONFIDENCES, chance_to_lead
from policyopts.report.sections.names import apart, come_first, name, named
from policyopts.report.sections.turning_point import turning_point
from policyopts.report.stamp import record_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.overlays import Outcome
    from policyopts.report.sections.footnotes import Footnotes

MOST_WORDS = 30  # of a reason, and of names


def header(facts: BriefingFacts, version: str, written: date | None) -> Markdown:
    """Say whom the briefing is for, by when, and which record it was made from."""
    decision = facts.dossier.decision
    author = ", ".join(filter(None, [decision.author, decision.version and f"version {decision.version}"]))
    author = shortened(author, MOST_WORDS)
    dates = {"Decide by": decision.decide_by, "As of": decision.as_of}
    dates |= {} if written == decision.as_of else {"Briefing of": written}
    return broken_lines(
        [
            _labelled({"For": shortened(decision.decision_maker or "", MOST_WORDS)}),
            _labelled({label: day(given) for label, given in dates.items() if given} | {"From": author}),
            record_line(facts, version),
        ]
    )


def _labelled(texts: Mapping[str, str | None]) -> Markdown:
    return joined([say("**{}:** {}", label, text) for label, text in texts.items() if text], " · ")


def bottom_line(facts: BriefingFacts, notes: Footnotes) -> Markdown:
    """Say in at most four lines what is recommended, how firmly, how robust that is, and what would change it."""
    lines = [_verdict(facts, notes), joined(_strength(facts)), _robustness(facts, notes), turning_point(facts)]
    return bullets(filter(None, lines))


def _verdict(facts: BriefingFacts, notes: Footnotes) -> Markdown:
    chosen, ranked = facts.recommendation, facts.ranked
    first = ranked.options[0]
    subject = say("**{}**", name(facts, facts.subject))
    opening = say("{} is recommended. It", subject) if chosen.stated else subject
    among = counted(len(ranked.options), "option")
    winners = [option.id for option in ranked.winners]
    note = notes.scores()
    match chosen.stance:
        case "only":
            return say("{} is the only option ranked: there is nothing to hold it against.", opening)
        case "first":
            second = ranked.options[1]
            figures = apart(first.score, second.score)
            return say(
                "{} ranks first of {}, ahead of {} ({} against {}).{}", opening, among, second.name, *figures, note
            )
        case "shares":
            others = named(facts, [id_ for id_ in winners if id_ != facts.subject])
            sentence = "{} shares the first place of {} with {} ({} each): the ranking does not decide between them.{}"
            return say(sentence, opening, among, others, score(first.score), note)
        case "tied":
            sentence = (
                "{} share the first place of {} ({} each): "
                "the ranking does not decide between them, and the record recommends neither.{}"
            )
            if len(winners) > 2:
                sentence = sentence.replace("neither", "none of them")
            return say(sentence, named(facts, winners, "**{}**"), among, score(first.score), note)
        case "lower":
            own = ranked.option(facts.subject)
            sentence = "{} is recommended against the ranking, in which it comes {} of {}: {} ({} against {}).{} {}"
            figures = apart(first.score, own.score)
            firsts = come_first(facts, winners)
            return say(sentence, subject, ordinal(own.rank), among, firsts, *figures, note, _reason(facts))
        case "screened-out":
            broken = next(out.reasons for out in ranked.problem.screened_out if out.id == facts.subject)
            sentence = "{} is recommended although it breaks a hard limit ({}) and is not ranked: {}. {}"
            return say(sentence, subject, "; ".join(broken), come_first(facts, winners), _reason(facts))


def _reason(facts: BriefingFacts) -> Markdown:
    reason = facts.recommendation.reason
    if not reason:
        return say("The record gives no reason for this.")
    return say("The reason given: *{}*", ended(shortened(reason, MOST_WORDS)))


def _strength(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say whether the recommendation holds in samples, in the record's own frames and under its failed assumptions."""
    stance = facts.recommendation.stance
    tried = [outcome for outcome in facts.outcomes if outcome.kind != "perspective" and outcome.winners]
    with_it = [outcome for outcome in tried if facts.subject in outcome.winners]
    without = [outcome for outcome in tried if facts.subject not in outcome.winners]
    before = {option.id for option in facts.ranked.winners}
    decided = [outcome for outcome in tried if set(outcome.winners) != before]
    untried = "The record has no frames and no key assumptions to try it on."
    match stance:
        case "only":
            return
        case "first":
            yield say("**{}.**", _firmness(facts, tried, without))
            chance = facts.chance(facts.subject)
            if without:
                yield say("Another option comes first {}.", _when(facts, without))
            else:
                if chance is not None and chance.first < CLEAR:
                    yield say("Another option comes first in {} of the samples.", part(1 - chance.first))
                yield say("It stays first {}.", _when(facts, tried)) if tried else say(untried)
            if facts.dominates_all:
                yield say("It is at least as good as every other option on every criterion.")
        case _ if not tried:
            yield say("**Untested.** {}", untried)
        case "tied" | "shares" if decided:
            yield say("**Undecided.** The tie is broken {}.", _when(facts, decided))
        case "tied" | "shares":
            yield say("**Undecided.** The tie stays {}.", _when(facts, tried))
        case _ if with_it:
            yield say("**Conditional.** It comes first {}.", _when(facts, with_it))
        case _:
            yield say("**Not borne out.** None of the frames and failed assumptions puts it first.")


def _firmness(facts: BriefingFacts, tried: Sequence[Outcome], without: Sequence[Outcome]) -> str:
    """Put the strength of a first place in a word: strong is only what holds in all that it was tried on."""
    chance = facts.chance(facts.subject)
    if chance is None and not tried:
        return "Untested"
    if chance is not None and chance.first < LEANING:
        return "Too close to call"
    if without or (chance is not None and chance.first < CLEAR):
        return "Conditional"
    if not tried:
        return "Strong on its figures and their ranges"
    return "Strong" if chance is not None else "Strong as far as tried"


def _when(facts: BriefingFacts, outcomes: Sequence[Outcome]) -> str:
    """Say under how many of the failed assumptions and frames: `if one key assumption out of two fails`."""
    parts = []
    count, total = _count(outcomes, "assumption"), len(facts.dossier.assumptions)
    if count:
        chosen = {1: "", 2: "either of "}.get(count, "any of ")
        parts.append(f"if {chosen}{_share(count, total, 'key assumption')} fails")
    count, total = _count(outcomes, "frame"), len(facts.dossier.frames)
    if count:
        parts.append("in both frames" if count == total == 2 else f"in {_share(count, total, 'frame')}")
    return ", and ".join(parts)


def _count(outcomes: Sequence[Outcome], kind: str) -> int:
    return sum(outcome.kind == kind for outcome in outcomes)


def _share(count: int, total: int, thing: str) -> str:
    return f"the {counted(total, thing)}" if count == total else f"{counted(count, thing)} out of {number(total)}"


def _robustness(facts: BriefingFacts, notes: Footnotes) -> Markdown | None:
    """Give the chance to come first in a word, and in a sentence of its own the confidence in what it rests on."""
    if facts.recommendation.stance in {"only", "screened-out"}:
        return None
    if facts.doubts.drawn is None:
        return say("**How robust:** not assessed, for {}.", facts.doubts.not_drawn)
    chances = chance_to_lead(facts)
    return say("**How robust:** {}{}. {}", chances, notes.drawn(), _confidence(facts))


def _confidence(facts: BriefingFacts) -> Markdown:
    workings = facts.explanations[facts.subject].criteria
    stated = Counter(working.written.confidence for working in workings)
    levels = [f"{level} for {number(stated[level])}" for level in CONFIDENCES if stated[level]]
    if not levels:
        return say("The record states no confidence in its figures.")
    levels += [f"not stated for {number(stated[None])}"] if stated[None] else []
    return say("Confidence in its figures: {}.", ", ".join(levels))
