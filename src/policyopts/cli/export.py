"""`policyopts export`: the scores in other programs' formats."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from policyopts.cli.output import emit
from policyopts.cli.parameters import Example, Folder
from policyopts.cli.source import read_dossier
from policyopts.cli.written import hint
from policyopts.findings import UsageError

Csv = Annotated[bool, typer.Option("--csv", help="A score table: one row an option, one column a criterion.")]
Output = Annotated[
    Optional[Path],  # noqa: UP045 - see parameters
    typer.Option("-o", "--output", metavar="FILE", help="Write to this file, not to the terminal."),
]


def export(
    context: typer.Context, folder: Folder = None, example: Example = False, csv: Csv = False, output: Output = None
) -> None:
    """Write the scores for other programs.

    In the score table a range stands as 25..65, three points as 25..45..65; `policyopts import` reads it back.

    Example: policyopts export --csv -o scores.csv
    """
    from policyopts.records.writing import write_files
    from policyopts.report.scores import to_csv, without_assessors

    if output is not None and output.suffix.lower() not in {".csv", ""}:
        raise UsageError(f"'{output}' would hold CSV", "give it a name that ends in .csv")
    if not csv and (output is None or output.suffix.lower() != ".csv"):
        raise UsageError("export to which format?", "expected --csv, or -o with a file's name that ends in .csv")
    dossier = read_dossier(context, folder, example)
    text = to_csv(dossier)
    if output is None:
        emit(text)
    else:
        # With the mark in front, Excel takes letters beyond ASCII for what they are.
        write_files({output: text if text.isascii() else f"\ufeff{text}"})
    if left_out := without_assessors(dossier):
        hint(left_out)
