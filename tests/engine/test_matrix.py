from dataclasses import FrozenInstanceError
from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.arrays import BLOCK, LARGEST
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.findings import PolicyOptsError

VALUES = [[1.0, 20.0], [3.0, 10.0], [2.0, 30.0]]
sizes = st.floats(0, LARGEST)


def matrix(**changes: Any) -> DecisionMatrix:
    """Build a matrix of three options and two criteria, with some arguments changed."""
    given: dict[str, Any] = {"values": VALUES, "weights": [1, 3], "directions": ["max", "min"]}
    return DecisionMatrix(**(given | changes))


def test_ids_are_numbered_unless_given() -> None:
    """Options are a1, a2, … and criteria c1, c2, … where nobody names them."""
    assert matrix().options == ("a1", "a2", "a3")
    assert matrix().criteria == ("c1", "c2")
    assert matrix(options=["x", "y", "z"]).options == ("x", "y", "z")
    assert matrix(criteria=["cost", "time"]).criteria == ("cost", "time")


def test_weights_become_shares_of_the_whole() -> None:
    """Weights are divided by their sum."""
    assert matrix().weights.tolist() == [0.25, 0.75]


@given(weights=st.lists(sizes, min_size=2, max_size=2).filter(any))
def test_shares_stay_between_zero_and_one(weights: list[float]) -> None:
    """Whatever the size of the weights, shares lie between 0 and 1 and sum to 1."""
    shares = matrix(weights=weights).weights
    assert shares.min() >= 0
    assert shares.max() <= 1
    assert shares.sum() == pytest.approx(1)


def test_directions_are_signs() -> None:
    """Directions are kept as +1 and -1, however they are given."""
    assert matrix().directions.tolist() == [1.0, -1.0]
    assert matrix(directions=np.array([-1, 1])).directions.tolist() == [-1.0, 1.0]


def test_the_range_of_the_options_is_known() -> None:
    """The lowest and highest performance of each criterion are kept, sample by sample."""
    assert matrix().lowest.tolist() == [[1.0, 10.0]]
    assert matrix(values=[VALUES, [[5.0, 5.0]] * 3]).highest.tolist() == [[[3.0, 30.0]], [[5.0, 5.0]]]


def test_the_range_spans_all_blocks_of_options() -> None:
    """The lowest and highest performance are found wherever they stand among many options."""
    many = np.full((3 * BLOCK, 2), 5.0)
    many[2 * BLOCK] = [1.0, 9.0]
    found = matrix(values=many)
    assert (found.lowest.tolist(), found.highest.tolist()) == ([[1.0, 5.0]], [[5.0, 9.0]])


def test_values_follow_scales_and_else_the_range_of_the_options() -> None:
    """A criterion with a scale is valued on it in its direction, one without on the options' range."""
    scaled = matrix(lower=[0, None], upper=[4, None]).scaled
    assert scaled.tolist() == [[0.25, 0.5], [0.75, 1.0], [0.5, 0.0]]
    assert matrix(lower=[nan, 0], upper=[nan, 40]).scaled.tolist() == [[0.0, 0.5], [1.0, 0.75], [0.5, 0.25]]


def test_given_values_are_kept() -> None:
    """Values that come from value functions are taken as they are."""
    values = [[0.1, 0.2], [0.9, 1.0], [0.0, 0.5]]
    assert matrix(scaled=values).scaled.tolist() == values


def test_values_of_a_constant_criterion_are_zero() -> None:
    """Without a scale, a criterion on which all options are alike, or alike but for rounding, is 0 for all."""
    values = [[5.0, 0.1 + 0.2], [5.0, 0.3]]
    assert matrix(values=values).scaled.tolist() == [[0.0, 0.0], [0.0, 0.0]]


def test_figures_that_differ_in_the_twelfth_digit_are_not_constant() -> None:
    """A small difference between large figures still tells options apart."""
    assert matrix(values=[[1e12, 1.0], [1e12 + 1, 1.0]]).scaled[:, 0].tolist() == [0.0, 1.0]


def test_what_is_not_given_is_nan_or_none() -> None:
    """Scales and thresholds that nobody gives are NaN, preference functions None."""
    bare = matrix()
    for row in (bare.lower, bare.upper, bare.indifference, bare.preference, bare.veto, bare.gaussian):
        assert np.isnan(row).tolist() == [True, True]
    assert bare.preference_functions == (None, None)


def test_thresholds_and_preference_functions_are_kept() -> None:
    """What the outranking methods ask of each criterion is kept, with NaN where a criterion has none."""
    full = matrix(indifference=[1, None], preference=[2, 5], veto=[2, nan], preference_functions=["linear", None])
    assert full.preference.tolist() == [2.0, 5.0]
    assert np.isnan(full.veto).tolist() == [False, True]
    assert full.preference_functions == ("linear", None)


def test_thresholds_may_differ_from_option_to_option() -> None:
    """A threshold may be given for each cell, beside others that are given for each criterion."""
    full = matrix(indifference=np.abs(VALUES) * 0.1, preference=[2, 5])
    assert full.indifference.tolist() == [[0.1, 2.0], [0.30000000000000004, 1.0], [0.2, 3.0]]
    assert full.preference.tolist() == [2.0, 5.0]
    samples = matrix(values=[VALUES, VALUES], veto=[VALUES, VALUES])
    assert samples.veto.shape == (2, 3, 2)


def test_a_matrix_is_frozen() -> None:
    """Neither an attribute nor a cell of a matrix can be replaced or deleted."""
    built = matrix(values=np.array(VALUES))
    with pytest.raises(FrozenInstanceError):
        built.weights = np.array([1.0, 0.0])
    with pytest.raises(FrozenInstanceError):
        del built.weights
    for array in (built.values, built.weights, built.directions, built.scaled, built.lower):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_the_makers_array_stays_writable() -> None:
    """Building a matrix does not lock the array that it was built from."""
    values = np.array(VALUES)
    matrix(values=values)
    values[0, 0] = 9.0


def test_other_weights_change_nothing_else() -> None:
    """The same matrix under other weights has new shares and all else as before."""
    before = matrix(options=["x", "y", "z"], lower=[0, 0], upper=[4, 40])
    after = before.with_weights([[1, 1], [4, 0]])
    assert after.weights.tolist() == [[0.5, 0.5], [1.0, 0.0]]
    assert before.weights.tolist() == [0.25, 0.75]
    assert after.options == before.options
    assert after.scaled.tolist() == before.scaled.tolist()


def test_a_matrix_shows_its_size() -> None:
    """A matrix at the prompt shows its shape and criteria, not all its numbers."""
    assert repr(matrix()) == "<DecisionMatrix of the shape (3, 2), criteria c1, c2>"


@pytest.mark.parametrize("figure", [nan, inf, -inf, 1e101])
def test_a_figure_that_is_no_number_is_named(figure: float) -> None:
    """NaN, infinity and figures beyond all measure are refused by option and criterion."""
    values = [[1.0, 2.0], [figure, 3.0]]
    with pytest.raises(EngineError, match=r"^option short-cut, criterion cost: .* is not a number from -1e\+100"):
        matrix(values=values, options=["long-way", "short-cut"], criteria=["cost", "time"])


@pytest.mark.parametrize(("weight", "printed"), [(-1, "-1"), (nan, "nan"), (inf, "inf"), (1e101, "1e+101")])
def test_an_unfit_weight_is_named(weight: float, printed: str) -> None:
    """A weight that is negative or no number is refused by criterion."""
    with pytest.raises(EngineError) as refusal:
        matrix(weights=[1, weight])
    assert refusal.value.message == f"criterion c2: the weight {printed} is not a number from 0 up"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"values": [1.0, 2.0]}, r"values: a table of options by criteria is needed, not the shape \(2,\)"),
        ({"values": []}, "values: a table of options by criteria is needed"),
        ({"values": [[1.0, "high"]]}, "values: not an array of numbers"),
        ({"values": [[1.0, 2.0], [3.0]]}, "values: not an array of numbers"),
        ({"values": [[1.0, 10**400]]}, "values: not an array of numbers"),
        ({"weights": [0, 0]}, "weights: all are zero"),
        ({"weights": [[1, 1], [0, 0]]}, "weights: all are zero"),
        ({"weights": [1]}, "weights: 2 are needed, one for each criterion"),
        ({"weights": 1}, "weights: 2 are needed, one for each criterion"),
        ({"values": [VALUES] * 4, "weights": [[1, 1]] * 3}, r"weights: the samples \(3,\) are not those"),
        ({"directions": ["max"]}, "directions: 2 are needed, one for each criterion"),
        ({"directions": ["max", "less"]}, "criterion c2: the direction 'less' is neither 'max' nor 'min'"),
        ({"options": ["a", "b"]}, "options: 3 ids are needed, not 2"),
        ({"options": ["a", "b", "a"]}, "options: the id 'a' stands there twice"),
        ({"criteria": ["c", "c"]}, "criteria: the id 'c' stands there twice"),
        ({"lower": [0, 0]}, "criterion c1: a scale's ends are two numbers, the lower first, not 0 and nan"),
        ({"lower": [5, 0], "upper": [5, 40]}, "criterion c1: a scale's ends are two numbers"),
        ({"lower": [0, 0], "upper": [4, inf]}, "criterion c2: a scale's ends are two numbers"),
        ({"lower": [0, 0], "upper": [4, 25]}, "option a3, criterion c2: 30 is off the criterion's scale"),
        ({"lower": [2, 0], "upper": [4, 30]}, "option a1, criterion c1: 1 is off the criterion's scale"),
        ({"lower": [0]}, "lower: 2 are needed, one for each criterion"),
        ({"indifference": [1, -1]}, "criterion c2: thresholds are numbers from 0 up"),
        ({"gaussian": [1, -1]}, "criterion c2: thresholds are numbers from 0 up"),
        ({"veto": [inf, 1]}, "criterion c1: thresholds are numbers from 0 up"),
        (
            {"indifference": [3, 0], "preference": [2, 0]},
            "criterion c1: thresholds are indifference ≤ preference ≤ veto",
        ),
        ({"indifference": [0, 3], "veto": [0, 2]}, "criterion c2: thresholds are indifference ≤ preference ≤ veto"),
        ({"veto": [[1, 2], [3, -4], [5, 6]]}, "option a2, criterion c2: thresholds are numbers from 0 up"),
        (
            {"indifference": [2, 2], "preference": VALUES},
            "option a1, criterion c1: thresholds are indifference ≤ preference ≤ veto",
        ),
        ({"veto": [[1, 2]]}, r"veto: one for each criterion, or one for each cell \(3, 2\), not the shape \(1, 2\)"),
        ({"preference_functions": ["usual"]}, "preference_functions: 2 are needed"),
        ({"preference_functions": ["usual", "linaer"]}, "criterion c2: there is no preference function 'linaer'"),
        ({"scaled": [[0.1, 0.2]]}, r"scaled: the values' shape \(3, 2\) is needed"),
        ({"scaled": [[0, 0], [1, 1], [1, 1.5]]}, "option a3, criterion c2: 30 has a scaled value that is not between"),
        ({"scaled": [[0, 0], [1, nan], [1, 1]]}, "option a2, criterion c2: 10 has a scaled value that is not between"),
    ],
)
def test_what_cannot_be_reckoned_with_is_named(changes: dict[str, Any], message: str) -> None:
    """Each way in which a matrix can be wrong is told in a sentence that names the place."""
    with pytest.raises(EngineError, match=f"^{message}"):
        matrix(**changes)


def test_engine_errors_are_told_to_the_user() -> None:
    """An error of the engine is one that a user may be told, and a ValueError to Python."""
    assert issubclass(EngineError, PolicyOptsError)
    assert issubclass(EngineError, ValueError)
