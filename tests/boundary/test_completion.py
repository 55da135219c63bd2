"""What a shell offers after TAB, asked for as the shell's own completion asks."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policyopts.cli.source import example_folder
from policyopts.engine.methods import METHODS
from policyopts.engine.weightings import WEIGHTINGS
from policyopts.records.loader import load
from policyopts.report.figures import FIGURES

Runner = Callable[..., tuple[int, str, str]]
Offer = Callable[..., list[str]]
SHIPPED = load(example_folder())
NODES = [node.id for node in SHIPPED.tree.nodes]


def asked(words: str) -> dict[str, str]:
    """Give the environment in which bash asks for completions of the last word."""
    return {
        "_POLICYOPTS_COMPLETE": "complete_bash",
        "COMP_WORDS": f"policyopts {words}",
        "COMP_CWORD": str(len(words.split(" "))),
    }


@pytest.fixture
def offer(run: Runner) -> Offer:
    """Give what is offered for the last word of a command line."""

    def offered(words: str, cwd: Path | None = None) -> list[str]:
        code, out, err = run(cwd=cwd or example_folder(), env=asked(words))
        assert (code, err) == (0, "")
        return out.split()

    return offered


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rank --only ", sorted(SHIPPED.options)),
        ("rank --without d", ["do-nothing"]),
        ("rank --expect-top syria", ["syria-strikes"]),
        ("explain ", sorted(SHIPPED.options)),
        ("explain regional-deal ", sorted(SHIPPED.criteria)),
        ("rank --frame ", sorted(SHIPPED.frames)),
        ("rank --perspective ", sorted(SHIPPED.perspectives)),
        ("rank --perspective p", ["pentagon"]),
        ("rank --fail ", sorted(SHIPPED.assumptions)),
        ("rank --method ", sorted(METHODS)),
        ("rank --method weighted", [name for name in sorted(METHODS) if name.startswith("weighted")]),
        ("rank --weight ", sorted(f"{id_}=" for id_ in NODES)),
        ("rank --weight secu", ["security="]),
        ("rank --set ", sorted(f"{id_}." for id_ in SHIPPED.options)),
        ("rank --set regional-deal.", sorted(f"regional-deal.{id_}=" for id_ in SHIPPED.criteria)),
        ("rank --set regional-deal.d", ["regional-deal.deterrence="]),
        ("rank --format ", ["table", "json", "csv", "markdown"]),
        ("weigh --method ", sorted(WEIGHTINGS)),
        ("weigh --method rank-", ["rank-order-centroid", "rank-reciprocal", "rank-sum"]),
        ("weigh --group ", ["delivery", "iraq", "root", "security", "strategy"]),
        ("plot ", sorted(FIGURES)),
        ("plot weight-sweep --criterion de", ["delivery", "deterrence"]),
        ("rank --only x", []),
        ("rank --top ", []),
    ],
)
def test_words_of_the_dossier(words: str, expected: list[str], offer: Offer) -> None:
    """After an option stand the ids that it takes, as the dossier at hand has them."""
    assert offer(words) == expected


def test_commands_and_options(offer: Offer) -> None:
    """Commands and their options are offered."""
    assert {"rank", "check", "explain", "methods"} <= set(offer(""))
    assert "rank" in offer("ra")
    assert "--weight" in offer("rank --w")


@pytest.mark.parametrize(("shell", "variable"), [("zsh", "_TYPER_COMPLETE_ARGS"), ("fish", "_TYPER_COMPLETE_ARGS")])
def test_other_shells(shell: str, variable: str, run: Runner) -> None:
    """Other shells get the same words."""
    env = {
        "_POLICYOPTS_COMPLETE": f"complete_{shell}",
        variable: "policyopts rank --frame ",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    code, out, err = run(cwd=example_folder(), env=env)
    assert (code, err) == (0, "")
    assert all(id_ in out for id_ in SHIPPED.frames)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Write a dossier with one option in a file, and one in a table."""
    folder = tmp_path / "other"
    (folder / "options").mkdir(parents=True)
    (folder / "criteria.yaml").write_text(
        "criteria: {money: {criteria: {price: {}}}, effect: {}, Bad_id: {}}\n", "utf-8"
    )
    (folder / "options/act.yaml").touch()
    (folder / "options/Not An Id.yaml").touch()
    (folder / "options.csv").write_text("\ufeffname,id,price\nx,buy,1\ny, hire ,2\nz,Not an id,3\nw\n", "utf-8")
    return folder


@pytest.mark.parametrize("command_line", ["-C other rank {}", "rank -C other {}"])
def test_the_folder_named_counts(command_line: str, other: Path, offer: Offer) -> None:
    """Words come from the folder that `-C` names, before or after the command."""
    assert offer(command_line.format("--only "), cwd=other.parent) == ["act", "buy", "hire"]
    assert offer(command_line.format("--weight "), cwd=other.parent) == ["effect=", "money=", "price="]


def test_the_folder_around_counts(other: Path, offer: Offer) -> None:
    """Words come from the dossier around, from the folder at hand up."""
    assert offer("rank --only ", cwd=other / "options") == ["act", "buy", "hire"]
    assert offer("explain act ", cwd=other / "options") == ["effect", "price"]


def test_the_shipped_dossier_counts(tmp_path: Path, offer: Offer) -> None:
    """With `--example`, words come from the shipped dossier."""
    for words in ("rank --example --frame ", "--example rank --frame "):
        assert offer(words, cwd=tmp_path) == sorted(SHIPPED.frames)


def test_outside_any_dossier(tmp_path: Path, offer: Offer) -> None:
    """Without a dossier there are no words, but methods."""
    for option in ("only", "frame", "perspective", "fail", "weight", "set"):
        assert offer(f"rank --{option} ", cwd=tmp_path) == []
    assert offer("rank --method ", cwd=tmp_path) == sorted(METHODS)
    assert offer("rank -C nowhere --frame ", cwd=tmp_path) == []


@pytest.mark.parametrize(
    "text",
    ["", "criteria: [", "- a\n", "criteria:\n", "criteria: {a: {criteria: 5}, b: [], c: }\n", "a\x00", "[" * 100_000],
    ids=range(7),
)
def test_whatever_is_wrong_there_are_only_fewer_words(text: str, other: Path, offer: Offer) -> None:
    """A broken dossier makes fewer words, and no noise."""
    (other / "criteria.yaml").write_text(text, "utf-8")
    (other / "frames.yaml").write_text(text, "utf-8")
    (other / "options.csv").write_bytes(b"id,\xff\n")
    assert offer("rank --only ", cwd=other) == ["act"]
    assert set(offer("rank --weight ", cwd=other)) <= {"a=", "b=", "c="}
    assert set(offer("rank --frame ", cwd=other)) <= {"criteria"}
    (other / "options/act.yaml").unlink()
    (other / "options/Not An Id.yaml").unlink()
    (other / "options").rmdir()
    (other / "options").touch()
    (other / "perspectives.yaml").mkdir()
    os.mkfifo(other / "assumptions.yaml")
    for option in ("only", "perspective", "fail"):
        assert offer(f"rank --{option} ", cwd=other) == []


def imported(arguments: list[str], env: dict[str, str], cwd: Path) -> set[str]:
    """Run the program, and name the packages that it imported."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "policyopts", *arguments],
        env=os.environ | env,
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    modules = {line.rsplit("|", 1)[1].strip() for line in ran.stderr.splitlines() if line.startswith("import time:")}
    assert "policyopts" in modules
    return {module.split(".")[0] for module in modules}


HEAVY = {"numpy", "pydantic", "pydantic_core", "jinja2", "rich", "watchfiles"}


@pytest.mark.parametrize(
    "words",
    [
        "",
        "rank --only ",
        "rank --frame ",
        "rank --fail ",
        "rank --weight ",
        "rank --set a.",
        "rank --method ",
        "weigh --method ",
        "weigh --group ",
        "explain x ",
    ],
)
def test_a_shell_does_not_wait(words: str) -> None:
    """For words nothing is imported that takes long, and YAML only where a record is read."""
    modules = imported([], asked(words), example_folder())
    assert not modules & HEAVY
    assert ("yaml" in modules) == (words not in {"", "rank --only ", "rank --method ", "weigh --method "})


@pytest.mark.parametrize(
    "arguments", [["--help"], ["rank", "--help"], ["check", "--help"], ["weigh", "--help"]], ids=" ".join
)
def test_help_does_not_wait(arguments: list[str], tmp_path: Path) -> None:
    """Help imports nothing that takes long."""
    assert not imported(arguments, {}, tmp_path) & (HEAVY | {"yaml"})


def test_the_version_does_not_wait(tmp_path: Path) -> None:
    """The version imports nothing at all."""
    modules = imported(["--version"], {}, tmp_path)
    assert not modules & (HEAVY | {"yaml", "typer", "click", "dataclasses", "pathlib", "re", "inspect"})


def test_a_ranking_imports_what_it_needs(tmp_path: Path) -> None:
    """A ranking as data draws nothing and fills no template."""
    modules = imported(["rank", "--example", "--format", "json"], {}, tmp_path)
    assert {"numpy", "pydantic", "yaml"} <= modules
    assert not modules & {"rich", "jinja2", "watchfiles", "hypothesis"}
