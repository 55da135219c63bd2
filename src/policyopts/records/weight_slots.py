"""Where the weights stand in the text of `criteria.yaml`, and where missing ones would, so that others can go there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.findings import OutputError
from policyopts.records.splicing import Put, splice

if TYPE_CHECKING:
    from policyopts.model.criteria import CriteriaTree

_ORDER = ("name", "definition", "scale", "direction", "anchors", "weight", "weight_because", "value", "criteria")


class WeightSlot(NamedTuple):
    """The place of one node's weight: it goes between `before` and `after`, in place of the text from start to end."""

    start: int
    end: int
    before: str
    after: str


def weight_slots(text: str, tree: CriteriaTree) -> tuple[WeightSlot, ...] | None:
    """Find the place of each node's weight; None where the text is written so that no program can change it safely.

    Examples
    --------
    >>> from policyopts.model.criteria import CriteriaTree, Leaf
    >>> tree = CriteriaTree.of({"cost": Leaf(direction="min"), "effect": Leaf(direction="max", weight=2.0)})
    >>> weight_slots("criteria: {cost: {direction: min}, effect: {direction: max, weight: 2}}", tree)
    (WeightSlot(start=32, end=32, before=', weight: ', after=''), WeightSlot(start=68, end=69, before='', after=''))
    """
    stand_in = "stand-in"
    while stand_in in text:
        stand_in += "-x"
    try:
        changed = [splice(text, [Put((*node.at, "weight"), stand_in, _ORDER)]) for node in tree.nodes]
    except OutputError:
        return None
    return tuple(_slot(text, other, stand_in) for other in changed)


def _slot(text: str, changed: str, stand_in: str) -> WeightSlot:
    """Find the one place in which two texts differ."""
    start = _shared(text, changed)
    shared = _shared(text[start:][::-1], changed[start:][::-1])
    before, _, after = changed[start : len(changed) - shared].partition(stand_in)
    return WeightSlot(start, len(text) - shared, before, after)


def _shared(one: str, other: str) -> int:
    """Count the characters with which two texts begin alike."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (here, there) in enumerate(pairs) if here != there), min(len(one), len(other)))
