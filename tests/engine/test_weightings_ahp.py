from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.errors import EngineError
from policyopts.engine.weightings.ahp import PRIORITISATIONS, RANDOM_INDEX, ahp

Array = NDArray[np.float64]

SCALE = np.array([1 / 9, 1 / 7, 1 / 5, 1 / 3, 1, 3, 5, 7, 9])
BY_PRIORITISATION = pytest.mark.parametrize("prioritisation", PRIORITISATIONS)


def ids(count: int) -> list[str]:
    """Name criteria."""
    return [f"c{number}" for number in range(1, count + 1)]


def reciprocal(upper: Array, count: int) -> Array:
    """Build a complete table from the judgements above its diagonal."""
    table = np.ones((count, count))
    table[np.triu_indices(count, 1)] = upper
    table.T[np.triu_indices(count, 1)] = 1 / upper
    return table


@st.composite
def tables(draw: st.DrawFn, *, incomplete: bool = False) -> Array:
    """Draw a table of judgements, one that is connected but with gaps where it is to be incomplete."""
    count = draw(st.integers(2, 7))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    table = reciprocal(rng.choice(SCALE, count * (count - 1) // 2), count)
    if incomplete:
        tree = {frozenset((place, int(rng.integers(place)))) for place in range(1, count)}
        for pair in combinations(range(count), 2):
            if frozenset(pair) not in tree and rng.random() < 0.5:
                table[pair] = table[pair[::-1]] = np.nan
    return table


def completed(table: Array, weights: Array) -> Array:
    """Fill the gaps with the ratios of weights."""
    return np.where(np.isnan(table), np.divide.outer(weights, weights), table)


@BY_PRIORITISATION
@given(ratios=st.lists(st.sampled_from([1.0, 2.0, 3.0, 5.0]), min_size=2, max_size=7))
def test_judgements_that_fit_together_give_their_weights(prioritisation: Any, ratios: list[float]) -> None:
    """Where all judgements are ratios of some weights, these come out, with a consistency ratio of 0 and no worst."""
    given_weights = np.cumprod(ratios) / np.cumprod(ratios).sum()
    table = np.divide.outer(given_weights, given_weights)
    result = ahp(ids(len(ratios)), judgements=table, prioritisation=prioritisation)
    np.testing.assert_allclose(result.weights, given_weights, rtol=1e-12)
    assert result.details["lambda_max"] == pytest.approx(len(ratios))
    assert result.details["consistency_ratio"] == pytest.approx(0, abs=1e-12)
    assert result.details["worst_judgement"] is None


@given(tables())
def test_the_eigenvector_is_the_principal_one(table: Array) -> None:
    """By default the weights are the table's principal eigenvector, and lambda its eigenvalue."""
    result = ahp(ids(len(table)), judgements=table)
    principal: Any = result.details["lambda_max"]
    np.testing.assert_allclose(table @ result.weights, principal * result.weights, rtol=1e-9)
    assert principal >= len(table) - 1e-12
    assert result.details["consistency_index"] == pytest.approx((principal - len(table)) / (len(table) - 1), abs=1e-12)


@given(tables())
def test_the_geometric_mean_is_that_of_rows(table: Array) -> None:
    """The geometric mean of a complete table is that of each row."""
    means = np.exp(np.log(table).mean(axis=1))
    result = ahp(ids(len(table)), judgements=table, prioritisation="geometric-mean")
    np.testing.assert_allclose(result.weights, means / means.sum(), rtol=1e-9)


@given(tables())
def test_the_column_mean_is_that_of_columns_divided_by_their_sums(table: Array) -> None:
    """The column mean of a complete table is the mean of its columns, each divided by its sum."""
    result = ahp(ids(len(table)), judgements=table, prioritisation="column-mean")
    np.testing.assert_allclose(result.weights, (table / table.sum(axis=0)).mean(axis=1), rtol=1e-9)


@given(tables(incomplete=True))
def test_an_incomplete_table_is_completed_by_its_own_eigenvector(table: Array) -> None:
    """With gaps filled by the ratios of the weights, the weights are the principal eigenvector (Harker)."""
    result = ahp(ids(len(table)), judgements=table)
    whole = completed(table, result.weights)
    principal: Any = result.details["lambda_max"]
    np.testing.assert_allclose(whole @ result.weights, principal * result.weights, rtol=1e-9)


@given(tables(incomplete=True))
def test_an_incomplete_geometric_mean_is_the_least_squares_of_logarithms(table: Array) -> None:
    """Only the judgements that are there count, and the sum of the squares by which their logarithms miss is least."""
    count = len(table)
    known = [pair for pair in combinations(range(count), 2) if not np.isnan(table[pair])]
    design = np.array([[(place == one) - (place == other) for place in range(count)] for one, other in known]) * 1.0
    logs = np.linalg.lstsq(design, np.log([table[pair] for pair in known]))[0]
    result = ahp(ids(count), judgements=table, prioritisation="geometric-mean")
    np.testing.assert_allclose(result.weights, np.exp(logs) / np.exp(logs).sum(), rtol=1e-9)


@given(tables(incomplete=True))
def test_an_incomplete_column_mean_is_completed_by_the_least_squares(table: Array) -> None:
    """For the column mean, gaps are filled with the ratios of the geometric-mean weights."""
    criteria = ids(len(table))
    whole = completed(table, ahp(criteria, judgements=table, prioritisation="geometric-mean").weights)
    result = ahp(criteria, judgements=table, prioritisation="column-mean")
    np.testing.assert_allclose(result.weights, (whole / whole.sum(axis=0)).mean(axis=1), rtol=1e-9)


@BY_PRIORITISATION
def test_a_chain_of_judgements_is_enough(prioritisation: Any) -> None:
    """Judgements that only just connect all criteria are met in full, and so cannot contradict each other."""
    result = ahp(["a", "b", "c"], judgements={"a/b": 2, "b/c": 4}, prioritisation=prioritisation)
    np.testing.assert_allclose(result.weights, np.array([8, 4, 1]) / 13)
    assert result.details["consistency_ratio"] == pytest.approx(0, abs=1e-12)


def test_judgements_come_by_pair_or_as_a_table() -> None:
    """A text with a slash, a pair of ids and a table with gaps say the same."""
    by_text = ahp(["a", "b", "c"], judgements={"a/b": 2, "c/b": 0.25})
    by_pair = ahp(["a", "b", "c"], judgements={("a", "b"): 2, ("c", "b"): 0.25})
    table = [[1, 2, np.nan], [np.nan, 1, np.nan], [np.nan, 0.25, np.nan]]
    assert by_text.weights.tolist() == by_pair.weights.tolist()
    assert ahp(["a", "b", "c"], judgements=table).weights.tolist() == by_text.weights.tolist()


def test_an_id_may_hold_a_slash() -> None:
    """A pair is cut at the slash that leaves two known ids."""
    result = ahp(["cost/benefit", "speed"], judgements={"cost/benefit/speed": 3})
    assert result.weights.tolist() == pytest.approx([0.75, 0.25])


def test_the_worst_judgement_is_the_one_that_was_turned() -> None:
    """Where one judgement does not fit the others, it is named, with what would fit; in the words that were used."""
    true = np.array([8.0, 4.0, 2.0, 1.0, 1.0])
    judgements = {f"c{i + 1}/c{j + 1}": true[i] / true[j] for i, j in combinations(range(5), 2)}
    judgements["c1/c3"] = 0.25
    del judgements["c2/c4"]
    judgements["c4/c2"] = 0.25
    result = ahp(ids(5), judgements=judgements)
    worst: Any = result.details["worst_judgement"]
    assert (worst["judgement"], worst["given"]) == ("c1/c3", 0.25)
    assert worst["fitting"] == pytest.approx(result.weights[0] / result.weights[2])
    assert result.details["consistency_ratio"] > 0.1  # type: ignore[operator]


def test_judgements_in_a_circle_show_in_the_consistency_ratio() -> None:
    """Judgements of which each contradicts the other two are no error; the ratio is far above 0.10."""
    result = ahp(["a", "b", "c"], judgements={"a/b": 3, "b/c": 3, "c/a": 3})
    np.testing.assert_allclose(result.weights, 1 / 3)
    assert result.details["consistency_ratio"] == pytest.approx((3 + 1 / 3 + 1 - 3) / 2 / 0.58)
    assert result.details["worst_judgement"]["judgement"] == "a/b"  # type: ignore[index]


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_criteria_cannot_be_inconsistent(count: int) -> None:
    """With one or two criteria there is nothing that judgements could contradict."""
    result = ahp(ids(count), judgements={} if count == 1 else {"c1/c2": 4})
    assert result.weights.tolist() == pytest.approx([1.0] if count == 1 else [0.8, 0.2])
    assert result.details == {
        "lambda_max": pytest.approx(count),
        "consistency_index": pytest.approx(0),
        "consistency_ratio": 0.0,
        "worst_judgement": None,
    }


@pytest.mark.parametrize("count", [3, 10, 11, 20, 30])
def test_the_random_index_is_the_mean_of_random_judgements(count: int) -> None:
    """The stored index is what random judgements come to on average; Saaty's figures, from fewer draws, are near it."""
    scale = np.concatenate([1 / np.arange(9, 1, -1), np.arange(1, 10)])
    rng = np.random.default_rng(1)
    draws = [reciprocal(rng.choice(scale, count * (count - 1) // 2), count) for _ in range(400)]
    indices = (np.linalg.eigvals(np.array(draws)).real.max(axis=-1) - count) / (count - 1)
    slack = 0.01 if count <= 10 else 0.0
    assert abs(indices.mean() - RANDOM_INDEX[count - 1]) < 4 * indices.std() / 20 + slack


def test_the_random_index_rises() -> None:
    """More criteria leave more room for contradiction; beyond the table its last figure stands in."""
    assert (np.diff(RANDOM_INDEX[1:]) > 0).all()
    table = reciprocal(np.random.default_rng(0).choice(SCALE, 31 * 15), 31)
    details: Any = ahp(ids(31), judgements=table).details
    assert details["consistency_ratio"] == pytest.approx(details["consistency_index"] / RANDOM_INDEX[-1])


@BY_PRIORITISATION
def test_no_size_of_ratio_spoils_a_weight(prioritisation: Any) -> None:
    """Weights a million million apart come out to the last digits."""
    result = ahp(["a", "b", "c"], judgements={"a/b": 1e6, "b/c": 1e6}, prioritisation=prioritisation)
    np.testing.assert_allclose(result.weights / result.weights[0], [1, 1e-6, 1e-12], rtol=1e-9)


def test_criteria_that_nothing_connects_are_refused() -> None:
    """Judgements that leave two groups apart are refused with the members of both."""
    with pytest.raises(EngineError, match=r"^no judgement connects 'a', 'c' with 'b', 'd'$") as refusal:
        ahp(["a", "b", "c", "d"], judgements={"a/c": 3, "b/d": 2})
    assert refusal.value.hint == "compare one of the former with one of the latter"


def test_a_pair_given_both_ways_must_be_reciprocal() -> None:
    """A pair given both ways is taken where one is the other's rounded reciprocal, and refused where it is not."""
    rounded = ahp(["a", "b"], judgements={"a/b": 0.33, "b/a": 3})
    assert rounded.weights.tolist() == pytest.approx([0.25, 0.75])
    with pytest.raises(EngineError, match=r"^the judgements a/b: 3 and b/a: 0\.5 contradict each other; give one of"):
        ahp(["a", "b"], judgements={"a/b": 3, "b/a": 0.5})
    with pytest.raises(EngineError, match=r"^the judgements c1/c2: 3 and c2/c1: 3 contradict each other"):
        ahp(["c1", "c2"], judgements=[[1, 3], [3, 1]])


@pytest.mark.parametrize(
    ("judgements", "message"),
    [
        ({"a/b": 0}, "judgement a/b: 0 is not a ratio above 0"),
        ({"a/b": -3}, "judgement a/b: -3 is not a ratio above 0"),
        ({"a/b": float("inf")}, "judgement a/b: inf is not a ratio above 0"),
        ({"a/b": float("nan")}, "judgement a/b: nan is not a ratio above 0"),
        ({"a/b": "much"}, "judgement a/b: 'much' is not a number"),
        ({"a/a": 2, "a/b": 1}, "judgement a/a: a criterion matters as much as itself, not 2 times as much"),
        ({"a": 3}, "'a' is no pair; write one as 'a/b'"),
        ([[1, 3, 5]], r"a table of 2 by 2 is needed, not the shape \(1, 3\)"),
        ([[1, "x"], [1, 1]], "neither ratios by pair nor a table of numbers"),
        ([[2, 3], [1 / 3, 1]], "judgement a/a: a criterion matters as much as itself"),
    ],
)
def test_what_is_no_judgement_is_refused(judgements: Any, message: str) -> None:
    """Ratios that are not above zero, a criterion set against itself, and other shapes are refused by name."""
    with pytest.raises(EngineError, match=message):
        ahp(["a", "b"], judgements=judgements)
