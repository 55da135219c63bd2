"""Which dossier a command works on: the folder named, the shipped one, or the nearest around."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from policyopts.findings import UsageError
from policyopts.names import quoted

if TYPE_CHECKING:
    import typer

    from policyopts.model.dossier import Dossier
    from policyopts.records.loader import DossierReader

CRITERIA = "criteria.yaml"


def find_folder(context: typer.Context, folder: Path | None, example: bool) -> Path:
    """Find the dossier's folder; options before the command count where the command has none of its own."""
    before = context.find_root().params
    named = folder or before.get("folder")
    folder = Path(named) if named else None  # while a shell asks for words, values are texts still
    if example or (before.get("example") and folder is None):
        if folder is not None:
            raise UsageError("-C and --example name two dossiers", "leave one of them out")
        return example_folder()
    if folder is not None:
        if not os.path.isdir(folder):  # noqa: PTH112 - a name that cannot be one is no folder either
            hint = "that is a file; -C takes the folder that holds it" if os.path.isfile(folder) else ""  # noqa: PTH113 - as above
            raise UsageError(f"there is no folder {quoted(str(folder))}", hint)
        return folder
    return nearest_folder(Path())


def own_folder(context: typer.Context, folder: Path | None) -> Path:
    """Find the dossier that a command writes into: never the shipped one."""
    if context.find_root().params.get("example"):
        raise read_only()
    return find_folder(context, folder, example=False)


def is_shipped(context: typer.Context, folder: Path | None, example: bool) -> bool:
    """Tell whether a command works on the shipped dossier because it was asked to."""
    return example or bool(context.find_root().params.get("example") and folder is None)


def read_only() -> UsageError:
    """Say that the shipped dossier is not to be written into."""
    hint = "for a copy of it to work on: policyopts init DIR --example"
    return UsageError("the shipped dossier is only to be read", hint)


def nearest_folder(start: Path) -> Path:
    """Find the nearest folder, from `start` upwards, that holds a dossier; as short a path as leads there."""
    for level, candidate in enumerate([start.resolve(), *start.resolve().parents]):
        if os.path.isfile(candidate / CRITERIA):  # noqa: PTH113 - a folder that may not be looked into has none
            return Path(*[".."] * level) if level else start
    if (start / "criteria.yml").exists():
        raise UsageError("this folder has a 'criteria.yml'; expected the name criteria.yaml")
    raise UsageError(
        f"no dossier here: neither this folder nor one above it has a {CRITERIA}",
        "name one with -C DIR, run the shipped one with --example, or begin one with: policyopts init",
    )


def example_folder() -> Path:
    """Find the shipped dossier: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    checkout = package.parents[1]
    in_checkout = (checkout / "pyproject.toml").is_file() and (checkout / CRITERIA).is_file()
    return checkout if in_checkout else package / "example"


def read_dossier(context: typer.Context, folder: Path | None, example: bool) -> Dossier:
    """Read the dossier that a command works on, or end with its findings."""
    return dossier_reader(find_folder(context, folder, example)).read().require()


def dossier_reader(folder: Path) -> DossierReader:
    """Make a reader of a dossier that shows, on a terminal, how far it has come with a large table."""
    from policyopts.cli.progress import show_progress
    from policyopts.records.loader import DossierReader

    return DossierReader(folder, show_progress())
