"""The axioms that PROMETHEE and ELECTRE III hold under thresholds, which the suite over all methods does without."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.matrix import PREFERENCE_FUNCTIONS, DecisionMatrix
from policyopts.engine.ranking import rank

Array = NDArray[np.float64]

TOP = 10

METHODS = pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("promethee", {}),
        ("electre-3", {}),
        ("electre-3", {"thresholds": "inverse"}),
        ("electre-3", {"alpha": 0.0, "beta": 0.0}),
    ],
)
seeds = st.integers(0, 2**32 - 1)


@dataclass(frozen=True)
class Problem:
    """Performances and thresholds in small whole numbers or eighths, put into units."""

    grid: Array  # (options, criteria)
    signs: Array
    weights: Array
    units: Array
    constant: Array  # (thresholds, criteria): indifference, preference, veto and spread in the unit,
    relative: Array  # and, but for the last, what is added for each unit of performance
    functions: tuple[Any, ...]

    def ranks(self, method: str, parameters: dict[str, Any]) -> NDArray[np.intp]:
        """Rank by a method that takes thresholds."""
        indifference, preference, veto, spread = self.constant[:, np.newaxis] + self.relative[:, np.newaxis] * np.abs(
            self.grid
        )
        thresholds: dict[str, Any] = {"indifference": indifference, "preference": preference, "veto": veto}
        if not self.relative.any():
            thresholds = {name: table[0] for name, table in thresholds.items()}
        if method == "promethee":
            thresholds |= {"gaussian": spread[0], "preference_functions": self.functions}
        matrix = DecisionMatrix(
            self.grid * self.units,
            self.weights,
            self.signs,
            **{
                name: given if name == "preference_functions" else given * self.units
                for name, given in thresholds.items()
            },
        )
        return rank(matrix, method, **parameters).ranks


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw the size by hypothesis and the figures by a generator that it seeds."""
    options, criteria = draw(st.integers(2, 12)), draw(st.integers(1, 5))
    are_relative = draw(st.booleans())
    rng = np.random.default_rng(draw(seeds))
    steps = np.cumsum(rng.integers(0, 4, (3, criteria)), axis=0).astype(np.float64)
    none = np.zeros((1, criteria))
    return Problem(
        grid=rng.integers(0 if are_relative else -TOP, TOP + 1, (options, criteria)).astype(np.float64),
        signs=rng.choice([1.0, -1.0], criteria),
        weights=rng.integers(0, TOP, criteria) + np.eye(criteria)[0],
        units=np.ones(criteria),
        constant=np.concatenate([steps * 0 if are_relative else steps, none + 2]),
        relative=np.concatenate([steps / 16 if are_relative else steps * 0, none]),
        functions=tuple(PREFERENCE_FUNCTIONS[at] for at in rng.integers(0, 6, criteria)),
    )


@METHODS
@given(problem=problems())
def test_a_dominated_option_never_beats_its_dominator(
    method: str, parameters: dict[str, Any], problem: Problem
) -> None:
    """Under thresholds too, an option that is at least as good on every criterion ranks no worse."""
    ranks = problem.ranks(method, parameters)
    goodness = problem.grid * problem.signs
    dominates = (goodness[:, np.newaxis] >= goodness).all(axis=-1)
    assert (ranks[:, np.newaxis] <= ranks)[dominates].all()


@METHODS
@given(problem=problems(), seed=seeds)
def test_units_and_order_do_not_matter(method: str, parameters: dict[str, Any], problem: Problem, seed: int) -> None:
    """Another unit for performances and thresholds, and another order of options, give each the same rank."""
    rng = np.random.default_rng(seed)
    ranks = problem.ranks(method, parameters)
    units = rng.choice([1e-12, 1e-3, 0.3, 7.0, 1e6], len(problem.units))
    assert replace(problem, units=units).ranks(method, parameters).tolist() == ranks.tolist()
    order = rng.permutation(len(ranks))
    reordered = replace(problem, grid=problem.grid[order])
    assert reordered.ranks(method, parameters).tolist() == ranks[order].tolist()


@given(problem=problems(), seed=seeds)
def test_improving_a_performance_never_lowers_the_rank_by_promethee(problem: Problem, seed: int) -> None:
    """Whatever the preference functions, an option that gets better on one criterion ranks no worse."""
    option, criterion, way = np.random.default_rng(seed).integers((*problem.grid.shape, 2 * TOP))
    better = problem.grid.copy()
    raised = better[option, criterion] + (way + 1) * problem.signs[criterion]
    better[option, criterion] = np.clip(raised, problem.grid.min(), TOP)
    after = replace(problem, grid=better).ranks("promethee", {})
    assert after[option] <= problem.ranks("promethee", {})[option]
