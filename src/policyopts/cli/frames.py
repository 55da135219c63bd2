"""`policyopts frames`: the ranking in each frame, and what to choose when it is open which holds."""

from __future__ import annotations

from typing import Annotated

import typer

from policyopts.cli.output import show_result
from policyopts.cli.parameters import (
    Example,
    Fail,
    Folder,
    Format,
    FormatOption,
    Method,
    Only,
    Param,
    Perspective,
    Set,
    Weight,
    Without,
)
from policyopts.cli.source import read_dossier

Hurwicz = Annotated[
    float, typer.Option("--hurwicz", metavar="X", help="How much the best outcome counts in Hurwicz's rule, 0 to 1.")
]


def frames(
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
    perspective: Perspective = None,
    hurwicz: Hurwicz = 0.5,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Rank in every frame, and apply the rules for deciding when it is open which of them holds.

    Regret is how far an option falls behind the best one of a frame; the rules look at the largest regret, the worst
    and the best score, a mix of both (Hurwicz), the mean, and the expected score where frames have chances.

    Example: policyopts frames --without do-nothing
    """
    from policyopts.analysis.frames import rank_in_frames
    from policyopts.cli.requests import parameters, what_if
    from policyopts.report import frames as report

    asked = what_if(weight=weight, set_=set_, only=only, without=without, fail=fail, perspective=perspective)
    dossier = read_dossier(context, folder, example)
    found = rank_in_frames(dossier, asked, alpha=hurwicz, method=method, parameters=parameters(param))
    show_result(report, format_, found)
