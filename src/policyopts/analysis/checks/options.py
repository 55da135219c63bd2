"""Checks of the options: enough of them, apart from each other, and none without a chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.analysis.checks.facts import Remark
from policyopts.analysis.dominated import dominated
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts
    from policyopts.engine.arrays import FloatArray

MOST_PAIRED = 20_000  # options that are compared with each other: the time grows with the square
ALIKE = 0.05 - 1e-9  # of the scale; the rounding of decimal figures does not bring two options nearer


def missing_baseline(facts: Facts) -> Iterator[Remark]:
    """Name a baseline: what happens if nothing new is done.

    Why: an option is worth what it adds to doing nothing. The Green Book, the European Commission's guidelines for
    better regulation and GAO all ask for a do-nothing or status-quo option.

    Passes:

        # criteria.yaml
        decision:
          baseline: do-nothing

    Fails:

        # criteria.yaml
        decision:
          title: Throwaway bags
    """
    if facts.dossier.decision.baseline is None:
        hint = "decision: {baseline: ID}, the option of doing nothing new"
        yield Remark(CRITERIA, ("decision", "baseline"), "no baseline is named", hint)


def too_few_options(facts: Facts) -> Iterator[Remark]:
    """Put forward at least three real options.

    An option is real if it is not the baseline and no hard limit screens it out.

    Why: the European Commission's guidelines warn of the set that leaves no choice: nothing, the favourite, and a
    straw man to make the favourite look moderate.

    Passes:

        options/do-nothing.yaml (the baseline), options/ban.yaml, options/levy.yaml, options/campaign.yaml

    Fails:

        options/do-nothing.yaml (the baseline), options/ban.yaml, options/levy.yaml
    """
    screened_out = {option.id for option in facts.ranked.problem.screened_out} if facts.ranked else set()
    real = facts.dossier.options.keys() - screened_out - {facts.dossier.decision.baseline}
    if len(real) < 3:
        message = f"{len(real)} real option{'' if len(real) == 1 else 's'}; expected at least three beside the baseline"
        yield Remark(CRITERIA, (), message)


def near_duplicates(facts: Facts) -> Iterator[Remark]:
    """Put forward options that differ: by 5 % of the scale or more on some criterion.

    An option is told of once, with the first before it that it is nearly the same as. Of more than 20,000 options it is
    not asked: among so many, some always lie near each other.

    Why: options that cannot be told apart split attention and fill the list without adding a choice. Option appraisal
    screens a long list for options that are distinguishable.

    Passes:

        # options/levy.yaml
        performance: {effect: 60, cost: 5, fairness: uneven}
        # options/campaign.yaml
        performance: {effect: 30, cost: 10, fairness: fair}

    Fails:

        # options/levy.yaml
        performance: {effect: 60, cost: 5, fairness: uneven}
        # options/campaign.yaml
        performance: {effect: 62, cost: 6, fairness: uneven}
    """
    if facts.ranked is None or len(facts.ranked.options) > MOST_PAIRED:
        return
    matrix = facts.ranked.problem.matrix
    for later, earlier in _near(matrix.scaled):
        origin = facts.dossier.option_origins[matrix.options[later]]
        message = f"'{matrix.options[later]}' is nearly the same as '{matrix.options[earlier]}' on every criterion"
        yield Remark(origin.path, origin.key, message, "merge them, or add the criterion that tells them apart")


def _near(values: FloatArray) -> Iterator[tuple[int, int]]:
    """Pair each option (options, criteria) with the first before it that lies near on every criterion."""
    widest = values[:, np.argmax(values.std(axis=0))]  # nearness on one criterion leaves few to compare on the others
    order = np.argsort(widest, kind="stable")
    below = np.searchsorted(widest[order], widest - ALIKE, side="left")
    above = np.searchsorted(widest[order], widest + ALIKE, side="right")
    for option in range(1, len(values)):
        others = order[below[option] : above[option]]
        others = others[others < option]
        near = others[(np.abs(values[others] - values[option]) < ALIKE).all(axis=1)]
        if near.size:
            yield option, int(near.min())


def dominated_options(facts: Facts) -> Iterator[Remark]:
    """Drop an option that another equals or beats on every criterion, or say what it has that is not counted.

    The baseline is passed over: it stays in whatever beats it. So is an option with an unknown score. Of more than
    20,000 options it is not asked: they are there to be sifted.

    Why: no weights can make a dominated option the best. If it is worth keeping, a criterion is missing. The DCLG
    manual on multi-criteria analysis looks for dominance in the performance matrix first of all.

    Passes:

        # options/ban.yaml
        performance: {effect: 75, cost: 20, fairness: uneven}
        # options/levy.yaml
        performance: {effect: 60, cost: 5, fairness: uneven}

    Fails:

        # options/ban.yaml
        performance: {effect: 75, cost: 20, fairness: uneven}
        # options/levy.yaml
        performance: {effect: 60, cost: 25, fairness: uneven}
    """
    if facts.ranked is None or len(facts.ranked.options) > MOST_PAIRED:
        return
    for option, better in dominated(facts.ranked).items():
        if option != facts.dossier.decision.baseline:
            origin = facts.dossier.option_origins[option]
            message = f"'{option}' is dominated by '{better}', which is at least as good on every criterion"
            yield Remark(origin.path, origin.key, message, "drop it, or add the criterion that speaks for it")


def unexplained_screening(facts: Facts) -> Iterator[Remark]:
    """Give an option that a hard limit screens out a screening note.

    Why: an option that nobody may choose needs its reason on record, where those who favour it will look. Green Book
    appraisal keeps the options that were screened out, with the reason for each.

    Passes:

        # criteria.yaml
        criteria:
          cost:
            scale: {worst: 50, best: 0, unit: EUR m}
            limit: {at_most: 15}
            weight: 30
        # options/ban.yaml
        screening_note: The council voted that no option may cost more than 15 million.

    Fails:

        # criteria.yaml
        criteria:
          cost:
            scale: {worst: 50, best: 0, unit: EUR m}
            limit: {at_most: 15}
            weight: 30
        # options/ban.yaml
        name: Ban
    """
    for option in facts.ranked.problem.screened_out if facts.ranked else ():
        if facts.dossier.options[option.id].screening_note is None:
            origin = facts.dossier.option_origins[option.id]
            message = f"'{option.id}' breaks a hard limit and has no screening_note ({'; '.join(option.reasons)})"
            yield Remark(origin.path, (*origin.key, "screening_note"), message)


def crossed_limits(facts: Facts) -> Iterator[Remark]:
    """Look again where a hard limit lies inside the range of a performance.

    Why: the limit is tested on the value, so the option is ranked; but within its own range it may break the limit.

    Passes:

        # criteria.yaml
        criteria:
          cost:
            scale: {worst: 50, best: 0, unit: EUR m}
            limit: {at_most: 30}
            weight: 30
        # options/ban.yaml
        performance:
          cost: {low: 15, value: 20, high: 30}

    Fails:

        # criteria.yaml
        criteria:
          cost:
            scale: {worst: 50, best: 0, unit: EUR m}
            limit: {at_most: 25}
            weight: 30
        # options/ban.yaml
        performance:
          cost: {low: 15, value: 20, high: 30}
    """
    for problem in facts.ranked.problem.problems if facts.ranked else ():
        if problem.code == "OPT106":
            yield Remark(problem.path, problem.key, problem.message, problem.hint, problem.point)
