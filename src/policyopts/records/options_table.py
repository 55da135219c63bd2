"""A table of options held against the criteria: what its cells mean, and which of them have no meaning."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pydantic import ValidationError

from policyopts.model.dossier import Origin
from policyopts.model.estimates import Estimate, EstimateError, estimate
from policyopts.model.lexicon import LEXICONS
from policyopts.model.option_table import NUMBER, OptionTable, TableColumn
from policyopts.model.options import OptionRecord
from policyopts.records import model_errors
from policyopts.records.columns import MOST_LISTED, RawColumn, RawTable, more_problems
from policyopts.records.criteria_checks import unknown
from policyopts.records.option_checks import refused
from policyopts.records.problems import Problem
from policyopts.records.score_table import read_written

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from policyopts.model.criteria import CriteriaFile, CriteriaTree, Leaf
    from policyopts.model.lexicon import Lexicon
    from policyopts.model.options import Cell

_NOWHERE = Estimate(np.nan, np.nan, np.nan)


class _Meaning(NamedTuple):
    """What a cell means on its criterion, or the problems for which it means nothing; these have no place as yet."""

    cell: Cell
    estimate: Estimate
    problems: tuple[Problem, ...] = ()


class _Checked(NamedTuple):
    """A column as read on its criterion, and which of the options' cells mean nothing there."""

    column: TableColumn
    wrong: NDArray[np.bool_]


def check_table(raw: RawTable, criteria: CriteriaFile, unsound: Collection[str]) -> tuple[OptionTable, list[Problem]]:
    """Read a table's cells on their criteria, but for those in `unsound`, and tell what is wrong with them."""
    leaves, lexicon = criteria.tree.leaves, LEXICONS[criteria.decision.lexicon]
    read = {
        id_: _check_column(raw.columns[id_], id_, leaf, lexicon)
        for id_, leaf in leaves.items()
        if id_ in raw.columns and id_ not in unsound
    }
    problems = [*_column_problems(raw, criteria.tree), *_cell_problems(raw, read, leaves, lexicon)]
    columns = {id_: checked.column for id_, checked in read.items()}
    return OptionTable(raw.path, raw.content, raw.places, raw.names, raw.lines, columns), problems


def rows_of(
    table: OptionTable,
    options: Iterable[str],
    new_ids: Mapping[str, str] = MappingProxyType({}),
    new_criteria: Mapping[str, str] = MappingProxyType({}),
) -> RawTable:
    """Give the rows of some options as they were read, to be held against other criteria; ids may be given anew."""
    kept = list(options)
    rows = np.fromiter((table.places[id_] for id_ in kept), np.intp, len(kept))
    columns = {
        new_criteria.get(id_, id_): RawColumn(
            column.values[rows], None if column.codes is None else column.codes[rows], column.texts
        )
        for id_, column in table.columns.items()
    }
    return RawTable(
        path=table.path,
        content=b"",
        header=("id", *columns),
        header_line=1,
        places={new_ids.get(id_, id_): place for place, id_ in enumerate(kept)},
        names=(),
        lines=table.lines[rows],
        columns=columns,
        locate=lambda line, _: (line, 1),
    )


def _check_column(raw: RawColumn, id_: str, leaf: Leaf, lexicon: Lexicon) -> _Checked:
    values = raw.numbers
    lowest, highest = sorted(leaf.ends) if leaf.ends else (-np.inf, np.inf)
    wrong = (values < lowest) | (values > highest)
    if raw.codes is None:
        return _Checked(TableColumn(values), wrong)
    meanings = [_meaning(text, id_, leaf, lexicon) for text in raw.texts]
    texts = np.flatnonzero(raw.codes != NUMBER)
    codes = raw.codes[texts]
    values = values.copy()
    values[texts] = np.array([meaning.estimate.value for meaning in meanings])[codes]
    wrong[texts] = np.array([bool(meaning.problems) for meaning in meanings])[codes]
    cells = tuple(meaning.cell for meaning in meanings)
    estimates = tuple(meaning.estimate for meaning in meanings)
    return _Checked(TableColumn(values, raw.codes, cells, raw.texts, estimates), wrong)


def _meaning(written: str | float, id_: str, leaf: Leaf, lexicon: Lexicon) -> _Meaning:
    if written == "":
        message = f"no performance on '{id_}'; expected a figure, or the word unknown"
        return _Meaning(written, _NOWHERE, (Problem("", (), "SCR401", message),))
    row = {"performance": {id_: read_written(written) if isinstance(written, str) else written}}
    try:
        cell = OptionRecord.model_validate(row).performance[id_]
    except ValidationError as error:
        return _Meaning(written, _NOWHERE, tuple(model_errors.problems("", (), OptionRecord, row, error)))
    try:
        return _Meaning(cell, estimate(cell, leaf, lexicon))
    except EstimateError as error:
        return _Meaning(cell, _NOWHERE, (refused(cell, id_, error, Origin("", ())),))


def _column_problems(raw: RawTable, tree: CriteriaTree) -> Iterator[Problem]:
    """Tell of columns that are no criteria, and of criteria without a column."""
    leaves = tree.leaves
    groups = {node.id for node in tree.nodes} - leaves.keys()
    known = {*leaves, "id", "name"}
    strange = [
        (number, name)
        for number, name in enumerate(raw.header)
        if name not in known and (name in groups or not raw.columns[name].is_empty)
    ]
    for number, name in strange[:MOST_LISTED]:
        at = raw.locate(raw.header_line, number)
        if name in groups:
            yield Problem(raw.path, at, "REF221", f"'{name}' is a group; expected performances on its criteria")
        else:
            yield unknown(raw.path, at, "criterion", name, leaves)
    if len(strange) > MOST_LISTED:
        yield more_problems(raw.path, raw.header_line, len(strange) - MOST_LISTED, "column", "columns")
    for id_ in leaves:
        if id_ not in raw.columns:
            message = f"no column '{id_}'; expected a figure for each option, or the word unknown"
            yield Problem(raw.path, raw.locate(raw.header_line, 0), "SCR401", message)


def _cell_problems(
    raw: RawTable, read: Mapping[str, _Checked], leaves: Mapping[str, Leaf], lexicon: Lexicon
) -> Iterator[Problem]:
    """Tell of the first thousand cells that mean nothing, row by row, and how many more there are."""
    wrong = {id_: np.flatnonzero(checked.wrong) for id_, checked in read.items()}
    first = sorted(
        (place, raw.header.index(id_), id_) for id_, places in wrong.items() for place in places[:MOST_LISTED].tolist()
    )
    for place, number, id_ in first[:MOST_LISTED]:
        at = raw.locate(int(raw.lines[place]), number)
        for problem in _meaning(raw.columns[id_].written(place), id_, leaves[id_], lexicon).problems:
            names_it = f"'{id_}'" in problem.message
            message = problem.message if names_it else f"{problem.message} ('{id_}')"
            yield problem._replace(path=raw.path, key=at, message=message)
    more = sum(map(len, wrong.values())) - MOST_LISTED
    if more > 0:
        yield more_problems(raw.path, int(raw.lines[-1]), more, "cell", "cells")
