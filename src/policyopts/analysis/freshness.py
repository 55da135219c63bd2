"""Whether a briefing still says what the dossier holds, and which files have changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policyopts.findings import PolicyOptsError
from policyopts.records.revisions import find_repository

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyopts.model.dossier import Dossier

MOST_REVISIONS = 50  # that are searched for the state that a briefing was made from


class Stamp(NamedTuple):
    """What a briefing says of itself: the fingerprint of its record, or the beginning of it, and how it was made.

    `words` are those of the command that makes it again, and `files` the beginnings of the files' own fingerprints;
    empty where the briefing has left them out. `line` is where the fingerprint stands in it.
    """

    digest: str
    version: str
    words: tuple[str, ...]
    files: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """What became of the record since a briefing was made from it.

    Without a list of files in the briefing nothing can be told of single ones. `revision` is the commit at which the
    record was as it was then, if there is one among the last.
    """

    is_fresh: bool
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    revision: str | None = None


def freshness(dossier: Dossier, stamp: Stamp) -> Freshness:
    """Compare a dossier with the one that a briefing was made from."""
    if dossier.digest.startswith(stamp.digest):
        return Freshness(is_fresh=True)
    now, then = dossier.file_digests, stamp.files
    return Freshness(
        is_fresh=False,
        changed=tuple(path for path in now if path in then and now[path] != then[path]),
        added=tuple(path for path in now if path not in then) if then else (),
        removed=tuple(path for path in then if path not in now),
        revision=_revision(dossier, stamp),
    )


def _revision(dossier: Dossier, stamp: Stamp) -> str | None:
    """Find the commit at which the record had the briefing's fingerprint; None where git cannot tell."""
    try:
        repository = find_repository(dossier.folder)
        for revision in repository.history(MOST_REVISIONS):
            read = repository.read(revision).dossier
            if read is not None and read.digest.startswith(stamp.digest):
                return revision.name
    except PolicyOptsError:  # no repository, no git, or a history with no dossier in this place
        pass
    return None
