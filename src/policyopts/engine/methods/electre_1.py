"""ELECTRE I: choose the options that no other choice outranks.

An option outranks another where criteria of enough weight say that it is at least as good (concordance), and no
criterion speaks against it by too much (discordance). The kernel is the choice of options that do not outrank one
another and together outrank every other option. It comes out as rank 1, the kernel of the rest as rank 2, and so on;
options that outrank one another in a circle are taken as one.

Use it to narrow many options down to a short list, where an option that is very poor on one criterion should not win by
its other merits.

Do not use it where an order within the short list matters: it tells no two members of a kernel apart, and the lower
ranks only tell in which round an option would have been chosen. An option that is outranked only by options outside the
kernel is in it. Through circles, and through ranges that move, an option that improves can rank worse than before, one
that is worse on every criterion can rank before the other, and an option more or less can reorder the rest.
`discordance_scale` ``widest`` measures every disadvantage against the criterion with the widest range, so it asks for
criteria in one unit or for a `normalisation`; ``own`` measures each against its own criterion's range.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix(
...     [[8, 6, 4], [6, 6, 7], [7, 3, 3], [1, 9, 8]], weights=[40, 30, 30], directions=["max", "max", "max"]
... )
>>> ranking = rank(matrix, "electre-1", concordance=0.6)
>>> ranking.document["kernel"], ranking.ranks.tolist()
(['a2', 'a4'], [3, 1, 4, 1])
>>> ranking.document["outranks"].tolist()
{'a1': ['a3'], 'a2': ['a1', 'a3'], 'a3': [], 'a4': []}
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from policyopts.engine.kernels import MOST, kernels_at_once
from policyopts.engine.method import MethodResult
from policyopts.engine.pairs import MOST_WRITTEN, WAY_OUT, PairTable, refuse_beyond_memory
from policyopts.engine.steps import Step
from policyopts.engine.workers import in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from policyopts.engine.arrays import BoolArray, FloatArray, IntArray
    from policyopts.engine.matrix import DecisionMatrix

Normalisation = Literal["none", "sum", "vector", "min-max"]
DiscordanceScale = Literal["widest", "own"]

BYTES = 0.55  # of memory for a pair
PAIRS = 1 << 18  # looked at in one go
LARGE = 500  # options from which on a second thread pays
TIE = 1e-9  # what concordance and discordance may miss their thresholds by: sums of shares are no round numbers


def electre_1(
    matrix: DecisionMatrix,
    *,
    normalisation: Normalisation = "none",
    concordance: float = 0.7,
    discordance: float = 0.3,
    discordance_scale: DiscordanceScale = "widest",
    steps: list[Step] | None = None,
) -> MethodResult:
    """Rank the kernel first, the kernel of the rest second, and so on; the score is the round, negated.

    Notes
    -----
    a outranks b where C(a, b) ≥ `concordance` and D(a, b) ≤ `discordance`: C is the weight of the criteria on which a
    is at least as good as b, D the largest lead of b over a on a criterion, as a part of the widest range of all
    criteria (or of the criterion's own). Normalisations keep the order of figures, costs too: x / Σx, x / ‖x‖, or x
    over the range of the options; costs turn the sign.

    References
    ----------
    Roy (1968), Classement et choix en présence de points de vue multiples (la méthode ELECTRE), RIRO 2(8):57-75.
    Figueira, Mousseau & Roy (2005), ELECTRE methods, in: Multiple Criteria Decision Analysis: State of the Art Surveys.
    """
    count, width = matrix.values.shape[-2:]
    refuse_beyond_memory("electre-1", count, BYTES * count**2, WAY_OUT)
    figures = matrix.values * (matrix.directions / _divisors(matrix, normalisation))
    figures = np.where(matrix.spread > 0, figures, figures[..., :1, :])  # what only rounding tells apart is alike
    scale = np.ptp(figures, axis=-2)  # (…, criteria)
    if discordance_scale == "widest":
        scale = np.broadcast_to(scale.max(axis=-1, keepdims=True), scale.shape)
    samples = np.broadcast_shapes(figures.shape[:-2], matrix.weights.shape[:-1])
    certain = figures.ndim == 2
    figures = np.broadcast_to(figures, (*samples, count, width))
    weights = np.broadcast_to(matrix.weights, (*samples, width))
    scale = np.broadcast_to(scale, (*samples, width))

    def relation(sample: tuple[int, ...]) -> _Relation:
        columns = np.ascontiguousarray(figures[sample].T)
        return _Relation(columns, count, weights[sample], scale[sample], concordance, discordance)

    rounds = np.empty((*samples, count))
    if samples and count <= MOST:
        parts = slice(None, 1) if certain else slice(None)  # of what is the same in all samples, one will do
        of_all = _Samples(
            figures.reshape(-1, count, width)[parts].transpose(2, 1, 0),
            weights.reshape(-1, width).T,
            scale.reshape(-1, width)[parts].T,
            concordance,
            discordance,
        )
        rounds.reshape(-1, count)[:] = of_all.rounds()
    else:
        for sample in np.ndindex(samples):
            rounds[sample] = kernel_rounds(*relation(sample).neighbours())
    if steps is not None:
        steps += (
            Step("r", f"Performances, normalised: {normalisation}", figures, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
        )
        if not samples and count <= MOST_WRITTEN:
            steps += relation(()).steps()
        steps.append(Step("K", "Rounds: 1 in the kernel, 2 in the kernel of the rest, …", rounds, ("options",)))
    document: dict[str, object] = {}
    if not samples:
        document["kernel"] = [option for option, of in zip(matrix.options, rounds.tolist(), strict=True) if of == 1]
        document["outranks"] = PairTable(matrix, lambda: relation(()).table(), 2)
    return MethodResult(-rounds, document=document)


def _divisors(matrix: DecisionMatrix, normalisation: Normalisation) -> FloatArray | float:
    """Find what each criterion's figures are divided by, as (…, 1, criteria)."""
    match normalisation:
        case "none":
            return 1.0
        case "sum":
            because = "is negative, which 'sum' normalisation cannot take; 'electre-1' can under the others"
            matrix.refuse(matrix.values < 0, because)
            size = matrix.values.sum(axis=-2, keepdims=True)
        case "vector":
            size = np.sqrt(np.square(matrix.values).sum(axis=-2, keepdims=True))
        case "min-max":
            size = matrix.spread
    return np.where(size == 0, np.inf, size)  # a criterion of zeros, or without a range, tells no two options apart


class _Relation(NamedTuple):
    """What outranks what: one sample of the options, and the thresholds."""

    figures: FloatArray  # (criteria, options), more is better
    options: int
    weights: FloatArray
    scale: FloatArray  # what a discordance of 1 is on each criterion
    concordance: float
    discordance: float

    def rows(self, rows: slice) -> BoolArray:
        """Tell for some options which of all options each outranks, itself left out."""
        own = self.figures[:, rows, np.newaxis]
        reaches = own + ((self.discordance + TIE) * self.scale)[:, np.newaxis, np.newaxis]
        shape = own.shape[1], self.options
        weight, part = np.zeros(shape), np.empty(shape)
        outranks, holds = np.ones(shape, dtype=np.bool_), np.empty(shape, dtype=np.bool_)
        for figure, reach, others, share in zip(own, reaches, self.figures, self.weights.tolist(), strict=True):
            np.less_equal(others, figure, out=holds)
            np.multiply(holds, share, out=part)
            weight += part
            np.less_equal(others, reach, out=holds)
            outranks &= holds
        outranks &= np.greater_equal(weight, self.concordance - TIE, out=holds)
        itself = range(*rows.indices(self.options))
        outranks[np.arange(len(itself)), itself] = False
        return outranks

    def blocks(self) -> list[slice]:
        """Cut the options into blocks whose pairs fit the cache, of whole bytes of bits."""
        step = 8 * max(1, PAIRS // (8 * self.options))
        return [slice(start, start + step) for start in range(0, self.options, step)]

    def neighbours(self) -> tuple[list[int], list[int]]:
        """Give for each option the set of those that it outranks, and the set of those that outrank it, as bits."""
        onward, back = np.empty((2, self.options, -(-self.options // 8)), dtype=np.uint8)

        def fill(rows: slice) -> None:
            outranks = self.rows(rows)
            onward[rows] = np.packbits(outranks, axis=1, bitorder="little")
            back[:, rows.start // 8 : rows.stop // 8] = _packed_columns(outranks).T

        for _ in in_turn(fill, self.blocks()) if self.options >= LARGE else map(fill, self.blocks()):
            pass
        return _as_sets(onward), _as_sets(back)

    def table(self) -> BoolArray:
        """Give the whole relation (options, options)."""
        return np.concatenate([self.rows(rows) for rows in self.blocks()])

    def steps(self) -> Iterator[Step]:
        """Give concordance, discordance and what follows from them, for every pair."""
        leads = self.figures[:, np.newaxis, :] - self.figures[:, :, np.newaxis]  # of the column's option over the row's
        concordance = np.tensordot(self.weights, leads <= 0, axes=1)
        scale = np.where(self.scale == 0, np.inf, self.scale)
        discordance = np.maximum(leads, 0.0) / scale[:, np.newaxis, np.newaxis]
        yield Step("C", "Concordance: the weight that is for it", concordance, ("options", "options"))
        yield Step("D", "Discordance: the largest part against it", discordance.max(axis=0), ("options", "options"))
        yield Step("S", "Outranks: 1, or not: 0", self.table().astype(np.float64), ("options", "options"))


class _Samples(NamedTuple):
    """What outranks what in samples of few options, side by side."""

    figures: FloatArray  # (criteria, options, samples), more is better; one sample where all are alike
    weights: FloatArray  # (criteria, samples)
    scale: FloatArray  # (criteria, samples), or of one sample
    concordance: float
    discordance: float

    def rounds(self) -> IntArray:
        """Give each option's round (samples, options)."""
        _, options, _ = self.figures.shape
        step = max(1, PAIRS // options**2)
        starts = range(0, self.weights.shape[1], step)
        return np.concatenate([kernels_at_once(self._outranks(slice(start, start + step))).T for start in starts])

    def _outranks(self, samples: slice) -> BoolArray:
        """Tell which option outranks which in some samples (options, options, samples), none itself."""
        certain = self.figures.shape[2] == 1
        some = slice(None) if certain else samples
        figures, scale = np.ascontiguousarray(self.figures[..., some]), self.scale[:, some]
        weights = np.ascontiguousarray(self.weights[:, samples])
        options = figures.shape[1]
        weight = np.zeros((options, options, weights.shape[1]))
        outranks = np.ones(weight.shape, np.bool_)
        for others, whole, share in zip(figures, scale, weights, strict=True):
            own = others[:, np.newaxis]
            weight += (others <= own) * share
            outranks &= others <= own + (self.discordance + TIE) * whole
        outranks &= weight >= self.concordance - TIE
        outranks[range(options), range(options)] = False
        return outranks


def _packed_columns(truths: BoolArray) -> NDArray[np.uint8]:
    """Pack eight truths below one another into a byte each, in a fraction of the time that numpy takes for that."""
    packed = np.zeros((-(-len(truths) // 8), truths.shape[1]), dtype=np.uint8)
    for bit in range(min(8, len(truths))):
        row = truths[bit::8].view(np.uint8)
        packed[: len(row)] |= row << np.uint8(bit)
    return packed


def _as_sets(bits: NDArray[np.uint8]) -> list[int]:
    return [int.from_bytes(row.tobytes(), "little") for row in bits]


def kernel_rounds(onward: Sequence[int], back: Sequence[int]) -> IntArray:
    """Tell in which round each option is chosen: 1 in the kernel, 2 in the kernel of the rest, and so on.

    `onward` holds for each option the set of those that it outranks, `back` the set of those that outrank it; bit k
    of a set stands for option k. Options on a circle share a round.

    Examples
    --------
    >>> kernel_rounds([0b0010, 0b0100, 0, 0], [0, 0b0001, 0b0010, 0]).tolist()
    [1, 2, 1, 1]
    """
    # Walked through so that what outranks a circle comes before it, each circle takes the first round from which
    # nothing that outranks it is: kernels taken out leave the circles of the rest as they are.
    rounds = np.zeros(len(onward), dtype=np.intp)
    for circle in _circles(onward, back):
        above = reduce(or_, (back[option] for option in circle))
        taken = np.zeros(rounds.max() + 2, dtype=np.bool_)
        taken[rounds[_members(above, len(rounds))]] = True
        taken[0] = True  # those of the circle itself have no round yet
        rounds[circle] = taken.argmin()
    return rounds


def _members(options: int, count: int) -> BoolArray:
    """Turn a set into truths."""
    packed = np.frombuffer(options.to_bytes(-(-count // 8), "little"), dtype=np.uint8)
    return np.unpackbits(packed, count=count, bitorder="little").view(np.bool_)


def _circles(onward: Sequence[int], back: Sequence[int]) -> Iterator[list[int]]:
    """Give the strongly connected components, those that outrank first (Kosaraju's algorithm)."""
    unseen = (1 << len(onward)) - 1
    finished: list[int] = []
    for start in range(len(onward)):
        if unseen >> start & 1:
            unseen = _walk(start, onward, unseen, finished)
    unseen = (1 << len(onward)) - 1
    for start in reversed(finished):
        if unseen >> start & 1:
            circle: list[int] = []
            unseen = _walk(start, back, unseen, circle)
            yield circle


def _walk(start: int, neighbours: Sequence[int], unseen: int, finished: list[int]) -> int:
    """Walk to all unseen options in reach, depth first; note each when done, and give what is left unseen."""
    unseen ^= 1 << start
    path = [start]
    while path:
        onward = neighbours[path[-1]] & unseen
        if onward:
            nearest = onward & -onward
            unseen ^= nearest
            path.append(nearest.bit_length() - 1)
        else:
            finished.append(path.pop())
    return unseen
