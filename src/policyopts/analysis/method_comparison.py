"""Every method side by side: where they agree, and which of them change their first place for a bystander."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.analysis.problem.decision import decision_problem
from policyopts.analysis.problem.thresholds import with_thresholds
from policyopts.analysis.ranked import check_own_methods
from policyopts.analysis.view import WhatIf, look
from policyopts.engine import agreement
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.ranking import Ranking
from policyopts.engine.ranking import rank as rank_matrix
from policyopts.findings import DossierError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.problem.decision import DecisionProblem
    from policyopts.model.dossier import Dossier

MOST_PAIRS = 4_000_000  # of options, that the test may look at by each method: with more options, fewer are tried
MOST_COMPARED = 10_000  # options: some methods' work grows with the square, and nobody reads more side by side


class Refusal(NamedTuple):
    """A method that cannot take the data, and why."""

    method: str
    reason: str


class Reversal(NamedTuple):
    """A first place that changes although only a bystander does: one is left out, or stands there twice."""

    method: str
    bystander: str
    change: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class MethodComparison(NamedTuple):
    """All methods on one decision problem.

    `kendall_tau` holds the agreement of each pair of methods, in the order of `rankings`; `borda` and `copeland`
    the consensus of all of them, by option.
    """

    problem: DecisionProblem
    rankings: tuple[Ranking, ...]
    refusals: tuple[Refusal, ...]
    kendall_w: float | None
    kendall_tau: tuple[tuple[float, ...], ...]
    borda: Mapping[str, float]
    copeland: Mapping[str, float]
    reversals: tuple[Reversal, ...]
    tried: int | None  # of how many options alone, the best by consensus, reversals were looked for; None of all

    @property
    def consensus(self) -> list[str]:
        """The options from the best by Borda's count down; ties by id."""
        return sorted(self.borda, key=lambda option: (-self.borda[option], option))


def compare_methods(dossier: Dossier, what_if: WhatIf | None = None) -> MethodComparison:
    """Rank what is looked at by every method that can take it, under the dossier's own parameters.

    Raises
    ------
    UsageError, DossierError
        As for `rank_dossier`; a method that refuses the figures is named among the refusals instead.
    """
    check_own_methods(dossier)
    asked = what_if or WhatIf()
    view = look(dossier, asked)
    if len(view.options) > MOST_COMPARED:
        message = f"{len(view.options):,} options; at most {MOST_COMPARED:,} are compared by every method at once"
        raise UsageError(message, "name those that matter with --only; policyopts rank ranks them all, by one method")
    problem = decision_problem(view)
    rankings, refusals = rank_by_all(problem)
    ranks = np.array([ranking.ranks for ranking in rankings], dtype=float)
    options = problem.matrix.options
    several = len(rankings) > 1 and len(options) > 1
    comparison = MethodComparison(
        problem=problem,
        rankings=rankings,
        refusals=refusals,
        kendall_w=float(agreement.kendall_w(ranks)) if several else None,
        kendall_tau=tuple(map(tuple, agreement.kendall_tau(ranks).tolist())) if several else (),
        borda=dict(zip(options, agreement.borda(ranks).tolist(), strict=True)),
        copeland=dict(zip(options, agreement.copeland(ranks).tolist(), strict=True)),
        reversals=(),
        tried=None,
    )
    behind = _behind(comparison)
    tried = behind[: MOST_PAIRS // len(options) ** 2]
    reversals = tuple(_reversals(dossier, asked, comparison, tried))
    return comparison._replace(reversals=reversals, tried=len(tried) if len(tried) < len(behind) else None)


def rank_by_all(problem: DecisionProblem) -> tuple[tuple[Ranking, ...], tuple[Refusal, ...]]:
    """Rank by every method that can take the problem, under the dossier's own parameters; name the others."""
    settings = problem.view.dossier.criteria_file.methods
    rankings: list[Ranking] = []
    refusals: list[Refusal] = []
    for name in METHODS:
        try:
            rankings.append(_rank(problem, name, settings.get(name, {})))
        except EngineError as error:
            refusals.append(Refusal(name, error.message))
        except DossierError as error:
            refusals.append(Refusal(name, "; ".join(finding.message for finding in error.findings)))
    return tuple(rankings), tuple(refusals)


def winners(ranking: Ranking) -> tuple[str, ...]:
    """Name the options that share rank 1."""
    return tuple(ranking.options[place] for place in np.flatnonzero(ranking.ranks == 1))


def _behind(comparison: MethodComparison) -> list[str]:
    """Name the options that do not come first by some method, the best by consensus before the others."""
    first_by_all = set(comparison.consensus).intersection(*map(winners, comparison.rankings))
    return [option for option in comparison.consensus if option not in first_by_all]


def _reversals(
    dossier: Dossier, asked: WhatIf, comparison: MethodComparison, bystanders: list[str]
) -> Iterator[Reversal]:
    """Leave out each bystander, and let each stand there twice, one at a time."""
    settings = dossier.criteria_file.methods
    firsts = {ranking.method: winners(ranking) for ranking in comparison.rankings}
    for bystander in bystanders:
        for change, other in _changed(dossier, asked, comparison.problem, bystander):
            for method, before in firsts.items():
                if bystander in before:
                    continue
                after = _winners_or_none(other, method, settings.get(method, {}))
                if after is not None and after != before:
                    yield Reversal(method, bystander, change, before, after)


def _changed(
    dossier: Dossier, asked: WhatIf, problem: DecisionProblem, bystander: str
) -> Iterator[tuple[str, DecisionProblem]]:
    if len(problem.matrix.options) > 2:
        rest = asked._replace(without=(*asked.without, bystander))
        yield "left out", decision_problem(look(dossier, rest))
    yield "doubled", problem._replace(matrix=_with_twin(problem.matrix, bystander))


def _with_twin(matrix: DecisionMatrix, option: str) -> DecisionMatrix:
    """Add a second option with the same performances; its id is one that no option can have."""
    rows = [*range(len(matrix.options)), matrix.options.index(option)]
    return DecisionMatrix(
        matrix.values[rows],
        matrix.weights,
        matrix.directions,
        options=[*matrix.options, f"{option} (twin)"],
        criteria=matrix.criteria,
        lower=matrix.lower,
        upper=matrix.upper,
        scaled=matrix.scaled[rows],
    )


def _winners_or_none(problem: DecisionProblem, method: str, settings: Mapping[str, object]) -> tuple[str, ...] | None:
    try:
        return winners(_rank(problem, method, settings))
    except (EngineError, DossierError):
        return None


def _rank(problem: DecisionProblem, method: str, settings: Mapping[str, object]) -> Ranking:
    matrix = with_thresholds(problem) if METHODS[method].thresholds else problem.matrix
    return rank_matrix(matrix, method, **settings)
