"""How the first option's lead moves as one uncertain performance goes from one end of its range to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.methods import method_called
from policyopts.engine.value_curves import curves_of, with_performances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.value_curves import ValueCurve

TOGETHER = 1 << 20  # performances worked on at a time


def leads_over_ranges(
    matrix: DecisionMatrix,
    winner: int,
    cells: Sequence[tuple[int, int]],
    ends: ArrayLike,
    method: str = "weighted-sum",
    *,
    curves: Sequence[ValueCurve | None] | None = None,
    **parameters: object,
) -> FloatArray:
    """Give an option's lead over the best of the others (cells, ends) at each end of each cell's range.

    Parameters
    ----------
    matrix, method, parameters, curves
        What is ranked, and how; each criterion's value function, straight lines unless given.
    winner
        The place of the option whose lead it is.
    cells
        The places (option, criterion) of the performances that are moved, one at a time.
    ends
        What they are moved to (cells, ends).

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> matrix = DecisionMatrix([[90, 20], [50, 50]], [0.6, 0.4], ["max"] * 2, lower=[0] * 2, upper=[100] * 2)
    >>> leads_over_ranges(matrix, 0, [(0, 0)], [[60, 100]]).round(2).tolist()
    [[-0.06, 0.18]]
    """
    chosen = method_called(method)
    score = chosen.under(chosen.settings(parameters))
    by_curve = curves_of(matrix, curves)
    moved = np.asarray(ends, dtype=np.float64).reshape(len(cells), -1)
    leads = np.empty(moved.shape)
    step = max(1, TOGETHER // (matrix.values.size * moved.shape[1]))
    for start in range(0, len(cells), step):
        some = slice(start, start + step)
        places = cells[some]
        table = np.repeat(matrix.values[np.newaxis], len(places) * moved.shape[1], axis=0)
        by_cell = table.reshape(len(places), moved.shape[1], *matrix.values.shape)
        for at, (option, criterion) in enumerate(places):
            by_cell[at, :, option, criterion] = moved[start + at]
        scores = score(with_performances(matrix, table, by_curve)).scores
        own = scores[..., winner].copy()
        scores = np.array(scores)
        scores[..., winner] = -np.inf
        leads[some] = (own - scores.max(axis=-1)).reshape(len(places), -1)
    return leads
