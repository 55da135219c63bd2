"""A library at work in a process of its own, timed from within: our side of the stopwatch."""

from __future__ import annotations

import os
import select
import subprocess
from typing import TYPE_CHECKING, Self

from peers.environments import OURSELVES, ROOT, Peer

if TYPE_CHECKING:
    from types import TracebackType

LIMIT = 60.0  # seconds that an answer may take


class NoAnswerError(Exception):
    """A library did not answer: too slow, out of memory, or an error of its own."""


class Timed:
    """One question put to one library, again and again."""

    memory: float  # MiB that the first answer took at its peak

    def __init__(self, peer: Peer, question: str, options: int) -> None:
        self._process = subprocess.Popen(
            [str(peer.python), "-W", "ignore", "-m", "benchmarks.stopwatch", peer.adapter, question, str(options)],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        """Wait for the first answer."""
        try:
            self.memory = self._said()
        except NoAnswerError:
            self._process.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def seconds(self) -> float:
        """Have it answer once more."""
        assert self._process.stdin is not None  # noqa: S101 - it was asked for
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        return self._said()

    def _said(self) -> float:
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        if not select.select([self._process.stdout], [], [], LIMIT)[0]:
            raise NoAnswerError(f"over {LIMIT:.0f} s")
        line = self._process.stdout.readline()
        if not line:
            raise NoAnswerError("out of memory" if b"MemoryError" in self._process.communicate()[1] else "an error")
        return float(line)


def least_of(question: str, options: int, runs: int) -> tuple[float, float]:
    """Measure ourselves: the least of some times in seconds, as other work only adds to it, and the memory in MiB."""
    with Timed(OURSELVES, question, options) as ours:
        return min(ours.seconds() for _ in range(runs)), ours.memory
