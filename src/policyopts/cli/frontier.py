"""`policyopts frontier`: value against cost."""

from __future__ import annotations

from typing import Annotated

import typer

from policyopts.cli import completion
from policyopts.cli.output import show_result
from policyopts.cli.parameters import (
    Example,
    Fail,
    Folder,
    Format,
    FormatOption,
    Frame,
    Only,
    Perspective,
    Set,
    Weight,
    Without,
)
from policyopts.cli.source import read_dossier

Cost = Annotated[
    str,
    typer.Argument(metavar="CRITERION", help="The criterion that is the cost.", autocompletion=completion.criteria),
]


def frontier(
    context: typer.Context,
    criterion: Cost,
    folder: Folder = None,
    example: Example = False,
    weight: Weight = [],
    set_: Set = [],
    only: Only = [],
    without: Without = [],
    fail: Fail = [],
    frame: Frame = None,
    perspective: Perspective = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Set value against cost: the efficient options, and the best one for each budget.

    One criterion is taken as the cost; value is the weighted mean of the values on all others. An option is efficient
    where none gives at least its value for no more.

    Example: policyopts frontier time-to-effect
    """
    from policyopts.analysis.frontier import value_against_cost
    from policyopts.cli.requests import what_if
    from policyopts.report import frontier as report

    asked = what_if(
        weight=weight, set_=set_, only=only, without=without, fail=fail, frame=frame, perspective=perspective
    )
    found = value_against_cost(read_dossier(context, folder, example), criterion, asked)
    show_result(report, format_, found)
