"""How a dossier's options fare when weights and performances are drawn again and again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, inf, isnan
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from policyopts.analysis.information import information, why_unworked
from policyopts.analysis.necessary_order import NecessaryOrder, necessary_order
from policyopts.analysis.problem.curves import curves as curves_of
from policyopts.analysis.problem.firmness import ON_RANGES, nothing_stated_can_change
from policyopts.analysis.problem.uncertain_performances import uncertain_performances
from policyopts.analysis.problem.uncertain_weights import KnownWeights, uncertain_weights
from policyopts.analysis.ranked import rank_dossier
from policyopts.engine.robustness.assessment import Robustness, assess
from policyopts.engine.robustness.simulation import SAMPLES, Simulation, effort, refuse_too_many
from policyopts.engine.robustness.tree_weights import TreeWeights
from policyopts.engine.robustness.weights import RangedWeights
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from policyopts.analysis.information import Information, Unworked
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import View, WhatIf
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.robustness.counts import Counts
    from policyopts.engine.workers import Crew
    from policyopts.model.dossier import Dossier

    Progress: TypeAlias = Callable[[int, int], None]
    """Told after every block of samples how many are done, and of how many, as far as can be said."""

Verdict = Literal["clear winner", "leaning", "too close to call"]

CLEAR = 0.9  # of the samples in which an option is first, for a clear winner
LEANING = 0.6  # and for a ranking that leans its way
CONTENDS = 0.05  # for one that is worth a word
AS_KNOWN = KnownWeights()
MOST_COMPARED = 200  # options: of more, nothing is said of pairs, nor how sure each first place is
MOMENT, LEAST_SAMPLES = 1 << 25, 1000  # figures looked at in a few seconds, and the samples that it takes at least
TOLD = 0.01  # a difference of weights that is worth a word


class RobustOption(NamedTuple):
    """How an option fares; `rank` is that by the figures as they stand.

    `first` is the share of samples in which it is first, `acceptability` that of each rank. `central_weights` are the
    mean of the weights that put it first, and `confidence` its chance to be first under them; None where none did,
    and where there are very many options. `regret` is how far it scores below the best option of a sample.
    """

    id: str
    name: str
    rank: int
    first: float
    standard_error: float
    expected_rank: float
    acceptability: FloatArray  # (ranks,)
    central_weights: Mapping[str, float] | None
    confidence: float | None
    score: tuple[float, float, float]  # 5th, 50th and 95th percentile
    regret: tuple[float, float]  # mean and 95th percentile
    is_baseline: bool


class OtherWeight(NamedTuple):
    """A criterion's share of the whole as stated, and the mean of those under which an option is first."""

    criterion: str
    stated: float
    central: float


class Sampling(NamedTuple):
    """How many samples are drawn, or how near they are to come, and from which seed.

    With a precision, the largest standard error that a share of first ranks may have, `samples` are the most there are.
    """

    samples: int | None = None
    precision: float | None = None
    seed: int = 0

    @property
    def most(self) -> int | None:
        """How many samples there are at most; None where only the precision ends them."""
        return SAMPLES if self.samples is None and self.precision is None else self.samples


AS_EVER = Sampling()


@dataclass(frozen=True, eq=False)
class RobustRanking:
    """A dossier's options under uncertain weights and performances; `partial` where somebody cut the run short."""

    ranked: RankedDossier
    found: Robustness
    known: KnownWeights
    sampling: Sampling
    partial: bool
    uncertain: int  # performances that were drawn
    _simulation: Simulation = field(repr=False)

    @property
    def view(self) -> View:
        """What was looked at."""
        return self.ranked.view

    @property
    def dossier(self) -> Dossier:
        """The dossier."""
        return self.ranked.dossier

    @property
    def has_weight_ranges(self) -> bool:
        """Whether weights were drawn from ranges."""
        return isinstance(self._simulation.weights, TreeWeights | RangedWeights)

    @cached_property
    def order(self) -> NecessaryOrder | None:
        """What holds under all weights in question; None where that cannot be told.

        Those are the ones on their ranges, where there are some; else all that may be drawn.
        """
        weights = self._simulation.weights
        return necessary_order(self.ranked.ranking, weights.ranges if isinstance(weights, TreeWeights) else weights)

    @cached_property
    def information(self) -> Information | None:
        """What it would be worth to know what is uncertain; None where that is not worked out."""
        return information(self.ranked, self._simulation)

    @property
    def unworked(self) -> Unworked | None:
        """Why the value of information is not worked out; None where it is."""
        return why_unworked(self._simulation)

    @cached_property
    def is_firm(self) -> bool:
        """Whether something is stated as uncertain, and nothing on its ranges can change who is first.

        Where weights are known by their order or not at all, all that are in question count as stated.
        """
        loose = self.known.by in {"order", "any"}
        if len(self.options) < 2 or not self.says_pairs or not (self.uncertain or self.has_weight_ranges or loose):
            return False
        return nothing_stated_can_change(self.ranked, self.known if loose else ON_RANGES)

    @cached_property
    def options(self) -> tuple[RobustOption, ...]:
        """The options, those that are first most often before others; then by their mean rank, then by id."""
        found, ranks = self.found, self.ranked.ranking.ranks.tolist()
        expected = found.expected_rank.tolist()
        few = len(found.options) <= MOST_COMPARED
        confidence = found.confidence if few else np.full(len(found.options), np.nan)
        central = found.central_weights
        baseline = self.dossier.decision.baseline
        places = sorted(
            range(len(found.options)), key=lambda row: (-found.first[row], expected[row], found.options[row])
        )
        return tuple(
            RobustOption(
                id=found.options[row],
                name=self.dossier.option_name(found.options[row]),
                rank=ranks[row],
                first=float(found.first[row]),
                standard_error=float(found.standard_error[row]),
                expected_rank=expected[row],
                acceptability=found.rank_acceptability[row],
                central_weights=None
                if isnan(central[row, 0])
                else dict(zip(found.criteria, central[row].tolist(), strict=True)),
                confidence=None if isnan(confidence[row]) else float(confidence[row]),
                score=tuple(found.score_percentiles[row].tolist()),
                regret=tuple(found.regret[row].tolist()),
                is_baseline=found.options[row] == baseline,
            )
            for row in places
        )

    @property
    def leader(self) -> RobustOption:
        """The option that is first most often."""
        return self.options[0]

    @property
    def least_regretted(self) -> RobustOption:
        """The option with the least expected regret; the one that is first most often, where it has no more."""
        return min(self.options, key=lambda option: option.regret[0])

    @property
    def contenders(self) -> tuple[RobustOption, ...]:
        """All but the leader that are first often enough for a word."""
        return tuple(option for option in self.options[1:] if option.first >= CONTENDS)

    @property
    def challengers(self) -> tuple[RobustOption, ...]:
        """Those that are first often enough for a word, and not first by the figures as they stand."""
        return tuple(option for option in self.options if option.first >= CONTENDS and option.rank > 1)

    @property
    def verdict(self) -> Verdict:
        """What the shares of first ranks come to."""
        first = self.leader.first
        return "clear winner" if first >= CLEAR else "leaning" if first >= LEANING else "too close to call"

    @property
    def says_pairs(self) -> bool:
        """Whether there are few enough options to say something of each pair."""
        return len(self.found.options) <= MOST_COMPARED

    def beats(self, option: str, other: str) -> float:
        """Give an option's chance to beat another; a tie is half a win."""
        row, column = map(self.found.options.index, (option, other))
        return float(self.found.pairwise[row, column])

    def other_weights(self, option: RobustOption) -> tuple[OtherWeight, ...]:
        """Tell by which two weights those that put an option first differ most from the stated ones, if by much."""
        matrix = self.ranked.ranking.matrix
        stated = dict(zip(matrix.criteria, matrix.weights.tolist(), strict=True))
        central = option.central_weights or {}
        others = [OtherWeight(id_, stated[id_], share) for id_, share in central.items()]
        others.sort(key=lambda other: -abs(other.central - other.stated))
        return tuple(other for other in others[:2] if abs(other.central - other.stated) >= TOLD)


def never(done: int = 0, whole: int = 0) -> None:
    """Tell nobody."""


def robust_ranking(
    dossier: Dossier,
    what_if: WhatIf | None = None,
    *,
    known: KnownWeights = AS_KNOWN,
    sampling: Sampling = AS_EVER,
    method: str | None = None,
    parameters: Mapping[str, object] | None = None,
    progress: Progress = never,
    stopped: Callable[[], bool] = lambda: False,
    crew: Crew | None = None,
) -> RobustRanking:
    """Rank what is looked at under weights and performances drawn again and again.

    Parameters
    ----------
    dossier, what_if, method, parameters
        As for `rank_dossier`.
    known
        What is known of the weights.
    sampling
        How many samples there are.
    progress
        What is told of how far the run has come.
    stopped
        Asked after every block of samples: whether to make do with those that there are.
    crew
        Who draws them; threads, unless given.

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `rank_dossier`, and for constraints and numbers that cannot be.
    WorkersError
        Where a crew gives up.
    """
    ranked = rank_dossier(dossier, what_if, method=method, parameters=parameters)
    return drawn_again(ranked, known=known, sampling=sampling, progress=progress, stopped=stopped, crew=crew)


def samples_in_a_moment(ranked: RankedDossier) -> int:
    """Tell how many samples a few seconds are enough for: as many as ever, unless a sample takes long."""
    matrix, method = ranked.ranking.matrix, ranked.ranking.method
    return min(SAMPLES, max(LEAST_SAMPLES, MOMENT // effort(matrix, method)))


def drawn_again(
    ranked: RankedDossier,
    *,
    known: KnownWeights = AS_KNOWN,
    sampling: Sampling = AS_EVER,
    progress: Progress = never,
    stopped: Callable[[], bool] = lambda: False,
    crew: Crew | None = None,
) -> RobustRanking:
    """Draw weights and performances again and again for what has been ranked, as for `robust_ranking`."""
    if sampling.precision is not None and not 0 < sampling.precision < inf:
        raise UsageError(f"--precision {sampling.precision:g}", "expected a number above 0, such as 0.005")
    simulation = _simulation(ranked, known, sampling.seed)
    partial = False
    for counts in simulation.run(sampling.most, precision=sampling.precision, crew=crew):
        done, whole = counts.samples, _whole(simulation, counts, sampling)
        progress(done, whole)
        if stopped():
            partial = done < whole
            break
    return RobustRanking(
        ranked=ranked,
        found=assess(simulation, counts),
        known=known,
        sampling=sampling,
        partial=partial,
        uncertain=0 if simulation.performances is None else len(simulation.performances.cells),
        _simulation=simulation,
    )


def _simulation(ranked: RankedDossier, known: KnownWeights, seed: int) -> Simulation:
    problem, ranking = ranked.problem, ranked.ranking
    refuse_too_many(len(ranking.options))
    return Simulation(
        ranking.matrix,
        uncertain_weights(problem, known),
        uncertain_performances(problem),
        curves=curves_of(problem),
        method=ranking.method,
        seed=seed,
        **ranking.parameters,
    )


def _whole(simulation: Simulation, counts: Counts, sampling: Sampling) -> int:
    """Tell how many samples there will be: errors fall with the root of their number."""
    most = counts.samples if sampling.most is None else sampling.most
    if sampling.precision is None:
        return most
    error = simulation.largest_error(counts)
    needed = max(counts.samples, ceil(counts.samples * (error / sampling.precision) ** 2))
    return needed if sampling.most is None else min(most, needed)
