"""What counts come to: chances of ranks, their errors, chances to win, and the weights behind a first place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.pairs import refuse_beyond_memory
from policyopts.engine.ranking import TIE
from policyopts.engine.robustness.counts import WEIGHT_UNIT

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.robustness.counts import Counts
    from policyopts.engine.robustness.twins import Twins

PAIRED = 1 << 32  # scores compared with one another at most, for the chances of many options to win
SURE_DIGITS = 9  # of sums of shares: the last ones depend on the machine


def rank_acceptability(counts: Counts, twins: Twins) -> FloatArray:
    """Give each option's chance of each rank that is counted (options, ranks); who tie share the ranks they take up."""
    shares = counts.ranks.astype(np.float64)
    for (option, rank, together), times in sorted(counts.tied.items()):
        shares[option, rank : rank + together] += times / together
    shares /= counts.samples
    twins.share(shares)
    return shares


def standard_errors(counts: Counts, twins: Twins) -> FloatArray:
    """Give the standard errors of the chances to be first (options,), from how far groups of samples differ."""
    sums, squares = counts.ranks[:, 0].astype(np.float64), counts.squares.astype(np.float64)
    for (option, rank, together), times in sorted(counts.tied.items()):
        if rank == 0:
            sums[option] += times / together
            squares[option] += times / together**2
    groups = counts.groups
    spread = np.maximum(squares - sums**2 / groups, 0.0) / max(groups - 1, 1)
    errors: FloatArray = np.sqrt(groups * spread) / counts.samples
    for head, *others in twins.sets:
        errors[[head, *others]] = errors[head] / (1 + len(others))  # the one listed first was counted for all
    return errors


def expected_ranks(counts: Counts, twins: Twins) -> FloatArray:
    """Give each option's mean rank (options,), ties in the middle of the ranks that they take up."""
    if len(counts.rank_sums):
        ranks: FloatArray = counts.rank_sums / (2 * counts.samples)
        twins.share(ranks)
    else:
        ranks = rank_acceptability(counts, twins) @ np.arange(1.0, len(counts.ranks) + 1)
    return ranks.round(SURE_DIGITS)


def pairwise_wins(counts: Counts, twins: Twins) -> FloatArray:
    """Give each option's chance to beat each other (options, options); a tie is half a win, the diagonal 0.

    Of many options it is that of the samples whose scores were kept.
    """
    if counts.pair_samples:
        wins, samples = counts.wins.astype(np.float64), counts.pair_samples
    else:
        options = len(counts.ranks)
        refuse_beyond_memory("chances to win", options, 24 * options**2, "look at fewer options")
        scores = np.concatenate(counts.scores, axis=1)[:, : max(1, PAIRED // options**2)]
        samples = scores.shape[1]
        raised = scores + TIE * np.maximum(1.0, np.abs(scores).max(axis=0))
        wins = np.empty((options, options))
        for option, row in enumerate(scores):
            wins[option] = np.count_nonzero(raised < row, axis=1)
    chances = (wins + (samples - wins.T)) / (2 * samples)
    for members in twins.sets:
        chances[np.ix_(members, members)] = 0.5
    np.fill_diagonal(chances, 0.0)
    return chances


def central_weights(counts: Counts, twins: Twins, corners: FloatArray) -> FloatArray:
    """Give the mean of the weights that put each option first (options, criteria); NaN where none did."""
    sums = counts.weights * WEIGHT_UNIT
    for head, *others in twins.sets:
        sums[others] = sums[head]
    totals = sums.sum(axis=1, keepdims=True)
    means = np.divide(sums, totals, out=np.full_like(sums, np.nan), where=totals > 0)
    weights: FloatArray = (means @ corners.T).round(SURE_DIGITS)
    return weights
