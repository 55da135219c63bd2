"""`options.parquet`: read by duckdb, a column at a time."""

from __future__ import annotations

import glob
import re
from typing import TYPE_CHECKING, Any

import numpy as np

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
from policyopts.records.files import about

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb
    from numpy.typing import NDArray

    from policyopts.records.columns import RawColumn

MOST_ROWS = 100_000_000  # a small file may hold any number of equal rows
_NUMBER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)")


def read_options_parquet(folder: Path, path: str, content: bytes, progress: Callable[[int, int], None]) -> TableReading:
    """Read a table of options; `progress` is told how many of its columns are read.

    A row is found by its number from 1, a column by its number from 1.
    """
    try:
        import duckdb  # noqa: PLC0415 - an extra, and only this file needs it
    except ImportError:
        hint = "pip install 'policyopts[tables]'; or keep the table as options.csv, which needs nothing more"
        return TableReading(
            None, refusal=about(path, "FIL010", "to read Parquet takes duckdb, which is not installed", hint)
        )
    # A name that looks like a pattern, such as [draft], is a name all the same.
    file = glob.escape(str((folder / path).resolve()))
    try:
        with duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}) as base:
            return _read(_File(base, file), path, content, progress)
    except duckdb.Error as error:
        message = str(error).splitlines()[0].replace(file, path)
        return TableReading(None, refusal=about(path, "YML101", f"not Parquet: {message}"))


class _File:
    """A Parquet file, and the connection that reads it."""

    def __init__(self, base: duckdb.DuckDBPyConnection, file: str) -> None:
        self._base = base
        self._file = file

    def columns(self) -> dict[str, str]:
        """Give the names of the columns, and their types."""
        found = self._base.execute("DESCRIBE SELECT * FROM read_parquet(?)", [self._file]).fetchall()
        return {name: kind for name, kind, *_ in found}

    def count(self) -> int:
        """Count the rows."""
        found = self._base.execute("SELECT count(*) FROM read_parquet(?)", [self._file]).fetchone()
        return 0 if found is None else int(found[0])

    def texts(self, column: str) -> list[str]:
        """Read a column as texts; what is missing is empty."""
        return texts_of(np.ma.filled(self._cells(column, "VARCHAR"), "").tolist())

    def numbers(self, column: str) -> NDArray[Any]:
        """Read a column as numbers; what is missing is masked."""
        return self._cells(column, "DOUBLE")

    def _cells(self, column: str, kind: str) -> NDArray[Any]:
        name = column.replace('"', '""')
        query = f'SELECT CAST("{name}" AS {kind}) AS cells FROM read_parquet(?)'  # noqa: S608 - the name is quoted
        found: NDArray[Any] = self._base.execute(query, [self._file]).fetchnumpy()["cells"]
        return found


def _read(file: _File, path: str, content: bytes, progress: Callable[[int, int], None]) -> TableReading:
    kinds = file.columns()
    header, count = tuple(kinds), file.count()
    if count > MOST_ROWS:
        refusal = about(path, "FIL004", f"{count:,} rows; expected at most {MOST_ROWS:,}")
        return TableReading(None, refusal=refusal)
    problems = RowProblems(path)
    if not check_header(1, header, problems):
        return TableReading(None, problems.located(_locate))
    ids = file.texts("id")
    names = file.texts("name") if "name" in header else []
    kept = np.array([is_id(id_) for id_ in ids], np.bool_)
    for row in np.flatnonzero(~kept).tolist():
        problems.refuse_id(row + 1, header.index("id"), ids[row])
    lines = np.flatnonzero(kept) + 1
    columns: dict[str, RawColumn] = {}
    for done, (name, kind) in enumerate(kinds.items()):
        if name not in {"id", "name"}:
            columns[name] = _column(file, name, kind, kept)
        progress(done + 1, len(kinds))
    places = problems.places([ids[line - 1] for line in lines], lines, "row", header)
    table = RawTable(
        path=path,
        content=content,
        header=header,
        header_line=1,
        places=places,
        names=[names[line - 1] for line in lines] if names else names,
        lines=lines,
        columns=columns,
        locate=_locate,
    )
    return TableReading(table, problems.located(_locate))


def _locate(row: int, column: int) -> tuple[int, int]:
    return row, column + 1


def _column(file: _File, name: str, kind: str, kept: NDArray[np.bool_]) -> RawColumn:
    column = ColumnReader()
    if not _NUMBER.fullmatch(kind):
        texts = file.texts(name)
        column.add_texts(text for text, is_kept in zip(texts, kept, strict=True) if is_kept)
        return column.column()
    found = file.numbers(name)[kept]
    numbers = np.ma.filled(found, np.nan)
    if are_figures(numbers):
        column.add_numbers(numbers)
    else:
        missing = np.ma.getmaskarray(found)
        column.add_texts("" if gone else repr(number) for number, gone in zip(numbers.tolist(), missing, strict=True))
    return column.column()
