"""What the authors wrote, and where: every cell of the dossier and its overlays, every text that argues."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.model.options import CellRecord
from policyopts.records.files import ASSUMPTIONS, CRITERIA, EVIDENCE, FRAMES, PERSPECTIVES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.model.dossier import Dossier
    from policyopts.model.options import Cell, Judged
    from policyopts.model.overlays import Performances
    from policyopts.names import Key


class WrittenCell(NamedTuple):
    """A performance as it stands in a file."""

    path: str
    key: Key
    criterion: str
    cell: Cell


class WrittenFigure(NamedTuple):
    """A performance as it stands in a file, or what one of several assessors says of it."""

    path: str
    key: Key
    criterion: str
    cell: Cell | Judged


class Passage(NamedTuple):
    """A text that argues: a reason, a summary or a claim."""

    path: str
    key: Key
    text: str


def written_cells(dossier: Dossier) -> Iterator[WrittenCell]:
    """Give the performances of the options, then those of frames, perspectives and failed assumptions.

    Of a table only those are given that are no plain numbers.
    """
    if dossier.table is not None:
        for line, criterion, cell in dossier.table.written():
            yield WrittenCell(dossier.table.path, (line, "performance", criterion), criterion, cell)
    for option, record in dossier.own_records.items():
        origin = dossier.option_origins[option]
        yield from _row(origin.path, (*origin.key, "performance"), record.performance)
    for id_, frame in dossier.frames.items():
        yield from _overlay(FRAMES, (id_, "performance"), frame.performance)
    for id_, perspective in dossier.perspectives.items():
        yield from _overlay(PERSPECTIVES, (id_, "performance"), perspective.performance)
    for id_, assumption in dossier.assumptions.items():
        yield from _overlay(ASSUMPTIONS, (id_, "if_false", "performance"), assumption.if_false.performance)


def written_figures(dossier: Dossier) -> Iterator[WrittenFigure]:
    """Give what `written_cells` gives, and after each what several assessors say one by one."""
    for path, key, criterion, cell in written_cells(dossier):
        yield WrittenFigure(path, key, criterion, cell)
        for name, own in (cell.by or {}).items() if isinstance(cell, CellRecord) else ():
            yield WrittenFigure(path, (*key, "by", name), criterion, own)


def passages(dossier: Dossier) -> Iterator[Passage]:
    """Give the texts in which likelihood and confidence are put into words; a table has none."""
    for option, record in dossier.own_records.items():
        origin = dossier.option_origins[option]
        if record.summary is not None:
            yield Passage(origin.path, (*origin.key, "summary"), record.summary)
    for path, key, _, cell in written_cells(dossier):
        if isinstance(cell, CellRecord) and cell.because is not None:
            yield Passage(path, (*key, "because"), cell.because)
    for id_, item in dossier.evidence.items.items():
        if item.claim is not None:
            yield Passage(EVIDENCE, ("items", id_, "claim"), item.claim)
    for id_, assumption in dossier.assumptions.items():
        if assumption.claim is not None:
            yield Passage(ASSUMPTIONS, (id_, "claim"), assumption.claim)
    for node in dossier.tree.nodes:
        if node.record.weight_because is not None:
            yield Passage(CRITERIA, (*node.at, "weight_because"), node.record.weight_because)


def _overlay(path: str, key: Key, changed: Performances) -> Iterator[WrittenCell]:
    for option, row in changed.items():
        yield from _row(path, (*key, option), row)


def _row(path: str, key: Key, row: Mapping[str, Cell]) -> Iterator[WrittenCell]:
    return (WrittenCell(path, (*key, criterion), criterion, cell) for criterion, cell in row.items())
