from typing import TYPE_CHECKING, Any

import pytest

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.waspas import waspas
from policyopts.engine.methods.weighted_product import weighted_product
from policyopts.engine.ranking import rank

if TYPE_CHECKING:
    from policyopts.engine.steps import Step

MATRIX = DecisionMatrix([[4.0, 8.0], [2.0, 2.0], [1.0, 1.0]], [1, 1], ["max", "min"])


def test_a_score_is_the_product_of_ratios_raised_to_weights() -> None:
    """With equal weights on two criteria, a score is the geometric mean of the ratios to the best."""
    assert weighted_product(MATRIX).scores.tolist() == pytest.approx([(1 / 8) ** 0.5, 0.5, 0.5])


def test_normalisations_differ_by_a_factor() -> None:
    """Each normalisation gives scores in the same proportions, and so the same ranks."""
    plain = weighted_product(MATRIX, normalisation="none").scores
    assert plain.tolist() == pytest.approx([0.5**0.5, 1, 1])
    for normalisation in ("max", "sum"):
        ranking = rank(MATRIX, "weighted-product", normalisation=normalisation)
        assert (ranking.scores / plain).tolist() == pytest.approx([ranking.scores[1]] * 3)
        assert ranking.ranks.tolist() == [3, 1, 1]


def test_products_of_any_size_are_told_apart() -> None:
    """Ties are judged by the largest product, however small the figures are."""
    matrix = DecisionMatrix([[1e-90], [2e-90]], [1], ["max"])
    assert rank(matrix, "weighted-product", normalisation="none").ranks.tolist() == [2, 1]


@pytest.mark.parametrize("method", ["weighted-product", "waspas"])
@pytest.mark.parametrize(("figure", "is_what"), [(0.0, "0 is zero"), (-1.0, "-1 is negative")])
@pytest.mark.parametrize("direction", ["max", "min"])
def test_products_refuse_what_is_not_positive(method: str, figure: float, is_what: str, direction: Any) -> None:
    """A zero or negative performance, of a benefit or a cost, is refused by its cell."""
    with pytest.raises(EngineError, match=f"^option a2, criterion c1: {is_what}, which {method} cannot take"):
        rank(DecisionMatrix([[1.0], [figure]], [1], [direction]), method)


def test_waspas_goes_from_the_product_to_the_sum() -> None:
    """A share of 0 gives the weighted product, 1 the weighted sum of ratios, and a half their mean."""
    product = weighted_product(MATRIX).scores
    total = rank(MATRIX, "weighted-sum", normalisation="max").scores
    assert waspas(MATRIX, lambda_=0).scores.tolist() == product.tolist()
    assert waspas(MATRIX, lambda_=1).scores.tolist() == total.tolist()
    assert waspas(MATRIX).scores.tolist() == pytest.approx(((product + total) / 2).tolist())
    assert waspas(MATRIX, lambda_=0.3).details["wpm"].tolist() == product.tolist()


def test_a_constant_criterion_can_reorder_waspas() -> None:
    """As the table declares, a criterion on which all options are alike can change the order."""
    without = DecisionMatrix([[2.0, 9.0], [7.0, 1.0]], [3, 2], ["max", "max"])
    with_it = DecisionMatrix([[2.0, 9.0, 2.0], [7.0, 1.0, 2.0]], [3, 2, 9], ["max", "max", "max"])
    assert rank(without, "waspas").ranks.tolist() == [2, 1]
    assert rank(with_it, "waspas").ranks.tolist() == [1, 2]


def test_the_working_of_a_product_goes_from_ratios_to_scores() -> None:
    """The steps are the ratios, the weights, the factors and the scores."""
    steps: list[Step] = []
    weighted_product(MATRIX, steps=steps)
    assert [step.symbol for step in steps] == ["r", "w", "r^w", "P"]
    assert steps[0].table.tolist() == [[1.0, 0.125], [0.5, 0.5], [0.25, 1.0]]
    assert steps[2].table.prod(axis=-1).tolist() == pytest.approx(steps[3].table.tolist())
