import dataclasses
from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.ranking import TIE, rank, ranks

MATRIX = DecisionMatrix([[3, 20], [1, 10], [2, 30]], weights=[60, 40], directions=["max", "min"])

# Scores on a grid as fine as ties are wide, so that near-ties overlap.
near_ties = st.lists(st.integers(-8, 8).map(lambda step: step * 0.4 * TIE), min_size=1, max_size=12)
any_scores = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12)


def ranks_by_definition(scores: list[float], unit: float) -> list[int]:
    """Walk down from the best, and open a group where a score is out of reach of the group's first."""
    tolerance = TIE * max(*map(abs, scores), unit)
    result = [0] * len(scores)
    first, group_rank = None, 0
    for position, place in enumerate(sorted(range(len(scores)), key=lambda place: -scores[place]), start=1):
        if first is None or first - scores[place] > tolerance:
            first, group_rank = scores[place], position
        result[place] = group_rank
    return result


def test_ties_share_the_better_rank() -> None:
    """Options with equal scores share the better rank, and the next one counts them all."""
    assert ranks(np.array([0.5, 0.9, 0.5, 0.1])).tolist() == [2, 1, 2, 4]


def test_rounding_does_not_break_a_tie() -> None:
    """A score of .1 + .2 ties with one of .15 + .15."""
    assert ranks(np.array([0.15 + 0.15, 0.1 + 0.2])).tolist() == [1, 1]


def test_scores_that_are_zero_but_for_rounding_tie() -> None:
    """Scores of plus and minus 1e-17 tie, because the unit is 1."""
    assert ranks(np.array([1e-17, -1e-17, 0.0])).tolist() == [1, 1, 1]


def test_small_scores_of_a_small_unit_do_not_tie() -> None:
    """Scores far below 1 are told apart where the method's unit is as small."""
    assert ranks(np.array([1e-12, 2e-12]), unit=1e-12).tolist() == [2, 1]


def test_the_size_of_scores_has_no_sign() -> None:
    """Large scores below zero tie within the same part of their size as those above."""
    assert ranks(np.array([-1e6, -1e6 - 1e-4])).tolist() == [1, 1]


def test_a_tie_group_is_measured_from_its_first() -> None:
    """A score within reach of the second of a tie group, but not of the first, does not tie."""
    assert ranks(np.array([1.0, 1.0 - 0.8 * TIE, 1.0 - 1.6 * TIE])).tolist() == [1, 1, 3]


@given(near_ties | any_scores, st.sampled_from([1.0, 1e-9, 100.0]))
def test_ranks_follow_their_definition(scores: list[float], unit: float) -> None:
    """Ranks are what walking down the scores from the best gives."""
    assert ranks(np.array(scores), unit).tolist() == ranks_by_definition(scores, unit)


@given(near_ties)
def test_ranks_do_not_depend_on_the_order_of_options(scores: list[float]) -> None:
    """Turning the list of scores round turns the list of ranks round."""
    assert ranks(np.array(scores)).tolist() == ranks(np.array(scores[::-1])).tolist()[::-1]


@given(st.integers(0, 2**32 - 1))
def test_ranks_of_samples_are_the_ranks_of_each(seed: int) -> None:
    """Ranking samples in one call gives what ranking them one by one gives, each with its own unit."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(-3, 4, (4, 3, 6)).astype(np.float64) * 0.4 * TIE
    unit = rng.choice([1.0, 1e-9], (4, 3))
    together = ranks(scores, unit)
    for sample in np.ndindex(4, 3):
        assert together[sample].tolist() == ranks(scores[sample], float(unit[sample])).tolist()


def test_order_is_by_rank_then_by_id() -> None:
    """Tied options stand in the order of their ids, others in the order of their ranks."""
    values = [[1.0], [2.0], [1.0], [1.0]]
    matrix = DecisionMatrix(values, [1], ["max"], options=["c", "d", "a", "b"])
    assert [matrix.options[place] for place in rank(matrix).order] == ["d", "a", "b", "c"]


def test_order_of_samples_is_the_order_of_each() -> None:
    """The order of each sample's options stands along the last axis."""
    matrix = DecisionMatrix([[[1.0], [2.0], [2.0]], [[3.0], [2.0], [1.0]]], [1], ["max"], options=["a", "c", "b"])
    assert rank(matrix).order.tolist() == [[2, 1, 0], [0, 1, 2]]


def test_a_ranking_carries_what_it_was_made_from() -> None:
    """A ranking names its method, all parameters, options and criteria, and the weights in force."""
    ranking = rank(MATRIX)
    assert ranking.method == "weighted-sum"
    assert ranking.parameters == {"normalisation": "value"}
    assert ranking.options == ("a1", "a2", "a3")
    assert ranking.criteria == ("c1", "c2")
    assert ranking.weights.tolist() == [0.6, 0.4]
    assert dict(ranking.details) == {}
    assert dict(ranking.document) == {}


def test_a_ranking_is_frozen() -> None:
    """Nothing of a ranking can be replaced."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        rank(MATRIX).method = "topsis"  # type: ignore[misc]


def test_an_unknown_method_names_the_one_that_was_meant() -> None:
    """A misspelt method is refused, with the nearest one as a hint."""
    with pytest.raises(EngineError, match="there is no method 'weigthed-sum'") as refusal:
        rank(MATRIX, "weigthed-sum")
    assert refusal.value.hint == "did you mean 'weighted-sum'?"


def test_an_unknown_parameter_names_the_one_that_was_meant() -> None:
    """A misspelt parameter is refused, with the nearest one as a hint."""
    with pytest.raises(EngineError, match="weighted-sum has no parameter 'normalization'") as refusal:
        rank(MATRIX, normalization="max")
    assert refusal.value.hint == "did you mean 'normalisation'?"


def test_an_unknown_choice_names_the_one_that_was_meant() -> None:
    """A misspelt choice is refused, with the choices and the nearest one as a hint."""
    with pytest.raises(EngineError, match="normalisation is one of value, max, sum") as refusal:
        rank(MATRIX, normalisation="minmax")
    assert refusal.value.hint == "did you mean 'min-max'?"


def test_a_choice_that_is_no_word_is_refused() -> None:
    """A parameter of another type than its choices is refused like an unknown choice."""
    with pytest.raises(EngineError, match="not nan"):
        rank(MATRIX, normalisation=nan)
