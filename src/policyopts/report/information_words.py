"""What to find out next, in words: what information is worth, and where what is uncertain is written."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from policyopts.report.numbers import part, performance
from policyopts.report.numbers import score as written
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.information import Lead
    from policyopts.analysis.robust_ranking import RobustRanking

TITLE = "What to find out next"
MOST_DECIMALS = 6
_UNWORKED = {
    "method": "by this method; the weighted sum of values has it",
    "scale": "where an uncertain performance stands on a criterion without a scale",
    "many": "for so many options",
}


def opening(result: RobustRanking) -> Iterator[str]:
    """Say what it would be worth to know everything, or that there is nothing to find out."""
    information = result.information
    if len(result.options) < 2:
        return
    if result.unworked is not None:
        yield f"What information would be worth is not worked out {_UNWORKED[result.unworked]}."
    if information is None:
        return
    everything = information.found.everything
    worthless = not information.matters(everything)
    if result.is_firm:
        yield _firm(result, worthless=worthless)
    if worthless:
        if not result.is_firm:
            gain = f"the score of what is chosen by {amount(everything)}" if everything.value else "no score"
            yield f"Nothing that was drawn is worth finding out first: all of it would raise {gain} on average."
        return
    choice = flowing(result.dossier.option_name(information.choice))
    yield (
        f"By its expected score, {choice} would be chosen now. To know all that is uncertain first would raise the "
        f"score of what is chosen by {amount(everything)} on average."
    )
    if result.uncertain and not any(lead.kind != "weights" for lead in information.leads):
        figures = information.found.performances
        worth = amount(figures) if figures.value else "nothing"
        yield f"No single figure is worth finding out by itself; all of them together are worth {worth}."


def _firm(result: RobustRanking, *, worthless: bool) -> str:
    whatever = "Whatever the weights, nothing" if result.known.by in {"order", "any"} else "Nothing"
    if worthless:
        return f"{whatever} within the stated ranges changes who is first: stop modelling, and decide."
    return f"{whatever} within the stated ranges changes who is first; only other weights than the stated ones do."


def leads(result: RobustRanking) -> Iterator[str]:
    """Give a line for each thing to find out: what it is, its worth, what is known of it, and where it is written."""
    if result.information is not None and len(result.options) > 1:
        yield from (_lead(result, lead) for lead in result.information.leads)


def _lead(result: RobustRanking, lead: Lead) -> str:
    said = [f"{_what(result, lead)}: {amount(lead.worth)}, {part(lead.share)} of it"]
    if lead.estimate is not None:
        said.append(f"Now {performance(lead.estimate, flowing(result.dossier.criteria[lead.criterion].unit))}")
        if lead.confidence is not None:
            said.append(f"Confidence: {lead.confidence}")
        said.append(f"Evidence: {lead.grade}" if lead.grade else "No graded evidence")
    if lead.where is not None:
        said.append(str(lead.where))
    return flowing(". ".join(said))


def _what(result: RobustRanking, lead: Lead) -> str:
    if lead.kind == "weights":
        return "The weights"
    criterion = result.dossier.criterion_name(lead.criterion)
    if lead.kind == "criterion":
        return f"{criterion}, for all options"
    return f"{result.dossier.option_name(lead.option)}: {criterion}"


def amount(worth: tuple[float, float]) -> str:
    """Write a worth with its standard error, in as many decimals as that tells."""
    value, error = worth
    decimals = min(MOST_DECIMALS, max(3, -floor(log10(error)))) if error else 3
    return f"{value:.{decimals}f} ± {error:.{decimals}f}" if error else written(value)
