"""Timing in pairs: A and B in turn, the ratio taken pair by pair, so that a noisy machine slows both."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = ("| what | ours, ms | against, ms | ratio | goal, at most |", "|---|---:|---:|---:|---:|")


@dataclass(frozen=True)
class Pair:
    """Medians of two things timed in turn, in seconds, and of their ratio."""

    ours: float
    theirs: float
    ratio: float


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> Pair:
    """Time two calls in turn, after one uncounted call of each."""
    ours()
    theirs()
    times = [(_seconds(ours), _seconds(theirs)) for _ in range(runs)]
    return Pair(
        statistics.median(first for first, _ in times),
        statistics.median(second for _, second in times),
        statistics.median(first / second for first, second in times),
    )


def process(arguments: Sequence[str], **environment: str) -> Callable[[], object]:
    """Give a call that runs a whole process in the project's folder, its output thrown away."""

    def run() -> object:
        return subprocess.run(arguments, cwd=ROOT, env=environment or None, check=True, stdout=subprocess.DEVNULL)

    return run


def program() -> str:
    """Find the installed `policyopts` beside the interpreter that runs this."""
    return str(Path(sys.executable).with_name("policyopts"))


def row(name: str, pair: Pair, goal: float) -> str:
    """Write one line of results."""
    return f"| {name} | {pair.ours * 1e3:.0f} | {pair.theirs * 1e3:.0f} | {pair.ratio:.2f} | {goal} |"


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
