"""A table of options as it is read: column by column, numbers as numbers, and every other text once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.model.base import LARGEST
from policyopts.model.option_table import NUMBER
from policyopts.names import kebab, quoted
from policyopts.records.problems import Problem
from policyopts.records.score_table import read_figure, unescaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    from policyopts.findings import Finding

    Codes: TypeAlias = NDArray[np.int32]
    Numbers: TypeAlias = NDArray[np.float64]

MOST_LISTED = 1000  # problems of a table's rows, and of its cells; how many more there are is told in one


@dataclass(frozen=True, eq=False)
class RawColumn:
    """The cells of a column: numbers, NaN where there is none, and the place in `texts` of what stands there instead.

    An empty cell holds the empty text. `codes` is None where all cells are numbers.
    """

    numbers: Numbers
    codes: Codes | None
    texts: tuple[str, ...]

    def written(self, place: int) -> str | float:
        """Give what stands in an option's cell."""
        code = NUMBER if self.codes is None else int(self.codes[place])
        return float(self.numbers[place]) if code == NUMBER else self.texts[code]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.codes is not None and self.texts == ("",) and bool((self.codes != NUMBER).all())


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table's options and columns, whatever the columns mean: `header` names them, in the file's order.

    `lines` holds the line, or the row, of the file that each option stands on. `locate` turns a line and the number
    of a column, from 0, into a line and a column of the file.
    """

    path: str
    content: bytes
    header: tuple[str, ...]
    header_line: int
    places: Mapping[str, int]
    names: Sequence[str]
    lines: NDArray[np.int64]
    columns: Mapping[str, RawColumn]
    locate: Callable[[int, int], tuple[int, int]]


class TableReading(NamedTuple):
    """What came of reading a table's file: the table, if anything could be made of it, and what is wrong.

    `refusal` is told of a file that is no table at all.
    """

    table: RawTable | None
    problems: tuple[Problem, ...] = ()
    refusal: Finding | None = None


class ColumnReader:
    """Puts a column together from pieces of it."""

    def __init__(self) -> None:
        self._numbers: list[Numbers] = []
        self._codes: list[Codes | None] = []  # None of a piece that holds numbers alone
        self._texts: dict[str, int] = {}

    def add_numbers(self, numbers: Numbers) -> None:
        """Add cells that hold numbers, none of them too large."""
        self._numbers.append(numbers)
        self._codes.append(None)

    def add_texts(self, texts: Iterable[str]) -> None:
        """Add cells that may hold anything."""
        numbers: list[float] = []
        codes: list[int] = []
        for text in texts:
            read = read_figure(text)
            is_number = isinstance(read, float) and abs(read) <= LARGEST
            numbers.append(float(read) if is_number else np.nan)
            codes.append(NUMBER if is_number else self._texts.setdefault(text, len(self._texts)))
        self._numbers.append(np.array(numbers))
        self._codes.append(np.array(codes, np.int32))

    def column(self) -> RawColumn:
        """Give the whole column."""
        numbers = np.concatenate([np.empty(0), *self._numbers])
        if not self._texts:
            return RawColumn(numbers, None, ())
        pieces = zip(self._numbers, self._codes, strict=True)
        codes = [np.full(len(piece), NUMBER, np.int32) if code is None else code for piece, code in pieces]
        return RawColumn(numbers, np.concatenate(codes), tuple(self._texts))


class RowProblems:
    """What is wrong with a table's rows, each with the line and the number of the column, from 0, that it stands at."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._told: list[tuple[int, int, str, str, str]] = []

    def tell(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        """Add a problem."""
        self._told.append((line, column, code, message, hint))

    def refuse_id(self, line: int, column: int, text: str) -> None:
        """Tell of a text that cannot be an option's id."""
        hint = f"did you mean '{kebab(text)}'?" if kebab(text) else "small letters, digits and single hyphens"
        self.tell(line, column, "VAL215", f"{quoted(text)} cannot be an option's id", hint)

    def places(
        self, ids: Sequence[str], lines: NDArray[np.int64], unit: str, header: tuple[str, ...]
    ) -> dict[str, int]:
        """Give the place of each id; tell where one stands twice, or none at all. `unit` is what a line is called."""
        if not ids and not self._told:
            self.tell(1, 0, "FIL006", "the table has no rows; expected a row for each option")
        places = dict(zip(ids, range(len(ids)), strict=True))
        if len(places) == len(ids):
            return places
        first: dict[str, int] = {}
        for place, id_ in enumerate(ids):
            if first.setdefault(id_, place) != place:
                message = f"'{id_}' also stands in {unit} {lines[first[id_]]}; expected each option once"
                self.tell(int(lines[place]), header.index("id"), "REF223", message)
        return first

    def located(self, locate: Callable[[int, int], tuple[int, int]]) -> tuple[Problem, ...]:
        """Give the problems, the first thousand of them, at their places in the file."""
        self._told.sort()
        listed = [
            Problem(self.path, locate(line, column), code, message, hint)
            for line, column, code, message, hint in self._told[:MOST_LISTED]
        ]
        more = len(self._told) - MOST_LISTED
        if more > 0:
            listed.append(more_problems(self.path, self._told[-1][0], more, "row", "rows"))
        return tuple(listed)


def check_header(line: int, header: tuple[str, ...], problems: RowProblems) -> bool:
    """Tell where the columns are not what a table needs; tell also whether its rows can be read."""
    if "id" not in header and header:
        problems.tell(line, 0, "KEY202", "no column 'id'; expected a first line such as id,name,cost,effect")
    seen: set[str] = set()
    for place, name in enumerate(header):
        if name in seen:
            problems.tell(line, place, "YML102", f"the column {quoted(name)} stands twice")
        seen.add(name)
    return "id" in header and len(seen) == len(header)


def more_problems(path: str, line: int, count: int, one: str, many: str) -> Problem:
    """Tell how many problems of a table are not listed, at a line behind those that are."""
    what = f"{one} is" if count == 1 else f"{many} are"
    return Problem(path, (line, 1), "FIL009", f"{count:,} more {what} wrong; the first {MOST_LISTED:,} are listed")


def texts_of(cells: Iterable[str]) -> list[str]:
    """Give what cells say, without the blanks around it and without a spreadsheet's apostrophe."""
    return [unescaped(text) if text[:1] == "'" else text for text in map(str.strip, cells)]


def are_figures(numbers: Numbers) -> bool:
    """Tell whether all are numbers that a record may hold."""
    return bool((np.abs(numbers) <= LARGEST).all())
