"""`policyopts briefing`: where it writes, and what it refuses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "policyopts", "briefing", "-C", str(ROOT)]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command on the shipped dossier."""
    environment = os.environ | {"PYTHONUTF8": "1"}
    return subprocess.run([*COMMAND, *arguments], env=environment, check=False, capture_output=True, text=True)


def test_the_file_holds_what_stdout_would_and_figures(tmp_path: Path) -> None:
    """With -o the same text goes into the file, with figures from files beside it, and nothing to the terminal."""
    file = tmp_path / "briefing.md"
    written = run("-o", str(file))
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    text, found = file.read_text(encoding="utf-8"), run().stdout
    front, rest = text.split("### L. Figures\n\n")
    figures, notes, end = rest.partition("### Notes: where the numbers of the front come from\n")
    assert front + notes + end == found
    shown = re.findall(r"\]\((briefing-figures/[a-z-]+\.svg) ", figures)
    assert {tmp_path / path for path in shown} == set((tmp_path / "briefing-figures").iterdir())
    assert len(shown) == 8
    assert "](data:image/svg+xml;base64," in run("--inline").stdout


def test_a_file_that_cannot_be_written_stays_whole(tmp_path: Path) -> None:
    """Where the file is write-protected, the old one stays, and the error is a sentence."""
    file = tmp_path / "briefing.md"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o400)
    if os.access(file, os.W_OK):
        # Root may write to anything; a folder in the file's place stops even root.
        file.unlink()
        file.mkdir()
    failed = run("-o", str(file))
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"policyopts: cannot write {file}: ")
    assert file.is_dir() or file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("date", ["2021-13-01", "today", "20210505", "2021-5-5", ""])
def test_a_date_is_a_calendar_date(date: str) -> None:
    """What is no calendar date is refused with an example of one."""
    refused = run("--date", date)
    assert refused.returncode == 2
    assert "expected one such as 2021-05-05" in refused.stderr


def test_date_and_classification_are_inputs() -> None:
    """A date and a marking given are in the header, at the bottom, and in the command that makes it again."""
    text = run("--date", "2022-02-01", "--classification", "IT'S SECRET").stdout
    lines = text.splitlines()
    assert lines[0] == lines[-1] == "**IT'S SECRET**"
    assert "**Briefing of:** 1 February 2022" in text
    again = """policyopts briefing -o briefing.md --date 2022-02-01 --classification 'IT'"'"'S SECRET'"""
    assert f"\n```sh\n{again}\n```\n" in text


def test_errors_of_the_dossier_stop_the_briefing(tmp_path: Path) -> None:
    """A dossier with errors gives its findings and no briefing."""
    (tmp_path / "criteria.yaml").write_text("criteria: {cost: {direction: min, weight: 1}}\n", encoding="utf-8")
    stopped = subprocess.run(
        [sys.executable, "-m", "policyopts", "briefing", "-C", str(tmp_path)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert stopped.returncode == 1
    assert stopped.stdout == ""
    assert "FIL008" in stopped.stderr
