"""Which dossier a command works on, and what is said to whoever asks for something that is not there."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from policyopts.cli.source import example_folder

Runner = Callable[..., tuple[int, str, str]]
Start = Callable[..., subprocess.Popen[str]]
CRITERIA = "decision: {title: %s}\ncriteria: {cost: {scale: {worst: 10, best: 0}, weight: 1}}\n"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Write two dossiers, called one and two, beside each other."""
    for name in ("one", "two"):
        (tmp_path / name / "options").mkdir(parents=True)
        (tmp_path / name / "criteria.yaml").write_text(CRITERIA % name, "utf-8")
        (tmp_path / name / "options/act.yaml").write_text("performance: {cost: 1}\n", "utf-8")
        (tmp_path / name / "options/wait.yaml").write_text("performance: {cost: 2}\n", "utf-8")
    return tmp_path


@pytest.fixture
def title(run: Runner) -> Callable[..., str]:
    """Rank, and give the title of the dossier that was ranked."""

    def ranked(*arguments: str, cwd: Path) -> str:
        code, out, err = run(*arguments, "--format", "json", cwd=cwd)
        assert (code, err) == (0, "")
        return str(json.loads(out)["dossier"]["title"])

    return ranked


def test_the_folder_is_named_before_or_after_the_command(two: Path, title: Callable[..., str]) -> None:
    """`-C` stands before or after the command; of two the later counts, and it beats where one is."""
    assert title("-C", "one", "rank", cwd=two) == "one"
    assert title("rank", "-C", "two", cwd=two) == "two"
    assert title("-C", "one", "rank", "-C", "two", cwd=two) == "two"
    assert title("-C", "../two", "rank", cwd=two / "one") == "two"
    assert title("rank", "-C", str(two / "one"), cwd=two / "two") == "one"


def test_the_nearest_folder_counts(two: Path, title: Callable[..., str]) -> None:
    """Inside a dossier's folder, and in any folder within, it is the dossier."""
    (two / "one/notes/old").mkdir(parents=True)
    for place in (two / "one", two / "one/options", two / "one/notes/old"):
        assert title("rank", cwd=place) == "one"
    shutil.copytree(two / "two", two / "one/notes/two")
    assert title("rank", cwd=two / "one/notes/two/options") == "two"


def test_places_can_be_opened_from_where_one_is(two: Path, run: Runner) -> None:
    """A finding's path leads to the file from the folder in which the program was started."""
    for folder in ("one", "two"):
        (two / folder / "options/act.yaml").write_text("nmae: x\n", "utf-8")
    (two / "one/notes").mkdir()
    for cwd, arguments, path in (
        (two / "one", [], "options/act.yaml"),
        (two / "one/notes", [], "../options/act.yaml"),
        (two / "one/options", [], "../options/act.yaml"),
        (two, ["-C", "one"], "one/options/act.yaml"),
        (two, ["-C", "./one/../two/"], "two/options/act.yaml"),
        (two / "one", ["-C", "."], "options/act.yaml"),
        (two / "one", ["-C", str(two / "two")], f"{two}/two/options/act.yaml"),
    ):
        code, out, err = run("rank", *arguments, cwd=cwd)
        assert (code, out) == (1, "")
        assert err.startswith(f"{path}:1:1: error[KEY201]"), (cwd, arguments)
        assert (cwd / err.split(":", 1)[0]).is_file()


@pytest.mark.parametrize("command", ["rank", "check", "explain", "methods"])
def test_the_shipped_dossier_needs_no_folder(command: str, tmp_path: Path, run: Runner) -> None:
    """`--example` works in an empty folder, before the command and after it, and leaves nothing there."""
    rest = ["regional-deal"] if command == "explain" else []
    if command == "methods":
        assert run(command, cwd=tmp_path)[0] == 0
        return
    after = run(command, *rest, "--example", cwd=tmp_path)
    assert (after[0], after[2]) == (0, "")
    assert run("--example", command, *rest, cwd=tmp_path) == after
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_dossier_is_not_another(two: Path, title: Callable[..., str], run: Runner) -> None:
    """`--example` is the shipped dossier inside another one too, and excludes naming a folder."""
    assert title("rank", "--example", cwd=two / "one").startswith("Answering the rocket attacks")
    for arguments in (["rank", "--example", "-C", "one"], ["-C", "one", "rank", "--example"]):
        code, out, err = run(*arguments, cwd=two)
        assert (code, out) == (2, "")
        assert err == "policyopts: -C and --example name two dossiers\n  leave one of them out\n"


def test_outside_any_dossier(tmp_path: Path, run: Runner) -> None:
    """Where there is no dossier, it is said what can be done."""
    message = "no dossier here: neither this folder nor one above it has a criteria.yaml"
    hint = "name one with -C DIR, run the shipped one with --example, or begin one with: policyopts init"
    assert run("rank", cwd=tmp_path) == (2, "", f"policyopts: {message}\n  {hint}\n")
    (tmp_path / "criteria.yml").touch()
    message = "policyopts: this folder has a 'criteria.yml'; expected the name criteria.yaml\n"
    assert run("rank", cwd=tmp_path) == (2, "", message)


def test_a_folder_that_is_none(two: Path, run: Runner) -> None:
    """A folder that is not there, and a file in its place, are told."""
    assert run("rank", "-C", "three", cwd=two) == (2, "", "policyopts: there is no folder 'three'\n")
    assert run("rank", "-C", "one/criteria.yaml", cwd=two) == (
        2,
        "",
        "policyopts: there is no folder 'one/criteria.yaml'\n  that is a file; -C takes the folder that holds it\n",
    )


def test_a_folder_without_a_dossier(tmp_path: Path, run: Runner) -> None:
    """A folder that is named has to hold a dossier itself."""
    (tmp_path / "empty").mkdir()
    code, out, err = run("rank", "-C", "empty", cwd=tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith("empty/criteria.yaml:1:1: error[FIL001]: there is no such file; expected one\n")


def test_a_folder_that_is_gone(tmp_path: Path, run: Runner) -> None:
    """In a folder that was removed there is no dossier; the shipped one can be ranked all the same."""
    gone = tmp_path / "gone"
    gone.mkdir()
    before = Path.cwd()
    os.chdir(gone)
    try:
        gone.rmdir()
        code, out, err = run("rank")
        assert (code, out) == (1, "")
        assert err == "policyopts: cannot read or write: No such file or directory\n"
        assert run("rank", "--example")[0] == 0
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--frame", "iraqi-problm"], "unknown frame 'iraqi-problm'\n  did you mean 'iraqi-problem'?"),
        (["--frame", "x"], "unknown frame 'x'\n  known: iraqi-problem, stopped-in-tehran"),
        (["--frame", ""], "unknown frame ''\n  known: iraqi-problem, stopped-in-tehran"),
        (["--perspective", "Pentagn"], "unknown perspective 'Pentagn'\n  did you mean 'pentagon'?"),
        (["--fail", "tehran-control"], "unknown assumption 'tehran-control'\n  did you mean 'tehran-controls'?"),
        (["--only", "regional-dael"], "unknown option 'regional-dael'\n  did you mean 'regional-deal'?"),
        (["--without", "do-nothin"], "unknown option 'do-nothin'\n  did you mean 'do-nothing'?"),
        (["--only", ","], "--only ',' names nothing"),
        (["--without", ""], "--without '' names nothing"),
        (["--fail", " "], "--fail ' ' names nothing"),
        (
            ["--without", "do-nothing,hold-iran-responsible iraqi-prosecution", "--only", "do-nothing"],
            "no option is left to rank\n  --only and --without leave none",
        ),
        (["--method", "wieghted-sum"], "unknown method 'wieghted-sum'\n  did you mean 'weighted-sum'?"),
        (["--param", "normalisation"], "--param 'normalisation'\n  expected NAME=X, such as normalisation=max"),
        (["--param", "=max"], "--param '=max'\n  expected NAME=X, such as normalisation=max"),
        (["--param", "normalization=max"], "has no parameter 'normalization'\n  did you mean 'normalisation'?"),
        (["--param", "normalisation=maxx"], "not 'maxx'\n  did you mean 'max'?"),
        (["--weight", "deterence=0.4"], "unknown criterion or group 'deterence'\n  did you mean 'deterrence'?"),
        (["--weight", "deterrence"], "expected ID=X with X a share of the whole, such as deterrence=0.4"),
        (["--weight", "deterrence=nan"], "expected ID=X with X a share of the whole, such as deterrence=0.4"),
        (["--weight", "deterrence=40"], "from 0 to 1\n  for 40 per cent write deterrence=0.4"),
        (["--weight", "deterrence=-0.1"], "--weight 'deterrence=-0.1': a weight is a share of the whole, from 0 to 1"),
        (
            ["--weight", "deterrence=0.7", "--weight", "resolve=0.7"],
            "the weights fixed within the whole come to 0.4 more",
        ),
        (["--set", "deterrence=5"], "expected OPTION.CRITERION=X, such as regional-deal.deterrence=60"),
        (["--set", "regional-deal.deterrence="], "expected OPTION.CRITERION=X"),
        (["--set", "regional-dael.deterrence=5"], "unknown option 'regional-dael'\n  did you mean 'regional-deal'?"),
        (["--set", "regional-deal.deterence=5"], "unknown criterion 'deterence'\n  did you mean 'deterrence'?"),
        (["--set", "regional-deal.security=5"], "unknown criterion 'security'"),
        (["--set", "regional-deal.deterrence=500"], "500 is off the scale; expected 0 to 100 %"),
        (["--set", "regional-deal.deterrence=lkely"], "unknown word 'lkely'"),
        (["--set", "regional-deal.resolve=frim"], "unknown level 'frim'"),
        (["--set", "regional-deal.deterrence=.."], "unknown word '..'"),
        (["--set", "regional-deal.deterrence=9..5"], "low 9 is above high 5"),
        (["--set", "regional-deal.deterrence=1e999"], "no figure may be as large as that"),
        (["--set", "regional-deal.deterrence=5..1e999"], "no figure may be as large as that"),
        (["--expect-top", "regional-dael"], "unknown option 'regional-dael'\n  did you mean 'regional-deal'?"),
        (["--only", "[red]\x1b[31mx"], r"unknown option '[red]\x1b[31mx'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_not_there(arguments: list[str], said: str, run: Runner) -> None:
    """Whoever asks for something that is not there is told so, with what may be meant, and gets no result."""
    code, out, err = run("rank", *arguments, "--example")
    assert (code, out) == (2, "")
    assert err.startswith("policyopts: ")
    assert said in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rank", "--frmae", "x"], "--frame"),
        (["rnak"], "rank"),
        (["rank", "--top", "0"], "--top"),
        (["rank", "--top", "many"], "--top"),
        (["rank", "--format", "xml"], "json"),
        (["rank", "extra"], "extra"),
        (["rank", "--method"], "--method"),
        (["-C"], "-C"),
        (["check", "--formt", "json"], "--format"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_no_command_takes(arguments: list[str], said: str, run: Runner) -> None:
    """An option, a value or a command that there is not is wrong usage, told with what there is."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_an_expectation(run: Runner, two: Path) -> None:
    """`--expect-top` ends with 0 where that option alone ranks first, and with 1 where not."""
    ranked = run("rank", "--example")
    assert run("rank", "--example", "--expect-top", "regional-deal") == ranked
    code, out, err = run("rank", "--example", "--expect-top", "do-nothing")
    assert (code, out) == (1, ranked[1])
    assert err == "policyopts: expected 'do-nothing' to rank first, and regional-deal does\n"
    code, _, err = run("rank", "--expect-top", "act", "--set", "wait.cost=1", cwd=two / "one")
    assert code == 1
    assert err.endswith("policyopts: expected 'act' to rank first alone, and act and wait share the first place\n")


def test_nothing_is_ranked_where_a_file_cannot_be_read(two: Path, run: Runner) -> None:
    """One mistake stops the ranking, also of the other options."""
    (two / "one/options/act.yaml").write_text("performance: {cost: 11}\n", "utf-8")
    message = "options/act.yaml:1:21: error[SCR402]: 11 is off the scale; expected 0 to 10 ('cost')\n"
    for arguments in (["rank"], ["rank", "--only", "wait"], ["rank", "--format", "json"], ["explain", "wait"]):
        assert run(*arguments, cwd=two / "one") == (1, "", message)


@pytest.mark.parametrize("format_", ["table", "json", "csv", "markdown"])
def test_the_same_in_the_same_out(format_: str, start: Start, two: Path) -> None:
    """The same dossier gives the same bytes, wherever it lies and whatever the hashes of this run."""
    copy = two / "elsewhere" / example_folder().name
    (copy / "options").mkdir(parents=True)
    for path in (*example_folder().glob("*.yaml"), *example_folder().glob("options/*.yaml")):
        shutil.copy(path, copy / path.relative_to(example_folder()))
    outputs = set()
    for seed, folder in (("1", example_folder()), ("2", example_folder()), ("3", copy)):
        process = start("rank", "-C", str(folder), "--format", format_, env={"PYTHONHASHSEED": seed})
        out, err = process.communicate()
        assert err == ""
        outputs.add(out)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 300


@pytest.mark.parametrize(
    "arguments",
    [
        *(["check", "--format", format_] for format_ in ("text", "json", "github", "sarif")),
        *(["explain", "regional-deal", "--format", format_] for format_ in ("table", "json", "csv", "markdown")),
    ],
    ids=" ".join,
)
def test_other_results_are_the_same_twice(arguments: list[str], start: Start) -> None:
    """What is said of the shipped dossier is the same in every run."""
    outputs = set()
    for seed in ("1", "2"):
        process = start(*arguments, "--example", env={"PYTHONHASHSEED": seed})
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        outputs.add(out)
    assert len(outputs) == 1
    assert outputs.pop() or "github" in arguments  # which has nothing to say of a sound dossier


def test_messages_say_it_in_a_line_or_two(run: Runner, tmp_path: Path) -> None:
    """However long a name is that is not there, the message stays short."""
    _, _, err = run("rank", "--example", "--frame", "x" * 5000)
    assert re.fullmatch(r"policyopts: unknown frame 'x{59}…'\n  known: .*\n", err)
    _, _, err = run("rank", "-C", "y" * 5000, cwd=tmp_path)
    assert len(err) < 200


def test_a_row_of_numbers_is_a_parameter(run: Runner, tmp_path: Path) -> None:
    """Numbers parted by commas go to the criteria in their order; names may be written with hyphens."""
    scales = "{weight: 1, scale: {worst: 0, best: 40}}", "{weight: 1, scale: {worst: 0, best: 8}}"
    (tmp_path / "criteria.yaml").write_text("criteria:\n  warmth: {}\n  schools: {}\n".format(*scales))
    (tmp_path / "options.csv").write_text("id,warmth,schools\nnorth,20,3\nsouth,40,8\n")
    asked = "rank", "-C", str(tmp_path), "--method", "spotis", "--param"
    for name in ("expected_solution", "expected-solution"):
        _, said, _ = run(*asked, f"{name}=20, 3")
        assert "spotis, expected_solution (20, 3)" in said
        assert "north ranks first" in said
    assert "south ranks first" in run(*asked, "expected-solution=none")[1]
    code, _, err = run(*asked, "expected-solution=1,2,3")
    assert code == 2
    assert err.endswith("is a row of 3, where there are 2 criteria\n  in this order: warmth, schools\n")


@pytest.mark.parametrize("arguments", [("robustness", "--weights", "stated"), ("sensitivity", "--distance", "l1")])
def test_defaults_that_are_written_out_change_nothing(arguments: tuple[str, ...], run: Runner) -> None:
    """Whoever writes out the word that is meant anyway gets what there is without it."""
    command, *written = arguments
    assert run(command, "--example", *written) == run(command, "--example")
