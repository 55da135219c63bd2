"""Necessary and possible preference, against what drawn weights say and against dominance."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine import tree
from policyopts.engine.dominance import dominated_by
from policyopts.engine.robustness.constrained_weights import ConstrainedWeights
from policyopts.engine.robustness.preferences import preferences
from policyopts.engine.robustness.streams import stream
from policyopts.engine.robustness.weights import (
    FixedWeights,
    RangedWeights,
    StatedWeights,
    WeightDistribution,
    any_weights,
    ordered_weights,
    weights_at_least,
)

Array = NDArray[np.float64]

REGIONS: dict[str, WeightDistribution] = {
    "fixed": FixedWeights(np.array([0.1, 0.2, 0.3, 0.4])),
    "any": any_weights(4),
    "bounded": weights_at_least([0.1, 0.2, 0.0, 0.3]),
    "ordered": ordered_weights([2, 1, 4, 3]),
    "partly ordered": ordered_weights([1, 2, 2, 2]),
    "stated": StatedWeights(np.array([0.5, 0.0, 0.25, 0.25]), trust=2.0),
    "ranged": RangedWeights([-1, 0, 0, -1, -1], [2, 1, 3, 2, 5], [6, 4, 3, 8, 5]),
    "ranged, a group of its children's sum": RangedWeights(
        [-1, 0, 0, -1, -1], [np.nan, 0, 3, 2, 0], [np.nan, 4, 3, 8, 5]
    ),
    "constrained": ConstrainedWeights([[1, -1, 0, 0], [0, 0, 1, 1]], [0, 0.5]),
}


@pytest.mark.parametrize("weights", REGIONS.values(), ids=REGIONS)
def test_extremes_are_reached_by_weights_and_never_passed(weights: WeightDistribution) -> None:
    """No drawn weights give a lesser or greater sum, and some come near to both."""
    table = np.random.default_rng(0).normal(size=(40, 4))
    drawn = np.empty((4, 20_000))
    weights.draw(stream(0, 0), drawn)
    sums = table @ (drawn / drawn.sum(axis=0))
    least, greatest = weights.extremes(table)
    assert (sums >= least[:, np.newaxis] - 1e-9).all()
    assert (sums <= greatest[:, np.newaxis] + 1e-9).all()
    # Of three dimensions, the nearest of 20,000 points is some hundredths of the way off a corner.
    reach = (sums.max(axis=1) - sums.min(axis=1)) / np.maximum(greatest - least, 1e-300)
    assert (reach[greatest > least] > 0.75).all()


def test_extremes_of_ranges_are_at_their_ends() -> None:
    """Of nested ranges, the least and the greatest sum are among those with every node at one of its ends."""
    parents, low, high = [-1, 0, 0, -1, 3, 3], np.array([2, 1, 3, 2, 0, 1]), np.array([6, 4, 9, 8, 5, 1])
    ends = np.array(list(product(*zip(low, high, strict=True))), dtype=np.float64)
    shares = tree.shares(parents, ends)[:, tree.criteria_of(parents)]
    table = np.random.default_rng(1).normal(size=(50, 4))
    least, greatest = RangedWeights(parents, low, high).extremes(table)
    assert least == pytest.approx((table @ shares.T).min(axis=1))
    assert greatest == pytest.approx((table @ shares.T).max(axis=1))


def test_extremes_of_a_partial_order_are_those_of_all_its_orders() -> None:
    """Whichever way a tie is broken is in question."""
    table = np.random.default_rng(2).normal(size=(50, 4))
    orders = [[1, *others] for others in permutations([2, 3, 4])]
    ends = [ordered_weights(order).extremes(table) for order in orders]
    least, greatest = ordered_weights([1, 2, 2, 2]).extremes(table)
    assert least == pytest.approx(np.min([end[0] for end in ends], axis=0))
    assert greatest == pytest.approx(np.max([end[1] for end in ends], axis=0))


@given(st.integers(1, 7), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_under_any_weights_what_is_necessary_is_dominance(options: int, criteria: int, seed: int) -> None:
    """Without a word on the weights, an option is necessarily as good as another that it equals or beats throughout."""
    values = np.random.default_rng(seed).integers(0, 4, (options, criteria)) / 3
    found = preferences(values, any_weights(criteria))
    as_good = (values[:, np.newaxis] >= values).all(axis=2)
    assert (found.necessary == as_good).all()
    assert ((found.necessary & ~found.necessary.T) == dominated_by(values)).all()
    assert (found.possible == (values[:, np.newaxis] >= values).any(axis=2)).all()


@pytest.mark.parametrize("weights", REGIONS.values(), ids=REGIONS)
def test_relations_hang_together(weights: WeightDistribution) -> None:
    """What is necessary is possible; of two options one is possibly as good; and what is necessary can be chained."""
    values = np.random.default_rng(3).random((9, 4))
    found = preferences(values, weights)
    assert (found.possible | ~found.necessary).all()
    assert (found.possible | found.possible.T).all()
    assert found.necessary.diagonal().all()
    chained = (found.necessary.astype(int) @ found.necessary.astype(int)) > 0
    assert (found.necessary | ~chained).all()


def test_certain_weights_leave_no_doubt() -> None:
    """Under one set of weights, necessary and possible are the same."""
    values = np.random.default_rng(4).random((6, 4))
    found = preferences(values, REGIONS["fixed"])
    assert (found.necessary == found.possible).all()


def test_uncertain_values_are_held_against_each_other_at_their_worst() -> None:
    """An option is necessarily preferred where its least values beat the others' greatest."""
    low, high = np.array([[0.6], [0.4], [0.1]]), np.array([[0.8], [0.7], [0.3]])
    found = preferences(low, any_weights(1), high)
    assert found.necessary.tolist() == [[True, False, True], [False, True, True], [False, False, True]]
    assert found.possible.tolist() == [[True, True, True], [True, True, True], [False, False, True]]
