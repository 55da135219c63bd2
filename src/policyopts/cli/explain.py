"""`policyopts explain`: why an option ranks where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from policyopts.cli import completion
from policyopts.cli.output import draw, emit, show_findings
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
from policyopts.cli.source import dossier_reader, find_folder

if TYPE_CHECKING:
    from policyopts.analysis.explanation import Explanation

Option = Annotated[str, typer.Argument(metavar="OPTION", help="The option's id.", autocompletion=completion.options)]
Criterion = Annotated[
    Optional[str],  # noqa: UP045 - see parameters
    typer.Argument(
        metavar="[CRITERION]", help="One criterion, worked out in full.", autocompletion=completion.criteria
    ),
]


def explain(
    context: typer.Context,
    option: Option,
    criterion: Criterion = None,
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
    format_: FormatOption = Format.TABLE,
) -> None:
    """Explain why an option ranks where it does.

    Each figure comes with the file and line that it stands at; with a criterion, its whole working is shown.

    Example: policyopts explain regional-deal deterrence
    """
    from policyopts.analysis import explanation
    from policyopts.analysis.ranked import rank_dossier
    from policyopts.analysis.view import known
    from policyopts.cli.requests import parameters, what_if

    root = find_folder(context, folder, example)
    asked = what_if(
        weight=weight, set_=set_, only=only, without=without, fail=fail, frame=frame, perspective=perspective
    )
    dossier = dossier_reader(root).read().require()
    known(dossier.options, option, "option")
    if criterion is not None:
        known(dossier.criteria, criterion, "criterion")
    ranked = rank_dossier(dossier, asked, method=method, parameters=parameters(param))
    show(explanation.explain(ranked, option, criterion), format_, whole=criterion is None)
    show_findings(root, ranked.findings)


def show(explanation: Explanation, format_: Format, *, whole: bool) -> None:
    """Write an explanation in the format asked for: the whole option, or one criterion worked out."""
    from policyopts.report import explanation as report

    match format_:
        case Format.TABLE:
            from policyopts.report.explanation_table import criterion_to_terminal, option_to_terminal

            draw(option_to_terminal if whole else criterion_to_terminal, explanation)
        case Format.JSON:
            emit(report.to_json(explanation))
        case Format.CSV:
            emit(report.to_csv(explanation))
        case Format.MARKDOWN:
            emit(report.to_markdown(explanation))
