"""`policyopts add`: a new option."""

from typing import Annotated, Optional

import typer

from policyopts.cli.parameters import Folder
from policyopts.cli.source import own_folder
from policyopts.cli.written import command, hint, tell_written
from policyopts.findings import UsageError
from policyopts.names import is_id, kebab, quoted

Id = Annotated[str, typer.Argument(metavar="ID", help="The new option's id: small letters, digits and hyphens.")]
Name = Annotated[
    Optional[str],  # noqa: UP045 - see parameters
    typer.Option("--name", metavar="NAME", help="What the option is called; else a name made of its id."),
]


def add(context: typer.Context, id_: Id, name: Name = None, folder: Folder = None) -> None:
    """Add an option, with a record to fill in.

    The record names every criterion with its scale; the scores are unknown until they are filled in.

    Example: policyopts add regional-deal --name "Regional deal"
    """
    from policyopts.records.draft import read_draft
    from policyopts.records.files import TABLE, option_path
    from policyopts.records.templates import name_from, option_text
    from policyopts.records.writing import write_files

    if not is_id(id_):
        said = f"did you mean {kebab(id_)}?" if kebab(id_) else "small letters, digits and single hyphens"
        raise UsageError(f"{quoted(id_)} cannot be an option's id", said)
    if name is not None and not _is_name(name):
        raise UsageError(f"{quoted(name)} cannot be an option's name", "expected some text in UTF-8")
    dossier = own_folder(context, folder)
    draft = read_draft(dossier)
    if id_ in draft.options or id_ in draft.table:
        place = option_path(id_) if id_ in draft.options else TABLE
        raise UsageError(f"the option '{id_}' is there already, in {place}")
    path = dossier / option_path(id_)
    write_files({path: option_text(name or name_from(id_), draft.criteria, {})}, make_folders=True)
    tell_written([path])
    hint(f"Next: put its scores in the place of the unknown ones, then {command('rank', dossier)}")


def _is_name(text: str) -> bool:
    """Tell whether a text says anything, and came in bytes that are UTF-8."""
    try:
        return bool(text.encode().strip())
    except UnicodeEncodeError:
        return False
