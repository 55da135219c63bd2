"""Annex: what each frame, perspective and failed assumption changes, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.records.files import ASSUMPTIONS, FRAMES, PERSPECTIVES
from policyopts.report import cells, frames, perspectives
from policyopts.report.english import ended
from policyopts.report.markdown_text import Markdown, code, joined, quotation, say, table
from policyopts.report.numbers import percent, score
from policyopts.report.sections.annex_criteria import number_of
from policyopts.report.sections.names import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.overlays import Outcome
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.model.dossier import Origin

FILES = {"frame": FRAMES, "perspective": PERSPECTIVES, "assumption": ASSUMPTIONS}
MOST_RANKED = 12


def overlays(facts: BriefingFacts) -> Markdown:
    """Give each overlay with its changes and its ranking."""
    if not facts.outcomes:
        return say("The record has no frames, perspectives or key assumptions.")
    return joined([*_together(facts), *(_overlay(facts, outcome) for outcome in facts.outcomes)], "\n\n")


def _together(facts: BriefingFacts) -> Iterator[Markdown]:
    """Say what the frames, and what the perspectives, come to taken together."""
    if facts.frames is not None:
        yield say("**The frames together.** {}", joined(frames.notes(facts.frames, below_table=False)))
    if facts.parties is not None:
        yield say("**The perspectives together.** {}", joined(perspectives.together(facts.parties)))


def _overlay(facts: BriefingFacts, outcome: Outcome) -> Markdown:
    parts = [say("#### {}", _title(facts, outcome)), _said(facts, outcome)]
    if outcome.ranked is None:
        parts.append(say("Nothing can be ranked under it: {}", ended(outcome.trouble)))
    else:
        parts += [_weights(facts, outcome.ranked), _figures(facts, outcome.ranked), _ranking(outcome.ranked)]
    return joined(parts, "\n\n")


def _title(facts: BriefingFacts, outcome: Outcome) -> str:
    dossier = facts.dossier
    match outcome.kind:
        case "frame":
            return f"Frame: {dossier.frames[outcome.id].name or outcome.id}"
        case "perspective":
            return f"Perspective: {dossier.perspectives[outcome.id].name or outcome.id}"
        case "assumption":
            return f"If {label(facts, outcome.id)} fails: {outcome.id}"


def _said(facts: BriefingFacts, outcome: Outcome) -> Markdown:
    """Give what the record says of the overlay beside its changes, and where it stands."""
    dossier = facts.dossier
    line, _ = facts.places.of(FILES[outcome.kind], (outcome.id,), "key")
    where = say("{}.", code(f"{FILES[outcome.kind]}:{line}"))
    match outcome.kind:
        case "frame":
            frame = dossier.frames[outcome.id]
            chance = say("Chance: {}.", percent(frame.chance)) if frame.chance is not None else ""
            return joined([frame.question or "", chance, where])
        case "perspective":
            dissent = dossier.perspectives[outcome.id].dissent
            return joined([where, quotation(dissent) if dissent else ""], "\n\n")
        case "assumption":
            assumption = dossier.assumptions[outcome.id]
            said = [ended(assumption.claim)] if assumption.claim else []
            signpost = [say("Signpost: {}", ended(assumption.signpost))] if assumption.signpost else []
            owner = [say("Watched by: {}.", assumption.owner)] if assumption.owner else []
            return joined([*said, *signpost, *owner, where])


def _weights(facts: BriefingFacts, ranked: RankedDossier) -> Markdown:
    """Set the changed weights beside those of the record, with the shares of the whole that they come to."""
    rows = [
        [
            facts.dossier.criterion_name(node),
            number_of(weight),
            number_of(facts.ranked.view.weight(node)),
            percent(ranked.problem.shares[node]),
            percent(facts.ranked.problem.shares[node]),
            _where(facts, origin),
        ]
        for node, (weight, origin) in ranked.view.weights.items()
    ]
    head = ["Weight of", "Number", "Instead of", "Share", "Instead of", "Where"]
    return table(head, rows, numbers=range(1, 5)) if rows else say("")


def _figures(facts: BriefingFacts, ranked: RankedDossier) -> Markdown:
    """Set the changed performances beside those of the record."""
    rows = []
    for (option, criterion), (found, record, origin) in ranked.view.cells.items():
        leaf = facts.dossier.criteria[criterion]
        before = facts.ranked.view.estimate(option, criterion)
        rows.append(
            [
                facts.dossier.option_name(option),
                facts.dossier.criterion_name(criterion),
                cells.in_full(found, leaf, None),
                cells.in_full(before, leaf, None),
                record.because or "",
                record.confidence or "",
                _where(facts, origin),
            ]
        )
    head = ["Option", "Criterion", "Figure", "Instead of", "Because", "Confidence", "Where"]
    return table(head, rows) if rows else say("")


def _where(facts: BriefingFacts, origin: Origin | None) -> Markdown:
    if origin is None:
        return say("")
    line, _ = facts.places.of(origin.path, origin.key, "key")
    return code(f"{origin.path}:{line}")


def _ranking(ranked: RankedDossier) -> Markdown:
    """Give the ranking that comes of it, and what it screens out."""
    placed = joined((say("{} {} {}", str(o.rank), o.name, score(o.score)) for o in ranked.options[:MOST_RANKED]), " · ")
    more = len(ranked.options) - MOST_RANKED
    tail = f" · {more} more" if more > 0 else ""
    screened = [
        say("Screened out: {} ({}).", ranked.dossier.option_name(out.id), "; ".join(out.reasons))
        for out in ranked.problem.screened_out[:MOST_RANKED]
    ]
    return joined([say("Ranking: {}{}.", placed, tail), *screened])
