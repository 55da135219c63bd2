"""A run of samples: blocks of it, shared by threads or others, and what they come to so far."""

from __future__ import annotations

from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.linear_scores import linear_scores
from policyopts.engine.methods import method_called
from policyopts.engine.pairs import GIB, LIGHT, free_memory
from policyopts.engine.robustness.acceptability import standard_errors
from policyopts.engine.robustness.additive import AdditiveScoring
from policyopts.engine.robustness.chunks import in_chunks
from policyopts.engine.robustness.counts import Counts, ranks_counted
from policyopts.engine.robustness.scoring import LinearScoring, MatrixScoring, Scoring, WeightScoring
from policyopts.engine.robustness.streams import seed_of, stream
from policyopts.engine.robustness.tallies import Tally, tally
from policyopts.engine.robustness.weights import StatedWeights
from policyopts.engine.value_curves import curves_of
from policyopts.engine.workers import THREADS, in_turn
from policyopts.engine.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.robustness.performances import UncertainPerformances
    from policyopts.engine.robustness.weights import WeightDistribution
    from policyopts.engine.value_curves import ValueCurve
    from policyopts.engine.workers import Crew

SAMPLES = 100_000
KEPT_SAMPLES = 1 << 15  # whose scores are kept, for their percentiles
KEPT_SCORES = 1 << 23  # and no more scores than this
BYTES = 5 * 16  # of memory for an option and a rank that is counted: in some blocks, and in the whole


def refuse_too_many(options: int) -> None:
    """Refuse more options than there is memory for."""
    needed = BYTES * options * ranks_counted(options)
    free = free_memory() if needed > LIGHT else None
    if free is not None and needed > free:
        raise EngineError(
            f"robustness: {options:,} options need {needed / GIB:,.1f} GiB of memory; {free / GIB:,.1f} GiB are free",
            "look at fewer options",
        )


def effort(matrix: DecisionMatrix, method: str) -> int:
    """Tell how many figures a method looks at for a sample, those of all pairs where it holds options in pairs."""
    return matrix.values.size * (len(matrix.options) if method_called(method).pairs else 1)


class Block(NamedTuple):
    """A block of a run: with the run's seed, its number says all of what is drawn."""

    number: int
    samples: int


class Simulation:
    """A decision under uncertain weights and performances, drawn again and again.

    Parameters
    ----------
    matrix
        The decision matrix, without samples.
    weights
        What is known of the weights; near those of the matrix, unless given.
    performances
        What is known of the performances; certain, unless given.
    curves
        Each criterion's value function; straight lines on the scales, unless given. None for a criterion without a
        scale, which is read on the range of the options in each sample.
    method, parameters
        A method of the table and what it takes.
    seed
        A seed, or a generator to draw one from.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> from policyopts.engine.robustness.weights import any_weights
    >>> matrix = DecisionMatrix([[1, 0], [0, 1]], [1, 1], ["max", "max"], lower=[0, 0], upper=[1, 1])
    >>> simulation = Simulation(matrix, any_weights(2))
    >>> *_, counts = simulation.run(300_000)
    >>> (counts.ranks[:, 0] / counts.samples).round(2).tolist()
    [0.5, 0.5]
    """

    def __init__(
        self,
        matrix: DecisionMatrix,
        weights: WeightDistribution | None = None,
        performances: UncertainPerformances | None = None,
        *,
        curves: Sequence[ValueCurve | None] | None = None,
        method: str = "weighted-sum",
        seed: int | np.random.Generator = 0,
        **parameters: object,
    ) -> None:
        if matrix.values.ndim != 2 or matrix.weights.ndim != 1:
            raise EngineError("robustness is that of one decision matrix, not of samples of it")
        self.matrix = matrix
        self.weights = StatedWeights(matrix.weights) if weights is None else weights
        self.performances = performances if performances is not None and performances.cells else None
        self.curves = curves_of(matrix, curves)
        self.method = method
        self.settings = method_called(method).settings(parameters)
        self.seed = seed_of(seed)
        if self.weights.criteria != len(matrix.criteria):
            raise EngineError(f"weights: of {self.weights.criteria} criteria; the matrix has {len(matrix.criteria)}")
        if self.performances is not None and not np.array_equal(self.performances.matrix.values, matrix.values):
            raise EngineError("performances: they are those of another matrix")
        refuse_too_many(len(matrix.values))

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "scoring"}  # it is soon made again

    @cached_property
    def scoring(self) -> Scoring:
        """The shortest way to score samples."""
        chosen = method_called(self.method)
        score = chosen.under(self.settings)
        under_weights = chosen.function_under_weights
        if self.performances is not None:
            if self._is_additive:
                return AdditiveScoring(self.matrix.scaled, self.curves, self.performances, self.weights)
        elif chosen.linear:
            return LinearScoring(linear_scores(self.matrix, self.method, self.settings), self.weights)
        elif under_weights is not None:
            of_weights = under_weights(self.matrix, **chosen.keywords(self.settings))
            return WeightScoring(of_weights, len(self.matrix.values), self.weights)
        return MatrixScoring(
            self.matrix, score, self.weights, self.performances, self.curves, effort=effort(self.matrix, self.method)
        )

    @property
    def _is_additive(self) -> bool:
        """Tell whether a score is the sum of values that no other option has a say in."""
        if self.settings.get("normalisation") != "value" or self.performances is None:
            return False
        _, criteria = self.performances.places
        return all(self.curves[criterion] is not None for criterion in criteria.tolist())

    @property
    def kept(self) -> int:
        """How many samples' scores are kept, or some more to make up a group."""
        return min(KEPT_SAMPLES, KEPT_SCORES // len(self.matrix.values))

    def block(self, number: int, samples: int | None = None) -> Counts:
        """Work on a block of the run, whole or as many samples: nothing counts but the seed and the block's number."""
        return self._block(Block(number, self.block_size if samples is None else samples), *self._tools())

    def each(self, blocks: Iterable[Block]) -> Iterator[Counts]:
        """Work on some blocks of the run, one after the other."""
        tools = self._tools()
        return (self._block(block, *tools) for block in blocks)

    @property
    def block_size(self) -> int:
        """How many samples a whole block has: whole groups of those that share a draw."""
        shifts = self.scoring.shifts
        return max(1, self.scoring.block // shifts) * shifts

    def run(
        self,
        samples: int | None = SAMPLES,
        *,
        precision: float | None = None,
        threads: int = THREADS,
        crew: Crew | None = None,
    ) -> Iterator[Counts]:
        """Work on block after block, and tell now and then what all so far come to: one object that goes on growing.

        Whoever stops asking has a partial result that is as good as any of as many samples.

        Parameters
        ----------
        samples
            How many there are at most; None for no end.
        precision
            The run also ends when no first-rank share has a larger standard error than this.
        threads
            How many threads share the work; they change no figure.
        crew
            Who does the work in place of threads; they change no figure either.
        """
        if samples is not None and samples < 1:
            raise EngineError(f"samples: a whole number from 1 up is needed, not {samples}")
        if precision is not None and not precision > 0:
            raise EngineError(f"precision: a number above 0 is needed, not {precision:g}")
        free: list[tuple[Tally, Workspace]] = []  # of the threads that are not at work

        def work(block: Block) -> Counts:
            tools = free.pop() if free else self._tools()
            counts = self._block(block, *tools)
            free.append(tools)
            return counts

        blocks = self._blocks(samples)
        if crew is not None:
            parts = in_chunks(self, blocks, crew, samples=samples, apart=precision is not None)
        else:
            parts = in_turn(work, blocks, threads) if threads > 1 else map(work, blocks)
        whole = self.nothing()
        for counts in parts:
            whole.add(counts)
            yield whole
            if precision is not None and self.largest_error(whole) <= precision:
                return

    def largest_error(self, counts: Counts) -> float:
        """Give the largest standard error of a chance to be first."""
        return float(standard_errors(counts, self.scoring.twins).max())

    def nothing(self) -> Counts:
        """Give what no sample comes to."""
        return Counts.none(len(self.matrix.values), self.scoring.corners.shape[1])

    def _blocks(self, samples: int | None) -> Iterator[Block]:
        """Give the blocks of so many samples."""
        size = self.block_size
        for number in count():
            left = size if samples is None else samples - number * size
            if left <= 0:
                return
            yield Block(number, min(size, left))

    def _tools(self) -> tuple[Tally, Workspace]:
        return tally(len(self.matrix.values), self.scoring.corners.shape[1]), Workspace()

    def _block(self, block: Block, tallied: Tally, space: Workspace) -> Counts:
        number, samples = block
        random = stream(self.seed, number)
        shifts = self.scoring.shifts
        kept: list[FloatArray] = []
        keep = self.kept - number * self.block_size
        whole, rest = divmod(samples, shifts)
        for groups, turns in (*self._pieces(whole, shifts), *self._pieces(1 if rest else 0, rest)):
            scored = self.scoring.score(random, groups, turns, space)
            tallied.add(scored)
            if keep > 0:
                some = scored.scores[..., : -(-keep // turns)]
                kept.append(np.array(some, order="C").reshape(len(some), -1))
                keep -= kept[-1].shape[1]
        counts = tallied.take()
        counts.scores = tuple(kept)
        return counts

    def _pieces(self, groups: int, shifts: int) -> Iterator[tuple[int, int]]:
        """Cut groups of samples into pieces that fit the cache."""
        for start in range(0, groups, self.scoring.together):
            yield min(self.scoring.together, groups - start), shifts
