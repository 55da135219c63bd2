import pytest

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.cocoso import cocoso
from policyopts.engine.ranking import rank


def test_three_appraisals_are_combined() -> None:
    """The score is the geometric and the arithmetic mean of ka, kb and kc, added."""
    matrix = DecisionMatrix([[0.0, 1.0], [1.0, 0.0], [0.25, 0.25]], [1, 1], ["max", "max"])
    details = cocoso(matrix).details
    assert details["S"].tolist() == [0.5, 0.5, 0.25]
    assert details["P"].tolist() == [1.0, 1.0, 1.0]
    assert details["ka"].tolist() == pytest.approx([1.5 / 4.25, 1.5 / 4.25, 1.25 / 4.25])
    assert details["kb"].tolist() == pytest.approx([3, 3, 2])
    assert details["kc"].tolist() == pytest.approx([1, 1, 1.25 / 1.5])
    product, total = 1.5 / 4.25 * 3 * 1, 1.5 / 4.25 + 3 + 1
    assert details["k"][0] == pytest.approx(product ** (1 / 3) + total / 3)


def test_an_option_that_is_worst_throughout_leaves_out_its_appraisal() -> None:
    """Where the least S and P are zero, nothing is measured in parts of them, and scores stay finite."""
    ranking = rank(DecisionMatrix([[1.0, 9.0], [2.0, 7.0], [3.0, 6.0]], [1, 1], ["max", "min"]), "cocoso")
    assert ranking.details["kb"].tolist() == [0, 0, 0]
    assert ranking.ranks.tolist() == [3, 2, 1]


def test_a_criterion_without_weight_is_one_to_all() -> None:
    """A figure of zero raised to a weight of zero is 1, for every option."""
    matrix = DecisionMatrix([[0.0, 1.0], [1.0, 0.0]], [1, 0], ["max", "max"])
    assert cocoso(matrix).details["P"].tolist() == [1.0, 2.0]


def test_an_improvement_can_cost_a_rank() -> None:
    """As the table declares, the first option can fall back by an improvement, which moves the marks for all."""
    before = DecisionMatrix([[3.0, 5.0], [5.0, 1.0], [7.0, 3.0]], [1, 5], ["max", "max"])
    after = DecisionMatrix([[5.0, 5.0], [5.0, 1.0], [7.0, 3.0]], [1, 5], ["max", "max"])
    assert rank(before, "cocoso").ranks.tolist() == [1, 3, 2]
    assert rank(after, "cocoso").ranks.tolist() == [2, 3, 1]


def test_a_constant_criterion_can_reorder_options() -> None:
    """As the table declares, a criterion on which all options are alike can change the order."""
    values = [[9.0, 2.0], [7.0, 3.0], [6.0, 9.0]]
    without = DecisionMatrix(values, [1, 2], ["max", "max"])
    with_it = DecisionMatrix([[*row, 2.0] for row in values], [1, 2, 8], ["max"] * 3)
    assert rank(without, "cocoso").ranks.tolist() == [2, 3, 1]
    assert rank(with_it, "cocoso").ranks.tolist() == [3, 2, 1]
