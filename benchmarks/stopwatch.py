"""Run in a library's own interpreter: `python -m benchmarks.stopwatch ADAPTER QUESTION OPTIONS`.

It answers the question once, and says how far memory rose above what it was with the problem read: the peak of the
process, so what the answer leaves behind counts too. For each line that it is then given it answers again, more often
where it is quick, and says how many seconds that took.
"""

import contextlib
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from peers.problems import large

AT_LEAST = 0.05  # seconds that a measurement lasts
MEMORY = 8 << 30  # bytes that a library may take


def main(adapter: str, question: str, options: str) -> None:
    """Answer, and keep answering."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with contextlib.redirect_stdout(sys.stderr):
        answer = import_module(f"peers.adapters.{adapter}").ANSWERS[question]
    problem = large(int(options))

    def call() -> None:
        with contextlib.redirect_stdout(sys.stderr):
            answer(problem)

    before = _resident("VmRSS", forget=True)
    first = seconds(call)
    print(_resident("VmHWM") - before, flush=True)
    times = 1 if first > 1 else max(1, int(AT_LEAST / seconds(call)))  # of what is quick, the first is no measure
    for _ in sys.stdin:
        print(sum(seconds(call) for _ in range(times)) / times, flush=True)


def seconds(call: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _resident(key: str, *, forget: bool = False) -> float:
    """Read the memory in use, or its peak, in MiB; the peak before can be forgotten."""
    if forget:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(key))


if __name__ == "__main__":
    main(*sys.argv[1:])
