from typing import Any

import numpy as np
import pytest

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.moora import moora, multimoora
from policyopts.engine.ranking import Ranking, rank

MATRIX = DecisionMatrix([[3.0, 6.0], [4.0, 8.0]], [1, 1], ["max", "min"])


def test_costs_are_taken_off_benefits() -> None:
    """The ratio is half the benefit's share of its vector less half the cost's, of two criteria that weigh the same."""
    result = moora(MATRIX)
    assert result.details["ratio"].tolist() == pytest.approx([0, 0])
    assert result.details["reference_point"].tolist() == pytest.approx([0.1, 0.1])
    assert result.contributions is not None
    np.testing.assert_allclose(result.contributions(), [[0.3, -0.3], [0.4, -0.4]])


def test_ratios_that_cancel_tie() -> None:
    """Ratios that are zero but for rounding share the rank, because the terms set the size."""
    assert rank(MATRIX, "moora").ranks.tolist() == [1, 1]


def test_moora_can_punish_an_improvement_among_negatives() -> None:
    """As the table declares, an option that improves can lose its rank where performances are negative."""
    before = DecisionMatrix([[1.0, -0.2], [-1.0, 1.0]], [1, 1], ["max", "max"])
    after = DecisionMatrix([[10.0, -0.2], [-1.0, 1.0]], [1, 1], ["max", "max"])
    assert rank(before, "moora").ranks.tolist() == [1, 2]
    assert rank(after, "moora").ranks.tolist() == [2, 1]


def ranks_by_system(ranking: Ranking) -> list[list[float]]:
    """Give the ranks by the ratio system, the reference point and the full multiplicative form."""
    return [ranking.details[f"{system}_rank"].tolist() for system in ("ratio", "reference_point", "multiplicative")]


def test_multimoora_ranks_by_two_of_three() -> None:
    """An option that two systems put first is first, whatever the third says."""
    ranking = rank(DecisionMatrix([[6.0, 4.0], [5.0, 5.0], [2.0, 7.0]], [1, 1], ["max", "max"]), "multimoora")
    assert ranks_by_system(ranking) == [[1, 2, 3], [2, 1, 3], [2, 1, 3]]
    assert ranking.ranks.tolist() == [2, 1, 3]
    assert ranking.scores.tolist() == [1, 2, 0]


def test_a_circle_of_verdicts_is_a_tie() -> None:
    """Options that two systems of three put before one another all round share a rank."""
    ranking = rank(DecisionMatrix([[8.0, 2.0], [5.0, 3.0], [2.0, 7.0]], [1, 1], ["max", "max"]), "multimoora")
    assert ranks_by_system(ranking) == [[2, 3, 1], [3, 1, 2], [1, 2, 3]]
    assert ranking.ranks.tolist() == [1, 1, 1]


def test_multimoora_takes_a_zero_benefit() -> None:
    """A benefit of zero makes the product 0, and its option comes last in that system."""
    result = multimoora(DecisionMatrix([[0.0, 5.0], [1.0, 4.0]], [1, 1], ["max", "max"]))
    assert result.details["multiplicative"].tolist() == [0.0, 2.0]
    assert result.details["multiplicative_rank"].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("figure", "direction", "is_what"), [(0.0, "min", "0 is zero"), (-1.0, "min", "-1 is"), (-1.0, "max", "-1 is")]
)
def test_multimoora_refuses_what_it_cannot_multiply(figure: float, direction: Any, is_what: str) -> None:
    """A zero cost and any negative performance are refused by their cell."""
    with pytest.raises(EngineError, match=f"^option a2, criterion c1: {is_what}.*'moora' can$"):
        rank(DecisionMatrix([[1.0], [figure]], [1], [direction]), "multimoora")


def test_an_improvement_can_close_a_circle() -> None:
    """As the table declares, an option can fall back by an improvement that changes how the systems see the others."""
    before = DecisionMatrix([[7.0, 2.0], [8.0, 3.0], [1.0, 7.0]], [1, 1], ["max", "max"])
    after = DecisionMatrix([[8.0, 2.0], [8.0, 3.0], [1.0, 7.0]], [1, 1], ["max", "max"])
    assert rank(before, "multimoora").ranks.tolist() == [2, 1, 3]
    assert rank(after, "multimoora").ranks.tolist() == [3, 1, 2]
