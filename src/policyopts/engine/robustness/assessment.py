"""The answer: how each option fares when weights and performances are uncertain."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.robustness.acceptability import (
    central_weights,
    expected_ranks,
    pairwise_wins,
    rank_acceptability,
    standard_errors,
)
from policyopts.engine.robustness.confidence import confidence_factors
from policyopts.engine.robustness.exact import exact_pairwise_wins
from policyopts.engine.robustness.regret import regrets
from policyopts.engine.robustness.scoring import LinearScoring
from policyopts.engine.robustness.simulation import SAMPLES, Simulation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.robustness.counts import Counts
    from policyopts.engine.robustness.performances import UncertainPerformances
    from policyopts.engine.robustness.weights import WeightDistribution
    from policyopts.engine.value_curves import ValueCurve
    from policyopts.engine.workers import Crew

PERCENTILES = (0.05, 0.5, 0.95)
SURE_DIGITS = 12  # of a score: the last ones depend on the machine
EXACT_DIGITS = 9  # of a chance that is worked out, likewise
MOST_EXACT = 1000  # options whose chances to win are worked out: of more, drawing them is cheaper


@dataclass(frozen=True, eq=False)
class Robustness:
    """What a run of samples says of the options, in the order of the matrix.

    Chances to beat each other and mean ranks are exact where scores are sums, performances certain, and weights uniform
    on a simplex: any at all, in a strict order, or with lower bounds.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    samples: int
    seed: int
    rank_acceptability: FloatArray  # (options, ranks): every row and column sums to 1; of very many, the first ranks
    expected_rank: FloatArray  # (options,)
    standard_error: FloatArray  # (options,): of the chance to be first
    central_weights: FloatArray  # (options, criteria): NaN where the option is never first
    score_percentiles: FloatArray  # (options, 3): 5th, 50th and 95th
    regret: FloatArray  # (options, 2): how far below the best of a sample it scores, mean and 95th percentile
    _simulation: Simulation = field(repr=False)
    _counts: Counts = field(repr=False)
    _exact: FloatArray | None = field(repr=False)  # the chances to win, where they need no samples

    @property
    def first(self) -> FloatArray:
        """Each option's chance to be first (options,)."""
        return self.rank_acceptability[:, 0]

    @property
    def pairs_are_exact(self) -> bool:
        """Whether chances to beat each other are worked out, and not counted in samples."""
        return self._exact is not None

    @cached_property
    def pairwise(self) -> FloatArray:
        """Each option's chance to beat each other (options, options); a tie is half a win, the diagonal 0."""
        return pairwise_wins(self._counts, self._simulation.scoring.twins) if self._exact is None else self._exact

    @cached_property
    def confidence(self) -> FloatArray:
        """Each option's chance to be first under its central weights (options,); NaN where it has none."""
        return confidence_factors(self._simulation, self.central_weights)


def assess(simulation: Simulation, counts: Counts) -> Robustness:
    """Say what the counts of a run come to, all of it or a part."""
    twins = simulation.scoring.twins
    scores = np.concatenate(counts.scores, axis=1)
    exact = _exact_pairwise(simulation)
    return Robustness(
        options=simulation.matrix.options,
        criteria=simulation.matrix.criteria,
        samples=counts.samples,
        seed=simulation.seed,
        rank_acceptability=rank_acceptability(counts, twins),
        expected_rank=expected_ranks(counts, twins) if exact is None else (1 + exact.sum(axis=0)).round(EXACT_DIGITS),
        standard_error=standard_errors(counts, twins),
        central_weights=central_weights(counts, twins, simulation.scoring.corners),
        score_percentiles=_to_sure_digits(np.quantile(scores, PERCENTILES, axis=1).T),
        regret=regrets(scores),
        _simulation=simulation,
        _counts=counts,
        _exact=exact,
    )


def robustness(
    matrix: DecisionMatrix,
    weights: WeightDistribution | None = None,
    performances: UncertainPerformances | None = None,
    *,
    curves: Sequence[ValueCurve | None] | None = None,
    method: str = "weighted-sum",
    samples: int | None = None,
    precision: float | None = None,
    seed: int | np.random.Generator = 0,
    crew: Crew | None = None,
    **parameters: object,
) -> Robustness:
    """Draw weights and performances again and again, and tell how each option fares.

    Parameters
    ----------
    matrix, weights, performances, curves, method, seed, parameters
        The decision and what is known of it, as in `Simulation`.
    samples
        How many samples, 100,000 unless given; with a precision, how many at most.
    precision
        The largest standard error that a chance to be first may have: samples are drawn until it is met.
    crew
        Who draws them; threads, unless given.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> matrix = DecisionMatrix([[90, 20], [40, 80]], [1, 1], ["max", "max"], lower=[0, 0], upper=[100, 100])
    >>> found = robustness(matrix)
    >>> found.first.round(2).tolist(), found.samples
    ([0.34, 0.66], 100000)
    """
    simulation = Simulation(matrix, weights, performances, curves=curves, method=method, seed=seed, **parameters)
    most = SAMPLES if samples is None and precision is None else samples
    (counts,) = deque(simulation.run(most, precision=precision, crew=crew), maxlen=1)
    return assess(simulation, counts)


def _exact_pairwise(simulation: Simulation) -> FloatArray | None:
    """Work out the chances to win where they need no samples: by sums, under weights uniform on a simplex."""
    scoring = simulation.scoring
    if not isinstance(scoring, LinearScoring) or scoring.by_corner is None or len(scoring.by_corner) > MOST_EXACT:
        return None
    return exact_pairwise_wins(scoring.by_corner).round(EXACT_DIGITS)


def _to_sure_digits(figures: FloatArray) -> FloatArray:
    """Round to as many digits as are the same on every machine."""
    with np.errstate(divide="ignore"):
        places = SURE_DIGITS - 1 - np.floor(np.log10(np.abs(figures)))
    scale = 10.0 ** np.clip(np.where(figures == 0, 0.0, places), -300, 300)
    rounded: FloatArray = np.rint(figures * scale) / scale
    return rounded
