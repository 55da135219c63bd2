"""`policyopts plot`: where it writes, and what it refuses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from policyopts.report.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Run

OTHER = {
    "criteria.yaml": "criteria: {cost: {scale: {worst: 9, best: 0}, weight: 1}}\n",
    "options/act.yaml": "performance: {cost: 1}\n",
    "options/wait.yaml": "performance: {cost: 2}\n",
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_goes_to_a_file(name: str, run: Callable[..., Run], tmp_path: Path) -> None:
    """With -o the same picture goes into the file that without it goes to a pipe, and nothing is said."""
    few = ["--samples", "500"] if name == "rank-acceptability" else []
    assert run("plot", name, "--example", "-o", "x.SVG", *few, cwd=tmp_path) == (0, "", "")
    svg = (tmp_path / "x.SVG").read_text(encoding="utf-8")
    assert svg.startswith("<svg ")
    assert svg == run("plot", name, "--example", *few, cwd=tmp_path).out
    assert [path.name for path in tmp_path.iterdir()] == ["x.SVG"]


@pytest.mark.parametrize("name", ["x.svg", "x.png"])
def test_a_figure_is_written_over_and_a_file_of_others_is_kept(
    name: str, run: Callable[..., Run], tmp_path: Path
) -> None:
    """What is no figure of ours is written over with --force alone; a figure says itself that it is one."""
    (tmp_path / name).write_bytes(b"old")
    refused = run("plot", "frames", "--example", "-o", name, cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert f"'{name}' is no figure of policyopts\n  --force writes over it; -o takes another name" in refused.err
    assert (tmp_path / name).read_bytes() == b"old"
    assert run("plot", "frames", "--example", "-o", name, "--force", cwd=tmp_path) == (0, "", "")
    assert run("plot", "contributions", "--example", "-o", name, cwd=tmp_path) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith((b"\x89PNG", b"<svg "))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tornadoo"], "unknown figure 'tornadoo'\n  did you mean 'tornado'?"),
        (["zzz"], "unknown figure 'zzz'\n  known: contributions, scorecard,"),
        (["tornado", "-o", "x.pdf"], "cannot write 'x.pdf': a figure is written as SVG or PNG"),
        (["tornado", "-o", "x"], "such as tornado.svg"),
        (["tornado", "--criterion", "feasibility"], "--criterion is for the figure weight-sweep, not for tornado"),
        (["tornado", "--seed", "0"], "--seed is for the figure rank-acceptability"),
        (["contributions", "--samples", "9"], "--samples is for the figure rank-acceptability"),
        (["methods", "--method", "topsis"], "--method says nothing to the figure methods"),
        (["methods", "--param", "v=1"], "--param says nothing to the figure methods"),
        (["frames", "--frame", "iraqi-problem"], "--frame says nothing to the figure frames"),
        (["perspectives", "--perspective", "pentagon"], "--perspective says nothing to the figure perspectives"),
        (["weight-sweep", "--criterion", "feasability"], "did you mean 'feasibility'?"),
        (["frames", "--method", "topsi"], "did you mean 'topsis'?"),
    ],
)
def test_wrong_usage_writes_nothing(run: Callable[..., Run], tmp_path: Path, arguments: list[str], said: str) -> None:
    """What cannot be meant is refused with a sentence, and no file is made."""
    refused = run("plot", *arguments, "--example", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "said"),
    [("frames", "frames.yaml"), ("perspectives", "perspectives.yaml"), ("weight-sweep", "all the weight")],
)
def test_what_is_missing_is_said(name: str, said: str, run: Callable[..., Run], tmp_path: Path) -> None:
    """Where there is nothing to draw, the file that would give it is named."""
    (tmp_path / "options").mkdir()
    for path, text in OTHER.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    refused = run("plot", name, "-o", "x.svg", cwd=tmp_path)
    assert refused.code == 2
    assert said in refused.err
    assert not (tmp_path / "x.svg").exists()


def test_a_folder_that_is_not_there(run: Callable[..., Run], tmp_path: Path) -> None:
    """A file in a folder that is not there cannot be written, and is told so."""
    refused = run("plot", "frames", "--example", "-o", "no/x.svg", cwd=tmp_path)
    assert refused == (
        1, "", "policyopts: cannot write no/x.svg: No such file or directory\n  the folder must be there first\n",
    )  # fmt: skip


def test_a_terminal_is_no_place_for_a_picture(
    run: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal a file's name is asked for."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    refused = run("plot", "tornado", "--example", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.endswith("name a file: -o tornado.svg, or -o tornado.png\n")


def test_without_the_renderer(run: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, what to install is said."""
    from policyopts.report.figures import drawing

    monkeypatch.setitem(sys.modules, "vl_convert", None)
    monkeypatch.setattr(drawing, "_renderer", drawing._renderer.__wrapped__)
    refused = run("plot", "tornado", "--example", "-o", "x.svg", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert "pip install 'policyopts[report]'" in refused.err
    assert not list(tmp_path.iterdir())


def test_what_if_is_said_in_the_title(run: Callable[..., Run], tmp_path: Path) -> None:
    """A picture under a change, by another method or with another parameter says so."""
    for arguments, said in (
        (["--weight", "feasibility=0.3"], "weight feasibility = 0.3"),
        (["--frame", "iraqi-problem"], "frame: An Iraqi problem"),
        (["--method", "topsis"], "topsis, normalisation vector"),
        (["--param", "normalisation=max"], "weighted-sum, normalisation max"),
    ):
        svg = run("plot", "contributions", "--example", *arguments, cwd=tmp_path).out
        title = svg.partition("<title>")[2].partition("</title>")[0]
        assert title.endswith(f"({said})")


def test_one_weight_alone(run: Callable[..., Run], tmp_path: Path) -> None:
    """With --criterion one weight is moved, of a criterion or of a group."""
    for id_, name in (("feasibility", "Can be carried out"), ("iraq", "Standing in Iraq")):
        svg = run("plot", "weight-sweep", "--example", "--criterion", id_, cwd=tmp_path).out
        assert f">{name}</text>" in svg
        assert svg.count("turns at") == 1


def test_the_seed_counts(run: Callable[..., Run], tmp_path: Path) -> None:
    """The same seed draws the same picture, another one another."""
    first, again, other = (
        run("plot", "rank-acceptability", "--example", "--samples", "300", "--seed", seed, cwd=tmp_path).out
        for seed in ("1", "1", "2")
    )
    assert first == again != other


def test_help_names_every_figure(run: Callable[..., Run]) -> None:
    """The help names every figure of the table."""
    shown = "".join(run("plot", "--help", env={"COLUMNS": "100"}).out.split())
    assert all(name in shown for name in FIGURES)
