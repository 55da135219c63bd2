from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.dominance import BLOCK, dominated_by, dominators
from policyopts.engine.errors import EngineError

Array = NDArray[np.float64]


@st.composite
def tables(draw: st.DrawFn) -> Array:
    """Draw values on a coarse grid, so that dominance, ties and twins are common."""
    options, criteria, top = draw(st.tuples(st.integers(1, 12), st.integers(1, 4), st.integers(1, 4)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return np.float64(0.1) * rng.integers(0, top + 1, (options, criteria)).astype(np.float64)


def by_definition(values: Array) -> NDArray[np.bool_]:
    """Compare every pair: at least as good on every criterion, and better on one."""
    mine, theirs = values[:, np.newaxis], values
    return np.logical_and((mine >= theirs).all(axis=-1), (mine > theirs).any(axis=-1))


@given(tables())
def test_who_dominates_whom_follows_the_definition(values: Array) -> None:
    """An option dominates another that it equals or beats on every criterion, and beats on one at least."""
    assert dominated_by(values).tolist() == by_definition(values).tolist()


@given(tables())
def test_a_dominator_is_named_where_there_is_one(values: Array) -> None:
    """A dominated option gets the place of a dominator with the highest sum of values, any other gets -1."""
    dominates = by_definition(values)
    for option, found in enumerate(dominators(values)):
        rivals = np.flatnonzero(dominates[:, option])
        assert (found >= 0) == bool(rivals.size)
        if found >= 0:
            assert found in rivals
            assert values[found].sum() == pytest.approx(values[rivals].sum(axis=1).max())


@given(tables())
def test_nothing_dominates_a_named_dominator(values: Array) -> None:
    """The option that is named as a dominator is itself not dominated."""
    found = dominators(values)
    assert (found[found[found >= 0]] == -1).all()


def test_twins_do_not_dominate_each_other() -> None:
    """Options that are alike on every criterion do not dominate one another."""
    assert dominators(np.array([[0.1, 0.2], [0.1, 0.2]])).tolist() == [-1, -1]
    assert not dominated_by(np.array([[0.1, 0.2], [0.1, 0.2]])).any()


def test_rounding_of_a_sum_hides_no_dominator() -> None:
    """An option better by the last digit of one criterion dominates, though both sums of values round to the same."""
    values = np.array([[1e-17, 1.0], [2e-17, 1.0]])
    assert dominators(values).tolist() == [1, -1]


@pytest.mark.parametrize("criteria", [1, 2, 5])
def test_options_beyond_one_block_are_compared_with_all(criteria: int) -> None:
    """In a set of options larger than the blocks it is worked in, the same dominators are found."""
    values = np.random.default_rng(0).random((2 * BLOCK + 30, criteria))
    dominates = by_definition(values)
    assert (dominated_by(values) == dominates).all()
    assert ((dominators(values) >= 0) == dominates.any(axis=0)).all()


def test_some_options_can_be_asked_about_alone() -> None:
    """Asked about some options, only their rows are worked out, in the order in which they were asked."""
    values = np.random.default_rng(1).integers(0, 4, (2 * BLOCK, 2)).astype(np.float64)
    asked: list[Any] = [5, 2, 300]
    assert (dominated_by(values, asked) == by_definition(values)[asked]).all()


def test_an_answer_that_would_fill_the_memory_is_refused() -> None:
    """Asked about more pairs than fit in memory, the refusal says how much they would take."""
    values = np.zeros((100_000, 1))
    with pytest.raises(EngineError, match=r"100,000 options each of 100,000 dominates takes 9\.3 GiB: ask about fewer"):
        dominated_by(values)
