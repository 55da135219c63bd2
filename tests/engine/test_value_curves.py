import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.value_curves import Bend, Chain, Line, ValueCurve, lines

CURVES: list[ValueCurve] = [
    Line(0, 50),
    Line(50, 0),
    Bend(0, 50, 3.0),
    Bend(50, 0, -3.0),
    Bend(0, 50, 1e-16),
    Bend(0, 50, -800.0),
    Chain(((0, 0), (10, 0.6), (50, 1))),
    Chain(((0, 1), (10, 0.6), (50, 0))),
]


@pytest.mark.parametrize("curve", CURVES, ids=str)
@given(value=st.floats(0, 1))
def test_a_value_leads_back_to_its_performance(curve: ValueCurve, value: float) -> None:
    """The performance found for a value has that value."""
    performance = curve.performance(value, near=20)
    assert curve.values(np.array([performance]))[0] == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("curve", CURVES, ids=str)
def test_a_curve_runs_over_its_scale(curve: ValueCurve) -> None:
    """The ends of the scale have the values 0 and 1, and beyond them the value stays the same."""
    low, high = curve.ends
    assert sorted(curve.values(np.array([low, high])).tolist()) == [0.0, 1.0]
    assert (float("-inf"), low) in curve.flats
    assert (high, float("inf")) in curve.flats


def test_on_a_flat_stretch_the_nearest_performance_is_found() -> None:
    """Where many performances have the value, the one that takes the smallest change is found."""
    chain = Chain(((0, 0), (50, 0.8), (70, 0.8), (100, 1)))
    assert [chain.performance(0.8, near) for near in (20, 60, 90)] == [50, 60, 70]
    assert (50, 70) in chain.flats


def test_a_value_beyond_the_points_is_that_of_the_nearest() -> None:
    """Points that stop short of 0 or 1 have no performance for the values beyond: the nearest end stands for them."""
    chain = Chain(((0, 0.2), (100, 0.9)))
    assert (chain.performance(0.0, near=50), chain.performance(1.0, near=50)) == (0, 100)


def test_a_matrix_has_straight_lines() -> None:
    """A criterion's line follows its direction; one without a scale has none."""
    matrix = DecisionMatrix([[1, 1, 1]], [1, 1, 1], ["max", "min", "max"], lower=[0, 0, None], upper=[5, 5, None])
    assert lines(matrix) == (Line(0, 5), Line(5, 0), None)
