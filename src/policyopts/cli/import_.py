"""`policyopts import`: scores from a table into the options' files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policyopts.cli.output import emit
from policyopts.cli.parameters import Folder
from policyopts.cli.source import own_folder
from policyopts.cli.written import hint
from policyopts.findings import UsageError
from policyopts.names import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.records.score_import import Import

File = Annotated[Path, typer.Argument(metavar="FILE.csv", help="The score table; - reads it from the pipe.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]

STDIN = Path("-")


def import_(context: typer.Context, file: File, folder: Folder = None, dry_run: DryRun = False) -> None:
    """Take over scores from a table.

    One row is an option, one column a criterion. Only scores that really change are touched; reasons, evidence and
    comments stay. A new id becomes a new option. An empty cell leaves a score as it is. Nothing is written where
    anything is wrong with the table.

    Example: policyopts import scores.csv --dry-run
    """
    from policyopts.records.draft import read_draft
    from policyopts.records.score_csv import read_score_csv
    from policyopts.records.score_import import plan_import
    from policyopts.records.writing import write_files

    draft = read_draft(own_folder(context, folder))
    shown = Path("<stdin>") if file == STDIN else file
    plan = plan_import(draft, read_score_csv(shown, _content(file)))
    if not dry_run:
        write_files(plan.texts, make_folders=True)
    for line in _said(plan):
        emit(f"{line}\n")
    if not plan.texts:
        hint("Nothing changes: the table says what the dossier says.")
    elif dry_run:
        hint("Nothing was written: --dry-run.")


def _content(file: Path) -> bytes:
    if file == STDIN:
        return sys.stdin.buffer.read() if sys.stdin else b""
    try:
        return file.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot read {quoted(str(file))}: {reason}") from None


def _said(plan: "Import") -> "Iterator[str]":
    from policyopts.records.files import option_path
    from policyopts.report.safe_text import one_line

    for id_ in plan.new:
        yield f"{id_}: new option, {option_path(id_)}"
    for change in plan.changes:
        yield one_line(f"{change.option}.{change.key}: {change.before or 'missing'} → {change.after}")
