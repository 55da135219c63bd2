"""A sound little dossier to spoil."""

from collections.abc import Callable
from pathlib import Path

import pytest

SOUND = {
    "criteria.yaml": """\
criteria:
  cost:
    scale: {worst: 100, best: 0, unit: EUR}
    weight: 60
  effect:
    scale: {worst: 0, best: 100, unit: "%"}
    weight: 40
""",
    "options/act.yaml": "performance: {cost: 10, effect: likely}\n",
    "options/wait.yaml": "performance: {cost: 0, effect: {low: 5, high: 20}}\n",
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a sound dossier in which some files are others; None leaves one out."""

    def write_files(others: dict[str, str | bytes | None] | None = None) -> Path:
        folder = tmp_path / "dossier"
        folder.mkdir()
        for path, text in {**SOUND, **(others or {})}.items():
            if text is not None:
                place = folder / path
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return write_files
