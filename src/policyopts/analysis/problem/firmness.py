"""Whether anything that a dossier states as possible could change who ranks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.analysis.problem.curves import curves
from policyopts.analysis.problem.uncertain_performances import ranges
from policyopts.analysis.problem.uncertain_weights import KnownWeights, uncertain_weights

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier


ON_RANGES = KnownWeights("ranges")


def nothing_stated_can_change(ranked: RankedDossier, known: KnownWeights = ON_RANGES) -> bool:
    """Tell whether one option ranks first whatever weights and performances on the stated ranges may be.

    Weights are those on their ranges, exact where they have none, unless they are `known` otherwise. False where that
    cannot be told: by a method other than the weighted mean of values, or with an uncertain performance on a criterion
    without a scale, which moves the values of all.
    """
    problem, winners = ranked.problem, ranked.winners
    if len(winners) > 1 or ranked.ranking.method != "weighted-sum":
        return False
    if ranked.ranking.parameters["normalisation"] != "value":
        return False
    lows, highs = ranges(problem)
    values = [np.array(problem.matrix.scaled), np.array(problem.matrix.scaled)]
    for column, curve in enumerate(curves(problem)):
        ends = lows[:, column], highs[:, column]
        if curve is not None:
            found = np.sort([curve.values(end) for end in ends], axis=0)
            values[0][:, column], values[1][:, column] = found
        elif (ends[0] < ends[1]).any():
            return False
    weights = uncertain_weights(problem, known)
    winner = problem.matrix.options.index(winners[0].id)
    # One against each other: the winner at its worst, the others at their best.
    others = [row for row in range(len(values[0])) if row != winner]
    leads = values[0][winner] - values[1][others]
    return bool((weights.extremes(leads)[0] > 0).all())
