"""The table of commands."""

from typing import Annotated

import typer

from policyopts.cli import (
    add,
    assumptions,
    briefing,
    check,
    compare,
    diff,
    explain,
    explore,
    export,
    frames,
    frontier,
    import_,
    init,
    methods,
    perspectives,
    plot,
    rank,
    robustness,
    schema,
    sensitivity,
    weigh,
)
from policyopts.cli.parameters import Example, Folder
from policyopts.cli.quick import QuickCommand, QuickGroup

app = typer.Typer(
    name="policyopts",
    cls=QuickGroup,
    help="Decision analysis as code for policy options: check, rank, explain and brief.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from policyopts import __version__

        typer.echo(f"policyopts {__version__}")
        raise typer.Exit


@app.callback()
def policyopts(
    folder: Folder = None,
    example: Example = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Decision analysis as code for policy options: check, rank, explain and brief."""


for command in (
    rank.rank,
    check.check,
    explain.explain,
    compare.compare,
    sensitivity.sensitivity,
    frames.frames,
    perspectives.perspectives,
    assumptions.assumptions,
    robustness.robustness,
    frontier.frontier,
    diff.diff,
    weigh.weigh,
    methods.methods,
    briefing.briefing,
    plot.plot,
    explore.explore,
    init.init,
    add.add,
    import_.import_,
    export.export,
    schema.schema,
):
    app.command(command.__name__.rstrip("_"), cls=QuickCommand)(command)
