"""The top of the briefing: whom it is for, what is recommended, how firmly, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import counted, day, ended, number, ordinal
from policyopts.report.markdown_text import Markdown, broken_lines, bullets, code, joined, say
from policyopts.report.numbers import score
from policyopts.report.sections.names import apart, claim, come_first, lead, name, named, overlay, scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.overlays import Outcome

DIGEST_SHOWN = len("sha256:") + 16


def header(facts: BriefingFacts, version: str, written: date | None) -> Markdown:
    """Say whom the briefing is for, by when, and which record it was made from."""
    decision = facts.dossier.decision
    author = ", ".join(filter(None, [decision.author, decision.version and f"version {decision.version}"]))
    dates = {"Decide by": decision.decide_by, "As of": decision.as_of, "Briefing of": written}
    return broken_lines(
        [
            _labelled({"For": decision.decision_maker}),
            _labelled({label: day(given) for label, given in dates.items() if given}),
            _labelled({"From": author, "Robustness": "not assessed"}),
            say("**Record:** {} · policyopts {}", code(facts.dossier.digest[:DIGEST_SHOWN]), version),
        ]
    )


def _labelled(texts: Mapping[str, str | None]) -> Markdown:
    return joined([say("**{}:** {}", label, text) for label, text in texts.items() if text], " · ")


def bottom_line(facts: BriefingFacts) -> Markdown:
    """Say in at most four lines what is recommended, how firmly, and what would change it."""
    strength = joined([*_strength(facts), "Robustness: not assessed."])
    return bullets(filter(None, [_verdict(facts), strength, _turning_point(facts)]))


def _verdict(facts: BriefingFacts) -> Markdown:
    chosen, ranked = facts.recommendation, facts.ranked
    first = ranked.options[0]
    subject = say("**{}**", name(facts, facts.subject))
    opening = say("{} is recommended. It", subject) if chosen.stated else subject
    among = counted(len(ranked.options), "option")
    winners = [option.id for option in ranked.winners]
    match chosen.stance:
        case "only":
            return say("{} is the only option ranked: there is nothing to hold it against.", opening)
        case "first":
            second = ranked.options[1]
            sentence = "{} ranks first of {}, {} ahead of {} ({} against {})."
            figures = apart(first.score, second.score)
            return say(sentence, opening, among, lead(first.score - second.score), second.name, *figures)
        case "shares":
            others = named(facts, [id_ for id_ in winners if id_ != facts.subject])
            sentence = "{} shares the first place of {} with {} ({} each): the ranking does not decide between them."
            return say(sentence, opening, among, others, score(first.score))
        case "tied":
            sentence = (
                "{} share the first place of {} ({} each): "
                "the ranking does not decide between them, and the record recommends neither."
            )
            if len(winners) > 2:
                sentence = sentence.replace("neither", "none of them")
            return say(sentence, named(facts, winners, "**{}**"), among, score(first.score))
        case "lower":
            own = ranked.option(facts.subject)
            sentence = "{} is recommended against the ranking, in which it comes {} of {}: {} ({} against {}). {}"
            figures = apart(first.score, own.score)
            firsts = come_first(facts, winners)
            return say(sentence, subject, ordinal(own.rank), among, firsts, *figures, _reason(facts))
        case "screened-out":
            broken = next(out.reasons for out in ranked.problem.screened_out if out.id == facts.subject)
            sentence = "{} is recommended although it breaks a hard limit ({}) and is not ranked: {}. {}"
            return say(sentence, subject, "; ".join(broken), come_first(facts, winners), _reason(facts))


def _reason(facts: BriefingFacts) -> Markdown:
    reason = facts.recommendation.reason
    return say("The reason given: *{}*", ended(reason)) if reason else say("The record gives no reason for this.")


def _strength(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say whether the recommendation holds in the record's own frames and under its failed assumptions."""
    stance = facts.recommendation.stance
    tried = [outcome for outcome in facts.outcomes if outcome.kind != "perspective" and outcome.winners]
    with_it = [outcome for outcome in tried if facts.subject in outcome.winners]
    without = [outcome for outcome in tried if facts.subject not in outcome.winners]
    before = {option.id for option in facts.ranked.winners}
    decided = [outcome for outcome in tried if set(outcome.winners) != before]
    sure = "It is at least as good as every other option on every criterion, so no weights can put another ahead of it."
    match stance:
        case "only":
            return
        case "first" if facts.dominates_all and not tried:
            yield say(f"**Strong on the figures as they stand.** {sure}")
        case _ if not tried:
            yield say("**Untested.** The record has no frames and no key assumptions to try it on.")
        case "first" if without:
            yield say("**Conditional.** Another option comes first {}.", _when(facts, without))
        case "first":
            yield say("**Strong as far as tried.** It stays first {}.", _when(facts, tried))
            if facts.dominates_all:
                yield say(sure)
        case "tied" | "shares" if decided:
            yield say("**Undecided.** The tie is broken {}.", _when(facts, decided))
        case "tied" | "shares":
            yield say("**Undecided.** The tie stays {}.", _when(facts, tried))
        case _ if with_it:
            yield say("**Conditional.** It comes first {}.", _when(facts, with_it))
        case _:
            yield say("**Not borne out.** None of the frames and failed assumptions puts it first.")


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


def _turning_point(facts: BriefingFacts) -> Markdown | None:
    """Name the assumption that turns the ranking most by failing or, without one, the frame."""
    turning = [
        outcome
        for outcome in facts.outcomes
        if outcome.kind != "perspective" and outcome.winners and facts.subject not in outcome.winners
    ]
    if facts.recommendation.stance != "first" or not turning:
        return None

    def turn(outcome: Outcome) -> tuple[bool, float]:
        own, best = outcome.score(facts.subject), outcome.score(outcome.winners[0])
        return outcome.kind == "assumption", float("inf") if own is None or best is None else best - own

    outcome = max(turning, key=turn)
    then = say("{} ({})", come_first(facts, outcome.winners), scores(facts, outcome))
    if outcome.kind == "assumption":
        return say("**What would change it:** {} If this assumption fails, {}.", claim(facts, outcome.id), then)
    return say("**What would change it:** the frame *{}*, in which {}.", overlay(facts, outcome), then)
