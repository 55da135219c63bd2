from math import exp, inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.errors import EngineError
from policyopts.engine.value_functions import exponential, linear, piecewise_linear

shares = st.lists(st.floats(0, 1), min_size=2, max_size=8).map(sorted)


def test_a_line_runs_from_the_worst_to_the_best_end() -> None:
    """The worst end is worth 0 and the best 1, whichever of them is the higher figure."""
    assert linear([10, 15, 30], worst=10, best=30).tolist() == [0, 0.25, 1]
    assert linear([10, 15, 30], worst=30, best=10).tolist() == [1, 0.75, 0]


def test_beyond_the_scale_the_value_of_its_end_holds() -> None:
    """No performance is worth less than 0 or more than 1."""
    assert linear([-5, 35], worst=10, best=30).tolist() == [0, 1]
    assert exponential([-5, 35], worst=10, best=30, rho=2).tolist() == [0, 1]
    assert piecewise_linear([-5, 35], [(10, 0), (30, 1)]).tolist() == [0, 1]


def test_ends_may_differ_from_criterion_to_criterion() -> None:
    """Arrays of ends value a whole table (options, criteria) in one call."""
    assert linear([[1, 30], [2, 10]], worst=[0, 30], best=[4, 10]).tolist() == [[0.25, 0], [0.5, 1]]


def test_points_may_fall() -> None:
    """A value function may fall from point to point, where less is better."""
    points = [(50, 1), (75, 0.8), (90, 0.5), (100, 0)]
    assert piecewise_linear([50, 62.5, 90, 95, 100], points) == pytest.approx([1, 0.9, 0.5, 0.25, 0])


@pytest.mark.parametrize("rho", [-3.0, -0.01, 0.01, 3.0])
def test_an_exponential_follows_its_formula(rho: float) -> None:
    """The value at t is (1 - e^(-rho t)) / (1 - e^(-rho))."""
    expected = [(1 - exp(-rho * t)) / (1 - exp(-rho)) for t in (0, 0.25, 0.5, 1)]
    assert exponential([0, 25, 50, 100], worst=0, best=100, rho=rho) == pytest.approx(expected, rel=1e-12)


def test_a_positive_bend_is_concave() -> None:
    """With rho above 0 the middle of the scale is worth more than half, with rho below 0 less."""
    assert exponential(50, worst=0, best=100, rho=2)[()] > 0.5 > exponential(50, worst=0, best=100, rho=-2)[()]


@given(t=shares, rho=st.floats(-1e300, 1e300))
def test_an_exponential_rises_from_0_to_1_for_any_bend(t: list[float], rho: float) -> None:
    """Whatever the bend, values are finite, never fall, and are 0 and 1 at the ends."""
    values = exponential([0, *t, 1], worst=0, best=1, rho=rho)
    assert (values[0], values[-1]) == (0, 1)
    assert (np.diff(values) >= 0).all()


@given(t=shares, rho=st.floats(-1e-9, 1e-9))
def test_a_bend_near_zero_is_the_straight_line(t: list[float], rho: float) -> None:
    """As rho goes to 0 the curve goes to the line, with no jump at 0."""
    np.testing.assert_allclose(exponential(t, worst=0, best=1, rho=rho), t, rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("rho", [nan, inf, -inf])
def test_a_bend_is_a_finite_number(rho: float) -> None:
    """A bend of NaN or infinity is refused."""
    with pytest.raises(EngineError, match="the bend of an exponential value function must be a finite number"):
        exponential([0], worst=0, best=1, rho=rho)


def test_the_ends_of_a_scale_differ() -> None:
    """A scale whose worst and best end are the same is refused."""
    with pytest.raises(EngineError, match="worst and best end must differ"):
        linear([1], worst=[0, 3], best=[1, 3])


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([(0, 0)], "needs two points or more"),
        ([0, 1], "needs two points or more"),
        ([(0, 0, 0), (1, 1, 1)], "needs two points or more"),
        ([(0, 0), (0, 1)], "must rise in performance"),
        ([(1, 0), (0, 1)], "must rise in performance"),
        ([(0, 0), (nan, 1)], "must rise in performance"),
        ([(0, 0), (1, 1), (2, 0.5)], "must only rise or only fall in value"),
        ([(0, 0), (1, 80)], "values between 0 and 1"),
        ([(0, -0.1), (1, 1)], "values between 0 and 1"),
    ],
)
def test_points_that_make_no_value_function_are_refused(points: Any, message: str) -> None:
    """Points that do not rise in performance, or whose values turn round or leave 0 to 1, are refused."""
    with pytest.raises(EngineError, match=message):
        piecewise_linear([0.5], points)
