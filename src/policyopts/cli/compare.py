"""`policyopts compare`: every method side by side."""

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
    Only,
    Perspective,
    Set,
    Weight,
    Without,
)
from policyopts.cli.source import read_dossier


def compare(
    context: typer.Context,
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
    """Rank by every method, and say how far they agree.

    Methods that cannot take the figures are named with the reason. A test leaves out each option that does not come
    first, and lets it stand there twice: a first place that changes for that is no property of the options.

    Example: policyopts compare --without do-nothing
    """
    from policyopts.analysis.method_comparison import compare_methods
    from policyopts.cli.requests import what_if
    from policyopts.report import comparison as report

    asked = what_if(
        weight=weight, set_=set_, only=only, without=without, fail=fail, frame=frame, perspective=perspective
    )
    comparison = compare_methods(read_dossier(context, folder, example), asked)
    show_result(report, format_, comparison)
