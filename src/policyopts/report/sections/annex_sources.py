"""Annex: the evidence and its sources, the method, what the check found, and how to make the briefing again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.engine.methods import METHODS
from policyopts.findings import Severity
from policyopts.model.estimates import figure
from policyopts.records.files import EVIDENCE
from policyopts.report.english import ended
from policyopts.report.markdown_text import Markdown, address, bullets, code, joined, say, table
from policyopts.report.sections.names import annex
from policyopts.report.sections.standing import full_scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.findings import Finding

MOST_FINDINGS = 100


def evidence(facts: BriefingFacts) -> Markdown:
    """List the items of evidence and the sources that they come from."""
    held = facts.dossier.evidence
    rows = [
        [code(id_), item.claim or "", code(item.source) if item.source else "", item.date or "", item.grade or "",
         _where(facts, "items", id_)]
        for id_, item in held.items.items()
    ]  # fmt: skip
    if not rows:
        return say("The record cites no evidence.")
    items = table(["Item", "Claim", "Source", "Date", "Grade", "Where"], rows)
    return joined([items, bullets(_sources(facts))], "\n\n")


def _sources(facts: BriefingFacts) -> Iterator[Markdown]:
    for id_, source in facts.dossier.evidence.sources.items():
        parts = [source.author, source.title, source.publisher, source.date]
        said = joined([part for part in parts if part], ", ")
        link = address(source.url) if source.url else ""
        grade = say("Grade {}.", source.grade) if source.grade else ""
        place = say("({})", _where(facts, "sources", id_))
        yield joined([say("Source {}: {}.", code(id_), said) if said else code(id_), link, grade, place])


def _where(facts: BriefingFacts, kind: str, id_: str) -> Markdown:
    line, _ = facts.places.of(EVIDENCE, (kind, id_), "key")
    return code(f"{EVIDENCE}:{line}")


def method(facts: BriefingFacts) -> Markdown:
    """Name the method with its settings and its source."""
    ranking = facts.ranked.ranking
    chosen = METHODS[ranking.method]
    settings = [
        say("{} {} ({})", parameter.name, str(ranking.parameters[parameter.name]), parameter.description)
        for parameter in chosen.parameters
    ]
    named = say("Method: {} ({}), after {}.", chosen.title, code(chosen.name), chosen.reference)
    return joined([named, say("Settings: {}.", joined(settings, "; ")) if settings else ""])


def reckoning(facts: BriefingFacts) -> Markdown:
    """Say how figures became scores."""
    how = say(f"Each figure counts at its stated value; its range counts in the samples of {annex('robustness')}.")
    if full_scale(facts):
        working = (
            "A figure becomes a value from 0 (worst anchor) to 1 (best anchor) by its criterion's value function. "
            "A score is the sum of these values, each times its criterion's weight: 1 would be the best anchor on "
            "every criterion, 0 the worst on every one."
        )
        return joined([say(working), how])
    return how


def checks(facts: BriefingFacts) -> Markdown:
    """Give what the check of the record found, and what its authors accept of it."""
    found, accepted = facts.checked.findings, facts.checked.accepted
    said = [_findings(found) if found else say("Nothing is open.")]
    if accepted:
        said.append(say("The authors accept:"))
        said.append(bullets(_accepted(one.finding, one.because) for one in accepted))
    return joined(said, "\n\n")


def _findings(found: tuple[Finding, ...]) -> Markdown:
    """List findings, the errors first; a list that nobody would read is cut."""
    gravest_first = sorted(found, key=lambda one: list(Severity).index(one.severity))
    rows = ([one.code, one.severity.value, one.message, _place(one)] for one in gravest_first[:MOST_FINDINGS])
    listed = table(["Code", "Severity", "Finding", "Where"], rows)
    more = len(found) - MOST_FINDINGS
    rest = say("{} more; {} lists them all.", f"{more:,}", code("policyopts check")) if more > 0 else ""
    return joined([listed, rest], "\n\n")


def _accepted(finding: Finding, because: str | None) -> Markdown:
    reason = say("Because: {}", ended(because)) if because else say("No reason is given.")
    return joined([say("{} {} ({}).", finding.code, finding.message, _place(finding)), reason])


def _place(finding: Finding) -> Markdown:
    return code(f"{finding.path}:{finding.line}")


def lexicon(facts: BriefingFacts) -> Markdown:
    """Give the words of likelihood in use, with their percentages."""
    held = facts.dossier.lexicon
    bands = [(f"{figure(band.low)} to {figure(band.high)}", band.words) for band in held.bands]
    source = say("Words of likelihood after {}.", held.source)
    if held.rows == 1:
        return joined([source, table(["%", "Word"], ([span, " or ".join(words)] for span, words in bands))], "\n\n")
    kept = say("{} This briefing keeps to row {}.", source, str(facts.lexicon_row))
    head = ["%", *(f"Row {row}" for row in range(1, held.rows + 1))]
    return joined([kept, table(head, ([span, *words] for span, words in bands))], "\n\n")
