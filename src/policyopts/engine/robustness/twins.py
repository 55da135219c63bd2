"""Options that tie under all weights: they share their ranks evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.engine.ranking import TIE

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray

MIXING = 0.6180339887498949  # multiples of an irrational number leave no two rows the same sum by chance


class Twins(NamedTuple):
    """Sets of two options or more that always tie, the one listed first at the head of each."""

    sets: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def of(cls, table: FloatArray) -> Twins:
        """Find options whose rows (options, any) are the same but for a tie; NaN is the same as nothing.

        Examples
        --------
        >>> Twins.of(np.array([[0.3, 0.5], [0.1, 0.2], [0.1 + 0.2, 0.5]])).sets
        ((0, 2),)
        """
        mixed = table @ (1 + np.arange(table.shape[1]) * MIXING % 1)
        tolerance = TIE * max(1.0, float(np.abs(np.nan_to_num(table)).max()))
        order = np.argsort(mixed, kind="stable")
        same = (np.abs(np.diff(table[order], axis=0)) <= tolerance).all(axis=1)
        sets: list[list[int]] = []
        for place in np.flatnonzero(same).tolist():
            one, other = int(order[place]), int(order[place + 1])
            if sets and sets[-1][-1] == one:
                sets[-1].append(other)
            else:
                sets.append([one, other])
        return cls(tuple(sorted(tuple(sorted(twins)) for twins in sets)))

    def level(self, scores: FloatArray) -> None:
        """Give twins (options, …) the very same scores, whatever rounding made of them."""
        for head, *others in self.sets:
            scores[others] = scores[head]

    def share(self, figures: FloatArray) -> None:
        """Give each of a set of twins (options, …) the mean of what was counted for them."""
        for twins in self.sets:
            figures[list(twins)] = figures[list(twins)].mean(axis=0)
