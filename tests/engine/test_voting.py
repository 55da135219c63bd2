import numpy as np
import pytest

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import voting
from policyopts.engine.ranking import rank

# Three voters of the same weight, who go round in a circle over the first three options.
CIRCLE = [[3.0, 1.0, 2.0], [2.0, 3.0, 1.0], [1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]


def test_a_place_gives_points_that_its_holders_share() -> None:
    """The first of four gets three points, the last none, and two who share the middle places 1.5 each."""
    ranking = rank(DecisionMatrix([[5.0], [9.0], [5.0], [1.0]], [1], ["max"]), "borda")
    assert ranking.scores.tolist() == [1.5, 3.0, 1.5, 0.0]
    assert rank(DecisionMatrix([[5.0], [9.0], [5.0], [1.0]], [1], ["min"]), "borda").scores.tolist() == [1.5, 0, 1.5, 3]


def test_weights_are_votes() -> None:
    """A criterion's points count by its share of the weights, and are its contribution."""
    ranking = rank(DecisionMatrix([[1.0, 5.0], [2.0, 4.0]], [3, 1], ["max", "max"]), "borda")
    assert ranking.scores.tolist() == [0.25, 0.75]
    assert ranking.contributions is not None
    assert ranking.contributions.tolist() == [[0.0, 0.25], [0.75, 0.0]]


def test_only_the_order_of_performances_counts() -> None:
    """A hair's breadth is worth as much as a landslide, and rounding nothing."""
    by_a_hair = DecisionMatrix([[1.0, 1e6], [1.0 + 1e-8, 1.0], [0.0, 0.0]], [2, 1], ["max", "max"])
    assert rank(by_a_hair, "borda").ranks.tolist() == [2, 1, 3]
    assert rank(by_a_hair, "copeland").ranks.tolist() == [2, 1, 3]
    by_rounding = DecisionMatrix([[0.1 + 0.2], [0.3], [1.0]], [1], ["max"])
    assert rank(by_rounding, "borda").scores.tolist() == [0.5, 0.5, 2.0]
    assert rank(by_rounding, "copeland").scores.tolist() == [-1, -1, 2]


def test_who_beats_all_others_wins_by_copeland() -> None:
    """An option that beats every other one by one is first, though another has more points."""
    values = [[3.0, 3.0, 1.0], [2.0, 2.0, 3.0], [1.0, 1.0, 2.0]]
    matrix = DecisionMatrix(values, [3, 3, 5], ["max"] * 3)
    assert rank(matrix, "copeland").scores.tolist() == [2, 0, -2]
    assert rank(matrix, "borda").ranks.tolist() == [2, 1, 3]


def test_a_circle_is_level() -> None:
    """Options that beat each other in a circle have as many wins as losses among themselves."""
    assert rank(DecisionMatrix(CIRCLE, [1, 1, 1], ["max"] * 3), "copeland").scores.tolist() == [1, 1, 1, -3]


def test_majorities_of_the_same_weight_are_no_win() -> None:
    """Weights that come to the same on both sides, but for rounding, leave two options level."""
    matrix = DecisionMatrix([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [0.1, 0.2, 0.3], ["max"] * 3)
    assert rank(matrix, "copeland").scores.tolist() == [0, 0]


@pytest.mark.parametrize("method", ["borda", "copeland"])
def test_votes_are_counted_alike_in_parts_and_at_once(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting one criterion, or one option, at a time gives what counting all at once gives."""
    rng = np.random.default_rng(0)
    values, weights = rng.integers(0, 5, (2, 30, 6)).astype(np.float64), rng.random((2, 6))
    matrix = DecisionMatrix(values, weights, [1, -1, 1, 1, -1, 1])
    at_once = rank(matrix, method)
    monkeypatch.setattr(voting, "AT_ONCE", 1)
    in_parts = rank(matrix, method)
    np.testing.assert_allclose(in_parts.scores, at_once.scores, rtol=1e-12)
    assert (in_parts.ranks == at_once.ranks).all()
