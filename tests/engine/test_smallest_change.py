"""Smallest changes of all weights, against every corner, edge and face of the weights that put an option first."""

from itertools import combinations
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.errors import EngineError
from policyopts.engine.least_distance import nearest
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.ranking import rank
from policyopts.engine.sensitivity.smallest_change import Measure, smallest_changes

Array = NDArray[np.float64]

MEASURES: tuple[Measure, ...] = get_args(Measure)


def random_matrix(options: int, criteria: int, seed: int, *, coarse: bool = False) -> DecisionMatrix:
    """Make a matrix; a coarse one has twins, ties, dominated options and weights of 0."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 4, (options, criteria)) / 3 if coarse else rng.random((options, criteria))
    weights = rng.integers(0, 4, criteria) * 1.0 if coarse else rng.random(criteria)
    weights[rng.integers(criteria)] += 1.0
    return DecisionMatrix(values, weights, ["max"] * criteria, lower=[0] * criteria, upper=[1] * criteria)


def nearest_by_faces(leads: Array, weights: Array) -> float | None:
    """Try every set of constraints that may bind: the nearest point on each face, of those that meet all the others."""
    width = len(weights)
    rows = np.concatenate([leads, np.eye(width)])
    found = []
    for count in range(width):
        for binding in combinations(range(len(rows)), count):
            fixed = np.concatenate([np.ones((1, width)), rows[list(binding)]])
            goal = np.zeros(count + 1)
            goal[0] = 1.0
            point = weights + np.linalg.pinv(fixed) @ (goal - fixed @ weights)
            if np.allclose(fixed @ point, goal, atol=1e-9) and (rows @ point >= -1e-9).all():
                found.append(float(np.linalg.norm(point - weights)))
    return min(found, default=None)


def least_shift_by_corners(leads: Array, weights: Array) -> float | None:
    """Try every corner of the constraints and the planes where a weight stays as it is: a shift is least at one."""
    width = len(weights)
    rows = np.concatenate([leads, np.eye(width), np.eye(width)])
    goals = np.concatenate([np.zeros(len(leads) + width), weights])
    found = []
    for binding in combinations(range(len(rows)), width - 1):
        fixed = np.concatenate([np.ones((1, width)), rows[list(binding)]])
        goal = np.append(1.0, goals[list(binding)])
        if abs(np.linalg.det(fixed)) > 1e-9:
            point = np.linalg.solve(fixed, goal)
            if (np.concatenate([leads, np.eye(width)]) @ point >= -1e-9).all():
                found.append(float(np.abs(point - weights).sum() / 2))
    return min(found, default=None)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 2**32 - 1), st.booleans())
def test_no_weights_nearer_put_the_option_first(
    options: int,
    criteria: int,
    seed: int,
    coarse: bool,  # noqa: FBT001 - drawn
) -> None:
    """The change found puts the option first, is as small as the smallest to any face, and exists where one does."""
    matrix = random_matrix(options, criteria, seed, coarse=coarse)
    for measure, by_trial in zip(MEASURES, (nearest_by_faces, least_shift_by_corners), strict=True):
        for change in smallest_changes(matrix, measure=measure):
            leads = matrix.values[change.option] - np.delete(matrix.values, change.option, axis=0)
            expected = by_trial(leads, matrix.weights)
            if expected is None:
                assert change.weights is None
                assert change.distance is None
                assert change.behind > 1e-9
                continue
            assert change.weights is not None
            assert change.distance == pytest.approx(expected, abs=1e-7)
            assert change.behind == 0
            assert (change.weights >= 0).all()
            assert change.weights.sum() == pytest.approx(1)
            assert rank(matrix.with_weights(change.weights)).ranks[change.option] == 1


def test_the_first_option_needs_no_change() -> None:
    """Whoever is first is first under the weights as they stand."""
    matrix = random_matrix(5, 4, 2)
    winner = int(rank(matrix).ranks.argmin())
    for measure in MEASURES:
        change = smallest_changes(matrix, measure=measure)[winner]
        assert change.distance == pytest.approx(0, abs=1e-12)


def test_two_options_meet_half_way() -> None:
    """Of two options that are each best on one of two criteria, equal weights put both first, and none nearer do."""
    matrix = DecisionMatrix([[1, 0], [0, 1]], [0.7, 0.3], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    by_length, by_shift = (smallest_changes(matrix, measure=measure)[1] for measure in MEASURES)
    assert by_length.distance == pytest.approx(0.2 * 2**0.5)
    assert by_shift.distance == pytest.approx(0.2)
    assert by_length.weights == pytest.approx([0.5, 0.5])


def test_an_option_that_no_weights_put_first_stays_behind_by_so_much() -> None:
    """A middling option is beaten by one or the other of two specialists, by 0.1 at least."""
    matrix = DecisionMatrix([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]], [0.5, 0.5], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    change = smallest_changes(matrix)[2]
    assert change.weights is None
    assert change.behind == pytest.approx(0.1)


def test_twins_of_the_first_option_are_first_too() -> None:
    """What rounding alone puts behind is not behind."""
    matrix = DecisionMatrix([[0.3, 0.6], [0.1 + 0.2, 0.6]], [1, 1], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    assert [change.distance for change in smallest_changes(matrix)] == [0, 0]


def test_net_flows_are_linear_too() -> None:
    """Under PROMETHEE the change found puts the option first."""
    rng = np.random.default_rng(4)
    matrix = DecisionMatrix(rng.random((5, 4)), rng.random(4), ["max"] * 4, preference=[0.3] * 4)
    changes = smallest_changes(matrix, "promethee")
    assert sum(change.weights is not None for change in changes) > 1
    for change in changes:
        if change.weights is not None:
            assert rank(matrix.with_weights(change.weights), "promethee").ranks[change.option] == 1


def test_many_options_are_no_matter() -> None:
    """Among three hundred options, all changes found put their options first, and are no longer than a corner's."""
    matrix = random_matrix(300, 6, 1)
    found = [change for change in smallest_changes(matrix) if change.weights is not None]
    assert len(found) > 20
    for change in found:
        assert rank(matrix.with_weights(change.weights)).ranks[change.option] == 1  # type: ignore[arg-type]


@settings(max_examples=100)
@given(st.integers(1, 6), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_the_nearest_point_meets_all_constraints_and_leans_on_those_that_bind(
    rows: int, columns: int, seed: int
) -> None:
    """The answer is a sum, with no factor below 0, of the constraints that it meets exactly: nothing is shorter."""
    rng = np.random.default_rng(seed)
    table, limits = rng.integers(-2, 3, (rows, columns)) / 2, rng.integers(-2, 3, rows) / 2
    point = nearest(table, limits)
    if point is None:
        return
    assert (table @ point >= limits - 1e-9).all()
    binding = table[np.abs(table @ point - limits) < 1e-9]
    sums = (
        (factors, binding[list(some)].T @ factors)
        for count in range(len(binding) + 1)
        for some in combinations(range(len(binding)), count)
        for factors in [np.linalg.lstsq(binding[list(some)].T, point, rcond=None)[0]]
    )
    assert any((factors >= -1e-9).all() and np.allclose(reached, point, atol=1e-7) for factors, reached in sums)


def test_what_has_no_smallest_change_is_refused() -> None:
    """A method whose scores are no sums over the weights, samples, and an unknown measure."""
    matrix = random_matrix(2, 2, 0)
    with pytest.raises(EngineError, match=r"topsis: its scores are not linear in the weights.*weighted-sum"):
        smallest_changes(matrix, "topsis")
    with pytest.raises(EngineError, match="not of samples"):
        smallest_changes(DecisionMatrix(np.ones((2, 2, 2)), [1, 1], ["max", "max"]))
    with pytest.raises(EngineError, match="'length' or 'shift' is needed, not 'l1'"):
        smallest_changes(matrix, measure="l1")  # type: ignore[arg-type]
