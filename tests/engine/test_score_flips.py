"""Score flips, against rankings just short of them and just beyond."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.ranking import rank
from policyopts.engine.sensitivity.score_flips import ScoreFlips, score_flips
from policyopts.engine.value_curves import Bend, Chain, Line, ValueCurve, with_performances

Array = NDArray[np.float64]

NEAR = 1e-6  # of the scale, beside a flip: its lead is far above a tie
CURVES: list[ValueCurve] = [
    Line(0, 50),
    Line(50, 0),
    Bend(0, 50, 2.0),
    Bend(50, 0, -3.0),
    Chain(((0, 0), (10, 0.6), (30, 0.6), (50, 1))),
    Chain(((0, 1), (20, 0.5), (50, 0.1))),
]


def decision(options: int, curves: list[ValueCurve], seed: int) -> DecisionMatrix:
    """Make a matrix of performances on the scales of curves, some of them at the ends or alike."""
    rng = np.random.default_rng(seed)
    values = rng.choice([0.0, 5.0, 20.0, 30.0, 50.0, *rng.uniform(0, 50, 4)], (options, len(curves)))
    scaled = np.stack([curve.values(column) for curve, column in zip(curves, values.T, strict=True)], axis=1)
    falling = [float(curve.values(np.array([50.0]))[0]) < 0.5 for curve in curves]
    return DecisionMatrix(
        values,
        rng.integers(0, 4, len(curves)) + np.eye(len(curves))[0],
        ["min" if falls else "max" for falls in falling],
        lower=[0] * len(curves),
        upper=[50] * len(curves),
        scaled=scaled,
        preference=[20] * len(curves),
    )


def ranks_with(
    matrix: DecisionMatrix, curves: Any, method: str, cell: tuple[int, int], figures: Array
) -> NDArray[np.intp]:
    """Rank with other figures in one cell."""
    table = np.repeat(matrix.values[np.newaxis], len(figures), axis=0)
    table[:, cell[0], cell[1]] = figures
    return rank(with_performances(matrix, table, curves), method).ranks


def assert_holds(matrix: DecisionMatrix, curves: Any, method: str, found: ScoreFlips) -> None:
    """Up to the flip the first option keeps its place; beyond it the one named has it."""
    assert rank(matrix, method).ranks[found.winner] == 1
    for cell in np.ndindex(matrix.values.shape):
        at, flip = float(matrix.values[cell]), float(found.flips_at[cell])
        if np.isnan(flip):
            assert found.winners[cell] == -1
            figures = np.linspace(0, 50, 101)
            assert (ranks_with(matrix, curves, method, cell, figures)[:, found.winner] == 1).all()
            continue
        assert 0 <= flip <= 50
        reach = abs(flip - at)
        short = np.clip(at + np.linspace(-1, 1, 101) * (reach - 50 * NEAR), 0, 50)
        if reach > 50 * NEAR:
            assert (ranks_with(matrix, curves, method, cell, short)[:, found.winner] == 1).all()
        beyond = [figure for figure in (flip - 50 * NEAR, flip + 50 * NEAR) if 0 <= figure <= 50]
        after = ranks_with(matrix, curves, method, cell, np.array(beyond))
        assert ((after[:, found.winner] > 1) & (after[:, found.winners[cell]] == 1)).any()


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 5), st.lists(st.integers(0, len(CURVES) - 1), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_a_flip_is_where_the_ranking_changes(options: int, places: list[int], seed: int) -> None:
    """Under any value functions, nothing short of the figure changes who is first, and the figure itself does."""
    curves = [CURVES[place] for place in places]
    matrix = decision(options, curves, seed)
    assert_holds(matrix, curves, "weighted-sum", score_flips(matrix, curves=curves))


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"electre-1"}))
def test_under_other_methods_a_flip_is_searched(method: str) -> None:
    """Whatever the method, the ranking changes at the figure found, and not before."""
    rng = np.random.default_rng(5)
    matrix = DecisionMatrix(
        rng.uniform(10, 40, (4, 3)), [3, 2, 2], ["max", "min", "max"], lower=[0] * 3, upper=[50] * 3, preference=[9] * 3
    )
    found = score_flips(matrix, method)
    assert not np.isnan(found.flips_at).all()
    for cell in np.ndindex(matrix.values.shape):
        at, flip = float(matrix.values[cell]), float(found.flips_at[cell])
        if not np.isnan(flip):
            beside = flip + np.array([-1, 1]) * np.sign(flip - at) * 50 * NEAR
            short, beyond = ranks_with(matrix, [Line(0, 50)] * 3, method, cell, np.clip(beside, 0, 50))
            assert short[found.winner] == 1
            assert beyond[found.winner] > 1
            assert beyond[found.winners[cell]] == 1


def test_flips_in_the_criterions_own_unit() -> None:
    """The first leads by 0.12 of all value: 20 of 100 points at a weight of 0.6, 30 at 0.4."""
    matrix = DecisionMatrix([[90, 20], [50, 50]], [0.6, 0.4], ["max"] * 2, lower=[0] * 2, upper=[100] * 2)
    found = score_flips(matrix)
    assert found.winner == 0
    assert found.flips_at == pytest.approx(np.array([[70, np.nan], [70, 80]]), nan_ok=True)
    assert found.winners.tolist() == [[1, -1], [1, 1]]


def test_a_flat_stretch_is_crossed_before_the_place_is_lost() -> None:
    """Over a stretch with the value at which two options tie both are first: the figure found is its far end."""
    curve = Chain(((0, 0), (10, 0.5), (30, 0.5), (50, 1)))
    values = np.array([[40.0], [20.0]])
    matrix = DecisionMatrix(values, [1], ["max"], lower=[0], upper=[50], scaled=curve.values(values))
    assert score_flips(matrix, curves=[curve]).flips_at.tolist() == [[10.0], [40.0]]


def test_a_lead_that_can_only_be_drawn_level_is_none() -> None:
    """At the end of the scale the other ties, and the first one keeps its place."""
    matrix = DecisionMatrix([[1.0], [0.5]], [1], ["max"], lower=[0], upper=[1])
    assert score_flips(matrix).flips_at[:, 0] == pytest.approx([0.5, np.nan], nan_ok=True)


def test_a_criterion_without_a_scale_is_searched_on_the_range_of_the_options() -> None:
    """Its values change with the range, so its flips are looked for; the others are exact as ever."""
    values = [[1.0, 5.0], [2.0, 4.0], [3.0, 1.0]]
    matrix = DecisionMatrix(values, [1, 2], ["max", "max"], lower=[None, 0], upper=[None, 9])
    found = score_flips(matrix)
    for cell in np.ndindex(3, 2):
        flip = found.flips_at[cell]
        if not np.isnan(flip):
            table = np.array(values)
            away = np.sign(flip - table[cell]) * 1e-6
            table[cell] = flip - away
            assert rank(matrix.with_values(table)).ranks[found.winner] == 1
            table[cell] = flip + away
            assert rank(matrix.with_values(table)).ranks[found.winner] > 1
    assert not np.isnan(found.flips_at[:, 1]).all()


def test_a_search_ends_where_the_method_takes_no_further_figure() -> None:
    """A weighted product takes no zero: the scale is walked up to it."""
    matrix = DecisionMatrix([[10.0, 2.0], [9.0, 1.0]], [1, 1], ["max"] * 2, lower=[0] * 2, upper=[10] * 2)
    found = score_flips(matrix, "weighted-product")
    assert found.flips_at[0] == pytest.approx([4.5, 0.9])


def test_what_has_no_flips_is_refused() -> None:
    """Samples, value functions that are not the matrix's, and too many cells to search."""
    matrix = DecisionMatrix([[1.0], [0.5]], [1], ["max"], lower=[0], upper=[1])
    with pytest.raises(EngineError, match="not of samples"):
        score_flips(DecisionMatrix(np.ones((2, 2, 2)), [1, 1], ["max", "max"]))
    with pytest.raises(EngineError, match="criterion c1: the matrix has other values than the value function gives"):
        score_flips(matrix, curves=[Bend(0, 1, 3.0)])
    with pytest.raises(EngineError, match="curves: 1 are needed, one for each criterion, not 2"):
        score_flips(matrix, curves=[None, None])
    large = DecisionMatrix(np.random.default_rng(0).random((1001, 2)), [1, 1], ["max", "max"])
    with pytest.raises(EngineError, match="up to 2,000 performances, not 2,002"):
        score_flips(large, "topsis")
