"""How far a long reading or reckoning has come: a bar on stderr, for those who watch a terminal and wait."""

from __future__ import annotations

import sys
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress

FORESIGHT = 5  # seconds after which there is something to judge by
LONG = 60  # seconds that somebody wants to know of beforehand
PATIENCE = 0.5  # seconds before there is anything to see


def show_progress(doing: str = "Reading") -> Callable[[str, int, int], None]:
    """Make what is told of progress: it shows nothing of what is soon done, and only shows on a terminal."""
    return _Bar(doing) if sys.stderr.isatty() else _nothing


def forewarned(tell: Callable[[str, int, int], None], advice: str) -> Callable[[str, int, int], None]:
    """Also say once in a line on stderr, terminal or not, where it will take more than a minute."""
    since, said = monotonic(), False

    def tell_both(what: str, done: int, whole: int) -> None:
        nonlocal said
        passed = monotonic() - since
        left = passed * (whole - done) / done
        if not said and passed > FORESIGHT and left > LONG:
            said = True
            print(f"policyopts: about {_duration(left)} for {whole:,} {what}; {advice}", file=sys.stderr)
        tell(what, done, whole)

    return tell_both


def _duration(seconds: float) -> str:
    """Write how much longer, in the largest unit of which there are two."""
    units = ((86_400, "days"), (3600, "hours"), (60, "minutes"))
    size, name = next((unit for unit in units if seconds >= 2 * unit[0]), units[-1])
    return f"{max(2, ceil(seconds / size))} more {name}"


def _nothing(what: str, done: int, whole: int) -> None:
    """Show nothing."""


class _Bar:
    """A bar that comes when it has taken a while, and goes when all is done."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._since = monotonic()
        self._shown: Progress | None = None

    def __call__(self, what: str, done: int, whole: int) -> None:
        if self._shown is None and done < whole and monotonic() - self._since > PATIENCE:
            self._shown = _begin(f"{self._doing} {what}")
        if self._shown is None:
            return
        self._shown.update(self._shown.task_ids[0], completed=done, total=whole)
        if done >= whole:
            self._shown.stop()
            self._shown = None


def _begin(description: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(description)
    bar.start()
    return bar
