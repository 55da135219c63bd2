"""Edits in the dossier's own words: `deterrence: weight 20 → 25`, `regional-deal / escalation: 30–50 → 20–40`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policyopts.analysis.facts import TABLE_ROWS, TOP, Axis, Node
from policyopts.analysis.table_rows import Rows
from policyopts.model.criteria import Exponential, Limit, Points, RelativeThreshold, Thresholds
from policyopts.model.estimates import figure
from policyopts.model.options import CellRecord, EstimateRecord
from policyopts.model.weighting import BestWorstJudgements, WeightRange
from policyopts.names import cut
from policyopts.report.english import counted, named
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from policyopts.analysis.edits import Edit, Kind
    from policyopts.analysis.mentions import Mention

NOTHING = "none"
_LONGEST = 60  # of one side of an edit: lists of levels or judgements may be long

HEADINGS: Mapping[str, tuple[Kind, ...]] = {
    "How it is ranked": ("method", "parameter", "lexicon"),
    "Weights": ("weighting", "judgements", "weight"),
    "Criteria": ("tree", "criterion", "scale", "value", "limit", "thresholds", "preference"),
    "Options": ("option", "table"),
    "Performances": ("performance",),
    "Taken together": ("several",),
}
"""The kinds of edits under the headings that they are shown under, in that order."""
_WORDS: Mapping[str, str] = {"value": "value function"}


def said(edit: Edit) -> str:
    """Say what an edit is."""
    return flowing(f"{_subject(edit)}: {_change(edit)}{_along(edit)}")


def where(edit: Edit) -> tuple[str, str]:
    """Say where an edit stands: of something that is gone, with `was at` before it."""
    gone = edit.was_at is not None and edit.after is None and edit.kind != "several"
    at = edit.was_at if gone and edit.was_at else edit.is_at
    return ("was at " if gone else "", f"{at.path}:{at.line}")


def _subject(edit: Edit) -> str:
    match edit.kind:
        case "several":
            options = {key[1] if key[0] == "performance" else "" for key in edit.keys}
            return options.pop() if len(options) == 1 and "" not in options else edit.is_at.path
        case "tree":
            return "criteria"
        case "table":
            return edit.is_at.path
    return " / ".join(edit.ids) or edit.kind


def _change(edit: Edit) -> str:
    absent = "default" if edit.kind == "parameter" else NOTHING
    sides = " → ".join(absent if value is None else words(value) for value in (edit.before, edit.after))
    if edit.kind == "performance":
        sides = _several(edit.before, edit.after) or sides
    match edit.kind:
        case "option" | "criterion":
            return f"{edit.kind} {'added' if edit.before is None else 'removed'}"
        case "performance" | "parameter" | "method" | "lexicon" | "weighting" | "table":
            return sides
        case "judgements":
            return _judgements(edit)
        case "tree":
            nodes = [key[1] for key in edit.keys if key[0] == "node"]
            return f"{named(nodes)} moved, added or removed"
        case "several":
            alike = all(key[0] == "performance" for key in edit.keys)
            return counted(len(edit.keys), "performance" if alike else "change")
    return f"{_WORDS.get(edit.kind, edit.kind)} {sides}"


def _judgements(edit: Edit) -> str:
    kind, old, new = edit.keys[0][0], edit.before, edit.after
    if isinstance(old, dict) and isinstance(new, dict):
        changed = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
        return f"{kind} " + named([f"{key} {words(old.get(key))} → {words(new.get(key))}" for key in changed])
    return f"{kind} {words(old)} → {words(new)}"


def _several(before: Any, after: Any) -> str:
    """Say what changed in what several assessors say of a performance; nothing where they are not on both sides."""
    if not isinstance(before, CellRecord) or not isinstance(after, CellRecord) or not before.by or not after.by:
        return ""
    names = [name for name in {**before.by, **after.by} if before.by.get(name) != after.by.get(name)]
    changed = [f"{name} {words(before.by.get(name))} → {words(after.by.get(name))}" for name in names]
    agreed = "" if before.value == after.value else f"value {words(before.value)} → {words(after.value)}"
    return ", ".join(filter(None, [agreed, f"by {named(changed)}" if changed else ""]))


def _along(edit: Edit) -> str:
    """Say what comes with an edit, where that is not plain."""
    if edit.kind == "table":
        return f", {edit.after.apart:,} of them not as before" if edit.before and edit.after else ""
    if edit.kind in {"tree", "scale"} and TABLE_ROWS in edit.keys:
        return ", with the table of options"
    performances = sum(key[0] == "performance" for key in edit.keys[1:])
    if edit.kind not in {"scale", "criterion"} or not performances:
        return ""
    return f", with {counted(performances, 'performance')}"


def words(value: Any) -> str:
    """Write a fact's value in words."""
    return cut(_words(value), _LONGEST)


def _words(value: Any) -> str:
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value)
    return NOTHING if value is None else str(value)


def _axis(axis: Axis) -> str:
    scale = axis.scale
    if scale is None:
        return f"direction {axis.direction}"
    if scale.levels is not None:
        return "levels " + ", ".join(f"{name} {figure(value)}" for name, value in scale.levels.items())
    return f"worst {_words(scale.worst)}, best {_words(scale.best)} {scale.unit or ''}".rstrip()


def _performance(cell: EstimateRecord) -> str:
    """Write a performance: 45, unlikely, 30–50, or 45 (25–65); its distribution, where one is named; who says what."""
    if isinstance(cell, CellRecord) and cell.by:
        by = "by " + ", ".join(f"{name} {_words(own)}" for name, own in cell.by.items())
        return by if cell.value is None else f"{_words(cell.value)} ({by})"
    low, high = (_words(end) for end in (cell.low, cell.high))
    spread = f"{low}–{high}" if cell.low is not None else cell.word or ""
    if cell.low == cell.value == cell.high:
        spread = ""
    value = "" if cell.value is None else _words(cell.value)
    text = f"{value} ({spread})" if value and spread else value or spread
    return f"{text}, {cell.distribution}" if cell.distribution else text


def _weight(weight: WeightRange) -> str:
    return f"{figure(weight.value)} ({figure(weight.low)}–{figure(weight.high)})"


def _limit(limit: Limit) -> str:
    bounds = (("at least", limit.at_least), ("at most", limit.at_most))
    return " and ".join(f"{side} {_words(bound)}" for side, bound in bounds if bound is not None)


def _thresholds(thresholds: Thresholds) -> str:
    given = ((name, getattr(thresholds, name)) for name in ("indifference", "preference", "veto", "gaussian"))
    return ", ".join(f"{name} {_words(size)}" for name, size in given if size is not None)


def _node(node: Node) -> str:
    kind = "group" if node.is_group else "criterion"
    return f"{kind} at the top" if node.parent == TOP else f"{kind} in {node.parent}"


def _row(row: Sequence[Any]) -> str:
    return ", ".join(f"({_words(each)})" if isinstance(each, tuple) else _words(each) for each in row)


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    float: figure,
    int: figure,
    WeightRange: _weight,
    EstimateRecord: _performance,
    Axis: _axis,
    Node: _node,
    Points: lambda value: "points " + ", ".join(f"{figure(x)}→{figure(v)}" for x, v in value.points),
    Exponential: lambda value: f"exponential {figure(value.exponential)}",
    Limit: _limit,
    Thresholds: _thresholds,
    RelativeThreshold: lambda value: f"{figure(value.relative)} of the performance",
    Rows: lambda value: f"{len(value.table.places):,} options",
    BestWorstJudgements: lambda value: f"best {value.best}, worst {value.worst}",
    tuple: _row,
    list: _row,
    dict: lambda value: ", ".join(f"{key} {_words(each)}" for key, each in value.items()),
}
"""How values of each type are written."""


def mentioned(mention: Mention) -> str:
    """Say what changed without counting for the ranking."""
    where = "" if mention.home == "decision" else f"{mention.home} {mention.id}"
    if not mention.about:
        return flowing(f"{where}: {'added' if mention.before is None else 'removed'}")
    match mention.about:
        case "performance", option, criterion:
            what = f"{option} / {criterion}"
        case "weight", node:
            what = f"{node}: weight"
        case (key, *_):
            what = key
    colon = ": " if where else ""
    change = _several(mention.before, mention.after) or f"{words(mention.before)} → {words(mention.after)}"
    between = " " if mention.about[0] == "weight" else ": "
    return flowing(f"{where}{colon}{what}{between}{change}")
