"""What the outranking methods ask of criteria: thresholds and preference functions, put into the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.matrix import DecisionMatrix
from policyopts.findings import DossierError
from policyopts.model.criteria import RelativeThreshold
from policyopts.model.estimates import figure
from policyopts.records.files import CRITERIA
from policyopts.records.problems import Places, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.problem.decision import DecisionProblem
    from policyopts.engine.arrays import FloatArray
    from policyopts.model.criteria import Leaf, Threshold


def with_thresholds(problem: DecisionProblem) -> DecisionMatrix:
    """Add what the outranking methods ask of criteria to a problem's matrix.

    Raises
    ------
    DossierError
        Where thresholds contradict each other at an option's performance: all of them.
    """
    leaves, matrix = list(problem.view.dossier.criteria.values()), problem.matrix
    thresholds = _thresholds(leaves, matrix.values)
    if told := list(_contradictions(problem, thresholds)):
        dossier = problem.view.dossier
        raise DossierError(dossier.folder, Places(dossier.texts).findings(told))
    return DecisionMatrix(
        matrix.values,
        matrix.weights,
        matrix.directions,
        options=matrix.options,
        criteria=matrix.criteria,
        lower=matrix.lower,
        upper=matrix.upper,
        preference_functions=[leaf.preference for leaf in leaves],
        **thresholds,
        scaled=matrix.scaled,
    )


def _thresholds(leaves: list[Leaf], values: FloatArray) -> dict[str, FloatArray]:
    """Give the thresholds that criteria state, one for each option where one of them goes with the performance."""
    found = {}
    for name in ("indifference", "preference", "veto", "gaussian"):
        stated = [None if leaf.thresholds is None else getattr(leaf.thresholds, name) for leaf in leaves]
        if any(given is not None for given in stated):
            columns = [_threshold(given, values[:, column]) for column, given in enumerate(stated)]
            relative = any(isinstance(given, RelativeThreshold) for given in stated)
            found[name] = np.stack(columns, axis=1) if relative else np.array([column[0] for column in columns])
    return found


def _contradictions(problem: DecisionProblem, thresholds: Mapping[str, FloatArray]) -> Iterator[Problem]:
    """Find thresholds that are smaller than the ones they should not fall below, at the first performance for each."""
    matrix, dossier = problem.matrix, problem.view.dossier
    for below, above in (("indifference", "preference"), ("preference", "veto"), ("indifference", "veto")):
        if below not in thresholds or above not in thresholds:
            continue
        lesser, greater = (np.broadcast_to(thresholds[name], matrix.values.shape) for name in (below, above))
        for column in np.flatnonzero((lesser > greater).any(axis=0)).tolist():
            row = int(np.argmax(lesser[:, column] > greater[:, column]))
            small, large = (float(f"{numbers[row, column]:.6g}") for numbers in (lesser, greater))
            performance, option = figure(float(matrix.values[row, column])), matrix.options[row]
            message = (
                f"'{matrix.criteria[column]}': at the performance {performance} of '{option}', "
                f"{above} {figure(large)} is below {below} {figure(small)}; expected it no smaller"
            )
            key = (*dossier.tree.node(matrix.criteria[column]).at, "thresholds", above)
            yield Problem(CRITERIA, key, "VAL216", message)


def _threshold(given: Threshold | None, performances: FloatArray) -> FloatArray:
    if isinstance(given, RelativeThreshold):
        return given.relative * np.abs(performances)
    return np.full_like(performances, np.nan if given is None else given)
