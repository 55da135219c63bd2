from typing import Any

import numpy as np
import pytest

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.methods.spotis import spotis
from policyopts.engine.ranking import rank

SCALES: Any = {"lower": [0, 0], "upper": [100, 40]}


def test_distances_are_shares_of_the_scales() -> None:
    """Without a target, the distance is from the best end of each scale."""
    result = spotis(DecisionMatrix([[50.0, 10.0]], [3, 1], ["max", "min"], **SCALES))
    assert result.details["distance"].tolist() == [0.75 * 0.5 + 0.25 * 0.25]
    assert result.scores.tolist() == [1 - 0.4375]


def test_without_value_functions_it_is_the_weighted_sum() -> None:
    """On scales alone, the score is that of the weighted sum of values."""
    values = np.random.default_rng(0).random((20, 2)) * [100, 40]
    matrix = DecisionMatrix(values, [3, 1], ["max", "min"], **SCALES)
    np.testing.assert_allclose(rank(matrix, "spotis").scores, rank(matrix).scores, rtol=1e-12)


def test_a_target_can_be_missed_on_either_side() -> None:
    """With an expected solution, going beyond it counts like falling short."""
    matrix = DecisionMatrix([[40.0, 20.0], [60.0, 20.0], [50.0, 20.0]], [1, 1], ["max", "min"], **SCALES)
    ranking = rank(matrix, "spotis", expected_solution=[50, 20])
    assert ranking.details["distance"].tolist() == pytest.approx([0.05, 0.05, 0])
    assert ranking.ranks.tolist() == [2, 2, 1]


def test_a_target_can_punish_an_improvement_and_dominance() -> None:
    """As the table declares of a row, an option beyond the target loses to one that is worse on every criterion."""
    matrix = DecisionMatrix([[90.0, 5.0], [50.0, 20.0]], [1, 1], ["max", "min"], **SCALES)
    assert rank(matrix, "spotis").ranks.tolist() == [1, 2]
    assert rank(matrix, "spotis", expected_solution=[50, 20]).ranks.tolist() == [2, 1]
    method = METHODS["spotis"]
    assert method.broken(method.settings({"expected_solution": [50, 20]})) == {"monotonicity", "dominance"}
    assert method.broken(method.settings({})) == set()


def test_without_scales_the_bounds_are_the_range_of_the_options() -> None:
    """A criterion that has no scale is measured on its range, and one without a range has no distance."""
    matrix = DecisionMatrix([[3.0, 7.0], [5.0, 7.0]], [1, 1], ["max", "min"])
    assert spotis(matrix).details["distance"].tolist() == [0.5, 0.0]
    assert spotis(matrix, expected_solution=[4, 7]).details["distance"].tolist() == [0.25, 0.25]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([101, 20], "expected_solution: 101 is beyond the bounds of the criterion c1"),
        ([50, -1], "expected_solution: -1 is beyond the bounds of the criterion c2"),
        ([50], "expected_solution: 2 are needed, one for each criterion"),
    ],
)
def test_an_unfit_expected_solution_is_refused(row: list[float], message: str) -> None:
    """A row beyond the bounds, or of the wrong length, is refused."""
    with pytest.raises(EngineError, match=f"^{message}"):
        rank(DecisionMatrix([[50.0, 10.0]], [3, 1], ["max", "min"], **SCALES), "spotis", expected_solution=row)


def test_contributions_say_what_each_criterion_keeps() -> None:
    """A criterion contributes its weight, less its weighted distance."""
    ranking = rank(DecisionMatrix([[50.0, 10.0]], [3, 1], ["max", "min"], **SCALES), "spotis")
    assert ranking.contributions is not None
    assert ranking.contributions.tolist() == [[0.375, 0.1875]]
