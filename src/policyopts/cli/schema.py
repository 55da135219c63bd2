"""`policyopts schema`: the JSON Schemas of a dossier's files."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from policyopts.cli.parameters import Folder
from policyopts.cli.source import own_folder
from policyopts.cli.written import tell_written

Where = Annotated[
    Optional[Path],  # noqa: UP045 - see parameters
    typer.Argument(metavar="[DIR]", help="Write them into this folder; else into schema/ of the dossier."),
]


def schema(context: typer.Context, where: Where = None, folder: Folder = None) -> None:
    """Write the JSON Schemas of the records.

    Editors check and complete records by them.

    Example: policyopts schema
    """
    from policyopts.records.schema import schema_texts
    from policyopts.records.templates import SCHEMA
    from policyopts.records.writing import write_files

    place = own_folder(context, folder) / SCHEMA if where is None else where
    texts: dict[Path, str | bytes] = {place / name: text for name, text in schema_texts().items()}
    write_files(texts, make_folders=True)
    tell_written(texts)
