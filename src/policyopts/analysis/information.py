"""What to find out next: what it would be worth to know each figure, and the weights, before choosing.

Worth is in scores: by how much the option chosen in the light of what was learnt scores more, on average, than the one
chosen now. What cannot change the choice is worth nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from policyopts.analysis.explanation import Where
from policyopts.analysis.grades import weakest
from policyopts.analysis.problem.uncertain_performances import uncertain_performances
from policyopts.engine.robustness.information_value import Worth, information_value
from policyopts.records.files import CRITERIA
from policyopts.records.problems import Places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.ranked import RankedDossier
    from policyopts.engine.robustness.information_value import InformationValue
    from policyopts.engine.robustness.simulation import Simulation
    from policyopts.model.estimates import Estimate

Unworked = Literal["method", "scale", "many"]
"""Why it is not worked out: by this method, without a scale for what is uncertain, or for so many options."""

MOST_OPTIONS = 200
SAMPLES = 1024, 1 << 14  # of each figure, at least and at most
DRAWN = 1 << 20  # figures in all, where that leaves enough samples: hundredths of a second of work
SURE = 2.0  # standard errors that a worth is above zero
MATTERS = 0.01  # of the distance from the best to the worst score: what is worth less is not told
MOST_TOLD = 5
NEARLY_ALL = 0.8  # of a criterion's worth: where one figure has as much of it, the criterion adds nothing to be told


class CellWorth(NamedTuple):
    """What it is worth to know one performance."""

    option: str
    criterion: str
    worth: Worth


class Lead(NamedTuple):
    """Something to find out: a performance, all performances on a criterion, or the weights.

    `share` is the part of what everything is worth. `where` it is written is None for a figure asked for on the spot,
    and for the weights; only a single performance has the last three.
    """

    kind: Literal["performance", "criterion", "weights"]
    worth: Worth
    share: float
    option: str = ""
    criterion: str = ""
    where: Where | None = None
    estimate: Estimate | None = None
    confidence: str | None = None
    grade: str | None = None


@dataclass(frozen=True, eq=False)
class Information:
    """What it is worth to know what is uncertain, all of it or a part, before choosing."""

    ranked: RankedDossier
    found: InformationValue
    uncertain: tuple[tuple[int, int], ...]  # the places of the performances drawn (option, criterion)

    @property
    def choice(self) -> str:
        """The option with the highest expected score, which is chosen as long as nothing more is known."""
        return self.ranked.ranking.options[self.found.choice]

    @property
    def criteria(self) -> dict[str, Worth]:
        """What it is worth to know all performances on a criterion, for each."""
        worths, errors = self.found.criteria.tolist(), self.found.criteria_errors.tolist()
        return {id_: Worth(*both) for id_, *both in zip(self.ranked.ranking.criteria, worths, errors, strict=True)}

    @cached_property
    def cells(self) -> tuple[CellWorth, ...]:
        """The uncertain performances, those that are worth most before others."""
        options, criteria = self.ranked.ranking.options, self.ranked.ranking.criteria
        worths = (
            CellWorth(
                options[row],
                criteria[column],
                Worth(float(self.found.cells[row, column]), float(self.found.cells_errors[row, column])),
            )
            for row, column in sorted(self.uncertain)
        )
        return tuple(sorted(worths, key=lambda cell: -cell.worth.value))

    def matters(self, worth: Worth) -> bool:
        """Tell whether a worth is above zero for sure, and large enough for a word."""
        scores = self.ranked.ranking.scores
        least = MATTERS * float(scores.max() - scores.min())
        return worth.value > 0 and worth.value >= max(SURE * worth.standard_error, least)

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """What to find out next: what matters, the most before the rest."""
        leads = sorted(self._leads(), key=lambda lead: -lead.worth.value)[:MOST_TOLD]
        places = Places(self.ranked.dossier.texts)
        return tuple(self._placed(lead, places) for lead in leads)

    def _leads(self) -> Iterator[Lead]:
        if self.matters(self.found.weights):
            yield self._lead("weights", self.found.weights)
        best: dict[str, float] = {}
        for cell in self.cells:
            if self.matters(cell.worth):
                best.setdefault(cell.criterion, cell.worth.value)
                yield self._lead("performance", cell.worth, cell.option, cell.criterion)
        for id_, worth in self.criteria.items():
            if self.matters(worth) and best.get(id_, 0.0) < NEARLY_ALL * worth.value:
                yield self._lead("criterion", worth, "", id_)

    def _lead(
        self,
        kind: Literal["performance", "criterion", "weights"],
        worth: Worth,
        option: str = "",
        criterion: str = "",
    ) -> Lead:
        whole = max(worth.value, self.found.everything.value)  # a part may come out larger by chance
        return Lead(kind, worth, worth.value / whole, option, criterion)

    def _placed(self, lead: Lead, places: Places) -> Lead:
        """Say what is known of it, and where it is written."""
        view, dossier = self.ranked.view, self.ranked.dossier
        if lead.kind == "weights":
            return lead
        if lead.kind == "criterion":
            key = dossier.tree.node(lead.criterion).at
            return lead._replace(where=Where(CRITERIA, *places.of(CRITERIA, key, "key")))
        record, origin = view.record(lead.option, lead.criterion), view.origin(lead.option, lead.criterion)
        return lead._replace(
            where=None if origin is None else Where(origin.path, *places.of(origin.path, origin.key, "key")),
            estimate=view.estimate(lead.option, lead.criterion),
            confidence=record.confidence,
            grade=weakest(dossier.evidence, record.evidence),
        )


def why_unworked(simulation: Simulation) -> Unworked | None:
    """Tell why the value of information is not worked out; None where it is."""
    if simulation.method != "weighted-sum" or simulation.settings["normalisation"] != "value":
        return "method"
    cells = simulation.performances.cells if simulation.performances else ()
    if any(simulation.curves[cell.criterion] is None for cell in cells):
        return "scale"
    return "many" if len(simulation.matrix.options) > MOST_OPTIONS else None


def information(ranked: RankedDossier, simulation: Simulation) -> Information | None:
    """Work out what it is worth to know what a simulation draws; None where that cannot be told."""
    if why_unworked(simulation):
        return None
    performances = simulation.performances or uncertain_performances(ranked.problem)
    found = information_value(
        simulation.matrix,
        simulation.weights,
        performances,
        curves=simulation.curves,
        samples=min(max(DRAWN // (len(performances.cells) + 1), SAMPLES[0]), SAMPLES[1]),
        seed=simulation.seed,
    )
    return Information(ranked, found, tuple(cell[:2] for cell in performances.cells))
