"""Weights in a tree of criteria: numbers among siblings become shares of the whole.

A tree is a sequence of parents: `parents[i]` is the place of node i's parent, or -1 below the root, and a parent stands
before its children. Leaves are criteria, other nodes are groups. `names` is what errors call the nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.arrays import LARGEST
from policyopts.engine.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray

ROOT = -1
ROUNDING = 1e-9  # shares that ought to come to the same sum may be this far apart


def shares(parents: Sequence[int], numbers: ArrayLike, names: Sequence[str] | None = None) -> FloatArray:
    """Turn the nodes' own numbers (…, nodes), each counting among its siblings, into shares of the whole.

    NaN stands for a group without a number of its own: it takes the sum of its children's.

    Examples
    --------
    A group of 60 whose children have 1 and 3, beside a leaf of 40:

    >>> shares([-1, 0, 0, -1], [60, 1, 3, 40]).round(2).tolist()
    [0.6, 0.15, 0.45, 0.4]
    """
    names = names or _numbered(parents)
    own = np.array(numbers, dtype=np.float64)
    missing = np.isnan(own)
    missing[..., criteria_of(parents)] = False
    wrong = ~missing & ~((own >= 0) & (own <= LARGEST))
    if wrong.any():
        raise EngineError(f"the weight of {names[int(wrong.argmax()) % len(parents)]} is not a number from 0 up")
    sums = np.zeros((*own.shape[:-1], len(parents) + 1))  # of each node's children, the root's last: at ROOT
    for node in reversed(range(len(parents))):
        own[..., node] = np.where(missing[..., node], sums[..., node], own[..., node])
        sums[..., parents[node]] += own[..., node]
    for parent in sorted(set(parents)):
        if not sums[..., parent].all():
            group = "" if parent == ROOT else f" in {names[parent]}"
            raise EngineError(f"the weights{group} are all zero; give at least one a weight above 0")
    whole = np.ones_like(sums)
    for node, parent in enumerate(parents):
        whole[..., node] = own[..., node] / sums[..., parent] * whole[..., parent]
    return whole[..., :ROOT]


def with_fixed(
    parents: Sequence[int], whole: FloatArray, fixed: Mapping[int, float], names: Sequence[str] | None = None
) -> FloatArray:
    """Set some nodes' shares of the whole (…, nodes); all other leaves keep their proportions.

    A leaf answers to its nearest fixed ancestor, itself included, or else to the root, whose share is 1. Of a fixed
    share, the fixed nodes below it take theirs, and the leaves that answer to it divide the rest as before.

    Examples
    --------
    Three leaves, the first set to 0.4:

    >>> with_fixed([-1, -1, -1], np.array([0.2, 0.2, 0.6]), {0: 0.4}).round(2).tolist()
    [0.4, 0.15, 0.45]
    """
    names = names or _numbered(parents)
    for node, share in fixed.items():
        if not 0 <= share <= 1:
            raise EngineError(f"the weight of {names[node]} is a share of the whole, from 0 to 1; not {share:g}")
    holders: list[int] = []  # the nearest fixed node, from each node upwards
    rest = {ROOT: 1.0, **fixed}
    for node, parent in enumerate(parents):
        above = ROOT if parent == ROOT else holders[parent]
        holders.append(node if node in fixed else above)
        if node in fixed:
            rest[above] -= fixed[node]
    leaves = criteria_of(parents)
    groups = sorted(set(parents) - {ROOT})
    result = np.array(whole)
    result[..., [leaf for leaf in leaves if leaf in fixed]] = 1.0  # whatever it had, it takes all of its new share
    for holder, share in rest.items():
        free = [leaf for leaf in leaves if holders[leaf] == holder]
        result[..., free] = _divided(result[..., free], share, "the whole" if holder == ROOT else names[holder])
    result[..., leaves] /= result[..., leaves].sum(axis=-1, keepdims=True)
    result[..., groups] = 0.0
    for node in reversed(range(len(parents))):
        if parents[node] != ROOT:
            result[..., parents[node]] += result[..., node]
    return result.clip(max=1.0)


def _divided(free: FloatArray, share: float, name: str) -> FloatArray:
    """Divide a share among the leaves that are free to take it, in proportion to what they had."""
    if share < -ROUNDING:
        raise EngineError(f"the weights fixed within {name} come to {-share:.4g} more than it has")
    had = free.sum(axis=-1, keepdims=True)
    if share > ROUNDING and not had.all():
        raise EngineError(f"the weights fixed within {name} leave {share:.4g} of it, and no other weight to take it")
    parts = np.zeros_like(free)
    np.divide(free, had, out=parts, where=had > 0)
    return parts * max(share, 0.0)


def parts(parents: Sequence[int], numbers: ArrayLike, names: Sequence[str] | None = None) -> FloatArray:
    """Give each criterion's part of each node (nodes, criteria): the node's share of the whole, if it had all of it.

    Examples
    --------
    >>> parts([-1, 0, 0, -1], [60, 1, 3, 40]).tolist()
    [[0.25, 0.75, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    own = np.array(numbers, dtype=np.float64)
    alone = np.tile(own, (len(parents), 1))
    for node in range(len(parents)):
        at = node
        while at != ROOT:  # the node, and the groups that it is in, have no weighty siblings
            siblings = [other for other, parent in enumerate(parents) if parent == parents[at]]
            alone[node, siblings] = 0.0
            alone[node, at] = 1.0
            at = parents[at]
    return shares(parents, alone, names)[:, criteria_of(parents)]


def criteria_of(parents: Sequence[int]) -> list[int]:
    """Give the places of the leaves, which are the criteria, among the nodes."""
    return sorted(set(range(len(parents))) - set(parents))


def _numbered(parents: Sequence[int]) -> list[str]:
    return [f"node {node}" for node in range(len(parents))]
