import pytest

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.mabac import mabac
from policyopts.engine.ranking import rank


def test_options_are_measured_from_a_border() -> None:
    """The border is the geometric mean of w·(1 + r), and scores add up what is above it."""
    result = mabac(DecisionMatrix([[1.0, 30.0], [5.0, 10.0], [3.0, 10.0]], [1, 3], ["max", "min"]))
    border = [0.25 * (1 * 2 * 1.5) ** (1 / 3), 0.75 * (1 * 2 * 2) ** (1 / 3)]
    assert result.document["border"].tolist() == pytest.approx(border)  # type: ignore[attr-defined] # an array
    above = [0.25 + 0.75, 0.5 + 1.5, 0.375 + 1.5]
    assert result.scores.tolist() == pytest.approx([each - sum(border) for each in above])


def test_what_options_share_puts_none_above_the_border() -> None:
    """A criterion on which all options are alike, or that has no weight, contributes nothing."""
    ranking = rank(DecisionMatrix([[2.0, 1.0, 1.0], [2.0, 2.0, 5.0]], [4, 1, 0], ["max", "max", "max"]), "mabac")
    assert ranking.contributions is not None
    assert ranking.contributions[:, [0, 2]].tolist() == [[0, 0], [0, 0]]


def test_the_order_is_that_of_a_weighted_sum() -> None:
    """A border that is the same for all leaves the order of the weighted sum on the range of the options."""
    matrix = DecisionMatrix([[3.0, 7.0], [4.0, 9.0], [1.0, 2.0], [6.0, 8.0]], [2, 3], ["max", "min"])
    assert rank(matrix, "mabac").ranks.tolist() == rank(matrix, normalisation="min-max").ranks.tolist()
