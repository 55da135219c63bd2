"""`policyopts sensitivity`: what would change who is first."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from policyopts.cli.output import show_result
from policyopts.cli.parameters import (
    Example,
    Fail,
    Folder,
    Format,
    FormatOption,
    Frame,
    Method,
    Only,
    Param,
    Perspective,
    Set,
    Weight,
    Without,
)
from policyopts.cli.source import read_dossier


class Distance(StrEnum):
    """How the size of a change of all weights is measured."""

    L1 = "l1"
    EUCLID = "euclid"


DistanceOption = Annotated[
    Distance,
    typer.Option(
        "--distance", help="What is smallest: the sum of the changes, or the root of the sum of their squares."
    ),
]
Challengers = Annotated[
    int, typer.Option("--challengers", min=1, metavar="N", help="How many options behind the first are looked at.")
]


def sensitivity(
    context: typer.Context,
    folder: Folder = None,
    example: Example = False,
    method: Method = None,
    param: Param = [],
    weight: Weight = [],
    set_: Set = [],
    only: Only = [],
    without: Without = [],
    fail: Fail = [],
    frame: Frame = None,
    perspective: Perspective = None,
    distance: DistanceOption = Distance.L1,
    challengers: Challengers = 10,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Find what would change who is first: each weight, all weights together, each figure, each range.

    Nothing is sampled: for methods that add up, every end of a range is where the ranking changes; others are searched.

    Example: policyopts sensitivity --frame iraqi-problem
    """
    from policyopts.analysis.sensitivity import sensitivity as analyse
    from policyopts.cli.requests import parameters, what_if
    from policyopts.report import sensitivity as report

    asked = what_if(
        weight=weight, set_=set_, only=only, without=without, fail=fail, frame=frame, perspective=perspective
    )
    found = analyse(
        read_dossier(context, folder, example),
        asked,
        distance=distance.value,
        challengers=challengers,
        method=method,
        parameters=parameters(param),
    )
    show_result(report, format_, found)
