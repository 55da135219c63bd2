"""`policyopts perspectives`: the ranking as each party sees it."""

from __future__ import annotations

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
    Set,
    Weight,
    Without,
)
from policyopts.cli.source import read_dossier


def perspectives(
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
    format_: FormatOption = Format.TABLE,
) -> None:
    """Rank as each party sees it: who prefers what, how far they agree, who dissents.

    The option least objectionable to all is the one whose worst rank with any party is best. Where several assessors
    judge a performance, it also shows who differs where, and what each one's figures rank.

    Example: policyopts perspectives --frame iraqi-problem
    """
    from policyopts.analysis.perspectives import rank_by_parties
    from policyopts.cli.requests import parameters, what_if
    from policyopts.report import perspectives as report

    asked = what_if(weight=weight, set_=set_, only=only, without=without, fail=fail, frame=frame)
    dossier = read_dossier(context, folder, example)
    found = rank_by_parties(dossier, asked, method=method, parameters=parameters(param))
    show_result(report, format_, found)
