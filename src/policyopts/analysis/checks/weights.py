"""Checks of the weights: documented, in line with the judgements that they come from, and none carrying it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark, listed
from policyopts.analysis.consistency import consistency
from policyopts.analysis.weights import APART, data_warning, derived_numbers, judged_weights, off_the_data
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.checks.facts import Facts
    from policyopts.names import Key

SAME = 1e-9


def undocumented_weights(facts: Facts) -> Iterator[Remark]:
    """Say how the weights were got: by which method, by whom, when, and why they are what they are.

    The method counts as said only where it is written, `direct` too. A dossier with one criterion has nothing to weigh.

    Why: weights are judgements of worth, and whoever reads the result may ask whose they are. GAO and the fifth point
    of the ISPOR checklist ask for them to be documented.

    Passes:

        # criteria.yaml
        weighting:
          method: direct
          by: The council's committee for the environment
          date: 2026-01-15
          rationale: Agreed in committee, after the anchors were written.

    Fails:

        # criteria.yaml
        weighting:
          method: direct
    """
    weighting = facts.dossier.criteria_file.weighting
    if facts.has_one_criterion:
        return
    missing = [key for key in ("by", "date", "rationale") if getattr(weighting, key) is None]
    if "method" not in weighting.model_fields_set:
        missing.insert(0, "method")
    if missing:
        yield Remark(CRITERIA, ("weighting",), f"the weighting does not say its {listed(missing)}")


def contradicted_weights(facts: Facts) -> Iterator[Remark]:
    """Keep weights that are written out in line with the judgements that stand beside them.

    Told where a weight's share of its group is more than one percentage point off what `weighting.method` makes of
    its judgements; once for each group, at the weight that is furthest off. Where the method looks at the data, once
    for all criteria.

    Why: weights are kept as written, so a judgement that was changed without them changes nothing, and the record
    would document a weighting that is not the one in use.

    Passes:

        # criteria.yaml
        weighting:
          method: swing
          points: {root: {effect: 100, cost: 60, fairness: 40}}
        criteria:
          effect:
            scale: {worst: 0, best: 100, unit: "%"}
            weight: 50

    Fails:

        # criteria.yaml
        weighting:
          method: swing
          points: {root: {effect: 100, cost: 60, fairness: 100}}
        criteria:
          effect:
            scale: {worst: 0, best: 100, unit: "%"}
            weight: 50
    """
    if facts.ranked is None:
        return
    tree, shares, weighting = facts.dossier.tree, facts.ranked.problem.shares, facts.dossier.criteria_file.weighting
    if meant_by_data := _off_the_data(facts):
        id_ = max(meant_by_data, key=lambda each: abs(meant_by_data[each] - shares[each]))
        message = (
            f"'{id_}' weighs {_percent(shares[id_])} of the whole; "
            f"the {weighting.method} weighting makes it {_percent(meant_by_data[id_])}"
        )
        hint = "name the way in which the weights were got, or take them out"
        yield Remark(CRITERIA, ("weighting", "method"), message, hint, "value")
    for group, children in tree.groups:
        derived = derived_numbers(weighting, group, children)
        written = any(node.record.weight is not None for node in children)
        whole = sum(shares[node.id] for node in children)
        if not written or not derived or not whole:
            continue
        meant = {node.id: derived[node.id] / sum(derived.values()) for node in children}
        in_force = {node.id: shares[node.id] / whole for node in children}
        off = {node.id: abs(meant[node.id] - in_force[node.id]) for node in children}
        worst = max(children, key=lambda node: off[node.id])
        if off[worst.id] > APART:
            of = "the whole" if group == "root" else f"'{group}'"
            message = (
                f"'{worst.id}' weighs {_percent(in_force[worst.id])} of {of}; "
                f"the {weighting.method} weighting makes it {_percent(meant[worst.id])}"
            )
            hint = "take the weights of this group out, or bring them in line"
            yield Remark(CRITERIA, (*worst.at, "weight"), message, hint, "value")


def _off_the_data(facts: Facts) -> Mapping[str, float]:
    """Give what the data would make of the criteria whose weights are said to come from it, and do not."""
    weighting = facts.dossier.criteria_file.weighting
    if facts.ranked is None or not weighting.is_from_data:
        return {}
    problem = facts.ranked.problem
    return off_the_data(problem.matrix, weighting.method, problem.shares)


def equal_weights(facts: Facts) -> Iterator[Remark]:
    """Look again at weights that are all equal.

    Told where all criteria weigh the same, or the members of every group do.

    Why: equal weights are a judgement like any other, and mostly one that nobody made: asked to divide weight, people
    lean towards dividing it evenly (equalising bias).

    Passes:

        # criteria.yaml
        criteria:
          effect:
            scale: {worst: 0, best: 100, unit: "%"}
            weight: 50

    Fails:

        # criteria.yaml
        criteria:
          effect:
            scale: {worst: 0, best: 100, unit: "%"}
            weight: 1
          cost:
            scale: {worst: 50, best: 0, unit: EUR m}
            weight: 1
          fairness:
            scale: {levels: {unfair: 0, uneven: 25, even: 50, fair: 75, just: 100}}
            weight: 1
    """
    if facts.ranked is None or facts.has_one_criterion:
        return
    shares = facts.ranked.problem.shares
    groups = [[shares[node.id] for node in children] for _, children in facts.dossier.tree.groups]
    criteria = [shares[id_] for id_ in facts.dossier.criteria]
    if _alike(criteria) or all(map(_alike, groups)):
        yield Remark(CRITERIA, ("criteria",), "all weights are equal", "is that a judgement, or the lack of one?")


def weights_from_data(facts: Facts) -> Iterator[Remark]:
    """Take weights from people, not from the figures that they are to weigh.

    Told where the weights are those that `weighting.method` gives for the figures, and that is entropy, critic, merec,
    standard-deviation, coefficient-of-variation or gini.

    Why: such weights say how far the options differ. They know nothing of what matters, and change with every option
    that is added, so that no decision maker could stand for them. They serve as a bench mark beside stated weights.

    Passes:

        # criteria.yaml
        weighting:
          method: swing
          by: The council's committee for the environment
          date: 2026-01-15
          rationale: Agreed in committee, after the anchors were written.

    Fails:

        # criteria.yaml
        weighting:
          method: critic
          by: The council's committee for the environment
          date: 2026-01-15
          rationale: Nobody could be asked.
        criteria:
          effect:
            scale: {worst: 0, best: 100, unit: "%"}
            weight: 41
          cost:
            scale: {worst: 50, best: 0, unit: EUR m}
            weight: 28
          fairness:
            scale: {levels: {unfair: 0, uneven: 25, even: 50, fair: 75, just: 100}}
            weight: 31
    """
    weighting = facts.dossier.criteria_file.weighting
    if weighting.is_from_data and not facts.has_one_criterion and not _off_the_data(facts):
        hint = "accept this where they are a bench mark, and say so"
        yield Remark(CRITERIA, ("weighting", "method"), data_warning(weighting.method), hint, "value")


def extreme_weights(facts: Facts) -> Iterator[Remark]:
    """Look again at a criterion with more than 50 % of the weight, or less than 2 %.

    Why: above, the decision is one criterion's in disguise; below, a criterion is asked for and scored and can hardly
    change anything.

    Passes:

        # criteria.yaml
        criteria:
          effect:
            scale: {worst: 0, best: 100, unit: "%"}
            weight: 50

    Fails:

        # criteria.yaml
        criteria:
          effect:
            scale: {worst: 0, best: 100, unit: "%"}
            weight: 80
    """
    if facts.ranked is None or facts.has_one_criterion:
        return
    for id_ in facts.dossier.criteria:
        share = facts.ranked.problem.shares[id_]
        key = (*facts.dossier.tree.node(id_).at, "weight")
        if share > 0.5 + SAME:
            yield Remark(CRITERIA, key, f"'{id_}' has {_percent(share)} of the weight, more than all others together")
        elif share < 0.02 - SAME:
            yield Remark(CRITERIA, key, f"'{id_}' has {_percent(share)} of the weight, too little to matter")


def contradictory_judgements(facts: Facts) -> Iterator[Remark]:
    """Make pairwise judgements that fit together.

    Told for each group whose consistency ratio is above 0.10 (AHP), or above the published limit for its number of
    criteria and its ratio of best to worst (BWM); with the judgement that is furthest off.

    Why: Saaty's limit: beyond a tenth of what judgements at random would give, the weights follow from contradictions
    as much as from judgements. For the best-worst method the limits are those of Liang, Brunelli and Rezaei (2020).

    Passes:

        # criteria.yaml
        weighting:
          method: ahp
          by: The council's committee for the environment
          date: 2026-01-15
          rationale: Compared in committee, after the anchors were written.
          judgements: {root: {effect/cost: 2, effect/fairness: 3, cost/fairness: 2}}

    Fails:

        # criteria.yaml
        weighting:
          method: ahp
          by: The council's committee for the environment
          date: 2026-01-15
          rationale: Compared in committee, after the anchors were written.
          judgements: {root: {effect/cost: 2, effect/fairness: 3, cost/fairness: 9}}
    """
    criteria = facts.dossier.criteria_file
    method = criteria.weighting.method
    if facts.ranked is None or method not in {"ahp", "bwm"}:
        return
    for group, children in criteria.tree.groups:
        given = criteria.weighting.judgements_of(group, method)
        if given is None:
            continue
        details = judged_weights([node.id for node in children], method, given).details
        found = consistency(method, given, details)
        if found is not None and found.is_poor:
            key: Key = ("weighting", "judgements", group)
            at = key if found.worst_key is None else (*key, found.worst_key)
            message = (
                f"the judgements of '{group}' contradict each other: their consistency ratio is {found.ratio:.2f}, "
                f"above {found.limit:.2f}"
            )
            yield Remark(CRITERIA, at, message, f"look again first at {found.worst}")


def _alike(shares: list[float]) -> bool:
    return max(shares) - min(shares) <= SAME


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
