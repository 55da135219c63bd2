"""What it means to move a criterion, or a whole group, from worst to best: in words, for whoever weighs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.model.criteria import Group, Leaf
from policyopts.report.cells import point
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.model.criteria import TreeNode


def swing_lines(node: TreeNode) -> Iterator[str]:
    """Describe a criterion's two anchors, a line each; of a group, the swing of each criterion in it."""
    if isinstance(node.record, Leaf):
        worst, best = ends(node.record)
        yield f"from: {worst}"
        yield f"to: {best}"
        return
    for name, leaf in _leaves(node.record):
        worst, best = ends(leaf)
        yield f"{name}, from: {worst} to: {best}"


def ends(leaf: Leaf) -> tuple[str, str]:
    """Describe the worst and the best anchor: in words as far as there are some, and by the figure."""
    figures = tuple(point(at, leaf) for at in leaf.ends) if leaf.ends else ("the worst present", "the best present")
    words = (leaf.anchors.worst, leaf.anchors.best)
    worst, best = map(_end, words, figures)
    return worst, best


def _end(words: str | None, figure: str) -> str:
    return flowing(f"{words.rstrip().rstrip('.')} ({figure})" if words else figure)


def _leaves(group: Group) -> Iterator[tuple[str, Leaf]]:
    for id_, record in group.criteria.items():
        if isinstance(record, Group):
            yield from _leaves(record)
        else:
            yield flowing(record.name or id_), record
