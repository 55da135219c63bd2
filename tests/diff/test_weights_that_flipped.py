"""Weights that changed after the scores, and the first place with them: what `check` reads out of git's history."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import policyopts as po
from policyopts.analysis.briefing_facts import gather
from policyopts.analysis.checks import checked
from policyopts.records import git as asking
from policyopts.records.history import MOST_CHANGES

from .conftest import CRITERIA, SMALL, put

Commit = Callable[[Mapping[str, str | bytes | None]], str]
Git = Callable[..., str]

OTHER = CRITERIA.replace("weight: 60", "weight: 20")  # 20 to 40: doing nothing comes first
NESTED = """\
decision: {title: A small decision}
criteria:
  good: {weight: 60, criteria: {effect: {scale: {worst: 0, best: 100}, weight: 1}}}
  bad:
    weight: 40
    criteria:
      cost: {scale: {worst: 100, best: 0}, weight: 3}
      delay: {scale: {worst: 100, best: 0}, weight: 1}
"""


def told(folder: Path) -> list[po.Finding]:
    """Give what `check` says of weights that changed."""
    return [finding for finding in po.check(po.load(folder)) if finding.code == "WGT308"]


def test_a_commit_that_flipped_the_winner(top: Path, commit: Commit) -> None:
    """The commit with the earlier weights is named, who came first by them, and which weights moved most."""
    earlier = commit({**SMALL, "criteria.yaml": OTHER})
    commit({"criteria.yaml": CRITERIA})
    (found,) = told(top)
    assert (found.path, found.line) == ("criteria.yaml", 3)
    assert found.message == (
        "the weights changed after the scores, and the first place with them: under those of commit "
        f"{earlier[:7]} (2021-05-05) 'wait' would rank first, and not 'act'; since then "
        "'effect' rose from 33.3 % to 60.0 % and 'cost' fell from 66.7 % to 40.0 %"
    )


def test_an_edit_that_is_not_committed_counts(small: Path, commit: Commit) -> None:
    """The work tree is looked at as it is, also where nothing more is committed."""
    commit({"criteria.yaml": CRITERIA + "\n"})
    assert told(small) == []
    put(small, {"criteria.yaml": OTHER})
    (found,) = told(small)
    assert "'act' would rank first, and not 'wait'" in found.message


def test_weights_before_the_scores_may_change(top: Path, commit: Commit) -> None:
    """Weights that changed while a score was still unknown, or an option not there, are not told of."""
    unknown = SMALL["options/act.yaml"].replace("cost: 60", "cost: unknown")
    commit({**SMALL, "criteria.yaml": OTHER, "options/act.yaml": unknown})
    commit({"criteria.yaml": CRITERIA})
    commit({"options/act.yaml": SMALL["options/act.yaml"]})
    assert told(top) == []
    commit({"options/more.yaml": "performance: {effect: 0, cost: 100}"})
    put(top, {"criteria.yaml": OTHER})
    (found,) = told(top)
    assert "'act' would rank first" in found.message
    put(top, {"options/new.yaml": "performance: {effect: 0, cost: 100}"})
    assert told(top) == []


def test_scores_that_came_between_two_changes_of_the_weights_count(top: Path, commit: Commit) -> None:
    """What counts is how things stood when the weights changed, not when they were first written."""
    commit({"criteria.yaml": OTHER, "options/act.yaml": SMALL["options/act.yaml"]})
    scored = commit({**SMALL, "criteria.yaml": OTHER})
    commit({"criteria.yaml": CRITERIA})
    (found,) = told(top)
    assert scored[:7] in found.message


def test_only_the_weights_are_taken_back(top: Path, commit: Commit) -> None:
    """Earlier weights are tried with the scores of now: a first place that scores brought about is not told of."""
    commit({**SMALL, "criteria.yaml": OTHER})
    commit({"criteria.yaml": CRITERIA, "options/act.yaml": "performance: {effect: 100, cost: 0}"})
    assert told(top) == []


@pytest.mark.parametrize(
    "criteria",
    [
        CRITERIA.replace("weight: 60", "weight: 6").replace("weight: 40", "weight: 4"),  # the same shares
        CRITERIA.replace("weight: 60", "weight: 55"),  # another weight, and the same first place
        CRITERIA.replace("cost:", "price:"),  # other criteria
        "criteria: [no, record",
    ],
)
def test_changes_that_put_nobody_else_first(criteria: str, top: Path, commit: Commit) -> None:
    """The same weights in other numbers, small changes, other criteria and broken files bring no finding."""
    scores = {path: text.replace("cost", "price") for path, text in SMALL.items()} if "price" in criteria else SMALL
    commit({**scores, "criteria.yaml": criteria})
    commit(SMALL)
    assert told(top) == []


def test_a_broken_revision_is_passed_over(top: Path, commit: Commit) -> None:
    """Behind files that cannot be read, earlier weights are found all the same."""
    earlier = commit({**SMALL, "criteria.yaml": OTHER})
    commit({"criteria.yaml": OTHER.replace("Cost", "The cost"), "options/act.yaml": "performance: {effect: 1000}"})
    commit({"criteria.yaml": "criteria: [no, record"})
    commit(SMALL)
    (found,) = told(top)
    assert earlier[:7] in found.message


def test_of_groups_the_one_that_moved_is_named(top: Path, commit: Commit) -> None:
    """Where a group's weight changed, the group is named, and not the criteria that keep their parts of it."""
    rows = {"act": (80, 60, 50), "wait": (20, 0, 0)}
    options = {
        f"options/{id_}.yaml": f"performance: {{effect: {effect}, cost: {cost}, delay: {delay}}}"
        for id_, (effect, cost, delay) in rows.items()
    }
    commit({"criteria.yaml": NESTED.replace("weight: 60", "weight: 20"), **options})
    commit({"criteria.yaml": NESTED})
    (found,) = told(top)
    assert found.line == 3
    assert "'good' rose from 33.3 % to 60.0 % and 'bad' fell from 66.7 % to 40.0 %" in found.message


def test_a_dossier_in_a_folder_below(top: Path, commit: Commit) -> None:
    """The history looked at is that of the dossier's own folder."""
    commit({f"a b/ü/{path}": text for path, text in SMALL.items()} | {"a b/ü/criteria.yaml": OTHER})
    commit({"a b/ü/criteria.yaml": CRITERIA, "criteria.yaml": OTHER})
    assert len(told(top / "a b" / "ü")) == 1


def test_only_so_many_changes_are_looked_at(top: Path, commit: Commit) -> None:
    """Fifty changes back, and no further."""
    commit({**SMALL, "criteria.yaml": OTHER})
    for number in range(MOST_CHANGES):
        commit({"criteria.yaml": f"{CRITERIA}# {number}\n"})
    assert len(told(top)) == 1
    commit({"criteria.yaml": f"{CRITERIA}# {MOST_CHANGES}\n"})
    assert told(top) == []


def test_a_shallow_clone_tells_what_it_has(top: Path, commit: Commit, git: Git, tmp_path: Path) -> None:
    """Where git has only the latest revision, there is nothing to tell."""
    commit({**SMALL, "criteria.yaml": OTHER})
    commit({"criteria.yaml": CRITERIA})
    for depth, times in ((1, 0), (2, 1)):
        clone = tmp_path / f"clone-{depth}"
        git("clone", "-q", "--depth", str(depth), top.as_uri(), str(clone))
        assert len(told(clone)) == times


def test_without_git_nothing_is_said(top: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a repository, before the first commit, and where git is not installed, there is no finding."""
    outside = put(top.parent / "outside", SMALL)
    assert told(outside) == []
    put(top, SMALL)
    assert told(top) == []
    subprocess.run(["git", "init", "-q"], cwd=top, check=True)
    assert told(top) == []
    commit({"criteria.yaml": OTHER})
    commit({"criteria.yaml": CRITERIA})
    assert len(told(top)) == 1
    monkeypatch.setenv("PATH", "")
    assert told(top) == []


def test_git_is_asked_as_little_as_need_be(small: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing with `fast`, once outside a repository, and no earlier dossier is read where no weight changed."""
    calls: list[tuple[str, ...]] = []
    run_git = asking.run_git

    def counting(folder: Path, *arguments: str, given: bytes = b"") -> asking.Answer:
        calls.append(arguments)
        return run_git(folder, *arguments, given=given)

    monkeypatch.setattr(asking, "run_git", counting)
    monkeypatch.setattr("policyopts.records.revisions.run_git", counting)
    checked(po.load(small), fast=True)
    assert calls == []
    told(put(small.parent / "outside", SMALL))
    assert len(calls) == 1
    calls.clear()
    commit({"criteria.yaml": f"# A remark\n{CRITERIA}"})
    assert told(small) == []
    assert [arguments[0] for arguments in calls] == ["rev-parse", "rev-list", "cat-file", "cat-file"]


def test_what_a_repositorys_settings_name_is_not_run(top: Path, commit: Commit, git: Git) -> None:
    """Neither a signature's checker nor a monitor, a pager or a filter is started."""
    trap = top.parent / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {top.parent}/sprung\n")
    commit({**SMALL, "criteria.yaml": OTHER})
    commit({"criteria.yaml": CRITERIA, ".gitattributes": "* filter=trap diff=trap\n"})
    trap.chmod(0o755)
    git("config", "log.showSignature", "true")
    for key in ("gpg.program", "core.fsmonitor", "core.pager", "filter.trap.smudge", "diff.trap.textconv"):
        git("config", key, str(trap))
    assert len(told(top)) == 1
    assert not (top.parent / "sprung").exists()


def test_the_briefing_is_that_of_the_files(top: Path, commit: Commit) -> None:
    """The same files make the same briefing, with a history or without."""
    commit({**SMALL, "criteria.yaml": OTHER})
    commit({"criteria.yaml": CRITERIA})
    alone = put(top.parent / "alone" / top.name, SMALL)
    assert len(told(top)) == 1
    found = [gather(po.load(folder)).checked.findings for folder in (top, alone)]
    assert found[0] == found[1]
