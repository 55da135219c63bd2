from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine import pairs
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix, PreferenceFunction
from policyopts.engine.methods.promethee import FEW, promethee
from policyopts.engine.pairs import MOST_WRITTEN, PairTable
from policyopts.engine.ranking import rank

if TYPE_CHECKING:
    from policyopts.engine.steps import Step

Array = NDArray[np.float64]

FUNCTIONS: tuple[PreferenceFunction, ...] = get_args(PreferenceFunction)
seeds = st.integers(0, 2**32 - 1)


def preference(function: PreferenceFunction, d: Array, q: Array, p: Array, s: Array) -> Array:
    """Say how strongly a difference is preferred, as the method's authors define it; thresholds may be zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "usual": lambda: np.where(d > 0, 1.0, 0.0),
            "u-shape": lambda: np.where(d > q, 1.0, 0.0),
            "v-shape": lambda: np.where(d <= 0, 0.0, np.where(d >= p, 1.0, d / p)),
            "level": lambda: np.where(d <= q, 0.0, np.where(d <= p, 0.5, 1.0)),
            "linear": lambda: np.where(d <= q, 0.0, np.where(d >= p, 1.0, (d - q) / (p - q))),
            "gaussian": lambda: np.where(d <= 0, 0.0, np.where(s == 0, 1.0, 1 - np.exp(-(d**2) / (2 * s**2)))),
        }[function]()


def flows(values: Array, weights: Array, functions: list[PreferenceFunction], q: Array, p: Array, s: Array) -> Array:
    """Work both flows out pair by pair, higher figures being better; thresholds are one a criterion or one a cell."""
    result = np.zeros((2, len(values)))
    cells = [np.broadcast_to(threshold, values.shape) for threshold in (q, p, s)]
    for column, (function, weight) in enumerate(zip(functions, weights / weights.sum(), strict=True)):
        own = values[:, column]
        ends = [threshold[:, column, np.newaxis] for threshold in cells]
        preferences = weight * preference(function, own[:, np.newaxis] - own, *ends)
        result += preferences.sum(axis=1), preferences.sum(axis=0)
    return result / max(len(values) - 1, 1)


@given(
    seed=seeds, options=st.sampled_from([1, 2, 3, 11, FEW, FEW + 1, 150]), unit=st.sampled_from([1.0, 0.1, 1e-12, 1e12])
)
def test_flows_are_those_of_the_pairwise_definition(seed: int, options: int, unit: float) -> None:
    """For few options and for many, with ties, zero thresholds and costs, flows are those of all pairs to 1e-12."""
    rng = np.random.default_rng(seed)
    grid = rng.integers(-rng.integers(1, 40), rng.integers(1, 40), (options, 8)).astype(np.float64)
    functions = [FUNCTIONS[at] for at in rng.integers(0, 6, 8)]
    q, s = rng.integers(0, 5, (2, 8)).astype(np.float64)
    p = q + rng.integers(0, 6, 8)
    weights, signs = rng.integers(1, 9, 8).astype(np.float64), rng.choice([1.0, -1.0], 8)
    matrix = DecisionMatrix(
        grid * signs * unit,
        weights,
        signs,
        preference_functions=functions,
        indifference=q * unit,
        preference=p * unit,
        gaussian=s * unit,
    )
    details = promethee(matrix).details
    expected = flows(grid, weights, functions, q, p, s)
    np.testing.assert_allclose([details["phi_plus"], details["phi_minus"]], expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(details["phi"], expected[0] - expected[1], rtol=0, atol=1e-12)


@given(seed=seeds, options=st.sampled_from([4, FEW + 1]), function=st.sampled_from(FUNCTIONS))
def test_relative_thresholds_are_those_of_the_preferred_option(
    seed: int, options: int, function: PreferenceFunction
) -> None:
    """A threshold that differs from option to option is the one of the option that is preferred, down to zero."""
    rng = np.random.default_rng(seed)
    grid = rng.integers(0, 20, (options, 2)).astype(np.float64)
    q, p, s = 0.25 * grid, 0.5 * grid, 0.125 * grid
    matrix = DecisionMatrix(
        grid, [1, 2], ["max", "max"], preference_functions=[function] * 2, indifference=q, preference=p, gaussian=s
    )
    found = promethee(matrix).details
    expected = flows(grid, np.array([1.0, 2.0]), [function] * 2, q, p, s)
    np.testing.assert_allclose([found["phi_plus"], found["phi_minus"]], expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("options", [4, 200])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_samples_are_worked_out_one_by_one(options: int, function: PreferenceFunction) -> None:
    """Samples of performances, of weights, or of both give what each gives alone, thresholds of cells included."""
    rng = np.random.default_rng(7)
    values, weights = rng.integers(1, 30, (3, options, 4)) * 1.0, rng.integers(1, 9, (3, 4)) * 1.0
    kinds: dict[str, Any] = {"preference_functions": [function, "usual", function, "level"]}
    for cells in (np.array([2.0, 1.0, 0.0, 2.0]), values * 0.1):
        thresholds = {"indifference": cells, "preference": 3 * cells + 1, "gaussian": cells}
        both = promethee(DecisionMatrix(values, weights, ["max", "min"] * 2, **kinds, **thresholds))
        assert "relations" not in both.document
        for sample in range(3):
            own = {name: numbers[sample] if numbers.ndim == 3 else numbers for name, numbers in thresholds.items()}
            alone = promethee(DecisionMatrix(values[sample], weights[sample], ["max", "min"] * 2, **kinds, **own))
            np.testing.assert_allclose(both.scores[sample], alone.scores, rtol=0, atol=1e-14)
    shared = promethee(DecisionMatrix(values[0], weights, ["max", "min"] * 2))
    alone = promethee(DecisionMatrix(values[0], weights[1], ["max", "min"] * 2))
    np.testing.assert_allclose(shared.scores[1], alone.scores, rtol=0, atol=1e-14)


@pytest.mark.parametrize(
    ("thresholds", "function"),
    [
        ({}, "usual"),
        ({"indifference": [1]}, "u-shape"),
        ({"preference": [2]}, "v-shape"),
        ({"indifference": [1], "preference": [2]}, "linear"),
        ({"indifference": [1], "preference": [2], "veto": [3]}, "linear"),
        ({"veto": [3]}, "usual"),
        ({"gaussian": [1]}, "gaussian"),
    ],
)
def test_a_criterion_without_a_function_takes_the_one_its_thresholds_are_for(
    thresholds: dict[str, Any], function: str
) -> None:
    """The function follows from the thresholds, is usual without any, and is named in the document and the working."""
    steps: list[Step] = []
    result = promethee(DecisionMatrix([[1.0], [3.0]], [1], ["max"], **thresholds), steps=steps)
    assert result.document["preference_functions"] == {"c1": function}
    assert f"c1 {function}" in steps[0].caption


@pytest.mark.parametrize(
    ("function", "threshold"),
    [
        ("u-shape", "indifference"),
        ("v-shape", "preference"),
        ("level", "preference"),
        ("linear", "preference"),
        ("gaussian", "gaussian"),
    ],
)
def test_a_function_without_its_threshold_is_refused(function: PreferenceFunction, threshold: str) -> None:
    """A preference function that is named needs the threshold that makes it what it is."""
    matrix = DecisionMatrix([[1.0], [3.0]], [1], ["max"], preference_functions=[function])
    with pytest.raises(EngineError, match=f"^criterion c1: .* '{function}' needs a threshold: {threshold}$"):
        promethee(matrix)


def test_a_threshold_for_some_options_only_is_refused() -> None:
    """A criterion has a threshold for every option, or for none."""
    matrix = DecisionMatrix([[1.0], [3.0]], [1], ["max"], preference=[[1.0], [np.nan]])
    with pytest.raises(EngineError, match=r"^criterion c1: a threshold is given for every option, or for none$"):
        promethee(matrix)


@pytest.mark.parametrize("options", [2, 100])
@pytest.mark.parametrize("function", ["u-shape", "level", "linear", "v-shape"])
def test_rounding_lifts_no_difference_above_a_step(options: int, function: PreferenceFunction) -> None:
    """0.8 is 0.2 better than 0.6, and no more, although the difference of the two floats is larger than 0.2."""
    values = np.full((options, 1), 0.6)
    values[0] = 0.8
    low, high = (0.0, 0.0) if function == "v-shape" else (0.2, 0.2)
    matrix = DecisionMatrix(
        values, [1], ["max"], preference_functions=[function], indifference=[low], preference=[high]
    )
    assert promethee(matrix).scores[0] == (1.0 if function == "v-shape" else 0.0)


def test_relations_tell_preference_indifference_and_incomparability() -> None:
    """An option with no worse flow is preferred, equal flows are indifferent, and flows that disagree incomparable."""
    matrix = DecisionMatrix(
        [[9.0, 5.0], [9.0, 5.0], [6.0, 6.0], [0.0, 0.0]], [1, 1], ["max", "max"], indifference=[2, 2]
    )
    relations = promethee(matrix).document["relations"]
    assert isinstance(relations, PairTable)
    assert relations.table.tolist() == [["", "I", "P", "P"], ["I", "", "P", "P"], ["", "", "", "P"], ["", "", "", ""]]
    assert relations.tolist()["a1"] == {"a2": "I", "a3": "P", "a4": "P"}
    level = DecisionMatrix(
        [[10.0, 0.0], [5.0, 5.0], [4.0, 4.0]], [1, 1], ["max", "max"], preference_functions=["u-shape"] * 2,
        indifference=[4.5, 4.5],
    )  # fmt: skip
    found = promethee(level)
    assert found.details["phi_plus"].tolist() == [0.5, 0.25, 0.0]
    assert found.details["phi_minus"].tolist() == [0.25, 0.25, 0.25]
    disagreeing = DecisionMatrix([[2.0, 0.0], [1.0, 1.0], [1.0, 1.0]], [1, 1], ["max", "max"])
    table = promethee(disagreeing).document["relations"]
    assert isinstance(table, PairTable)
    assert table.tolist()["a1"] == {"a2": "R", "a3": "R"}


def test_relations_of_many_options_are_left_out_of_documents() -> None:
    """Above two hundred options a document says that it leaves the pairs out, and Python still has them."""
    values = np.arange(MOST_WRITTEN + 1.0)[:, np.newaxis]
    relations = promethee(DecisionMatrix(values, [1], ["max"])).document["relations"]
    assert isinstance(relations, PairTable)
    assert relations.tolist() == {"left_out": "40,401 pairs of 201 options; they are written out for up to 200 options"}
    assert "table" not in vars(relations)
    assert relations.table.shape == (201, 201)


def test_relations_that_do_not_fit_into_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million options are ranked, and their pairs are refused with what they would need."""
    monkeypatch.setattr(pairs, "free_memory", lambda: 2**34)
    relations = promethee(DecisionMatrix(np.zeros((10**6, 1)), [1], ["max"])).document["relations"]
    assert isinstance(relations, PairTable)
    with pytest.raises(
        EngineError, match=r"1,000,000,000,000 pairs, which need 37,252\.9 GiB of memory; 16\.0 GiB are"
    ):
        _ = relations.table


@pytest.mark.parametrize("options", [5, 100])
def test_net_flows_are_sums_of_contributions(options: int) -> None:
    """A net flow is the sum over the criteria of weight times the net flow on the criterion alone."""
    rng = np.random.default_rng(3)
    matrix = DecisionMatrix(rng.random((options, 3)), [1, 2, 3], ["max", "min", "max"], preference=[0.2, None, 0.5])
    result = promethee(matrix)
    assert result.contributions is not None
    contributions = result.contributions()
    np.testing.assert_allclose(contributions.sum(axis=-1), result.scores, rtol=0, atol=1e-14)
    alone = promethee(DecisionMatrix(matrix.values[:, :1], [1], ["max"], preference=[0.2]))
    np.testing.assert_allclose(contributions[:, 0], alone.scores / 6, rtol=0, atol=1e-14)


def test_the_working_goes_from_criteria_to_net_flows() -> None:
    """The steps are the flows on each criterion, the weights, the weighted net flows and the three flows."""
    steps: list[Step] = []
    promethee(DecisionMatrix([[1.0, 8.0], [2.0, 4.0], [3.0, 4.0]], [1, 3], ["max", "min"]), steps=steps)
    assert [step.symbol for step in steps] == ["φ⁺ⱼ", "φ⁻ⱼ", "w", "w·φⱼ", "φ⁺", "φ⁻", "φ"]
    assert steps[0].table.tolist() == [[0.0, 0.0], [0.5, 0.5], [1.0, 0.5]]
    assert steps[-1].table.tolist() == [-1.0, 0.375, 0.625]


def test_an_option_less_can_reorder_the_others() -> None:
    """As the table declares: what the second and third options lead by hangs on the first."""
    values = np.array([[1.0, 3.0], [2.0, 4.0], [3.0, 2.0], [1.0, 1.0]])
    assert rank(DecisionMatrix(values, [3, 2], ["max", "max"]), "promethee").ranks.tolist() == [3, 1, 2, 4]
    assert rank(DecisionMatrix(values[1:], [3, 2], ["max", "max"]), "promethee").ranks.tolist() == [2, 1, 3]


def test_one_option_has_no_flow() -> None:
    """A single option has the flows 0 and ranks first."""
    ranking = rank(DecisionMatrix([[1.0, 2.0]], [1, 1], ["max", "min"]), "promethee")
    assert (ranking.scores.tolist(), ranking.ranks.tolist()) == ([0.0], [1])


@pytest.mark.parametrize("options", [3, 100])
def test_a_criterion_that_only_rounding_tells_apart_is_inert(options: int) -> None:
    """Where all figures of a criterion agree but for rounding, no option is better on it."""
    values = np.full((options, 2), 0.3)
    values[0] = [0.1 + 0.2, 0.1]
    values[1:, 1] = 0.2
    ranking = rank(DecisionMatrix(values, [1, 1], ["max", "max"]), "promethee")
    assert ranking.ranks.tolist() == [options] + [1] * (options - 1)
