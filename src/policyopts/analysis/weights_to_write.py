"""The numbers that say in `criteria.yaml` what a weighting came to: no more of them than needed, in few digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.found_weights import (
    derived_in_force,
    numbers_in_force,
    shares_within,
    weighting_parameters,
)
from policyopts.analysis.weights import derived_numbers
from policyopts.engine.errors import EngineError
from policyopts.findings import UsageError
from policyopts.model.criteria import Group
from policyopts.model.weighting import JUDGEMENT_KEYS, WeightRange
from policyopts.records.files import FRAMES, PERSPECTIVES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from policyopts.analysis.found_weights import FoundWeights
    from policyopts.model.criteria import CriteriaFile, TreeNode
    from policyopts.model.dossier import Dossier

CLOSE = 1e-6  # that a written number's share among its siblings may be off
SAME = 1e-9


def unkept(
    criteria: CriteriaFile, method: str, parameters: Mapping[str, object], group: str | None
) -> UsageError | None:
    """Tell why the record could not say how weights came about, of all groups or of one; None where it can.

    It does not keep parameters; and by another method, judgements of groups that are not weighed may come to count.
    """
    if dict(parameters) != weighting_parameters(method, {}):
        message = f"criteria.yaml keeps no parameters of '{method}', so that others would find other weights"
        return UsageError(message, "leave --param out to write the weights")
    if group is not None and (odd := list(_at_odds(criteria, method, group))):
        message = f"by '{method}' the weights of '{odd[0]}' would have to be others, and they are not weighed"
        return UsageError(message, "leave --group out to weigh every group")
    return None


def numbers_to_write(found: FoundWeights) -> dict[str, float]:
    """Give the nodes' own numbers that are to change: swing points as they are, else points out of 100.

    Groups whose weights say the same already are left as they are.
    """
    criteria = found.criteria
    in_force, derived = numbers_in_force(criteria), derived_in_force(criteria)
    following = _lost_with_the_method(found, derived)
    several = [node for _, children in criteria.tree.groups for node in children if len(children) > 1]
    sums = {
        node.id for node in several if isinstance(node.record, Group) and node.record.weight is None
    } - derived.keys()
    numbers: dict[str, float] = {}
    for group, children in criteria.tree.groups:
        judged = any(each.id == group for each in found.groups)
        if not (found.is_from_data or judged or children[0].id in following):
            continue
        stated = [node.id for node in children if node.record.weight is not None or node.id in sums]
        if len(stated) == len(children) and _say_so([in_force[id_] for id_ in stated], found, stated):
            continue
        numbers |= found.judgements.points[group] if judged and found.method == "swing" else _points(found, children)
        # A group that weighs what its members sum up to would weigh more or less by their new numbers.
        if group in sums - numbers.keys():
            numbers[group] = in_force[group]
    return numbers


def lost_ranges(criteria: CriteriaFile, changed: Collection[str]) -> list[str]:
    """Name the nodes with a range around a weight that is to change: it is not the new one's."""
    nodes = criteria.tree.nodes
    return [node.id for node in nodes if isinstance(node.record.weight, WeightRange) and node.id in changed]


def overlays_beside(dossier: Dossier, changed: Collection[str]) -> list[str]:
    """Name the files of overlays with weights that count among siblings of which others were changed."""
    touched = {
        node.id
        for _, children in dossier.tree.groups
        for node in children
        if any(sibling.id in changed for sibling in children)
    }
    stated = {
        FRAMES: [frame.weights for frame in dossier.frames.values()],
        PERSPECTIVES: [perspective.weights for perspective in dossier.perspectives.values()],
    }
    return [path for path, each in stated.items() if any(not touched.isdisjoint(weights) for weights in each)]


def _at_odds(criteria: CriteriaFile, method: str, chosen: str) -> Iterator[str]:
    """Name the other groups with judgements that a change of method brings to count, and weights of another kind."""
    if method == criteria.weighting.method:
        return
    weighting = criteria.weighting.model_copy(update={"method": method})
    within = shares_within(criteria.tree, numbers_in_force(criteria))
    for group, children in criteria.tree.groups:
        if group == chosen or children[0].id not in within:
            continue
        try:
            meant = shares_within(criteria.tree, {**within, **derived_numbers(weighting, group, children)})
        except EngineError:
            yield group
            continue
        if any(abs(meant[node.id] - within[node.id]) > CLOSE for node in children):
            yield group


def _lost_with_the_method(found: FoundWeights, derived: Mapping[str, float]) -> set[str]:
    """Name the nodes whose weights follow from judgements for the method of now, and not for the new one."""
    if found.method == found.criteria.weighting.method:
        return set()
    alone = {children[0].id for _, children in found.criteria.tree.groups if len(children) == 1}
    return derived.keys() - (alone if found.method in JUDGEMENT_KEYS else set())


def _say_so(numbers: Sequence[float], found: FoundWeights, ids: Sequence[str]) -> bool:
    """Tell whether siblings' numbers come to the shares found already."""
    total = sum(numbers)
    shares = [number / total for number in numbers] if total else []
    return bool(shares) and all(abs(share - found.within[id_]) <= SAME for share, id_ in zip(shares, ids, strict=True))


def _points(found: FoundWeights, children: Sequence[TreeNode]) -> dict[str, float]:
    """Write shares as points out of 100 with as few digits as keep them, and none that is more than nothing at 0."""
    shares = {node.id: found.within[node.id] for node in children}
    for digits in range(15):
        points = {id_: round(100 * share, digits) for id_, share in shares.items()}
        total = sum(points.values())
        if total and all(
            abs(points[id_] / total - share) <= CLOSE and (points[id_] > 0) == (share > 0)
            for id_, share in shares.items()
        ):
            return points
    return {id_: 100 * share for id_, share in shares.items()}
