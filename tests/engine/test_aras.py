from typing import Any

import numpy as np
import pytest

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.aras import aras
from policyopts.engine.ranking import rank

MATRIX = DecisionMatrix([[3.0, 4.0], [1.0, 2.0]], [1, 1], ["max", "min"])


def test_scores_are_parts_of_the_best_of_each_criterion() -> None:
    """The optimal option has the best of each criterion, and counts in its sum."""
    result = aras(MATRIX)
    of_optimal = 0.5 * 3 / 7 + 0.5 * 2 / 5
    assert result.details["S"].tolist() == pytest.approx([0.5 * 3 / 7 + 0.5 * 1 / 5, 0.5 * 1 / 7 + 0.5 * 2 / 5])
    assert result.details["K"].tolist() == pytest.approx((result.details["S"] / of_optimal).tolist())


@pytest.mark.parametrize("row", [[6.0, 1.0], (6, 1), np.array([6, 1])])
def test_an_optimal_row_can_be_given(row: Any) -> None:
    """A given row takes the place of the best of each criterion, and counts in its sum."""
    ranking = rank(MATRIX, "aras", optimal=row)
    of_optimal = 0.5 * 6 / 10 + 0.5 * 1 / 1.75
    assert ranking.details["S"].tolist() == pytest.approx([0.15 + 0.5 * 0.25 / 1.75, 0.05 + 0.5 * 0.5 / 1.75])
    assert ranking.scores.tolist() == pytest.approx((ranking.details["S"] / of_optimal).tolist())
    assert ranking.parameters == {"optimal": (6.0, 1.0)}


def test_an_option_can_be_better_than_the_optimal_one() -> None:
    """A given row that is worse than an option gives it a score above 1."""
    assert rank(MATRIX, "aras", optimal=[1, 4]).scores[0] > 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([1.0], "optimal: 2 are needed, one for each criterion"),
        ([-1.0, 2.0], "optimal: -1 on the criterion c1, where aras needs a number from 0 up"),
        ([1.0, 0.0], "optimal: 0 on the criterion c2, where aras needs a number above 0"),
    ],
)
def test_an_unfit_optimal_row_is_refused(row: list[float], message: str) -> None:
    """A row of the wrong length, or with a figure that ratios cannot be formed with, is refused."""
    with pytest.raises(EngineError, match=f"^{message}"):
        rank(MATRIX, "aras", optimal=row)


def test_an_optimal_row_of_nothing_is_refused() -> None:
    """Options are not measured in parts of zero."""
    with pytest.raises(EngineError, match=r"^optimal: all are 0"):
        rank(DecisionMatrix([[1.0, 1.0], [2.0, 1.0]], [1, 0], ["max", "max"]), "aras", optimal=[0, 1])


def test_benefits_that_are_zero_for_all_score_zero() -> None:
    """Where nothing is to be had, no option has a part of it, and all tie."""
    ranking = rank(DecisionMatrix([[0.0], [0.0]], [1], ["max"]), "aras")
    assert ranking.scores.tolist() == [0, 0]
    assert ranking.ranks.tolist() == [1, 1]
