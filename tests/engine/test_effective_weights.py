import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.ranking import rank
from policyopts.engine.sensitivity.effective_weights import effective_weights


def random_matrix(options: int, criteria: int, seed: int) -> DecisionMatrix:
    """Make a matrix of values on scales from 0 to 1."""
    rng = np.random.default_rng(seed)
    values, weights = rng.random((options, criteria)), rng.random(criteria)
    return DecisionMatrix(
        values, weights, ["max"] * criteria, lower=[0] * criteria, upper=[1] * criteria, preference=[0.3] * criteria
    )


@given(st.integers(2, 8), st.integers(1, 6), st.integers(0, 2**32 - 1), st.sampled_from(["weighted-sum", "promethee"]))
def test_effective_weights_share_the_variance_of_the_scores(
    options: int, criteria: int, seed: int, method: str
) -> None:
    """They sum to 1, and each is the covariance of what the criterion adds with the score, in parts of its variance."""
    matrix = random_matrix(options, criteria, seed)
    found = effective_weights(matrix, method)
    ranking = rank(matrix, method)
    assert ranking.contributions is not None
    covariances = [np.cov(added, ranking.scores, ddof=0)[0, 1] for added in ranking.contributions.T]
    assert found.sum() == pytest.approx(1)
    assert found == pytest.approx(np.array(covariances) / np.var(ranking.scores))


def test_a_criterion_on_which_all_are_alike_decides_nothing() -> None:
    """However much it weighs."""
    matrix = DecisionMatrix([[1, 0.5], [0, 0.5]], [1, 9], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    assert effective_weights(matrix).tolist() == [1, 0]


def test_a_criterion_that_evens_out_the_others_is_below_zero() -> None:
    """It decides against what is decided."""
    matrix = DecisionMatrix([[1, 0], [0, 1]], [0.75, 0.25], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    assert effective_weights(matrix).tolist() == [1.5, -0.5]


def test_where_all_score_alike_nothing_is_decided() -> None:
    """There is no variance to share."""
    matrix = DecisionMatrix([[0.1 + 0.2], [0.3]], [1], ["max"], lower=[0], upper=[1])
    assert np.isnan(effective_weights(matrix)).all()


def test_scores_that_are_no_sums_have_none() -> None:
    """The error names the methods whose scores are."""
    with pytest.raises(EngineError, match=r"vikor: its scores are not linear in the weights.*weighted-sum, promethee"):
        effective_weights(random_matrix(2, 2, 0), "vikor")
