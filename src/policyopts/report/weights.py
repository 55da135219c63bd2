"""Weights found as JSON, CSV and Markdown, and the sentences that go with them in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from policyopts.analysis.weights import data_warning
from policyopts.model.criteria import Group
from policyopts.report.data import as_csv, as_json
from policyopts.report.english import capital
from policyopts.report.numbers import percent
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.found_weights import FoundWeights, JudgedGroup
    from policyopts.model.criteria import TreeNode

BAR = 30
_WORDS: Mapping[object, str] = {True: "yes", False: "no"}


def to_json(found: FoundWeights) -> str:
    """Write the weights as `policyopts.weights/1`."""
    leaves = found.criteria.tree.leaves
    return as_json(
        {
            "format": "policyopts.weights/1",
            "method": found.method,
            "parameters": dict(found.parameters),
            "weights": {id_: found.shares[id_] for id_ in leaves},
            "weights_now": None if found.now is None else {id_: found.now[id_] for id_ in leaves},
            "details": _details(found),
        }
    )


def _details(found: FoundWeights) -> dict[str, object]:
    """Give a weighting's own terms; of judgements by group, and those of a group alone at the top as well."""
    groups = {group.id: dict(group.details) for group in found.groups if group.details}
    alone = next(iter(groups.values())) if len(groups) == 1 else {}
    return {**found.details, **alone, **({"groups": groups} if groups else {})}


def to_csv(found: FoundWeights) -> str:
    """Write one row a criterion: its weight in force, if there is one, and the one found."""
    rows = [
        [node.id, node.name, None if found.now is None else found.now[node.id], found.shares[node.id]]
        for node in found.criteria.tree.nodes
        if not isinstance(node.record, Group)
    ]
    return as_csv(["id", "name", "weight_now", "weight"], rows)


def to_markdown(found: FoundWeights) -> str:
    """Write the weights as a Markdown table, groups in bold above their members."""
    lines = [f"# {title(found)}", "", "| Criterion | Weight now | Weight found | |", "|---|---:|---:|---|"]
    for node, now, weight, bar in rows(found, BAR):
        name = markdown(flowing(node.name))
        shown = f"**{name}**" if isinstance(node.record, Group) else name
        lines.append(f"| {shown} | {now} | {weight} | {f'`{bar}`' if bar else ''} |")
    lines += [line for sentence in notes(found) for line in ("", markdown(sentence))]
    return "\n".join(lines) + "\n"


def title(found: FoundWeights) -> str:
    """Say by which method the weights were found."""
    parameters = [f"{name} {_WORDS.get(value, value)}" for name, value in found.parameters.items()]
    return f"Weights: {', '.join([found.method, *parameters])}"


def rows(found: FoundWeights, width: int) -> Iterator[tuple[TreeNode, str, str, str]]:
    """Give each node with its share in force, the one found and, for a criterion, a bar."""
    largest = max(found.shares[id_] for id_ in found.criteria.tree.leaves)
    for node in found.criteria.tree.nodes:
        now = "" if found.now is None else percent(found.now[node.id])
        bar = "" if isinstance(node.record, Group) else "█" * round(found.shares[node.id] / largest * width)
        yield node, now, percent(found.shares[node.id]), bar


def notes(found: FoundWeights) -> Iterator[str]:
    """Say what the weighting makes of the judgements, and what to beware of."""
    if found.is_from_data:
        yield f"{capital(data_warning(found.method))}."
    if found.method == "direct":
        yield "Direct weights count as they are written; --method names a way to find others."
    for group in found.groups:
        yield from _group_notes(found, group)
    if found.unjudged:
        groups = ", ".join(_within(found, id_) for id_ in found.unjudged)
        yield f"No judgements {groups}: these weights stay as they are."


def _group_notes(found: FoundWeights, group: JudgedGroup) -> Iterator[str]:
    details, judged = group.details, group.consistency
    if found.method not in {"ahp", "bwm"} or len(group.shares) < 3:  # a single judgement contradicts nothing
        return
    place, error = capital(_within(found, group.id)), _error(details)
    if judged is None:
        yield f"{place}: {error}; without a judgement of the best beside the worst there is no consistency ratio."
    elif judged.is_poor:
        yield (
            f"{place}: the consistency ratio is {judged.ratio:.2f}, above {judged.limit:.2f} ({error}): the judgements "
            f"contradict each other. Look again first at {judged.worst}."
        )
    else:
        limit = "" if judged.limit is None else f", within {judged.limit:.2f}"
        worst = f"; furthest off: {judged.worst}" if judged.worst else ""
        yield f"{place}: the consistency ratio is {judged.ratio:.2f}{limit} ({error}){worst}."
    if found.parameters.get("model") == "nonlinear":
        bounds = cast("Mapping[str, tuple[float, float]]", details["intervals"])
        spans = (f"{flowing(found.criteria.tree.node(id_).name)} {span}" for id_, span in _spans(bounds))
        yield f"{place}: shares that fit as well: {', '.join(spans)}."


def _error(details: Mapping[str, object]) -> str:
    return f"ξ = {details['xi']:.3g}" if "xi" in details else f"λ max = {details['lambda_max']:.4g}"


def _spans(bounds: Mapping[str, tuple[float, float]]) -> Iterator[tuple[str, str]]:
    for id_, (low, high) in bounds.items():
        yield id_, f"{percent(low)} to {percent(high)}"


def _within(found: FoundWeights, group: str) -> str:
    if group != "root":
        return f"within {flowing(found.criteria.tree.node(group).name)}"
    several = any(isinstance(node.record, Group) for node in found.criteria.tree.nodes)
    return "at the top" if several else "among the criteria"
