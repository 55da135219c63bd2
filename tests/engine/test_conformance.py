"""The axioms that every method of the table holds, under each of its choices, unless it declares that it does not."""

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine import arrays
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.method import Axiom, Parameter
from policyopts.engine.methods import METHODS
from policyopts.engine.normalisation import NORMALISATIONS
from policyopts.engine.ranking import Ranking, rank

if TYPE_CHECKING:
    from policyopts.engine.steps import Step

Array = NDArray[np.float64]

TOP = 10  # performances are drawn as whole numbers from -TOP, 0 or 1 up to TOP, and put into units


@dataclass(frozen=True)
class Case:
    """A method with one of its parameters set to one of its choices or to an end of its bounds."""

    method: str
    settings: dict[str, str | float]

    def __str__(self) -> str:
        return " ".join([self.method, *(f"{name}={setting}" for name, setting in self.settings.items())])

    def breaks(self, axiom: Axiom) -> bool:
        method = METHODS[self.method]
        return axiom in method.broken(method.settings(self.settings))


@dataclass(frozen=True)
class Problem:
    """A decision matrix in small whole numbers, so that every change of it is exact."""

    grid: Array  # (options, criteria)
    units: Array
    weights: Array
    directions: Array
    with_scale: NDArray[np.bool_]

    def matrix(self) -> DecisionMatrix:
        ends = np.where(self.with_scale, TOP * self.units, np.nan)
        return DecisionMatrix(self.grid * self.units, self.weights, self.directions, lower=-ends, upper=ends)

    def of_options(self, places: Any) -> "Problem":
        return replace(self, grid=self.grid[places])

    def of_criteria(self, places: Any) -> "Problem":
        return Problem(
            self.grid[:, places],
            self.units[places],
            self.weights[places],
            self.directions[places],
            self.with_scale[places],
        )


def settings_of(parameter: Parameter) -> list[str | float]:
    """Give a parameter's choices and the ends of its bounds; what a row does is for the method's own tests."""
    return [*parameter.choices, *filter(isfinite, parameter.bounds or ())]


CASES = [Case(name, {}) for name in METHODS] + [
    Case(name, {parameter.keyword: setting})
    for name, method in METHODS.items()
    for parameter in method.parameters
    for setting in settings_of(parameter)
    if setting != parameter.default
]


def every_case(axiom: Axiom | None = None) -> pytest.MarkDecorator:
    """Run a test for each case, but those that declare to break the axiom."""
    held = [case for case in CASES if axiom is None or not case.breaks(axiom)]
    assert held
    return pytest.mark.parametrize("case", held, ids=str)


seeds = st.integers(0, 2**32 - 1)


@st.composite
def problems(draw: st.DrawFn, *, min_options: int = 1, all_scales: bool = False) -> Problem:
    """Sizes are drawn by hypothesis and cells by a generator that it seeds, which is ten times as fast."""
    options, criteria = draw(st.integers(min_options, 12)), draw(st.integers(1, 5))
    bottom = draw(st.sampled_from([1, 1, 0, -TOP]))
    rng = np.random.default_rng(draw(seeds))
    tops = rng.integers(bottom, TOP + 1, criteria)  # low ones make for ties and constant columns
    weights = rng.integers(0, TOP + 1, criteria).astype(np.float64)
    weights[rng.integers(criteria)] += 1.0
    return Problem(
        grid=rng.integers(bottom, tops + 1, (options, criteria)).astype(np.float64),
        units=rng.choice([1e-12, 1.0, 1e12], criteria),
        weights=weights,
        directions=rng.choice([1.0, -1.0], criteria),
        with_scale=np.ones(criteria, dtype=np.bool_) if all_scales else rng.choice([True, False], criteria),
    )


def ranking_of(case: Case, problem: Problem) -> Ranking:
    """Rank, or turn to another example where the method refuses a negative or zero performance by name."""
    try:
        return rank(problem.matrix(), case.method, **case.settings)
    except EngineError as error:
        refusal = error.message
    assert problem.grid.min() <= 0
    assert refusal.startswith("option a")
    return reject()


def ranks_of(case: Case, problem: Problem) -> list[int]:
    """Give the ranks alone, to compare."""
    ranked: list[int] = ranking_of(case, problem).ranks.tolist()
    return ranked


def test_the_suite_sees_every_method() -> None:
    """Every method of the table is among the cases with its defaults."""
    assert {case.method for case in CASES if not case.settings} == set(METHODS)
    assert len(METHODS) > 0


@every_case()
@given(problem=problems())
def test_scores_are_finite_and_ranks_follow_them(case: Case, problem: Problem) -> None:
    """Whatever the units, weights and constant columns, scores are finite, and a higher one never ranks below."""
    ranking = ranking_of(case, problem)
    assert np.isfinite(ranking.scores).all()
    assert all(np.isfinite(detail).all() for detail in ranking.details.values())
    assert ranking.ranks.min() == 1
    assert (np.diff(ranking.ranks[np.argsort(-ranking.scores)]) >= 0).all()


@every_case("monotonicity")
@given(problem=problems(), seed=seeds)
def test_improving_a_performance_never_lowers_the_rank(case: Case, problem: Problem, seed: int) -> None:
    """An option that gets better on one criterion, all else the same, ranks no worse than before."""
    option, criterion, way = np.random.default_rng(seed).integers((*problem.grid.shape, 2 * TOP))
    better = problem.grid.copy()
    step = (way + 1) * problem.directions[criterion]
    better[option, criterion] = np.clip(better[option, criterion] + step, problem.grid.min(), TOP)
    after = ranks_of(case, replace(problem, grid=better))
    assert after[option] <= ranks_of(case, problem)[option]


@every_case("dominance")
@given(problem=problems(min_options=2))
def test_a_dominated_option_never_beats_its_dominator(case: Case, problem: Problem) -> None:
    """An option that is at least as good as another on every criterion ranks no worse."""
    ranks = ranking_of(case, problem).ranks
    goodness = problem.grid * problem.directions
    dominates = (goodness[:, np.newaxis] >= goodness).all(axis=-1)
    assert (ranks[:, np.newaxis] <= ranks)[dominates].all()


@every_case()
@given(problem=problems(), seed=seeds)
def test_the_order_of_options_does_not_matter(case: Case, problem: Problem, seed: int) -> None:
    """Listing the options in another order gives each the same rank."""
    order = np.random.default_rng(seed).permutation(problem.grid.shape[0])
    before = ranks_of(case, problem)
    assert ranks_of(case, problem.of_options(order)) == [before[place] for place in order]


@every_case()
@given(problem=problems(), seed=seeds)
def test_the_order_of_criteria_does_not_matter(case: Case, problem: Problem, seed: int) -> None:
    """Listing the criteria in another order changes no rank."""
    order = np.random.default_rng(seed).permutation(problem.grid.shape[1])
    assert ranks_of(case, problem.of_criteria(order)) == ranks_of(case, problem)


@every_case()
@given(problem=problems(), factor=st.sampled_from([1e-12, 0.3, 7.0, 1e12]))
def test_the_scale_of_weights_does_not_matter(case: Case, problem: Problem, factor: float) -> None:
    """Multiplying all weights by a number changes no rank."""
    assert ranks_of(case, replace(problem, weights=problem.weights * factor)) == ranks_of(case, problem)


@every_case("units")
@given(problem=problems(), factor=st.sampled_from([1e-3, 0.3, 7.0, 1e6]))
def test_units_do_not_matter(case: Case, problem: Problem, factor: float) -> None:
    """Putting one criterion into another unit changes no rank."""
    units = problem.units.copy()
    units[0] *= factor
    assert ranks_of(case, replace(problem, units=units)) == ranks_of(case, problem)


@every_case("inertness")
@given(problem=problems(), height=st.integers(1, TOP), weight=st.integers(1, TOP), direction=st.sampled_from([1, -1]))
def test_a_constant_criterion_is_inert(case: Case, problem: Problem, height: int, weight: int, direction: int) -> None:
    """A criterion on which all options are alike changes no rank, however much it weighs."""
    more = Problem(
        np.column_stack([problem.grid, np.full(len(problem.grid), height)]),
        np.append(problem.units, problem.units.min()),
        np.append(problem.weights, weight),
        np.append(problem.directions, direction),
        np.append(problem.with_scale, False),
    )
    assert ranks_of(case, more) == ranks_of(case, problem)


@every_case("independence")
@given(problem=problems(min_options=2, all_scales=True))
def test_an_option_more_or_less_never_reorders_the_others(case: Case, problem: Problem) -> None:
    """On declared scales, the others keep their order when an option is removed."""
    before = ranking_of(case, problem).ranks[1:]
    after = ranking_of(case, problem.of_options(slice(1, None))).ranks
    assert (np.sign(np.subtract.outer(after, after)) == np.sign(np.subtract.outer(before, before))).all()


@every_case()
@pytest.mark.parametrize("options", [1, 2, 11])
@pytest.mark.parametrize("direction", ["max", "min"])
def test_options_that_are_all_alike_share_the_first_rank(case: Case, options: int, direction: Any) -> None:
    """A single option, and any number of options without a difference, rank first."""
    matrix = DecisionMatrix([[2.0, 0.3]] * options, [1, 2], [direction, direction])
    assert rank(matrix, case.method, **case.settings).ranks.tolist() == [1] * options


@every_case()
def test_the_better_of_two_options_wins(case: Case) -> None:
    """More of a benefit and less of a cost wins."""
    matrix = DecisionMatrix([[2.0, 9.0], [3.0, 8.0]], [1, 1], ["max", "min"])
    assert rank(matrix, case.method, **case.settings).ranks.tolist() == [2, 1]


def assert_names_a_way_out(refusal: str, figure: float) -> None:
    """Look for the cell, its figure, and a normalisation or a method that can take it."""
    assert refusal.startswith(f"option a2, criterion c2: {figure:g} is ")
    assert any(f"'{word}'" in refusal for word in (*NORMALISATIONS, *METHODS))


@every_case()
@pytest.mark.parametrize("figure", [0.0, -3.0])
@pytest.mark.parametrize("direction", ["max", "min"])
def test_an_unfit_performance_is_named_together_with_a_way_out(case: Case, figure: float, direction: Any) -> None:
    """A zero or negative performance gets a finite score, or an error that names its cell and what can take it."""
    matrix = DecisionMatrix([[1.0, 2.0], [1.0, figure], [3.0, 4.0]], [1, 1], ["max", direction])
    try:
        ranking = rank(matrix, case.method, **case.settings)
    except EngineError as error:
        assert_names_a_way_out(error.message, figure)
    else:
        assert np.isfinite(ranking.scores).all()


@every_case()
@given(seed=seeds, shared=st.sampled_from(["nothing", "values", "weights"]))
def test_samples_are_ranked_as_one_by_one(case: Case, seed: int, shared: str) -> None:
    """Samples of performances, of weights or of both, in one call, give what each of them gives alone."""
    rng = np.random.default_rng(seed)
    values = rng.integers(1, TOP + 1, (2, 3, 4, 5)).astype(np.float64)
    weights = rng.integers(1, TOP + 1, (2, 3, 5)).astype(np.float64)
    directions = rng.choice([1.0, -1.0], 5)
    ends: dict[str, Any] = {"lower": [0.0, None, 0.0, None, 0.0], "upper": [20.0, None, 10.0, None, 15.0]}
    together = rank(
        DecisionMatrix(
            values[0, 0] if shared == "values" else values,
            weights[0, 0] if shared == "weights" else weights,
            directions,
            **ends,
        ),
        case.method,
        **case.settings,
    )
    for sample in np.ndindex(2, 3):
        alone = rank(
            DecisionMatrix(
                values[0, 0] if shared == "values" else values[sample],
                weights[0, 0] if shared == "weights" else weights[sample],
                directions,
                **ends,
            ),
            case.method,
            **case.settings,
        )
        assert together.ranks[sample].tolist() == alone.ranks.tolist()
        np.testing.assert_allclose(together.scores[sample], alone.scores, rtol=1e-12)
        for name, detail in alone.details.items():
            np.testing.assert_allclose(together.details[name][sample], detail, rtol=1e-12)


@every_case()
@given(problem=problems())
def test_contributions_add_up_to_the_score(case: Case, problem: Problem) -> None:
    """An additive method's contributions sum to its scores, and other methods have none."""
    ranking = ranking_of(case, problem)
    if METHODS[case.method].additive:
        assert ranking.contributions is not None
        assert ranking.contributions.shape == problem.grid.shape
        size = np.abs(ranking.contributions).max()
        np.testing.assert_allclose(ranking.contributions.sum(axis=-1), ranking.scores, rtol=1e-12, atol=1e-12 * size)
    else:
        assert ranking.contributions is None


@every_case()
def test_the_working_is_shown_without_changing_the_result(case: Case) -> None:
    """Asked for its steps, a method gives the same scores, and tables whose shapes are those of their axes."""
    matrix = DecisionMatrix([[2.0, 9.0, 1.0], [3.0, 8.0, 4.0]], [1, 1, 2], ["max", "min", "max"])
    method = METHODS[case.method]
    steps: list[Step] = []
    shown = method.function(matrix, **case.settings, steps=steps)
    assert shown.scores.tolist() == method.function(matrix, **case.settings).scores.tolist()
    lengths = {"options": 2, "criteria": 3}
    assert steps
    assert all(step.table.shape == tuple(lengths[axis] for axis in step.axes) for step in steps)
    assert all(step.symbol and step.caption for step in steps)


@every_case()
def test_options_beyond_one_block_score_as_in_one(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A set of options larger than the blocks it is worked in gives each option a score that its copy has too."""
    block = 1024  # pairs of more options than that are worked in several blocks too
    monkeypatch.setattr(arrays, "BLOCK", block)
    few = np.random.default_rng(0).integers(1, TOP + 1, (block // 2 + 1, 3)).astype(np.float64)
    matrix = DecisionMatrix(np.concatenate([few, few]), [1, 2, 3], ["max", "min", "max"])
    scores = rank(matrix, case.method, **case.settings).scores
    np.testing.assert_allclose(scores[: len(few)], scores[len(few) :], rtol=1e-12)
