"""What every weighting of the table holds, under each of its settings, unless it declares that it does not."""

import dataclasses
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from numpy.typing import NDArray

import policyopts as po
from policyopts.engine import weightings
from policyopts.engine.arrays import BLOCK
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.method import Axiom
from policyopts.engine.weighing import Weights, weights
from policyopts.engine.weightings import WEIGHTINGS, Flag, Weighting

Array = NDArray[np.float64]

TOP = 10  # performances are drawn as whole numbers from -TOP, 0 or 1 up to TOP, and put into units
BY_NAME = pytest.mark.parametrize("weighting", WEIGHTINGS.values(), ids=WEIGHTINGS)
JUDGED = [name for name, weighting in WEIGHTINGS.items() if weighting.needs == "judgements"]
BY_JUDGEMENT = pytest.mark.parametrize("method", JUDGED)

seeds = st.integers(0, 2**32 - 1)


@dataclass(frozen=True)
class Case:
    """A weighting by data, with one of its parameters set to one of its choices."""

    method: str
    settings: Mapping[str, object]

    def __str__(self) -> str:
        return " ".join([self.method, *(f"{name}={setting}" for name, setting in self.settings.items())])

    def breaks(self, axiom: Axiom) -> bool:
        weighting = WEIGHTINGS[self.method]
        return axiom in weighting.broken(weighting.settings(self.settings))


@dataclass(frozen=True)
class Problem:
    """Performances in small whole numbers, so that every change of them is exact."""

    grid: Array  # (options, criteria)
    units: Array
    directions: Array

    def matrix(self) -> DecisionMatrix:
        return DecisionMatrix(self.grid * self.units, np.ones(len(self.units)), self.directions)


CASES = [
    Case(name, settings)
    for name, weighting in WEIGHTINGS.items()
    if weighting.needs == "data"
    for settings in [
        {},
        *(
            {parameter.keyword: choice}
            for parameter in weighting.parameters
            for choice in parameter.choices
            if choice != parameter.default
        ),
    ]
]


def every_case(axiom: Axiom | None = None) -> pytest.MarkDecorator:
    """Run a test for each case, but those that declare to break the axiom."""
    held = [case for case in CASES if axiom is None or not case.breaks(axiom)]
    assert held
    return pytest.mark.parametrize("case", held, ids=str)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Sizes are drawn by hypothesis and cells by a generator that it seeds, which is ten times as fast."""
    options, criteria = draw(st.integers(1, 12)), draw(st.integers(1, 5))
    bottom = draw(st.sampled_from([1, 1, 0, -TOP]))
    rng = np.random.default_rng(draw(seeds))
    tops = rng.integers(bottom, TOP + 1, criteria)  # low ones make for ties and constant columns
    return Problem(
        grid=rng.integers(bottom, tops + 1, (options, criteria)).astype(np.float64),
        units=rng.choice([1e-12, 1.0, 1e12], criteria),
        directions=rng.choice([1.0, -1.0], criteria),
    )


def weights_of(case: Case, problem: Problem) -> Array:
    """Weigh, or turn to another example where the weighting refuses a negative or zero performance by name."""
    try:
        return weights(problem.matrix(), case.method, **case.settings).weights
    except EngineError as error:
        refusal = error.message
    assert problem.grid.min() <= 0
    assert refusal.startswith("option a")
    return reject()


def assert_alike(found: Any, expected: Any) -> None:
    """Compare but for rounding."""
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


# The table


def test_every_weighting_file_is_in_the_table() -> None:
    """Each file of the weightings' folder gives at least one line of the table, and the table names no other file."""
    files = {found.name for found in pkgutil.iter_modules(weightings.__path__)}
    assert files
    assert files == {weighting.location.split(":")[0] for weighting in WEIGHTINGS.values()}


@BY_NAME
def test_a_table_line_agrees_with_its_function(weighting: Weighting) -> None:
    """A weighting's function is there, documented and cited, and takes what the table says, with its defaults."""
    signature = inspect.signature(weighting.function)
    subject, *taken = signature.parameters.values()
    assert subject.name == ("matrix" if weighting.needs == "data" else "criteria")
    assert [word.name for word in taken if word.default is inspect.Parameter.empty] == [
        judgement.name for judgement in weighting.judgements
    ]
    defaults = {word.name: word.default for word in taken if word.default is not inspect.Parameter.empty}
    assert defaults == {parameter.keyword: parameter.setting(parameter.default) for parameter in weighting.parameters}
    assert "References\n" in (weighting.function.__doc__ or "")
    assert inspect.getdoc(sys.modules[weighting.function.__module__])
    assert weighting.reference
    assert weighting.title
    assert bool(weighting.judgements) == (weighting.needs == "judgements")


def test_reading_the_table_costs_no_numpy() -> None:
    """The names and parameters of all weightings are there without importing numpy or any weighting."""
    program = "import sys, policyopts.engine.weightings as w; print(len(w.WEIGHTINGS), 'numpy' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.split() == [str(len(WEIGHTINGS)), "False"]


@pytest.mark.parametrize(("given", "taken"), [("yes", True), ("no", False), (True, True), (False, False)])
def test_a_flag_is_a_word_or_a_bool(given: object, taken: bool) -> None:  # noqa: FBT001 - what is tested
    """A parameter that is on or off takes yes and no, and in Python a bool."""
    assert Flag("absolute_correlation", "").setting(given) is taken


def test_a_flag_takes_nothing_else() -> None:
    """A parameter that is on or off refuses other words and numbers."""
    for value in ("true", 1, None):
        with pytest.raises(EngineError, match="absolute_correlation is one of no, yes; not"):
            Flag("absolute_correlation", "").setting(value)


# Asking for weights


def test_weights_are_public() -> None:
    """`policyopts.weights` and `policyopts.Weights` are the engine's."""
    assert po.weights is weights
    assert po.Weights is Weights
    assert {"weights", "Weights"} <= set(po.__all__)


def test_weights_carry_what_they_were_made_from() -> None:
    """The result names its weighting, the criteria, and what was given; and nothing of it can be replaced."""
    found = weights(["a", "b"], "ahp", judgements={"a/b": 3})
    assert (found.method, found.criteria) == ("ahp", ("a", "b"))
    assert found.parameters == {"prioritisation": "eigenvector", "judgements": {"a/b": 3}}
    assert found.weights.tolist() == pytest.approx([0.75, 0.25])
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.method = "bwm"  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        found.weights[0] = 1.0


def test_judgements_need_no_matrix_and_take_one() -> None:
    """Judgements can be weighed for criteria alone, or for those of a matrix."""
    matrix = DecisionMatrix([[1.0, 2.0]], [1, 1], ["max", "min"], criteria=["a", "b"])
    for subject in (matrix, ["a", "b"], ("a", "b")):
        assert weights(subject, "swing", points={"b": 100, "a": 25}).weights.tolist() == [0.2, 0.8]


def test_the_direct_weights_of_a_matrix_are_its_own() -> None:
    """Direct rating of a matrix gives the weights that it was built with, unless other numbers are given."""
    matrix = DecisionMatrix([[1.0, 2.0]], [30, 10], ["max", "min"])
    assert weights(matrix, "direct").weights.tolist() == [0.75, 0.25]
    assert weights(matrix, "direct", numbers=[1, 4]).weights.tolist() == [0.2, 0.8]


@pytest.mark.parametrize(
    ("method", "given", "message", "hint"),
    [
        ("entorpy", {}, "there is no weighting 'entorpy'", "did you mean 'entropy'?"),
        ("ahp", {"judgments": {}}, "ahp has no parameter 'judgments'", "did you mean 'judgements'?"),
        ("ahp", {}, "ahp needs judgements: for pairs of criteria, how many times more the first one matters", ""),
        ("direct", {}, "direct needs numbers: any number from 0 up for each criterion", ""),
        (
            "ahp",
            {"judgements": {}, "prioritisation": "geometric"},
            "ahp: prioritisation is one of eigenvector, geometric-mean, column-mean; not 'geometric'",
            "did you mean 'geometric-mean'?",
        ),
        ("critic", {}, "critic looks at the data: give it a decision matrix, not only the criteria", ""),
    ],
)
def test_what_cannot_be_weighed_is_refused(method: str, given: dict[str, Any], message: str, hint: str) -> None:
    """Unknown weightings, parameters and choices are refused with the nearest; missing judgements with their use."""
    with pytest.raises(EngineError) as refusal:
        weights(["a", "b"], method, **given)
    assert (refusal.value.message, refusal.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        ([], "a list of one id or more"),
        ("cost", "a list of one id or more"),
        (["a", "b", "a"], "'a' stands there twice"),
    ],
)
def test_criteria_are_a_list_of_different_ids(criteria: Any, message: str) -> None:
    """No criteria, a bare text, and an id that stands there twice are refused."""
    with pytest.raises(EngineError, match=message):
        weights(criteria, "equal")


# Weightings by data


def test_the_suite_sees_every_weighting_by_data() -> None:
    """Every weighting that looks at the data is among the cases with its defaults."""
    by_data = {name for name, weighting in WEIGHTINGS.items() if weighting.needs == "data"}
    assert {case.method for case in CASES if not case.settings} == by_data
    assert len(by_data) > 0


@every_case()
@given(problem=problems())
def test_weights_are_shares_of_one(case: Case, problem: Problem) -> None:
    """Whatever the units and constant columns, weights are finite, 0 or more, and sum to 1, and details are finite."""
    found = weights_of(case, problem)
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)
    for detail in weights(problem.matrix(), case.method, **case.settings).details.values():
        assert isinstance(detail, np.ndarray)
        assert detail.shape == problem.units.shape
        assert np.isfinite(detail).all()


@every_case()
@given(problem=problems())
def test_only_a_criterion_that_varies_weighs(case: Case, problem: Problem) -> None:
    """A criterion on which all options are alike weighs nothing, unless that holds of all: then all weigh the same."""
    found = weights_of(case, problem)
    constant = np.ptp(problem.grid, axis=0) == 0
    if constant.all():
        assert_alike(found, 1 / len(constant))
    else:
        assert (found[constant] == 0).all()


@every_case("inertness")
@given(problem=problems(), height=st.integers(1, TOP), direction=st.sampled_from([1.0, -1.0]))
def test_a_constant_criterion_leaves_the_others_alone(
    case: Case, problem: Problem, height: int, direction: float
) -> None:
    """Listing a criterion on which all options are alike changes no other weight, where another one varies."""
    before = weights_of(case, problem)
    more = Problem(
        np.column_stack([problem.grid, np.full(len(problem.grid), height)]),
        np.append(problem.units, 1.0),
        np.append(problem.directions, direction),
    )
    if np.ptp(problem.grid, axis=0).any():
        assert_alike(weights_of(case, more)[:-1], before)


@every_case()
@given(problem=problems(), seed=seeds)
def test_the_order_of_criteria_and_options_does_not_matter(case: Case, problem: Problem, seed: int) -> None:
    """Listing criteria or options in another order gives each criterion the same weight."""
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(problem.grid.shape[0]), rng.permutation(problem.grid.shape[1])
    turned = Problem(problem.grid[rows][:, columns], problem.units[columns], problem.directions[columns])
    assert_alike(weights_of(case, turned), weights_of(case, problem)[columns])


@every_case("units")
@given(problem=problems(), factor=st.sampled_from([1e-3, 0.3, 7.0, 1e6]))
def test_units_do_not_matter(case: Case, problem: Problem, factor: float) -> None:
    """Putting one criterion into another unit changes no weight."""
    units = problem.units.copy()
    units[0] *= factor
    assert_alike(weights_of(case, replace(problem, units=units)), weights_of(case, problem))


@every_case()
@given(problem=problems())
def test_listing_every_option_twice_changes_no_weight(case: Case, problem: Problem) -> None:
    """Weights depend on how performances are spread, not on how many options there are."""
    twice = replace(problem, grid=np.concatenate([problem.grid, problem.grid]))
    assert_alike(weights_of(case, twice), weights_of(case, problem))


@every_case()
@given(seed=seeds)
def test_samples_are_weighed_as_one_by_one(case: Case, seed: int) -> None:
    """Samples of performances in one call give what each of them gives alone."""
    rng = np.random.default_rng(seed)
    values = rng.integers(1, 4, (2, 3, 4, 3)).astype(np.float64)
    directions = rng.choice([1.0, -1.0], 3)
    together = weights(DecisionMatrix(values, [1, 1, 1], directions), case.method, **case.settings)
    assert together.weights.shape == (2, 3, 3)
    for sample in np.ndindex(2, 3):
        alone = weights(DecisionMatrix(values[sample], [1, 1, 1], directions), case.method, **case.settings)
        assert_alike(together.weights[sample], alone.weights)
        for name, detail in alone.details.items():
            assert_alike(np.asarray(together.details[name])[sample], detail)


@every_case()
def test_options_beyond_one_block_are_weighed_together(case: Case) -> None:
    """A set of options larger than the blocks it is worked in weighs as the smaller set that it repeats."""
    few = np.random.default_rng(0).integers(1, TOP + 1, (BLOCK // 2 + 1, 3)).astype(np.float64)
    small = DecisionMatrix(few, [1, 1, 1], ["max", "min", "max"])
    large = DecisionMatrix(np.concatenate([few, few]), [1, 1, 1], ["max", "min", "max"])
    found, expected = (weights(matrix, case.method, **case.settings).weights for matrix in (large, small))
    assert_alike(found, expected)


@every_case()
@pytest.mark.parametrize("figure", [0.0, -3.0])
@pytest.mark.parametrize("direction", ["max", "min"])
def test_an_unfit_performance_is_named_together_with_a_way_out(case: Case, figure: float, direction: Any) -> None:
    """A zero or negative performance is weighed, or refused by its cell with the name of what can take it."""
    matrix = DecisionMatrix([[1.0, 2.0], [1.0, figure], [3.0, 4.0]], [1, 1], ["max", direction])
    try:
        found = weights(matrix, case.method, **case.settings).weights
    except EngineError as error:
        refusal = error.message
        assert refusal.startswith(f"option a2, criterion c2: {figure:g} is ")
        assert "'critic'" in refusal
    else:
        assert np.isfinite(found).all()


# Weightings by judgement


def judgements_for(method: str, criteria: list[str], rng: np.random.Generator) -> dict[str, Any]:
    """Draw judgements of the criteria, as someone might give them."""
    count = len(criteria)
    ratios = rng.integers(1, 10, (count, count)).astype(np.float64)
    if method in {"direct", "swing"}:
        return {WEIGHTINGS[method].judgements[0].name: dict(zip(criteria, rng.integers(1, 101, count), strict=True))}
    if method == "ahp":
        return {
            "judgements": {
                (one, other): float(ratios[i, j] ** rng.choice([1, -1]))
                for i, one in enumerate(criteria)
                for j, other in enumerate(criteria[:i])
            }
        }
    if method == "bwm":
        best, *others, worst = rng.permutation(criteria).tolist() if count > 1 else criteria * 2
        return {
            "best": best,
            "worst": worst,
            "best_to_others": dict(zip([*others, worst], [*ratios[0, : len(others)], 9.0], strict=True))
            if count > 1
            else {},
            "others_to_worst": dict(zip(others, ratios[-1], strict=False)),
        }
    order = rng.permutation(criteria).tolist()
    return {"order": [order[:1], *order[1:3], order[3:]]}


@BY_JUDGEMENT
@given(count=st.integers(1, 7), seed=seeds)
def test_judged_weights_are_shares_of_one(method: str, count: int, seed: int) -> None:
    """Whatever the judgements, weights are finite, above 0, and sum to 1; a single criterion has all."""
    criteria = [f"c{number}" for number in range(1, count + 1)]
    found = weights(criteria, method, **judgements_for(method, criteria, np.random.default_rng(seed)))
    assert (found.weights > 0).all()
    assert found.weights.sum() == pytest.approx(1)


@BY_JUDGEMENT
@given(count=st.integers(2, 7), seed=seeds)
def test_the_order_of_judged_criteria_does_not_matter(method: str, count: int, seed: int) -> None:
    """Listing the criteria in another order gives each the same weight."""
    rng = np.random.default_rng(seed)
    criteria = [f"c{number}" for number in range(1, count + 1)]
    given_judgements = judgements_for(method, criteria, rng)
    turned = rng.permutation(criteria).tolist()
    before, after = (weights(ids, method, **given_judgements).weights for ids in (criteria, turned))
    assert_alike(after, [before[criteria.index(criterion)] for criterion in turned])


def unknown(word: Any) -> Any:
    """Misspell the first criterion wherever it stands."""
    if isinstance(word, dict):
        return {unknown(key): unknown(value) for key, value in word.items()}
    if isinstance(word, list | tuple):
        return type(word)(map(unknown, word))
    return "speeed" if word == "speed" else word


@BY_JUDGEMENT
def test_a_judgement_of_an_unknown_criterion_is_refused(method: str) -> None:
    """A misspelt criterion in a judgement is refused, with the one that was meant."""
    criteria = ["speed", "cost", "reach"]
    judgements = unknown(judgements_for(method, criteria, np.random.default_rng(0)))
    with pytest.raises(EngineError, match="there is no criterion 'speeed'") as refusal:
        weights(criteria, method, **judgements)
    assert refusal.value.hint == "did you mean 'speed'?"


@BY_JUDGEMENT
def test_a_criterion_that_nothing_is_said_of_is_refused(method: str) -> None:
    """A criterion without any judgement is refused by its name."""
    judgements = judgements_for(method, ["speed", "cost", "reach"], np.random.default_rng(0))
    with pytest.raises(EngineError, match="'height'"):
        weights(["speed", "cost", "reach", "height"], method, **judgements)


def test_equal_weights_are_equal() -> None:
    """Every criterion gets the same share, of a matrix too."""
    assert weights(["a", "b", "c", "d"], "equal").weights.tolist() == [0.25] * 4
    assert weights(DecisionMatrix([[1.0, 2.0]], [9, 1], ["max", "min"]), "equal").weights.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("method", ["direct", "swing"])
@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"a": 1, "b": -1}, "the weight of 'b' is not a number from 0 up"),
        ({"a": 0, "b": 0}, "the weights are all zero"),
        ({"a": 1}, "nothing is given for 'b'"),
        ({"a": "much", "b": 1}, "not a number for each criterion"),
        ([1, 2, 3], r"2 are needed, one for each criterion, not the shape \(3,\)"),
        (5, r"2 are needed, one for each criterion, not the shape \(\)"),
    ],
)
def test_numbers_that_are_no_weights_are_refused(method: str, numbers: Any, message: str) -> None:
    """Negative numbers, all zeros, missing ones and no numbers are refused."""
    with pytest.raises(EngineError, match=message):
        weights(["a", "b"], method, **{WEIGHTINGS[method].judgements[0].name: numbers})


def test_rows_of_points_are_weighed_one_by_one() -> None:
    """Several people's points, a row each, become a row of weights each."""
    assert weights(["a", "b"], "swing", points=[[100, 100], [100, 25]]).weights.tolist() == [[0.5, 0.5], [0.8, 0.2]]


@pytest.mark.parametrize("method", ["rank-order-centroid", "rank-sum", "rank-reciprocal"])
def test_those_that_tie_share_the_mean(method: str) -> None:
    """Criteria that share a place get the mean of what its ranks would get, and the others what they had."""
    strict = weights(["a", "b", "c", "d"], method, order=["d", "a", "b", "c"]).weights
    tied = weights(["a", "b", "c", "d"], method, order=["d", ["a", "b"], "c"]).weights
    assert (np.diff(strict[[3, 0, 1, 2]]) < 0).all()
    assert_alike(tied, [strict[:2].mean()] * 2 + [strict[2], strict[3]])
    assert_alike(weights(["a", "b", "c"], method, order=[["a", "b", "c"]]).weights, 1 / 3)


def test_an_order_that_names_a_criterion_twice_is_refused() -> None:
    """A criterion that stands in the order twice is refused by name."""
    with pytest.raises(EngineError, match="order: 'a' stands there twice"):
        weights(["a", "b"], "rank-sum", order=["a", ["b", "a"]])
