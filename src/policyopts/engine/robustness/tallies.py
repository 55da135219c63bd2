"""Counting ranks in samples of scores, fast.

Up to 24 options, every pair is compared in all samples at once; up to six, the outcomes of a sample's pairs are the
bits of one number, and counting these numbers counts everything. More options are sorted, each sample by itself.

Where scores may tie, a sample with a tie is set aside and ranked as any ranking is; elsewhere the option listed first
stands before another with the very same score, and whoever knows of twins lets them share.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.engine.products import sums_of_products
from policyopts.engine.ranking import TIE, ranks
from policyopts.engine.robustness.counts import WEIGHT_UNIT, Counts
from policyopts.engine.workspace import Workspace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from policyopts.engine.arrays import BoolArray, FloatArray, IntArray

FEW = 24  # options up to which looking at all pairs is faster than sorting
VERY_FEW = 6  # options up to which the outcomes of all pairs are counted as one number


class Samples(NamedTuple):
    """Scores of samples, and the weights under which they came about.

    Samples are drawn in groups: those of one group share a draw, whose weights each shift turns round by one place.
    """

    scores: FloatArray  # (options, shifts, groups); of many options those of a sample lie side by side
    weights: FloatArray  # (corners, groups), each group's summing to 1
    unit: FloatArray | float | None  # where scores may tie: how large one is by nature, one for all or (groups,)


class Tally(ABC):
    """Counts the ranks in samples, a batch at a time."""

    def __init__(self, options: int, corners: int) -> None:
        self.counts = Counts.none(options, corners)
        self.weights = np.zeros((options, corners))
        self.space = Workspace()

    def add(self, samples: Samples) -> None:
        """Count some samples."""
        _, shifts, groups = samples.scores.shape
        self.counts.samples += shifts * groups
        self.counts.groups += groups
        self.count(samples)

    def take(self) -> Counts:
        """Hand out what was counted, and start anew."""
        self.spell_out()
        counts = self.counts
        counts.weights = np.rint(self.weights / WEIGHT_UNIT).astype(np.int64)
        self.counts = Counts.none(*self.weights.shape)
        self.weights[:] = 0
        return counts

    @abstractmethod
    def count(self, samples: Samples) -> None:
        """Count some samples' ranks, wins, first places and weights."""

    def spell_out(self) -> None:  # noqa: B027 - most have nothing to do
        """Put into the counts what is kept elsewhere."""

    def count_tied(self, scores: FloatArray, unit: FloatArray | float, weights: FloatArray) -> None:
        """Rank samples (samples, options) as any ranking is, under weights (corners, samples)."""
        options = scores.shape[1]
        places = ranks(scores, unit)
        apart = places + np.arange(0, places.size, options)[:, np.newaxis]  # no two samples have a number in common
        sharing = np.bincount(apart.ravel())[apart].reshape(places.shape)
        alone, counted = sharing == 1, self.counts.ranks.shape[1]
        option = np.broadcast_to(np.arange(options), places.shape)
        one, more = (which & (places <= counted) for which in (alone, ~alone))
        cells = np.bincount(option[one] * counted + places[one] - 1, minlength=options * counted)
        self.counts.ranks += cells.reshape(options, counted)
        if len(self.counts.rank_sums):
            self.counts.rank_sums += (2 * places + sharing - 1).sum(axis=0)
        keys = (option[more] * counted + places[more] - 1) * (options + 1) + sharing[more]
        found: Counter[tuple[int, int, int]] = Counter()
        for key, times in zip(*(part.tolist() for part in np.unique(keys, return_counts=True)), strict=True):
            cell, together = divmod(key, options + 1)
            found[(*divmod(cell, counted), together)] = times
        self.counts.tied.update(found)
        first = places == 1
        self.counts.squares += (first & alone).sum(axis=0)
        self.weights += (first / sharing).T @ weights.T


class PairTally(Tally):
    """Compares all pairs of few options."""

    def count(self, samples: Samples) -> None:
        """Count some samples' ranks, wins, first places and weights."""
        scores, weights, unit = samples
        options, shifts, groups = scores.shape
        ties = self._ties(scores, unit)
        first = self.space.array("first", (shifts, options, groups), np.bool_)
        self.count_outcomes(scores, ties, first)
        if len(ties):
            first.transpose(1, 0, 2).reshape(options, -1)[:, ties] = False
        self._count_first(first, weights)
        if len(ties):
            rows = scores.reshape(options, -1)[:, ties].T
            their_unit = unit[ties] if isinstance(unit, np.ndarray) else unit or 0.0
            self.count_tied(rows, their_unit, weights[:, ties])
            self._count_tied_wins(rows, their_unit)
        self.counts.pair_samples += shifts * groups

    def count_outcomes(self, scores: FloatArray, ties: IntArray, first: BoolArray) -> None:
        """Count ranks and wins in samples without a tie, and mark who is first (shifts, options, groups)."""
        options, *shape = scores.shape
        places = self.space.array("places", scores.shape, np.uint8)  # how many options stand above each one
        total = self.space.array("total", tuple(shape), np.uint8)
        places[:] = np.arange(options - 1, -1, -1, dtype=np.uint8)[:, np.newaxis, np.newaxis]
        samples = total.size - len(ties)
        for option in range(options - 1):
            below = self.space.array("below", (options - 1 - option, *shape), np.bool_)
            np.less_equal(scores[option + 1 :], scores[option], out=below)
            if len(ties):
                below.reshape(len(below), -1)[:, ties] = False
            places[option + 1 :] += below.view(np.uint8)
            np.add.reduce(below.view(np.uint8), axis=0, dtype=np.uint8, out=total)
            places[option] -= total
            wins = np.array([np.count_nonzero(row) for row in below], np.int64)
            self.counts.wins[option, option + 1 :] += wins
            self.counts.wins[option + 1 :, option] += samples - wins
        if len(ties):
            places.reshape(options, -1)[:, ties] = options  # no rank
        np.equal(places.transpose(1, 0, 2), 0, out=first)
        self._count_ranks(places, samples)

    def _count_ranks(self, places: NDArray[np.uint8], samples: int) -> None:
        options, *shape = places.shape
        same = self.space.array("same", tuple(shape), np.bool_)
        for option, row in enumerate(places):
            left = samples
            for rank in range(options - 1):
                np.equal(row, rank, out=same)
                times = int(np.count_nonzero(same))
                self.counts.ranks[option, rank] += times
                left -= times
            self.counts.ranks[option, options - 1] += left

    def _count_first(self, first: BoolArray, weights: FloatArray) -> None:
        """Count within groups who is first (shifts, options, groups), and add up the weights."""
        shifts, options, groups = first.shape
        together = self.space.array("together", (options, groups), np.uint8)
        np.add.reduce(first.view(np.uint8), axis=0, dtype=np.uint8, out=together)
        self.counts.squares += np.multiply(together, together, dtype=np.uint16).sum(axis=1, dtype=np.int64)
        marks = self.space.array("marks", first.shape)
        np.copyto(marks, first)
        sums = sums_of_products(weights, marks.reshape(shifts * options, groups))
        for shift, of_shift in enumerate(np.split(sums, shifts, axis=1)):
            self.weights += np.roll(of_shift, -shift, axis=0).T

    def _ties(self, scores: FloatArray, unit: FloatArray | float | None) -> IntArray:
        """Find the samples in which two scores tie."""
        if unit is None:
            return np.empty(0, np.intp)
        options, *rest = scores.shape
        tolerance = TIE * np.maximum(unit, np.maximum(scores.max(axis=0), -scores.min(axis=0)))
        raised = np.add(scores, tolerance, out=self.space.array("raised", scores.shape))
        ties = np.zeros(rest, np.bool_)
        for option in range(options - 1):
            shape = (options - 1 - option, *rest)
            near, not_above = self.space.array("near", shape, np.bool_), self.space.array("not_above", shape, np.bool_)
            np.greater_equal(raised[option + 1 :], scores[option], out=near)
            np.greater_equal(raised[option], scores[option + 1 :], out=not_above)
            near &= not_above
            ties |= np.logical_or.reduce(near, axis=0)
        return np.flatnonzero(ties)

    def _count_tied_wins(self, scores: FloatArray, unit: FloatArray | float) -> None:
        """Count wins in samples with a tie (samples, options): those above by more than a tie."""
        tolerance = TIE * np.maximum(unit, np.abs(scores).max(axis=1))
        raised = scores + tolerance[:, np.newaxis]
        for option in range(scores.shape[1]):
            self.counts.wins[option] += (raised < scores[:, option, np.newaxis]).sum(axis=0)


class BitTally(PairTally):
    """Reads the outcomes of all pairs of very few options as one number, and counts these numbers."""

    def __init__(self, options: int, corners: int) -> None:
        super().__init__(options, corners)
        self._pairs = [(one, other) for one in range(options) for other in range(one + 1, options)]
        outcomes = np.arange(1 << len(self._pairs))
        self._places = np.zeros((options, len(outcomes)), np.intp)  # how many options stand above each one
        for bit, (one, other) in enumerate(self._pairs):
            below = (outcomes >> bit) & 1
            self._places[other] += below
            self._places[one] += 1 - below
        self._leaders = np.argmin(self._places, axis=0).astype(np.uint8)
        self._histogram = np.zeros(len(outcomes), np.int64)
        places = np.arange(len(self._pairs)) % 8
        self._bits = (1 << places).astype(np.uint8)[:, np.newaxis, np.newaxis]

    def count_outcomes(self, scores: FloatArray, ties: IntArray, first: BoolArray) -> None:
        """Count the outcomes of samples without a tie, and mark who is first (shifts, options, groups)."""
        options, *rest = scores.shape
        shape = tuple(rest)
        below = self.space.array("below", (len(self._pairs), *shape), np.bool_)
        start = 0
        for option in range(options - 1):
            stop = start + options - 1 - option
            np.less_equal(scores[option + 1 :], scores[option], out=below[start:stop])
            start = stop
        bits = below.view(np.uint8)
        np.multiply(bits, self._bits, out=bits)
        numbers = self.space.array("numbers", shape, np.uint16)
        byte = self.space.array("byte", shape, np.uint8)
        numbers[:] = 0
        for start in reversed(range(0, len(bits), 8)):
            np.bitwise_or.reduce(bits[start : start + 8], axis=0, out=byte)
            numbers <<= 8
            numbers |= byte
        self._histogram += np.bincount(numbers.reshape(-1), minlength=len(self._histogram))
        if len(ties):
            self._histogram -= np.bincount(numbers.reshape(-1)[ties], minlength=len(self._histogram))
        np.take(self._leaders, numbers, out=byte, mode="clip")
        np.equal(byte[:, np.newaxis], np.arange(options, dtype=np.uint8)[:, np.newaxis], out=first)

    def spell_out(self) -> None:
        """Put into the counts what the outcomes say of ranks and wins."""
        met = np.flatnonzero(self._histogram)
        times = self._histogram[met]
        for option, places in enumerate(self._places[:, met]):
            for rank in range(len(self._places)):
                self.counts.ranks[option, rank] += times[places == rank].sum()
        for bit, (one, other) in enumerate(self._pairs):
            wins = int(((met >> bit) & 1) @ times)
            self.counts.wins[one, other] += wins
            self.counts.wins[other, one] += int(times.sum()) - wins
        self._histogram[:] = 0


class SortTally(Tally):
    """Sorts each sample of many options by itself; groups have one sample."""

    def count(self, samples: Samples) -> None:
        """Count some samples' ranks, first places and weights; pairs are too many."""
        scores, weights, unit = samples
        rows = scores[:, 0].T
        if unit is not None:
            self.count_tied(rows, unit, weights)
            return
        order = self._order(rows)
        options, counted = self.counts.ranks.shape
        first = order[:, 0].copy()
        if len(self.counts.rank_sums):
            ranks_ = self.space.array("ranks", order.shape)
            ranks_[:] = np.arange(2.0, 2 * options + 1, 2)
            # Whole numbers far below 2⁵³, so no figure is lost.
            sums = np.bincount(order.reshape(-1), weights=ranks_.reshape(-1), minlength=options)
            self.counts.rank_sums += sums.astype(np.int64)
        cells = order[:, :counted] * counted
        cells += np.arange(counted)
        self.counts.ranks += np.bincount(cells.reshape(-1), minlength=options * counted).reshape(options, counted)
        self.counts.squares += np.bincount(first, minlength=options)
        for corner, row in enumerate(weights):
            self.weights[:, corner] += np.bincount(first, weights=row, minlength=options)

    def _order(self, rows: FloatArray) -> IntArray:
        """Give the options of each sample in order, best first.

        A number from 0 up has the order of its bits, so its last bits may hold the option: they are worth less than a
        tie.
        """
        options = rows.shape[1]
        mask = (1 << (options - 1).bit_length()) - 1
        behind = self.space.array("behind", rows.shape)
        np.subtract(rows.max(), rows, out=behind)
        keys = behind.view(np.int64)
        keys &= ~mask
        keys |= np.arange(options)
        keys.sort(axis=1)
        keys &= mask
        return keys


def tally(options: int, corners: int) -> Tally:
    """Choose how to count so many options."""
    if options <= VERY_FEW:
        return BitTally(options, corners)
    return PairTally(options, corners) if options <= FEW else SortTally(options, corners)
