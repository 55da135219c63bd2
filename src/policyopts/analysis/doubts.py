"""What casts doubt on a first place, gathered for a briefing: samples, weights and figures moved, other methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyopts.analysis.method_comparison import rank_by_all
from policyopts.analysis.robust_ranking import Sampling, drawn_again, samples_in_a_moment
from policyopts.analysis.sensitivity import sensitivity
from policyopts.engine.methods import METHODS
from policyopts.findings import PolicyOptsError

if TYPE_CHECKING:
    from policyopts.analysis.method_comparison import Refusal
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.robust_ranking import RobustRanking
    from policyopts.analysis.sensitivity import Sensitivity
    from policyopts.engine.ranking import Ranking

MOST_OPTIONS = 200  # of more, a briefing would take minutes, and nobody would read what they are found to be
MOST_SEARCHED = 100  # figures under a method that takes a search for each
PRECISION = 0.005  # of a chance to be first, by methods that are slow to draw


@dataclass(frozen=True, slots=True)
class Doubts:
    """What was found of how firm the first place is, or why it was not looked for.

    `rankings` are those by all methods that can take the figures, `refusals` name the others.
    """

    drawn: RobustRanking | None
    not_drawn: str
    sensitivity: Sensitivity | None
    not_searched: str
    rankings: tuple[Ranking, ...]
    refusals: tuple[Refusal, ...]


def doubts(ranked: RankedDossier, seed: int) -> Doubts:
    """Draw, move and compare what can be within a moment."""
    count = len(ranked.ranking.options)
    if count > MOST_OPTIONS:
        reason = f"there are more than {MOST_OPTIONS} options"
        return Doubts(None, reason, None, reason, (), ())
    drawn, not_drawn = _drawn(ranked, seed)
    found, not_searched = _searched(ranked)
    rankings, refusals = rank_by_all(ranked.problem)
    return Doubts(drawn, not_drawn, found, not_searched, rankings, refusals)


def _drawn(ranked: RankedDossier, seed: int) -> tuple[RobustRanking | None, str]:
    """Draw as `policyopts robustness` does or, by a method that is slow to draw, as long as a moment allows."""
    fast = METHODS[ranked.ranking.method].linear
    sampling = Sampling(seed=seed) if fast else Sampling(samples_in_a_moment(ranked), PRECISION, seed)
    try:
        return drawn_again(ranked, sampling=sampling), ""
    except PolicyOptsError as error:  # the method may not take figures that lie on the ranges
        return None, error.message


def _searched(ranked: RankedDossier) -> tuple[Sensitivity | None, str]:
    method = METHODS[ranked.ranking.method]
    if not method.linear and ranked.ranking.matrix.values.size > MOST_SEARCHED:
        return None, f"by {method.title} every change has to be searched for, which takes long for so many figures"
    try:
        return sensitivity(ranked.dossier), ""
    except PolicyOptsError as error:
        return None, error.message
