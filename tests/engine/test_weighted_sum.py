from typing import TYPE_CHECKING

import pytest

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods.weighted_sum import weighted_sum
from policyopts.engine.ranking import rank

if TYPE_CHECKING:
    from policyopts.engine.steps import Step


def test_a_score_is_the_weighted_average_of_values() -> None:
    """On declared scales a score is the sum of value times weight, in the criterion's direction."""
    matrix = DecisionMatrix([[50.0, 10.0]], [3, 1], ["max", "min"], lower=[0, 0], upper=[100, 40])
    assert weighted_sum(matrix).scores.tolist() == [0.75 * 0.5 + 0.25 * 0.75]


def test_large_raw_scores_are_told_apart_by_their_own_size() -> None:
    """Without normalisation, the size of the terms decides what counts as rounding."""
    small = DecisionMatrix([[1e-12], [2e-12]], [1], ["max"])
    assert rank(small, normalisation="none").ranks.tolist() == [2, 1]
    cancelling = DecisionMatrix([[0.1 + 0.2, 0.3], [0.3, 0.3]], [1, 1], ["max", "min"])
    assert rank(cancelling, normalisation="none").ranks.tolist() == [1, 1]


def test_a_share_of_many_options_is_told_from_the_next() -> None:
    """Shares of a sum over 100,000 options are tiny, and do not tie for that."""
    matrix = DecisionMatrix([[float(option)] for option in range(1, 100_001)], [1], ["max"])
    assert rank(matrix, normalisation="sum").ranks.tolist() == list(range(100_000, 0, -1))


def test_vector_normalisation_can_punish_an_improvement_among_negatives() -> None:
    """As the table declares, an option that improves can lose its rank where performances are negative."""
    before = DecisionMatrix([[1.0, -0.2], [-1.0, 1.0]], [1, 1], ["max", "max"])
    after = DecisionMatrix([[10.0, -0.2], [-1.0, 1.0]], [1, 1], ["max", "max"])
    assert rank(before, normalisation="vector").ranks.tolist() == [1, 2]
    assert rank(after, normalisation="vector").ranks.tolist() == [2, 1]


def test_the_working_goes_from_performances_to_scores() -> None:
    """The steps are the normalised performances, the weights, the contributions and the scores."""
    matrix = DecisionMatrix([[1.0, 8.0], [2.0, 4.0]], [1, 3], ["max", "min"])
    steps: list[Step] = []
    weighted_sum(matrix, normalisation="max", steps=steps)
    assert [step.symbol for step in steps] == ["r", "w", "w·r", "S"]
    assert [step.table.tolist() for step in steps] == [
        [[0.5, 0.5], [1.0, 1.0]],
        [0.25, 0.75],
        [[0.125, 0.375], [0.25, 0.75]],
        [0.5, 1.0],
    ]


def test_contributions_are_not_worked_out_before_they_are_asked_for() -> None:
    """A ranking works its contributions out once, on request."""
    ranking = rank(DecisionMatrix([[1.0], [2.0]], [1], ["max"]))
    assert "contributions" not in vars(ranking)
    assert ranking.contributions is ranking.contributions


def test_scores_of_samples_of_weights_share_the_values() -> None:
    """Samples of weights over one table of values give a row of scores for each sample."""
    matrix = DecisionMatrix([[0.0, 1.0], [1.0, 0.0]], [[1, 3], [1, 0]], ["max", "max"])
    assert weighted_sum(matrix).scores.tolist() == [pytest.approx([0.75, 0.25]), [0.0, 1.0]]
