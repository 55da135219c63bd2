"""Performances that several assessors judge: where they differ, by how much, and what each one's figures alone rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from policyopts.analysis.overlays import AS_IT_STANDS, Outcome, rank_with_figures
from policyopts.analysis.problem.curves import values_of
from policyopts.model.options import CellRecord, EstimateRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.problem.decision import DecisionProblem
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import CellKey, View, WhatIf
    from policyopts.model.estimates import Estimate
    from policyopts.model.options import Cell, Judged

SURE_DIGITS = 12  # of what values are apart: the last ones are rounding's


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A performance that assessors judge otherwise than each other.

    `values` holds each one's value on 0–1; `apart` is the most that two of them differ in it, times the weight: what
    lies between them in the option's score.
    """

    option: str
    criterion: str
    estimates: Mapping[str, Estimate]
    values: Mapping[str, float]
    apart: float


class Assessments(NamedTuple):
    """Where assessors differ, the most that is apart first; and by each one's name the ranking by that one's figures.

    Where an assessor says nothing, the performance is as it stands.
    """

    disagreements: tuple[Disagreement, ...]
    outcomes: tuple[Outcome, ...]


def assessments(ranked: RankedDossier, asked: WhatIf = AS_IT_STANDS, **how: Any) -> Assessments:
    """Find what assessors say in a ranking of what is asked for; `how`, as of that, goes to `rank_dossier`."""
    judged = dict(_judged(ranked.view))
    names = dict.fromkeys(name for found in judged.values() for name, _ in found.by)
    differing = [_disagreement(ranked.problem, at, found) for at, found in judged.items() if _differ(found)]
    return Assessments(
        tuple(sorted(differing, key=lambda each: -each.apart)),
        tuple(
            rank_with_figures(ranked.dossier, name, _figures(ranked.view, judged, name), asked, **how) for name in names
        ),
    )


def _judged(view: View) -> Iterator[tuple[CellKey, Estimate]]:
    """Give the performances in force that several judge, by option and criterion; a table of options can hold none."""
    present = set(view.options)
    rows = dict.fromkeys((*view.dossier.own_records, *(option for option, _ in view.cells)))
    for option in rows:
        for criterion in view.dossier.criteria if option in present else ():
            found = view.estimate(option, criterion)
            if found.by:
                yield (option, criterion), found


def _differ(found: Estimate) -> bool:
    return len({own for _, own in found.by}) > 1


def _disagreement(problem: DecisionProblem, at: CellKey, found: Estimate) -> Disagreement:
    option, criterion = at
    names = [name for name, _ in found.by]
    values = values_of(problem, criterion, np.array([own.value for _, own in found.by]))
    apart = round(float(np.ptp(values)) * problem.shares[criterion], SURE_DIGITS)
    return Disagreement(option, criterion, dict(found.by), dict(zip(names, values.tolist(), strict=True)), apart)


def _figures(view: View, judged: Mapping[CellKey, Estimate], name: str) -> dict[CellKey, Cell]:
    """Give all that one assessor says, as it could be written in the place of what several say."""
    said: dict[CellKey, Cell] = {}
    for option, criterion in judged:
        by: Mapping[str, Judged] = view.record(option, criterion).by or {}
        if name in by:
            own = by[name]
            said[option, criterion] = (
                CellRecord.model_construct(**dict(own)) if isinstance(own, EstimateRecord) else own
            )
    return said
