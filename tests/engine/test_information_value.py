"""The value of information, against closed forms and nested simulation."""

from math import exp, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.robustness.cells import Judgement
from policyopts.engine.robustness.information_value import InformationValue, information_value
from policyopts.engine.robustness.percentiles import Z95
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.engine.robustness.weights import FixedWeights, StatedWeights, any_weights
from policyopts.engine.value_curves import Bend, Line, ValueCurve

Array = NDArray[np.float64]


def on_scales(values: Array, weights: Array | None = None) -> DecisionMatrix:
    """Make a matrix of values on scales from 0 to 1."""
    width = values.shape[1]
    shares = np.ones(width) if weights is None else weights
    return DecisionMatrix(values, shares, ["max"] * width, lower=[0] * width, upper=[1] * width)


def around(matrix: DecisionMatrix, reach: float, distribution: str = "uniform") -> UncertainPerformances:
    """Let every performance vary around its value."""
    low, high = np.clip(matrix.values - reach, 0, 1), np.clip(matrix.values + reach, 0, 1)
    return UncertainPerformances(matrix, low, high, distribution)


def test_a_uniform_figure_against_a_certain_one() -> None:
    """Knowing a figure that lies anywhere from 0 to 1 gains max(u - 0.6, 0) in the mean: 0.4² / 2."""
    matrix = on_scales(np.array([[0.6], [0.5]]))
    unknown = UncertainPerformances(matrix, [[0.6], [0.0]], [[0.6], [1.0]], "uniform")
    found = information_value(matrix, any_weights(1), unknown)
    assert found.choice == 0
    assert found.everything.value == pytest.approx(0.08, abs=5 * found.everything.standard_error)
    assert found.everything == found.performances
    assert found.cells.tolist() == [[0.0], [found.everything.value]]
    assert found.criteria.tolist() == [found.everything.value]
    assert found.weights == (0, 0)


def test_who_of_two_assessors_is_right_is_worth_what_the_choice_gains() -> None:
    """Against a certain 0.6, assessors who say 0.1 and 0.9 leave 0.3 to gain where the second is right: 0.15 in all."""
    matrix = on_scales(np.array([[0.6], [0.5]]))
    said = [Judgement(figure, figure, figure, "exact") for figure in (0.1, 0.9)]
    pooled = UncertainPerformances(matrix, matrix.values, matrix.values, "exact", {(1, 0): said})
    found = information_value(matrix, any_weights(1), pooled)
    assert found.cells[1, 0] == pytest.approx(0.15, abs=5 * found.cells_errors[1, 0])


def test_a_normal_lead_has_the_unit_normal_loss() -> None:
    """Two options' normal figures gain σ·φ(d/σ) - d·Φ(-d/σ), d the lead, σ the deviation of the difference."""
    deviation = 0.02
    matrix = on_scales(np.array([[0.5 + deviation], [0.5]]))
    found = information_value(matrix, any_weights(1), around(matrix, Z95 * deviation / sqrt(2), "normal"))
    loss = deviation * (exp(-0.5) / sqrt(2 * pi) - 0.15865525393145707)
    assert found.everything.value == pytest.approx(loss, abs=5 * found.everything.standard_error)


def test_weights_can_be_learnt_too() -> None:
    """Of two options, each best on one of two criteria, knowing the weight w gains |2w - 1| / 2: a quarter."""
    matrix = on_scales(np.eye(2))
    found = information_value(matrix, any_weights(2), around(matrix, 0.0))
    assert found.weights.value == pytest.approx(0.25, abs=5 * found.weights.standard_error)
    assert found.everything == found.weights
    assert found.performances == (0, 0)


def nested(matrix: DecisionMatrix, spread: UncertainPerformances, curves: list[ValueCurve], shares: Array) -> Array:
    """Simulate within a simulation: draw a figure, average the scores over all the rest, and choose."""
    rng = np.random.default_rng(0)
    outer, inner = 200, 4_000
    worths = np.zeros(matrix.values.shape)
    for place, cell in enumerate(spread.cells):
        gains = []
        for figure in spread.draw(rng, outer)[place]:
            drawn = spread.draw(rng, inner)
            drawn[place] = figure
            table = spread.table(drawn)
            values = np.stack([curve.values(table[..., at]) for at, curve in enumerate(curves)], axis=-1)
            scores = (values @ shares).mean(axis=0)
            gains.append(scores)
        means = np.array(gains)
        worths[cell.option, cell.criterion] = means.max(axis=1).mean() - means.mean(axis=0).max()
    return worths


def test_single_figures_are_worth_what_nested_simulation_finds() -> None:
    """Under bent value functions, the worth of each figure is that of averaging over all the others."""
    matrix = on_scales(np.array([[0.5, 0.5], [0.45, 0.55]]), np.array([0.6, 0.4]))
    curves: list[ValueCurve] = [Line(0, 1), Bend(0, 1, 3.0)]
    values = np.stack([curve.values(column) for curve, column in zip(curves, matrix.values.T, strict=True)], axis=1)
    matrix = DecisionMatrix(matrix.values, matrix.weights, ["max"] * 2, lower=[0] * 2, upper=[1] * 2, scaled=values)
    spread = around(matrix, 0.3)
    found = information_value(matrix, FixedWeights(matrix.weights), spread, curves=curves)
    # The outer draws are 200 figures with gains of up to 0.1.
    assert found.cells == pytest.approx(nested(matrix, spread, curves, matrix.weights), abs=0.012)
    assert (found.cells > 0.01).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_more_information_is_worth_no_less(options: int, criteria: int, seed: int) -> None:
    """A figure is worth no more than its criterion, that no more than all performances, nor these than everything."""
    rng = np.random.default_rng(seed)
    matrix = on_scales(rng.random((options, criteria)), rng.random(criteria) + 0.1)
    found = information_value(matrix, StatedWeights(matrix.weights), around(matrix, 0.3), samples=4_000, seed=seed)
    slack = 4 * found.everything.standard_error + 1e-9
    assert (found.cells >= 0).all()
    assert (found.cells.max(axis=0) <= found.criteria + slack).all()
    assert (found.criteria <= found.performances.value + slack).all()
    assert found.performances.value <= found.everything.value + slack
    assert found.weights.value <= found.everything.value + slack


def test_what_cannot_change_the_choice_is_worth_nothing() -> None:
    """Where one option is better whatever the figures, knowing them gains nothing."""
    matrix = on_scales(np.array([[0.9, 0.8], [0.2, 0.1]]))
    found = information_value(matrix, any_weights(2), around(matrix, 0.1))
    assert found.everything == (0, 0)
    assert not found.cells.any()


def test_one_option_leaves_nothing_to_choose() -> None:
    """Whatever is learnt about it."""
    matrix = on_scales(np.array([[0.5, 0.5]]))
    found = information_value(matrix, any_weights(2), around(matrix, 0.2))
    assert found.everything == (0, 0)
    assert not found.cells.any()


def test_the_same_seed_gives_the_same_worths() -> None:
    """And another seed others."""
    matrix = on_scales(np.random.default_rng(1).random((4, 3)))

    def found(seed: int) -> InformationValue:
        return information_value(matrix, any_weights(3), around(matrix, 0.3), samples=1_000, seed=seed)

    assert found(3).everything == found(3).everything
    assert (found(3).cells == found(3).cells).all()
    assert found(3).everything != found(4).everything


def test_what_has_no_worth_is_refused() -> None:
    """A criterion without a scale, and too few samples."""
    matrix = DecisionMatrix([[0.5], [0.6]], [1], ["max"])
    spread = UncertainPerformances(matrix, [[0.4], [0.5]], [[0.6], [0.7]], "uniform")
    with pytest.raises(EngineError, match="needs a scale for every criterion with uncertain performances"):
        information_value(matrix, any_weights(1), spread)
    scaled = on_scales(np.array([[0.5], [0.6]]))
    with pytest.raises(EngineError, match="samples: a whole number from 2 up"):
        information_value(scaled, any_weights(1), around(scaled, 0.1), samples=1)
