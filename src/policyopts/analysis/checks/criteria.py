"""Checks of the criteria: each with a meaning, neither too few nor too many, none counted twice or idle."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from policyopts.analysis.checks.facts import Remark, listed
from policyopts.model.estimates import figure
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts
    from policyopts.engine.arrays import FloatArray


def bare_criteria(facts: Facts) -> Iterator[Remark]:
    """Give each criterion a definition, a scale, and its two anchors in words.

    Why: a weight is the worth of the swing from the worst anchor to the best, so nobody can give one before both are
    written down; this is the second point of the ISPOR checklist. Without a scale a criterion is read on the range of
    the options present, and another option can then turn the ranking round.

    Passes:

        # criteria.yaml
        criteria:
          cost:
            definition: Cost to the city over five years, in prices of 2026.
            scale: {worst: 50, best: 0, unit: EUR m}
            anchors: {worst: Half of the reserve is gone., best: It costs the city nothing.}
            weight: 30

    Fails:

        # criteria.yaml
        criteria:
          cost:
            direction: min
            weight: 30
    """
    tree = facts.dossier.tree
    for id_, leaf in facts.dossier.criteria.items():
        anchors = leaf.anchors.worst is not None and leaf.anchors.best is not None
        has = {
            "a definition": leaf.definition is not None,
            "a scale": leaf.ends is not None,
            "written anchors": anchors,
        }
        missing = [part for part, given in has.items() if not given]
        if missing:
            hint = "without a scale it is read on the range of the options present" if leaf.ends is None else ""
            yield Remark(CRITERIA, tree.node(id_).at, f"'{id_}' lacks {listed(missing)}", hint)


def unusual_number_of_criteria(facts: Facts) -> Iterator[Remark]:
    """Judge by 3 to 12 criteria.

    Why: fewer seldom cover what matters; more cannot be weighed against each other in one's head. The DCLG manual on
    multi-criteria analysis asks for as few criteria as are consistent with a well-founded decision.

    Passes:

        effect, cost and fairness

    Fails:

        effect and cost
    """
    count = len(facts.dossier.criteria)
    if not 3 <= count <= 12:
        message = f"{count} criteri{'on' if count == 1 else 'a'}; most decisions are judged by 3 to 12"
        yield Remark(CRITERIA, ("criteria",), message)


def double_counting(facts: Facts) -> Iterator[Remark]:
    """Look again at two criteria that put the options in the same order, or in the opposite one.

    Compared from five options on, by Spearman's rank correlation of values: 0.95 or more, or -0.95 or less.

    Why: two criteria that say the same count it twice. A set of criteria should be free of redundancy. This is a
    prompt and no proof: criteria may go together in these options and still be two.

    Passes:

        effect 5, 75, 60, 30, 45 beside cost 0, 20, 5, 10, 40

    Fails:

        effect 5, 75, 60, 30, 45 beside reach 10, 90, 70, 40, 50
    """
    if facts.ranked is None or len(facts.ranked.problem.matrix.options) < 5:
        return
    matrix = facts.ranked.problem.matrix
    varying = [column for column in range(len(matrix.criteria)) if np.ptp(matrix.scaled[:, column]) > 0]
    if len(varying) < 2:
        return
    correlations = np.corrcoef([_average_ranks(matrix.scaled[:, column]) for column in varying])
    for first, second in combinations(range(len(varying)), 2):
        rho = correlations[first, second]
        if abs(rho) >= 0.95 - 1e-12:
            one, other = matrix.criteria[varying[first]], matrix.criteria[varying[second]]
            how = "the same" if rho > 0 else "the opposite"
            message = f"'{other}' puts the options in {how} order as '{one}' (rank correlation {rho:.2f})"
            hint = "do they say the same? then keep one" if rho > 0 else "do they say the same, turned round?"
            yield Remark(CRITERIA, facts.dossier.tree.node(other).at, message, hint)


def _average_ranks(column: FloatArray) -> FloatArray:
    """Rank numbers from 1 up; those that tie share the mean of their ranks."""
    _, place, counts = np.unique(column, return_inverse=True, return_counts=True)
    ranks: FloatArray = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return ranks


def idle_criteria(facts: Facts) -> Iterator[Remark]:
    """Judge by criteria that tell the options apart: by 10 % of the scale or more.

    Why: a criterion on which all options are much the same takes weight and decides nothing. Criteria should vary over
    the options; constants belong in the description of the problem.

    Passes:

        # criteria.yaml
        criteria:
          cost:
            scale: {worst: 50, best: 0, unit: EUR m}
            weight: 30

    Fails:

        # criteria.yaml
        criteria:
          cost:
            scale: {worst: 1000, best: 0, unit: EUR m}
            weight: 30
    """
    if facts.ranked is None:
        return
    for problem in facts.ranked.problem.problems:
        if problem.code == "CRI204":
            yield Remark(problem.path, problem.key, problem.message, problem.hint, problem.point)
    values = facts.ranked.problem.matrix.values
    for column, (id_, leaf) in enumerate(facts.dossier.criteria.items()):
        lowest, highest = float(values[:, column].min()), float(values[:, column].max())
        ends = leaf.ends
        if ends is not None and 0 < (highest - lowest) / abs(ends[1] - ends[0]) < 0.1 - 1e-9:
            spread = f"{figure(round(lowest, 6))} to {figure(round(highest, 6))}"
            scale = f"{figure(min(ends))} to {figure(max(ends))}"
            message = f"on '{id_}' the options differ by less than a tenth of the scale ({spread}, of {scale})"
            yield Remark(CRITERIA, facts.dossier.tree.node(id_).at, message, "it decides next to nothing")
