import pytest

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.copras import copras
from policyopts.engine.ranking import rank


def test_costs_are_handed_out_in_inverse_proportion() -> None:
    """Of what all costs come to, an option of half the costs gets twice as much."""
    result = copras(DecisionMatrix([[1.0, 4.0], [1.0, 2.0]], [1, 1], ["max", "min"]))
    assert result.details["S_plus"].tolist() == [0.25, 0.25]
    assert result.details["S_minus"].tolist() == pytest.approx([1 / 3, 1 / 6])
    assert result.details["Q"].tolist() == pytest.approx([0.25 + 1 / 6, 0.25 + 1 / 3])
    assert result.details["utility"].tolist() == pytest.approx([5 / 7, 1])


def test_without_costs_the_sum_of_benefits_decides() -> None:
    """Q is S_plus where there are no costs, where they have no weight, and where all are zero."""
    for matrix in (
        DecisionMatrix([[3.0], [1.0]], [1], ["max"]),
        DecisionMatrix([[3.0, 7.0], [1.0, 0.0]], [1, 0], ["max", "min"]),
        DecisionMatrix([[3.0, 0.0], [1.0, 0.0]], [1, 0.001], ["max", "min"]),
    ):
        details = copras(matrix).details
        assert details["Q"].tolist() == details["S_plus"].tolist()
        assert details["utility"].tolist() == pytest.approx([1, 1 / 3])


def test_a_zero_among_other_costs_stands() -> None:
    """A cost of zero is no trouble for an option that has another cost."""
    assert rank(DecisionMatrix([[0.0, 2.0], [1.0, 2.0]], [1, 1], ["min", "min"]), "copras").ranks.tolist() == [1, 2]


def test_an_option_without_any_cost_is_refused() -> None:
    """An option all of whose costs are zero is named by one that has weight, because it would be divided by."""
    matrix = DecisionMatrix([[5.0, 1.0, 1.0], [5.0, 0.0, 0.0]], [1, 0, 1], ["max", "min", "min"])
    with pytest.raises(EngineError, match=r"^option a2, criterion c3: 0 is zero like all costs of this option"):
        copras(matrix)
    samples = matrix.with_weights([[1, 0, 1], [1, 1, 0]])
    with pytest.raises(EngineError, match=r"^option a2, criterion c2: 0 is zero like all costs of this option"):
        copras(samples)


def test_a_constant_cost_can_reorder_options() -> None:
    """As the table declares, a cost on which all options are alike can change the order."""
    values = [[1.0, 3.0], [8.0, 1.0], [4.0, 9.0]]
    without = DecisionMatrix(values, [3, 3], ["min", "max"])
    with_it = DecisionMatrix([[*row, 2.0] for row in values], [3, 3, 4], ["min", "max", "min"])
    assert rank(without, "copras").ranks.tolist() == [1, 3, 2]
    assert rank(with_it, "copras").ranks.tolist() == [2, 3, 1]


def test_an_improvement_can_cost_a_rank() -> None:
    """As the table declares, an option can fall behind one whose share of the costs an improvement raises."""
    weights, directions = [10, 2, 7], [-1, -1, 1]
    before = DecisionMatrix([[115.0, 28.0, 20.0], [1.0, 5.0, 3.0], [1.0, 1.0, 4.0]], weights, directions)
    after = DecisionMatrix([[15.0, 28.0, 20.0], [1.0, 5.0, 3.0], [1.0, 1.0, 4.0]], weights, directions)
    assert rank(before, "copras").ranks.tolist() == [2, 3, 1]
    assert rank(after, "copras").ranks.tolist() == [3, 2, 1]
