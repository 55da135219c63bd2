"""Asking git: no program that a repository's settings name is run, and nothing is fetched or written."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from policyopts.findings import PolicyOptsError

if TYPE_CHECKING:
    from pathlib import Path

# What a repository's own settings could have git run, or write, is switched off. So is fetching what a partial clone
# has left out, which could run a program as well: no way of transport is allowed.
_GIT = ("git", "--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
_SETTINGS = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
# Inside a hook, git names its own repository, by paths that lead elsewhere from another folder.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")


class Answer(NamedTuple):
    """What git answers: its exit code, its answer, and what it says is wrong."""

    code: int
    text: bytes
    trouble: bytes


def ask(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Ask git something; None where it has no answer."""
    answer = run_git(folder, *arguments, given=given)
    return answer.text if answer.code == 0 else None


def run_git(folder: Path, *arguments: str, given: bytes = b"") -> Answer:
    """Ask git something in a folder.

    Raises
    ------
    PolicyOptsError
        Where it is not installed.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    pipe = subprocess.PIPE
    try:
        # Our own list of arguments, and no name in it that git would take for an option.
        with subprocess.Popen(  # noqa: S603 - as above
            [*_GIT, *arguments], cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe, env=kept | _SETTINGS
        ) as process:
            text, trouble = process.communicate(given)
            return Answer(process.returncode, text, trouble)
    except FileNotFoundError:
        hint = "git reads earlier revisions; policyopts diff DIR compares two folders without it"
        raise PolicyOptsError("git is not installed", hint) from None
