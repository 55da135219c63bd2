"""Dossiers to write into, and what is in them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policyopts.cli.source import example_folder
from policyopts.records.files import list_files
from policyopts.records.schema import schema_texts
from policyopts.records.templates import blank_dossier

Contents = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def contents() -> Contents:
    """Read every file of a folder, by its path in it."""

    def read(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return read


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """Give a dossier as `init` writes it."""
    return _write(tmp_path / "blank", {path: text.encode() for path, text in blank_dossier().items()})


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Give a copy of the shipped dossier."""
    source = example_folder()
    return _write(tmp_path / "example", {path: (source / path).read_bytes() for path in list_files(source).paths})


def _write(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in (files | {f"schema/{name}": text.encode() for name, text in schema_texts().items()}).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder
