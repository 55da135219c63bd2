"""Ctrl-C while something long is at work: the first one asks for what there is, the second ends the program."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Give what tells whether somebody has pressed Ctrl-C since; a program that is to ignore it goes on doing so."""
    asked = Event()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield asked.is_set
        return

    def take_note(_signal: int, _frame: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, take_note)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
