"""Where results and findings go: results to stdout, everything else to stderr."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TextIO

from policyopts.cli.boundary import READER_GONE
from policyopts.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import ModuleType

    from rich.console import RenderableType

    from policyopts.cli.parameters import Format

P = ParamSpec("P")


def emit(text: str) -> None:
    """Write a result to stdout."""
    write(sys.stdout, text)


def write(stream: TextIO, text: str) -> None:
    """Write to a stream; where the reader of a pipe went away, there is nothing more to do."""
    try:
        stream.write(text)
    except BrokenPipeError:
        sys.exit(READER_GONE)


def draw(render: Callable[Concatenate[int, P], RenderableType], *facts: P.args, **how: P.kwargs) -> None:
    """Draw a result on stdout, as wide as the terminal is; `render` is told the width before the facts."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        console.print(render(console.width, *facts, **how))
    emit(drawn.get())


def show_result(report: ModuleType, format_: Format, *facts: object) -> None:
    """Write a result in the format asked for, by a module of `report`; a table by the one beside it, `…_table`."""
    if format_ == "table":
        draw(import_module(f"{report.__name__}_table").to_terminal, *facts)
    else:
        emit(getattr(report, f"to_{format_}")(*facts))


def show_findings(folder: Path, findings: Iterable[Finding], stream: TextIO | None = None) -> None:
    """Write findings one line each, to stderr unless told otherwise; on a terminal with excerpts of the files."""
    from policyopts.report import findings as report

    stream = stream or sys.stderr
    before = shown_folder(folder)
    on_terminal = stream.isatty()
    colour = on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    texts: dict[str, list[str]] = {}

    def source_line(path: str, number: int) -> str:
        if path not in texts:
            texts[path] = _lines(folder, path)
        return texts[path][number - 1] if number <= len(texts[path]) else ""

    for finding in findings:
        if on_terminal:
            lines: Iterable[str] = report.terminal_lines(finding, before, source_line, colour=colour)
        else:
            lines = [report.line(finding, before)]
        write(stream, "".join(f"{line}\n" for line in lines))


def shown_folder(folder: Path) -> str:
    """Give what stands before a dossier's paths so that they can be opened from here: nothing, or `DIR/`."""
    shown = os.path.relpath(folder) if not folder.is_absolute() else str(folder)
    return "" if shown == "." else f"{shown}{os.sep}"


def _lines(folder: Path, path: str) -> list[str]:
    from policyopts.records.files import read_text, split_lines

    _, text = read_text(folder, path)
    return [] if isinstance(text, Finding) else split_lines(text.removeprefix("\ufeff"))
