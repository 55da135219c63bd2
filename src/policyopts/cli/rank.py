"""`policyopts rank`: the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from policyopts.cli import completion
from policyopts.cli.output import show_findings, show_result
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
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.model.dossier import Dossier

Top = Annotated[Optional[int], typer.Option("--top", min=1, metavar="N", help="Show only the first N options.")]  # noqa: UP045 - see parameters
Watch = Annotated[bool, typer.Option("--watch", help="Rank again after every edit, and show what moved.")]
ExpectTop = Annotated[
    Optional[str],  # noqa: UP045 - see parameters
    typer.Option(
        "--expect-top",
        metavar="OPTION",
        help="Exit with 1 unless this option ranks first.",
        autocompletion=completion.options,
    ),
]


def rank(
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
    top: Top = None,
    watch: Watch = False,
    expect_top: ExpectTop = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Rank the options.

    Example: policyopts rank --weight deterrence=0.4 --frame iraqi-problem
    """
    from policyopts.analysis.ranked import rank_dossier
    from policyopts.analysis.view import known
    from policyopts.cli.requests import parameters, what_if

    root = find_folder(context, folder, example)
    asked = what_if(
        weight=weight, set_=set_, only=only, without=without, fail=fail, frame=frame, perspective=perspective
    )
    settings = parameters(param)
    reader = dossier_reader(root)

    def ranked(dossier: Dossier) -> RankedDossier:
        return rank_dossier(dossier, asked, method=method, parameters=settings)

    if watch:
        from policyopts.cli.watching import watch_ranking

        if format_ is not Format.TABLE or expect_top is not None:
            raise UsageError("--watch goes on until Ctrl-C and shows the table", "leave out --format and --expect-top")
        watch_ranking(root, reader, ranked, top)
        return
    result = ranked(reader.read().require())
    if expect_top is not None:
        known(result.dossier.options, expect_top, "option")
    show(result, format_, top)
    show_findings(root, result.findings)
    if expect_top is not None:
        expect(result, expect_top)


def show(ranked: RankedDossier, format_: Format, top: int | None) -> None:
    """Write a ranking in the format asked for."""
    from policyopts.report import ranking as report

    show_result(report, format_, ranked, top)


def expect(ranked: RankedDossier, option: str) -> None:
    """End with 1 unless an option ranks first, alone."""
    from policyopts.report.english import named

    winners = [winner.id for winner in ranked.winners]
    if winners != [option]:
        alone, do = (" alone", "share the first place") if len(winners) > 1 else ("", "does")
        typer.echo(f"policyopts: expected '{option}' to rank first{alone}, and {named(winners)} {do}", err=True)
        raise typer.Exit(1)
