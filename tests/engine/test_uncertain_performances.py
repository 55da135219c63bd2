from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.robustness.cells import DISTRIBUTIONS
from policyopts.engine.robustness.percentiles import beta_shapes, incomplete_beta
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.engine.robustness.streams import stream

SAMPLES = 1 << 17


def matrix(value: float = 30.0) -> DecisionMatrix:
    """One option on one criterion, a scale from 0 to 100."""
    return DecisionMatrix([[value]], [1], ["max"], lower=[0], upper=[100])


def draw(distribution: str, low: float, high: float, value: float = 30.0) -> Any:
    """Draw figures of one cell."""
    performances = UncertainPerformances(matrix(value), [[low]], [[high]], distribution)
    return performances.draw(stream(0, 0), SAMPLES)[0]


@pytest.mark.parametrize("distribution", ["normal", "lognormal", "beta"])
def test_a_range_may_be_of_percentiles(distribution: str) -> None:
    """One figure in twenty lies below the range of a normal, lognormal or beta distribution, and one above."""
    drawn = draw(distribution, 10, 60)
    below, above = (drawn < 10).mean(), (drawn > 60).mean()
    # Five standard errors of a chance of a twentieth.
    assert (below, above) == pytest.approx((0.05, 0.05), abs=5 * (0.05 * 0.95 / SAMPLES) ** 0.5)
    assert drawn.min() >= 0
    assert drawn.max() <= 100


@pytest.mark.parametrize(
    ("distribution", "mean", "variance"),
    [
        ("uniform", 35, 50**2 / 12),
        ("triangular", (10 + 30 + 60) / 3, (10**2 + 30**2 + 60**2 - 10 * 30 - 10 * 60 - 30 * 60) / 18),
        ("pert", (10 + 4 * 30 + 60) / 6, ((10 + 4 * 30 + 60) / 6 - 10) * (60 - (10 + 4 * 30 + 60) / 6) / 7),
    ],
)
def test_a_range_may_be_of_ends(distribution: str, mean: float, variance: float) -> None:
    """Uniform, triangular and PERT figures stay within their range, with the moments of their definitions."""
    drawn = draw(distribution, 10, 60)
    assert drawn.min() >= 10
    assert drawn.max() <= 60
    assert drawn.mean() == pytest.approx(mean, abs=5 * (variance / SAMPLES) ** 0.5)
    assert drawn.var() == pytest.approx(variance, rel=0.03)


def test_figures_beyond_the_scale_count_as_its_end() -> None:
    """A normal distribution near the end of the scale leaves as much there as would lie beyond."""
    drawn = draw("normal", 0, 40, value=20)
    assert drawn.min() == 0
    assert (drawn == 0).mean() == pytest.approx(0.05, abs=0.003)


def test_exact_cells_are_not_drawn() -> None:
    """Only what may vary is drawn: an exact performance, and a range of one figure, stand as they are."""
    table = DecisionMatrix([[1, 2], [3, 4]], [1, 1], ["max", "max"])
    performances = UncertainPerformances(table, [[0, 2], [2, 4]], [[5, 2], [4, 9]], [["exact", "uniform"]] * 2)
    assert [cell[:2] for cell in performances.cells] == [(1, 1)]
    drawn = performances.table(performances.draw(stream(0, 0), 3))
    assert drawn[:, 0].tolist() == [[1, 2]] * 3
    assert drawn[:, 1, 0].tolist() == [3, 3, 3]
    assert ((drawn[:, 1, 1] >= 4) & (drawn[:, 1, 1] <= 9)).all()


@given(
    low=st.floats(1e-4, 0.98),
    way=st.floats(1e-3, 0.999),
)
def test_a_beta_distribution_meets_its_percentiles(low: float, way: float) -> None:
    """Whatever the range within the scale, the shapes found leave a twentieth below and a twentieth above it."""
    high = low + way * (0.9999 - low)
    shapes = beta_shapes(low, high)
    assert incomplete_beta(low, *shapes)[0] == pytest.approx(0.05, abs=3e-4)
    assert incomplete_beta(high, *shapes)[1] == pytest.approx(0.05, abs=3e-4)


@pytest.mark.parametrize(
    ("x", "alpha", "beta", "below"),
    [(0.5, 1, 1, 0.5), (0.3, 2, 1, 0.09), (0.3, 1, 3, 1 - 0.7**3), (0.9, 0.5, 0.5, 0.795167235300867)],
)
def test_the_incomplete_beta_function_has_its_closed_forms(x: float, alpha: float, beta: float, below: float) -> None:
    """Powers, and the arcsine law: 2/π · arcsin √x."""
    assert incomplete_beta(x, alpha, beta) == pytest.approx((below, 1 - below), rel=1e-13)


@pytest.mark.parametrize(
    ("distribution", "low", "high", "message"),
    [
        ("gauss", 10, 60, "there is no distribution 'gauss'"),
        ("uniform", 60, 10, "the range 60 to 10 does not rise within the criterion's scale"),
        ("uniform", -5, 10, "the range -5 to 10 does not rise"),
        ("uniform", float("nan"), 10, "the range nan to 10 does not rise"),
        ("triangular", 40, 60, "the value 30 lies outside its range of 40 to 60"),
        ("uniform", 40, 40, "the value 30 lies outside its range of 40 to 40"),
        ("lognormal", 0, 60, "a lognormal distribution takes figures above 0, not 0"),
        ("beta", 0, 60, "a range within it that leaves out both ends"),
        ("beta", 10, 100, "a range within it that leaves out both ends"),
    ],
)
def test_what_is_no_distribution_is_refused(distribution: str, low: float, high: float, message: str) -> None:
    """The error names the option and the criterion."""
    with pytest.raises(EngineError, match=f"option a1, criterion c1: .*{message}"):
        UncertainPerformances(matrix(), [[low]], [[high]], distribution)


def test_shapes_that_do_not_fit_are_refused() -> None:
    """Ranges and distributions are tables of the matrix's shape."""
    with pytest.raises(EngineError, match=r"of the shape \(1, 1\)"):
        UncertainPerformances(matrix(), [[1, 2]], [[3, 4]], "uniform")
    assert len(DISTRIBUTIONS) == 7
