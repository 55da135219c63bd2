"""`policyopts briefing`: the document that a decision maker reads."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from policyopts.cli.output import emit
from policyopts.cli.parameters import Example, Folder
from policyopts.cli.robustness import Seed
from policyopts.cli.source import read_dossier
from policyopts.findings import UsageError
from policyopts.names import quoted

SUFFIX = ".md"

Output = Annotated[
    Optional[Path],  # noqa: UP045 - see parameters
    typer.Option("-o", "--output", metavar="FILE.md", help="Write to this file, not to the terminal."),
]
Date = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option("--date", metavar="YYYY-MM-DD", help="The briefing's date; else the decision's as_of."),
]
Classification = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option("--classification", metavar="TEXT", help="The marking at top and bottom; else the decision's own."),
]
Check = Annotated[
    Optional[Path],  # noqa: UP045 - as above
    typer.Option(
        "--check", metavar="FILE", help="Write nothing: tell whether this briefing is of the record as it is."
    ),
]


def briefing(
    context: typer.Context,
    folder: Folder = None,
    example: Example = False,
    output: Output = None,
    date_: Date = None,
    classification: Classification = None,
    seed: Seed = 0,
    check: Check = None,
) -> None:
    """Write the briefing, in Markdown; with --check, exit with 1 if one that was written before is stale.

    Example: policyopts briefing -o briefing.md --date 2021-05-05
    """
    if check is not None:
        from policyopts.cli.briefing_check import check_briefing

        if output is not None:
            raise UsageError("--check only looks at a briefing, and -o writes one", "leave one of them out")
        check_briefing(read_dossier(context, folder, example), check)
        return
    from policyopts.records.writing import write_files
    from policyopts.report import briefing as report

    if output is not None and output.suffix.lower() != SUFFIX:
        raise UsageError(f"cannot write {quoted(str(output))}: a briefing is written as {SUFFIX} only")
    written = None if date_ is None else _date(date_)
    dossier = read_dossier(context, folder, example)
    text = report.briefing(dossier, date=written, classification=classification, seed=seed)
    if output is None:
        emit(text)
    else:
        write_files({output: text})


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(f"--date {quoted(text)} is not a date", "expected one such as 2021-05-05")
