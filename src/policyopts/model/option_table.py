"""Many options in one table, kept column by column: what belongs to one of them is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from policyopts.model.estimates import Estimate
from policyopts.model.options import OptionRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from policyopts.model.options import Cell

T = TypeVar("T")
NUMBER = -1
"""The code of a cell that holds a plain number."""


@dataclass(frozen=True, eq=False)
class TableColumn:
    """How the options of a table perform on one criterion.

    `values` holds the value of each. What is no plain number stands in `cells` once, however many options have it,
    as it is written in `texts`, and what it means in `estimates`; `codes` gives the place of each option's there. It is
    None where all are numbers.
    """

    values: NDArray[np.float64]
    codes: NDArray[np.int32] | None = None
    cells: tuple[Cell, ...] = ()
    texts: tuple[str, ...] = ()
    estimates: tuple[Estimate, ...] = ()

    @property
    def lows(self) -> NDArray[np.float64]:
        """The low end of each option's range."""
        return self._ends([estimate.low for estimate in self.estimates])

    @property
    def highs(self) -> NDArray[np.float64]:
        """The high end of each option's range."""
        return self._ends([estimate.high for estimate in self.estimates])

    @property
    def is_known(self) -> bool:
        """Whether any cell holds something else than `unknown`."""
        if self.codes is None or (self.codes == NUMBER).any():
            return True
        return any(estimate.form != "unknown" for estimate in self.estimates)

    def _ends(self, of_estimates: list[float]) -> NDArray[np.float64]:
        if self.codes is None:
            return self.values
        return np.where(self.codes == NUMBER, self.values, np.array(of_estimates)[self.codes])

    def code(self, place: int) -> int:
        """Tell where an option's cell stands among `cells`; `NUMBER` for a plain number."""
        return NUMBER if self.codes is None else int(self.codes[place])

    def cell(self, place: int) -> Cell:
        """Give an option's cell."""
        code = self.code(place)
        return float(self.values[place]) if code == NUMBER else self.cells[code]

    def estimate(self, place: int) -> Estimate:
        """Give what an option's cell means."""
        code = self.code(place)
        if code != NUMBER:
            return self.estimates[code]
        value = float(self.values[place])
        return Estimate(value, value, value)


@dataclass(frozen=True, eq=False)
class OptionTable:
    """The options of a table: `places` gives each one's place in the columns, in the table's order.

    `names` is empty where the table has none. `lines` holds the line, or the row, of the file that each stands on,
    and `content` the file as it was read.
    """

    path: str
    content: bytes
    places: Mapping[str, int]
    names: Sequence[str]
    lines: NDArray[np.int64]
    columns: Mapping[str, TableColumn]

    def record(self, place: int) -> OptionRecord:
        """Give an option as if it had a file of its own."""
        cells = ((id_, column.cell(place)) for id_, column in self.columns.items())
        performance = {id_: cell for id_, cell in cells if cell != ""}
        return OptionRecord.model_construct(name=self.name(place), performance=performance)

    def name(self, place: int) -> str | None:
        """Give an option's name; None where it has none."""
        return self.names[place] or None if self.names else None

    def written(self) -> Iterator[tuple[int, str, Cell]]:
        """Give the cells that hold no plain number: the line, the criterion, and what they hold."""
        for id_, column in self.columns.items():
            if column.codes is not None:
                for place in np.flatnonzero(column.codes != NUMBER).tolist():
                    yield int(self.lines[place]), id_, column.cells[column.codes[place]]

    def estimates(self, place: int) -> Mapping[str, Estimate]:
        """Give what an option's cells mean."""
        return {id_: column.estimate(place) for id_, column in self.columns.items()}


class WithTable(Mapping[str, T]):
    """Something of every option: of those in a table, in its order, made when it is asked for; then of the others."""

    def __init__(self, places: Mapping[str, int], make: Callable[[int], T], others: Mapping[str, T]) -> None:
        self._places = places
        self._make = make
        self._others = others

    def __getitem__(self, id_: str) -> T:
        place = self._places.get(id_)
        return self._others[id_] if place is None else self._make(place)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._places or id_ in self._others

    def __iter__(self) -> Iterator[str]:
        return chain(self._places, self._others)

    def __len__(self) -> int:
        return len(self._places) + len(self._others)
