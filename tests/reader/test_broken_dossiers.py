"""Small dossiers with mistakes, each with what the program says of it in `expected.txt`.

A new one is a new folder in `broken/`. `pytest tests/reader --update-expected` writes what is expected anew: look at
the difference before it is committed.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

BROKEN = sorted(path for path in (Path(__file__).parent / "broken").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_all_mistakes_are_told(
    folder: Path, run: Callable[..., tuple[int, str, str]], matches: Callable[[str, Path], bool]
) -> None:
    """A dossier with mistakes gives exit code 1, no result, and each mistake on a line, in the order of files."""
    code, out, err = run("rank", cwd=folder)
    assert (code, out) == (1, "")
    assert matches(err, folder / "expected.txt"), err


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_check_tells_the_same(folder: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    """Checking a dossier that cannot be read tells the same mistakes, as its result."""
    code, out, err = run("check", cwd=folder)
    assert (code, err) == (1, "")
    assert out.startswith((folder / "expected.txt").read_text(encoding="utf-8"))


def test_expected_outputs_keep_the_promises_of_a_finding() -> None:
    """Every finding is one line of printable characters: place, severity and code, message."""
    lines = [line for folder in BROKEN for line in (folder / "expected.txt").read_text("utf-8").split("\n")[:-1]]
    assert len(lines) > 300
    for line in lines:
        place, severity, message = line.split(": ", 2)
        assert [part.isdigit() and int(part) > 0 for part in place.rsplit(":", 2)[1:]] == [True, True], line
        assert severity.startswith("error["), line
        assert message, line
        assert line.isprintable(), line
        assert len(line) < 1200, line
