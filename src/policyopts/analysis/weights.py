"""The weights in force: nodes' own numbers, by whatever way they are given, as shares of the whole."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine import tree
from policyopts.engine.errors import EngineError
from policyopts.findings import DossierError, UsageError
from policyopts.records.criteria_checks import refused_judgements
from policyopts.records.problems import Places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policyopts.analysis.view import View
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.weighing import Weights
    from policyopts.model.criteria import CriteriaFile, CriteriaTree, TreeNode
    from policyopts.model.dossier import Dossier
    from policyopts.model.weighting import Weighting

APART = 0.01  # that a weight may be off what it follows from: weights are written down rounded
POINTS = 100  # that a group's judgements divide among its members, so that numbers of overlays can stand beside them
NOTHING: Mapping[str, float] = MappingProxyType({})


def node_shares(view: View, from_data: Mapping[str, float] = NOTHING) -> dict[str, float]:
    """Give each node's share of the whole, under the overlays and with the shares asked for.

    `from_data` holds the numbers that a weighting by the data comes to.

    Raises
    ------
    UsageError
        Where overlays leave a group without weight, or the shares asked for cannot be had together.
    """
    nodes = view.dossier.tree.nodes
    parents = [node.parent for node in nodes]
    names = [f"'{node.id}'" for node in nodes]
    places = {node.id: place for place, node in enumerate(nodes)}
    try:
        whole = tree.shares(parents, own_numbers(view, from_data), names)
        if view.what_if.shares:
            fixed = {places[id_]: share for id_, share in view.what_if.shares.items()}
            whole = tree.with_fixed(parents, whole, fixed, names)
    except EngineError as error:
        raise UsageError(error.message, error.hint) from None
    return {node.id: float(share) for node, share in zip(nodes, whole, strict=True)}


def own_numbers(view: View, from_data: Mapping[str, float] = NOTHING) -> list[float]:
    """Give each node's number among its siblings; NaN for a group that takes its children's sum."""
    derived = {**all_derived(view.dossier.criteria_file), **from_data}
    stated = {node.id: view.own_number(node.id) for node in view.dossier.tree.nodes}
    return [derived.get(id_, np.nan) if number is None else number for id_, number in stated.items()]


def all_derived(criteria: CriteriaFile) -> dict[str, float]:
    """Give the numbers that follow from judgements: those of the groups whose members state none."""
    derived: dict[str, float] = {}
    for group, children in criteria.tree.groups:
        if all(node.record.weight is None for node in children):
            derived |= derived_numbers(criteria.weighting, group, children)
    return derived


def derived_numbers(weighting: Weighting, group: str, children: tuple[TreeNode, ...]) -> Mapping[str, float]:
    """Give the numbers that the weighting's judgements mean for a group's children; empty where there are none.

    Swing points count as they are; other methods divide 100 points.

    Raises
    ------
    EngineError
        For judgements that the method cannot take, such as pairs that contradict each other.
    """
    given = weighting.judgements_of(group, weighting.method)
    if given is None:
        alone = len(children) == 1 and weighting.needs_judgements
        return {children[0].id: 1.0} if alone else NOTHING
    if weighting.method == "swing":
        return weighting.points[group]
    return in_points(judged_weights([node.id for node in children], weighting.method, given))


def judged_weights(ids: Sequence[str], method: str, given: Mapping[str, object]) -> Weights:
    """Find the weights that a group's judgements come to; `given` may hold the method's parameters too."""
    from policyopts.engine.weighing import weights  # noqa: PLC0415 - most dossiers write their weights out

    return weights(ids, method, **given)


def weights_by_data(matrix: DecisionMatrix, method: str, parameters: Mapping[str, object] = NOTHING) -> Weights:
    """Find the weights that the performances in a matrix come to; whatever weights the matrix has do not matter."""
    from policyopts.engine.weighing import weights  # noqa: PLC0415 - as above

    return weights(matrix, method, **parameters)


def in_points(found: Weights) -> dict[str, float]:
    """Give weights as points out of 100."""
    return {id_: POINTS * float(share) for id_, share in zip(found.criteria, found.weights, strict=True)}


def check_own_judgements(dossier: Dossier) -> None:
    """Tell where the dossier's judgements are of a kind that its weighting cannot take."""
    criteria = dossier.criteria_file
    problems = []
    for group, children in criteria.tree.groups:
        try:
            derived_numbers(criteria.weighting, group, children)
        except EngineError as error:
            problems.append(refused_judgements(criteria.weighting.method, group, error.message, error.hint))
    if problems:
        raise DossierError(dossier.folder, Places(dossier.texts).findings(problems))


def weighs_by_data(criteria: CriteriaFile) -> bool:
    """Tell whether the weights follow from the performances: the method looks at them, and none is written out."""
    return criteria.weighting.is_from_data and all(node.record.weight is None for node in criteria.tree.nodes)


def off_the_data(matrix: DecisionMatrix, method: str, shares: Mapping[str, float]) -> dict[str, float]:
    """Give what a weighting by the data makes of the criteria whose shares in force are off it, by more than a point.

    Nothing where the weighting cannot take the figures: there is then nothing to hold the weights against.
    """
    from policyopts.engine.weighing import weights  # noqa: PLC0415 - most dossiers write their weights out

    try:
        found = weights(matrix, method)
    except EngineError:
        return {}
    meant = zip(found.criteria, found.weights.tolist(), strict=True)
    return {id_: share for id_, share in meant if abs(share - shares[id_]) > APART}


def numbers_from_data(matrix: DecisionMatrix, method: str, of: CriteriaTree) -> dict[str, float]:
    """Give the numbers that a weighting by the data means for the nodes of a tree: points out of 100, of the whole.

    A group takes its children's sum; only one that comes to nothing is given its 0, and its members 1 each.

    Raises
    ------
    EngineError
        For performances that the weighting cannot take.
    """
    numbers = in_points(weights_by_data(matrix, method))
    empty = {id_ for id_, share in tree_sums(of, numbers).items() if share == 0}
    for node in of.nodes:
        parent = of.nodes[node.parent].id if node.parent >= 0 else "root"
        if parent in empty:
            numbers[node.id] = 1.0
        elif node.id in empty and node.id not in of.leaves:
            numbers[node.id] = 0.0
    return numbers


def tree_sums(of: CriteriaTree, leaves: Mapping[str, float]) -> dict[str, float]:
    """Give each node what the criteria below it come to together."""
    sums = [leaves.get(node.id, 0.0) for node in of.nodes]
    for place in reversed(range(len(of.nodes))):
        if (parent := of.nodes[place].parent) >= 0:
            sums[parent] += sums[place]
    return {node.id: total for node, total in zip(of.nodes, sums, strict=True)}


def data_warning(method: str) -> str:
    """Say what weights from the data are not."""
    return f"the weights come from the data ({method}): they say how far options differ, and nothing of what matters"
