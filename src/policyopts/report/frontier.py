"""Value against cost as JSON, CSV and Markdown, and the sentences that go with it in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.model.estimates import amount, figure
from policyopts.report.data import as_csv, as_json
from policyopts.report.english import named
from policyopts.report.numbers import score
from policyopts.report.ranking import changes, screened_out
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.frontier import CostedOption, Frontier

HEADS = ("Option", "Cost", "Value", "Cost of a point", "")


def to_json(frontier: Frontier) -> str:
    """Write the options as `policyopts.frontier/1`."""
    dossier = frontier.problem.view.dossier
    return as_json(
        {
            "format": "policyopts.frontier/1",
            "dossier": {"title": dossier.title, "digest": dossier.digest},
            "cost": frontier.criterion,
            "unit": dossier.criteria[frontier.criterion].unit,
            "options": [
                {
                    "id": option.id,
                    "cost": option.cost,
                    "value": option.value,
                    "efficient": option.beaten_by is None,
                    "beaten_by": option.beaten_by,
                    "extra_cost_per_point": option.extra_cost,
                }
                for option in frontier.options
            ],
        }
    )


def to_csv(frontier: Frontier) -> str:
    """Write one row an option, the cheapest first."""
    rows = [
        [option.id, option.name, option.cost, option.value, option.beaten_by, option.extra_cost]
        for option in frontier.options
    ]
    return as_csv(["id", "name", "cost", "value", "beaten_by", "extra_cost_per_point"], rows)


def to_markdown(frontier: Frontier) -> str:
    """Write the options as a Markdown table, efficient ones in bold."""
    lines = [f"# {markdown(title(frontier))}", ""]
    lines += [markdown(circumstances(frontier)), ""] if circumstances(frontier) else []
    lines += [f"| {' | '.join(HEADS)} |", "|---|---:|---:|---:|---|"]
    for option in frontier.options:
        name, *rest = map(markdown, cells(frontier, option))
        lines.append(f"| {' | '.join([name if option.beaten_by else f'**{name}**', *rest])} |")
    lines += [line for sentence in notes(frontier) for line in ("", markdown(sentence))]
    return "\n".join(lines) + "\n"


def title(frontier: Frontier) -> str:
    """Name the decision and the cost."""
    dossier = frontier.problem.view.dossier
    return flowing(f"{dossier.title}: value against {dossier.criterion_name(frontier.criterion)}")


def circumstances(frontier: Frontier) -> str:
    """Say what is looked at other than the dossier as it stands; nothing where it is that."""
    return flowing(" · ".join(changes(frontier.problem.view)))


def cells(frontier: Frontier, option: CostedOption) -> tuple[str, ...]:
    """Write an option's row: name, cost, value, what a point of value costs in addition, and by what it is beaten."""
    dossier = frontier.problem.view.dossier
    unit = dossier.criteria[frontier.criterion].unit
    extra = "" if option.extra_cost is None else _amount(float(f"{option.extra_cost:.2g}"), unit)
    beaten = "" if option.beaten_by is None else f"beaten by {flowing(dossier.option_name(option.beaten_by))}"
    return flowing(option.name), _amount(option.cost, unit), score(option.value), extra, beaten


def notes(frontier: Frontier) -> Iterator[str]:
    """Say which option is best from which budget on."""
    dossier, efficient = frontier.problem.view.dossier, frontier.efficient
    unit = dossier.criteria[frontier.criterion].unit
    steps = [f"{flowing(option.name)} from {_amount(option.cost, unit)} on" for option in efficient]
    yield f"Best by budget: {named(steps)}."
    yield "Value counts all criteria but the cost, in their own proportions, from 0 to 1; a point is a hundredth of it."
    yield from screened_out(frontier.problem)


def _amount(number: float, unit: str) -> str:
    return amount(figure(float(f"{number:.4g}")), unit)
