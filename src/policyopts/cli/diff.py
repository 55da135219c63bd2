"""`policyopts diff`: what changed in the inputs, what moved in the ranking, and which edit did it."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, Optional

import typer

from policyopts.cli.output import draw, emit, show_findings, shown_folder, write
from policyopts.cli.parameters import Example, Folder  # noqa: TC001 - Typer reads the annotations
from policyopts.cli.source import dossier_reader, find_folder
from policyopts.findings import DossierError, PolicyOptsError, UsageError
from policyopts.names import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyopts.analysis.diff import DossierDiff
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.findings import Finding
    from policyopts.records.loader import Reading
    from policyopts.records.revisions import Repository, Revision
    from policyopts.report.diff import Side, Sides

CHANGED = 3


class DiffFormat(StrEnum):
    """How a comparison is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    GITHUB = "github"


Against = Annotated[
    Optional[str],  # noqa: UP045 - see parameters
    typer.Argument(
        metavar="[REV|REV..REV|DIR]",
        help="A git revision, two of them, or another dossier's folder; else HEAD.",
        show_default=False,
    ),
]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 3 if any rank changed.")]
Written = Annotated[DiffFormat, typer.Option("--format", help="How to write the result.")]


class _State(NamedTuple):
    """One of the two states: what it is called, what came of reading it, and what stands before its paths."""

    side: Side
    reading: Reading
    before_paths: str
    on_disk: bool


def diff(
    context: typer.Context,
    against: Against = None,
    folder: Folder = None,
    example: Example = False,
    exit_code: ExitCode = False,
    format_: Written = DiffFormat.TABLE,
) -> None:
    """Show which inputs changed since a git revision, what moved in the ranking, and which edit did it.

    Without a revision, the files as they are now are held against HEAD; REV..REV compares two revisions, REV...REV
    the second with where it parted from the first, DIR another dossier with this one. Each edit is tried alone, and
    left out alone. Nothing in the work tree is touched.

    Example: policyopts diff HEAD~1 --format markdown
    """
    from policyopts.analysis.diff import compare
    from policyopts.report.diff import Sides

    root = find_folder(context, folder, example)
    states = _states(root, against)
    broken = [state for state in states if state.reading.dossier is None]
    for state in broken:
        _tell(state, state.reading.findings)
    if broken:
        raise typer.Exit(1)
    before, after = (_ranked(state) for state in states)
    if before is None or after is None:
        raise typer.Exit(1)
    found = compare(before, after)
    _show(found, Sides(states[0].side, states[1].side), format_, states[1].before_paths)
    if exit_code and found.ranks_changed:
        raise typer.Exit(CHANGED)


def _states(root: Path, against: str | None) -> tuple[_State, _State]:
    """Read what is compared with what."""
    from policyopts.records.revisions import find_repository

    if against is not None and os.path.isfile(os.path.join(against, "criteria.yaml")):  # noqa: PTH113, PTH118 - a name that cannot be one is no folder either
        return _on_disk(Path(against), against), _on_disk(root, shown_folder(root).rstrip(os.sep) or "this folder")
    if against is not None and os.path.isdir(against) and os.sep in against:  # noqa: PTH112 - as above
        raise UsageError(f"the folder {quoted(against)} holds no dossier", "expected one with a criteria.yaml")
    repository = find_repository(root)
    old, dots, new = _parted(against or "HEAD")
    before = repository.revision(old)
    if not dots:
        return _at(repository, before), _on_disk(root, "work tree")
    after = repository.revision(new)
    if dots == "...":
        before = repository.common(before, after)
    return _at(repository, before), _at(repository, after)


def _parted(range_: str) -> tuple[str, str, str]:
    """Part a range into its two revisions and the dots between them; a missing one is HEAD, as in git."""
    for dots in ("...", ".."):
        old, found, new = range_.partition(dots)
        if found:
            return old or "HEAD", dots, new or "HEAD"
    return range_, "", ""


def _on_disk(folder: Path, name: str) -> _State:
    from policyopts.report.diff import Side

    return _State(Side(name), dossier_reader(folder).read(), shown_folder(folder).replace(os.sep, "/"), on_disk=True)


def _at(repository: Repository, revision: Revision) -> _State:
    from policyopts.cli.progress import show_progress
    from policyopts.report.diff import Side

    name = revision.commit[:7] if "..." in revision.name else revision.name
    before_paths = f"{name}:{repository.prefix}"
    return _State(Side(*revision), repository.read(revision, show_progress()), before_paths, on_disk=False)


def _ranked(state: _State) -> RankedDossier | None:
    """Rank a state; where that cannot be done, tell of which state it is said."""
    from policyopts.analysis.ranked import rank_dossier
    from policyopts.cli.boundary import say

    try:
        return rank_dossier(state.reading.require())
    except DossierError as error:
        _tell(state, error.findings)
    except PolicyOptsError as error:
        say(f"{state.side}: {error.message}", error.hint)
    return None


def _tell(state: _State, findings: Iterable[Finding]) -> None:
    """Write findings to stderr; those of a revision as `REV:path:line`, as `git show` takes it."""
    from policyopts.report.findings import line

    if state.on_disk:
        show_findings(state.reading.folder, findings)
    else:
        write(sys.stderr, "".join(f"{line(finding, state.before_paths)}\n" for finding in findings))


def _show(found: DossierDiff, sides: Sides, format_: DiffFormat, folder: str) -> None:
    from policyopts.report import diff as report

    match format_:
        case DiffFormat.TABLE:
            from policyopts.report.diff_table import to_terminal

            draw(to_terminal, found, sides)
        case DiffFormat.JSON:
            emit(report.to_json(found, sides))
        case DiffFormat.CSV:
            emit(report.to_csv(found))
        case DiffFormat.MARKDOWN:
            emit(report.to_markdown(found, sides))
        case DiffFormat.GITHUB:
            emit(report.to_github(found, sides, folder))
