"""What changed in a dossier without counting for its ranking: references and overlays one by one, texts by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policyopts.analysis.facts import FIGURES, figures
from policyopts.model.criteria import Leaf
from policyopts.model.options import CellRecord
from policyopts.records.files import ASSUMPTIONS, CRITERIA, EVIDENCE, FRAMES, PERSPECTIVES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.facts import Renames
    from policyopts.model.base import Record
    from policyopts.model.dossier import Dossier
    from policyopts.model.options import Cell
    from policyopts.model.overlays import Performances

NAMED = ("recommend", "baseline", "fallback")
_FACTS_OF_A_NODE = {"weight", "scale", "direction", "value", "limit", "thresholds", "preference", "criteria"}
_FACTS_OF_WEIGHTING = {"method", "points", "order", "judgements"}
_FACTS_OF_OVERLAYS = {"weights", "performance", "if_false", "chance", "influence"}


class Mention(NamedTuple):
    """A change that is told, and moves nothing in the ranking as it stands.

    `home` is `decision`, `frame`, `perspective` or `assumption`, `id` the overlay's, `about` what changed in it: a key,
    a weighted node, or an option and a criterion. Either side is None where there was, or is, nothing.
    """

    home: str
    id: str
    about: tuple[str, ...]
    before: Any
    after: Any


class Mentions(NamedTuple):
    """What changed without counting; `texts` and `entries` count texts, and evidence or acceptances, by file."""

    told: tuple[Mention, ...]
    texts: Mapping[str, int]
    entries: Mapping[str, int]

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.told or self.texts or self.entries)


def mentions_between(before: Dossier, after: Dossier, renames: Renames) -> Mentions:
    """Find what changed without counting for the ranking."""
    texts: dict[str, int] = {CRITERIA: _texts_of_criteria(before, after, renames)}
    for path, count in _texts_of_options(before, after, renames):
        texts[path] = texts.get(path, 0) + count
    told = list(_decision(before, after, renames))
    for path, home, kind in (
        (FRAMES, "frame", "frames"),
        (PERSPECTIVES, "perspective", "perspectives"),
        (ASSUMPTIONS, "assumption", "assumptions"),
    ):
        old, new = getattr(before, kind), getattr(after, kind)
        told += _overlays(home, old, new, renames)
        texts[path] = sum(_apart(old[id_], new[id_], _FACTS_OF_OVERLAYS) for id_ in old if id_ in new)
    evidence = sum(
        _entries(getattr(before.evidence, kind), getattr(after.evidence, kind)) for kind in ("sources", "items")
    )
    accepted = set(before.criteria_file.accept) ^ set(after.criteria_file.accept)
    entries = {EVIDENCE: evidence, CRITERIA: len({(each.code, each.at) for each in accepted})}
    return Mentions(
        tuple(told),
        {path: count for path, count in texts.items() if count},
        {path: count for path, count in entries.items() if count},
    )


def _decision(before: Dossier, after: Dossier, renames: Renames) -> Iterator[Mention]:
    for key in NAMED:
        old, new = getattr(before.decision, key), getattr(after.decision, key)
        if renames.options.get(old, old) != new:
            yield Mention("decision", "", (key,), old, new)


def _texts_of_criteria(before: Dossier, after: Dossier, renames: Renames) -> int:
    count = _apart(before.decision, after.decision, {"lexicon", *NAMED})
    count += _apart(before.criteria_file.weighting, after.criteria_file.weighting, _FACTS_OF_WEIGHTING)
    nodes = {node.id: node.record for node in after.tree.nodes}
    for node in before.tree.nodes:
        new = nodes.get(renames.nodes.get(node.id, node.id))
        if new is not None and type(new) is type(node.record) and new != node.record:
            count += _apart(node.record, new, _FACTS_OF_A_NODE | {"anchors"})
            if isinstance(node.record, Leaf) and isinstance(new, Leaf):
                count += _apart(node.record.anchors, new.anchors, set())
    return count


def _texts_of_options(before: Dossier, after: Dossier, renames: Renames) -> Iterator[tuple[str, int]]:
    """Count the texts of options that are not the same, by file; an option has but its name in a table."""
    tables = [dossier.table for dossier in (before, after) if dossier.table is not None]
    for old in before.options:
        new = renames.options.get(old, old)
        if new not in after.options:
            continue
        if len(tables) == 2 and old in tables[0].places and new in tables[1].places:
            names = [table.name(table.places[id_]) for table, id_ in zip(tables, (old, new), strict=True)]
            if names[0] != names[1]:
                yield tables[1].path, 1
        elif before.options[old] != after.options[new]:
            count = _texts_of_option(before.options[old], after.options[new], renames)
            yield after.option_origins[new].path, count


def _texts_of_option(before: Any, after: Any, renames: Renames) -> int:
    count = _apart(before, after, {"performance"})
    for old, cell in before.performance.items():
        other = after.performance.get(renames.nodes.get(old, old))
        if other is not None and cell != other:
            count += _apart(_record(cell), _record(other), set(FIGURES))
    return count


def _record(cell: Any) -> CellRecord:
    return cell if isinstance(cell, CellRecord) else CellRecord.model_construct(value=cell)


def _apart(before: Record, after: Record, without: set[str]) -> int:
    """Count the keys of a record that are not the same, leaving some out."""
    return sum(getattr(before, key) != getattr(after, key) for key in type(before).model_fields if key not in without)


def _entries(before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    return sum(before.get(id_) != after.get(id_) for id_ in before.keys() | after.keys())


def _overlays(home: str, before: Mapping[str, Any], after: Mapping[str, Any], renames: Renames) -> Iterator[Mention]:
    """Tell what changed in the frames, the perspectives or the assumptions."""
    for id_ in dict.fromkeys((*before, *after)):
        if id_ not in before or id_ not in after:
            yield Mention(home, id_, (), before.get(id_), after.get(id_))
            continue
        for key in ("chance", "influence"):
            old, new = getattr(before[id_], key, None), getattr(after[id_], key, None)
            if old != new:
                yield Mention(home, id_, (key,), old, new)
        weights = {
            renames.nodes.get(node, node): weight for node, weight in getattr(before[id_], "weights", {}).items()
        }
        now = getattr(after[id_], "weights", {})
        for node in dict.fromkeys((*weights, *now)):
            if weights.get(node) != now.get(node):
                yield Mention(home, id_, ("weight", node), weights.get(node), now.get(node))
        cells = _cells(before[id_], renames)
        cells_now = _cells(after[id_], None)
        for cell in dict.fromkeys((*cells, *cells_now)):
            if cells.get(cell) != cells_now.get(cell):
                yield Mention(home, id_, ("performance", *cell), cells.get(cell), cells_now.get(cell))


def _cells(overlay: Any, renames: Renames | None) -> dict[tuple[str, str], Cell]:
    changed: Performances = overlay.if_false.performance if hasattr(overlay, "if_false") else overlay.performance
    options = renames.options if renames else {}
    nodes = renames.nodes if renames else {}
    return {
        (options.get(option, option), nodes.get(criterion, criterion)): figures(cell)
        for option, row in changed.items()
        for criterion, cell in row.items()
    }
