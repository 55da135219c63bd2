"""`policyopts assumptions`: what moves when an assumption fails."""

from __future__ import annotations

import typer

from policyopts.cli.output import show_result
from policyopts.cli.parameters import (
    Example,
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


def assumptions(
    context: typer.Context,
    folder: Folder = None,
    example: Example = False,
    method: Method = None,
    param: Param = [],
    weight: Weight = [],
    set_: Set = [],
    only: Only = [],
    without: Without = [],
    frame: Frame = None,
    perspective: Perspective = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Let each key assumption fail, one by one and all together: what moves, and what would signal it.

    Example: policyopts assumptions --frame iraqi-problem
    """
    from policyopts.analysis.assumptions import rank_with_each_failed
    from policyopts.cli.requests import parameters, what_if
    from policyopts.report import assumptions as report

    asked = what_if(weight=weight, set_=set_, only=only, without=without, frame=frame, perspective=perspective)
    dossier = read_dossier(context, folder, example)
    found = rank_with_each_failed(dossier, asked, method=method, parameters=parameters(param))
    show_result(report, format_, found)
