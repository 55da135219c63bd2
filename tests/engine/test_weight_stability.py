"""Weight stability, against rankings on a fine grid and just inside and outside every end."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyopts.engine import tree
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.ranking import rank
from policyopts.engine.sensitivity.paths import Crossover, Path, Sweep
from policyopts.engine.sensitivity.weight_stability import WeightStability, weight_stability

GRID = np.linspace(0, 1, 201)
NEAR = 1e-7  # beside an end; leads there are of this size, far above a tie


def random_matrix(options: int, criteria: int, seed: int, *, coarse: bool = False) -> DecisionMatrix:
    """Make a matrix; a coarse one has twins, ties, constant criteria and weights of 0."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 4, (options, criteria)) / 4 if coarse else rng.random((options, criteria))
    weights = rng.integers(0, 4, criteria) * 1.0 if coarse else rng.random(criteria)
    weights[rng.integers(criteria)] += 1.0
    directions = rng.choice(["max", "min"], criteria).tolist()
    return DecisionMatrix(
        values + 0.5, weights, directions, lower=[0.5] * criteria, upper=[1.5] * criteria, preference=[0.4] * criteria
    )


def leaders_along(sweep: Sweep, winner: int) -> list[tuple[float, float, int]]:
    """Give the stretches from 0 to 1, and who is said to lead on each."""
    ends = [0.0, *(crossover.at for crossover in sweep.crossovers), 1.0]
    who = [*(crossover.winner for crossover in reversed(sweep.below)), winner]
    who += [crossover.winner for crossover in sweep.above]
    return list(zip(ends, ends[1:], who, strict=False))


def assert_holds(matrix: DecisionMatrix, method: str, found: WeightStability, parts: Any) -> None:
    """Rank along each weight: whoever is said to be first is, and loses the place where it is said."""
    assert rank(matrix, method).ranks[found.winner] == 1
    for sweep, part in zip(found.sweeps, parts, strict=True):
        path = Path.of(part, matrix.weights)
        assert sweep.weight == path.weight
        assert 0 <= sweep.stable_from <= sweep.weight <= sweep.stable_to <= 1
        if path.rest is None:
            assert sweep == Sweep(sweep.weight, (), ())
            continue
        for start, stop, leader in leaders_along(sweep, found.winner):
            inside = GRID[(start < GRID) & (stop > GRID)]
            if stop - start > 4 * NEAR:
                inside = np.append(inside, [start + NEAR, stop - NEAR])
            ranks = rank(matrix.with_weights(path.weights(inside)), method).ranks if len(inside) else np.ones((0, 99))
            assert (ranks[:, leader] == 1).all(), (sweep, start, stop, leader)
        for crossovers, step in ((sweep.below, -NEAR), (sweep.above, NEAR)):
            losers = [found.winner, *(crossover.winner for crossover in crossovers)]
            for crossover, loser in zip(crossovers, losers, strict=False):
                if 0 < (beyond := crossover.at + step) < 1:
                    there = matrix.with_weights(path.weights(np.array([beyond])))
                    assert rank(there, method).ranks[0, loser] > 1


@settings(max_examples=300)
@given(st.integers(1, 8), st.integers(1, 5), st.integers(0, 2**32 - 1), st.booleans())
def test_the_first_option_keeps_its_place_exactly_as_far_as_is_said(
    options: int,
    criteria: int,
    seed: int,
    coarse: bool,  # noqa: FBT001 - drawn
) -> None:
    """Between the ends, and on each stretch beyond, a ranking puts first who is said to be, and nobody before."""
    matrix = random_matrix(options, criteria, seed, coarse=coarse)
    found = weight_stability(matrix)
    assert found.exact
    assert_holds(matrix, "weighted-sum", found, np.eye(criteria))


@settings(max_examples=60)
@given(st.sampled_from([name for name, method in METHODS.items() if method.linear]), st.integers(0, 2**32 - 1))
def test_every_method_that_is_linear_in_the_weights_is_exact(method: str, seed: int) -> None:
    """Net flows of PROMETHEE, Borda's points and their like are straight lines too."""
    matrix = random_matrix(6, 4, seed)
    found = weight_stability(matrix, method)
    assert found.exact
    assert_holds(matrix, method, found, np.eye(4))


@pytest.mark.parametrize("method", [name for name, method in METHODS.items() if not method.linear])
@pytest.mark.parametrize("seed", range(2))
def test_other_methods_are_searched(method: str, seed: int) -> None:
    """Along each weight, rankings put first who is said to be."""
    matrix = random_matrix(5, 3, seed)
    found = weight_stability(matrix, method)
    assert not found.exact
    assert_holds(matrix, method, found, np.eye(3))


def test_a_searched_end_is_the_exact_one() -> None:
    """MARCOS ranks by weighted sums divided by one that all share, so its ends are those of the weighted sum."""
    matrix = random_matrix(5, 4, 7)
    searched = weight_stability(matrix, "marcos")
    exact = weight_stability(matrix, normalisation="max")
    assert searched.winner == exact.winner
    assert any(sweep.crossovers for sweep in exact.sweeps)
    for one, other in zip(searched.sweeps, exact.sweeps, strict=True):
        assert [crossover.winner for crossover in one.crossovers] == [
            crossover.winner for crossover in other.crossovers
        ]
        assert [crossover.at for crossover in one.crossovers] == pytest.approx(
            [crossover.at for crossover in other.crossovers],
            abs=NEAR,  # until then the two tie
        )


def test_two_options_cross_where_their_lines_do() -> None:
    """0.9·w + 0.2·(1 - w) = 0.5 at w = 3/7."""
    matrix = DecisionMatrix([[0.9, 0.2], [0.5, 0.5]], [0.6, 0.4], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    first, second = weight_stability(matrix).sweeps
    assert [tuple(crossover) for crossover in first.crossovers] == [pytest.approx((3 / 7, 1))]
    assert (first.stable_from, first.stable_to) == pytest.approx((3 / 7, 1))
    assert (second.stable_from, second.stable_to) == pytest.approx((0, 4 / 7))


def test_an_option_that_ties_now_takes_over_at_once() -> None:
    """Where two tie at the present weights, the one listed first is first, and loses its place with the first step."""
    matrix = DecisionMatrix([[1, 0], [0, 1]], [1, 1], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    found = weight_stability(matrix)
    assert found.winner == 0
    assert found.sweeps[0] == Sweep(0.5, (Crossover(0.5, 1),), ())
    assert found.sweeps[1] == Sweep(0.5, (), (Crossover(0.5, 1),))


def test_twins_take_nothing_from_each_other() -> None:
    """Options that differ by rounding alone never overtake one another."""
    matrix = DecisionMatrix(
        [[0.1 + 0.2, 0.6], [0.3, 0.6], [0.1, 0.1]], [1, 1], ["max"] * 2, lower=[0] * 2, upper=[1] * 2
    )
    assert all(sweep.crossovers == () for sweep in weight_stability(matrix).sweeps)


PARENTS, NUMBERS = [-1, 0, 0, -1, 3, 3, -1], [60, 1, 3, 30, 2, 2, 10]


def test_groups_are_moved_with_their_criteria_in_proportion() -> None:
    """The weights on the way are those that fixing the group's share gives."""
    whole = tree.shares(PARENTS, NUMBERS)
    leaves = tree.criteria_of(PARENTS)
    parts = tree.parts(PARENTS, NUMBERS)
    for node, part in enumerate(parts):
        path = Path.of(part, whole[leaves])
        assert path.weight == pytest.approx(whole[node])
        for at in (0.0, 0.25, 1.0):
            assert path.weights(np.array([at]))[0] == pytest.approx(tree.with_fixed(PARENTS, whole, {node: at})[leaves])
    matrix = random_matrix(6, 5, 3).with_weights(whole[leaves])
    assert_holds(matrix, "weighted-sum", weight_stability(matrix, parts=parts), parts)


def test_parts_of_a_group_without_weight_are_those_of_its_own_numbers() -> None:
    """A group that weighs nothing divides its share, if it gets one, as its criteria's numbers say."""
    assert tree.parts([-1, 0, 0, -1], [0, 1, 3, 40])[0].tolist() == [0.25, 0.75, 0]
    assert tree.parts([-1, 0, 0, -1], [np.nan, 1, 3, 40])[0].tolist() == [0.25, 0.75, 0]


def test_a_weight_that_is_all_there_is_has_no_way_to_go() -> None:
    """Where no other weight can take its place, nothing can change."""
    matrix = DecisionMatrix([[1, 0], [0, 1]], [1, 0], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    assert weight_stability(matrix).sweeps[0] == Sweep(1.0, (), ())
    assert weight_stability(matrix, "topsis").sweeps[0] == Sweep(1.0, (), ())
    assert weight_stability(matrix).sweeps[1] == Sweep(0.0, (), (Crossover(0.5, 1),))


def test_many_options_have_the_leaders_of_the_few_that_can_lead() -> None:
    """Among ten thousand options the leaders are those of a walk over all, ranked on the way."""
    matrix = random_matrix(10_000, 3, 1)
    found = weight_stability(matrix)
    assert sum(len(sweep.crossovers) for sweep in found.sweeps) > 10
    for sweep, part in zip(found.sweeps, np.eye(3), strict=True):
        at = np.linspace(0.001, 0.999, 57)
        scores = rank(matrix.with_weights(Path.of(part, matrix.weights).weights(at))).scores
        for place, row in zip(at.tolist(), scores, strict=True):
            leader = next(who for start, stop, who in leaders_along(sweep, found.winner) if start <= place <= stop)
            assert row[leader] == pytest.approx(row.max(), abs=1e-12)


@pytest.mark.parametrize("parts", [[[1.0, 0.0]], [[0.5, 0.4, 0.0]], [[1.5, -0.5, 0.0]], [1.0, 0.0, 0.0]])
def test_what_is_no_part_is_refused(parts: Any) -> None:
    """Parts are shares of each criterion in what is moved."""
    with pytest.raises(EngineError, match="rows of 3 shares that sum to 1"):
        weight_stability(random_matrix(2, 3, 0), parts=parts)


def test_samples_and_unknown_methods_are_refused() -> None:
    """Errors name what is wrong."""
    with pytest.raises(EngineError, match="not of samples"):
        weight_stability(DecisionMatrix(np.ones((2, 2, 2)), [1, 1], ["max", "max"]))
    with pytest.raises(EngineError, match="there is no method 'topsys'"):
        weight_stability(random_matrix(2, 2, 0), "topsys")
