"""What a sample takes by every method, and what 100,000 of them take of very many options: time, and memory.

`python -m benchmarks.sampling` prints two tables. Times are those of two threads of an idle machine: each run is held
against random draws in the same moment, which take 2.75 ns there. Very many options have a process to themselves, for
its memory, and fewer samples stand for all.
"""

import resource
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.robustness import DRAW, DRAWS, draw
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.robustness.assessment import assess
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.engine.robustness.simulation import SAMPLES, Simulation

FEW, ROUNDS = 1 << 14, 5
MANY, CRITERIA, FIGURES = (1_000, 3_000, 10_000), 10, 1 << 25
DRAWN = ("exact", "normal", "uniform", "triangular")


def main() -> None:
    """Print both tables, or what one process measures."""
    if sys.argv[1:]:
        print(*_many(int(sys.argv[1]), sys.argv[2]))
        return
    print("| method, 5 × 8 | µs a sample, weights alone | performances too |\n|---|---:|---:|")
    for method in METHODS:
        times = (_seconds(_simulation(5, 8, drawn, method), FEW) / FEW * 1e6 for drawn in ("exact", "triangular"))
        print(f"| {method} | {' | '.join(f'{time:.2f}' for time in times)} |", flush=True)
    print("\n| options × 10 | performances | 100,000 samples, s | MiB |\n|---|---|---:|---:|")
    for options in MANY:
        for drawn in DRAWN:
            command = [sys.executable, "-m", "benchmarks.sampling", str(options), drawn]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            print(f"| {options:,} | {drawn} | {float(said[0]):.1f} | {float(said[1]):.0f} |", flush=True)


def _many(options: int, drawn: str) -> tuple[float, float]:
    """Give the seconds that a whole run would take, and the MiB beyond the problem itself."""
    simulation = _simulation(options, CRITERIA, drawn, "weighted-sum")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    samples = FIGURES // options // CRITERIA * (8 if drawn == "exact" else 1)
    seconds = _seconds(simulation, samples) / samples * SAMPLES
    (counts,) = deque(simulation.run(samples), maxlen=1)
    assess(simulation, counts)
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def _seconds(simulation: Simulation, samples: int) -> float:
    """Give the seconds that samples would take with nothing else on the machine."""

    def run() -> None:
        deque(simulation.run(samples), maxlen=0)

    run()  # the first one finds its arrays
    return median(_took(run) / (_took(draw) / DRAWS * 1e9) * DRAW for _ in range(ROUNDS))


def _took(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _simulation(options: int, criteria: int, drawn: str, method: str) -> Simulation:
    rng = np.random.default_rng(options)
    matrix = DecisionMatrix(
        rng.uniform(30, 70, (options, criteria)),
        rng.uniform(1, 5, criteria),
        ["max", "min"] * (criteria // 2),
        lower=[0] * criteria,
        upper=[100] * criteria,
        preference=[20] * criteria,
    )
    spread = UncertainPerformances(matrix, matrix.values - 5, matrix.values + 5, drawn)
    return Simulation(matrix, None, spread, method=method)


if __name__ == "__main__":
    main()
