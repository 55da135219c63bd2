from math import exp, expm1, log
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.robustness.cells import DISTRIBUTIONS, Judgement
from policyopts.engine.robustness.percentiles import Z95, beta_shapes, incomplete_beta
from policyopts.engine.robustness.performances import UncertainPerformances, triangular_percentile
from policyopts.engine.robustness.simulation import Simulation
from policyopts.engine.robustness.streams import stream
from policyopts.engine.robustness.weights import FixedWeights
from policyopts.engine.value_curves import Chain

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


class TestPools:
    """What several assessors say of one performance."""

    @staticmethod
    def draw(*judgements: Judgement, samples: int = SAMPLES) -> Any:
        """Draw figures of one cell that several judge."""
        performances = UncertainPerformances(matrix(), [[0]], [[100]], "exact", {(0, 0): judgements})
        return performances.draw(stream(0, 0), samples)[0]

    @pytest.mark.parametrize(
        ("judgements", "means", "variances"),
        [
            ((("exact", 20, 20, 20), ("exact", 50, 50, 50), ("exact", 65, 65, 65)), (20, 50, 65), (0, 0, 0)),
            ((("uniform", 10, 20, 30), ("exact", 80, 80, 80)), (20, 80), (20**2 / 12, 0)),
            (
                (("triangular", 10, 30, 60), ("uniform", 0, 50, 100), ("pert", 40, 70, 90)),
                (100 / 3, 50, (40 + 4 * 70 + 90) / 6),
                (
                    (10**2 + 30**2 + 60**2 - 10 * 30 - 10 * 60 - 30 * 60) / 18,
                    100**2 / 12,
                    ((410 / 6) - 40) * (90 - 410 / 6) / 7,
                ),
            ),
            (
                (("normal", 40, 50, 60), ("lognormal", 10, 20, 40)),
                (50, exp(log(20) + (log(2) / Z95) ** 2 / 2)),
                ((10 / Z95) ** 2, expm1((log(2) / Z95) ** 2) * exp(2 * log(20) + (log(2) / Z95) ** 2)),
            ),
        ],
    )
    def test_a_pool_has_the_moments_of_a_mixture(
        self, judgements: tuple[tuple[str, float, float, float], ...], means: Any, variances: Any
    ) -> None:
        """Its mean is the mean of the assessors' means, its variance the mean of theirs and the variance between them.

        So it is of the linear pool (Clemen & Winkler 1999, eq. 1) with equal weights.
        """
        drawn = self.draw(*(Judgement(low, value, high, name) for name, low, value, high in judgements))
        mean, variance = np.mean(means), np.mean(variances) + np.var(means)
        assert drawn.mean() == pytest.approx(mean, abs=5 * (variance / SAMPLES) ** 0.5)
        # Five standard errors of a variance: no mixture here has a fourth moment above nine squared variances.
        assert drawn.var() == pytest.approx(variance, rel=5 * (8 / SAMPLES) ** 0.5)

    def test_certain_assessors_come_up_as_often(self) -> None:
        """Of exact figures nothing but they themselves is drawn, each as often as the others."""
        drawn = self.draw(*(Judgement(figure, figure, figure, "exact") for figure in (20, 50, 65)))
        figures, counts = np.unique(drawn, return_counts=True)
        assert figures.tolist() == [20, 50, 65]
        # Five standard errors of a chance of a third.
        assert counts / SAMPLES == pytest.approx(1 / 3, abs=5 * (2 / 9 / SAMPLES) ** 0.5)

    def test_what_is_left_of_a_draw_is_the_percentile(self) -> None:
        """A uniform draw below a half is the first of two assessors', and twice the draw the percentile."""
        u = stream(0, 0).random(1000)
        drawn = self.draw(Judgement(0, 5, 10, "uniform"), Judgement(20, 30, 60, "triangular"), samples=1000)
        peak = 10 / 40
        second = 20 + 40 * triangular_percentile(2 * u % 1, peak)
        assert drawn == pytest.approx(np.where(u < 0.5, 20 * u, second))

    @pytest.mark.parametrize("name", ["uniform", "triangular", "pert", "normal", "lognormal", "beta"])
    def test_one_assessor_alone_is_not_pooled_away(self, name: str) -> None:
        """A pool of one has the percentiles of that one's distribution."""
        alone, pooled = draw(name, 10, 60), self.draw(Judgement(10, 30, 60, name))
        chances = [0.05, 0.25, 0.5, 0.75, 0.95]
        # Ten standard errors of a quartile, where the density is 1 in 50 or more, and of a tail, where 1 in 500.
        assert np.quantile(pooled, chances) == pytest.approx(np.quantile(alone, chances), abs=1.5)
        assert (pooled.min(), pooled.max()) >= (0, 10)

    def test_other_cells_draw_as_without_a_pool(self) -> None:
        """A pool beside them leaves the draws of all other cells as they are."""
        table = DecisionMatrix([[30, 20], [3, 4]], [1, 1], ["max"] * 2, lower=[0] * 2, upper=[100] * 2)
        low, high, names = [[10, 20], [2, 4]], [[60, 20], [5, 9]], [["triangular", "exact"], ["pert", "uniform"]]
        alone = UncertainPerformances(table, low, high, names)
        pools = {(0, 1): [Judgement(10, 20, 30, "uniform"), Judgement(40, 40, 40, "exact")]}
        beside = UncertainPerformances(table, low, high, names, pools)
        assert beside.cells[:-1] == alone.cells
        assert beside.cells[-1][:3] == (0, 1, "pool")
        assert (beside.draw(stream(0, 0), 1000)[:-1] == alone.draw(stream(0, 0), 1000)).all()

    def test_assessors_who_agree_on_a_figure_leave_nothing_to_draw(self) -> None:
        """The performance is then certain."""
        agreed = [Judgement(30, 30, 30, "exact"), Judgement(30, 30, 30, "uniform")]
        assert not UncertainPerformances(matrix(), [[30]], [[30]], "exact", {(0, 0): agreed}).cells

    def test_what_is_no_judgement_is_refused(self) -> None:
        """The error names the option and the criterion, as for any performance."""
        for judgements, message in (((), "one judgement at least"), ([Judgement(60, 70, 10, "uniform")], "60 to 10")):
            with pytest.raises(EngineError, match=f"option a1, criterion c1: .*{message}"):
                UncertainPerformances(matrix(), [[0]], [[1]], "exact", {(0, 0): judgements})

    def test_equal_figures_of_certain_assessors_tie(self) -> None:
        """Two options that the same two assessors call alike tie a half of the time, and share the first rank then."""
        table = DecisionMatrix([[30], [30]], [1], ["max"], lower=[0], upper=[100])
        said = [Judgement(20, 20, 20, "exact"), Judgement(40, 40, 40, "exact")]
        pooled = UncertainPerformances(table, [[20], [20]], [[40], [40]], "exact", {(0, 0): said, (1, 0): said})
        simulation = Simulation(table, FixedWeights(table.weights), pooled)
        *_, counts = simulation.run(40_000)
        tied = counts.tied[0, 0, 2]
        assert tied / counts.samples == pytest.approx(0.5, abs=5 * 0.5 / 200)

    def test_methods_without_values_draw_the_same_pool(self) -> None:
        """A weighted sum by its short way, and as any method in full, find the same chances of being first."""
        table = DecisionMatrix([[50, 30], [40, 45]], [1, 1], ["max"] * 2, lower=[0] * 2, upper=[100] * 2)
        pools = {
            (0, 0): [Judgement(20, 20, 20, "exact"), Judgement(60, 80, 90, "triangular")],
            (1, 1): [Judgement(30, 45, 60, "normal"), Judgement(0, 50, 100, "uniform")],
        }
        pooled = UncertainPerformances(table, table.values, table.values, "exact", pools)
        weights = FixedWeights(table.weights)
        *_, short = Simulation(table, weights, pooled).run(60_000)
        curved = (Chain(((0, 0), (100, 1))),) * 2
        *_, full = Simulation(table, weights, pooled, curves=curved).run(60_000)
        *_, other = Simulation(table, weights, pooled, method="spotis").run(60_000)
        shares = [counts.ranks[0, 0] / counts.samples for counts in (short, full, other)]
        # Five standard errors of the difference of two shares.
        assert shares == pytest.approx([shares[0]] * 3, abs=5 * (0.5 / 60_000) ** 0.5)
