"""How a file of a dossier came to be what it is: what it said before each of its latest changes, out of git."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from policyopts.records.files import most_bytes
from policyopts.records.git import ask
from policyopts.records.revisions import Repository, Revision

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHANGES = 50  # looked at, the latest of them


class Past(NamedTuple):
    """What a file said at a revision."""

    revision: Revision
    text: str


def past_texts(repository: Repository, path: str) -> list[Past]:
    """Give what a file said last, and what before each of its changes, the latest first.

    Other branches count by what came of merging them. Where git has fewer revisions, as in a shallow clone, there are
    fewer texts.

    Raises
    ------
    PolicyOptsError
        Where git has not all files at hand.
    """
    revisions = list(_before_changes(repository, path))
    objects = _objects(repository, revisions, path)
    texts = dict(zip(objects.values(), repository.contents(objects.values()), strict=True))
    return [
        Past(revision, text.decode(errors="replace"))
        for revision in revisions
        if revision in objects and (text := texts[objects[revision]]) is not None
    ]


def date_of(repository: Repository, revision: Revision) -> tuple[str, str]:
    """Give a revision's short name, and the day on which it was committed."""
    said = ask(repository.folder, "rev-list", "--no-walk", "--format=%h %cs", revision.commit) or b""
    name, _, day = said.decode().splitlines()[-1].partition(" ")
    return name, day


def _before_changes(repository: Repository, path: str) -> Iterator[Revision]:
    """Give the present revision, and the one before each commit that changed a file."""
    most = f"--max-count={MOST_CHANGES}"
    said = ask(repository.folder, "rev-list", "--first-parent", most, "--format=%P", "HEAD", "--", path)
    if said:
        yield Revision("HEAD", "HEAD")
        for parents in said.decode().splitlines()[1::2]:  # a line that names the commit stands before each
            for parent in parents.split()[:1]:
                yield Revision(parent, parent)


def _objects(repository: Repository, revisions: list[Revision], path: str) -> dict[Revision, str]:
    """Find the names of the objects that hold a file, where it was one, and no larger than any that is read."""
    given = "".join(f"{revision.commit}:{repository.prefix}{path}\n" for revision in revisions)
    said = ask(repository.folder, "cat-file", "--batch-check", given=os.fsencode(given)) or b""
    found = {}
    for revision, line in zip(revisions, said.splitlines(), strict=False):
        name, _, facts = line.decode(errors="replace").partition(" ")
        kind, _, size = facts.partition(" ")
        if kind == "blob" and int(size) <= most_bytes(path):
            found[revision] = name
    return found
