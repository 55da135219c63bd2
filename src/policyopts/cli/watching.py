"""Doing something again whenever a file of the dossier is saved, and `policyopts rank --watch`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from policyopts.cli.boundary import say
from policyopts.cli.output import draw, show_findings
from policyopts.findings import DossierError, PolicyOptsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from policyopts.analysis.ranked import RankedDossier
    from policyopts.model.dossier import Dossier
    from policyopts.records.loader import DossierReader

# Editors save in several steps within a few milliseconds; this gathers them without making anybody wait.
GATHER_MS = 20
LOOK_EVERY_MS = 5
# Some network folders report no edits: the files' own times are looked at this often besides.
LOOK_ANYWAY_MS = 1000


def watch_ranking(
    folder: Path, reader: DossierReader, rank: Callable[[Dossier], RankedDossier], top: int | None
) -> None:
    """Show the ranking, and again after every saved edit what moved since the last one; until Ctrl-C."""
    from policyopts.report.ranking_table import to_terminal

    before: dict[str, tuple[int, float]] | None = None
    for first in moments(folder):
        reading = reader.read()
        if not first:
            if not reading.changed:
                continue
            sys.stdout.write(f"\n{', '.join(reading.changed)}\n\n")
        try:
            result = rank(reading.require())
        except DossierError as error:
            show_findings(folder, error.findings)
        except PolicyOptsError as error:
            say(error.message, error.hint)
        else:
            draw(to_terminal, result, top, before)
            show_findings(folder, result.findings)
            figures = zip(result.ranking.ranks.tolist(), result.ranking.scores.tolist(), strict=True)
            before = dict(zip(result.ranking.options, figures, strict=True))
        sys.stdout.flush()


def moments(folder: Path) -> Iterator[bool]:
    """Come back whenever there may be something new; True the first time, which is at once."""
    from watchfiles import watch

    yield True
    folders = [folder, *(path for path in [folder / "options"] if path.is_dir())]
    for _ in watch(
        *folders,
        recursive=False,
        debounce=GATHER_MS,
        step=LOOK_EVERY_MS,
        rust_timeout=LOOK_ANYWAY_MS,
        yield_on_timeout=True,
    ):
        yield False
