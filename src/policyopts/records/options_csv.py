"""`options.csv`: read in one pass, a few thousand rows at a time, into columns."""

from __future__ import annotations

import csv
import io
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING

import numpy as np

from policyopts.findings import Finding
from policyopts.names import is_id
from policyopts.records.columns import (
    ColumnReader,
    RawTable,
    RowProblems,
    TableReading,
    are_figures,
    check_header,
    texts_of,
)
from policyopts.records.files import as_text, split_lines
from policyopts.records.score_csv import place_of_cell

if TYPE_CHECKING:
    import _csv
    from collections.abc import Callable, Sequence

    from policyopts.records.columns import Numbers

ROWS_AT_ONCE = 2048  # few enough for the cache
FEW = 64  # cells that may as well be read one by one


def read_options_csv(path: str, content: bytes, progress: Callable[[int, int], None]) -> TableReading:
    """Read a table of options, whose first line names the columns; `progress` is told how much of it is read."""
    stream = io.BytesIO(content)
    reader = csv.reader(io.TextIOWrapper(stream, "utf-8-sig", newline=""), strict=True)
    problems = RowProblems(path)
    try:
        line, header = _read_header(reader, problems)
        # `float` takes more than is a number here: 1_000, and digits of other scripts.
        rows = _Rows(header, problems, may_mislead=b"_" in content or not content.isascii())
        is_sound = goes_on = check_header(line, header, problems)
        while goes_on:
            goes_on = rows.read(reader)
            progress(stream.tell(), len(content))
    except UnicodeDecodeError:
        refusal = as_text(path, content)
        return TableReading(None, refusal=refusal if isinstance(refusal, Finding) else None)
    return rows.table(content, line) if is_sound else TableReading(None, problems.located(_Locator(content)))


def _read_header(reader: _csv.Reader, problems: RowProblems) -> tuple[int, tuple[str, ...]]:
    """Read up to the first line that holds anything."""
    while True:
        lines, rows = _take(reader, 1, problems)
        if not rows:
            return 1, ()
        if any(map(str.strip, rows[0])):
            return lines[0], tuple(map(str.strip, rows[0]))


def _take(reader: _csv.Reader, count: int, problems: RowProblems) -> tuple[Sequence[int], list[list[str]]]:
    """Take rows, and the line that each begins on; fewer than asked for where the table ends, or has a mistake."""
    begins = reader.line_num + 1
    rows: list[list[str]] = []
    try:
        for row in islice(reader, count):
            rows.append(row)  # noqa: PERF402 - what stands before a mistake is kept
    except csv.Error as error:
        lines = list(accumulate(map(_height, rows), initial=begins))
        problems.tell(lines[-1], 0, "YML101", f"not CSV: {error}")
        return lines[:-1], rows
    if reader.line_num - begins + 1 == len(rows):
        return range(begins, begins + len(rows)), rows
    return list(accumulate(map(_height, rows[:-1]), initial=begins)), rows


def _height(row: list[str]) -> int:
    """Count the lines that a row takes: line breaks can only stand inside quotes."""
    return 1 + sum(len(split_lines(cell)) - 1 for cell in row)


class _Rows:
    """The rows of a table, put together column by column as they are read."""

    def __init__(self, header: tuple[str, ...], problems: RowProblems, *, may_mislead: bool) -> None:
        self._header = header
        self._problems = problems
        self._may_mislead = may_mislead
        self._columns = {name: ColumnReader() for name in header if name not in {"id", "name"}}
        self._ids: list[str] = []
        self._names: list[str] = []
        self._lines: list[Sequence[int]] = []

    def read(self, reader: _csv.Reader) -> bool:
        """Read some rows; False after the last."""
        lines, rows = _take(reader, ROWS_AT_ONCE, self._problems)
        goes_on = len(rows) == ROWS_AT_ONCE
        columns = _transposed(rows)
        ids = self._header.index("id")
        if len(columns) != len(self._header) or not all(map(is_id, columns[ids])):
            lines, rows = self._sound(lines, rows)
            columns = _transposed(rows) or [()] * len(self._header)
        for name, cells in zip(self._header, columns, strict=True):
            if name == "id":
                self._ids += map(str.strip, cells)
            elif name == "name":
                self._names += texts_of(cells)
            else:
                self._add(self._columns[name], cells)
        self._lines.append(lines)
        return goes_on

    def _sound(self, lines: Sequence[int], rows: list[list[str]]) -> tuple[list[int], list[list[str]]]:
        """Leave out empty rows, and those that cannot be an option's, and tell of these."""
        kept_lines, kept = [], []
        ids, width = self._header.index("id"), len(self._header)
        for line, row in zip(lines, rows, strict=True):
            if not any(map(str.strip, row)):
                continue
            if len(row) != width:
                message = f"{len(row)} cells in a row; expected {width}, one for each column"
                self._problems.tell(line, 0, "VAL216", message)
            elif not is_id(row[ids].strip()):
                self._problems.refuse_id(line, ids, row[ids].strip())
            else:
                kept_lines.append(line)
                kept.append(row)
        return kept_lines, kept

    def _add(self, column: ColumnReader, cells: Sequence[str]) -> None:
        numbers = self._figures(cells)
        if numbers is not None:
            column.add_numbers(numbers)
        elif len(cells) <= FEW:
            column.add_texts(texts_of(cells))
        else:  # seldom are all of them something else
            half = len(cells) // 2
            self._add(column, cells[:half])
            self._add(column, cells[half:])

    def _figures(self, cells: Sequence[str]) -> Numbers | None:
        """Read cells as numbers; None where one of them is something else."""
        if self._may_mislead and ("_" in (text := "".join(cells)) or not text.isascii()):
            return None
        try:
            numbers = np.fromiter(map(float, cells), np.float64, len(cells))
        except ValueError:
            return None
        return numbers if are_figures(numbers) else None

    def table(self, content: bytes, header_line: int) -> TableReading:
        """Put all together."""
        path, problems = self._problems.path, self._problems
        lines = np.fromiter(chain.from_iterable(self._lines), np.int64)
        places = problems.places(self._ids, lines, "line", self._header)
        locate = _Locator(content)
        raw = RawTable(
            path=path,
            content=content,
            header=self._header,
            header_line=header_line,
            places=places,
            names=self._names,
            lines=lines,
            columns={name: column.column() for name, column in self._columns.items()},
            locate=locate,
        )
        return TableReading(raw, problems.located(locate))


def _transposed(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """Turn rows into columns; none where the rows are not of one length."""
    try:
        return list(zip(*rows, strict=True))
    except ValueError:
        return []


class _Locator:
    """Finds the column at which a cell begins; the text is looked at again only where there is something to tell."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._lines: list[str] = []

    def __call__(self, line: int, column: int) -> tuple[int, int]:
        if not column:
            return line, 1
        self._lines = self._lines or split_lines(self._content.decode("utf-8-sig"))
        row = self._lines[line - 1]
        end = line
        while row.count('"') % 2 and end < len(self._lines):  # a quoted cell goes on in the next line
            row += f"\n{self._lines[end]}"
            end += 1
        below, at = place_of_cell(row, column, ",")
        return line + below - 1, at
