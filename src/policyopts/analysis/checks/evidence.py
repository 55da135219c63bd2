"""Checks of the evidence: more than one source, and grades that say two things and not one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark
from policyopts.analysis.sensitivity import turning_figures
from policyopts.model.estimates import figure
from policyopts.model.options import CellRecord
from policyopts.names import quoted
from policyopts.records.files import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts

DIAGONAL = frozenset({"A1", "B2", "C3", "D4", "E5"})
CANNOT_BE_JUDGED = "F6"


def diagonal_grades(facts: Facts) -> Iterator[Remark]:
    """Grade the source and the information apart.

    Told where there are five grades or more, all of them A1, B2, C3, D4 or E5; F6, which judges neither, is left out
    of the count.

    Why: a good source may pass on doubtful information, and a poor one may be right. Raters asked for both tend to
    give one judgement twice (Baker 1968), and half of the grade then says nothing.

    Passes:

        # evidence.yaml
        sources:
          survey: {grade: B}
        items:
          bags-fell: {source: survey, grade: B2}
          fees-cover: {source: survey, grade: B1}
          bans-work: {source: survey, grade: C3}
          shops-comply: {source: survey, grade: B2}
          streets-clean: {source: survey, grade: B3}

    Fails:

        # evidence.yaml
        sources:
          survey: {grade: B}
        items:
          bags-fell: {source: survey, grade: B2}
          fees-cover: {source: survey, grade: A1}
          bans-work: {source: survey, grade: C3}
          shops-comply: {source: survey, grade: B2}
          streets-clean: {source: survey, grade: B2}
    """
    evidence = facts.dossier.evidence
    grades = [source.grade for source in evidence.sources.values()] + [item.grade for item in evidence.items.values()]
    judged = [grade for grade in grades if grade is not None and len(grade) == 2 and grade != CANNOT_BE_JUDGED]
    if len(judged) >= 5 and DIAGONAL.issuperset(judged):
        message = f"all {len(judged)} grades lie on the diagonal A1, B2, C3"
        yield Remark(EVIDENCE, ("items",), message, "were source and information judged apart?")


def weak_evidence_that_decides(facts: Facts) -> Iterator[Remark]:
    """Rest no figure that can turn the ranking on weak evidence.

    Told of each figure that alone, within its stated range, puts another option first, and whose weakest evidence is
    graded D, E, 4, 5 or F6, or that cites none. Only methods whose scores are linear in the weights can tell.

    Why: effort belongs where it can change the answer. A figure that decides and rests on little is the first to look
    into, and until then the first doubt that a decision maker should hear of.

    Passes:

        # options/levy.yaml
        performance:
          effect: {low: 60, value: 65, high: 75, because: The survey found that bags fell.}

    Fails:

        # options/levy.yaml
        performance:
          effect: {low: 20, value: 65, high: 75, because: The survey found that bags fell.}
    """
    ranked = facts.ranked
    if ranked is None:
        return
    for flip in turning_figures(ranked):
        origin = ranked.view.origin(flip.option, flip.criterion)
        cited = ranked.view.record(flip.option, flip.criterion).evidence
        grades = [facts.dossier.evidence.items[id_].grade or "" for id_ in cited]
        weak = [grade for grade in grades if not grade or grade[0] in "DE" or grade[1:] in {"4", "5"} or grade == "F6"]
        if origin is None or (grades and not weak):
            continue
        rests = f"its weakest evidence is graded {max(weak)}" if any(weak) else "no graded evidence stands behind it"
        at = figure(float(f"{flip.flips_at:.3g}"))
        message = (
            f"'{flip.winner}' comes first where '{flip.criterion}' of '{flip.option}' reaches {at}, "
            f"which is within its range; {rests}"
        )
        yield Remark(origin.path, origin.key, message, "find out more about it first")


def single_source(facts: Facts) -> Iterator[Remark]:
    """Rest the option that ranks first on more than one source.

    Counted are the sources of the evidence that its scores cite. Options that share the first rank are told of each.

    Why: what one source says, however often it is cited, nobody has confirmed. Corroboration by an independent source
    is what analytic tradecraft asks for before a judgement is relied on.

    Passes:

        # options/levy.yaml
        performance:
          effect: {low: 45, value: 60, high: 75, evidence: [bags-fell]}
          cost: {low: 3, value: 5, high: 8, evidence: [fees-cover]}

    Fails:

        # options/levy.yaml
        performance:
          effect: {low: 45, value: 60, high: 75, evidence: [bags-fell]}
          cost: {low: 3, value: 5, high: 8, evidence: [bags-fell]}
    """
    for winner in facts.ranked.winners if facts.ranked else ():
        items, sources = _support(facts, winner.id)
        origin = facts.dossier.option_origins[winner.id]
        if len(sources) > 1:
            continue
        if sources:
            message = f"'{winner.id}' ranks first on one source, {quoted(min(sources))}"
        elif items:
            message = f"'{winner.id}' ranks first on evidence that names no source"
        else:
            message = f"'{winner.id}' ranks first and cites no evidence"
        yield Remark(origin.path, origin.key, message, "look for a second, independent source")


def _support(facts: Facts, option: str) -> tuple[set[str], set[str]]:
    """Collect the evidence items that an option's scores cite, and the sources of those."""
    cells = facts.dossier.options[option].performance.values()
    items = {item for cell in cells if isinstance(cell, CellRecord) for item in cell.evidence}
    sources = {facts.dossier.evidence.items[item].source for item in items}
    return items, {source for source in sources if source is not None}
