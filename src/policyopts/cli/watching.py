"""`policyopts rank --watch`: rank again whenever a file of the dossier is saved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from policyopts.cli.output import draw, show_findings
from policyopts.findings import DossierError, PolicyOptsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from policyopts.analysis.ranked import RankedDossier

# Editors save in several steps within a few milliseconds; this gathers them without making anybody wait.
GATHER_MS = 20
LOOK_EVERY_MS = 5


def watch_ranking(folder: Path, ranked: Callable[[], RankedDossier], top: int | None) -> None:
    """Show the ranking, and again after every saved edit what moved since the last one; until Ctrl-C."""
    from policyopts.report.ranking_table import to_terminal

    before: dict[str, tuple[int, float]] | None = None
    for changed in _edits(folder):
        if changed:
            sys.stdout.write(f"\n{', '.join(changed)}\n\n")
        try:
            result = ranked()
        except DossierError as error:
            show_findings(error.folder, error.findings)
        except PolicyOptsError as error:
            sys.stderr.write(f"policyopts: {error.message}\n")
        else:
            since = before
            draw(lambda width, result=result, since=since: to_terminal(result, width, top, since))  # type: ignore[misc]
            show_findings(folder, result.findings)
            before = {option.id: (option.rank, option.score) for option in result.options}
        sys.stdout.flush()


def _edits(folder: Path) -> Iterator[list[str]]:
    """Give the paths changed by each saved edit; first, at once, an empty list."""
    from watchfiles import watch

    yield []
    root = folder.resolve()
    for changes in watch(root, debounce=GATHER_MS, step=LOOK_EVERY_MS, raise_interrupt=True, watch_filter=_is_record):
        yield sorted({path.removeprefix(f"{root}/") for _, path in changes})


def _is_record(_change: object, path: str) -> bool:
    name = path.replace("\\", "/").rpartition("/")[2]
    return name.endswith((".yaml", ".yml")) or name == "options.csv"
