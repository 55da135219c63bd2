"""A dossier from texts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policyopts.model.dossier import Dossier
from policyopts.records.loader import load


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Dossier]:
    """Write files into a folder of their own, and read the dossier there."""
    count = 0

    def read_files(files: dict[str, str]) -> Dossier:
        nonlocal count
        count += 1
        folder = tmp_path / f"dossier-{count}"
        for path, text in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
        return load(folder)

    return read_files
