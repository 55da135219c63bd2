"""How fast the machine is: one pass over a million options by ten criteria, and a product of matrices in one thread."""

import os
import subprocess
import sys
from dataclasses import dataclass

import numpy as np

from benchmarks.pairs import ROOT
from benchmarks.stopwatch import seconds

ROUNDS = 9
SIZE = 1000


@dataclass(frozen=True)
class Speed:
    """What a machine does."""

    milliseconds: float  # for one pass
    gigaflops: float

    def __str__(self) -> str:
        return f"one pass over 1,000,000 × 10: {self.milliseconds:.1f} ms; matrix product: {self.gigaflops:.0f} Gflop/s"


REFERENCE = Speed(2.5, 53.0)
"""The machine that goals in milliseconds are set for."""


def measure() -> Speed:
    """Measure in a process with one thread for matrix products."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "benchmarks.calibration"]
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    return Speed(*map(float, said.split()))


def main() -> None:
    """Print the least times, which other work disturbs least."""
    rng = np.random.default_rng(0)
    table, square = rng.random((1_000_000, 10)), rng.random((SIZE, SIZE))
    one_pass = min(seconds(table.sum) for _ in range(ROUNDS))
    product = min(seconds(lambda: square @ square) for _ in range(ROUNDS))
    print(one_pass * 1e3, 2 * SIZE**3 / product / 1e9)


if __name__ == "__main__":
    main()
