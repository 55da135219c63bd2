"""What is known of a dossier's weights, as a distribution to draw from."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np

from policyopts.analysis.weight_constraints import read_constraint
from policyopts.analysis.weights import own_numbers, weighs_by_data
from policyopts.engine import tree
from policyopts.engine.arrays import LARGEST
from policyopts.engine.errors import EngineError
from policyopts.engine.ranking import ranks
from policyopts.engine.robustness.constrained_weights import ConstrainedWeights
from policyopts.engine.robustness.tree_weights import TreeWeights
from policyopts.engine.robustness.weights import (
    TRUST,
    FixedWeights,
    RangedWeights,
    StatedWeights,
    any_weights,
    ordered_weights,
)
from policyopts.findings import UsageError
from policyopts.model.weighting import WeightRange
from policyopts.names import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policyopts.analysis.problem.decision import DecisionProblem
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.robustness.weights import WeightDistribution

Knowledge = Literal["stated", "ranges", "order", "any"]
KNOWLEDGE: tuple[Knowledge, ...] = get_args(Knowledge)


class KnownWeights(NamedTuple):
    """What is taken to be known of the weights.

    ``stated``: they are on their ranges, and near the stated ones where siblings have none, the nearer the more
    `trust`. ``ranges``: they are on their ranges, and exact elsewhere. ``order``: the criteria's order alone. ``any``:
    nothing. With the last two, `where` holds constraints in words, such as ``deterrence >= 2*escalation``.
    """

    by: Knowledge = "stated"
    trust: float = TRUST
    where: tuple[str, ...] = ()


def uncertain_weights(problem: DecisionProblem, known: KnownWeights) -> WeightDistribution:
    """Make the distribution of a dossier's weights.

    Raises
    ------
    UsageError
        For a constraint that cannot be read or goes with nothing, constraints that no weights meet, and no trust.
    """
    if not 0 < known.trust <= LARGEST:
        raise UsageError(
            f"--trust {known.trust:g}", f"expected a number above 0, {LARGEST:g} at most, such as {TRUST:g}"
        )
    matrix, nodes = problem.matrix, problem.view.dossier.tree.nodes
    if known.by in {"order", "any"}:
        parents = [node.parent for node in nodes]
        below = tree.parts(parents, np.ones(len(nodes))) > 0  # (nodes, criteria)
        members = {node.id: below[place] for place, node in enumerate(nodes)}
        return loose_weights(matrix.weights, known, members)
    if known.where:
        hint = "add --weights any, or --weights order to keep the order of the stated ones"
        raise UsageError("--where goes with weights of which nothing else is known but their order", hint)
    if weighs_by_data(problem.view.dossier.criteria_file):
        exact = known.by == "ranges"
        return FixedWeights(matrix.weights) if exact else StatedWeights(matrix.weights, known.trust)
    low, numbers, high = _ranges(problem)
    has_ranges = bool((low < high).any())
    parents = [node.parent for node in nodes]
    if known.by == "ranges":
        return RangedWeights(parents, low, high) if has_ranges else FixedWeights(matrix.weights)
    if has_ranges:
        return TreeWeights(parents, low, numbers, high, known.trust)
    return StatedWeights(matrix.weights, known.trust)


def loose_weights(
    stated: FloatArray, known: KnownWeights, members: Mapping[str, Sequence[bool] | FloatArray]
) -> WeightDistribution:
    """Make the distribution of weights (criteria,) of which the order is known, or nothing, and what `where` says.

    `members` tells by the id of each criterion, and each group, which criteria it stands for.
    """
    order = ranks(stated).tolist() if known.by == "order" else [1] * len(stated)
    if not known.where:
        return ordered_weights(order) if known.by == "order" else any_weights(len(stated))
    rows: list[FloatArray] = []
    limits: list[float] = []
    for text in known.where:
        for constraint in read_constraint(text, members):
            shares = [factor * np.asarray(members[id_], float) for id_, factor in constraint.factors.items()]
            rows.append(np.sum(shares, axis=0))
            limits.append(constraint.limit)
    places = sorted(set(order))
    for heavier, lighter in pairwise(places):
        for one in (place for place, own in enumerate(order) if own == heavier):
            for other in (place for place, own in enumerate(order) if own == lighter):
                row = np.zeros(len(stated))
                row[[one, other]] = -1.0, 1.0
                rows.append(row)
                limits.append(0.0)
    try:
        return ConstrainedWeights(rows, limits)
    except EngineError:
        and_order = ", and the order of the stated ones" if known.by == "order" else ""
        message = f"no weights meet {' and '.join(map(quoted, known.where))}{and_order}"
        raise UsageError(message, "leave out, or loosen, one of them") from None


def _ranges(problem: DecisionProblem) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give each node's least, stated and greatest number; NaN for a group without one.

    A share asked for has no range, and the ranges of the others go along with their numbers.
    """
    view, nodes = problem.view, problem.view.dossier.tree.nodes
    numbers = np.array(own_numbers(view))
    low, high = numbers.copy(), numbers.copy()
    for place, node in enumerate(nodes):
        weight = view.weight(node.id)
        if isinstance(weight, WeightRange) and node.id not in view.what_if.shares:
            low[place], high[place] = weight.low, weight.high
    if view.what_if.shares:
        scale = _scale(problem, numbers)
        low, numbers, high = low * scale, numbers * scale, high * scale
    return low, numbers, high


def _scale(problem: DecisionProblem, numbers: FloatArray) -> FloatArray:
    """Give what each node's number is to be multiplied by to stand for its share of the whole.

    One of 0 has a range all the same: it goes along with the sibling whose number grows most.
    """
    nodes = problem.view.dossier.tree.nodes
    whole = np.array([problem.shares[node.id] for node in nodes])
    scale: FloatArray = np.divide(whole, numbers, out=np.zeros_like(numbers), where=numbers > 0)
    for place in np.flatnonzero(numbers == 0).tolist():
        scale[place] = max(scale[other] for other, node in enumerate(nodes) if node.parent == nodes[place].parent)
    return scale
