"""`policyopts init`: a new dossier."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from policyopts.cli.source import example_folder
from policyopts.cli.written import command, hint, tell_written
from policyopts.findings import UsageError
from policyopts.names import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

Where = Annotated[
    Optional[Path],  # noqa: UP045 - see parameters
    typer.Argument(metavar="[DIR]", help="The new dossier's folder, made where it is missing; else this folder."),
]
FromExample = Annotated[
    bool, typer.Option("--example", help="Begin with a copy of the dossier that is shipped with the program.")
]


def init(context: typer.Context, where: Where = None, example: FromExample = False) -> None:
    """Begin a dossier.

    Its records are there to be filled in, and can be ranked as they stand.

    Example: policyopts init my-decision
    """
    from policyopts.records.schema import schema_texts
    from policyopts.records.templates import SCHEMA, blank_dossier
    from policyopts.records.writing import write_files

    before = context.find_root().params
    folder = where or before.get("folder") or Path()
    texts: dict[str, str | bytes] = {}
    if example or before.get("example"):
        texts.update(_shipped())
    else:
        texts.update(blank_dossier())
    texts.update({f"{SCHEMA}/{name}": text for name, text in schema_texts().items()})
    _refuse_existing(folder, texts)
    files = {folder / path: text for path, text in texts.items()}
    write_files(files, make_folders=True)
    tell_written(files)
    hint(f"Next: {command('rank', folder)}")
    hint(f"      {command('check', folder)}")
    hint(f"      {command('add ID', folder)}")


def _shipped() -> dict[str, bytes]:
    """Read the shipped dossier, file by file."""
    from policyopts.records.files import list_files

    source = example_folder()
    return {path: (source / path).read_bytes() for path in list_files(source).paths}


def _refuse_existing(folder: Path, paths: Iterable[str]) -> None:
    """Refuse to begin a dossier where one is, or where a file of its would be overwritten."""
    from policyopts.records.files import CRITERIA, OPTIONAL, list_files

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{quoted(str(folder))} is a file; expected a folder")
    listing = list_files(folder)
    known = [CRITERIA, *paths, *OPTIONAL, *listing.paths, *(finding.path for finding in listing.findings)]
    there = next((path for path in known if os.path.lexists(folder / path)), None)
    if there is not None:
        message = f"{quoted(str(folder / there))} is there already; nothing was written"
        raise UsageError(message, "name a folder without a dossier: policyopts init DIR")
