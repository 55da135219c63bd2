"""Counts of a run: whole numbers, so that adding them up in any order comes to the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import TypeAlias

    from numpy.typing import NDArray

    from policyopts.engine.arrays import FloatArray

    Whole: TypeAlias = NDArray[np.int64]

MANY = 1000  # options from which on only the first ranks are counted one by one
RANKS, LEAST_RANKS = 1_000_000, 10  # of all options together, and of each at least
MOST_RANKS = 100  # of each of very many options
WEIGHT_UNIT = 2.0**-40  # sums of weights are kept in these, a block's rounded to the nearest


def ranks_counted(options: int) -> int:
    """Tell how many ranks are counted one by one, the first ones: all of up to a thousand options.

    A table of very many options by as many ranks would take more memory and time than all else.
    """
    return options if options <= MANY else max(LEAST_RANKS, min(MOST_RANKS, RANKS // options))


@dataclass(eq=False)
class Counts:
    """What some samples came to.

    Options that tie in a sample are counted apart, each under its rank and the number of those who share it; all others
    stand in `ranks`. Of very many options only the first ranks are told apart, and all are added up. `groups` are
    samples drawn together, of which `squares` tells how far they go the same way.
    """

    samples: int
    ranks: Whole  # (options, ranks): samples in which the option alone takes the rank
    tied: Counter[tuple[int, int, int]]  # (option, rank from 0, number that share it) → samples
    rank_sums: Whole  # (options,): of very many, sums of twice their ranks, ties in the middle; else none
    wins: Whole  # (options, options): samples in which the row's option beats the column's; none of very many
    pair_samples: int  # samples in which pairs were looked at: all of few options, none of many
    weights: Whole  # (options, corners): sums of the weights under which the option was first, in units
    groups: int
    squares: Whole  # (options,): sums of squares of the places that the option alone was first, in each group
    scores: tuple[FloatArray, ...] = field(repr=False)  # of the first samples (options, samples)

    @classmethod
    def none(cls, options: int, corners: int) -> Counts:
        """Count nothing yet."""
        return cls(
            samples=0,
            ranks=np.zeros((options, ranks_counted(options)), np.int64),
            tied=Counter(),
            rank_sums=np.zeros(options if options > MANY else 0, np.int64),
            wins=_no_wins(options),
            pair_samples=0,
            weights=np.zeros((options, corners), np.int64),
            groups=0,
            squares=np.zeros(options, np.int64),
            scores=(),
        )

    def __getstate__(self) -> dict[str, object]:
        """Leave out wins where no pairs were looked at: of many options they are half of what is sent."""
        return vars(self) | ({} if self.pair_samples else {"wins": None})

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state)
        if state["wins"] is None:
            self.wins = _no_wins(len(self.ranks))

    def add(self, other: Counts) -> None:
        """Take in what other samples came to."""
        self.samples += other.samples
        self.ranks += other.ranks
        self.tied.update(other.tied)
        self.rank_sums += other.rank_sums
        self.wins += other.wins
        self.pair_samples += other.pair_samples
        self.weights += other.weights
        self.groups += other.groups
        self.squares += other.squares
        self.scores += other.scores


def _no_wins(options: int) -> Whole:
    """Give room for wins, and none for those of very many options."""
    pairs = 0 if options > MANY else options
    return np.zeros((pairs, pairs), np.int64)
