"""Score flips: for every performance, the figure at which another option becomes first, all else the same.

Where a score is a sum of values, that is the value that makes up for the first option's lead, turned back into a
performance by the criterion's value function. Under any other method, and on a criterion that is read on the range of
the options, the performance is moved along its scale until the ranking changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.arrays import frozen
from policyopts.engine.errors import EngineError
from policyopts.engine.methods import method_called
from policyopts.engine.ranking import TIE, ranks
from policyopts.engine.sensitivity.flip_search import search_flip
from policyopts.engine.value_curves import curves_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.engine.arrays import FloatArray, IntArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.value_curves import ValueCurve

MOST_SEARCHED = 2_000  # performances that are searched one by one
NOBODY = -1


@dataclass(frozen=True, eq=False)
class ScoreFlips:
    """Where each performance changes who is first, and who is then: by place among the options."""

    winner: int
    flips_at: FloatArray  # (options, criteria): in the criterion's unit; NaN where nothing on the scale changes it
    winners: IntArray  # (options, criteria): -1 where nobody else becomes first


def score_flips(
    matrix: DecisionMatrix,
    method: str = "weighted-sum",
    *,
    curves: Sequence[ValueCurve | None] | None = None,
    **parameters: object,
) -> ScoreFlips:
    """Find for every performance the nearest figure that makes another option first.

    Parameters
    ----------
    matrix, method, parameters
        What is ranked, and how.
    curves
        Each criterion's value function; straight lines on the scales, unless given.

    Notes
    -----
    At the figure itself two options tie for the first place, and beyond it the first one has lost it: so where a whole
    stretch of figures ties, it is the far end of it. What no more than ties, up to the end of the scale, changes
    nothing. A criterion without a scale is looked at on the range of the options.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> matrix = DecisionMatrix([[90, 20], [50, 50]], [0.6, 0.4], ["max"] * 2, lower=[0] * 2, upper=[100] * 2)
    >>> found = score_flips(matrix)
    >>> found.flips_at.round(2).tolist()
    [[70.0, nan], [70.0, 80.0]]
    """
    if matrix.values.ndim != 2 or matrix.weights.ndim != 1:
        raise EngineError("score flips are those of one decision matrix, not of samples of it")
    chosen = method_called(method)
    settings = chosen.settings(parameters)
    by_curve = curves_of(matrix, curves)
    score = chosen.under(settings)
    now = score(matrix)
    winner = int((ranks(now.scores, now.unit) == 1).argmax())
    flips_at = np.full(matrix.values.shape, np.nan)
    winners = np.full(matrix.values.shape, NOBODY)
    summed = [settings.get("normalisation") == "value" and curve is not None for curve in by_curve]
    for criterion, curve in enumerate(by_curve):
        if curve is not None and summed[criterion]:
            _solve(matrix, now.scores, winner, criterion, curve, flips_at[:, criterion], winners[:, criterion])
    searched = [criterion for criterion, is_summed in enumerate(summed) if not is_summed]
    if len(matrix.values) * len(searched) > MOST_SEARCHED:
        raise EngineError(
            f"{method}: score flips that have to be searched for are found for up to {MOST_SEARCHED:,} performances, "
            f"not {len(matrix.values) * len(searched):,}",
            "ask about fewer options, or rank them by 'weighted-sum' on declared scales",
        )
    for option, criterion in np.ndindex(matrix.values.shape):
        if criterion in searched:
            found = search_flip(matrix, score, by_curve, winner, (option, criterion))
            if found is not None:
                flips_at[option, criterion], winners[option, criterion] = found
    return ScoreFlips(winner, frozen(flips_at), winners)


def _solve(
    matrix: DecisionMatrix,
    scores: FloatArray,
    winner: int,
    criterion: int,
    curve: ValueCurve,
    flips_at: FloatArray,
    winners: IntArray,
) -> None:
    """Find each option's flip on a criterion whose values are summed."""
    weight = float(matrix.weights[criterion])
    values = matrix.scaled[:, criterion]
    others = np.delete(np.arange(len(scores)), winner)
    if not weight or not len(others):
        return
    worst, best = sorted(curve.ends, key=lambda end: float(curve.values(np.array([end]))[0]))
    least, most = curve.values(np.array([worst, best])).tolist()
    needed = np.maximum(scores[winner] - scores, 0.0) / weight  # for another to draw level
    second = int(others[scores[others].argmax()])
    needed[winner] = -needed[second]
    sought = values + needed
    spare = most - sought
    spare[winner] = sought[winner] - least
    for option in np.flatnonzero(spare * weight > TIE).tolist():
        flips_at[option] = curve.performance(float(sought[option]), worst if option == winner else best)
        winners[option] = second if option == winner else option
