"""`policyopts explore`: where it writes, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyopts.report.explore import is_ours

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Run


def test_the_page_goes_to_a_file(run: Callable[..., Run], tmp_path: Path) -> None:
    """Without a name it is explore.html; a page of ours is written over, and nothing is left beside it."""
    assert run("explore", "--example", cwd=tmp_path) == (0, "wrote explore.html\n", "")
    page = (tmp_path / "explore.html").read_text(encoding="utf-8")
    assert is_ours(page)
    (tmp_path / "explore.html").write_text(page.replace("rocket", "racket"), encoding="utf-8")
    assert run("explore", "--example", cwd=tmp_path).code == 0
    assert (tmp_path / "explore.html").read_text(encoding="utf-8") == page
    assert run("explore", "--example", "-o", "other.HTM", cwd=tmp_path).out == "wrote other.HTM\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["explore.html", "other.HTM"]


def test_a_file_of_others_is_kept(run: Callable[..., Run], tmp_path: Path) -> None:
    """A file that is no explorer page is only written over when that is asked for."""
    file = tmp_path / "explore.html"
    file.write_bytes(b"<!doctype html><title>\xff mine</title>")
    refused = run("explore", "--example", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert (
        refused.err
        == "policyopts: 'explore.html' is no explorer page\n  --force writes over it; -o takes another name\n"
    )
    assert file.read_bytes() == b"<!doctype html><title>\xff mine</title>"
    assert run("explore", "--example", "--force", cwd=tmp_path).code == 0
    assert is_ours(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "page.pdf"], "the explorer is an HTML page"),
        (["--port", "80"], "--port is for --serve"),
        (["--serve", "-o", "x.html"], "--serve writes no file"),
        (["--serve", "--force"], "--serve writes no file"),
        (["--serve", "--port", "70000"], "65535"),
    ],
)
def test_wrong_usage_writes_nothing(run: Callable[..., Run], tmp_path: Path, arguments: list[str], said: str) -> None:
    """What cannot be meant is refused with a sentence, and no file is made."""
    refused = run("explore", "--example", *arguments, cwd=tmp_path)
    assert refused.code == 2
    assert said in refused.err
    assert not list(tmp_path.iterdir())


def test_errors_of_the_dossier_are_told(run: Callable[..., Run], tmp_path: Path) -> None:
    """A dossier with errors gives its findings, no page, and leaves an older page alone."""
    (tmp_path / "criteria.yaml").write_text("criteria: {cost: {direction: min, weight: -1}}\n", encoding="utf-8")
    stopped = run("explore", cwd=tmp_path)
    assert stopped.code == 1
    assert "error[WGT301]" in stopped.err
    assert [path.name for path in tmp_path.iterdir()] == ["criteria.yaml"]


def test_more_options_than_a_page_can_show_are_refused(run: Callable[..., Run], tmp_path: Path) -> None:
    """A table of a thousand options is explored, one of more is refused with a sentence, and no page is made."""
    (tmp_path / "criteria.yaml").write_text(
        "criteria: {cost: {scale: {worst: 2000, best: 0}, weight: 1}}\n", encoding="utf-8"
    )
    rows = [f"option-{number},{number}\n" for number in range(1001)]
    (tmp_path / "options.csv").write_text(f"id,cost\n{''.join(rows[:-1])}", encoding="utf-8")
    assert run("explore", "-o", "page.html", cwd=tmp_path) == (0, "wrote page.html\n", "")
    assert '"at":"options.csv:1001"' in (tmp_path / "page.html").read_text(encoding="utf-8")
    (tmp_path / "options.csv").write_text(f"id,cost\n{''.join(rows)}", encoding="utf-8")
    refused = run("explore", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "policyopts: 1,001 options; the explorer shows at most 1,000\n"
        "  policyopts rank ranks them all; a dossier of those that matter can be explored\n"
    )
    assert not (tmp_path / "explore.html").exists()


def test_a_place_that_cannot_be_written_is_told(run: Callable[..., Run], tmp_path: Path) -> None:
    """A folder that is not there is a sentence, not a traceback."""
    failed = run("explore", "--example", "-o", "gone/page.html", cwd=tmp_path)
    assert failed.code == 1
    assert failed.err.startswith("policyopts: cannot write gone/page.html: ")
