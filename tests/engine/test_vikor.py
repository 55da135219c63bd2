from typing import Any

import numpy as np
import pytest

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.vikor import vikor
from policyopts.engine.ranking import rank


def document(values: Any, weights: Any = (1, 1), **settings: Any) -> Any:
    """Say what VIKOR says of some options together, all criteria being benefits."""
    return dict(rank(DecisionMatrix(values, weights, ["max"] * len(weights)), "vikor", **settings).document)


def test_regrets_are_summed_and_the_largest_is_kept() -> None:
    """S is the weighted sum of the shares of the range that are missing, R the largest of them, and the score 1 - Q."""
    result = vikor(DecisionMatrix([[4.0, 0.0], [0.0, 8.0], [3.0, 6.0]], [1, 3], ["max", "max"]))
    assert result.details["S"].tolist() == [0.75, 0.25, 0.25]
    assert result.details["R"].tolist() == [0.75, 0.25, 0.1875]
    assert result.details["Q"].tolist() == pytest.approx([1, 1 / 18, 0])
    assert result.scores.tolist() == pytest.approx([0, 17 / 18, 1])


def test_one_option_is_its_own_compromise() -> None:
    """A single option has Q = 0, and both conditions hold for it."""
    assert document([[1.0, 2.0]]) == {"compromise_set": ("a1",), "C1": True, "C2": True}
    assert rank(DecisionMatrix([[1.0, 2.0]], [1, 1], ["max", "max"]), "vikor").details["Q"].tolist() == [0.0]


def test_a_clear_winner_is_the_whole_compromise() -> None:
    """An option that leads by enough, and by S or R as well, stands alone."""
    assert document([[9.0, 9.0], [1.0, 2.0], [2.0, 1.0]]) == {"compromise_set": ("a1",), "C1": True, "C2": True}


def test_without_a_lead_all_that_are_close_make_up_the_compromise() -> None:
    """Where C1 fails, everyone whose Q is less than 1 / (n - 1) above the first is in, best first."""
    said = document([[5.0, 6.0], [0.0, 0.0], [6.0, 5.6], [5.0, 5.5]])
    assert said == {"compromise_set": ("a3", "a1", "a4"), "C1": False, "C2": True}


def test_without_stability_the_second_joins() -> None:
    """Where C1 holds and C2 fails, the first and the second, or all who share second place, make up the compromise."""
    costs = [[1, 101, 1, 101, 1], [101, 1, 101, 1, 101], [1, 1, 1, 1, 101], [11, 11, 11, 16, 61], [56] * 5]
    said = document(-np.array(costs, dtype=np.float64), weights=[1] * 5)
    assert said == {"compromise_set": ("a4", "a5"), "C1": True, "C2": False}
    twice = document(-np.array([*costs, costs[4]], dtype=np.float64), weights=[1] * 5)
    assert twice["compromise_set"] == ("a4", "a5", "a6")


def test_a_lead_of_exactly_enough_is_enough() -> None:
    """A second Q that is 1 / (n - 1) above the first, but for rounding, is an advantage."""
    assert document([[0.1 + 0.2, 1.0], [0.3, 0.5], [0.0, 0.0]], weights=[0, 1])["C1"] is True


def test_options_that_are_alike_are_all_in_the_compromise() -> None:
    """Where nothing tells options apart, all of them are the compromise."""
    assert document([[1.0, 2.0]] * 3) == {"compromise_set": ("a1", "a2", "a3"), "C1": False, "C2": True}


def test_sums_that_differ_by_rounding_are_alike() -> None:
    """S that differ by rounding alone are not spread out over the range from 0 to 1."""
    values = [[0.0, 0.0, 3.0], [1.0, 2.0, 0.0]]
    matrix = DecisionMatrix(values, [0.1, 0.2, 0.1 + 0.2], ["max"] * 3)
    assert vikor(matrix, v=1).details["Q"].tolist() == [0.0, 0.0]


def test_samples_have_no_compromise() -> None:
    """A compromise is said of one table: samples are scored without."""
    matrix = DecisionMatrix([[[1.0], [2.0]], [[2.0], [1.0]]], [1], ["max"])
    assert dict(vikor(matrix).document) == {}
    assert vikor(matrix).scores.tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_an_improvement_can_cost_a_rank() -> None:
    """As the table declares, an option can fall back by an improvement, which stretches the range for the others."""
    before = DecisionMatrix([[5.0, 4.0], [4.0, 6.0], [5.0, 9.0]], [4, 5], ["max", "max"])
    after = DecisionMatrix([[13.0, 4.0], [4.0, 6.0], [5.0, 9.0]], [4, 5], ["max", "max"])
    assert rank(before, "vikor").ranks.tolist() == [2, 3, 1]
    assert rank(after, "vikor").ranks.tolist() == [3, 2, 1]
