"""The ranking of a dossier, with all that a reader wants to see beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from policyopts.analysis.accepted import not_accepted
from policyopts.analysis.problem.decision import DecisionProblem, decision_problem
from policyopts.analysis.problem.thresholds import with_thresholds
from policyopts.analysis.view import View, WhatIf, look
from policyopts.analysis.weights import check_own_judgements
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.ranking import Ranking
from policyopts.engine.ranking import rank as rank_matrix
from policyopts.findings import DossierError, UsageError
from policyopts.names import did_you_mean, quoted
from policyopts.records.files import CRITERIA
from policyopts.records.problems import Places, Point, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyopts.findings import Finding
    from policyopts.model.dossier import Dossier
    from policyopts.names import Key

MOST_SEGMENTS = 12  # a bar of more pieces cannot be read: then it shows the top groups


class Segment(NamedTuple):
    """A piece of the contribution bars: a criterion or, where there are many, a top group."""

    id: str
    name: str
    weight: float


class RankedOption(NamedTuple):
    """A row of the ranking; `gap` is the distance to the next score below, None for the last.

    `parts` holds what each segment of the bar adds to the score; None where the method is not additive.
    """

    id: str
    name: str
    rank: int
    score: float
    gap: float | None
    contributions: Mapping[str, float] | None
    parts: tuple[float, ...] | None
    details: Mapping[str, float]
    is_baseline: bool


class RankedOptions(Sequence[RankedOption]):
    """A ranking's options in rank order, each made when it is asked for: there may be a million."""

    def __init__(self, problem: DecisionProblem, ranking: Ranking, segments: tuple[Segment, ...]) -> None:
        self._dossier = problem.view.dossier
        self._ranking = ranking
        self._in_order = ranking.ranks[ranking.order]
        self._belongs = _belongs(self._dossier, ranking, segments)
        self._segments = len(segments)

    def __len__(self) -> int:
        return len(self._in_order)

    @overload
    def __getitem__(self, place: int) -> RankedOption: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[RankedOption, ...]: ...
    def __getitem__(self, place: int | slice) -> RankedOption | tuple[RankedOption, ...]:
        if isinstance(place, slice):
            return tuple(map(self._made, range(len(self))[place]))
        return self._made(range(len(self))[place])

    def _made(self, place: int) -> RankedOption:
        ranking, row = self._ranking, int(self._ranking.order[place])
        id_, score = ranking.options[row], float(ranking.scores[row])
        rank_ = int(self._in_order[place])
        below = int(np.searchsorted(self._in_order, rank_, side="right"))  # the first of a worse rank
        gap = None if below == len(self) else score - float(ranking.scores[ranking.order[below]])
        contributions = ranking.contributions
        added = None if contributions is None else contributions[row].tolist()
        return RankedOption(
            id=id_,
            name=self._dossier.option_name(id_),
            rank=rank_,
            score=score,
            gap=gap,
            contributions=None if added is None else dict(zip(ranking.criteria, added, strict=True)),
            parts=None if added is None else _parts(added, self._belongs, self._segments),
            details={name: float(array[row]) for name, array in ranking.details.items()},
            is_baseline=id_ == self._dossier.decision.baseline,
        )


class RankedDossier(NamedTuple):
    """A dossier's options in rank order, and how the ranking came about."""

    problem: DecisionProblem
    ranking: Ranking
    options: Sequence[RankedOption]
    segments: tuple[Segment, ...]
    findings: tuple[Finding, ...]

    @property
    def view(self) -> View:
        """What was looked at."""
        return self.problem.view

    @property
    def dossier(self) -> Dossier:
        """The dossier that was ranked."""
        return self.problem.view.dossier

    @property
    def winners(self) -> tuple[RankedOption, ...]:
        """The options that share rank 1."""
        return tuple(takewhile(lambda option: option.rank == 1, self.options))

    def unknown(self, options: int) -> list[tuple[str, str]]:
        """Give the figures of the first options, each as option and criterion, that nobody knows."""
        ids = [self.ranking.options[row] for row in self.ranking.order[:options]]
        return [
            (id_, criterion) for id_ in ids for criterion in self.ranking.criteria if self._is_unknown(id_, criterion)
        ]

    def _is_unknown(self, option: str, criterion: str) -> bool:
        return self.view.estimate(option, criterion).form == "unknown"

    def option(self, id_: str) -> RankedOption:
        """Find a ranked option by its id."""
        row = self.ranking.options.index(id_)
        return self.options[int(np.flatnonzero(self.ranking.order == row)[0])]

    @property
    def fullest(self) -> float:
        """The score that fills a bar; 0 where bars can show nothing: no parts, or some below zero."""
        added = self.ranking.contributions
        if added is None:
            return 0.0
        homes = np.eye(len(self.segments))[_belongs(self.dossier, self.ranking, self.segments)]
        parts = added @ homes  # (options, segments)
        return 0.0 if parts.min() < 0 else float(parts.sum(axis=1).max())


def rank(dossier_or_matrix: Dossier | DecisionMatrix, method: str | None = None, **parameters: object) -> Ranking:
    """Rank a dossier's options, or a matrix's, by a method of the table.

    Parameters
    ----------
    dossier_or_matrix
        A dossier brings its own method and parameters, used unless others are given; for a matrix the method is
        the weighted sum unless given.
    method
        A name such as ``"weighted-sum"``; `policyopts methods` lists them.
    parameters
        The method's parameters, with `_` for `-`.

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `rank_dossier`; for a matrix, `EngineError` alone.
    """
    name = None if method is None else str(method)
    if isinstance(dossier_or_matrix, DecisionMatrix):
        return rank_matrix(dossier_or_matrix, name or "weighted-sum", **parameters)
    refuse_other_than_dossier(dossier_or_matrix)
    return _rank(dossier_or_matrix, None, name, parameters)[1]


def refuse_other_than_dossier(given: object) -> None:
    """Refuse what is no dossier, where a matrix would have done as well."""
    if not hasattr(given, "criteria_file"):
        raise EngineError(
            f"a dossier or a decision matrix is needed, not {type(given).__name__}",
            "po.load(folder) reads a dossier, po.DecisionMatrix(values, weights, directions) makes a matrix",
        )


def rank_dossier(
    dossier: Dossier,
    what_if: WhatIf | None = None,
    *,
    method: str | None = None,
    parameters: Mapping[str, object] | None = None,
) -> RankedDossier:
    """Rank what is looked at, by the method asked for or else the dossier's own.

    Raises
    ------
    UsageError
        For a method, a parameter or an id that is not there, and weights that cannot be had together.
    EngineError
        For figures that the method cannot take.
    DossierError
        Where the dossier's own method is unknown, its judgements cannot be made weights of, or every option breaks a
        hard limit.
    """
    problem, ranking = _rank(dossier, what_if, method, parameters or {})
    segments = tuple(_segments(problem))
    findings = Places(dossier.texts).findings(not_accepted(dossier, problem.problems))
    return RankedDossier(problem, ranking, RankedOptions(problem, ranking, segments), segments, tuple(findings))


def _rank(
    dossier: Dossier, what_if: WhatIf | None, method: str | None, parameters: Mapping[str, object]
) -> tuple[DecisionProblem, Ranking]:
    """Put the problem to the method, and give both."""
    chosen = method or dossier.criteria_file.method
    if method is not None and method not in METHODS:
        hint = did_you_mean(method, METHODS) or f"known: {', '.join(METHODS)}"
        raise UsageError(f"unknown method {quoted(method)}", hint)
    check_own_methods(dossier)
    check_own_judgements(dossier)
    own = dossier.criteria_file.methods.get(chosen, {})
    try:
        settings = _settings(chosen, {**own, **parameters}, dossier)
    except EngineError as error:
        raise UsageError(error.message, error.hint) from None
    problem = decision_problem(look(dossier, what_if))
    matrix = with_thresholds(problem) if METHODS[chosen].thresholds else problem.matrix
    return problem, rank_matrix(matrix, chosen, **settings)


def check_own_methods(dossier: Dossier) -> None:
    """Tell where the dossier names a method or a parameter that is not there."""
    problems = []
    named: list[tuple[Key, str]] = [(("method",), dossier.criteria_file.method)]
    named += [(("methods", name), name) for name in dossier.criteria_file.methods]
    for key, name in named:
        if name not in METHODS:
            hint = did_you_mean(name, METHODS) or f"known: {', '.join(METHODS)}"
            point: Point = "value" if key == ("method",) else "key"
            problems.append(Problem(CRITERIA, key, "REF221", f"unknown method {quoted(name)}", hint, point))
    for name, own in dossier.criteria_file.methods.items():
        for parameter, value in own.items() if name in METHODS else ():
            try:
                _settings(name, {parameter: value}, dossier)
            except EngineError as error:
                problems.append(Problem(CRITERIA, ("methods", name, parameter), "VAL212", error.message, error.hint))
    if problems:
        raise DossierError(dossier.folder, Places(dossier.texts).findings(problems))


def _settings(method: str, given: Mapping[str, object], dossier: Dossier) -> dict[str, object]:
    """Fill in a method's parameters; a row of numbers must be as long as there are criteria."""
    settings = METHODS[method].settings(given)
    for name, value in settings.items():
        if isinstance(value, tuple) and len(value) != len(dossier.criteria):
            count = f"{len(value)}, where there are {len(dossier.criteria)} criteria"
            raise EngineError(f"{method}: {name} is a row of {count}", f"in this order: {', '.join(dossier.criteria)}")
    return settings


def _segments(problem: DecisionProblem) -> list[Segment]:
    tree = problem.view.dossier.tree
    if len(problem.matrix.criteria) <= MOST_SEGMENTS:
        ids = list(problem.matrix.criteria)
    else:
        ids = [node.id for node in tree.children(-1)]
    return [Segment(id_, tree.node(id_).name, problem.shares[id_]) for id_ in ids]


def _belongs(dossier: Dossier, ranking: Ranking, segments: tuple[Segment, ...]) -> list[int]:
    """Give the segment that each criterion belongs to."""
    return [
        next(place for place, segment in enumerate(segments) if segment.id in {node.id for node in lineage})
        for lineage in map(dossier.tree.lineage, ranking.criteria)
    ]


def _parts(added: list[float], belongs: list[int], segments: int) -> tuple[float, ...]:
    """Add up contributions by the segment that each criterion belongs to."""
    parts = [0.0] * segments
    for share, home in zip(added, belongs, strict=True):
        parts[home] += share
    return tuple(parts)
