"""`policyopts diff`, on real repositories: what it compares, what it writes, and what it says where it cannot."""

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import CRITERIA, SMALL, put

Runner = Callable[..., Any]
Commit = Callable[..., str]
Git = Callable[..., str]
COSTLY = {"criteria.yaml": CRITERIA.replace("weight: 40", "weight: 400")}
EXPECTED = Path(__file__).parent / "expected"


# What is compared with what


def test_without_a_revision_the_work_tree_is_held_against_head(small: Path, run: Runner) -> None:
    """Edits that are not committed yet count, and files that git does not know."""
    assert "no rank changes" in run("diff", cwd=small).out
    put(small, {**COSTLY, "options/spend.yaml": "performance: {effect: 90, cost: 90}\n"})
    code, out, err = run("diff", cwd=small)
    assert (code, err) == (0, "")
    assert "cost: weight 40 → 400 — criteria.yaml:7" in out
    assert "spend: option added" in out
    assert "Wait now ranks first, in the place of Act." in out


@pytest.mark.parametrize(
    ("named", "before", "after"),
    [
        ("HEAD~1", "one", "four"),
        ("main~2..HEAD~1", "zero", "one"),
        ("HEAD~1..", "one", "two"),
        ("..HEAD~1", "two", "one"),
        ("v1...HEAD", "zero", "two"),
    ],
)
def test_revisions_and_ranges(
    named: str, before: str, after: str, small: Path, commit: Commit, git: Git, run: Runner
) -> None:
    """One revision is held against the files, two against each other; three dots mean where they parted."""
    weights = {"zero": 40, "one": 41, "two": 42, "four": 44}
    git("checkout", "-q", "-b", "side")
    commit({"criteria.yaml": CRITERIA.replace("weight: 40", "weight: 90")})
    git("tag", "v1")
    git("checkout", "-q", "main")
    for state in ("one", "two"):
        commit({"criteria.yaml": CRITERIA.replace("weight: 40", f"weight: {weights[state]}")})
    put(small, {"criteria.yaml": CRITERIA.replace("weight: 40", "weight: 44")})
    code, out, err = run("diff", named, cwd=small)
    assert (code, err) == (0, "")
    assert f"cost: weight {weights[before]} → {weights[after]}" in out


def test_another_folder_is_compared_without_git(tmp_path: Path, run: Runner) -> None:
    """DIR is the dossier that this one is held against; neither needs a history."""
    put(tmp_path / "here", {**SMALL, **COSTLY})
    put(tmp_path / "there", SMALL)
    code, out, err = run("diff", "../there", cwd=tmp_path / "here", env={"PATH": ""})
    assert (code, err) == (0, "")
    assert "../there → this folder" in out
    assert "cost: weight 40 → 400" in out


def test_a_dossier_below_the_top_of_its_repository(top: Path, commit: Commit, run: Runner) -> None:
    """The dossier's own folder is read at the revision, wherever it lies and from wherever it is asked for."""
    commit({f"decisions/one/{path}": text for path, text in SMALL.items()} | {"criteria.yaml": "criteria: nonsense\n"})
    put(top / "decisions/one", COSTLY)
    for folder, arguments in (("decisions/one/options", ()), (".", ("-C", "decisions/one"))):
        code, out, err = run("diff", *arguments, cwd=top / folder)
        assert (code, err) == (0, "")
        assert "cost: weight 40 → 400" in out


def test_line_ends_and_links_are_read_as_in_the_work_tree(small: Path, commit: Commit, run: Runner) -> None:
    """A link inside the repository is followed at a revision too; line ends make no edit."""
    (small / "options/copy.yaml").symlink_to("../drafts/copy.yaml")
    commit(
        {
            "drafts/copy.yaml": SMALL["options/act.yaml"],
            "options/wait.yaml": SMALL["options/wait.yaml"].replace("\n", "\r\n"),
        }
    )
    put(small, {"options/wait.yaml": SMALL["options/wait.yaml"]})
    code, out, err = run("diff", cwd=small)
    assert (code, err) == (0, "")
    assert "Nothing was edited." in out


def test_a_title_that_is_the_folders_name_is_no_edit(top: Path, commit: Commit, run: Runner) -> None:
    """A dossier without a title is called as its folder is, at a revision too."""
    commit({**SMALL, "criteria.yaml": CRITERIA.replace("title: A small decision, ", "")})
    document = json.loads(run("diff", "--format", "json", cwd=top).out)
    assert document["before"]["dossier"] == document["after"]["dossier"]
    assert document["before"]["dossier"]["title"] == "repository"


# What is written


def test_the_exit_code_tells_whether_a_rank_changed(small: Path, run: Runner) -> None:
    """With --exit-code, 0 is the same ranking and 3 another one; without it all is well either way."""
    assert run("diff", "--exit-code", cwd=small).code == 0
    put(small, {"criteria.yaml": CRITERIA.replace("weight: 40", "weight: 41")})
    assert run("diff", "--exit-code", cwd=small).code == 0
    put(small, COSTLY)
    assert run("diff", "--exit-code", cwd=small).code == 3
    assert run("diff", cwd=small).code == 0


@pytest.fixture
def edited(small: Path, commit: Commit) -> Path:
    """Edit the small dossier in most of the ways there are."""
    commit({"frames.yaml": "crisis: {name: Crisis, weights: {cost: 41}}\n"})
    return put(
        small,
        {
            "criteria.yaml": CRITERIA.replace("weight: 40", "weight: 62").replace("A small", "Another"),
            "options/act.yaml": SMALL["options/act.yaml"].replace("80", "70"),
            "options/study.yaml": None,
            "options/spend.yaml": "name: Spend [more]\nperformance: {effect: 90, cost: 100}\n",
            "frames.yaml": "crisis: {name: Crisis, weights: {cost: 400}}\n",
        },
    )


@pytest.mark.parametrize(
    ("name", "arguments", "columns"),
    [
        ("table-80.txt", (), 80),
        ("table-120.txt", (), 120),
        ("comment.md", ("--format", "markdown"), 80),
        ("annotations.txt", ("--format", "github"), 80),
        ("diff.csv", ("--format", "csv"), 80),
        ("diff.json", ("--format", "json"), 80),
    ],
)
def test_what_is_written(
    name: str,
    arguments: tuple[str, ...],
    columns: int,
    edited: Path,
    run: Runner,
    matches: Callable[[str, Path], bool],
) -> None:
    """Every format is what it was, and no line of the table is wider than the terminal."""
    code, out, err = run("diff", *arguments, cwd=edited, env={"COLUMNS": str(columns), "NO_COLOR": "1"})
    assert (code, err) == (0, "")
    if not arguments:
        assert max(map(len, out.splitlines())) <= columns
    assert matches(out, EXPECTED / name)
    assert run("diff", *arguments, cwd=edited, env={"COLUMNS": str(columns), "NO_COLOR": "1"}).out == out


def test_csv_has_a_row_for_every_option_and_every_edit(edited: Path, run: Runner) -> None:
    """Ranks and scores of options; of edits what was and what is, with their place."""
    rows = list(csv.DictReader(io.StringIO(run("diff", "--format", "csv", cwd=edited).out)))
    assert [row["kind"] for row in rows].count("rank") == 4
    assert {row["path"] for row in rows if row["kind"] == "weight"} == {"criteria.yaml"}


def test_texts_of_records_are_escaped(small: Path, run: Runner) -> None:
    """No name can draw a table's border, begin a workflow command or move the cursor."""
    name = '"\\e[31m| <b>**Spend** ::error::x\\n::stop-commands::"'
    put(small, {"options/spend.yaml": f"name: {name}\nperformance: {{effect: 100, cost: 0}}\n"})
    table, markdown, github = (run("diff", "--format", form, cwd=small).out for form in ("table", "markdown", "github"))
    assert "\x1b" not in table + markdown + github
    assert "\\| \\<b\\>\\*\\*Spend\\*\\*" in markdown
    assert all(line.startswith(("::warning ", "::notice ")) for line in github.splitlines())


def test_many_options_show_only_those_that_moved(top: Path, commit: Commit, run: Runner) -> None:
    """Of a large table only the moved options have a row, and the others are counted."""
    rows = [f"option-{number},{number}" for number in range(100)]
    commit({"criteria.yaml": "criteria: {cost: {scale: {worst: 1000, best: 0}, weight: 1}}\n",
            "options.csv": "\n".join(["id,cost", *rows])})  # fmt: skip
    rows[2] = "option-2,2.5"
    put(top, {"options.csv": "\n".join(["id,cost", *rows])})
    assert "100 options keep their ranks." in run("diff", cwd=top).out
    rows[2] = "option-2,4.5"
    put(top, {"options.csv": "\n".join(["id,cost", *rows])})
    out = run("diff", "--format", "markdown", cwd=top).out
    rows_shown = [line for line in out.splitlines() if line.startswith("| ")][1:]
    assert [line.split(" | ")[0] for line in rows_shown] == ["| 4 → 3", "| 5 → 4", "| 3 → 5"]
    assert "97 options keep their ranks." in out
    rows = [f"option-{number},{100 - number}" for number in range(100)]
    put(top, {"options.csv": "\n".join(["id,cost", *rows])})
    assert "80 more options have another rank; --format csv has them all." in run("diff", cwd=top).out


# Where it cannot be done


def test_without_git_it_says_what_can_be_done(small: Path, run: Runner) -> None:
    """Without git installed, two folders can still be compared."""
    code, out, err = run("diff", cwd=small, env={"PATH": ""})
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "policyopts: git is not installed",
        "  git reads earlier revisions; policyopts diff DIR compares two folders without it",
    ]


def test_outside_a_repository(tmp_path: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a history is told as one."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    put(tmp_path, SMALL)
    code, out, err = run("diff", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("policyopts: the dossier is not under git, so there is no revision to compare it with\n")


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("v2", "git knows no revision 'v2'"),
        ("HEAD~9", "git knows no revision 'HEAD~9'"),
        ("HEAD..v2", "git knows no revision 'v2'"),
        ("HEAD:criteria.yaml", "git knows no revision 'HEAD:criteria.yaml'"),
        ("--output=x", "'--output=x' is no revision"),
        ("HEAD\nmain", "'HEAD main' is no revision"),
        ("./options", "the folder './options' holds no dossier"),
    ],
)
def test_names_that_stand_for_no_revision(named: str, message: str, small: Path, run: Runner) -> None:
    """An unknown name, a file of a revision, something that git would take for an option: told, and wrong usage."""
    code, out, err = run("diff", "--", named, cwd=small)
    assert (code, out) == (2, "")
    assert err.startswith(f"policyopts: {message}\n  ")
    assert not (small / "x").exists()


def test_a_repository_without_a_commit(top: Path, git: Git, run: Runner) -> None:
    """Before the first commit there is nothing to compare with."""
    git("status")
    put(top, SMALL)
    code, _, err = run("diff", cwd=top)
    assert code == 2
    assert "the repository has no commit yet: git commit makes the first" in err


def test_a_shallow_clone_says_how_to_deepen_it(small: Path, commit: Commit, tmp_path: Path, run: Runner) -> None:
    """Where a clone lacks the revision because it is shallow, that is what is said."""
    commit(COSTLY)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "1", small.as_uri(), clone], check=True)
    assert run("diff", cwd=clone).code == 0
    code, _, err = run("diff", "HEAD~1", cwd=clone)
    assert code == 2
    assert "this clone is shallow: git fetch --unshallow brings all revisions (in CI: fetch-depth: 0)" in err


def test_a_revision_without_the_dossier(top: Path, commit: Commit, run: Runner) -> None:
    """A dossier that is new since a revision is told as that."""
    commit({"README.md": "A repository.\n"})
    commit({f"decision/{path}": text for path, text in SMALL.items()})
    code, out, err = run("diff", "HEAD~1", "-C", "decision", cwd=top)
    assert (code, out) == (2, "")
    assert err.startswith("policyopts: 'HEAD~1' has no dossier at 'decision'\n")


def test_histories_with_nothing_in_common(small: Path, commit: Commit, git: Git, run: Runner) -> None:
    """Three dots between strangers have no place where they parted."""
    git("checkout", "-q", "--orphan", "other")
    commit(COSTLY)
    code, _, err = run("diff", "main...other", cwd=small)
    assert code == 2
    assert "'main' and 'other' have no history in common" in err
    assert run("diff", "main..other", cwd=small).code == 0


def test_findings_of_a_revision_name_it(top: Path, commit: Commit, run: Runner) -> None:
    """Mistakes in both states are told at once, those of a revision as git names its files; nothing is compared."""
    spoilt = {f"sub/{path}": text.replace("weight: 60", "weight: -6") for path, text in SMALL.items()}
    commit(spoilt)
    put(top, {"sub/options/act.yaml": "performance: {effect: 800, cost: 60}\n"})
    code, out, err = run("diff", cwd=top / "sub")
    negative = "the weight -6 is negative; expected 0 or more"
    assert (code, out) == (1, "")
    assert [line.replace("error[", "[") for line in err.splitlines()] == [
        f"HEAD:sub/criteria.yaml:3:75: [WGT301]: {negative}",
        f"criteria.yaml:3:75: [WGT301]: {negative}",
        "options/act.yaml:1:23: [SCR402]: 800 is off the scale; expected 0 to 100 % ('effect')",
    ]


def test_a_revision_that_cannot_be_ranked_is_named(small: Path, commit: Commit, run: Runner) -> None:
    """An unknown method, or a limit that leaves nothing, is told of the state that has it."""
    commit({"criteria.yaml": f"method: topsy\n{CRITERIA}"})
    put(small, {"criteria.yaml": CRITERIA})
    code, out, err = run("diff", cwd=small)
    assert (code, out) == (1, "")
    assert err.startswith("HEAD:criteria.yaml:1:9: error[REF221]: unknown method 'topsy'")


def test_what_is_not_a_record_at_a_revision_is_told(small: Path, commit: Commit, git: Git, run: Runner) -> None:
    """Misnamed, oversized and dangling files at a revision are told as those of the work tree are."""
    (small / "frames.yaml").symlink_to("nowhere.yaml")
    (small / "evidence.yaml").symlink_to("/etc/passwd")
    commit({"options/Odd.yml": "name: Odd\n", "perspectives.yaml": b"#" * (4 * 1024 * 1024 + 1)})
    git("rm", "-q", "frames.yaml", "evidence.yaml", "options/Odd.yml", "perspectives.yaml")
    code, _, err = run("diff", cwd=small)
    assert code == 1
    assert [line.partition(" error")[2] for line in err.splitlines()] == [
        "[FIL002]: a symbolic link to nothing",
        "[FIL002]: a symbolic link to nothing",
        "[FIL007]: a record called 'Odd.yml'; expected the ending .yaml; rename it to Odd.yaml",
        "[FIL004]: 4,194,305 bytes; expected at most 4,194,304",
    ]
    assert all(line.startswith("HEAD:") for line in err.splitlines())


# What it leaves alone


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that temporary files go to."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_nothing_is_touched_and_nothing_is_run(
    small: Path, git: Git, run: Runner, tmp_path: Path, temporary: Path
) -> None:
    """No program that a repository names is run, no file of the work tree or of git is written, no folder is left."""
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "core.pager",
        "diff.odd.textconv",
        "filter.odd.smudge",
        "core.editor",
    ):
        git("config", key, str(trap))
    git("config", "alias.rev-parse", f"!{trap}")
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        shutil.copy(trap, small / ".git/hooks" / hook)
    put(small, {".gitattributes": "*.yaml diff=odd filter=odd\n", **COSTLY})
    before, created = state(small), temporary.stat().st_mtime_ns
    code, out, _ = run("diff", "HEAD", cwd=small)
    assert code == 0
    assert "cost: weight 40 → 400" in out
    assert not (tmp_path / "sprung").exists()
    assert state(small) == before
    assert list(temporary.iterdir()) == []
    assert temporary.stat().st_mtime_ns > created  # it was used


def test_names_that_lead_out_of_a_folder_are_passed_over(small: Path, git: Git, run: Runner, temporary: Path) -> None:
    """A forged tree whose file names hold a way out of the folder writes nothing outside it."""
    act, criteria = (bytes.fromhex(git("rev-parse", f"HEAD:{path}")) for path in ("options/act.yaml", "criteria.yaml"))
    out = b"../../../sprung.yaml"

    def tree(*entries: bytes) -> bytes:
        command = ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
        made = subprocess.run(command, input=b"".join(entries), cwd=small, capture_output=True, check=True)
        return bytes.fromhex(made.stdout.decode().strip())

    options = tree(b"100644 %s\0" % out + act, b"100644 act.yaml\0" + act)
    top = tree(b"100644 criteria.yaml\0" + criteria, b"40000 options\0" + options)
    forged = git("commit-tree", "-m", "forged", top.hex())
    code, shown, _ = run("diff", f"{forged}..HEAD", cwd=small)
    assert (code, shown) == (1, "")  # its baseline is not there
    assert list(temporary.iterdir()) == []


def test_what_a_partial_clone_left_out_is_not_fetched(
    small: Path, commit: Commit, git: Git, run: Runner, tmp_path: Path
) -> None:
    """To fetch could run a program that the repository names; what is missing is told instead."""
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    commit(COSTLY)
    missing = git("rev-parse", "HEAD~1:criteria.yaml")
    (small / ".git/objects" / missing[:2] / missing[2:]).unlink()
    git("config", "core.repositoryFormatVersion", "1")
    git("config", "extensions.partialClone", "origin")
    git("config", "remote.origin.promisor", "true")
    git("config", "remote.origin.partialCloneFilter", "blob:none")
    git("config", "remote.origin.url", "ssh://nowhere.invalid/x")
    git("config", "core.sshCommand", str(trap))
    git("config", "protocol.ssh.allow", "always")
    code, out, err = run("diff", "HEAD~1", cwd=small)
    assert (code, out) == (1, "")
    assert err.startswith("policyopts: git has not all files of that revision at hand\n")
    assert not (tmp_path / "sprung").exists()


def state(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Take down every file of a folder: when it changed, and what it holds."""
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def test_inside_a_hook_the_dossiers_own_repository_is_read(small: Path, run: Runner, tmp_path: Path) -> None:
    """What git tells a hook of its own repository leads nowhere else."""
    put(small, COSTLY)
    lost = {"GIT_DIR": ".git", "GIT_INDEX_FILE": str(tmp_path / "index"), "GIT_WORK_TREE": str(tmp_path)}
    code, out, _ = run("diff", "-C", str(small), cwd=tmp_path, env=lost)
    assert code == 0
    assert "cost: weight 40 → 400" in out


def test_git_and_its_reading_cost_other_commands_nothing() -> None:
    """Commands that compare nothing import nothing of it."""
    code = (
        "import sys; from policyopts.cli.app import app\n"
        "from policyopts.cli import rank; from policyopts.analysis import ranked\n"
        "print([name for name in sys.modules if name.endswith(('.revisions', 'analysis.facts', 'analysis.diff'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"
