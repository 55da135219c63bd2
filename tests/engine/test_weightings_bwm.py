from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.errors import EngineError
from policyopts.engine.weightings.best_worst import best_worst

Array = NDArray[np.float64]

BY_MODEL = pytest.mark.parametrize("model", ["linear", "nonlinear"])


def ids(count: int) -> list[str]:
    """Name criteria, the first being the best and the last the worst."""
    return [f"c{number}" for number in range(1, count + 1)]


@st.composite
def answers(draw: st.DrawFn) -> tuple[Array, Array]:
    """Draw ratios of the best to all and of all to the worst."""
    count, whole = draw(st.integers(2, 7)), draw(st.integers(1, 9))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    best_to, to_worst = rng.integers(1, whole + 1, (2, count)).astype(np.float64)
    best_to[[0, -1]], to_worst[[0, -1]] = (1, whole), (whole, 1)
    return best_to, to_worst


def weigh(best_to: Any, to_worst: Any, model: Any = "linear") -> Any:
    """Weigh criteria of which the first is the best and the last the worst."""
    criteria = ids(len(best_to))
    return best_worst(
        criteria, best=criteria[0], worst=criteria[-1], best_to_others=best_to, others_to_worst=to_worst, model=model
    )


def misses(weights: Array, best_to: Array, to_worst: Array, model: str) -> Array:
    """Work out by how much weights (…, criteria) miss their worst-met judgement."""
    best, worst = weights[..., :1], weights[..., -1:]
    if model == "linear":
        apart = [best - best_to * weights, weights - to_worst * worst]
    else:
        apart = [best / weights - best_to, weights / worst - to_worst]
    found: Array = np.abs(np.concatenate(apart, axis=-1)).max(axis=-1)
    return found


@given(answers())
def test_linear_weights_miss_the_worst_met_judgement_by_xi(given_answers: tuple[Array, Array]) -> None:
    """The greatest difference between the two sides of a judgement is xi."""
    result = weigh(*given_answers)
    assert misses(result.weights, *given_answers, "linear") == pytest.approx(result.details["xi"], abs=1e-12)


@BY_MODEL
@given(given_answers=answers(), seed=st.integers(0, 2**32 - 1))
def test_no_other_weights_miss_it_by_less(model: str, given_answers: tuple[Array, Array], seed: int) -> None:
    """Weights near and far from the result miss some judgement by xi or more."""
    result = weigh(*given_answers, model)
    rng = np.random.default_rng(seed)
    sizes = np.repeat([0.001, 0.01, 0.1, 1.0], 25)[:, np.newaxis]
    near = result.weights * np.exp(sizes * rng.standard_normal((100, len(result.weights))))
    others = near / near.sum(axis=-1, keepdims=True)
    assert (misses(others, *given_answers, model) >= result.details["xi"] - 1e-12).all()


@given(answers())
def test_the_linear_model_has_one_solution(given_answers: tuple[Array, Array]) -> None:
    """The linear model's intervals have no width: its weights are at both ends."""
    result = weigh(*given_answers)
    np.testing.assert_allclose(result.details["intervals"], np.column_stack([result.weights] * 2), rtol=1e-12)


@given(answers())
def test_nonlinear_intervals_are_reached_by_the_best_weights(given_answers: tuple[Array, Array]) -> None:
    """Each end of an interval is the weight in a solution that misses no judgement by more than xi."""
    best_to, to_worst = given_answers
    result = weigh(best_to, to_worst, "nonlinear")
    xi, intervals = result.details["xi"], result.details["intervals"]
    assert (intervals[:, 0] <= intervals[:, 1]).all()
    whole = intervals[0, 0] / intervals[-1, 0]
    ends = np.ones((2, len(best_to)))  # in units of the worst one's weight, from low to high
    ends[:, 0] = whole
    slack = np.where(best_to > xi, best_to - xi, 1e-300)
    ends[0, 1:-1] = np.maximum(whole / (best_to + xi), to_worst - xi)[1:-1]
    ends[1, 1:-1] = np.minimum(whole / slack, to_worst + xi)[1:-1]
    for place in range(len(best_to)):
        for end in (0, 1):
            weights = ends[1 - end].copy()
            weights[place] = ends[end, place]
            weights /= weights.sum()
            assert misses(weights, best_to, to_worst, "nonlinear") <= xi + 1e-9
            assert intervals[place, end] == pytest.approx(weights[place])


@given(answers())
def test_nonlinear_weights_are_the_middles_of_their_intervals(given_answers: tuple[Array, Array]) -> None:
    """The nonlinear model's weights are the middles of the intervals, brought to the sum of 1."""
    result = weigh(*given_answers, "nonlinear")
    middles = result.details["intervals"].mean(axis=1)
    np.testing.assert_allclose(result.weights, middles / middles.sum(), rtol=1e-12)


@BY_MODEL
@given(ratios=st.lists(st.sampled_from([1.0, 2.0, 3.0]), min_size=1, max_size=5))
def test_answers_that_fit_together_give_their_weights(model: str, ratios: list[float]) -> None:
    """Where all answers are ratios of some weights, these come out, with xi and the consistency ratio at 0."""
    weights = np.cumprod([1.0, *ratios])[::-1]
    result = weigh(weights[0] / weights, weights / weights[-1], model)
    np.testing.assert_allclose(result.weights, weights / weights.sum(), rtol=1e-12)
    assert result.details["xi"] == pytest.approx(0, abs=1e-12)
    assert result.details["consistency_ratio"] == pytest.approx(0, abs=1e-12)


@BY_MODEL
@pytest.mark.parametrize("whole", [2.0, 5.0, 9.0])
def test_the_worst_answers_have_a_consistency_ratio_of_one(model: str, whole: float) -> None:
    """A criterion that is said to be as far from the best as the worst is, and as far from the worst as the best."""
    result = weigh([1, whole, whole], [whole, whole, 1], model)
    assert result.details["consistency_ratio"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("whole", "index"), [(2, 0.44), (3, 1.00), (4, 1.63), (5, 2.30), (6, 3.00), (7, 3.73), (8, 4.47), (9, 5.23)]
)
def test_the_greatest_xi_is_the_published_consistency_index(whole: float, index: float) -> None:
    """The nonlinear model's greatest xi is the consistency index that Rezaei (2015) prints."""
    xi = weigh([1, whole, whole], [whole, whole, 1], "nonlinear").details["xi"]
    assert xi == pytest.approx(index, abs=0.005)


@given(answers())
def test_the_linear_consistency_ratio_is_input_based(given_answers: tuple[Array, Array]) -> None:
    """The ratio is the greatest |a_Bj·a_jW - a_BW| / (a_BW² - a_BW), and 0 where the best is the worst's equal."""
    best_to, to_worst = given_answers
    whole = best_to[-1]
    expected = np.abs(best_to * to_worst - whole)[1:-1].max(initial=0.0) / (whole**2 - whole) if whole > 1 else 0.0
    assert weigh(best_to, to_worst).details["consistency_ratio"] == pytest.approx(expected)


@BY_MODEL
def test_the_best_against_the_worst_belongs_in_either_or_is_left_out(model: Any) -> None:
    """How the best compares with the worst may be said on either side; unsaid, no consistency ratio can be told."""
    said: dict[str, Any] = {"best": "a", "worst": "c", "model": model}
    one = best_worst(["a", "b", "c"], **said, best_to_others={"b": 2, "c": 6}, others_to_worst={"b": 3})
    other = best_worst(["a", "b", "c"], **said, best_to_others={"b": 2}, others_to_worst={"a": 6, "b": 3})
    without = best_worst(["a", "b", "c"], **said, best_to_others={"b": 2}, others_to_worst={"b": 3})
    assert one.weights.tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert other.weights.tolist() == one.weights.tolist() == pytest.approx(without.weights.tolist())
    assert one.details["consistency_ratio"] == 0.0
    assert without.details["consistency_ratio"] is None


@BY_MODEL
def test_a_single_criterion_is_best_and_worst(model: Any) -> None:
    """A criterion alone has all the weight."""
    result = best_worst(["a"], best="a", worst="a", best_to_others={}, others_to_worst={}, model=model)
    assert result.weights.tolist() == [1.0]
    assert (result.details["xi"], result.details["consistency_ratio"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"best": "c"}, "best and worst are both 'c'"),
        (
            {"best_to_others": {"b": 2, "c": 7}, "others_to_worst": {"a": 8, "b": 3}},
            "'a' against 'c' is said to be 7 and 8",
        ),
        ({"best_to_others": {"c": 8}}, "best_to_others: nothing is given for 'b'"),
        ({"others_to_worst": {}}, "others_to_worst: nothing is given for 'b'"),
        ({"best_to_others": {"b": 0.5, "c": 8}}, "best_to_others: b: 0.5 is not a ratio from 1 up"),
        ({"others_to_worst": {"b": float("inf")}}, "others_to_worst: b: inf is not a ratio from 1 up"),
        ({"best_to_others": {"a": 2, "b": 2, "c": 8}}, "best_to_others: 'a' compared with itself is 1, not 2"),
        ({"best_to_others": {"b": 9, "c": 8}}, "best_to_others: b: 9 is more than the 8 of 'a' against 'c'"),
        ({"others_to_worst": {"b": 9}}, "others_to_worst: b: 9 is more than the 8 of 'a' against 'c'"),
        ({"best_to_others": [1, 2]}, r"best_to_others: 3 are needed, one for each criterion, not the shape \(2,\)"),
    ],
)
def test_what_is_no_answer_is_refused(change: dict[str, Any], message: str) -> None:
    """Answers that are missing, below 1, or against what is best and worst are refused by name."""
    said: dict[str, Any] = {
        "best": "a",
        "worst": "c",
        "best_to_others": {"b": 2, "c": 8},
        "others_to_worst": {"b": 3},
    }
    with pytest.raises(EngineError, match=message):
        best_worst(["a", "b", "c"], **(said | change))


def test_two_criteria_need_the_one_answer_that_there_is() -> None:
    """Between two criteria the best against the worst is the only answer, and cannot be left out."""
    result = best_worst(["a", "b"], best="a", worst="b", best_to_others={"b": 4}, others_to_worst={})
    assert result.weights.tolist() == pytest.approx([0.8, 0.2])
    with pytest.raises(EngineError, match="best_to_others: nothing is given for 'b'"):
        best_worst(["a", "b"], best="a", worst="b", best_to_others={}, others_to_worst={})
