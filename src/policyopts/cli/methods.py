"""`policyopts methods`: the ranking methods, with their parameters and references."""

from typing import Annotated, Optional

import typer

from policyopts.cli import completion
from policyopts.cli.output import draw, emit
from policyopts.cli.parameters import Format, FormatOption

Name = Annotated[
    Optional[str],  # noqa: UP045 - see parameters
    typer.Argument(metavar="[NAME]", help="One method, in full.", autocompletion=completion.methods),
]


def methods(name: Name = None, format_: FormatOption = Format.TABLE) -> None:
    """List the ranking methods, or describe one.

    Example: policyopts methods weighted-sum
    """
    from policyopts.analysis.view import known
    from policyopts.engine.methods import METHODS
    from policyopts.report import methods as report

    chosen = list(METHODS.values()) if name is None else [known(METHODS, name, "method")]
    match format_:
        case Format.TABLE if name is not None:
            from policyopts.report.methods_table import page

            draw(page, chosen[0])
        case Format.TABLE:
            from policyopts.report.methods_table import to_terminal

            draw(to_terminal, chosen)
        case Format.JSON:
            emit(report.to_json(chosen))
        case Format.CSV:
            emit(report.to_csv(chosen))
        case Format.MARKDOWN:
            emit(report.to_markdown(chosen))
