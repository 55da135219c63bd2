"""Checks of the scores: each with its reason, and the doubt about them written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark
from policyopts.model.estimates import UNKNOWN
from policyopts.model.options import CellRecord
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts


def unreasoned_scores(facts: Facts) -> Iterator[Remark]:
    """Give each score its reason in `because`.

    A score of `unknown` needs none. Of a score table, which has no room for reasons, this is told once.

    Why: a reader who doubts a figure must be able to see where it comes from. ICD 203 asks analysts to explain the
    basis of their judgements, GAO to document the assumptions behind figures.

    Passes:

        # options/levy.yaml
        performance:
          effect: {low: 45, value: 60, high: 75, because: Ireland's levy cut the use of bags by far more.}

    Fails:

        # options/levy.yaml
        performance:
          effect: {low: 45, value: 60, high: 75}
    """
    for option, record in facts.dossier.own_records.items():
        origin = facts.dossier.option_origins[option]
        for criterion, cell in record.performance.items():
            if cell != UNKNOWN and (not isinstance(cell, CellRecord) or cell.because is None):
                key = (*origin.key, "performance", criterion)
                yield Remark(origin.path, key, f"no reason is given for the score of '{option}' on '{criterion}'")
    table = facts.dossier.table
    if table is not None:
        scores = "option's scores" if len(table.places) == 1 else "options' scores"
        hint = "give the options that matter a file in options/"
        yield Remark(table.path, (), f"{len(table.places):,} {scores} in a table, without reasons", hint)


def no_ranges(facts: Facts) -> Iterator[Remark]:
    """Write down how sure the scores are: give a range to those that are not exact.

    Told where no score of any option has a range; a word of likelihood is one, `unknown` is not.

    Why: figures without a range pretend to a precision that forecasts do not have, and nothing can then be said about
    how firm the ranking is.

    Passes:

        # options/levy.yaml
        performance:
          effect: {low: 45, value: 60, high: 75}

    Fails:

        # options/do-nothing.yaml
        performance: {effect: 5, cost: 0, fairness: even}
        # options/ban.yaml
        performance: {effect: 75, cost: 20, fairness: uneven}
        # options/levy.yaml
        performance: {effect: 60, cost: 5, fairness: uneven}
        # options/campaign.yaml
        performance: {effect: 30, cost: 10, fairness: fair}
    """
    estimates = (estimate for _, estimate in facts.dossier.written_estimates())
    if not any(estimate.form != "unknown" and estimate.low < estimate.high for estimate in estimates):
        message = "no score has a range, as if every one were exact"
        yield Remark(CRITERIA, (), message, "such as performance: {cost: {low: 5, value: 8, high: 14}}")
