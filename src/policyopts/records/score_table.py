"""Score tables: one row an option, one column a criterion, as spreadsheets keep them.

A cell holds a number, a word, a level or `unknown`; a range is written `25..65`, three points `25..45..65`.
"""

import csv
import io
import re
from collections.abc import Iterator

from policyopts.model.estimates import figure
from policyopts.model.options import Cell, CellRecord, OptionRecord
from policyopts.names import is_id, quoted
from policyopts.records.problems import Problem

NUMBER = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?")


def read_cell(text: str) -> Cell:
    """Read a cell's text; a text that is no number and no range is a word or a level."""
    points = [read_figure(part.strip()) for part in text.split("..")]
    match points:
        case [low, high]:
            return CellRecord(low=low, high=high)
        case [low, value, high]:
            return CellRecord(low=low, value=value, high=high)
        case _:
            return read_figure(text.strip())


def read_figure(text: str) -> float | str:
    """Read a number, or leave a word as it is."""
    return float(text) if NUMBER.fullmatch(text) else text


def write_cell(cell: Cell) -> str:
    """Write a cell so that `read_cell` reads the same estimate; reasons and evidence are left out."""
    if not isinstance(cell, CellRecord):
        return _write_figure(cell)
    if cell.word is not None and cell.value is None:
        return cell.word
    points = [point for point in (cell.low, cell.value, cell.high) if point is not None]
    return "..".join(_write_figure(point) for point in points)


def _write_figure(written: float | str) -> str:
    return written if isinstance(written, str) else figure(written)


def read_rows(path: str, text: str) -> tuple[dict[int, tuple[str, OptionRecord]], list[Problem]]:
    """Read a table of options into records, each by the line that its row begins on.

    The first line names the columns: `id`, optionally `name`, and criteria.
    """
    problems: list[Problem] = []
    rows: dict[int, tuple[str, OptionRecord]] = {}
    columns: list[str] = []
    for line, fields in _lines(path, text, problems):
        if not columns:
            columns = [field.strip() for field in fields]
            problems.extend(_check_columns(path, columns))
            if problems:
                break
        elif len(fields) != len(columns):
            message = f"{len(fields)} cells in a row; expected {len(columns)}, one for each column"
            problems.append(Problem(path, (line,), "VAL216", message))
        else:
            cells = dict(zip(columns, (field.strip() for field in fields), strict=True))
            id_, name = cells.pop("id"), cells.pop("name", "")
            if not is_id(id_):
                problems.append(Problem(path, (line,), "VAL215", f"{quoted(id_)} cannot be an option's id"))
                continue
            performance = {criterion: read_cell(cell) for criterion, cell in cells.items() if cell}
            rows[line] = (id_, OptionRecord(name=name or None, performance=performance))
    if not rows and not problems:
        problems.append(Problem(path, (), "FIL006", "the table has no rows; expected a row for each option"))
    return rows, problems


def _lines(path: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Give each row that holds anything, with the line that it begins on."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    begins = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                yield begins, fields
            begins = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(path, (begins,), "YML101", f"not CSV: {error}"))


def _check_columns(path: str, columns: list[str]) -> Iterator[Problem]:
    if "id" not in columns:
        yield Problem(path, (1,), "KEY202", "no column 'id'; expected a first line such as id,name,cost,effect")
    for column in sorted({column for column in columns if columns.count(column) > 1}):
        yield Problem(path, (1,), "YML102", f"the column {quoted(column)} stands twice")
