"""The weights in force: nodes' own numbers, by whatever way they are given, as shares of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine import tree
from policyopts.engine.errors import EngineError
from policyopts.engine.weightings.rank_order import rank_order_weights
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyopts.analysis.view import View
    from policyopts.model.criteria import TreeNode
    from policyopts.model.weighting import Weighting


def node_shares(view: View) -> dict[str, float]:
    """Give each node's share of the whole, under the overlays and with the shares asked for.

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
        whole = tree.shares(parents, own_numbers(view), names)
        if view.what_if.shares:
            fixed = {places[id_]: share for id_, share in view.what_if.shares.items()}
            whole = tree.with_fixed(parents, whole, fixed, names)
    except EngineError as error:
        raise UsageError(error.message, error.hint) from None
    return {node.id: float(share) for node, share in zip(nodes, whole, strict=True)}


def own_numbers(view: View) -> list[float]:
    """Give each node's number among its siblings; NaN for a group that takes its children's sum."""
    derived: dict[str, float] = {}
    for group, children in view.dossier.tree.groups:
        if all(node.record.weight is None for node in children):
            derived |= derived_numbers(view.dossier.criteria_file.weighting, group, children)
    stated = {node.id: view.own_number(node.id) for node in view.dossier.tree.nodes}
    return [derived.get(id_, np.nan) if number is None else number for id_, number in stated.items()]


def derived_numbers(weighting: Weighting, group: str, children: tuple[TreeNode, ...]) -> Mapping[str, float]:
    """Give the numbers that the weighting's judgements mean for a group's children; empty where there are none."""
    match weighting.method:
        case "equal":
            return {node.id: 1.0 for node in children}
        case "swing":
            return weighting.points.get(group, {})
        case "rank-order-centroid" | "rank-sum" | "rank-reciprocal" as method if group in weighting.order:
            order = [place if isinstance(place, tuple) else (place,) for place in weighting.order[group]]
            weights = rank_order_weights([len(place) for place in order], method)
            return {id_: float(weight) for place, weight in zip(order, weights, strict=True) for id_ in place}
        case _:
            return {}
