"""A small dossier under git, in a repository of its own."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Nobody",
    "GIT_AUTHOR_EMAIL": "nobody@example.org",
    "GIT_AUTHOR_DATE": "2021-05-05T12:00:00Z",
    "GIT_COMMITTER_NAME": "Nobody",
    "GIT_COMMITTER_EMAIL": "nobody@example.org",
    "GIT_COMMITTER_DATE": "2021-05-05T12:00:00Z",
}
CRITERIA = """\
decision: {title: A small decision, baseline: wait}
criteria:
  effect: {name: Effect, scale: {worst: 0, best: 100, unit: "%"}, weight: 60}
  cost:
    name: Cost
    scale: {worst: 100, best: 0, unit: EUR}
    weight: 40
"""
SMALL: Mapping[str, str] = {
    "criteria.yaml": CRITERIA,
    "options/act.yaml": "name: Act\nperformance:\n  effect: 80\n  cost: 60\n",
    "options/wait.yaml": "name: Wait\nperformance:\n  effect: 20\n  cost: {value: 0, because: nothing is done}\n",
    "options/study.yaml": "name: Study\nperformance: {effect: {low: 30, high: 50}, cost: 20}\n",
}
"""Scores: act 0.64, study 0.56, wait 0.52."""

Write = Callable[..., Path]
Git = Callable[..., str]


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git know nobody's settings, and no repository but the test's."""
    for name, value in NOBODY.items():
        monkeypatch.setenv(name, value)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)


def put(folder: Path, texts: Mapping[str, str | bytes | None]) -> Path:
    """Write files into a folder; None removes one."""
    for path, text in texts.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            place.unlink()
        else:
            place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """Give the top of a new repository."""
    folder = tmp_path / "repository"
    folder.mkdir()
    return folder


@pytest.fixture
def git(top: Path) -> Git:
    """Run git in the repository."""

    def run_git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=top, capture_output=True, encoding="utf-8", check=True)
        return done.stdout.strip()

    run_git("init", "-q", "-b", "main")
    return run_git


@pytest.fixture
def commit(top: Path, git: Git) -> Callable[..., str]:
    """Commit files, and give the commit's name."""

    def commit_files(texts: Mapping[str, str | bytes | None]) -> str:
        put(top, texts)
        git("add", "--all")
        git("commit", "-q", "--no-verify", "--allow-empty", "-m", "An edit")
        return git("rev-parse", "HEAD")

    return commit_files


@pytest.fixture
def small(top: Path, commit: Callable[..., str]) -> Path:
    """Commit the small dossier at the top of the repository."""
    commit(SMALL)
    return top
