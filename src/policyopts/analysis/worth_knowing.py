"""Which single figures are worth finding out before choosing, for a briefing that has room for a few."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.analysis.problem.curves import curves
from policyopts.analysis.problem.uncertain_performances import uncertain_performances
from policyopts.analysis.problem.uncertain_weights import uncertain_weights
from policyopts.engine.errors import EngineError
from policyopts.engine.robustness.information_value import information_value

if TYPE_CHECKING:
    from policyopts.analysis.robust_ranking import RobustRanking

MOST_TOLD = 2
SURE = 2.0  # standard errors that a worth is above zero
MATTERS = 0.01  # of the distance from the best to the worst score: what is worth less is not told
SAMPLES = 1 << 13


class WorthKnowing(NamedTuple):
    """A performance, and the part that knowing it has of what it would be worth to know everything."""

    option: str
    criterion: str
    share: float


def worth_knowing(drawn: RobustRanking) -> tuple[WorthKnowing, ...] | None:
    """Find the figures that are worth most to know; None where the method or a missing scale does not let one tell."""
    ranking, problem = drawn.ranked.ranking, drawn.ranked.problem
    performances = uncertain_performances(problem)
    by_values = ranking.method == "weighted-sum" and ranking.parameters["normalisation"] == "value"
    if not by_values or not performances.cells or len(ranking.options) == 1:
        return None
    weights = uncertain_weights(problem, drawn.known)
    try:
        found = information_value(
            ranking.matrix,
            weights,
            performances,
            curves=curves(problem),
            samples=SAMPLES,
            seed=drawn.sampling.seed,
        )
    except EngineError:
        return None
    least = MATTERS * float(ranking.scores.max() - ranking.scores.min())
    enough = np.maximum(SURE * found.cells_errors, least)
    matter = [(row, column) for row, column in np.argwhere((found.cells > 0) & (found.cells >= enough)).tolist()]
    matter.sort(key=lambda cell: -found.cells[cell])
    return tuple(
        WorthKnowing(
            ranking.options[row],
            ranking.criteria[column],
            float(min(1.0, found.cells[row, column] / found.everything.value)),
        )
        for row, column in matter[:MOST_TOLD]
    )
