"""What is known of the performances: for each cell a range, and how chance is spread over it.

Cells vary independently. `policyopts.engine.robustness.cells` tells what each distribution means.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.arrays import frozen
from policyopts.engine.errors import EngineError
from policyopts.engine.robustness.cells import KINDS, Cell, Judgement, Kind, Scale, pooled_cell, uncertain_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import BoolArray, FloatArray, IntArray
    from policyopts.engine.matrix import DecisionMatrix


CACHED = 1 << 14  # figures of two arrays that fit the innermost cache


class UncertainPerformances:
    """The performances of a decision matrix, with the range and the distribution of each.

    Parameters
    ----------
    matrix
        The decision matrix with the values, without samples.
    low, high
        The ends of the ranges (options, criteria); they are not looked at where a performance is exact.
    distributions
        For each cell (options, criteria) one of the distributions, or one for all of them.
    pools
        What several assessors say of a cell, by its option and criterion: this is then drawn, and neither its range nor
        its distribution in the tables is looked at.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> from policyopts.engine.robustness.streams import stream
    >>> matrix = DecisionMatrix([[3, 20], [1, 10]], [1, 1], ["max", "min"], lower=[0, 0], upper=[5, 50])
    >>> uncertain = UncertainPerformances(matrix, [[2, 20], [1, 5]], [[4, 20], [1, 45]], "uniform")
    >>> [(cell.option, cell.criterion) for cell in uncertain.cells]
    [(0, 0), (1, 1)]
    >>> uncertain.draw(stream(0, 0), 3).round(1).tolist()
    [[2.0, 2.5, 2.2], [27.6, 25.1, 16.1]]
    """

    def __init__(
        self,
        matrix: DecisionMatrix,
        low: ArrayLike,
        high: ArrayLike,
        distributions: ArrayLike,
        pools: Mapping[tuple[int, int], Sequence[Judgement]] | None = None,
    ) -> None:
        if matrix.values.ndim != 2:
            raise EngineError("uncertain performances are those of one decision matrix, not of samples of it")
        self.matrix = matrix
        shape = matrix.values.shape
        try:
            self.low, self.high = (frozen(np.broadcast_to(np.array(ends, np.float64), shape)) for ends in (low, high))
            names = np.broadcast_to(np.asarray(distributions, dtype=np.str_), shape)
        except (TypeError, ValueError) as error:
            needed = "a table of options by criteria is needed for low, high and distributions"
            raise EngineError(f"{needed}, of the shape {shape}") from error
        self.pools = dict(pools or {})
        marks = names != "exact"
        for place in self.pools:
            marks[place] = True
        places = map(tuple, np.argwhere(marks).tolist())
        uncertain = [found for place in places if (found := self._cell(place, str(names[place])))]
        # By distribution, so that all that draw alike draw together.
        self.cells = tuple(sorted(uncertain, key=lambda found: KINDS.index(found.distribution)))

    @property
    def places(self) -> tuple[IntArray, IntArray]:
        """The options and the criteria of the cells."""
        options = np.array([cell.option for cell in self.cells], dtype=np.intp)
        return options, np.array([cell.criterion for cell in self.cells], dtype=np.intp)

    @property
    def uncertain(self) -> BoolArray:
        """Which performances are uncertain (options, criteria)."""
        marks = np.zeros(self.matrix.values.shape, dtype=np.bool_)
        marks[self.places] = True
        return marks

    def draw(self, random: np.random.Generator, samples: int) -> FloatArray:
        """Draw figures (cells, samples) in the criteria's units."""
        drawn, spare = np.empty((2, len(self.cells), samples))
        draw_standard(random, self.cells, drawn, spare)
        turn_to_figures(self.cells, drawn)
        return drawn

    def table(self, drawn: FloatArray) -> FloatArray:
        """Put drawn figures (cells, samples) among the exact ones, as (samples, options, criteria)."""
        whole = np.empty((drawn.shape[1], *self.matrix.values.shape))
        whole[:] = self.matrix.values
        options, criteria = self.places
        whole[:, options, criteria] = drawn.T
        return whole

    def _cell(self, place: tuple[int, ...], name: str) -> Cell | None:
        option, criterion = place
        low, value, high = (float(table[place]) for table in (self.low, self.matrix.values, self.high))
        scale = Scale.of(float(self.matrix.lower[criterion]), float(self.matrix.upper[criterion]))
        try:
            if (option, criterion) in self.pools:
                return pooled_cell((option, criterion), self.pools[option, criterion], scale)
            return uncertain_cell((option, criterion), name, low, value, high, scale)
        except EngineError as error:
            where = f"option {self.matrix.option(option)}, criterion {self.matrix.criteria[criterion]}"
            raise EngineError(f"{where}: {error.message}", error.hint) from None


def draw_standard(random: np.random.Generator, cells: Sequence[Cell], drawn: FloatArray, spare: FloatArray) -> None:
    """Draw from each cell's standard distribution, from 0 to 1 or standard normal, into an array (cells, samples).

    A second array like it is room to work in.
    """
    start = 0
    for distribution, alike in groupby(cells, key=lambda cell: cell.distribution):
        some = tuple(alike)
        rows = slice(start, start + len(some))
        _draw(random, distribution, some, drawn[rows], spare[rows])
        start += len(some)


def turn_to_figures(cells: Sequence[Cell], drawn: FloatArray) -> None:
    """Turn standard draws (cells, samples), in their place, into figures in the criteria's units."""
    drawn *= np.array([cell.span for cell in cells])[:, np.newaxis]
    drawn += np.array([cell.origin for cell in cells])[:, np.newaxis]
    start = 0
    for (distribution, cut), alike in groupby(cells, key=lambda cell: (cell.distribution, cell.may_be_cut)):
        some = tuple(alike)
        rows = drawn[start : start + len(some)]
        start += len(some)
        if distribution == "lognormal":
            np.exp(rows, out=rows)
        if cut:
            low, high = np.array([(cell.low, cell.high) for cell in some]).T[..., np.newaxis]
            np.clip(rows, low, high, out=rows)


def turn_to_triangles(cells: Sequence[Cell], drawn: FloatArray, spare: FloatArray) -> None:
    """Turn two uniform draws (cells, samples) into one from a triangle, in the place of the first.

    From the lesser of the two to the greater: where the peak lies from 0 to 1, there is the figure.
    """
    peaks = np.array([cell.peak for cell in cells])[:, np.newaxis]
    step = max(1, CACHED // drawn.shape[1])
    for start in range(0, len(cells), step):
        rows = slice(start, start + step)
        least, other = drawn[rows], spare[rows]
        greater = np.maximum(least, other)
        np.minimum(least, other, out=least)
        np.subtract(greater, least, out=other)
        other *= peaks[rows]
        least += other


def _draw(
    random: np.random.Generator,
    distribution: Kind,
    cells: Sequence[Cell],
    drawn: FloatArray,
    spare: FloatArray,
) -> None:
    match distribution:
        case "uniform":
            random.random(out=drawn)
        case "triangular":
            random.random(out=drawn)
            random.random(out=spare)
            turn_to_triangles(cells, drawn, spare)
        case "pert" | "beta":
            for row, cell in zip(drawn, cells, strict=True):
                row[:] = random.beta(cell.alpha, cell.beta, size=len(row))
        case "normal" | "lognormal":
            random.standard_normal(out=drawn)
        case "pool":
            for row, other, cell in zip(drawn, spare, cells, strict=True):
                _draw_pool(random, cell.parts, row, other)


def _draw_pool(random: np.random.Generator, parts: Sequence[Cell], drawn: FloatArray, spare: FloatArray) -> None:
    """Draw figures (samples,), each as one of the parts has it.

    One uniform draw says whose turn it is, and what is left of it is the percentile: for the shapes whose percentiles
    have a closed form. Of the others as many more are drawn as are needed.
    """
    random.random(out=drawn)
    drawn *= len(parts)
    np.floor(drawn, out=spare)
    drawn -= spare
    for place, part in enumerate(parts):
        turns = np.flatnonzero(spare == place)
        row = drawn[np.newaxis, turns]
        if part.distribution == "triangular":
            row[:] = triangular_percentile(row, part.peak)
        elif part.distribution not in {"exact", "uniform"}:
            _draw(random, part.distribution, (part,), row, np.empty_like(row))
        turn_to_figures((part,), row)
        drawn[turns] = row[0]


def triangular_percentile(chances: FloatArray, peak: float) -> FloatArray:
    """Find the figures from 0 to 1 below which a triangle has these chances, its peak at a place from 0 to 1.

    Examples
    --------
    >>> triangular_percentile(np.array([0.0, 0.25, 0.5, 1.0]), 0.25).round(3).tolist()
    [0.0, 0.25, 0.388, 1.0]
    """
    rising = np.sqrt(chances * peak)
    falling = 1 - np.sqrt((1 - chances) * (1 - peak))
    return np.where(chances < peak, rising, falling)
