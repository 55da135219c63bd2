"""A dossier as it is looked at: under a frame, a perspective or a failed assumption, and with 'what if' changes.

Overlays are laid over the dossier in a fixed order, the later one winning: frame, perspective, failed
assumptions, then what was asked for on the spot.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from policyopts.findings import UsageError
from policyopts.model.dossier import Dossier, Origin
from policyopts.model.estimates import Estimate, EstimateError, estimate
from policyopts.model.options import Cell, CellRecord
from policyopts.model.overlays import Performances, laid_over
from policyopts.model.weighting import Weight, WeightRange
from policyopts.names import did_you_mean, quoted
from policyopts.records.files import ASSUMPTIONS, CRITERIA, FRAMES, PERSPECTIVES

T = TypeVar("T")
MOST_NAMED = 20  # ids in a hint
CellKey = tuple[str, str]
"""An option and a criterion."""


class WhatIf(NamedTuple):
    """What to look at other than the dossier as it stands.

    `shares` sets the weight of a criterion or a group as a share of the whole; `performances` replaces single
    figures; `only` and `without` choose options.
    """

    frame: str | None = None
    perspective: str | None = None
    failed: tuple[str, ...] = ()
    shares: Mapping[str, float] = MappingProxyType({})
    performances: Mapping[CellKey, Cell] = MappingProxyType({})
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class View(NamedTuple):
    """What is looked at: the options present, and the weights and figures in force.

    `weights` holds the nodes' own numbers where an overlay replaces them, `cells` the replaced performances,
    with their origins; a figure asked for on the spot has no origin (None).
    """

    dossier: Dossier
    what_if: WhatIf
    options: tuple[str, ...]
    weights: Mapping[str, tuple[Weight, Origin]]
    cells: Mapping[CellKey, tuple[Estimate, CellRecord, Origin | None]]

    def estimate(self, option: str, criterion: str) -> Estimate:
        """Give the performance in force."""
        changed = self.cells.get((option, criterion))
        return changed[0] if changed else self.dossier.estimates[option][criterion]

    def record(self, option: str, criterion: str) -> CellRecord:
        """Give the performance in force as it is written, with its reasons."""
        changed = self.cells.get((option, criterion))
        if changed:
            return changed[1]
        cell = self.dossier.options[option].performance[criterion]
        return cell if isinstance(cell, CellRecord) else CellRecord(value=cell)

    def origin(self, option: str, criterion: str) -> Origin | None:
        """Tell where the performance in force is written; None where it was asked for on the spot."""
        changed = self.cells.get((option, criterion))
        if changed:
            return changed[2]
        base = self.dossier.option_origins[option]
        return Origin(base.path, (*base.key, "performance", criterion))

    def weight(self, node: str) -> Weight | None:
        """Give a node's own weight in force; None where it has none."""
        changed = self.weights.get(node)
        return changed[0] if changed else self.dossier.tree.node(node).record.weight

    def own_number(self, node: str) -> float | None:
        """Give the number of a node's own weight in force, with a range or without."""
        weight = self.weight(node)
        return weight.value if isinstance(weight, WeightRange) else weight

    def weight_origin(self, node: str) -> Origin:
        """Tell where a node's own weight in force is written."""
        changed = self.weights.get(node)
        return changed[1] if changed else Origin(CRITERIA, (*self.dossier.tree.node(node).at, "weight"))


def look(dossier: Dossier, what_if: WhatIf | None = None) -> View:
    """Lay overlays and 'what if' changes over a dossier.

    Raises
    ------
    UsageError
        For an option, criterion, frame, perspective or assumption that is not there, and a figure that its
        criterion cannot take.
    """
    asked = what_if or WhatIf()
    weights: dict[str, tuple[Weight, Origin]] = {}
    cells: dict[CellKey, tuple[Estimate, CellRecord, Origin | None]] = {}
    for path, id_, changed_weights, changed in _overlays(dossier, asked):
        weights |= {node: (weight, Origin(path, (id_, "weights", node))) for node, weight in changed_weights.items()}
        key = (id_, "if_false", "performance") if path == ASSUMPTIONS else (id_, "performance")
        for option, criterion, cell in _cells(changed):
            before = cells.get((option, criterion))
            base = before[1] if before else dossier.options[option].performance[criterion]
            record = laid_over(base, cell)
            found = estimate(record, dossier.criteria[criterion], dossier.lexicon)
            cells[option, criterion] = (found, record, Origin(path, (*key, option, criterion)))
    for (option, criterion), cell in asked.performances.items():
        known(dossier.options, option, "option")
        leaf = known(dossier.criteria, criterion, "criterion")
        try:
            found = estimate(cell, leaf, dossier.lexicon)
        except EstimateError as error:
            hint = did_you_mean(cell, error.choices) if isinstance(cell, str) else ""
            raise UsageError(f"{option}.{criterion}: {error.message}", hint) from None
        record = cell if isinstance(cell, CellRecord) else CellRecord(value=cell)
        cells[option, criterion] = (found, record, None)
    nodes = {node.id: node for node in dossier.tree.nodes}
    for id_ in asked.shares:
        known(nodes, id_, "criterion or group")
    return View(dossier, asked, _present(dossier, asked), weights, cells)


def known(records: Mapping[str, T], id_: str, kind: str) -> T:
    """Find a record by its id, or say which one may have been meant."""
    if id_ not in records:
        more = ", …" if len(records) > MOST_NAMED else ""
        hint = did_you_mean(id_, records) or (
            f"known: {', '.join(islice(records, MOST_NAMED))}{more}" if records else f"the dossier has no {kind}"
        )
        raise UsageError(f"unknown {kind} {quoted(id_)}", hint)
    return records[id_]


def _overlays(dossier: Dossier, asked: WhatIf) -> Iterator[tuple[str, str, Mapping[str, Weight], Performances]]:
    """Give the file, the id and the changes of each overlay asked for, in the order in which they are laid."""
    if asked.frame is not None:
        frame = known(dossier.frames, asked.frame, "frame")
        yield FRAMES, asked.frame, frame.weights, frame.performance
    if asked.perspective is not None:
        perspective = known(dossier.perspectives, asked.perspective, "perspective")
        yield PERSPECTIVES, asked.perspective, perspective.weights, perspective.performance
    for id_ in asked.failed:
        known(dossier.assumptions, id_, "assumption")
    # In the file's order, whatever the order they were named in.
    for id_, assumption in dossier.assumptions.items():
        if id_ in asked.failed:
            yield ASSUMPTIONS, id_, {}, assumption.if_false.performance


def _cells(changed: Performances) -> Iterator[tuple[str, str, Cell]]:
    for option, row in changed.items():
        for criterion, cell in row.items():
            yield option, criterion, cell


def _present(dossier: Dossier, asked: WhatIf) -> tuple[str, ...]:
    for id_ in (*asked.only, *asked.without):
        known(dossier.options, id_, "option")
    if not asked.only and not asked.without:
        return tuple(dossier.options)
    kept: Iterable[str] = (id_ for id_ in dossier.options if not asked.only or id_ in asked.only)
    present = tuple(id_ for id_ in kept if id_ not in asked.without)
    if not present:
        raise UsageError("no option is left to rank", "--only and --without leave none")
    return present
