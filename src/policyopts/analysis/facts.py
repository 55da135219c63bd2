"""What of a dossier counts for its ranking, as single facts; and a dossier made of such facts.

Names, texts, evidence and overlays are left out: they change nothing in the ranking as it stands. A fact's key is its
kind and the ids that it is about; a fact that is not given has no key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policyopts.model.criteria import CriteriaFile, Group, Leaf
from policyopts.model.decision import Decision
from policyopts.model.dossier import Origin
from policyopts.model.evidence import EvidenceFile
from policyopts.model.options import CellRecord, EstimateRecord, OptionRecord
from policyopts.model.weighting import BestWorstJudgements, Weighting
from policyopts.records.files import ASSUMPTIONS, CRITERIA, EVIDENCE, FRAMES, PERSPECTIVES, TABLE, option_path
from policyopts.records.loader import put_together

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path

    from policyopts.analysis.table_rows import Rows
    from policyopts.model.criteria import Direction, Scale
    from policyopts.model.dossier import Dossier
    from policyopts.model.options import Cell, Judged
    from policyopts.names import Key

Fact = tuple[str, ...]
"""A fact's kind, and the ids that it is about."""
Facts = dict[Fact, Any]

METHOD: Fact = ("method",)
LEXICON: Fact = ("lexicon",)
WEIGHTING: Fact = ("weighting",)
TABLE_ROWS: Fact = ("table",)
OF_A_CRITERION = ("value", "limit", "thresholds", "preference")
OF_A_NODE = frozenset({"node", "weight", "scale", *OF_A_CRITERION})
FIGURES = ("value", "low", "high", "word", "distribution", "by")
JUDGEMENTS = ("points", "order", "judgements")
TOP = "root"
PRESENT = "present"


class Renames(NamedTuple):
    """The ids that changed, the new one by the old one: of options, and of criteria and groups."""

    options: Mapping[str, str]
    nodes: Mapping[str, str]

    def back(self, fact: Fact) -> Fact:
        """Give a fact's key under the old ids."""
        options = {new: old for old, new in self.options.items()}
        nodes = {new: old for old, new in self.nodes.items()}
        return _with_ids(fact, options, nodes)


NO_RENAMES = Renames({}, {})


class Node(NamedTuple):
    """A criterion's or a group's place in the tree; the top is called `root`."""

    parent: str
    is_group: bool


class Axis(NamedTuple):
    """What performances on a criterion are read on: its scale, or the direction that stands in for one."""

    scale: Scale | None
    direction: Direction | None


def facts_of(
    dossier: Dossier, renames: Renames = NO_RENAMES, *, rows: Rows | None = None, options: Iterable[str] | None = None
) -> Facts:
    """Take a dossier apart into the facts that its ranking rests on, under other ids where they are renamed.

    `rows` of its table, under the new ids already, are one fact. Where `options` are given, only theirs are taken.
    """
    facts = {_with_ids(fact, *renames): value for fact, value in _of_criteria(dossier)}
    facts = {fact: _value_with_ids(fact, value, renames.nodes) for fact, value in facts.items()}
    whole: Container[str] = ()
    if rows is not None:
        facts[TABLE_ROWS], whole = rows, rows.table.places
    for id_ in dossier.options if options is None else options:
        option = renames.options.get(id_, id_)
        if option not in whole:
            facts["option", option] = PRESENT
            for criterion, cell in dossier.options[id_].performance.items():
                facts["performance", option, renames.nodes.get(criterion, criterion)] = figures(cell)
    return facts


def _of_criteria(dossier: Dossier) -> list[tuple[Fact, Any]]:
    """List the facts of `criteria.yaml`."""
    file = dossier.criteria_file
    weighting = file.weighting
    facts: list[tuple[Fact, Any]] = [
        (METHOD, file.method),
        *((("parameter", name, key), value) for name, own in file.methods.items() for key, value in own.items()),
        (LEXICON, dossier.decision.lexicon),
        (WEIGHTING, weighting.method),
        *(((kind, group), judged) for kind in JUDGEMENTS for group, judged in getattr(weighting, kind).items()),
    ]
    nodes = dossier.tree.nodes
    for node in nodes:
        record = node.record
        facts.append((("node", node.id), Node(_parent(nodes, node.parent), isinstance(record, Group))))
        facts.append((("weight", node.id), record.weight))
        if isinstance(record, Leaf):
            facts.append((("scale", node.id), Axis(record.scale, record.direction)))
            facts += [((kind, node.id), getattr(record, kind)) for kind in OF_A_CRITERION]
    return [(fact, value) for fact, value in facts if value is not None]


def _parent(nodes: Any, place: int) -> str:
    return TOP if place < 0 else nodes[place].id


def figures(cell: Cell) -> Cell:
    """Give a performance without its reasons; a number, a level or a word that stands alone without its record."""
    if not isinstance(cell, CellRecord):
        return cell
    if cell.by is not None:
        return CellRecord.model_construct(value=cell.value, by={name: _bare(own) for name, own in cell.by.items()})
    bare = _bare(cell)
    if not isinstance(bare, EstimateRecord):
        return bare
    return CellRecord.model_construct(**{name: getattr(cell, name) for name in FIGURES})


def _bare(cell: Judged) -> Judged:
    """Give a number, a level or a word that stands alone without its record."""
    if isinstance(cell, EstimateRecord) and cell.low is None and cell.high is None and cell.distribution is None:
        alone = [written for written in (cell.value, cell.word) if written is not None]
        if len(alone) == 1:
            return alone[0]
    return cell


def _with_ids(fact: Fact, options: Mapping[str, str], nodes: Mapping[str, str]) -> Fact:
    kind, *ids = fact
    match kind:
        case "option":
            return kind, options.get(ids[0], ids[0])
        case "performance":
            return kind, options.get(ids[0], ids[0]), nodes.get(ids[1], ids[1])
        case "parameter":
            return fact
        case _:
            return (kind, *(nodes.get(id_, id_) for id_ in ids))


def _value_with_ids(fact: Fact, value: Any, nodes: Mapping[str, str]) -> Any:
    """Give a fact's value, with other ids where it names some."""

    def named(id_: str) -> str:
        return nodes.get(id_, id_)

    match fact[0], value:
        case "node", Node(parent, is_group):
            return Node(named(parent), is_group)
        case "order", _:
            return tuple(tuple(map(named, place)) if isinstance(place, tuple) else named(place) for place in value)
        case "judgements", BestWorstJudgements():
            return BestWorstJudgements(
                best=named(value.best),
                worst=named(value.worst),
                best_to_others={named(id_): times for id_, times in value.best_to_others.items()},
                others_to_worst={named(id_): times for id_, times in value.others_to_worst.items()},
            )
        case "points" | "judgements", _:
            return {"/".join(map(named, ids.split("/"))): number for ids, number in value.items()}
        case _:
            return value


def dossier_of(facts: Facts, folder: Path) -> Dossier:
    """Make a dossier of facts; figures of options or criteria that are not there count for nothing.

    Raises
    ------
    DossierError
        Where the facts do not fit together.
    """
    criteria = {fact[1] for fact, value in facts.items() if fact[0] == "node" and not value.is_group}
    options: dict[str, dict[str, Cell]] = {fact[1]: {} for fact in facts if fact[0] == "option"}
    for fact, value in facts.items():
        if fact[0] == "performance" and fact[1] in options and fact[2] in criteria:
            options[fact[1]][fact[2]] = value
    records: dict[str, Any] = {
        CRITERIA: _criteria_file(facts),
        EVIDENCE: EvidenceFile.model_construct(),
        FRAMES: {},
        PERSPECTIVES: {},
        ASSUMPTIONS: {},
    }
    if TABLE_ROWS in facts:
        records[TABLE] = facts[TABLE_ROWS].table
    records |= {option_path(id_): OptionRecord.model_construct(performance=row) for id_, row in options.items()}
    return put_together(folder, records)


def _criteria_file(facts: Facts) -> CriteriaFile:
    children: dict[str, list[str]] = {TOP: []}
    for fact, value in facts.items():
        if fact[0] == "node":
            children.setdefault(value.parent, []).append(fact[1])

    def node(id_: str) -> Leaf | Group:
        weight = facts.get(("weight", id_))
        if facts["node", id_].is_group:
            below = {child: node(child) for child in children.get(id_, ())}
            return Group.model_construct(weight=weight, criteria=below)
        axis = facts["scale", id_]
        rest: dict[str, Any] = {kind: facts.get((kind, id_)) for kind in OF_A_CRITERION}
        return Leaf.model_construct(weight=weight, scale=axis.scale, direction=axis.direction, **rest)

    groups = {TOP, *(fact[1] for fact, value in facts.items() if fact[0] == "node" and value.is_group)}
    judged: dict[str, Any] = {
        kind: {fact[1]: value for fact, value in facts.items() if fact[0] == kind and fact[1] in groups}
        for kind in JUDGEMENTS
    }
    methods: dict[str, dict[str, Any]] = {}
    for fact, value in facts.items():
        if fact[0] == "parameter":
            methods.setdefault(fact[1], {})[fact[2]] = value
    return CriteriaFile.model_construct(
        decision=Decision.model_construct(lexicon=facts[LEXICON]),
        weighting=Weighting.model_construct(method=facts[WEIGHTING], **judged),
        method=facts[METHOD],
        methods=methods,
        criteria={id_: node(id_) for id_ in children[TOP]},
    )


def origin_of(dossier: Dossier, fact: Fact) -> Origin | None:
    """Tell where a fact of a dossier is written; None where what it is about is not there."""
    kind, *ids = fact
    if fact == TABLE_ROWS:
        return None if dossier.table is None else Origin(dossier.table.path, ())
    if kind in {"option", "performance"}:
        option = dossier.option_origins.get(ids[0])
        if option is None or kind == "option":
            return option
        return Origin(option.path, (*option.key, "performance", ids[1]))
    if kind in OF_A_NODE:
        at = next((node.at for node in dossier.tree.nodes if node.id == ids[0]), None)
        return None if at is None else Origin(CRITERIA, at if kind == "node" else (*at, kind))
    return Origin(CRITERIA, (*_HOMES[kind], *ids))


_HOMES: Mapping[str, Key] = {
    "method": ("method",),
    "parameter": ("methods",),
    "lexicon": ("decision", "lexicon"),
    "weighting": ("weighting", "method"),
    **{kind: ("weighting", kind) for kind in JUDGEMENTS},
}
"""Where other facts stand in `criteria.yaml`."""
