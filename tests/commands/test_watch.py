"""`policyopts rank --watch`, as a process of its own."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policyopts.cli.source import example_folder
from policyopts.records.loader import DossierReader

FILES = ("criteria.yaml", "evidence.yaml", "frames.yaml", "perspectives.yaml", "assumptions.yaml")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Copy the shipped dossier."""
    for name in FILES:
        shutil.copy(example_folder() / name, tmp_path)
    shutil.copytree(example_folder() / "options", tmp_path / "options")
    return tmp_path


@pytest.fixture
def watching(
    copied: Path, in_time: Callable[["subprocess.Popen[str]"], "subprocess.Popen[str]"]
) -> Iterator[subprocess.Popen[str]]:
    """Start watching the copy."""
    command = [sys.executable, "-m", "policyopts", "rank", "--watch", "-C", str(copied)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        yield in_time(process)
        process.kill()


def until(process: subprocess.Popen[str], text: str) -> list[str]:
    """Read lines up to one that holds a text."""
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip())
        if text in line:
            return lines
    raise AssertionError(lines)


def edit(path: Path, old: str, new: str) -> None:
    """Change a file's text."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_saved_edit_is_ranked_and_what_moved_is_shown(copied: Path, watching: subprocess.Popen[str]) -> None:
    """After an edit the file is named, the options are ranked again, and their moves stand beside them."""
    assert "Moved" not in "\n".join(until(watching, "ranks first"))
    edit(copied / "criteria.yaml", "weight: 100", "weight: 30")
    after = until(watching, "first, ")
    assert "criteria.yaml" in after
    assert any("Moved" in line for line in after)
    assert any("▼" in line for line in after)


def test_a_mistake_is_told_and_mended_without_starting_again(copied: Path, watching: subprocess.Popen[str]) -> None:
    """A dossier with errors shows its findings; the next good save ranks again."""
    until(watching, "ranks first")
    edit(copied / "criteria.yaml", "baseline: do-nothing", "baseline: do-nothin")
    until(watching, "error[REF221]")
    edit(copied / "criteria.yaml", "baseline: do-nothin", "baseline: do-nothing")
    until(watching, "ranks first")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_ends_it_quietly(watching: subprocess.Popen[str]) -> None:
    """Ctrl-C leaves with 130 and no traceback."""
    until(watching, "ranks first")
    watching.send_signal(signal.SIGINT)
    assert watching.stdout is not None
    rest = watching.stdout.read()
    assert watching.wait() == 130
    assert "Traceback" not in rest


def test_only_the_edited_file_is_read_again(copied: Path) -> None:
    """A reader opens all files once, then those that changed, and notices one that is gone."""
    reader = DossierReader(copied)
    assert len(reader.read().changed) == 10
    assert reader.read().changed == ()
    edit(copied / "options/do-nothing.yaml", "name:", "name: ")
    assert reader.read().changed == ("options/do-nothing.yaml",)
    (copied / "options/syria-strikes.yaml").rename(copied / "gone.yaml")
    assert reader.read().changed == ("options/syria-strikes.yaml",)
