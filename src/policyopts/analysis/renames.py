"""Which ids of two dossiers stand for one thing: an option's file or a criterion's key that was given another name.

A thing counts as renamed where one that is gone and one that is new agree, and no other does as well: in the name that
readers see, or in all their figures; of very many figures in the first ones. Where very many options came or went, none
counts as renamed.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from policyopts.analysis.facts import OF_A_CRITERION, Renames, facts_of
from policyopts.model.criteria import Leaf

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from policyopts.analysis.facts import Facts
    from policyopts.model.dossier import Dossier

MOST_LOOKED_AT = 1000  # options
_AS_A_SIGN = ("scale", *OF_A_CRITERION)


def find_renames(before: Dossier, after: Dossier) -> Renames:
    """Find options, criteria and groups that only their ids tell apart."""
    criteria = _criteria(before, after)
    groups = _groups(before, after, criteria)
    nodes = criteria | groups
    return Renames(_options(before, after, Renames({}, nodes)), nodes)


def _criteria(before: Dossier, after: Dossier) -> dict[str, str]:
    gone, new = _apart(before.criteria, after.criteria)
    if not gone or not new:
        return {}
    shared = list(islice((id_ for id_ in before.options if id_ in after.options), MOST_LOOKED_AT))
    by_name = _pairs(
        {id_: before.criteria[id_].name for id_ in gone},
        {id_: after.criteria[id_].name for id_ in new},
    )
    facts, facts_after = facts_of(before, options=shared), facts_of(after, options=shared)
    by_figures = _pairs(
        {id_: _column(facts, id_, shared) for id_ in gone if id_ not in by_name},
        {id_: _column(facts_after, id_, shared) for id_ in new if id_ not in by_name.values()},
    )
    return by_name | by_figures


def _column(facts: Facts, criterion: str, options: Iterable[str]) -> str | None:
    """Write down what is said of a criterion: its scale and all performances on it; None where no option tells."""
    said = [facts.get((kind, criterion)) for kind in _AS_A_SIGN]
    rows = [facts.get(("performance", option, criterion)) for option in options]
    return repr((said, rows)) if rows else None


def _groups(before: Dossier, after: Dossier, criteria: Mapping[str, str]) -> dict[str, str]:
    """Pair groups by their names, or by the criteria right below them."""

    def members(dossier: Dossier, renamed: Mapping[str, str]) -> dict[str, frozenset[str]]:
        return {
            group: frozenset(renamed.get(node.id, node.id) for node in children if isinstance(node.record, Leaf))
            for group, children in dossier.tree.groups
        }

    held, held_after = members(before, criteria), members(after, {})
    gone, new = _apart(held, held_after)
    by_name = _pairs(
        {id_: before.tree.node(id_).record.name for id_ in gone}, {id_: after.tree.node(id_).record.name for id_ in new}
    )
    by_members = _pairs(
        {id_: held[id_] or None for id_ in gone if id_ not in by_name},
        {id_: held_after[id_] or None for id_ in new if id_ not in by_name.values()},
    )
    return by_name | by_members


def _options(before: Dossier, after: Dossier, renames: Renames) -> dict[str, str]:
    gone, new = _apart(before.options, after.options)
    if not gone or not new or max(len(gone), len(new)) > MOST_LOOKED_AT:
        return {}
    by_name = _pairs({id_: before.options[id_].name for id_ in gone}, {id_: after.options[id_].name for id_ in new})
    criteria = [id_ for id_ in after.criteria if id_ in {renames.nodes.get(old, old) for old in before.criteria}]
    facts, facts_after = facts_of(before, renames, options=gone), facts_of(after, options=new)
    by_figures = _pairs(
        {id_: _row(facts, id_, criteria) for id_ in gone if id_ not in by_name},
        {id_: _row(facts_after, id_, criteria) for id_ in new if id_ not in by_name.values()},
    )
    return by_name | by_figures


def _row(facts: Facts, option: str, criteria: Iterable[str]) -> str | None:
    row = [facts.get(("performance", option, criterion)) for criterion in criteria]
    return repr(row) if row else None


def _apart(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Give the ids that are gone, and those that are new."""
    return [id_ for id_ in before if id_ not in after], [id_ for id_ in after if id_ not in before]


def _pairs(before: Mapping[str, Hashable], after: Mapping[str, Hashable]) -> dict[str, str]:
    """Pair ids by a sign that one of each side has, and no other."""
    holders: list[dict[Hashable, list[str]]] = [{}, {}]
    for held, signs in zip(holders, (before, after), strict=True):
        for id_, sign in signs.items():
            if sign is not None:
                held.setdefault(sign, []).append(id_)
    return {
        ids[0]: holders[1][sign][0]
        for sign, ids in holders[0].items()
        if len(ids) == 1 and len(holders[1].get(sign, ())) == 1
    }
