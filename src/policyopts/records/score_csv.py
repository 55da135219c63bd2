"""A score table as a spreadsheet saved it: its rows, and the place of every cell."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from policyopts.findings import DossierError, Finding
from policyopts.records.files import as_text, place_after
from policyopts.records.problems import Problem

SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, the line that it begins on, and its text."""

    line: int
    cells: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ScoreCsv:
    """A table of values that commas, semicolons or tabs separate; rows that hold nothing are left out.

    `file` is where it comes from. A problem's key in a table is a row's line, and a cell's number from 0.
    """

    file: Path
    separator: str
    header: Row
    rows: tuple[Row, ...]

    @property
    def path(self) -> str:
        """The file's name, as problems give it."""
        return self.file.name

    def error(self, problems: Iterable[Problem]) -> DossierError:
        """Tell problems of the table at their lines and columns."""
        rows = {row.line: row for row in (self.header, *self.rows)}
        findings = []
        for problem in problems:
            line, cell = (*map(int, problem.key), 0, 0)[:2]
            row = rows.get(line)
            place = place_of_cell(row.text, cell, self.separator) if row else (1, 1)
            at = (max(line, 1) + place[0] - 1, place[1])
            findings.append(Finding(problem.path, *at, problem.severity, problem.code, problem.message, problem.hint))
        return DossierError(self.file.parent, findings)


def place_of_cell(row: str, cell: int, separator: str) -> tuple[int, int]:
    """Give the line in a row's text and the column of a cell; a quoted one may hold separators and line breaks."""
    cells = re.compile(rf'(?:"(?:[^"]|"")*")?[^{separator}\r\n]*{separator}')
    place = 0
    for _ in range(cell):
        found = cells.match(row, place)
        place = found.end() if found else place
    return place_after(row[:place])


def read_score_csv(file: Path, content: bytes) -> ScoreCsv:
    """Read a table from a file's bytes.

    A mark at its beginning, as Excel writes it, is passed over. Semicolons or tabs separate where only they give
    the first line a column `id`.

    Raises
    ------
    DossierError
        Where it is no table: not UTF-8, not CSV, nothing in it.
    """
    path = file.name
    text = as_text(path, content.removeprefix(b"\xef\xbb\xbf"))
    if isinstance(text, Finding):
        raise DossierError(file.parent, [text])
    lines = io.StringIO(text, newline="").readlines()
    first = next((line for line in lines if line.strip()), "")
    separator = next((mark for mark in SEPARATORS if "id" in _names(first, mark)), ",")
    rows: list[Row] = []
    problems: list[Problem] = []
    reader = csv.reader(lines, strict=True, delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                whole = "".join(lines[begins - 1 : reader.line_num])
                rows.append(Row(begins, tuple(cell.strip() for cell in cells), whole))
            begins = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(path, (begins,), "YML101", f"not CSV: {error}"))
        rows.append(Row(begins, (), ""))
    if len(rows) < 2 and not problems:
        message = "the table has no rows; expected a first line such as id,name,cost,effect, and a row for each option"
        problems.append(Problem(path, (), "FIL006", message))
    table = ScoreCsv(file, separator, rows[0] if rows else Row(1, (), ""), tuple(rows[1:]))
    if problems:
        raise table.error(problems)
    return table


def _names(header: str, separator: str) -> list[str]:
    return [name.strip().strip('"') for name in header.split(separator)]
