"""Earlier states of a dossier, read out of git.

Nothing in the work tree is touched, and no program that a repository's settings name is run.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policyopts.findings import PolicyOptsError, UsageError
from policyopts.names import is_id, quoted
from policyopts.records.files import (
    CRITERIA,
    ENDINGS,
    OPTIONAL,
    OPTIONS,
    is_option,
    most_bytes,
    option_id,
)
from policyopts.records.git import ask, run_git
from policyopts.records.loader import DossierReader, untold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policyopts.records.loader import Progress, Reading

_LINK, _TREE = "120000", "040000"


class Revision(NamedTuple):
    """A commit as it was asked for, and its full name."""

    name: str
    commit: str


class Repository(NamedTuple):
    """The repository that a dossier's folder lies in; `prefix` leads from its top to the folder, with `/` behind."""

    folder: Path
    prefix: str

    def revision(self, name: str) -> Revision:
        """Find the commit that a name stands for: a branch, a tag, `HEAD~2`, a commit's own name.

        Raises
        ------
        UsageError
            Where there is none.
        """
        if name.startswith("-") or not name.isprintable() or not name:
            raise UsageError(f"{quoted(name)} is no revision", "expected a commit, a branch or a tag, such as HEAD~1")
        commit = ask(self.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if commit is None:
            raise UsageError(f"git knows no revision {quoted(name)}", self._why_not(name))
        return Revision(name, commit.decode().strip())

    def _why_not(self, name: str) -> str:
        if (ask(self.folder, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
            return "this clone is shallow: git fetch --unshallow brings all revisions (in CI: fetch-depth: 0)"
        if name == "HEAD":
            return "the repository has no commit yet: git commit makes the first"
        return "git log --oneline lists the revisions; a folder with another dossier is named as DIR"

    def common(self, first: Revision, second: Revision) -> Revision:
        """Find the commit at which two histories part.

        Raises
        ------
        UsageError
            Where they have none in common.
        """
        commit = ask(self.folder, "merge-base", first.commit, second.commit)
        if commit is None:
            message = f"{quoted(first.name)} and {quoted(second.name)} have no history in common"
            raise UsageError(message, self._why_not(first.name))
        return Revision(f"{first.name}...{second.name}", commit.decode().strip())

    def history(self, most: int) -> Iterator[Revision]:
        """Give the last commits that touched the dossier's folder, the newest first; none where there are none."""
        asked = ("log", f"--max-count={most}", "--format=%h %H", "--end-of-options", "HEAD", "--", ".")
        for line in (ask(self.folder, *asked) or b"").decode().splitlines():
            yield Revision(*line.split())

    def read(self, revision: Revision, progress: Progress = untold) -> Reading:
        """Read the dossier as it stood at a revision; `progress` is told of what may take long.

        Raises
        ------
        UsageError
            Where the folder held no dossier then.
        """
        entries = self._entries(revision)
        if CRITERIA not in entries:
            where = quoted(self.prefix.rstrip("/")) if self.prefix else "the top of the repository"
            raise UsageError(
                f"{quoted(revision.name)} has no dossier at {where}",
                "it is new since then; if it stood elsewhere: git worktree add OLD REV, and name that folder as DIR",
            )
        # A folder of its own, so that a dossier without a title is called as it is here.
        with tempfile.TemporaryDirectory(prefix="policyopts-") as temporary:
            folder = Path(temporary, self.folder.resolve().name or "dossier")
            (folder / OPTIONS).mkdir(parents=True)
            self._write(revision, entries, folder)
            return DossierReader(folder, progress).read()

    def _entries(self, revision: Revision) -> dict[str, _Entry]:
        """List what may be a record, by its path in the dossier."""
        top = {entry.path: entry for entry in self._tree(f"{revision.commit}:{self.prefix}")}
        wanted = {CRITERIA, *OPTIONAL, *(f"{name.removesuffix('.yaml')}.yml" for name in (CRITERIA, *OPTIONAL))}
        entries = [entry for path, entry in top.items() if path in wanted]
        options = top.get(OPTIONS)
        if options is not None and options.mode == _TREE:
            entries += [
                entry._replace(path=f"{OPTIONS}/{entry.path}")
                for entry in self._tree(options.object)
                if entry.path.lower().endswith(ENDINGS)
            ]
        return {entry.path: entry for entry in entries if entry.mode != _TREE}

    def _tree(self, tree: str) -> Iterator[_Entry]:
        """List what lies right in a folder."""
        for line in (ask(self.folder, "ls-tree", "--full-tree", "-z", "-l", tree) or b"").split(b"\0"):
            if line:
                facts, _, path = line.partition(b"\t")
                mode, kind, name, size = facts.decode().split()
                # The third kind is another repository inside this one. A name that leads elsewhere, or breaks the line,
                # is none that git gives a file.
                if kind in {"blob", "tree"} and not set(b"/\\\n") & set(path):
                    yield _Entry(os.fsdecode(path), mode, name, int(size) if size.isdigit() else 0)

    def _write(self, revision: Revision, entries: Mapping[str, _Entry], folder: Path) -> None:
        """Write files out; one that is too large only by its size, for the reader to refuse."""
        links = {path for path, entry in entries.items() if entry.mode == _LINK}
        fitting = [path for path, entry in entries.items() if entry.size <= most_bytes(path)]
        asked = {
            path: f"{revision.commit}:{self.prefix}{path}" if path in links else entries[path].object
            for path in fitting
        }
        contents = dict(zip(asked, self.contents(asked.values()), strict=True))
        for path, entry in entries.items():
            try:
                _write_file(folder / path, contents.get(path), None if path in links else entry.size)
            except (OSError, ValueError):
                if not is_option(path) or is_id(option_id(path)):
                    raise
                # A name that cannot be written here is no option's id either.

    def contents(self, asked: Iterable[str]) -> Iterator[bytes | None]:
        """Give the bytes of files, by their objects' names or by a path whose links are followed; None for no file."""
        asked = list(asked)
        given = "".join(f"{name}\n" for name in asked)
        said = ask(self.folder, "cat-file", "--batch", "--follow-symlinks", given=os.fsencode(given)) or b""
        at = 0
        for name in asked:
            end = said.find(b"\n", at)
            facts = said[at:end].split()
            if end < 0 or (facts[-1] == b"missing" and ":" not in name):
                message = "git has not all files of that revision at hand"
                raise PolicyOptsError(message, "a partial clone leaves some out: git fetch --refetch --no-filter")
            at = end + 1
            if facts[-1] == b"missing":
                yield None
                continue
            size = int(facts[-1])
            yield said[at : at + size] if facts[-2] == b"blob" else None
            at += size + 1


def _write_file(place: Path, content: bytes | None, size: int | None) -> None:
    """Write a file; without content as empty as it is large, and without a size as a link to nothing."""
    if content is not None:
        place.write_bytes(content)
    elif size is None:
        place.symlink_to("nothing")
    else:
        with place.open("wb") as file:
            file.truncate(size)


class _Entry(NamedTuple):
    """A file, a link or a folder in git: its mode, the name of its object, and its size in bytes."""

    path: str
    mode: str
    object: str
    size: int


def find_repository(folder: Path) -> Repository:
    """Find the repository that a folder lies in.

    Raises
    ------
    UsageError
        Where it lies in none.
    PolicyOptsError
        Where git is not installed, or refuses to look into the folder.
    """
    answer = run_git(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    if answer.code == 0:
        inside, _, prefix = os.fsdecode(answer.text).partition("\n")
        if inside == "true":
            return Repository(folder, prefix.removesuffix("\n"))
        raise UsageError("this folder is git's own, not a work tree", "run it where the dossier's files are")
    trouble = answer.trouble.decode(errors="replace").strip()
    if "not a git repository" in trouble:
        hint = "policyopts diff DIR compares with another folder; git init, git add and git commit begin a history"
        raise UsageError("the dossier is not under git, so there is no revision to compare it with", hint)
    raise PolicyOptsError(f"git cannot read the repository: {trouble.partition(chr(10))[0].removeprefix('fatal: ')}")
