from typing import TYPE_CHECKING, Any

import pytest

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.topsis import topsis
from policyopts.engine.ranking import rank

if TYPE_CHECKING:
    from policyopts.engine.steps import Step


def test_closeness_is_a_share_of_two_distances() -> None:
    """The best on all criteria scores 1, the worst 0, and one half-way a half."""
    matrix = DecisionMatrix([[1.0, 30.0], [2.0, 20.0], [3.0, 10.0]], [1, 2], ["max", "min"])
    result = topsis(matrix, normalisation="min-max")
    assert result.scores.tolist() == [0.0, 0.5, 1.0]
    assert result.details["d_best"].tolist() == pytest.approx([5**0.5 / 3, 5**0.5 / 6, 0])
    assert result.details["d_worst"].tolist() == pytest.approx([0, 5**0.5 / 6, 5**0.5 / 3])


def test_a_cost_keeps_its_share_of_the_vector() -> None:
    """Under vector normalisation a cost is x / ‖x‖ in the steps, with the lowest as the ideal."""
    steps: list[Step] = []
    topsis(DecisionMatrix([[3.0], [4.0]], [1], ["min"]), steps=steps)
    tables = {step.symbol: step.table.tolist() for step in steps}
    assert tables["r"] == [[0.6], [0.8]]
    assert (tables["v+"], tables["v-"]) == ([0.6], [0.8])
    assert tables["C"] == [1.0, 0.0]


@pytest.mark.parametrize("normalisation", ["vector", "min-max", "max", "sum"])
@pytest.mark.parametrize("direction", ["max", "min"])
def test_options_that_differ_by_rounding_are_halfway(normalisation: Any, direction: Any) -> None:
    """Where options differ by rounding alone, none is close to an ideal that is rounding too."""
    matrix = DecisionMatrix([[0.1 + 0.2], [0.3]], [1], [direction])
    assert topsis(matrix, normalisation=normalisation).scores.tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("normalisation", "weights", "better", "others"),
    [
        ("vector", [1, 4], ([5, 5], [7, 5]), [[1, 6], [7, 1]]),
        ("sum", [1, 4, 2], ([7, 2, 6], [8, 2, 6]), [[2, 2, 9], [8, 1, 4]]),
    ],
)
def test_an_improvement_can_cost_the_first_rank(normalisation: str, weights: Any, better: Any, others: Any) -> None:
    """As the table declares, the first option can fall behind by an improvement, which shrinks the others' figures."""
    ranks = [
        rank(DecisionMatrix([own, *others], weights, [1] * len(own)), "topsis", normalisation=normalisation).ranks
        for own in better
    ]
    assert [placed.tolist() for placed in ranks] == [[1, 2, 3], [2, 1, 3]]


def test_another_zero_of_a_scale_can_reorder_vectors() -> None:
    """Under vector normalisation, adding a number to every performance of a criterion can put another option first."""
    values = [[1.0, 3000.0], [2.0, 3750.0], [5.0, 4500.0]]
    moved = [[risk + 5, (height - 1000) / 1000] for risk, height in values]
    ranks = [rank(DecisionMatrix(table, [1, 1], ["min", "max"]), "topsis").ranks.tolist() for table in (values, moved)]
    assert ranks == [[1, 2, 3], [3, 1, 2]]
