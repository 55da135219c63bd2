"""Processes that share work, each an interpreter of its own.

A process is sent what to do through a pipe, item by item, and answers through another. One that ends in the midst of
an item, because somebody or the system killed it, is replaced, and the item is worked on again. When this program ends,
however it does, the pipes close and the processes end too.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from policyopts.engine.workers import in_turn
from policyopts.findings import WorkersError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    Item = TypeVar("Item")
    Result = TypeVar("Result")

ATTEMPTS = 3  # at an item, each ended by the end of the process
START = """
import pickle, sys
requests, replies = sys.stdin.buffer, sys.stdout.buffer
sys.stdout = sys.stderr
sys.path[:] = pickle.load(requests)
from policyopts.engine.processes import serve
serve(requests, replies)
"""


class Processes:
    """So many processes, started when there is work, and ended with it.

    Examples
    --------
    >>> list(Processes(2).in_turn(len, ["a", "bcd"]))
    [1, 3]
    """

    def __init__(self, size: int) -> None:
        self.size = size

    def in_turn(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result, None, None]:
        """Work on the items, and give the results in the items' order: processes change no figure.

        Raises
        ------
        WorkersError
            Where processes cannot be started, or end again and again at the same item.
        """
        crew = _Started(pickle.dumps(work))
        results = in_turn(crew.work, items, self.size)
        try:
            for result in results:  # noqa: UP028 - closed from outside, `yield from` would wait for those at work
                yield result
        finally:
            crew.end()
            results.close()


class _Started:
    """The processes at work, and those that are free."""

    def __init__(self, work: bytes) -> None:
        self._work = work
        self._lock = Lock()
        self._all: list[_Process] = []
        self._free: list[_Process] = []
        self._over = False

    def work(self, item: object) -> Any:
        """Have a process work on an item, and another if it ends."""
        request = pickle.dumps(item)
        for _ in range(ATTEMPTS):
            process = self._take()
            try:
                done, result = process.answer(request)
            except (OSError, EOFError, ValueError, pickle.UnpicklingError):
                process.end()
                continue
            self._free.append(process)
            if not done:
                raise result
            return result
        raise WorkersError(
            f"a process that shared the work ended {ATTEMPTS} times at the same place",
            "the system may have ended it for want of memory: take fewer --workers",
        )

    def end(self) -> None:
        """End all, also those in the midst of an item; no more are started."""
        with self._lock:
            self._over = True
            for process in self._all:
                process.end()

    def _take(self) -> _Process:
        with self._lock:
            if self._over:
                raise WorkersError("the work was given up")
            if self._free:
                return self._free.pop()
            try:
                process = _Process(self._work)
            except OSError as error:
                raise WorkersError(f"no process could be started to share the work: {error}") from error
            self._all.append(process)
            return process


class _Process:
    """An interpreter that works on one item at a time."""

    def __init__(self, work: bytes) -> None:
        # It finds no modules in the folder where the program runs, and a terminal's Ctrl-C does not reach it.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-P", "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=None if sys.platform == "win32" else 0,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._first = pickle.dumps(sys.path) + work  # sent with the first item: a pipe may have room for less

    def answer(self, request: bytes) -> tuple[bool, Any]:
        """Send an item, and wait for the result, or the exception; the flag tells which it is."""
        requests, replies = self._process.stdin, self._process.stdout
        requests.write(self._first + request)  # type: ignore[union-attr]
        requests.flush()  # type: ignore[union-attr]
        self._first = b""
        answer: tuple[bool, Any] = pickle.load(replies)  # type: ignore[arg-type]  # noqa: S301 - from our own process
        return answer

    def end(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what could no longer be sent
                pipe.close()  # type: ignore[union-attr]


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Work on items as they come, until there are no more: what a process of the crew does."""
    work: Callable[[object], object] = pickle.load(requests)  # noqa: S301 - from the process that started this one
    while True:
        try:
            item = pickle.load(requests)  # noqa: S301 - as above
        except EOFError:
            return
        try:
            answer: tuple[bool, object] = True, work(item)
        except Exception as error:  # it is raised where the result is waited for
            answer = False, error
        pickle.dump(answer, replies)
        replies.flush()
