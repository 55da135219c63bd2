"""Rows of two tables of options that are not looked at one by one: those that say the same, or else far too many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.model.option_table import NUMBER
from policyopts.records.options_table import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyopts.analysis.facts import Renames
    from policyopts.engine.arrays import BoolArray, IntArray
    from policyopts.model.dossier import Dossier
    from policyopts.model.option_table import OptionTable, TableColumn
    from policyopts.records.columns import RawTable

MOST_APART = 20_000  # figures in rows that are not the same: edits of more would not be told one by one
_NOWHERE = -2  # the code of a text that the other table has not


class Rows(NamedTuple):
    """Rows of a table that are taken as a whole, and how many of them the other state has not, or has otherwise."""

    table: RawTable
    apart: int


class WholeRows(NamedTuple):
    """What is taken as a whole of two states: the rows that both have, or two tables that are too far apart."""

    before: Rows | None
    after: Rows | None


def whole_rows(before: Dossier, after: Dossier, renames: Renames) -> WholeRows:
    """Find the rows to be taken as a whole, under the new ids."""
    one, other = before.table, after.table
    alike = [] if one is None or other is None else _alike(one, other, renames.nodes)
    apart = [0 if table is None else len(table.places) - len(alike) for table in (one, other)]
    if max(apart) * len(after.criteria) > MOST_APART:
        return WholeRows(
            None if one is None else Rows(rows_of(one, one.places, *renames), apart[0]),
            None if other is None else Rows(rows_of(other, other.places), apart[1]),
        )
    if other is None or not alike:
        return WholeRows(None, None)
    shared = Rows(rows_of(other, alike), 0)
    return WholeRows(shared, shared)


def _alike(one: OptionTable, other: OptionTable, renamed: Mapping[str, str]) -> list[str]:
    """Name the options that both tables have, and that say the same on all criteria."""
    columns = {renamed.get(id_, id_): column for id_, column in one.columns.items()}
    if columns.keys() != other.columns.keys():
        return []
    ids = [id_ for id_ in one.places if id_ in other.places]
    at_one, at_other = (np.fromiter((table.places[id_] for id_ in ids), np.intp, len(ids)) for table in (one, other))
    alike = np.ones(len(ids), np.bool_)
    for id_, column in columns.items():
        alike &= _same(column, at_one, other.columns[id_], at_other)
    return [ids[place] for place in np.flatnonzero(alike).tolist()]


def _same(one: TableColumn, at_one: IntArray, other: TableColumn, at_other: IntArray) -> BoolArray:
    """Tell of pairs of cells whether the same is written in both."""
    same_value: BoolArray = one.values[at_one] == other.values[at_other]
    if one.codes is None and other.codes is None:
        return same_value
    codes_there = {text: code for code, text in enumerate(other.texts)}
    codes = np.array([*(codes_there.get(text, _NOWHERE) for text in one.texts), NUMBER])  # the last stands for -1
    here, there = (
        np.full(len(at), NUMBER) if column.codes is None else column.codes[at]
        for column, at in ((one, at_one), (other, at_other))
    )
    same_code: BoolArray = codes[here] == there
    same: BoolArray = same_code & (same_value | (there != NUMBER))
    return same
