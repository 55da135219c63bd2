"""Weights worked out from judgements or from the data, beside those in force."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING, NamedTuple

from policyopts.analysis.consistency import Consistency, consistency
from policyopts.analysis.problem.decision import options_present
from policyopts.analysis.view import known, look
from policyopts.analysis.weights import (
    NOTHING,
    all_derived,
    judged_weights,
    numbers_from_data,
    tree_sums,
    weighs_by_data,
    weights_by_data,
)
from policyopts.engine.errors import EngineError
from policyopts.engine.weightings import WEIGHTINGS
from policyopts.findings import DossierError, UsageError
from policyopts.model.criteria import Group
from policyopts.model.weighting import FROM_DATA, WeightRange
from policyopts.names import did_you_mean
from policyopts.records.criteria_checks import missing_judgements, missing_weights, refused_judgements
from policyopts.records.files import CRITERIA
from policyopts.records.problems import Places

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from policyopts.engine.weighing import Weights
    from policyopts.model.criteria import CriteriaFile, CriteriaTree, TreeNode
    from policyopts.model.dossier import Dossier
    from policyopts.model.weighting import Weighting
    from policyopts.records.draft import Draft
    from policyopts.records.problems import Problem


class JudgedGroup(NamedTuple):
    """A group whose members were weighed against each other, and what the weighting says of it in its own terms."""

    id: str
    shares: Mapping[str, float]  # of the group
    details: Mapping[str, object]
    consistency: Consistency | None


class FoundWeights(NamedTuple):
    """What a weighting comes to for a tree of criteria.

    `within` holds each node's share among its siblings, `shares` that of the whole, and `now` the share of the whole
    that is in force, None where there is none. `judgements` is the weighting with what was asked for, `unjudged` names
    the groups whose weights stay as they are, `details` what a weighting by the data says.
    """

    criteria: CriteriaFile
    method: str
    parameters: Mapping[str, object]
    judgements: Weighting
    within: Mapping[str, float]
    shares: Mapping[str, float]
    now: Mapping[str, float] | None
    groups: tuple[JudgedGroup, ...] = ()
    unjudged: tuple[str, ...] = ()
    details: Mapping[str, object] = NOTHING

    @property
    def is_from_data(self) -> bool:
        """Whether the weights follow from the performances."""
        return self.method in FROM_DATA


def weighting_parameters(method: str, given: Mapping[str, object]) -> dict[str, object]:
    """Fill in the parameters of a weighting with their defaults, or say what it takes.

    Raises
    ------
    UsageError
        For a weighting or a parameter that is not there, and a value that it does not take.
    """
    way = known(WEIGHTINGS, method, "weighting")
    called = {word: parameter for parameter in way.parameters for word in parameter.names}
    settings: dict[str, object] = {parameter.name: parameter.setting(parameter.default) for parameter in way.parameters}
    for word, value in given.items():
        if word not in called:
            hint = did_you_mean(word, settings) or (f"known: {', '.join(settings)}" if settings else "it has none")
            raise UsageError(f"{method} has no parameter '{word}'", hint)
        try:
            settings[called[word].name] = called[word].setting(value)
        except EngineError as error:
            raise UsageError(f"{method}: {error.message}", error.hint) from None
    return settings


def groups_to_weigh(tree: CriteriaTree, only: str | None = None) -> dict[str, tuple[TreeNode, ...]]:
    """Give the groups of several members, those furthest down first: whoever weighs groups has looked into them.

    Raises
    ------
    UsageError
        Where the only one asked for is not there, or has one member alone.
    """
    several = [(group, children) for group, children in tree.groups if len(children) > 1]
    found = dict(sorted(several, key=lambda each: -len(each[1][0].at)))
    if only is None:
        return found
    if len(known(dict(tree.groups), only, "group")) < 2:
        raise UsageError(f"the group '{only}' has one member, which has all of its weight")
    return {only: found[only]}


def groups_to_ask(criteria: CriteriaFile, method: str, group: str | None, *, again: bool) -> list[str]:
    """Name the groups without judgements for a method; all that are to be weighed where they are asked `again`."""
    judged = criteria.weighting.judgements_of
    return [id_ for id_ in groups_to_weigh(criteria.tree, group) if again or judged(id_, method) is None]


def refuse_unfit(draft: Draft, method: str, parameters: Mapping[str, object], unasked: Collection[str]) -> None:
    """Tell what is wrong with the judgements that are kept, before others are asked for in the `unasked` groups.

    Raises
    ------
    DossierError
        With all judgements that the method cannot take.
    """
    every, weighting = groups_to_weigh(draft.criteria.tree), draft.criteria.weighting
    kept = [id_ for id_ in every if id_ not in unasked and weighting.judgements_of(id_, method) is not None]
    _, problems = _judged({id_: every[id_] for id_ in kept}, weighting, method, parameters)
    if problems:
        raise DossierError(draft.folder, Places({CRITERIA: draft.text}).findings(problems))


def weigh_groups(
    draft: Draft, method: str, parameters: Mapping[str, object], judgements: Weighting, group: str | None = None
) -> FoundWeights:
    """Weigh the members of each group, or of one alone, by judgements; where there are none, groups keep their weights.

    Raises
    ------
    DossierError
        With all judgements that are missing, or that the method cannot take.
    """
    criteria, tree = draft.criteria, draft.criteria.tree
    every, chosen = groups_to_weigh(tree), groups_to_weigh(tree, group)
    kept = shares_within(tree, numbers_in_force(criteria))
    unweighed = [id_ for id_, children in every.items() if children[0].id not in kept]
    with_judgements = [id_ for id_ in every if judgements.judgements_of(id_, method) is not None]
    judged = [id_ for id_ in with_judgements if id_ in chosen or id_ in unweighed]
    needed = unweighed if any(id_ in judged for id_ in chosen) else [*unweighed, *chosen]
    groups, problems = _judged({id_: every[id_] for id_ in judged}, judgements, method, parameters)
    problems += [
        missing_judgements(judgements, method, id_, [node.id for node in children])
        for id_, children in every.items()
        if id_ in needed and id_ not in judged
    ]
    if problems:
        raise DossierError(draft.folder, Places({CRITERIA: draft.text}).findings(problems))
    within = {**kept}
    for found in groups:
        within |= found.shares
    now = None if unweighed else shares_of_whole(tree, kept)
    unjudged = tuple(id_ for id_ in every if id_ not in judged)
    shares = shares_of_whole(tree, within)
    return FoundWeights(criteria, method, parameters, judgements, within, shares, now, tuple(groups), unjudged)


def _judged(
    groups: Mapping[str, Sequence[TreeNode]], judgements: Weighting, method: str, parameters: Mapping[str, object]
) -> tuple[list[JudgedGroup], list[Problem]]:
    """Weigh the members of groups; judgements that the method cannot take become problems."""
    judged, problems = [], []
    for group, children in groups.items():
        given = {**(judgements.judgements_of(group, method) or {}), **parameters}
        try:
            found = judged_weights([node.id for node in children], method, given)
        except EngineError as error:
            problems.append(refused_judgements(method, group, error.message, error.hint))
            continue
        fitting = consistency(method, given, found.details)
        judged.append(JudgedGroup(group, _by_id(found), _details_by_id(found), fitting))
    return judged, problems


def weigh_by_data(dossier: Dossier, method: str, parameters: Mapping[str, object]) -> FoundWeights:
    """Weigh all criteria at once by how far the options differ on them.

    Raises
    ------
    EngineError
        For performances that the method cannot take.
    """
    criteria, tree = dossier.criteria_file, dossier.tree
    matrix = options_present(look(dossier)).matrix
    found = weights_by_data(matrix, method, parameters)
    shares = tree_sums(tree, _by_id(found))
    numbers = numbers_in_force(criteria)
    if weighs_by_data(criteria):
        numbers = numbers_from_data(matrix, criteria.weighting.method, tree)
        numbers = {**tree_sums(tree, numbers), **numbers}
    kept = shares_within(tree, numbers)
    now = shares_of_whole(tree, kept) if len(kept) == len(tree.nodes) else None
    within: dict[str, float] = {}
    for _, children in tree.groups:
        total = sum(shares[node.id] for node in children)
        within |= {node.id: shares[node.id] / total if total else 1 / len(children) for node in children}
    details = _details_by_id(found)
    return FoundWeights(criteria, method, parameters, criteria.weighting, within, shares, now, details=details)


def as_stated(draft: Draft) -> FoundWeights:
    """Give the weights in force.

    Raises
    ------
    DossierError
        Where there are none.
    """
    criteria, tree = draft.criteria, draft.criteria.tree
    within = shares_within(tree, numbers_in_force(criteria))
    problems = [
        missing_weights(group, children[0].at[:-1]) for group, children in tree.groups if children[0].id not in within
    ]
    if problems:
        raise DossierError(draft.folder, Places({CRITERIA: draft.text}).findings(problems))
    shares = shares_of_whole(tree, within)
    return FoundWeights(criteria, "direct", {}, criteria.weighting, within, shares, shares)


def numbers_in_force(criteria: CriteriaFile) -> dict[str, float]:
    """Give each node's number among its siblings, written or from judgements; NaN where there is none yet."""
    derived = derived_in_force(criteria)
    numbers: dict[str, float] = {}
    nodes = criteria.tree.nodes
    sums = [0.0] * len(nodes)
    for place in reversed(range(len(nodes))):
        node = nodes[place]
        weight = node.record.weight
        if weight is not None:
            numbers[node.id] = weight.value if isinstance(weight, WeightRange) else weight
        else:
            numbers[node.id] = derived.get(node.id, sums[place] if isinstance(node.record, Group) else nan)
        if node.parent >= 0:
            sums[node.parent] += numbers[node.id]
    return numbers


def derived_in_force(criteria: CriteriaFile) -> Mapping[str, float]:
    """Give the numbers that follow from judgements; none where the judgements cannot be taken."""
    try:
        return all_derived(criteria)
    except EngineError:  # told by whatever asks for these judgements
        return NOTHING


def shares_within(tree: CriteriaTree, numbers: Mapping[str, float]) -> dict[str, float]:
    """Give each node's share among its siblings; those of a group without weights are left out."""
    within: dict[str, float] = {}
    for _, children in tree.groups:
        total = sum(numbers[node.id] for node in children)
        if len(children) == 1:
            within[children[0].id] = 1.0
        elif total and not isnan(total):
            within |= {node.id: numbers[node.id] / total for node in children}
    return within


def shares_of_whole(tree: CriteriaTree, within: Mapping[str, float]) -> dict[str, float]:
    """Give each node's share of the whole, from those among siblings."""
    whole: list[float] = []
    for node in tree.nodes:
        whole.append(within[node.id] * (whole[node.parent] if node.parent >= 0 else 1.0))
    return {node.id: share for node, share in zip(tree.nodes, whole, strict=True)}


def _by_id(found: Weights) -> dict[str, float]:
    return dict(zip(found.criteria, found.weights.tolist(), strict=True))


def _details_by_id(found: Weights) -> dict[str, object]:
    """Give a weighting's own terms, with those that have a row for each criterion by its id."""
    return {
        name: dict(zip(found.criteria, rows.tolist(), strict=True)) if hasattr(rows, "tolist") else rows
        for name, rows in found.details.items()
    }
