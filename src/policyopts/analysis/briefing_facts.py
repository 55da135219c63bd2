"""What a briefing tells, gathered: the ranking, what supports it, what would change it, and who sees it otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from policyopts.analysis import likelihood
from policyopts.analysis.challenges import challenges
from policyopts.analysis.checks import OF_HISTORY, checked
from policyopts.analysis.comparison import compare_options
from policyopts.analysis.dominated import dominated
from policyopts.analysis.doubts import doubts
from policyopts.analysis.explanation import explain
from policyopts.analysis.frames import rank_in_frames
from policyopts.analysis.grades import grade_of, weakest, weakness
from policyopts.analysis.method_comparison import winners
from policyopts.analysis.overlays import rank_under_each, rank_with_all_failed
from policyopts.analysis.perspectives import rank_by_parties
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.recommendation import recommendation
from policyopts.analysis.tie_bands import tie_bands
from policyopts.records.problems import Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.challenges import Challenge
    from policyopts.analysis.checks import Checked
    from policyopts.analysis.comparison import Comparison
    from policyopts.analysis.doubts import Doubts
    from policyopts.analysis.explanation import CriterionWorking, Explanation
    from policyopts.analysis.frames import Frames
    from policyopts.analysis.information import Lead
    from policyopts.analysis.overlays import Outcome
    from policyopts.analysis.perspectives import Perspectives
    from policyopts.analysis.ranked import RankedDossier, RankedOption
    from policyopts.analysis.recommendation import Recommendation
    from policyopts.model.dossier import Dossier

MOST_OPTIONS = 12  # a briefing of more is a catalogue: the best are shown, and those that the decision turns on
MOST_CRITERIA = 12  # on the scorecard, the heaviest; the annex has all
MOST_LOAD_BEARING = 3
MOST_TIED = 3  # of the options that share the first place, so many are told of one by one

_CONFIDENCE = {"high": 0, "moderate": 1, None: 2, "low": 3}


class Chance(NamedTuple):
    """An option's chance to come first, and the 5th and the 95th percentile of its scores."""

    first: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CorroborationNeed:
    """An item of evidence that the recommendation leans on, and how many of the option's figures rest on it."""

    item: str
    grade: str | None
    figures: int


@dataclass(frozen=True)
class BriefingFacts:
    """All that a briefing tells of a dossier.

    `options` holds the ranked options that are shown, in rank order, `explanations` theirs and those of
    `screened_out`. `against_rival` compares the recommended option, or the first of those that tie.
    `dominated` gives for an option one that dominates it. `challenges` tells what would put others first. `bands` hold
    the options shown, those together that are too close to order. `load_bearing` holds the figures that the lead rests
    on, the most weakly supported first.
    """

    ranked: RankedDossier
    recommendation: Recommendation
    options: tuple[RankedOption, ...]
    screened_out: tuple[str, ...]
    criteria: tuple[str, ...]
    explanations: Mapping[str, Explanation]
    against_rival: Comparison | None
    against_baseline: Comparison | None
    dominated: Mapping[str, str]
    outcomes: tuple[Outcome, ...]
    frames: Frames | None
    parties: Perspectives | None
    all_failed: Outcome | None
    doubts: Doubts
    challenges: tuple[Challenge, ...]
    bands: tuple[tuple[str, ...], ...]
    load_bearing: tuple[CriterionWorking, ...]
    to_corroborate: CorroborationNeed | None
    checked: Checked
    places: Places

    @property
    def dossier(self) -> Dossier:
        """The dossier that is briefed on."""
        return self.ranked.dossier

    @property
    def subject(self) -> str:
        """The option that the briefing speaks for; of several that tie, the first."""
        return self.recommendation.options[0]

    @property
    def spoken_for(self) -> tuple[str, ...]:
        """The option that the briefing speaks for or, of those that tie, the first few."""
        return tuple(id_ for id_ in self.recommendation.options if id_ in self.explanations)[:MOST_TIED]

    @property
    def compared(self) -> tuple[str, ...]:
        """The options to choose among: those that are shown of the ranking, and what is recommended in spite of it."""
        shown = tuple(option.id for option in self.options)
        return shown if self.recommendation.stance != "screened-out" else (*shown, self.subject)

    @property
    def dominates_all(self) -> bool:
        """Whether the one option that ranks first is at least as good as every other on every criterion."""
        if len(self.ranked.winners) != 1 or len(self.ranked.options) == 1:
            return False
        scaled = self.ranked.ranking.matrix.scaled
        best = scaled[self.ranked.ranking.options.index(self.ranked.winners[0].id)]
        return bool((best >= scaled).all())

    @cached_property
    def firsts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What comes first by each method that can take the figures."""
        return tuple((ranking.method, winners(ranking)) for ranking in self.doubts.rankings)

    def chance(self, option: str) -> Chance | None:
        """Give an option's chance to come first; None where nothing was drawn, and for one that is not ranked."""
        drawn = self.doubts.drawn
        if drawn is None or option not in drawn.found.options:
            return None
        row = drawn.found.options.index(option)
        low, _, high = drawn.found.score_percentiles[row].tolist()
        return Chance(float(drawn.found.first[row]), low, high)

    def band(self, option: str) -> tuple[str, ...]:
        """Give the options that an option shown is too close to order with, itself among them."""
        return next(band for band in self.bands if option in band)

    @property
    def to_find_out(self) -> tuple[Lead, ...] | None:
        """What to find out next, the most worth knowing first; None where that cannot be told."""
        drawn = self.doubts.drawn
        return None if drawn is None or drawn.information is None else drawn.information.leads

    @cached_property
    def chances(self) -> frozenset[str]:
        """The criteria that are chances."""
        return likelihood.chances(self.dossier)

    @cached_property
    def lexicon_row(self) -> int:
        """The row of the lexicon in use."""
        return likelihood.lexicon_row(self.dossier)

    def grade(self, working: CriterionWorking) -> str | None:
        """Give the grade of the weakest evidence under a figure; None without evidence, and where some has none."""
        return weakest(self.dossier.evidence, working.written.evidence)


def gather(dossier: Dossier, seed: int = 0) -> BriefingFacts:
    """Gather what a briefing of a dossier tells; samples are drawn from the seed.

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `rank_dossier`.
    """
    ranked = rank_dossier(dossier)
    chosen = recommendation(ranked)
    outcomes = rank_under_each(dossier)
    shown = tuple(_shown(ranked, chosen, outcomes))
    screened_out = tuple(_screened_out(ranked, chosen))
    explanations = {id_: explain(ranked, id_) for id_ in (*(option.id for option in shown), *screened_out)}
    is_ranked = chosen.options[0] in ranked.ranking.options
    against = compare_options(ranked, chosen.options[0], chosen.rival) if is_ranked and chosen.rival else None
    found = doubts(ranked, seed)
    load_bearing = tuple(_load_bearing(dossier, explanations[chosen.options[0]], against)) if against else ()
    return BriefingFacts(
        ranked=ranked,
        recommendation=chosen,
        options=shown,
        screened_out=screened_out,
        criteria=_heaviest(ranked),
        explanations=explanations,
        against_rival=against,
        against_baseline=_against_baseline(ranked, chosen),
        dominated={id_: better for id_, better in dominated(ranked).items() if id_ in {option.id for option in shown}},
        outcomes=outcomes,
        frames=rank_in_frames(dossier) if dossier.frames else None,
        parties=rank_by_parties(dossier) if dossier.perspectives else None,
        all_failed=rank_with_all_failed(dossier),
        doubts=found,
        challenges=challenges(ranked, found, outcomes),
        bands=_bands(shown, found),
        load_bearing=load_bearing,
        to_corroborate=_to_corroborate(dossier, explanations[chosen.options[0]], load_bearing),
        checked=checked(dossier, lambda code: code not in OF_HISTORY, drawn=found.drawn),
        places=Places(dossier.texts),
    )


def _shown(ranked: RankedDossier, chosen: Recommendation, outcomes: tuple[Outcome, ...]) -> Iterator[RankedOption]:
    decision = ranked.dossier.decision
    turned_on = {decision.baseline, decision.fallback, chosen.options[0], chosen.rival}
    turned_on.update(winner for outcome in outcomes for winner in outcome.winners[:1])
    for place, option in enumerate(ranked.options):
        if place < MOST_OPTIONS or option.id in turned_on:
            yield option


def _screened_out(ranked: RankedDossier, chosen: Recommendation) -> Iterator[str]:
    for place, option in enumerate(ranked.problem.screened_out):
        if place < MOST_OPTIONS or option.id in chosen.options:
            yield option.id


def _heaviest(ranked: RankedDossier) -> tuple[str, ...]:
    """Choose the criteria of the scorecard, in the file's order."""
    shares = ranked.problem.shares
    heaviest = sorted(ranked.ranking.criteria, key=lambda id_: -shares[id_])[:MOST_CRITERIA]
    return tuple(id_ for id_ in ranked.ranking.criteria if id_ in heaviest)


def _against_baseline(ranked: RankedDossier, chosen: Recommendation) -> Comparison | None:
    baseline, subject = ranked.dossier.decision.baseline, chosen.options[0]
    if baseline is None or baseline in {chosen.rival, *chosen.options}:
        return None
    if not {baseline, subject} <= set(ranked.ranking.options):
        return None
    return compare_options(ranked, subject, baseline)


def _bands(shown: tuple[RankedOption, ...], found: Doubts) -> tuple[tuple[str, ...], ...]:
    ids = [option.id for option in shown]
    return tuple((id_,) for id_ in ids) if found.drawn is None else tie_bands(ids, found.drawn.beats)


def _load_bearing(dossier: Dossier, explanation: Explanation, against: Comparison) -> list[CriterionWorking]:
    workings = {working.id: working for working in explanation.criteria}
    largest = [workings[gain.criterion] for gain in against.gains[:MOST_LOAD_BEARING]]

    def support(working: CriterionWorking) -> tuple[tuple[int, int, int], int]:
        written = working.written
        return weakness(weakest(dossier.evidence, written.evidence)), _CONFIDENCE[written.confidence]

    return sorted(largest, key=support, reverse=True)


def _to_corroborate(
    dossier: Dossier, explanation: Explanation, load_bearing: tuple[CriterionWorking, ...]
) -> CorroborationNeed | None:
    """Choose the evidence to look into first: the weakest under the lead; of equals, what most figures rest on."""
    cited = [item for working in explanation.criteria for item in set(working.written.evidence)]
    items = dict.fromkeys(item for working in load_bearing for item in working.written.evidence)
    needs = [CorroborationNeed(item, grade_of(dossier.evidence, item), cited.count(item)) for item in items]
    return max(needs, key=lambda need: (weakness(need.grade), need.figures), default=None)
