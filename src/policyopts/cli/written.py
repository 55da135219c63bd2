"""What commands that write files say: the files to stdout, what to do next to stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policyopts.cli.output import emit

if TYPE_CHECKING:
    from collections.abc import Iterable


def tell_written(paths: Iterable[Path]) -> None:
    """Name each file written."""
    from policyopts.report.safe_text import one_line

    for path in paths:
        emit(f"wrote {one_line(str(path))}\n")


def hint(text: str) -> None:
    """Say something beside the result."""
    from policyopts.report.safe_text import one_line

    sys.stderr.write(f"{one_line(text)}\n")


def command(words: str, folder: Path) -> str:
    """Write a command for a dossier's folder as a shell takes it from here."""
    import shlex

    return f"policyopts {words}" + ("" if folder == Path() else f" -C {shlex.quote(str(folder))}")
