"""What must hold inside `criteria.yaml` before anything can be computed from it."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from policyopts.model.criteria import (
    CriteriaFile,
    CriteriaTree,
    Exponential,
    Group,
    Leaf,
    Points,
    RelativeThreshold,
    Threshold,
    TreeNode,
)
from policyopts.model.estimates import UNKNOWN, figure
from policyopts.model.weighting import FROM_DATA, JUDGEMENT_KEYS, BestWorstJudgements, Weight, Weighting, WeightRange
from policyopts.names import Key, did_you_mean, is_id, quoted
from policyopts.records.files import CRITERIA
from policyopts.records.problems import Point, Problem
from policyopts.records.yaml_source import plain_value

MOST_COMPARED = 1000
"""Among more ids than this, none is looked for that a mistaken one may have been meant to be: it would take long."""


def check_criteria(criteria: CriteriaFile, options: Collection[str], *, weighed: bool = True) -> Iterator[Problem]:
    """Check the tree, its scales and weights, and the options that the decision names.

    Where it is not `weighed`, weights may still be missing.
    """
    tree = criteria.tree
    if not any(isinstance(node.record, Leaf) for node in tree.nodes):
        yield Problem(CRITERIA, ("criteria",), "KEY202", "there are no criteria; expected at least one", point="key")
    seen: set[str] = set()
    for node in tree.nodes:
        yield from _check_id(node, seen)
        seen.add(node.id)
        if isinstance(node.record, Leaf):
            for problem in _check_leaf(node.record):
                explained_by = tuple((*node.at, *key) for key in problem.explained_by)
                at, told = (*node.at, *problem.key), (problem.code, problem.message, problem.hint, problem.point)
                yield Problem(CRITERIA, at, *told, explained_by=explained_by)
        elif not node.record.criteria:
            yield Problem(CRITERIA, node.at, "KEY202", f"the group '{node.id}' has no criteria", point="key")
    for group, children in tree.groups:
        for node in children:
            if node.record.weight is not None:
                yield from check_weight(CRITERIA, (*node.at, "weight"), node.record.weight)
        if weighed:
            yield from _check_unweighed(criteria, group, children)
    yield from check_sums(CRITERIA, (), tree, {})
    yield from _check_judgements(criteria)
    for key in ("baseline", "fallback", "recommend"):
        option = getattr(criteria.decision, key)
        if option is not None and options and option not in options:
            yield unknown(CRITERIA, ("decision", key), "option", option, options)


def unknown(path: str, key: Key, kind: str, word: str, known: Collection[str], *, at_key: bool = False) -> Problem:
    """Tell of an id that stands for nothing."""
    hint = did_you_mean(word, known) if len(known) <= MOST_COMPARED else ""
    if not hint:
        more = ", …" if len(known) > 12 else ""
        hint = f"known: {', '.join(sorted(known)[:12])}{more}" if known else f"the dossier has no {kind}"
    point: Point = "key" if at_key else "value"
    return Problem(path, key, "REF221", f"unknown {kind} {quoted(word)}", hint, point, subject=word)


def check_weight(path: str, key: Key, weight: Weight) -> Iterator[Problem]:
    """Check one written weight."""
    numbers = (weight.low, weight.value, weight.high) if isinstance(weight, WeightRange) else (weight,)
    for name, number in zip(("low", "value", "high"), numbers, strict=False):
        at = (*key, name) if len(numbers) > 1 else key
        if number < 0:
            yield Problem(path, at, "WGT301", f"the weight {figure(number)} is negative; expected 0 or more")
    if list(numbers) != sorted(numbers):
        low, value, high = (figure(number) for number in numbers)
        message = f"the weight {value} is outside its own range {low} to {high}"
        yield Problem(path, (*key, "value"), "WGT301", message)


def _check_id(node: TreeNode, seen: Collection[str]) -> Iterator[Problem]:
    if not is_id(node.id):
        hint = "small letters, digits and single hyphens, as in escalation-risk"
        yield Problem(CRITERIA, node.at, "VAL215", f"{quoted(node.id)} cannot be a criterion's id", hint, "key")
    elif node.id == "root":
        yield Problem(CRITERIA, node.at, "VAL215", "'root' is the top of the tree; expected another id", point="key")
    elif node.id in seen:
        message = f"'{node.id}' names two criteria or groups; expected ids that are unique in the whole tree"
        yield Problem(CRITERIA, node.at, "REF223", message, point="key")


def _check_leaf(leaf: Leaf) -> Iterator[Problem]:
    """Check a criterion; keys are relative to it."""
    if leaf.scale is None:
        if leaf.direction is None:
            hint = "scale: {worst: 0, best: 100}, or scale: {levels: {…}}, or direction: max"
            message = "neither a 'scale' nor a 'direction'"
            yield Problem("", ("scale",), "KEY202", message, hint, "key", explained_by=(("direction",), ("criteria",)))
        elif isinstance(leaf.value, Points | Exponential):
            message = "a value function without a scale; expected a 'scale' as well"
            yield Problem("", ("value",), "VAL216", message, explained_by=(("scale",),))
    else:
        yield from _check_scale(leaf)
    if leaf.limit is not None:
        yield from _check_limit(leaf)
    yield from _check_thresholds(leaf)


def _check_scale(leaf: Leaf) -> Iterator[Problem]:
    scale = leaf.scale
    assert scale is not None  # noqa: S101 - the caller looked
    if scale.levels is not None:
        yield from _check_levels(leaf, scale.levels)
        return
    if scale.worst is None and scale.best is None:
        yield Problem(
            "", ("scale",), "KEY202", "the scale is empty; expected 'worst' and 'best', or 'levels'", point="key"
        )
        return
    for key in ("worst", "best"):
        if getattr(scale, key) is None:
            yield Problem("", ("scale", key), "KEY202", f"the scale has no '{key}'; expected both anchors", point="key")
    ends = leaf.ends
    if ends is None:
        return
    if ends[0] == ends[1]:
        yield Problem("", ("scale", "best"), "VAL216", "worst and best are the same; expected two different anchors")
    elif leaf.direction is not None and (leaf.direction == "max") != leaf.higher_is_better:
        message = f"direction {leaf.direction} contradicts a scale from {figure(ends[0])} (worst) to {figure(ends[1])}"
        yield Problem("", ("direction",), "VAL216", message, "the direction follows from the anchors: leave it out")
    elif isinstance(leaf.value, Points):
        yield from _check_points(leaf.value, *ends)


def _check_levels(leaf: Leaf, levels: dict[str, float]) -> Iterator[Problem]:
    scale, beside = leaf.scale, "beside levels"
    for key in ("worst", "best", "unit"):
        if getattr(scale, key) is not None:
            yield Problem("", ("scale", key), "VAL216", f"'{key}' {beside}; expected one or the other", point="key")
    if leaf.value is not None:
        yield Problem("", ("value",), "VAL216", f"a value function {beside}, which carry their values", point="key")
    if leaf.direction == "min":
        yield Problem("", ("direction",), "VAL216", f"direction min {beside}, whose higher values are better")
    if len(set(levels.values())) < 2:
        yield Problem("", ("scale", "levels"), "VAL216", "expected at least two levels of different value", point="key")
    for name, value in levels.items():
        at = ("scale", "levels", name)
        if not 0 <= value <= 100:
            yield Problem("", at, "VAL213", f"the level's value {figure(value)}; expected 0 to 100")
        if name == UNKNOWN or not name.strip() or not isinstance(plain_value(name), str):
            message = f"{quoted(name)} cannot name a level; expected a word that is no number"
            yield Problem("", at, "VAL215", message, point="key")


def _check_points(function: Points, worst: float, best: float) -> Iterator[Problem]:
    at = ("value", "points")
    towards_best = sorted(function.points, reverse=best < worst)
    performances = [performance for performance, _ in towards_best]
    values = [value for _, value in towards_best]
    if len(set(performances)) < len(performances):
        yield Problem("", at, "VAL216", "two points at one performance; expected a value for each once")
    if min(performances) > min(worst, best) or max(performances) < max(worst, best):
        message = f"the points do not cover the scale of {figure(min(worst, best))} to {figure(max(worst, best))}"
        yield Problem("", at, "VAL216", message)
    if values != sorted(values) or values[0] == values[-1]:
        yield Problem("", at, "VAL216", "values that do not rise from the worst anchor to the best")
    for index, (_, value) in enumerate(function.points):
        if not 0 <= value <= 100:
            message = f"the value {figure(value)}; expected 0 (worst) to 100 (best)"
            yield Problem("", (*at, index, 1), "VAL213", message)


def _check_limit(leaf: Leaf) -> Iterator[Problem]:
    limit = leaf.limit
    assert limit is not None  # noqa: S101 - the caller looked
    figures = {}
    for key in ("at_least", "at_most"):
        given = getattr(limit, key)
        at = ("limit", key)
        if isinstance(given, str) and given not in (leaf.levels or {}):
            expected = f"one of {', '.join(leaf.levels)}" if leaf.levels else "a number"
            hint = did_you_mean(given, leaf.levels or ())
            yield Problem("", at, "REF222", f"unknown level {quoted(given)}; expected {expected}", hint)
        elif given is not None:
            figures[key] = (leaf.levels or {})[given] if isinstance(given, str) else given
            if leaf.ends is not None and not min(leaf.ends) <= figures[key] <= max(leaf.ends):
                low, high = sorted(leaf.ends)
                message = f"the limit {figure(figures[key])} is off the scale; expected {figure(low)} to {figure(high)}"
                yield Problem("", at, "SCR402", message)
    if limit.at_least is None and limit.at_most is None:
        yield Problem("", ("limit",), "KEY202", "a limit without 'at_least' or 'at_most'", point="key")
    if figures.get("at_least", -math.inf) > figures.get("at_most", math.inf):
        yield Problem("", ("limit", "at_least"), "VAL216", "at_least is above at_most: no option could meet both")


def _check_thresholds(leaf: Leaf) -> Iterator[Problem]:
    if leaf.thresholds is None:
        return
    named: list[tuple[str, Threshold | None]] = [
        (key, getattr(leaf.thresholds, key)) for key in ("indifference", "preference", "veto")
    ]
    for relative in (False, True):
        sizes = [
            (key, given.relative if isinstance(given, RelativeThreshold) else given)
            for key, given in named
            if given is not None and isinstance(given, RelativeThreshold) == relative
        ]
        for (below, small), (above, large) in pairwise(sizes):
            if small > large:
                message = f"{above} {figure(large)} is below {below} {figure(small)}; expected it no smaller"
                yield Problem("", ("thresholds", above), "VAL216", message)


def _check_unweighed(criteria: CriteriaFile, group: str, children: tuple[TreeNode, ...]) -> Iterator[Problem]:
    """Check that siblings without weights get them from the weighting."""
    weighting = criteria.weighting
    method = weighting.method
    without = [node for node in children if node.record.weight is None and isinstance(node.record, Leaf)]
    hint = ""
    if method in FROM_DATA:
        if all(node.record.weight is None for node in criteria.tree.nodes):
            return
        hint = f"'{method}' weighs all criteria at once: take every weight out, or give each one"
    elif method != "direct":
        if all(node.record.weight is None for node in children):
            yield from _check_unjudged(criteria, group, children, needed=bool(without) or group == "root")
            return
        hint = f"'{method}' weighs all of a group: take the weights of this one out, or give each"
    for node in without:
        at, message = (*node.at, "weight"), f"the criterion '{node.id}' has no weight"
        explained_by = (("weighting", "method"), (*node.at, "criteria"))
        yield Problem(CRITERIA, at, "KEY202", message, hint, "key", explained_by=explained_by)


def _check_unjudged(
    criteria: CriteriaFile, group: str, children: tuple[TreeNode, ...], *, needed: bool
) -> Iterator[Problem]:
    """Check that there are judgements to get a group's weights from; one member alone needs none."""
    weighting = criteria.weighting
    if weighting.judgements_of(group, weighting.method) is not None or len(children) == 1 or not needed:
        return
    key = JUDGEMENT_KEYS[weighting.method]
    if group in getattr(weighting, key):
        form = "pairs, such as cost/effect: 3" if weighting.method == "ahp" else "best, worst and two rows of ratios"
        message = f"the judgements of '{group}' are not those of {weighting.method}; expected {form}"
        yield Problem(CRITERIA, ("weighting", key, group), "VAL216", message, point="key")
        return
    message = f"no weights in '{group}', and no '{key}' of 'weighting' to get them from"
    explained_by: tuple[Key, ...] = (("weighting", key),)
    yield Problem(CRITERIA, children[0].at[:-1], "KEY202", message, point="key", explained_by=explained_by)


def refused_judgements(method: str, group: str, message: str, hint: str) -> Problem:
    """Tell, at a group's judgements, why a method cannot take them."""
    return Problem(CRITERIA, ("weighting", JUDGEMENT_KEYS[method], group), "VAL216", message, hint, "key")


def missing_judgements(weighting: Weighting, method: str, group: str, ids: Sequence[str]) -> Problem:
    """Tell that a group has no judgements for a method, and how they are written."""
    key, first, last = JUDGEMENT_KEYS[method], ids[0], ids[-1]
    more = ", …" if len(ids) > 2 else ""
    others, to_worst = (f"{ids[1]}: 2, …", f"{ids[1]}: 3, …") if more else (f"{last}: 3", "")
    ratios = f"best_to_others: {{{others}}}, others_to_worst: {{{to_worst}}}"
    form = {
        "points": f"{{{first}: 100, {ids[1]}: 60{more}}}",
        "order": f"[{first}, {ids[1]}{more}]",
        "judgements": f"{{{first}/{ids[1]}: 3{more}}}"
        if method == "ahp"
        else f"{{best: {first}, worst: {last}, {ratios}}}",
    }
    message = f"no {key} of '{group}' to weigh it by {method}"
    if group in getattr(weighting, key):
        message = f"the {key} of '{group}' are not those of {method}"
    hint = f"for instance {key}: {{{group}: {form[key]}}}"
    return Problem(CRITERIA, ("weighting", key, group), "KEY202", message, hint, "key")


def missing_weights(group: str, at: Key) -> Problem:
    """Tell that a group has no weights, and what asks for them."""
    return Problem(CRITERIA, at, "KEY202", f"no weights in '{group}'", "policyopts weigh --method swing", "key")


def check_sums(path: str, at: Key, tree: CriteriaTree, changed: Mapping[str, Weight]) -> Iterator[Problem]:
    """Refuse groups whose weights are all zero; `changed` holds weights that replace the tree's own.

    Told at `at`, or where that is the empty key at the group; where a group has no weight because the groups below
    it have none, only they are told.
    """
    weights = [changed.get(node.id, node.record.weight) for node in tree.nodes]
    sums = [0.0] * (len(weights) + 1)  # of each node's children, those at the top last: at −1
    stated = [False] * (len(weights) + 1)  # whether one of them is a weight, and not itself a sum
    for index in reversed(range(len(weights))):
        node, weight = tree.nodes[index], weights[index]
        if weight is None:  # a criterion's comes from judgements, which are looked at elsewhere
            number = sums[index] if isinstance(node.record, Group) else 1.0
        else:
            number = weight.value if isinstance(weight, WeightRange) else weight
            stated[node.parent] = True
        sums[node.parent] += number
    for group, children in tree.groups:
        index = tree.place_of(group) if group != "root" else -1
        touched = not changed or any(node.id in changed for node in children)
        if children and touched and stated[index] and sums[index] == 0:
            name = "at the top" if group == "root" else f"in the group '{group}'"
            key = at or children[0].at[:-1]
            yield Problem(path, key, "WGT301", f"all weights {name} are zero", point="key")


def _check_judgements(criteria: CriteriaFile) -> Iterator[Problem]:
    """Check that judgements speak of the groups and children that the tree has."""
    children = {group: [node.id for node in nodes] for group, nodes in criteria.tree.groups}
    weighting = criteria.weighting
    for kind, judged in (
        ("points", weighting.points),
        ("order", weighting.order),
        ("judgements", weighting.judgements),
    ):
        named: Mapping[str, object] = judged
        for group, judgement in named.items():
            at = ("weighting", kind, group)
            if group not in children:
                yield unknown(CRITERIA, at, "group", group, children, at_key=True)
                continue
            told: Collection[str] = ()
            if kind == "judgements":
                yield from _check_times(at, judgement)
                told = judgement if isinstance(judgement, dict) else ()  # what stands there whole is no pair
            mentioned = list(_mentioned(judgement))
            for id_ in mentioned:
                if id_ not in children[group] and id_ not in told:
                    yield unknown(CRITERIA, at, f"member of '{group}'", id_, children[group])
            missing = [id_ for id_ in children[group] if id_ not in mentioned]
            if missing and not set(mentioned) - set(children[group]):
                yield Problem(CRITERIA, at, "KEY202", f"no judgement of {', '.join(missing)}", point="key")
            if kind == "order" and len(set(mentioned)) < len(mentioned):
                yield Problem(CRITERIA, at, "REF223", "an id stands twice in the order", point="key")
    for group, points in weighting.points.items():
        for id_, number in points.items():
            yield from check_weight(CRITERIA, ("weighting", "points", group, id_), number)
        if points and all(number == 0 for number in points.values()):
            yield Problem(CRITERIA, ("weighting", "points", group), "WGT301", "all swing points are zero", point="key")


def _check_times(at: Key, judgement: object) -> Iterator[Problem]:
    """Check the figures of pairwise judgements, and that a pair names two members."""
    rows: dict[Key, Mapping[str, float]] = {}
    if isinstance(judgement, BestWorstJudgements):
        rows = {(*at, name): getattr(judgement, name) for name in ("best_to_others", "others_to_worst")}
    elif isinstance(judgement, dict):
        rows = {at: judgement}
        for pair in judgement:
            first, _, second = pair.partition("/")
            if not first or not second or first == second:
                message = f"{quoted(pair)} is no pair; expected two members, such as cost/effect"
                yield Problem(CRITERIA, (*at, pair), "VAL216", message, point="key")
    for row, times in rows.items():
        for id_, number in times.items():
            if number <= 0:
                yield Problem(CRITERIA, (*row, id_), "VAL213", f"the number {figure(number)}; expected more than 0")


def _mentioned(judgement: object) -> Iterator[str]:
    match judgement:
        case BestWorstJudgements():
            yield from (judgement.best, judgement.worst, *judgement.best_to_others, *judgement.others_to_worst)
        case dict():
            yield from (id_ for key in judgement for id_ in str(key).split("/"))
        case tuple():
            for place in judgement:
                yield from place if isinstance(place, tuple) else (place,)
