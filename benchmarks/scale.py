"""How long a billion samples take: planned from chunks that are measured, and what it costs to share them.

`make bench-scale` prints the tables of docs/scale.md, with what one draw and one pass take in the same minutes.
"""

from __future__ import annotations

import platform
import statistics
from itertools import islice
from time import process_time, thread_time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import calibration
from benchmarks.stopwatch import seconds
from policyopts.analysis.cluster import cluster as connected
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.processes import Processes
from policyopts.engine.robustness.simulation import Simulation
from policyopts.engine.robustness.weights import any_weights
from policyopts.engine.workers import THREADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.engine.workers import Crew

BILLION = 10**9
CORES = (2, 8, 32, 128)
SHAPES = ((5, 8), (20, 10), (100, 10), (1_000, 10))
CHUNKS = 5
CHUNK = 0.5  # seconds
SOUNDED = 3  # blocks that tell how many make one
RUNS = 3
ITEMS = 200  # that say nothing, to see what each costs
GOALS = ((10**6, 0.015), (10**8, 1.5))  # samples of 5 × 8 in two threads, and seconds on the reference machine


def main() -> None:
    """Print tables of results."""
    from distributed import LocalCluster  # noqa: PLC0415 - the processes that this starts import this file too

    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.system()} {platform.machine()}")
    print(f"{calibration.measure()}; reference machine: {calibration.REFERENCE}\n")
    for line in (*plan(), "", *goals(), ""):
        print(line, flush=True)
    print("| who shares | to the first answer, s | an item, ms |\n|---|---:|---:|")
    print(shared("two processes", Processes(2)), flush=True)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        connected(cluster.scheduler_address) as crew,
    ):
        print(shared("two workers of Dask", crew), flush=True)


def plan() -> Iterator[str]:
    """Tell how long a billion samples take, from the median of some chunks: the time that a core is at work on one."""
    cores = " | ".join(f"{cores} cores" for cores in CORES)
    yield f"| options × criteria | a chunk, on one core | ns a sample | {cores} |"
    yield "|---|---:|---:|" + "---:|" * len(CORES)
    for options, criteria in SHAPES:
        simulation = _simulation(options, criteria)
        _core_seconds(simulation, 1)  # the first takes longer: memory is taken
        blocks = max(1, round(CHUNK * SOUNDED / _core_seconds(simulation, SOUNDED)))
        chunk = statistics.median(_core_seconds(simulation, blocks) for _ in range(CHUNKS))
        samples = blocks * simulation.block_size
        planned = " | ".join(_duration(chunk / samples * BILLION / cores) for cores in CORES)
        nanoseconds = chunk / samples * 1e9
        yield f"| {options:,} × {criteria} | {samples:,} in {chunk:.2f} s | {nanoseconds:,.0f} | {planned} |"


def goals() -> Iterator[str]:
    """Measure runs in two threads against their goals: by the clock, and what two cores would take if left alone."""
    yield "| 5 × 8, two threads | s, least of 3 | s of work for each core | goal, s |"
    yield "|---|---:|---:|---:|"
    for samples, goal in GOALS:
        start = process_time()
        least = min(_seconds_of(samples) for _ in range(RUNS))
        work = (process_time() - start) / RUNS / THREADS
        yield f"| {samples:,} samples | {least:.3f} | {work:.3f} | {goal} |"


def shared(who: str, crew: Crew) -> str:
    """Measure what it costs to share work with a crew: the least of some, as other work only adds to it."""
    first = min(seconds(lambda: [*crew.in_turn(abs, [0])]) for _ in range(RUNS))
    many = min(seconds(lambda: [*crew.in_turn(abs, range(ITEMS))]) for _ in range(RUNS))
    return f"| {who} | {first:.2f} | {(many - first) / ITEMS * 1e3:.1f} |"


def _seconds_of(samples: int) -> float:
    simulation = _simulation(5, 8)
    return seconds(lambda: [None for _ in simulation.run(samples)])


def _simulation(options: int, criteria: int) -> Simulation:
    values = np.random.default_rng(options).random((options, criteria))
    matrix = DecisionMatrix(values, np.ones(criteria), ["max"] * criteria, lower=[0] * criteria, upper=[1] * criteria)
    return Simulation(matrix, any_weights(criteria))


def _core_seconds(simulation: Simulation, blocks: int) -> float:
    """Tell how long a core is at work, whatever else it does in between."""
    start = thread_time()
    for _ in islice(simulation.run(None, threads=1), blocks):
        pass
    return thread_time() - start


def _duration(time: float) -> str:
    if time < 10:
        return f"{time:.1f} s"
    if time < 120:
        return f"{time:.0f} s"
    return f"{time / 60:.0f} min" if time < 7200 else f"{time / 3600:.1f} h"


if __name__ == "__main__":
    main()
