import pickle
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from policyopts.engine import tree
from policyopts.engine.errors import EngineError
from policyopts.engine.robustness.constrained_weights import ConstrainedWeights
from policyopts.engine.robustness.streams import seed_of, stream
from policyopts.engine.robustness.tree_weights import TreeWeights
from policyopts.engine.robustness.weights import (
    FixedWeights,
    RangedWeights,
    StatedWeights,
    WeightDistribution,
    any_weights,
    ordered_weights,
    weights_at_least,
)
from policyopts.engine.weighing import weights as weigh

Array = NDArray[np.float64]

SAMPLES = 1 << 16
NEAR = (
    5 / SAMPLES**0.5
)  # five standard errors of a mean of figures from 0 to 1, whose deviation is below a half, or ten

STATED = np.array([0.1, 0.2, 0.0, 0.7])
DISTRIBUTIONS: dict[str, WeightDistribution] = {
    "fixed": FixedWeights(STATED),
    "any": any_weights(4),
    "bounded": weights_at_least([0.1, 0.2, 0.0, 0.3]),
    "ordered": ordered_weights([2, 1, 4, 3]),
    "partly ordered": ordered_weights([1, 2, 2, 3]),
    "stated": StatedWeights(STATED),
    "ranged": RangedWeights([-1, 0, 0, -1, -1], [np.nan, 1, 3, 2, 5], [np.nan, 4, 3, 8, 5]),
    "ranged in part": TreeWeights([-1, 0, 0, -1, -1], [3, 1, 3, 2, 5], [4, 1, 3, 4, 5], [6, 1, 3, 8, 5]),
    "constrained": ConstrainedWeights([[1, -1, 0, 0], [0, 0, 1, 1]], [0, 0.5]),
}
every_distribution = pytest.mark.parametrize("weights", DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)


def shares(weights: WeightDistribution, samples: int = SAMPLES, number: int = 0) -> Array:
    """Draw weights (criteria, samples) that sum to 1."""
    drawn = np.empty((weights.criteria, samples))
    weights.draw(stream(0, number), drawn)
    totals: Array = drawn.sum(axis=0)
    return drawn / totals


@every_distribution
def test_weights_are_shares_of_the_whole(weights: WeightDistribution) -> None:
    """Whatever the distribution, no weight is below 0 and none of a sample's is above their sum."""
    drawn = shares(weights, 1000)
    assert drawn.shape == (weights.criteria, 1000)
    assert (drawn >= 0).all()
    assert np.allclose(drawn.sum(axis=0), 1)


@every_distribution
def test_the_same_stream_gives_the_same_weights(weights: WeightDistribution) -> None:
    """Weights depend on the seed and the block's number alone, also after a journey to another process."""
    assert (shares(weights, 100) == shares(pickle.loads(pickle.dumps(weights)), 100)).all()  # noqa: S301 - our own
    assert weights.criteria == 4
    assert "fixed" in DISTRIBUTIONS
    if not isinstance(weights, FixedWeights):
        assert (shares(weights, 100) != shares(weights, 100, number=1)).any()


@every_distribution
def test_weights_are_sums_of_what_spans_them(weights: WeightDistribution) -> None:
    """No weights can be drawn that are no sum of the spanning ones, so options alike under these are always alike."""
    spanning, drawn = weights.spanning, shares(weights, 100)
    parts = np.linalg.lstsq(spanning, drawn, rcond=None)[0]
    assert np.allclose(spanning @ parts, drawn)


def test_any_weights_have_the_moments_of_the_simplex() -> None:
    """On the simplex of m weights, each has the mean 1/m and the variance (m - 1) / (m²·(m + 1))."""
    drawn = shares(any_weights(5))
    assert drawn.mean(axis=1) == pytest.approx([0.2] * 5, abs=NEAR)
    assert drawn.var(axis=1) == pytest.approx([4 / 150] * 5, rel=0.05)


@pytest.mark.parametrize("trust", [0.5, 20.0, 1000.0])
def test_stated_weights_have_the_moments_of_dirichlet(trust: float) -> None:
    """A stated weight w has the mean w and the variance w·(1 - w) / (trust + 1)."""
    drawn = shares(StatedWeights(STATED, trust))
    assert drawn.mean(axis=1) == pytest.approx(STATED, abs=NEAR)
    assert drawn.var(axis=1) == pytest.approx(STATED * (1 - STATED) / (trust + 1), rel=0.05, abs=1e-12)


@pytest.mark.parametrize("ranks", [[1, 2, 3], [3, 1, 2], [1, 2, 2, 4], [1, 1], [2, 1, 2, 2, 1]])
def test_the_mean_of_ordered_weights_is_the_rank_order_centroid(ranks: list[int]) -> None:
    """Uniform weights that fall along an order have the rank-order centroid as their mean; ties share theirs."""
    names = [f"c{number}" for number in range(len(ranks))]
    order = [[name for name, own in zip(names, ranks, strict=True) if own == rank] for rank in sorted(set(ranks))]
    drawn = shares(ordered_weights(ranks))
    expected = weigh(names, "rank-order-centroid", order=order).weights
    assert drawn.mean(axis=1) == pytest.approx(expected, abs=NEAR)
    for rank in range(1, len(ranks)):
        above, below = ([place for place, own in enumerate(ranks) if own == at] for at in (rank, rank + 1))
        if above and below:
            assert (drawn[above].min(axis=0) >= drawn[below].max(axis=0) - 1e-12).all()


def test_weights_at_least_keep_their_bounds() -> None:
    """Above its lower bound, each weight has as much of the rest as any."""
    lowest = np.array([0.1, 0.2, 0.0])
    drawn = shares(weights_at_least(lowest))
    assert (drawn >= lowest[:, np.newaxis] - 1e-12).all()
    assert drawn.mean(axis=1) == pytest.approx(lowest + 0.7 / 3, abs=NEAR)


def test_ranged_weights_are_uniform_before_they_are_shares() -> None:
    """Each node is uniform on its range, and counts among its siblings; a group without a number has their sum."""
    drawn = shares(RangedWeights([-1, 0, 0, -1], [60, 1, 3, 40], [60, 1, 3, 40]), 3)
    assert np.allclose(drawn.T, [0.15, 0.45, 0.4])
    parents, low, high = [-1, 0, 0, -1], np.array([np.nan, 10, 20, 30]), np.array([np.nan, 30, 20, 90])
    drawn = shares(RangedWeights(parents, low, high))
    numbers = low + (high - low) * np.random.default_rng(1).random((SAMPLES, 4))
    expected = tree.shares(parents, numbers)[:, [1, 2, 3]]
    assert drawn.mean(axis=1) == pytest.approx(expected.mean(axis=0), abs=NEAR)
    assert drawn.std(axis=1) == pytest.approx(expected.std(axis=0), rel=0.05)


class TestTreeWeights:
    """Ranges where there are some among siblings, a Dirichlet distribution where there are none."""

    @pytest.mark.parametrize("top", [60, np.nan])
    def test_without_a_range_they_are_the_stated_ones(self, top: float) -> None:
        """Means, variances and covariances are those of one Dirichlet distribution over all criteria."""
        numbers = [top, 1, 3, 40, 20, 0, 5]
        parents = [-1, 0, 0, -1, -1, 4, 4]
        stated = tree.shares(parents, numbers)[tree.criteria_of(parents)]
        drawn = shares(TreeWeights(parents, numbers, numbers, numbers, trust=10))
        expected = (np.diag(stated) - np.outer(stated, stated)) / 11
        assert drawn.mean(axis=1) == pytest.approx(stated, abs=NEAR)
        assert np.cov(drawn) == pytest.approx(expected, abs=NEAR)

    def test_groups_keep_to_their_ranges_and_divide_what_they_have(self) -> None:
        """A group's share is that of the ranges alone; what its children have of it is Dirichlet, whatever it is."""
        parents, low, high = [-1, -1, 0, 0], [50, 40, 1, 3], [70, 40, 1, 3]
        drawn = shares(TreeWeights(parents, low, [60, 40, 1, 3], high))
        group = drawn[1] + drawn[2]
        top = 50 + 20 * np.random.default_rng(1).random(SAMPLES)
        assert group.mean() == pytest.approx((top / (top + 40)).mean(), abs=NEAR)
        assert group.std() == pytest.approx((top / (top + 40)).std(), rel=0.05)
        assert group.min() >= 50 / 90
        part = drawn[1] / group
        assert part.mean() == pytest.approx(0.25, abs=NEAR)
        assert part.var() == pytest.approx(0.25 * 0.75 / (20 * 0.6 + 1), rel=0.05)
        assert np.corrcoef(part, group)[0, 1] == pytest.approx(0, abs=NEAR)

    def test_children_with_ranges_divide_a_group_near_its_share(self) -> None:
        """Ranges below, and none above: the group's share is that of the stated ones."""
        parents, low, high = [-1, -1, 0, 0], [60, 40, 1, 2], [60, 40, 3, 2]
        drawn = shares(TreeWeights(parents, low, [60, 40, 2, 2], high))
        group = drawn[1] + drawn[2]
        assert group.mean() == pytest.approx(0.6, abs=NEAR)
        assert group.var() == pytest.approx(0.6 * 0.4 / 21, rel=0.05)
        own = 1 + 2 * np.random.default_rng(1).random(SAMPLES)
        assert (drawn[1] / group).mean() == pytest.approx((own / (own + 2)).mean(), abs=NEAR)

    def test_small_parameters_leave_somebody_the_weight(self) -> None:
        """However little trust there is, or however small a group: each sample's weights sum to 1."""
        numbers = [np.nan, 1e-5, 1e-5, 1, 0, 2, 3]
        drawn = shares(TreeWeights([-1, 0, 0, -1, -1, 4, 4], numbers, numbers, numbers, trust=0.01))
        assert np.allclose(drawn.sum(axis=0), 1)
        assert drawn.mean(axis=1) == pytest.approx([1e-5, 1e-5, 1, 0, 0], abs=NEAR)

    def test_extremes_are_met_by_what_is_drawn(self) -> None:
        """No sum leaves the extremes, and sums come near to them."""
        weights = TreeWeights([-1, -1, 0, 0], [50, 40, 1, 0], [60, 40, 1, 0], [70, 40, 1, 0], trust=1)
        rows = np.array([[1.0, 0.0, 0.0], [0.2, 0.9, 0.1], [0.0, 0.0, 1.0]])
        least, greatest = weights.extremes(rows)
        sums = rows @ shares(weights)
        assert (sums >= least[:, np.newaxis] - 1e-12).all()
        assert (sums <= greatest[:, np.newaxis] + 1e-12).all()
        assert sums.min(axis=1) == pytest.approx(least, abs=1e-3)  # one in 50,000 draws comes this near to an end
        assert sums.max(axis=1) == pytest.approx(greatest, abs=1e-3)


class TestConstrainedWeights:
    """Hit-and-run against the regions that need none."""

    @pytest.mark.parametrize(
        ("table", "limits", "same"),
        [
            ([[1, 0, 0, 0]], [1], any_weights(4)),
            ([[-1, 1, 0, 0], [0, -1, 1, 0], [0, 0, -1, 1]], [0, 0, 0], ordered_weights([1, 2, 3, 4])),
            ([[-1, 0, 0], [0, -1, 0]], [-0.5, -0.3], weights_at_least([0.5, 0.3, 0])),
        ],
        ids=["all", "an order", "lower bounds"],
    )
    def test_walks_are_uniform(self, table: Any, limits: Any, same: WeightDistribution) -> None:
        """Means and deviations are those of the same region drawn from directly, within a tenth of walks' memory."""
        drawn, direct = shares(ConstrainedWeights(table, limits)), shares(same)
        # Neighbours on a walk go together by about 0.1, which makes errors a tenth larger.
        assert drawn.mean(axis=1) == pytest.approx(direct.mean(axis=1), abs=2 * NEAR * direct.std())
        assert drawn.std(axis=1) == pytest.approx(direct.std(axis=1), rel=0.05)

    def test_an_equation_is_kept(self) -> None:
        """Two constraints that leave no room between them are an equation, and the rest of the region is walked."""
        drawn = shares(ConstrainedWeights([[1, -1, 0], [-1, 1, 0]], [0, 0]))
        assert np.allclose(drawn[0], drawn[1])
        assert drawn.mean(axis=1) == pytest.approx([0.25, 0.25, 0.5], abs=NEAR)

    def test_a_single_point_is_kept(self) -> None:
        """Constraints that leave one set of weights draw it."""
        drawn = shares(ConstrainedWeights([[1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, -1, 0]], [0.2, 0.3, -0.2, -0.3]), 5)
        assert np.allclose(drawn.T, [0.2, 0.3, 0.5])

    def test_a_thin_region_is_walked_all_over(self) -> None:
        """However thin a region is one way, the walks are uniform that way and the other."""
        drawn = shares(ConstrainedWeights([[1, -1, 0], [-1, 1, 0]], [1e-4, 1e-4]))
        assert np.std(drawn[0] - drawn[1]) == pytest.approx(2e-4 / 12**0.5, rel=0.05)
        assert np.std(drawn[2]) == pytest.approx(1 / 12**0.5, rel=0.05)

    def test_contradictions_are_refused(self) -> None:
        """Constraints that no weights meet together are refused."""
        with pytest.raises(EngineError, match="no weights meet all constraints"):
            ConstrainedWeights([[-1, 0], [0, -1]], [-0.6, -0.6])
        with pytest.raises(EngineError, match="a limit is needed for each"):
            ConstrainedWeights([[1, 0]], [0.5, 0.5])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: weights_at_least([0.6, 0.6]), r"sum to 1 at most, not to 1\.2"),
        (lambda: weights_at_least([-0.1, 0.6]), "from 0 up"),
        (lambda: StatedWeights(STATED, 0.0), "a number above 0, not 0"),
        (lambda: StatedWeights(STATED, float("nan")), "a number above 0, not nan"),
        (lambda: RangedWeights([-1, -1], [2, 1], [1, 1]), "from low to high"),
        (lambda: TreeWeights([-1, -1], [2, 1], [2, 1], [1, 1]), "from low to high"),
        (lambda: TreeWeights([-1, -1], [2, 1], [2, 1], [2, 1], trust=-1), "a number above 0, not -1"),
        (lambda: RangedWeights([-1, -1], [-1, 1], [-1, 1]), "the weight of node 0 is not a number from 0 up"),
        (lambda: RangedWeights([-1, -1], [0, 0], [0, 0]), "the weights are all zero"),
    ],
)
def test_what_is_no_distribution_is_refused(make: Any, message: str) -> None:
    """Numbers that are no weights are refused before anything is drawn."""
    with pytest.raises(EngineError, match=message):
        make()


def test_seeds_are_whole_numbers() -> None:
    """A seed is a whole number of 64 bits, or drawn from a generator."""
    assert seed_of(7) == 7
    assert seed_of(np.random.default_rng(3)) == seed_of(np.random.default_rng(3))
    for wrong in (-1, 1 << 64, 0.5, True, "7"):
        with pytest.raises(EngineError, match="seed: a whole number from 0"):
            seed_of(wrong)  # type: ignore[arg-type]
