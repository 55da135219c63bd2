"""Score tables: one row an option, one column a criterion, as spreadsheets keep them.

A cell holds a number, a word, a level or `unknown`; a range is written `25..65`, three points `25..45..65`.
"""

import csv
import io
import re
from collections.abc import Iterator

from pydantic import ValidationError

from policyopts.model.estimates import Estimate, figure
from policyopts.model.options import Cell, CellRecord, OptionRecord
from policyopts.names import is_id, quoted
from policyopts.records import model_errors
from policyopts.records.problems import Problem

NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def read_cell(text: str) -> Cell:
    """Read a cell's text; a text that is no number and no range is a word or a level.

    Raises
    ------
    ValueError
        For a number that is too large.
    """
    record = OptionRecord.model_validate({"performance": {"": _written(text)}})
    return record.performance[""]


def _written(text: str) -> float | str | dict[str, float | str]:
    """Give a cell as it would be written in a record."""
    text = text.strip()
    if ".." not in text:
        return read_figure(text)
    parts = [part.strip() for part in text.split("..")]
    match [read_figure(part) for part in parts]:
        case [low, high] if all(parts):
            return {"low": low, "high": high}
        case [low, value, high] if all(parts):
            return {"low": low, "value": value, "high": high}
        case _:
            return text


def read_figure(text: str) -> float | str:
    """Read a number, or leave a word as it is."""
    return float(text) if NUMBER.fullmatch(text) else text


def write_cell(cell: Cell, estimate: Estimate) -> str:
    """Write a cell so that `read_cell` reads the same figures; reasons, evidence and distribution are left out.

    A level whose name could not be read back stands as its value, a number beside a word as the word's band with it.
    """
    if not isinstance(cell, CellRecord):
        return _write_figure(cell, estimate.value)
    if cell.word is not None and cell.value is None:
        return cell.word
    points = [(cell.low, estimate.low), (cell.value, estimate.value), (cell.high, estimate.high)]
    if cell.word is not None:
        return "..".join(figure(number) for _, number in points)
    return "..".join(_write_figure(written, number) for written, number in points if written is not None)


def _write_figure(written: float | str, number: float) -> str:
    return written if isinstance(written, str) and _reads_back(written) else figure(number)


def _reads_back(level: str) -> bool:
    return level == one_line(level) and ".." not in level and level.strip(".'") == level


def one_line(words: str) -> str:
    """Write a text as a table's cell holds it: on one line, with nothing that cannot be seen."""
    return "".join(character for character in " ".join(words.split()) if character.isprintable())


def unescaped(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    return cell[1:] if re.match("'[-=+@]", cell) else cell


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
            cells = dict(zip(columns, (unescaped(field.strip()) for field in fields), strict=True))
            id_, name = cells.pop("id"), cells.pop("name", "")
            if not is_id(id_):
                problems.append(Problem(path, (line,), "VAL215", f"{quoted(id_)} cannot be an option's id"))
                continue
            written = {criterion: _written(cell) for criterion, cell in cells.items() if cell}
            row = {"name": name or None, "performance": written}
            try:
                rows[line] = (id_, OptionRecord.model_validate(row))
            except ValidationError as error:
                problems.extend(model_errors.problems(path, (line,), OptionRecord, row, error))
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
