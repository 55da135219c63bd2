import pytest

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.edas import edas
from policyopts.engine.ranking import rank


def test_options_are_measured_from_their_average() -> None:
    """What is better than the average by a part of it counts in SP, what is worse in SN, costs turned."""
    result = edas(DecisionMatrix([[3.0, 2.0], [1.0, 6.0]], [1, 3], ["max", "min"]))
    assert result.document["average"].tolist() == [2.0, 4.0]  # type: ignore[attr-defined] # an array
    assert result.details["SP"].tolist() == [0.5, 0.0]
    assert result.details["SN"].tolist() == [0.0, 0.5]
    assert result.details["AS"].tolist() == [1.0, 0.0]


def test_options_that_are_alike_score_a_half() -> None:
    """Where nobody is better or worse than the average, everyone has no SP and no SN."""
    matrix = DecisionMatrix([[0.1 + 0.2, 0.0], [0.3, 0.0], [0.3, 0.0]], [1, 1], ["max", "max"])
    assert edas(matrix).scores.tolist() == [0.5, 0.5, 0.5]


def test_an_improvement_can_cost_a_rank() -> None:
    """As the table declares, an option can fall back by an improvement, which moves the average for the others."""
    others = [[1.0, 15.0, 6.0, 43.0], [36.0, 3.0, 25.0, 3.0], [3.0, 2.0, 5.0, 2.0]]
    ranks = [
        rank(DecisionMatrix([[own, 7.0, 2.0, 2.0], *others], [1, 7, 1, 2], ["max", "min", "min", "max"]), "edas").ranks
        for own in (6.0, 13.0)
    ]
    assert [placed.tolist() for placed in ranks] == [[3, 4, 1, 2], [4, 3, 2, 1]]


def test_zero_benefits_and_costs_stand() -> None:
    """Zeros are no trouble: only averages are divided by."""
    ranking = rank(DecisionMatrix([[0.0, 0.0], [1.0, 2.0]], [3, 1], ["max", "min"]), "edas")
    assert ranking.scores.tolist() == pytest.approx([(1 / 3 + 0) / 2, (1 + 2 / 3) / 2])
