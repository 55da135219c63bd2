"""Regret over samples, against its definition and the value of perfect information."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.robustness.assessment import assess, robustness
from policyopts.engine.robustness.information_value import information_value
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.engine.robustness.regret import regrets
from policyopts.engine.robustness.simulation import Simulation
from policyopts.engine.robustness.weights import any_weights

ROUNDED = 1e-11  # regrets are rounded to twelve digits of the largest score, which is 1 here

scores = st.tuples(st.integers(1, 6), st.integers(1, 30)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.floats(-1, 1, width=32))
)


@given(scores)
def test_mean_regret_is_what_the_mean_score_is_behind(table: np.ndarray) -> None:
    """The less an option scores in the mean, the more it is regretted; nobody is regretted less than not at all."""
    found = regrets(table)
    assert (found >= 0).all()
    means = table.mean(axis=1)
    assert found[:, 0] - found[:, 0].min() == pytest.approx(means.max() - means, abs=ROUNDED)


@given(scores, st.integers(-12, 12))
def test_regret_has_the_unit_of_scores(table: np.ndarray, power: int) -> None:
    """Scores ten times as large are regretted ten times as much."""
    scale = 10.0**power
    assert regrets(table * scale) == pytest.approx(regrets(table) * scale, abs=2 * ROUNDED * scale)


def test_an_option_that_always_wins_is_never_regretted() -> None:
    """And the other as much as it is behind, nineteen times in twenty."""
    behind = np.arange(101) / 100
    found = regrets(np.stack([np.ones(101), 1 - behind]))
    assert found.tolist() == [[0, 0], [0.5, 0.95]]


def uncertain() -> tuple[DecisionMatrix, UncertainPerformances]:
    """Make five options with all performances uncertain."""
    values = np.random.default_rng(3).random((5, 4))
    matrix = DecisionMatrix(values, np.ones(4), ["max"] * 4, lower=[0] * 4, upper=[1] * 4)
    return matrix, UncertainPerformances(matrix, np.maximum(values - 0.3, 0), np.minimum(values + 0.3, 1), "uniform")


def test_the_least_regret_is_the_worth_of_knowing_everything() -> None:
    """Perfect information gains what is lost, in the mean, by choosing now."""
    matrix, spread = uncertain()
    drawn = robustness(matrix, any_weights(4), spread)
    everything = information_value(matrix, any_weights(4), spread).everything
    # The kept samples are as many as those of the other estimate, so the error of the difference is 1.4 times its.
    assert drawn.regret[:, 0].min() == pytest.approx(everything.value, abs=5 * 1.5 * everything.standard_error)


def test_threads_change_no_figure() -> None:
    """Blocks come together in their order, whoever worked on them."""
    matrix, spread = uncertain()
    found = []
    for threads in (1, 2, 5):
        simulation = Simulation(matrix, any_weights(4), spread)
        *_, counts = simulation.run(120_000, threads=threads)
        found.append(assess(simulation, counts).regret.tobytes())
    assert len(set(found)) == 1
