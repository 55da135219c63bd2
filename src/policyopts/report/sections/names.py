"""What the things of a dossier are called in a briefing's sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import ended, listing
from policyopts.report.markdown_text import Markdown, escaped, joined, say
from policyopts.report.numbers import score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.overlays import Outcome

MOST_NAMED = 6
UNGRADED = "–"
_ANNEXES = (
    "decision", "criteria", "contributions", "options", "overlays", "robustness",
    "evidence", "method", "check", "words", "again", "figures",
)  # fmt: skip


def annex(part: str) -> str:
    """Name a part of the annex: `annex G`."""
    return f"annex {letter_of(part)}"


def letter_of(part: str) -> str:
    """Give the letter that a part of the annex is called by."""
    return chr(ord("A") + _ANNEXES.index(part))


def label(facts: BriefingFacts, assumption: str) -> str:
    """Call an assumption by its place in the record: A1, A2."""
    return f"A{list(facts.dossier.assumptions).index(assumption) + 1}"


def name(facts: BriefingFacts, option: str) -> str:
    """Name an option."""
    return facts.dossier.option_name(option)


def marked(facts: BriefingFacts, option: str) -> Markdown:
    """Name an option, marked where it is recommended, the baseline, or screened out."""
    chosen = facts.recommendation
    marks = ["recommended"] if chosen.stated and option in chosen.options else []
    marks += ["baseline"] if option == facts.dossier.decision.baseline else []
    marks += ["screened out"] if option in facts.screened_out else []
    return joined([say("**{}**", name(facts, option)), f"({', '.join(marks)})" if marks else ""])


def claim(facts: BriefingFacts, assumption: str) -> Markdown:
    """Give what an assumption says, as a sentence; its id where it says nothing."""
    return say("*{}*", ended(facts.dossier.assumptions[assumption].claim or assumption))


def overlay(facts: BriefingFacts, outcome: Outcome) -> Markdown:
    """Name a frame or a perspective; an assumption by what it says."""
    dossier = facts.dossier
    match outcome.kind:
        case "frame":
            return escaped(dossier.frames[outcome.id].name or outcome.id)
        case "perspective":
            return escaped(dossier.perspectives[outcome.id].name or outcome.id)
        case "assumption":
            return claim(facts, outcome.id)


def named(facts: BriefingFacts, options: Sequence[str], pattern: str = "{}", last: str = "and") -> Markdown:
    """List options by name, each written as the pattern says; of very many, the first few."""
    shown = [say(pattern, name(facts, option)) for option in options[:MOST_NAMED]]
    more = len(options) - MOST_NAMED
    return listing([*shown, f"{more:,} more"] if more > 0 else shown, last)


def come_first(facts: BriefingFacts, options: Sequence[str], pattern: str = "{}") -> Markdown:
    """Say who ranks first: `A comes first`, `A and B share the first place`."""
    verb = "comes first" if len(options) == 1 else "share the first place"
    return say(f"{{}} {verb}", named(facts, options, pattern))


def scores(facts: BriefingFacts, outcome: Outcome) -> Markdown:
    """Give the score of the first under an overlay beside that of the option that the briefing speaks for."""
    own, best = outcome.score(facts.subject), outcome.score(outcome.winners[0])
    if own is None or best is None:
        return say("{} then breaks a hard limit", name(facts, facts.subject))
    return say("{} against {}", *apart(best, own))


def apart(*numbers: float) -> list[str]:
    """Write scores, with as many decimals as it takes to tell different ones apart."""
    written = [score(number) for number in numbers]
    for digits in range(4, 10):
        if len(set(written)) == len(set(numbers)):
            break
        written = [f"{number:.{digits}f}" for number in numbers]
    return written


def lead(gap: float) -> str:
    """Write the difference of two scores, with as many decimals as it takes not to be nothing."""
    return apart(abs(gap), 0.0)[0]
