"""Distillation: from how credible it is that one option outranks another to two orders of the options (ELECTRE III).

From the options still there, the best are drawn off again and again (descending), or the worst (ascending). What counts
is an arc from a to b: σ(a, b) above a level, and above σ(b, a) + s(σ(a, b)), where s(λ) = alpha + beta·λ, at least 0.
Those with the largest balance of arcs, onward less back, are the best; while they are several, the level is lowered and
they are compared among themselves. The levels: λ0 is the highest credibility among the options still there, the next
the highest below λ0 - s(λ0), and so on down to 0; an arc lies above the next level.

Few options are distilled for all samples at once. For many, nearly all the time would go into the levels at which all
options still there are compared. These only fall as options leave, so arcs once admitted stay, and balances are kept up
to date.

References
----------
Roy (1978), ELECTRE III: un algorithme de classements fondé sur une représentation floue des préférences en présence de
critères multiples, Cahiers du CERO 20(1):3-24. Belton & Stewart (2002), Multiple Criteria Decision Analysis, ch. 8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.engine.arrays import BoolArray, FloatArray, IntArray

TIE = 1e-9  # credibilities that differ by less are equal: sums of shares are no round numbers
FEW = 32  # options up to which all samples are distilled at once
PAIRS = 1 << 18  # looked at in one go
WAITING = 1 << 20  # arcs kept at hand for when the level falls


class Threshold(NamedTuple):
    """What a credibility must exceed another by: alpha + beta times it, and no less than 0."""

    alpha: float
    beta: float

    def less(self, credibility: FloatArray) -> FloatArray:
        """Take the threshold off the credibilities: what lies below is exceeded, or on a lower level."""
        result: FloatArray = credibility - np.maximum(self.alpha + self.beta * credibility, 0.0)
        return result

    def exceeded(self, credibility: FloatArray, back: FloatArray) -> BoolArray:
        """Tell where a credibility exceeds the one of the pair the other way round."""
        return self.less(credibility) > back + TIE

    def limit(self, level: FloatArray | float) -> FloatArray:
        """Give what the next level lies below."""
        return self.less(np.asarray(level)) - TIE


def distil(credibility: FloatArray, threshold: Threshold) -> tuple[IntArray, IntArray]:
    """Give each option's class in the descending and in the ascending order, 1 = best, as (…, options) each.

    `credibility` (…, options, options) has the option that outranks first; its diagonal does not matter.

    Examples
    --------
    >>> credibility = np.array([[1.0, 0.9, 0.8], [0.2, 1.0, 0.7], [0.3, 0.7, 1.0]])
    >>> [classes.tolist() for classes in distil(credibility, Threshold(0.3, -0.15))]
    [[1, 2, 2], [1, 2, 2]]
    """
    *samples, count, _ = credibility.shape
    descending, ascending = np.empty((2, *samples, count), dtype=np.intp)
    if count <= FEW:
        flat = credibility.reshape(-1, count, count)
        some = max(1, PAIRS // (2 * count * count))
        parts = [_distil_together(flat[start : start + some], threshold) for start in range(0, len(flat), some)]
        descending, ascending = np.concatenate(parts, axis=1).reshape(2, *samples, count)
    else:
        for sample in np.ndindex(*samples):
            own = credibility[sample]
            descending[sample] = _distil_one(own, threshold, best_first=True)
            ascending[sample] = _distil_one(own, threshold, best_first=False)
    return descending, ascending.max(axis=-1, keepdims=True) + 1 - ascending


def _distil_together(credibility: FloatArray, threshold: Threshold) -> IntArray:
    """Draw off the best and the worst of every sample (samples, options, options), as (2, samples, options)."""
    count = credibility.shape[-1]
    credibility = np.where(np.eye(count, dtype=np.bool_), -1.0, credibility)
    ahead = threshold.exceeded(credibility, credibility.swapaxes(-2, -1))
    left = np.ones((2, *credibility.shape[:-1]), dtype=np.bool_)
    inner, drawn = left.copy(), np.zeros(left.shape, dtype=np.intp)
    turn = np.ones(left.shape[:-1], dtype=np.intp)
    level, afresh = np.zeros(turn.shape), np.ones(turn.shape, dtype=np.bool_)
    sign = np.array([1, -1])[:, np.newaxis, np.newaxis]
    while left.any():
        inside = np.where(inner[..., np.newaxis] & inner[..., np.newaxis, :], credibility, -1.0)
        level = np.where(afresh, inside.max(axis=(-2, -1)), level)
        limit = threshold.limit(level)
        level = np.where(inside < limit[..., np.newaxis, np.newaxis], inside, 0.0).max(axis=(-2, -1))
        arcs = ahead & (inside > level[..., np.newaxis, np.newaxis] + TIE)
        balance = sign * (arcs.sum(axis=-1) - arcs.sum(axis=-2))
        balance = np.where(inner, balance, -count)
        inner &= balance == balance.max(axis=-1, keepdims=True)
        afresh = (level <= TIE) | (inner.sum(axis=-1) <= 1)
        chosen = inner & afresh[..., np.newaxis]
        drawn += chosen * turn[..., np.newaxis]
        turn += afresh
        left &= ~chosen
        inner = np.where(afresh[..., np.newaxis], left, inner)
    return drawn


def _distil_one(credibility: FloatArray, threshold: Threshold, *, best_first: bool) -> IntArray:
    """Draw off the best, or the worst, of many options (options, options); the diagonal is -1 meanwhile."""
    diagonal = credibility.diagonal().copy()
    np.fill_diagonal(credibility, -1.0)
    left = np.ones(len(credibility), dtype=np.bool_)
    # The best are seldom whom others outrank most credibly, nor the worst those who outrank: few partners are lost.
    by_partner = credibility if best_first else credibility.T
    highest = _Highest(by_partner, left)
    levels: list[tuple[_Arcs, _Highest]] = []  # as far down as ever all options still there were level
    drawn = np.zeros(len(left), dtype=np.intp)
    turn = 0
    while left.any():
        turn += 1
        level, depth = highest.find(np.inf), 0
        while True:
            if depth == len(levels):
                levels.append((_Arcs(credibility, threshold, left), _Highest(by_partner, left)))
            arcs, highest_below = levels[depth]
            limit = float(threshold.limit(level))
            chosen = arcs.foremost(limit, best_first=best_first)
            level = highest_below.find(limit) if len(chosen) > 1 else 0.0
            if level <= TIE or len(chosen) < np.count_nonzero(left):
                break
            depth += 1
        while level > TIE and len(chosen) > 1:
            chosen, level = _narrowed(credibility, threshold, chosen, level, best_first=best_first)
        drawn[chosen] = turn
        for arcs, _ in levels:
            arcs.leave(chosen)
        left[chosen] = False
    np.fill_diagonal(credibility, diagonal)
    return drawn


class _Highest:
    """The highest credibility below a limit among the options still there; limits fall, and so does what is found."""

    def __init__(self, credibility: FloatArray, left: BoolArray) -> None:
        self.credibility = credibility
        self.left = left
        self.bounds: FloatArray = np.empty(0)  # for each option what it has at most; worked out when first asked for
        self.partners: IntArray = np.empty(0, dtype=np.intp)

    def find(self, limit: float) -> float:
        """Look the highest up; -1 where there is none."""
        if not self.bounds.size:
            self.bounds, self.partners = np.empty(len(self.left)), np.empty(len(self.left), dtype=np.intp)
            step = max(1, PAIRS // len(self.left))
            for start in range(0, len(self.left), step):
                self._look(slice(start, start + step), limit)
        while True:
            option = self.bounds.argmax()
            bound = float(self.bounds[option])
            if bound < 0 or (self.left[option] and self.left[self.partners[option]] and bound < limit):
                return bound
            if self.left[option]:
                self._look(slice(option, option + 1), limit)
            else:
                self.bounds[option] = -1.0

    def _look(self, options: slice, limit: float) -> None:
        rows = np.ascontiguousarray(self.credibility[options])
        rows = np.where(self.left & (rows < limit), rows, -1.0)
        self.partners[options] = rows.argmax(axis=1)
        self.bounds[options] = rows.max(axis=1)


class _Arcs:
    """The arcs at or above a limit that falls, and how many lead from and to each option still there."""

    def __init__(self, credibility: FloatArray, threshold: Threshold, left: BoolArray) -> None:
        count = len(left)
        self.credibility, self.threshold, self.left = credibility, threshold, left
        self.admitted: BoolArray = np.zeros((count, count), dtype=np.bool_)
        self.onward, self.back = np.zeros((2, count), dtype=np.intp)
        self.limit = self.floor = np.inf
        # The next arcs below the limit, the most credible first, down to the floor.
        self.origins, self.targets = np.empty((2, 0), dtype=np.intp)
        self.levels = np.empty(0)

    def foremost(self, limit: float, *, best_first: bool) -> IntArray:
        """Find the options with the largest balance of arcs at or above the limit, or the smallest."""
        if limit < self.floor:
            self._scan(limit)
        elif limit < self.limit:
            self._admit(limit)
        self.limit = limit
        options = np.flatnonzero(self.left)
        balance = (self.onward - self.back)[options]
        foremost: IntArray = options[balance == (balance.max() if best_first else balance.min())]
        return foremost

    def leave(self, options: IntArray) -> None:
        """Take away the arcs of options that leave."""
        for start in range(0, len(options), 64):
            some = options[start : start + 64]
            self.onward -= self.admitted[:, some].sum(axis=1)
            self.back -= self.admitted[some].sum(axis=0)

    def _admit(self, limit: float) -> None:
        upto = int(np.searchsorted(-self.levels, -limit, side="right"))
        origins, targets = self.origins[:upto], self.targets[:upto]
        both = self.left[origins] & self.left[targets]
        origins, targets = origins[both], targets[both]
        self.admitted[origins, targets] = True
        self.onward += np.bincount(origins, minlength=len(self.left))
        self.back += np.bincount(targets, minlength=len(self.left))
        self.origins, self.targets, self.levels = self.origins[upto:], self.targets[upto:], self.levels[upto:]

    def _scan(self, limit: float) -> None:
        """Go through all pairs: admit the arcs at or above the limit, and keep as many of the next as find room."""
        options = np.flatnonzero(self.left)
        step = max(1, PAIRS // len(self.left))
        self.onward[:] = self.back[:] = 0
        floor = -np.inf
        found: list[tuple[IntArray, IntArray, FloatArray]] = []
        for rows in (options[start : start + step] for start in range(0, len(options), step)):
            levels = self.credibility[rows]
            arcs = self.threshold.exceeded(levels, self.credibility[:, rows].T)
            arcs &= self.left
            admitted = arcs & (levels >= limit)
            self.admitted[rows] = admitted
            self.onward[rows] = admitted.sum(axis=1)
            self.back += admitted.sum(axis=0)
            arcs &= (levels < limit) & (levels >= floor)
            origins, targets = np.nonzero(arcs)
            waiting = levels[origins, targets]
            room = WAITING * len(rows) // len(options)
            if len(waiting) > room:
                floor = float(np.partition(waiting, -room - 1)[-room - 1]) + TIE
            keep = waiting >= floor
            found.append((rows[origins[keep]], targets[keep], waiting[keep]))
        origins, targets, waiting = map(np.concatenate, zip(*found, strict=True))
        order = np.argsort(-waiting)
        order = order[: np.count_nonzero(waiting >= floor)]
        self.origins, self.targets, self.levels = origins[order], targets[order], waiting[order]
        self.floor = min(floor, limit)


def _narrowed(
    credibility: FloatArray, threshold: Threshold, options: IntArray, level: float, *, best_first: bool
) -> tuple[IntArray, float]:
    """Compare some options among themselves at the next level: those that are left of them, and that level."""
    limit = float(threshold.limit(level))
    below = max(float(np.where(levels < limit, levels, 0.0).max()) for _, levels, _ in _among(credibility, options))
    balance = np.zeros(len(options), dtype=np.intp)
    for places, levels, levels_back in _among(credibility, options):
        arcs = threshold.exceeded(levels, levels_back) & (levels > below + TIE)
        balance[places] += arcs.sum(axis=1)
        balance -= arcs.sum(axis=0)
    return options[balance == (balance.max() if best_first else balance.min())], below


def _among(credibility: FloatArray, options: IntArray) -> Iterator[tuple[slice, FloatArray, FloatArray]]:
    """Give the credibilities from some options at a time to all of them, and back."""
    step = max(1, PAIRS // len(options))
    for places in (slice(start, start + step) for start in range(0, len(options), step)):
        rows = options[places]
        yield places, credibility[np.ix_(rows, options)], credibility[np.ix_(options, rows)].T
