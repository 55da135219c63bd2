import pytest

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.marcos import marcos
from policyopts.engine.ranking import rank


def test_options_stand_between_an_ideal_and_an_anti_ideal() -> None:
    """K_plus and K_minus are parts of the best and the worst sum, and f combines them as the paper does."""
    details = marcos(DecisionMatrix([[4.0, 5.0], [2.0, 4.0]], [1, 1], ["max", "min"])).details
    assert details["S"].tolist() == pytest.approx([0.9, 0.75])
    plus, minus = details["K_plus"], details["K_minus"]
    assert plus.tolist() == pytest.approx([0.9, 0.75])
    assert minus.tolist() == pytest.approx([0.9 / 0.65, 0.75 / 0.65])
    f_minus, f_plus = plus / (plus + minus), minus / (plus + minus)
    f = (plus + minus) / (1 + (1 - f_plus) / f_plus + (1 - f_minus) / f_minus)
    assert details["f"].tolist() == pytest.approx(f.tolist())


def test_a_zero_benefit_stands_while_the_anti_ideal_has_something() -> None:
    """A worst showing of zero on one criterion is no trouble beside another above zero."""
    matrix = DecisionMatrix([[0.0, 2.0], [4.0, 1.0]], [1, 1], ["max", "max"])
    assert rank(matrix, "marcos").ranks.tolist() == [2, 1]


def test_an_anti_ideal_of_nothing_is_refused() -> None:
    """Where the worst showings that have weight are all zero, one of them is named."""
    matrix = DecisionMatrix([[1.0, 2.0, 1.0], [4.0, 0.0, 2.0]], [0, 1, 0], ["max", "max", "max"])
    with pytest.raises(EngineError, match=r"^option a2, criterion c2: 0 is zero, and so is the worst on all other"):
        marcos(matrix)
    samples = matrix.with_weights([[1, 1, 1], [0, 1, 0]])
    with pytest.raises(EngineError, match=r"^option a2, criterion c2: 0 is zero, and so is the worst on all other"):
        marcos(samples)


def test_benefits_that_are_zero_for_all_score_zero() -> None:
    """Where nothing is to be had, all options score zero and tie."""
    ranking = rank(DecisionMatrix([[0.0], [0.0]], [1], ["max"]), "marcos")
    assert ranking.scores.tolist() == [0, 0]
    assert ranking.details["K_minus"].tolist() == [0, 0]
