"""Runs of samples: against closed forms, exact volumes, and the ranking of every sample one by one."""

import hashlib
import pickle
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.ranking import rank
from policyopts.engine.robustness.acceptability import expected_ranks, pairwise_wins
from policyopts.engine.robustness.additive import AdditiveScoring
from policyopts.engine.robustness.assessment import Robustness, assess, robustness
from policyopts.engine.robustness.counts import Counts
from policyopts.engine.robustness.exact import exact_pairwise_wins
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.engine.robustness.scoring import LinearScoring, MatrixScoring, WeightScoring
from policyopts.engine.robustness.simulation import Simulation
from policyopts.engine.robustness.streams import stream
from policyopts.engine.robustness.tallies import FEW, VERY_FEW
from policyopts.engine.robustness.weights import (
    FixedWeights,
    StatedWeights,
    WeightDistribution,
    any_weights,
    ordered_weights,
    weights_at_least,
)
from policyopts.engine.value_curves import Bend, Chain, Line, ValueCurve

Array = NDArray[np.float64]


def on_scales(values: Any, weights: Any = None, **more: Any) -> DecisionMatrix:
    """Make a matrix of values on scales from 0 to 1."""
    table = np.asarray(values, dtype=np.float64)
    width = table.shape[1]
    ones = np.ones(width) if weights is None else weights
    return DecisionMatrix(table, ones, ["max"] * width, lower=[0] * width, upper=[1] * width, **more)


def random_matrix(options: int, criteria: int, seed: int = 0) -> DecisionMatrix:
    """Make a matrix that every method takes."""
    rng = np.random.default_rng(seed)
    return DecisionMatrix(
        rng.uniform(20, 80, (options, criteria)),
        rng.uniform(1, 5, criteria),
        rng.choice(["max", "min"], criteria).tolist(),
        lower=[0] * criteria,
        upper=[100] * criteria,
        indifference=[2] * criteria,
        preference=[15] * criteria,
        veto=[50] * criteria,
    )


def final(simulation: Simulation, samples: int = 20_000, **more: Any) -> Counts:
    """Run to the end."""
    *_, counts = simulation.run(samples, **more)
    return counts


def shares_of(ranks: NDArray[Any]) -> Array:
    """Count ranks (samples, options), those who tie sharing the ranks that they take up."""
    samples, options = ranks.shape
    shares = np.zeros((options, options))
    for row in ranks.astype(int):
        held = Counter(row.tolist())
        for option, place in enumerate(row):
            shares[option, place - 1 : place - 1 + held[place]] += 1 / held[place]
    result: Array = shares / samples
    return result


class TestClosedForms:
    """What can be known without drawing."""

    @pytest.mark.parametrize("options", [2, 3, 5, 6, 7, 24, 25, 40])
    def test_options_each_best_on_one_criterion_are_first_alike(self, options: int) -> None:
        """With no word on the weights, n options that are each best on one of n criteria take each rank 1 time in n."""
        found = robustness(on_scales(np.eye(options)), any_weights(options), samples=50_000)
        # Five standard errors.
        assert found.rank_acceptability == pytest.approx(1 / options, abs=5 * (0.25 / 50_000) ** 0.5)
        assert found.expected_rank == pytest.approx((options + 1) / 2, abs=0.3)

    def test_central_weights_of_unit_options_are_a_centroid(self) -> None:
        """The weights that put the option of one criterion first have the mean of the heaviest of three: 11/18."""
        found = robustness(on_scales(np.eye(3)), any_weights(3), samples=200_000)
        expected = np.full((3, 3), 7 / 36) + np.eye(3) * (11 / 18 - 7 / 36)
        assert found.central_weights == pytest.approx(expected, abs=0.003)
        assert found.confidence.tolist() == [1, 1, 1]

    def test_a_dominated_option_is_never_first(self) -> None:
        """It has no central weights, and no confidence factor."""
        found = robustness(on_scales([[1, 1], [0, 0]]), samples=100)
        assert found.rank_acceptability.tolist() == [[1, 0], [0, 1]]
        assert found.standard_error.tolist() == [0, 0]
        assert np.isnan(found.central_weights[1]).all()
        assert np.isnan(found.confidence[1])
        assert found.pairwise.tolist() == [[0, 1], [0, 0]]

    def test_central_weights_of_what_always_wins_are_the_mean_of_all(self) -> None:
        """Under an order of weights, that is the rank-order centroid."""
        found = robustness(on_scales([[1, 1, 1], [0, 0, 0]]), ordered_weights([1, 2, 3]), samples=200_000)
        assert found.central_weights[0] == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=0.003)

    @pytest.mark.parametrize("options", [4, 12, 30])
    def test_chances_to_win_are_the_exact_ones(self, options: int) -> None:
        """Sampled chances to win and mean ranks come out as the recurrence gives them; the recurrence's are told."""
        values = np.random.default_rng(1).random((options, 5))
        simulation = Simulation(on_scales(values), any_weights(5))
        *_, counts = simulation.run(60_000)
        found, exact = assess(simulation, counts), exact_pairwise_wins(values)
        # Five standard errors of a chance, of fewer samples where pairs are many, and of draws used five times.
        twins, ranks = simulation.scoring.twins, 1 + exact.sum(axis=0)
        assert pairwise_wins(counts, twins) == pytest.approx(exact, abs=5 * (0.25 * 5 / 30_000) ** 0.5)
        assert expected_ranks(counts, twins) == pytest.approx(ranks, abs=0.02 * options)
        assert found.pairs_are_exact
        assert found.pairwise == pytest.approx(exact, abs=1e-9)  # what is told is rounded to nine digits
        assert found.expected_rank == pytest.approx(ranks, abs=options * 1e-9)

    @pytest.mark.parametrize("seed", range(4))
    @pytest.mark.parametrize("shape", [(3, 3), (4, 4), (5, 3)])
    def test_rank_acceptabilities_are_volumes(self, shape: tuple[int, int], seed: int) -> None:
        """Each order of the options has the volume of its piece of the simplex of weights as its chance."""
        values = np.random.default_rng(seed).random(shape)
        exact = acceptability_by_volumes(values)
        found = robustness(on_scales(values), any_weights(shape[1]), samples=100_000)
        assert exact.sum(axis=0) == pytest.approx(1)
        assert (np.abs(found.first - exact[:, 0]) <= 5 * found.standard_error + 1e-4).all()
        assert found.rank_acceptability == pytest.approx(exact, abs=5 * (0.25 * shape[1] / 100_000) ** 0.5)

    def test_weight_regions_that_are_simplices_are_exact_too(self) -> None:
        """Under lower bounds, chances to win are those of the values under the corners."""
        values = np.random.default_rng(5).random((4, 4))
        region = weights_at_least([0.1, 0.0, 0.2, 0.3])
        simulation = Simulation(on_scales(values), region)
        *_, counts = simulation.run(200_000)
        exact = exact_pairwise_wins(values @ region.corners)
        assert pairwise_wins(counts, simulation.scoring.twins) == pytest.approx(exact, abs=0.011)
        assert assess(simulation, counts).pairwise == pytest.approx(exact, abs=1e-9)

    def test_two_normal_options_differ_by_a_normal_chance(self) -> None:
        """With one criterion, an option leads by its distance in deviations of the difference: Φ(1) here."""
        deviation = 0.01
        matrix = on_scales([[0.5 + deviation], [0.5 - deviation]])
        way = 1.6448536269514722 * 2**0.5 * deviation
        for curve in (Line(0, 1), Chain(((0, 0), (0.5, 0.5), (1, 1)))):  # once in one draw, once cell by cell
            around = UncertainPerformances(matrix, matrix.values - way, matrix.values + way, "normal")
            found = robustness(matrix, FixedWeights(np.ones(1)), around, curves=[curve], samples=100_000)
            assert found.first[0] == pytest.approx(0.841345, abs=5 * (0.1335 / 100_000) ** 0.5)

    def test_an_unknown_option_is_above_as_often_as_its_scale_is(self) -> None:
        """A uniform performance over the scale beats a certain one of 0.3 seven times in ten."""
        matrix = on_scales([[0.3], [0.5]])
        unknown = UncertainPerformances(matrix, [[0.3], [0.0]], [[0.3], [1.0]], "uniform")
        found = robustness(matrix, performances=unknown, samples=100_000)
        assert found.first == pytest.approx([0.3, 0.7], abs=5 * (0.21 / 100_000) ** 0.5)
        assert found.standard_error == pytest.approx((0.21 / 100_000) ** 0.5, rel=0.02)
        assert found.score_percentiles[0].tolist() == [0.3, 0.3, 0.3]
        assert found.score_percentiles[1] == pytest.approx([0.05, 0.5, 0.95], abs=0.01)
        assert found.confidence == pytest.approx(found.first, abs=0.02)


def acceptability_by_volumes(values: Array) -> Array:
    """Cut the simplex of weights by order of the options, and measure the pieces."""
    options, criteria = values.shape
    chances = np.zeros((options, options))
    for order in permutations(range(options)):
        leads = values[list(order[:-1])] - values[list(order[1:])]  # all above 0 where this is the order
        volume = _volume(np.eye(criteria), leads)
        for place, option in enumerate(order):
            chances[option, place] += volume
    return chances


def _volume(corners: Array, leads: Array) -> float:
    """Measure the part of a simplex with corners (corners, criteria) where all leads are above 0, as a share of it.

    An edge from above to below 0 is cut where it is 0: the simplex falls into two, in proportion to the edge's parts.
    """
    for row, lead in enumerate(leads):
        heights = corners @ lead
        above, below = int(heights.argmax()), int(heights.argmin())
        if heights[above] <= 1e-12:
            return 0.0
        if heights[below] < -1e-12:
            part = heights[above] / (heights[above] - heights[below])
            middle = corners[above] + part * (corners[below] - corners[above])
            near, far = corners.copy(), corners.copy()
            near[below], far[above] = middle, middle
            rest = leads[row:]
            return float(part * _volume(near, rest) + (1 - part) * _volume(far, rest))
    return 1.0


class TestAgainstRankings:
    """Every sample is ranked as `rank` would."""

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("options", [1, 2, 5, 9, 26])
    def test_under_drawn_weights_every_method_ranks_as_it_does(self, method: str, options: int) -> None:
        """Whatever the shortest way to a method's scores, ranks are those of a ranking under each sample's weights."""
        matrix = random_matrix(options, 4)
        weights = StatedWeights(matrix.weights)
        simulation = Simulation(matrix, weights, method=method, seed=3)
        samples = min(300, simulation.scoring.together)
        drawn = np.empty((4, samples))
        weights.draw(stream(3, 0), drawn)
        expected = shares_of(rank(matrix.with_weights(drawn.T), method).ranks)
        found = assess(simulation, final(simulation, samples))
        assert found.rank_acceptability == pytest.approx(expected, abs=1e-12)

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("options", [2, 8])
    def test_under_drawn_performances_every_method_ranks_as_it_does(self, method: str, options: int) -> None:
        """The ranks are those of a ranking of each sample's performances under its weights."""
        matrix = random_matrix(options, 3)
        spread = UncertainPerformances(matrix, matrix.values - 10, matrix.values + 10, "triangular")
        weights = StatedWeights(matrix.weights)
        simulation = Simulation(matrix, weights, spread, method=method, seed=3)
        samples = 100
        random = stream(3, 0)
        drawn = np.empty((3, samples))
        weights.draw(random, drawn)
        table = spread.table(spread.draw(random, samples))
        expected = shares_of(rank(matrix.with_values(table).with_weights(drawn.T), method).ranks)
        found = assess(simulation, final(simulation, samples))
        assert found.rank_acceptability == pytest.approx(expected, abs=1e-12)

    @pytest.mark.parametrize("options", [4, 8, 30])
    def test_a_draw_that_is_turned_round_ranks_as_it_does(self, options: int) -> None:
        """Where one draw serves several samples, each is ranked under weights turned round; many options have none."""
        matrix = on_scales(np.random.default_rng(options).random((options, 5)))
        simulation = Simulation(matrix, any_weights(5), seed=2)
        turns = simulation.scoring.shifts
        assert turns == (5 if options <= FEW else 1)
        drawn = stream(2, 0).standard_exponential((5, 40))
        weights = np.concatenate([np.roll(drawn, -turn, axis=0) for turn in range(turns)], axis=1)
        expected = shares_of(rank(matrix.with_weights(weights.T)).ranks)
        found = assess(simulation, final(simulation, 40 * turns))
        assert found.rank_acceptability == pytest.approx(expected, abs=1e-12)
        of_first = (rank(matrix.with_weights(weights.T)).ranks == 1).T
        shares = weights / weights.sum(axis=0)
        for option in np.flatnonzero(of_first.any(axis=1)):
            assert found.central_weights[option] == pytest.approx(shares[:, of_first[option]].mean(axis=1), abs=1e-9)

    def test_values_follow_their_curves(self) -> None:
        """Under bent value functions, uncertain performances are ranked by the values that these give."""
        matrix = on_scales(np.random.default_rng(4).random((5, 3)))
        curves: list[ValueCurve] = [Line(0, 1), Bend(0, 1, 3.0), Chain(((0, 0), (0.2, 0.7), (0.6, 0.7), (1, 1)))]
        low, high = np.clip(matrix.values - 0.2, 0, 1), np.clip(matrix.values + 0.2, 0, 1)
        spread = UncertainPerformances(matrix, low, high, [["uniform", "pert", "normal"]] * 5)
        values = np.stack([curve.values(column) for curve, column in zip(curves, matrix.values.T, strict=True)], axis=1)
        matrix = matrix.with_values(matrix.values, values)
        even = FixedWeights(np.full(3, 1 / 3))
        found = robustness(matrix, even, spread, curves=curves, samples=40_000)
        random = np.random.default_rng(0)
        drawn = spread.table(spread.draw(random, 40_000))
        scores = np.sum([curve.values(drawn[..., place]) for place, curve in enumerate(curves)], axis=0)
        expected = np.bincount(np.argmax(scores, axis=1), minlength=5) / 40_000
        assert found.first == pytest.approx(expected, abs=5 * (0.5 / 40_000) ** 0.5)  # both are drawn

    def test_a_criterion_without_a_scale_is_read_on_each_samples_range(self) -> None:
        """Its values are worked out from the performances drawn, as a ranking of them would."""
        matrix = DecisionMatrix(
            [[1.0, 5], [2.0, 4], [3.0, 1]], [1, 2], ["max", "max"], lower=[None, 0], upper=[None, 9]
        )
        spread = UncertainPerformances(matrix, matrix.values - 1, matrix.values + 1, "uniform")
        simulation = Simulation(matrix, FixedWeights(matrix.weights), spread)
        assert isinstance(simulation.scoring, MatrixScoring)
        table = spread.table(spread.draw(stream(0, 0), 200))
        expected = shares_of(rank(matrix.with_values(table)).ranks)
        assert assess(simulation, final(simulation, 200)).rank_acceptability == pytest.approx(expected, abs=1e-12)

    def test_each_kind_of_model_has_its_way(self) -> None:
        """Scores linear in the weights are one product; TOPSIS and VIKOR know how to score under many weights."""
        matrix = random_matrix(4, 3)
        spread = UncertainPerformances(matrix, matrix.values - 1, matrix.values + 1, "uniform")
        ways = {name: Simulation(matrix, method=name).scoring for name in METHODS}
        linear = {name for name, way in ways.items() if isinstance(way, LinearScoring)}
        assert linear == {"weighted-sum", "promethee", "moora", "mabac", "spotis", "borda"}
        assert {name for name, way in ways.items() if isinstance(way, WeightScoring)} == {"topsis", "vikor"}
        assert isinstance(Simulation(matrix, performances=spread).scoring, AdditiveScoring)
        assert isinstance(Simulation(matrix, performances=spread, method="topsis").scoring, MatrixScoring)


TIES = {
    "two of three": on_scales([[0.5, 0.5], [0.5, 0.5], [0.9, 0.0]]),
    "all": on_scales([[0.5, 0.1]] * 4),
    "under these weights": on_scales([[0.1, 0.5], [0.5, 0.1], [0.3, 0.3], [0.2, 0.2]]),
    "many": on_scales([[0.1 + 0.2, 0.6], [0.3, 0.6], [0.6, 0.3]] * 9),
}


class TestTies:
    """Those who tie share."""

    @pytest.mark.parametrize("matrix", TIES.values(), ids=TIES)
    @pytest.mark.parametrize(
        "weights", [FixedWeights(np.array([0.5, 0.5])), any_weights(2), StatedWeights(np.ones(2) / 2)]
    )
    @pytest.mark.parametrize("method", ["weighted-sum", "vikor", "topsis", "copeland"])
    def test_chances_sum_to_one(self, matrix: DecisionMatrix, weights: WeightDistribution, method: str) -> None:
        """However many tie, every row and every column of rank acceptabilities sums to 1."""
        found = robustness(matrix, weights, method=method, samples=1_000)
        assert found.rank_acceptability.sum(axis=0) == pytest.approx(1, abs=1e-12)
        assert found.rank_acceptability.sum(axis=1) == pytest.approx(1, abs=1e-12)
        wins = found.pairwise + found.pairwise.T + np.eye(len(matrix.values))
        assert wins == pytest.approx(1, abs=1e-12)

    def test_twins_share_their_ranks(self) -> None:
        """Options with the same values have the same chances, errors and weights, and beat each other half the time."""
        found = robustness(TIES["two of three"], any_weights(2), samples=50_001)
        assert found.rank_acceptability[0].tolist() == found.rank_acceptability[1].tolist()
        assert found.central_weights[0].tolist() == found.central_weights[1].tolist()
        assert found.first.tolist() == pytest.approx([0.5 * 5 / 9, 0.5 * 5 / 9, 4 / 9], abs=0.012)
        assert found.pairwise[0, 1] == found.pairwise[1, 0] == 0.5
        assert found.standard_error[0] == pytest.approx(found.standard_error[2] / 2, rel=1e-3)

    def test_options_that_tie_under_certain_weights_share(self) -> None:
        """Options with unlike values that come to the same score share their rank, whatever rounding makes of it."""
        found = robustness(TIES["under these weights"], FixedWeights(np.array([0.5, 0.5])), samples=10)
        assert found.rank_acceptability[:3] == pytest.approx(np.array([[1 / 3, 1 / 3, 1 / 3, 0]] * 3))
        assert found.rank_acceptability[3].tolist() == [0, 0, 0, 1]
        assert found.confidence[:3] == pytest.approx(1 / 3)

    def test_options_that_tie_now_and_then_share_then(self) -> None:
        """Two uniform performances tie where both lie on a flat stretch of the value function: one time in four."""
        matrix = on_scales([[0.5], [0.5]], scaled=[[1], [1]])
        unknown = UncertainPerformances(matrix, [[0], [0]], [[1], [1]], "uniform")
        curve = Chain(((0, 0), (0.5, 1), (1, 1)))
        found = robustness(matrix, None, unknown, curves=[curve], samples=40_000)
        assert found.first == pytest.approx([0.5, 0.5], abs=5 * (0.25 / 40_000) ** 0.5)
        tied = 0.25  # of the samples give half a first place: the variance of a share is 0.25 less a quarter of that
        assert found.standard_error == pytest.approx((0.25 * (1 - tied) / 40_000) ** 0.5, rel=0.02)
        assert found.rank_acceptability == pytest.approx(0.5, abs=0.0125)

    def test_uncertainty_without_weight_parts_nobody(self) -> None:
        """Options that differ on a criterion of no weight alone tie, however uncertain that is."""
        matrix = on_scales([[0.5, 0.5], [0.5, 0.5]], [1, 0])
        unknown = UncertainPerformances(matrix, [[0.5, 0], [0.5, 0]], [[0.5, 1], [0.5, 1]], "uniform")
        assert robustness(matrix, None, unknown, samples=100).first.tolist() == [0.5, 0.5]


class TestReproducibility:
    """The same seed gives the same counts."""

    HASH = "65fb948ae4f9c2dec8d03fa30311a830325cc313b87fca9ee7bf0e2690928621"

    def simulations(self) -> Iterator[Simulation]:
        matrix = random_matrix(5, 8)
        spread = UncertainPerformances(matrix, matrix.values - 5, matrix.values + 5, "triangular")
        yield Simulation(matrix, any_weights(8))
        yield Simulation(matrix)
        yield Simulation(matrix, performances=spread)
        yield Simulation(matrix, method="topsis", seed=5)
        yield Simulation(matrix, method="copras", performances=spread)
        yield Simulation(random_matrix(10, 4), any_weights(4))
        yield Simulation(random_matrix(30, 4), any_weights(4))

    @staticmethod
    def digest(counts: Counts) -> str:
        parts = (counts.ranks, counts.wins, counts.squares)
        tied = repr(sorted(counts.tied.items())).encode()
        return hashlib.sha256(b"".join(part.astype("<i8").tobytes() for part in parts) + tied).hexdigest()

    def test_counts_are_the_stored_ones(self) -> None:
        """The counts of these runs are what they were when this test was written, on any machine."""
        digests = [self.digest(final(simulation, 30_001)) for simulation in self.simulations()]
        assert hashlib.sha256("".join(digests).encode()).hexdigest() == self.HASH

    def test_threads_change_nothing(self) -> None:
        """One thread, two or eight: the results are the same to the last digit."""
        for simulation in self.simulations():
            runs = [assess(simulation, final(simulation, 70_001, threads=threads)) for threads in (1, 2, 8)]
            for name in ("rank_acceptability", "central_weights", "score_percentiles", "standard_error", "pairwise"):
                first, *others = (getattr(found, name) for found in runs)
                assert all(np.array_equal(first, other, equal_nan=True) for other in others)

    def test_blocks_add_up_in_any_order(self) -> None:
        """Blocks worked on elsewhere, in any order, come to the same counts and weights."""
        for simulation in self.simulations():
            size = simulation.block_size
            run = final(simulation, 2 * size + 7)
            elsewhere = pickle.loads(pickle.dumps(simulation))  # noqa: S301 - our own
            parts = [elsewhere.block(2, 7), elsewhere.block(0), simulation.block(1)]
            total = parts.pop()
            while parts:
                total.add(parts.pop())
            assert self.digest(total) == self.digest(run)
            assert (total.weights == run.weights).all()
            assert total.samples == run.samples == 2 * size + 7

    def test_another_seed_is_another_run(self) -> None:
        """A seed may be any whole number of 64 bits, and a generator draws one."""
        matrix = random_matrix(4, 3)
        one, other = (final(Simulation(matrix, seed=seed), 1000).ranks.tolist() for seed in (0, (1 << 64) - 1))
        assert one != other
        drawn = [Simulation(matrix, seed=np.random.default_rng(9)).seed for _ in range(2)]
        assert drawn[0] == drawn[1]


class TestRuns:
    """How long a run goes on."""

    @pytest.mark.parametrize("samples", [1, 2, 7, 65_536, 100_000])
    @pytest.mark.parametrize("options", [2, 10, 30])
    def test_a_run_has_as_many_samples_as_asked_for(self, samples: int, options: int) -> None:
        """Also where a draw serves several samples, and where blocks do not come out even."""
        counts = final(Simulation(random_matrix(options, 7), any_weights(7)), samples)
        assert counts.samples == samples
        assert counts.ranks.sum() == samples * options
        assert (counts.ranks.sum(axis=0) == samples).all()

    def test_a_run_may_end_when_it_is_precise(self) -> None:
        """With a precision, samples are drawn until no chance to be first has a larger standard error."""
        found = robustness(random_matrix(4, 5), any_weights(5), precision=0.002)
        assert found.standard_error.max() <= 0.002
        rough = robustness(random_matrix(4, 5), any_weights(5), precision=0.002, samples=5_000)
        assert rough.samples == 5_000

    def test_standard_errors_are_those_of_runs_with_other_seeds(self) -> None:
        """Chances to be first differ from seed to seed by their standard errors, also where draws are used again."""
        values = [[0.45] * 4, [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
        runs = [robustness(on_scales(values), any_weights(4), samples=4_000, seed=seed) for seed in range(60)]
        firsts = np.array([found.first for found in runs])
        expected = np.mean([found.standard_error for found in runs], axis=0)
        # The deviation of 60 runs has a relative error of 1/√118.
        assert firsts[:, 0].std(ddof=1) == pytest.approx(expected[0], rel=4 / 118**0.5)
        assert expected[0] > 1.5 * (firsts[0, 0] * (1 - firsts[0, 0]) / 4_000) ** 0.5  # all turns of a draw agree on it

    def test_whoever_stops_asking_has_a_part(self) -> None:
        """A run without an end can be left after any block, and what it came to is a result."""
        simulation = Simulation(random_matrix(4, 5))
        for counts in islice(simulation.run(None), 2):
            found = assess(simulation, counts)
        assert found.samples == 2 * simulation.block_size
        assert found.rank_acceptability.sum(axis=0) == pytest.approx(1)

    def test_a_run_that_is_left_works_on_no_further_block(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Threads stop after the blocks that they are at."""
        simulation = Simulation(random_matrix(4, 5))
        begun: list[int] = []

        def blocks(_: int | None) -> Iterator[tuple[int, int]]:
            for number in count():
                begun.append(number)
                yield number, 100

        monkeypatch.setattr(simulation, "_blocks", blocks)
        run = simulation.run(None)
        next(run)
        del run
        assert len(begun) <= 6

    @pytest.mark.parametrize("criteria", [64, 65, 300])
    def test_any_number_of_criteria_will_do(self, criteria: int) -> None:
        """With more criteria than a draw is turned round for, each draw is one sample."""
        matrix = on_scales(np.random.default_rng(0).random((3, criteria)))
        counts = final(Simulation(matrix, any_weights(criteria)), 2_000)
        assert counts.ranks[:, 0].sum() == counts.samples == 2_000
        assert counts.groups == (2_000 if criteria > 64 else -(-2_000 // 64))

    def test_performances_of_another_matrix_are_refused(self) -> None:
        """What is known of one set of options says nothing of another."""
        matrix = on_scales([[0.1], [0.2]])
        spread = UncertainPerformances(matrix, [[0], [0]], [[1], [1]], "uniform")
        with pytest.raises(EngineError, match="performances: they are those of another matrix"):
            Simulation(on_scales([[0.1], [0.3]]), performances=spread)

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ({"samples": 0}, "samples: a whole number from 1 up"),
            ({"precision": 0.0}, "precision: a number above 0"),
            ({"precision": float("nan")}, "precision: a number above 0"),
            ({"method": "topsys"}, "there is no method 'topsys'"),
            ({"weights": any_weights(3)}, "weights: of 3 criteria; the matrix has 2"),
            ({"seed": -1}, "seed: a whole number"),
            ({"v": 0.5}, "weighted-sum has no parameter 'v'"),
        ],
    )
    def test_what_makes_no_run_is_refused(self, more: dict[str, Any], message: str) -> None:
        """Errors name what is wrong."""
        with pytest.raises(EngineError, match=message):
            robustness(on_scales([[0, 1], [1, 0]]), **more)

    def test_an_error_of_a_method_names_the_cell(self) -> None:
        """What a method cannot take is refused in the midst of a run too."""
        matrix = DecisionMatrix([[1.0, 2.0], [3.0, 4.0]], [1, 1], ["max", "max"])
        spread = UncertainPerformances(matrix, matrix.values - 2, matrix.values + 2, "uniform")
        with pytest.raises(EngineError, match=r"option a1, criterion c1: -.* is negative"):
            robustness(matrix, performances=spread, method="weighted-product", samples=1000)

    def test_samples_of_a_matrix_are_refused(self) -> None:
        """A matrix with samples of its own has no robustness."""
        with pytest.raises(EngineError, match="not of samples"):
            Simulation(DecisionMatrix(np.ones((2, 2, 2)), [1, 1], ["max", "max"]))


@settings(max_examples=60)
@given(options=st.integers(1, 9), criteria=st.integers(1, 5), seed=st.integers(0, 2**32 - 1))
def test_ranks_in_whole_numbers_with_ties_are_those_of_rankings(options: int, criteria: int, seed: int) -> None:
    """On coarse figures, with twins, constants and weights of 0, samples are ranked as rankings are, by every tally."""
    rng = np.random.default_rng(seed)
    numbers = rng.integers(0, 3, criteria).astype(np.float64)
    numbers[rng.integers(criteria)] += 1
    matrix = on_scales(rng.integers(0, 3, (options, criteria)) / 2, numbers)
    method = str(rng.choice(["weighted-sum", "promethee", "topsis", "vikor", "borda"]))
    weights = StatedWeights(matrix.weights, 5.0)
    simulation = Simulation(matrix, weights, method=method, seed=seed)
    drawn = np.empty((criteria, 50))
    weights.draw(stream(seed, 0), drawn)
    expected = shares_of(rank(matrix.with_weights(drawn.T), method).ranks)
    found: Robustness = assess(simulation, final(simulation, 50))
    assert found.rank_acceptability == pytest.approx(expected, abs=1e-12)


def test_threads_may_share_a_simulation() -> None:
    """Blocks of one simulation may be worked on at once."""
    simulation = Simulation(random_matrix(5, 4))
    with ThreadPoolExecutor(4) as pool:
        blocks = list(pool.map(simulation.block, [0, 1, 0, 1]))
    assert (blocks[0].ranks == blocks[2].ranks).all()
    assert (blocks[1].ranks == blocks[3].ranks).all()
    assert VERY_FEW < FEW
