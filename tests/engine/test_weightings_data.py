from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.weighing import weights

Array = NDArray[np.float64]


@st.composite
def matrices(draw: st.DrawFn) -> DecisionMatrix:
    """Draw performances above zero, some of them constant."""
    options, criteria = draw(st.integers(2, 9)), draw(st.integers(2, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values = rng.integers(1, rng.integers(2, 12, criteria), (options, criteria)).astype(np.float64)
    values[0, 0], values[1, 0] = 1, 3  # one criterion varies at least
    return DecisionMatrix(values, np.ones(criteria), rng.choice([1.0, -1.0], criteria))


def found(matrix: DecisionMatrix, method: str, **settings: Any) -> Array:
    """Weigh by data."""
    return weights(matrix, method, **settings).weights


def shares(information: Any) -> Array:
    """Divide by the sum."""
    numbers = np.array(information, dtype=np.float64)
    result: Array = numbers / numbers.sum()
    return result


def on_range(matrix: DecisionMatrix) -> Array:
    """Put performances on 0 to 1 = best, constant ones on 0."""
    worst, best = (np.where(matrix.directions > 0, *ends) for ends in (
        (matrix.values.min(axis=0), matrix.values.max(axis=0)),
        (matrix.values.max(axis=0), matrix.values.min(axis=0)),
    ))  # fmt: skip
    way = best - worst
    result: Array = (matrix.values - worst) / np.where(way == 0, np.inf, way)
    return result


def entropy_by_definition(table: Array) -> list[float]:
    """Follow the formula, 0·ln 0 being 0; a criterion without a sum tells nothing."""
    left = []
    for column in table.T:
        part = column / column.sum() if column.any() else np.full(len(column), 1 / len(column))
        left.append(1 + sum(p * np.log(p) for p in part if p > 0) / np.log(len(column)))
    return [0.0 if abs(rest) < 1e-14 else float(rest) for rest in left]


@given(matrices())
def test_entropy_follows_its_definition(matrix: DecisionMatrix) -> None:
    """Weights are 1 minus the entropy of shares of the sum, or of the range, as parts of their sum."""
    np.testing.assert_allclose(found(matrix, "entropy"), shares(entropy_by_definition(matrix.values)), atol=1e-12)
    constant = np.ptp(matrix.values, axis=0) == 0
    left = np.where(constant, 0.0, entropy_by_definition(on_range(matrix)))
    np.testing.assert_allclose(found(matrix, "entropy", normalisation="min-max"), shares(left), atol=1e-12)


def test_entropy_tells_criteria_apart_that_hardly_vary() -> None:
    """Divergences far below the rounding of 1 still weigh by their size: it goes with the square of the spread."""
    tiny = 2.0**-40
    matrix = DecisionMatrix([[1.0, 1.0], [1 + tiny, 1 + 2 * tiny]], [1, 1], ["max", "max"])
    np.testing.assert_allclose(found(matrix, "entropy"), [0.2, 0.8], rtol=1e-3)


def test_a_share_of_zero_adds_nothing_to_entropy() -> None:
    """A performance of 0 is taken, as 0·ln 0 = 0; two options of which one has all have no entropy."""
    result = weights(DecisionMatrix([[0.0, 1.0], [5.0, 2.0]], [1, 1], ["max", "max"]), "entropy")
    assert np.asarray(result.details["entropy"])[0] == pytest.approx(0)
    assert result.weights[0] > result.weights[1]


def test_entropy_of_the_range_takes_negative_performances() -> None:
    """Shares of the range need no zero, and so no sign."""
    values = np.array([[-5.0, 3.0], [2.0, -1.0], [0.0, 0.0]])
    with pytest.raises(EngineError, match="option a1, criterion c1: -5 is negative, which 'entropy' cannot take"):
        found(DecisionMatrix(values, [1, 1], ["max", "min"]), "entropy")
    below, above = (DecisionMatrix(values + shift, [1, 1], ["max", "min"]) for shift in (0.0, 10.0))
    expected = found(above, "entropy", normalisation="min-max")
    np.testing.assert_allclose(found(below, "entropy", normalisation="min-max"), expected)


@given(matrices())
def test_critic_follows_its_definition(matrix: DecisionMatrix) -> None:
    """Information is the standard deviation times the sum of 1 minus the correlations, among those that vary."""
    vary = np.ptp(matrix.values, axis=0) > 0
    for ignore_direction, absolute in product([False, True], repeat=2):
        directions = np.ones(len(vary)) if ignore_direction else matrix.directions
        table = on_range(DecisionMatrix(matrix.values, np.ones(len(vary)), directions))[:, vary]
        correlation = np.atleast_2d(np.corrcoef(table.T))
        apart = 1 - (np.abs(correlation) if absolute else correlation)
        information = table.std(axis=0, ddof=1) * np.where(apart > 1e-12, apart, 0).sum(axis=1)
        result = found(matrix, "critic", ignore_direction=ignore_direction, absolute_correlation=absolute)
        assert (result[~vary] == 0).all()
        expected = shares(information) if information.any() else shares(np.ones(vary.sum()))
        np.testing.assert_allclose(result[vary], expected, rtol=1e-9, atol=1e-12)


def test_critic_shows_deviations_with_one_less_than_the_options() -> None:
    """Its standard deviations are those that are printed, divided by n - 1."""
    result = weights(DecisionMatrix([[0.0, 0.0], [1.0, 5.0], [2.0, 1.0]], [1, 1], ["max", "max"]), "critic")
    np.testing.assert_allclose(np.asarray(result.details["sigma"]), np.std([[0, 0.5, 1], [0, 1, 0.2]], axis=1, ddof=1))


def test_criteria_that_all_repeat_each_other_share_alike() -> None:
    """Where no criterion conflicts with another, those that vary weigh the same, and the constant one nothing."""
    matrix = DecisionMatrix([[1.0, 10.0, 7.0], [2.0, 20.0, 7.0], [4.0, 40.0, 7.0]], [1, 1, 1], ["max", "max", "max"])
    assert found(matrix, "critic").tolist() == [0.5, 0.5, 0.0]


def test_a_copy_of_a_criterion_shares_its_weight_in_critic() -> None:
    """Listing a criterion twice lifts what the two weigh together by less than a copy of a criterion unlike any."""
    values = np.random.default_rng(0).random((30, 3))
    matrix = DecisionMatrix(values, [1] * 3, ["max"] * 3)
    twice = DecisionMatrix(values[:, [0, 0, 1, 2]], [1] * 4, ["max"] * 4)
    assert found(twice, "critic")[:2].sum() < 2 * found(matrix, "critic")[0]


@given(matrices())
def test_merec_follows_its_definition(matrix: DecisionMatrix) -> None:
    """A criterion's effect is the sum of what leaving it out changes in each option's overall figure."""
    values = matrix.values
    ratios = np.where(matrix.directions > 0, values.min(axis=0) / values, values / values.max(axis=0))
    logs = np.abs(np.log(ratios))
    overall = np.log(1 + logs.mean(axis=1))
    width = values.shape[1]
    effects = [
        np.abs(np.log(1 + np.delete(logs, left_out, axis=1).sum(axis=1) / width) - overall).sum()
        for left_out in range(width)
    ]
    np.testing.assert_allclose(found(matrix, "merec"), shares(effects), atol=1e-12)


@given(matrices())
def test_deviations_follow_their_definitions(matrix: DecisionMatrix) -> None:
    """Standard deviations are taken of the range, of raw figures, or as parts of the mean."""
    deviations, raw = on_range(matrix).std(axis=0, ddof=1), matrix.values.std(axis=0, ddof=1)
    np.testing.assert_allclose(found(matrix, "standard-deviation"), shares(deviations), atol=1e-12)
    np.testing.assert_allclose(found(matrix, "standard-deviation", normalisation="none"), shares(raw), atol=1e-12)
    variation = raw / matrix.values.mean(axis=0)
    np.testing.assert_allclose(found(matrix, "coefficient-of-variation"), shares(variation), atol=1e-12)


@given(matrices())
def test_gini_follows_its_definition(matrix: DecisionMatrix) -> None:
    """The Gini coefficient is the mean difference of all pairs over twice the mean."""
    columns = matrix.values.T
    coefficients = [np.abs(np.subtract.outer(x, x)).mean() / (2 * x.mean()) for x in columns]
    result = weights(matrix, "gini")
    np.testing.assert_allclose(np.asarray(result.details["gini"]), coefficients, atol=1e-12)
    np.testing.assert_allclose(result.weights, shares(coefficients), atol=1e-12)


@pytest.mark.parametrize(
    "method", ["entropy", "critic", "merec", "standard-deviation", "coefficient-of-variation", "gini"]
)
@pytest.mark.parametrize("size", [1e-90, 1e90])
def test_no_size_of_figures_spoils_a_weight(method: str, size: float) -> None:
    """Performances in the smallest and the largest units weigh as in any other."""
    values = np.array([[1.0, 4.0], [2.0, 3.0], [6.0, 7.0]])
    usual, other = (DecisionMatrix(values * unit, [1, 1], ["max", "min"]) for unit in (1.0, np.array([size, 1.0])))
    np.testing.assert_allclose(found(other, method), found(usual, method), rtol=1e-9)
