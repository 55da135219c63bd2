"""Why an option ranks where it does: every figure that its score is made of, and where each is written."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from policyopts.analysis.likelihood import likelihoods
from policyopts.engine.methods import METHODS
from policyopts.findings import UsageError
from policyopts.records.files import ASSUMPTIONS, EVIDENCE
from policyopts.records.problems import Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.analysis.likelihood import Likelihoods
    from policyopts.analysis.ranked import RankedDossier, RankedOption
    from policyopts.analysis.view import View
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.steps import Step
    from policyopts.model.criteria import Leaf
    from policyopts.model.dossier import Origin
    from policyopts.model.estimates import Estimate
    from policyopts.model.options import CellRecord


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the dossier."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class CitedItem:
    """A piece of evidence that a performance rests on."""

    id: str
    claim: str
    source: str
    grade: str
    where: Where


@dataclass(frozen=True, slots=True)
class CitedAssumption:
    """An assumption that a performance rests on."""

    id: str
    claim: str
    signpost: str
    where: Where


@dataclass(frozen=True, slots=True)
class WeightStep:
    """One level of the tree on the way to a criterion's weight: a number among its siblings, and its share of them."""

    id: str
    name: str
    number: float | None
    share_of_group: float
    where: Where


@dataclass(frozen=True)
class CriterionWorking:
    """All that one criterion does to an option's score.

    `steps` holds the method's own terms by symbol; `difference` is the contribution less the rival's.
    """

    id: str
    name: str
    leaf: Leaf
    estimate: Estimate
    written: CellRecord
    likelihood: str | None
    value: float | None
    weight: float
    weight_steps: tuple[WeightStep, ...]
    steps: Mapping[str, float]
    contribution: float | None
    difference: float | None
    evidence: tuple[CitedItem, ...]
    assumptions: tuple[CitedAssumption, ...]
    where: Where | None
    scale_where: Where


@dataclass(frozen=True, slots=True)
class PairWorking:
    """What the method says, by symbol, of the option before another one (`over`), and the other way round (`under`)."""

    id: str
    name: str
    over: Mapping[str, float]
    under: Mapping[str, float]


@dataclass(frozen=True)
class Explanation:
    """An option's place in a ranking, taken apart.

    `placed` is None for an option that a hard limit screens out, for `reasons`. The rival is the option that ranks
    first or, for that one, the next.
    """

    ranked: RankedDossier
    option: str
    placed: RankedOption | None
    rival: RankedOption | None
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]
    totals: Mapping[str, float]
    pairs: tuple[PairWorking, ...]
    by_values: bool  # the score is the sum of the values, each times its weight
    criteria: tuple[CriterionWorking, ...]


def explain(ranked: RankedDossier, option: str, criterion: str | None = None) -> Explanation:
    """Take a ranking apart for one option, and for one criterion if only that is asked for.

    Raises
    ------
    UsageError
        For an option that was not ranked.
    """
    if option not in ranked.view.options:
        raise UsageError(f"'{option}' was left out of the ranking", "leave out --only and --without")
    screened = {out.id: out.reasons for out in ranked.problem.screened_out}
    placed = None if option in screened else ranked.option(option)
    steps = _working(ranked)
    places = Places(ranked.dossier.texts)
    rival = _rival(ranked, option)
    chosen = ranked.ranking.criteria if criterion is None else (criterion,)
    words = likelihoods(ranked.dossier)
    return Explanation(
        ranked=ranked,
        option=option,
        placed=placed,
        rival=rival,
        reasons=screened.get(option, ()),
        steps=steps,
        totals=_totals(ranked, steps, option) if placed else {},
        pairs=tuple(_pairs(ranked, steps, option)) if placed and criterion is None else (),
        by_values=ranked.ranking.parameters.get("normalisation") == "value",
        criteria=tuple(_criterion(ranked, option, id_, placed, rival, steps, places, words) for id_ in chosen),
    )


def _working(ranked: RankedDossier) -> tuple[Step, ...]:
    """Run the method once more, this time writing down its steps."""
    steps: list[Step] = []
    method = METHODS[ranked.ranking.method]
    settings = ranked.ranking.parameters
    keywords = {parameter.keyword: settings[parameter.name] for parameter in method.parameters}
    method.function(ranked.ranking.matrix, steps=steps, **keywords)
    return tuple(steps)


def _rival(ranked: RankedDossier, option: str) -> RankedOption | None:
    return next((other for other in ranked.options if other.id != option), None)


def _totals(ranked: RankedDossier, steps: tuple[Step, ...], option: str) -> dict[str, float]:
    row = ranked.ranking.options.index(option)
    return {step.symbol: float(step.table[row]) for step in steps if step.axes == ("options",)}


def _pairs(ranked: RankedDossier, steps: tuple[Step, ...], option: str) -> Iterator[PairWorking]:
    """Put the option beside each other one, where the method compares pairs."""
    tables = {step.symbol: step.table for step in steps if step.axes == ("options", "options")}
    row = ranked.ranking.options.index(option)
    for other in ranked.options if tables else ():
        if other.id == option:
            continue
        place = ranked.ranking.options.index(other.id)
        over = {symbol: float(table[row, place]) for symbol, table in tables.items()}
        under = {symbol: float(table[place, row]) for symbol, table in tables.items()}
        yield PairWorking(other.id, other.name, over, under)


def _criterion(
    ranked: RankedDossier,
    option: str,
    id_: str,
    placed: RankedOption | None,
    rival: RankedOption | None,
    steps: tuple[Step, ...],
    places: Places,
    words: Likelihoods,
) -> CriterionWorking:
    view, dossier = ranked.view, ranked.dossier
    column = ranked.ranking.criteria.index(id_)
    row = ranked.ranking.options.index(option) if placed else None
    found = _known(view.estimate(option, id_), ranked.ranking.matrix.values[:, column])
    written = view.record(option, id_)
    added = placed.contributions[id_] if placed and placed.contributions is not None else None
    theirs = rival.contributions[id_] if rival and rival.contributions is not None else None
    return CriterionWorking(
        id=id_,
        name=dossier.criterion_name(id_),
        leaf=dossier.criteria[id_],
        estimate=found,
        written=written,
        likelihood=words.word(id_, found),
        value=None if row is None else float(ranked.ranking.matrix.scaled[row, column]),
        weight=ranked.problem.shares[id_],
        weight_steps=tuple(_weight_steps(ranked, id_, places)),
        steps={} if row is None else _terms(steps, row, column),
        contribution=added,
        difference=None if added is None or theirs is None else added - theirs,
        evidence=tuple(_cited_items(view, written, places)),
        assumptions=tuple(_cited_assumptions(view, written, places)),
        where=_where(places, view.origin(option, id_)),
        scale_where=Where("criteria.yaml", *places.of("criteria.yaml", (*dossier.tree.node(id_).at, "scale"), "key")),
    )


def _known(found: Estimate, present: FloatArray) -> Estimate:
    """Give an unknown performance without a scale the range of the options present, as the ranking did."""
    if not isnan(found.value):
        return found
    low, high = float(present.min()), float(present.max())
    return found._replace(low=low, value=(low + high) / 2, high=high)


def _terms(steps: tuple[Step, ...], row: int, column: int) -> dict[str, float]:
    """Give the terms of one cell, by symbol: those of the option and the criterion, or of the criterion alone."""
    terms = {}
    for step in steps:
        if step.axes == ("options", "criteria"):
            terms[step.symbol] = float(step.table[row, column])
        elif step.axes == ("criteria",):
            terms[step.symbol] = float(step.table[column])
    return terms


def _weight_steps(ranked: RankedDossier, id_: str, places: Places) -> Iterator[WeightStep]:
    shares = ranked.problem.shares
    above = 1.0
    for node in ranked.dossier.tree.lineage(id_):
        origin = ranked.view.weight_origin(node.id)
        yield WeightStep(
            id=node.id,
            name=node.name,
            number=None if ranked.view.what_if.shares else ranked.view.own_number(node.id),
            share_of_group=shares[node.id] / above if above else 0.0,
            where=Where(origin.path, *places.of(origin.path, origin.key, "key")),
        )
        above = shares[node.id]


def _cited_items(view: View, written: CellRecord, places: Places) -> Iterator[CitedItem]:
    evidence = view.dossier.evidence
    for id_ in written.evidence:
        item = evidence.items[id_]
        source = evidence.sources.get(item.source or "")
        name = "" if source is None else source.publisher or source.title or item.source or ""
        where = Where(EVIDENCE, *places.of(EVIDENCE, ("items", id_), "key"))
        yield CitedItem(id_, item.claim or "", name, item.grade or "", where)


def _cited_assumptions(view: View, written: CellRecord, places: Places) -> Iterator[CitedAssumption]:
    for id_ in written.assumes:
        assumption = view.dossier.assumptions[id_]
        where = Where(ASSUMPTIONS, *places.of(ASSUMPTIONS, (id_,), "key"))
        yield CitedAssumption(id_, assumption.claim or "", assumption.signpost or "", where)


def _where(places: Places, origin: Origin | None) -> Where | None:
    return None if origin is None else Where(origin.path, *places.of(origin.path, origin.key, "key"))
