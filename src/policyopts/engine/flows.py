"""Flows on one criterion: how much an option is preferred to the others, and they to it, summed over the others.

By definition that takes a look at every pair of options. For few options all pairs are looked at, of all criteria at
once. For many, the options of a criterion are sorted, and each asks how far down (or up) the others reach that count
in full, in part or not at all: sums over such stretches are differences of running sums, so n options take n log n
steps.

A preference grows with the difference in one of four shapes:

| shape | preference for a difference d |
|---|---|
| ``step`` | 0 up to `low`, 1 above |
| ``level`` | 0 up to `low`, 1/2 up to `high`, 1 above |
| ``ramp`` | 0 up to `low`, on a straight line to 1 at `high` |
| ``bell`` | 1 - exp(-d² / (2·high²)) |

A difference that rounding alone lifts above a step, as in 0.8 - 0.6 over 0.2, does not count as above it.

References
----------
Calders & Van Assche (2015), PROMETHEE is not quadratic: an O(qn log(n)) algorithm, arXiv:1603.00091, for sorting and
running sums. Greengard & Strain (1991), The fast Gauss transform, SIAM J. Sci. Stat. Comput. 12(1):79-94, for the bell.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from numpy.typing import NDArray

    from policyopts.engine.arrays import FloatArray, IntArray

    Flows: TypeAlias = tuple[FloatArray, FloatArray]  # preferred to the others, and the others to it

Shape = Literal["step", "level", "ramp", "bell"]

ROUNDING = 4 * np.finfo(np.float64).eps  # of figures and thresholds as typed, and of their difference
WIDE = 1e6  # a figure is this many times as large as a ramp is wide
EXACT = 51  # bits in which sums of whole numbers, and what is reckoned from them here, stay exact
PAIRS = 1 << 16  # looked at in one go: what they take fits the cache
BOXES = 4096  # of the bell, looked at in one go
FAR = 8.7  # spreads from which on the bell is 1 to the last digit
SMALL = 1e-15  # what the bell's expansions may leave out of a preference


class Preference(NamedTuple):
    """A preference function: its shape, and where it bends; a threshold may differ from option to option (…, options).

    Such a threshold is the one of the option that is preferred.
    """

    shape: Shape
    low: FloatArray | float = 0.0
    high: FloatArray | float = 0.0


def flows_of_pairs(figures: FloatArray, shape: Shape, low: FloatArray, high: FloatArray) -> Flows:
    """Look at all pairs of the options (…, options, criteria) at once; higher figures are better.

    The thresholds are (criteria,) or (…, options, criteria).
    """
    low, high = (ends[..., np.newaxis, :] if ends.ndim > 1 else ends for ends in (low, high))
    preferences = _preferences(shape, figures[..., np.newaxis, :], figures[..., np.newaxis, :, :], low, high)
    return preferences.sum(axis=-2), preferences.sum(axis=-3)


def flows_in_blocks(figures: FloatArray, preference: Preference) -> Flows:
    """Look at all pairs of many options (options,) a block at a time, where thresholds differ from one to another."""
    count = len(figures)
    low, high = (np.broadcast_to(ends, count)[:, np.newaxis] for ends in (preference.low, preference.high))
    preferred, others_preferred = np.empty(count), np.zeros(count)
    step = max(1, PAIRS // count)
    for rows in (slice(start, start + step) for start in range(0, count, step)):
        block = _preferences(preference.shape, figures[rows, np.newaxis], figures, low[rows], high[rows])
        preferred[rows] = block.sum(axis=1)
        others_preferred += block.sum(axis=0)
    return preferred, others_preferred


def flows_by_sorting(figures: FloatArray, preference: Preference) -> Flows:
    """Sort many options (options,) and sum along the order; they share their thresholds."""
    order = np.argsort(figures)
    ladder, step = _ladder(figures[order])
    low, high = float(preference.low), float(preference.high)
    match preference.shape:
        case "step":
            sums = _step_sums(ladder, low)
        case "level":
            ones, twos = _step_sums(ladder, low), _step_sums(ladder, high)
            sums = ((ones[0] + twos[0]) / 2, (ones[1] + twos[1]) / 2)
        case "ramp":
            sums = _ramp_sums(ladder, low, high)
        case "bell":
            sums = _bell_sums(ladder, high)
    flows = np.empty_like(figures), np.empty_like(figures)
    for flow, of_each_figure in zip(flows, sums, strict=True):
        flow[order] = of_each_figure if step is None else of_each_figure[step]
    return flows


def _preferences(shape: Shape, own: FloatArray, others: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Give the preference of each option's own figure to the others' figures."""
    match shape:
        case "step":
            return _above(own, others, low)
        case "level":
            return (_above(own, others, low) + _above(own, others, high)) / 2
        case "ramp":
            preferences = own - others
            preferences -= low
            width = high - low
        case "bell":
            preferences = own - others
            width = high
    flat = width == 0
    with np.errstate(over="ignore"):  # of a difference in very short widths
        preferences /= np.where(flat, 1.0, width)
    np.maximum(preferences, 0.0, out=preferences)
    if shape == "bell":
        np.minimum(preferences, FAR, out=preferences)
        preferences = -np.expm1(-0.5 * preferences * preferences)
    else:
        np.minimum(preferences, 1.0, out=preferences)
    return np.where(flat, _above(own, others, low), preferences) if flat.any() else preferences


def _above(own: FloatArray, others: FloatArray, threshold: FloatArray) -> FloatArray:
    return (others < _reach(own, threshold)).astype(np.float64)


def _reach(figures: FloatArray, threshold: FloatArray | float) -> FloatArray:
    """Give the figure below which the others are more than the threshold away, and not by rounding alone."""
    return figures - threshold - np.where(threshold > 0, ROUNDING * (np.abs(figures) + threshold), 0.0)


class _Ladder(NamedTuple):
    """The figures that occur on a criterion, each once, in ascending order."""

    figures: FloatArray
    below: FloatArray  # how many options have a lower figure; last, how many there are

    @property
    def counts(self) -> FloatArray:
        return np.diff(self.below)

    def places(self, levels: FloatArray) -> IntArray:
        """Count the figures below each of as many ascending levels: merging both takes less time than searching."""
        merged = np.argsort(np.concatenate([levels, self.figures]), kind="stable")
        places: IntArray = np.flatnonzero(merged < len(levels)) - np.arange(len(levels))
        return places

    def upper_ends(self, lower_ends: IntArray) -> IntArray:
        """Find for each figure the first one whose lower end lies above it; lower ends never fall along the ladder."""
        return np.cumsum(np.bincount(lower_ends, minlength=len(self.figures) + 1))[:-1]


def _ladder(ascending: FloatArray) -> tuple[_Ladder, IntArray | None]:
    """Take each figure once; and tell which step each option stands on, None where no two share one."""
    is_new = np.empty(len(ascending), dtype=np.bool_)
    is_new[0] = True
    np.not_equal(ascending[1:], ascending[:-1], out=is_new[1:])
    if is_new.all():
        return _Ladder(ascending, np.arange(len(ascending) + 1.0)), None
    starts = np.flatnonzero(is_new)
    return _Ladder(ascending[starts], np.append(starts, len(ascending)).astype(np.float64)), np.cumsum(is_new) - 1


def _step_sums(ladder: _Ladder, threshold: float) -> Flows:
    """Count the options further below than the threshold, and further above."""
    if threshold == 0:
        return ladder.below[:-1], ladder.below[-1] - ladder.below[1:]
    ends = ladder.places(_reach(ladder.figures, threshold))
    return ladder.below[ends], ladder.below[-1] - ladder.below[ladder.upper_ends(ends)]


def _ramp_sums(ladder: _Ladder, low: float, high: float) -> Flows:
    """Add up the ramp's part over the options between its ends, and count those beyond.

    Figures are split into whole multiples of a power of two, whose running sums are exact, and small rests: what
    running sums lose otherwise is as large as the preferences where the ramp is short against the criterion's range.
    """
    figures, below = ladder.figures, ladder.below
    if low >= figures[-1] - figures[0]:
        return np.zeros_like(figures), np.zeros_like(figures)
    summed, largest = figures, max(-figures[0], figures[-1])
    if largest > WIDE * (high - low):  # what no other is in reach of is never part of a sum, and needs no digits
        far = np.diff(figures, prepend=-np.inf, append=np.inf) > high
        summed = np.where(far[1:] & far[:-1], 0.0, figures)
        largest = max(-summed.min(), summed.max())
    exponent = min(EXACT - math.frexp(below[-1])[1] - math.frexp(largest)[1], 600)  # thresholds stay finite
    scaled = np.ldexp(summed, exponent)
    parts = np.empty(len(figures), dtype=np.complex128)  # whole multiples, and rests as imaginary parts
    np.rint(scaled, out=parts.real)
    np.subtract(scaled, parts.real, out=parts.imag)
    running = np.zeros(len(figures) + 1, dtype=np.complex128)
    np.cumsum(parts if len(figures) == below[-1] else parts * ladder.counts, out=running[1:])
    start = math.ldexp(low, exponent)
    shift = complex(round(start), start - round(start))
    width = math.ldexp(high - low, exponent)

    nearer = ladder.places(figures - low) if low else np.arange(len(figures))
    further = ladder.places(figures - high)
    rising = _stretch(parts - shift, below[nearer] - below[further])
    rising -= running[nearer]
    rising += running[further]
    preferred = (rising.real + rising.imag) / width + below[further]

    nearer, further = ladder.upper_ends(nearer), ladder.upper_ends(further)
    rising = _stretch(parts + shift, below[nearer] - below[further])
    rising += running[further]
    rising -= running[nearer]
    return preferred, (rising.real + rising.imag) / width + (below[-1] - below[further])


def _stretch(parts: NDArray[np.complex128], counts: FloatArray) -> NDArray[np.complex128]:
    """Multiply the parts by counts, each part by itself so that whole numbers stay exact."""
    parts.real *= counts
    parts.imag *= counts
    return parts


def _bell_sums(ladder: _Ladder, spread: float) -> Flows:
    """Count the options below and above, less the sums of exp(-d²/2) over them, d in spreads."""
    figures, below = ladder.figures, ladder.below
    near_below, near_above = np.zeros_like(figures), np.zeros_like(figures)
    exponent = math.frexp(spread)[1] - 1  # of the boxes' width: the power of two from half a spread to a whole one
    largest = math.ldexp(1.0, exponent + 58)  # larger figures lie too far apart for any to be near another
    first, last = np.searchsorted(figures, [-largest, largest])
    if first == last:
        return below[:-1], below[-1] - below[1:]
    boxes = _Boxes.of(figures[first:last], ladder.counts[first:last], spread, exponent)
    for start in range(0, len(boxes.numbers), BOXES):
        members, sums = boxes.near(slice(start, start + BOXES))
        near_below[first:last][members], near_above[first:last][members] = sums
    sums = below[:-1] - near_below, below[-1] - below[1:] - near_above
    return np.maximum(sums[0], 0.0), np.maximum(sums[1], 0.0)


class _Boxes(NamedTuple):
    """Figures sorted into boxes of equal width, for sums of exp(-d²/2) over the figures near each of them.

    Within a box, with u and v measured from its middle, exp(-(u-v)²/2) = Σ over k of e(u)·u^k/k! · e(v)·v^k, where
    e(u) = exp(-u²/2): running sums of e(v)·v^k take in the figures below u alone. From another box, D away, it is a
    Taylor series in u and in -v with the derivatives of exp(-t²/2) at D, which are Hermite polynomials times it.
    """

    numbers: IntArray  # of the boxes that hold a figure, ascending
    starts: IntArray  # where each box starts among the figures; last, how many figures there are
    offsets: FloatArray  # of each figure from its box's middle, in spreads
    counts: FloatArray  # of the options that have each figure
    moments: FloatArray  # (boxes, orders): Σ (-v)^k/k!
    derivatives: tuple[tuple[int, FloatArray, FloatArray], ...]  # for each distance in boxes, from below and from above
    width: float  # of a box, in spreads

    @classmethod
    def of(cls, figures: FloatArray, counts: FloatArray, spread: float, exponent: int) -> _Boxes:
        """Sort the figures into boxes as wide as two to the exponent, which places figures in them exactly."""
        width = math.ldexp(1.0, exponent) / spread
        places = np.ldexp(figures, -exponent)
        floors = np.floor(places)
        places -= floors
        places -= 0.5
        places *= width
        numbers = floors.astype(np.int64)
        starts = np.flatnonzero(np.diff(numbers, prepend=numbers[:1] - 1))
        orders = _orders(width)
        moments = np.zeros((len(starts), orders))
        term = counts.copy()
        for order in range(orders):
            moments[:, order] = np.add.reduceat(term, starts)
            term *= places
            term /= -(order + 1)
        derivatives = tuple(_derivatives(width, orders))
        return cls(numbers[starts], np.append(starts, len(figures)), places, counts, moments, derivatives, width)

    def near(self, boxes: slice) -> tuple[slice, Flows]:
        """Sum exp(-d²/2) over the figures below, and over those above, each figure of some boxes; and tell which."""
        starts = self.starts[boxes.start : boxes.stop + 1]
        members = slice(int(starts[0]), int(starts[-1]))
        box = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        offsets, counts = self.offsets[members], self.counts[members]
        from_below, from_above = self._series(boxes)
        own = _below_in_box(offsets, counts, starts[:-1] - starts[0], box, self.width)
        return members, (
            own + _polynomial(from_below, offsets, box),
            _polynomial(from_above, offsets, box) - own - counts,
        )

    def _series(self, boxes: slice) -> Flows:
        """Give the series for the boxes below, and for those above and the own one, as (boxes, orders)."""
        numbers = self.numbers[boxes]
        from_below, from_above = np.zeros((2, len(numbers), self.moments.shape[1]))
        for shift, below, above in self.derivatives:
            for series, source, expansion in (
                (from_below, numbers - shift, below),
                (from_above, numbers + shift, above),
            ):
                place = np.searchsorted(self.numbers, source)
                place[place == len(self.numbers)] = 0
                met = np.flatnonzero(self.numbers[place] == source)
                series[met] += self.moments[place[met]] @ expansion
        return from_below, from_above


def _orders(width: float) -> int:
    """Count the terms of the series that matter for boxes of a width."""
    return next(k for k in range(1, 100) if (width / 2) ** k / math.sqrt(math.factorial(k)) < SMALL)


def _derivatives(width: float, orders: int) -> Iterator[tuple[int, FloatArray, FloatArray]]:
    """Give for the own box, the next one, … its series from below and from above, as (orders, orders)."""
    own, other = np.arange(orders), np.arange(orders)[:, np.newaxis]
    factorials = np.array([float(math.factorial(order)) for order in range(orders)])
    turned = (-1.0) ** (own + other)
    for shift in range(math.ceil(FAR / width) + 2):
        distance = shift * width
        values = [math.exp(-distance * distance / 2)]
        values.append(-distance * values[0])
        for order in range(1, 2 * orders - 2):
            values.append(-distance * values[-1] - order * values[-2])
        expansion = np.array(values)[own + other] / factorials
        yield shift, expansion if shift else np.zeros_like(expansion), expansion * turned


def _below_in_box(offsets: FloatArray, counts: FloatArray, starts: IntArray, box: IntArray, width: float) -> FloatArray:
    """Sum exp(-d²/2) over the figures below each figure in its own box."""
    bell = np.exp(-0.5 * offsets * offsets)
    term, factor = bell * counts, bell
    running = np.zeros(len(offsets) + 1)
    sums = np.zeros_like(offsets)
    order, size = 0, 1.0  # the size of the largest term left
    while size > SMALL:
        np.cumsum(term, out=running[1:])
        part = running[:-1] - running[starts][box]
        part *= factor
        sums += part
        order += 1
        term *= offsets
        factor = factor * offsets
        factor /= order
        size *= width * width / 4 / order
    return sums


def _polynomial(series: FloatArray, offsets: FloatArray, box: IntArray) -> FloatArray:
    """Evaluate each figure's series, that of its box, at its offset."""
    by_order = np.ascontiguousarray(series.T)
    sums: FloatArray = by_order[-1][box]
    for coefficients in by_order[-2::-1]:
        sums *= offsets
        sums += coefficients[box]
    return sums
