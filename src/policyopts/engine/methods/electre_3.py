"""ELECTRE III: rank options by how credible it is that each is at least as good as each other.

On each criterion, a lead of the other option up to the indifference threshold does not count against an option, one
from the preference threshold on does in full, and one from the veto threshold on rules out that the option is at least
as good, whatever the other criteria say. The credibility of every pair comes out of that; two distillations, one that
draws off the best options and one that draws off the worst, turn it into `descending` and `ascending` classes (1 =
best), and an option is ranked by the mean of its two class numbers.

Use it when a very poor showing must not be made up for, small differences mean nothing, and performances are too rough
for scores. Thresholds are in the criterion's unit, or relative, a share of the performance. Without an indifference
threshold every lead counts; without a preference threshold it counts in full as soon as it counts; without a veto
threshold nothing is ruled out.

Do not use it where the order of two options must not depend on the others, or where an improvement must never hurt:
both happen. Two options in one rank may be alike or incomparable: the two classes tell which. Time and memory grow with
the square of the number of options: ten thousand take about a gigabyte.

`thresholds` tells at whose performance a relative threshold is taken when it is asked whether a is at least as good as
b: ``direct`` at that of a, ``inverse`` at that of b, in either case at the performance as it stands, of costs too.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix(
...     [[10, 0], [8, 7], [5, 5]], weights=[60, 40], directions=["max", "max"],
...     indifference=[1, 1], preference=[3, 3], veto=[20, 9],
... )
>>> ranking = rank(matrix, "electre-3")
>>> ranking.details["descending"].tolist(), ranking.details["ascending"].tolist(), ranking.ranks.tolist()
([2.0, 1.0, 2.0], [2.0, 1.0, 3.0], [2, 1, 3])
>>> ranking.document["credibility"].table.round(2).tolist()
[[1.0, 0.5, 0.6], [0.7, 1.0, 1.0], [0.4, 0.2, 1.0]]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from policyopts.engine.distillation import FEW, Threshold, distil
from policyopts.engine.method import MethodResult
from policyopts.engine.pairs import MOST_WRITTEN, WAY_OUT, PairTable, refuse_beyond_memory
from policyopts.engine.steps import Step
from policyopts.engine.workers import in_turn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.steps import Axis

Thresholds = Literal["direct", "inverse"]

BYTES = 10  # of memory for a pair: its credibility, whether it is an arc, and room to work
PAIRS = 1 << 16  # times samples, looked at in one go: what they take fits the cache
LARGE = 300  # options from which on a second thread pays
ROUNDING = 4 * np.finfo(np.float64).eps  # of figures and thresholds as typed, and of their difference
NOTHING = 1e-12  # a weight against that is this small comes from rounding
SHORT = 1e-150  # stands for a width of zero in a division


def electre_3(
    matrix: DecisionMatrix,
    *,
    alpha: float = 0.3,
    beta: float = -0.15,
    thresholds: Thresholds = "direct",
    steps: list[Step] | None = None,
) -> MethodResult:
    """Rank by the mean of the classes from the descending and the ascending distillation; the score is it, negated.

    Notes
    -----
    c(a, b) on a criterion falls from 1 to 0 as b's lead over a rises from indifference to preference; C is their
    weighted mean. d(a, b) rises from 0 to 1 as the lead rises from preference to veto. σ = C, times (1 - d) / (1 - C)
    for each criterion with d > C. Credibilities are not rounded. Distillation compares them by s(λ) = alpha + beta·λ,
    at the pair's own credibility, and no less than 0.

    References
    ----------
    Roy (1978), ELECTRE III: un algorithme de classements fondé sur une représentation floue des préférences en
    présence de critères multiples, Cahiers du CERO 20(1):3-24.
    Figueira, Mousseau & Roy (2005), ELECTRE methods, in: Multiple Criteria Decision Analysis: State of the Art Surveys.
    """
    count = matrix.values.shape[-2]
    refuse_beyond_memory("electre-3", count, BYTES * count**2, WAY_OUT)
    pairs = _Pairs.of(matrix, direct=thresholds == "direct")
    discrimination = Threshold(alpha, beta)
    classes = np.empty((2, pairs.samples, count))
    if count <= FEW:
        some = max(1, PAIRS // (count * count))
        for part in (slice(start, start + some) for start in range(0, pairs.samples, some)):
            classes[:, part] = distil(pairs.credibility(part, slice(None)), discrimination)
    else:
        for sample in range(pairs.samples):
            classes[:, sample] = distil(pairs.table(sample), discrimination)
    samples = np.broadcast_shapes(matrix.values.shape[:-2], matrix.weights.shape[:-1])
    descending, ascending = classes.reshape(2, *samples, count)
    mean = (descending + ascending) / 2
    if steps is not None:
        steps.append(Step("w", "Weights", matrix.weights, ("criteria",)))
        named = zip(("q", "p", "v"), ("Indifference", "Preference", "Veto"), _thresholds(matrix), strict=True)
        steps += (
            Step(symbol, f"{name} thresholds", table, ("options", "criteria") if table.ndim > 1 else ("criteria",))
            for symbol, name, table in named
            if not np.isnan(table).any()
        )
        if not samples and count <= MOST_WRITTEN:
            against = pairs.against(slice(None), slice(None))[0]
            axes: tuple[Axis, Axis] = ("options", "options")
            steps += (
                Step("C", "Concordance: the weight that is for the row's option", 1 - against, axes),
                Step("σ", "Credibility that the row's option is at least as good", pairs.table(0), axes),
            )
        steps += (
            Step("D", "Classes as the best are drawn off", descending, ("options",)),
            Step("A", "Classes as the worst are drawn off", ascending, ("options",)),
            Step("M", "Mean class", mean, ("options",)),
        )
    document = {} if samples else {"credibility": PairTable(matrix, lambda: pairs.table(0), BYTES)}
    return MethodResult(-mean, details={"descending": descending, "ascending": ascending}, document=document)


def _thresholds(matrix: DecisionMatrix) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give indifference, 0 unless given, preference, the same as indifference unless given, and veto, NaN for none."""
    indifference = np.where(np.isnan(matrix.indifference), 0.0, matrix.indifference)
    return indifference, np.where(np.isnan(matrix.preference), indifference, matrix.preference), matrix.veto


class _Rise(NamedTuple):
    """How far the other option's lead has risen from one threshold (0) to the next (1), on each criterion."""

    own: FloatArray  # (criteria, samples, options): what the other's figure must exceed
    others: FloatArray
    slope: FloatArray
    direct: bool  # the thresholds are those of the own option

    @classmethod
    def of(cls, figures: FloatArray, low: FloatArray, high: FloatArray, *, direct: bool) -> _Rise:
        """Prepare figures (criteria, samples, options) and thresholds; without the higher one there is no rise."""
        start = low + np.where((high == low) & (low > 0), ROUNDING * (np.abs(figures) + low), 0.0)
        missing = np.isnan(high)
        slope = np.where(missing, 0.0, 1 / np.maximum(np.where(missing, 1.0, high - low), SHORT))
        own, others = (figures + start, figures) if direct else (figures, figures - start)
        return cls(own, others, np.broadcast_to(slope, figures.shape), direct)

    def table(self, criterion: int, part: slice, rows: slice) -> FloatArray:
        """Work the rise out on a criterion for some samples, of all options over some of them."""
        own, others, slope = (_part(array[criterion], part) for array in (self.own, self.others, self.slope))
        rise = others[:, np.newaxis, :] - own[:, rows, np.newaxis]
        rise *= slope[:, rows, np.newaxis] if self.direct else slope[:, np.newaxis, :]
        return np.clip(rise, 0.0, 1.0, out=rise)


class _Pairs(NamedTuple):
    """What is asked of every pair, sample by sample; arrays of one sample are those of all."""

    weights: FloatArray  # (samples, criteria)
    preference: _Rise
    veto: _Rise
    vetoing: tuple[int, ...]  # the criteria that can rule out
    samples: int
    options: int

    @classmethod
    def of(cls, matrix: DecisionMatrix, *, direct: bool) -> _Pairs:
        """Take the figures, more = better, and the thresholds, at the performances as they stand."""
        count, width = matrix.values.shape[-2:]
        weights = matrix.weights.reshape(-1, width)
        ways = matrix.directions * (matrix.spread > 0)  # figures that only rounding tells apart are alike
        figures = np.ascontiguousarray(np.moveaxis(matrix.values * ways, -1, 0)).reshape(width, -1, count)
        indifference, preference, veto = (
            np.moveaxis(numbers.reshape(-1, count if numbers.ndim > 1 else 1, width), -1, 0)
            for numbers in _thresholds(matrix)
        )
        return cls(
            weights,
            _Rise.of(figures, indifference, preference, direct=direct),
            _Rise.of(figures, preference, veto, direct=direct),
            tuple(np.flatnonzero(~np.isnan(veto).all(axis=(1, 2))).tolist()),
            max(len(weights), figures.shape[1]),
            count,
        )

    def against(self, part: slice, rows: slice) -> FloatArray:
        """Work out the weight that is against some options being at least as good as each option: 1 - C."""
        weights = _part(self.weights, part)
        against = np.zeros(())
        for criterion in range(weights.shape[1]):
            rise = self.preference.table(criterion, part, rows)
            against = against + rise * weights[:, criterion, np.newaxis, np.newaxis]
        return against

    def credibility(self, part: slice, rows: slice) -> FloatArray:
        """Work out how credible it is that some options are at least as good as each option."""
        return credibility(self.against(part, rows), (self.veto.table(at, part, rows) for at in self.vetoing))

    def table(self, sample: int) -> FloatArray:
        """Work out all pairs (options, options) of a sample."""
        table = np.empty((self.options, self.options))
        part = slice(sample, sample + 1)

        def fill(rows: slice) -> None:
            table[rows] = self.credibility(part, rows)[0]

        step = max(1, PAIRS // self.options)
        blocks = [slice(start, start + step) for start in range(0, self.options, step)]
        for _ in in_turn(fill, blocks) if self.options >= LARGE else map(fill, blocks):
            pass
        return table


def credibility(against: FloatArray, discordances: Iterable[FloatArray]) -> FloatArray:
    """Give the credibilities, from the weights against them, which are 1 - C, and the criteria's discordances d.

    σ = C, times (1 - d) / (1 - C) for each d > C. Nothing is against C = 1, whatever a criterion of no weight says.

    Examples
    --------
    >>> credibility(np.array([0.4, 0.4, 0.4]), [np.array([0.5, 0.8, 1.0])]).round(2).tolist()
    [0.6, 0.3, 0.0]
    """
    result = np.maximum(1 - against, 0.0)
    unopposed = against <= NOTHING
    divisor = np.where(unopposed, 1.0, against)
    for discordance in discordances:
        part = (1.0 - discordance) / divisor
        result *= np.minimum(part, 1.0, out=part)
    result[unopposed] = 1.0
    return result


def _part(array: FloatArray, part: slice) -> FloatArray:
    """Take some samples, where the samples differ."""
    return array[part] if len(array) > 1 else array
