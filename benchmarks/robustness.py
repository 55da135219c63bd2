"""Robustness against drawing one random figure a sample.

Both sides of a row use two threads, so that other work on the machine slows them alike.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.pairs import in_turn, row
from policyopts.engine import workers
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.engine.robustness.simulation import Simulation
from policyopts.engine.robustness.streams import stream
from policyopts.engine.robustness.weights import any_weights

RUNS = 7
DRAW = 2.75  # nanoseconds for an exponential figure in two threads, on the machine that the goals are for
BLOCK = 1 << 16
DRAWS = 1 << 20


def rows() -> Iterator[str]:
    """Measure runs of samples; goals in time are turned into ratios."""
    small = decision(5, 8)
    far = small.with_values(30 + 0.4 * small.values)  # so far from the ends of the scales that none is met
    cases: tuple[tuple[str, Simulation, int, float], ...] = (
        ("5 × 8, any weights", Simulation(small, any_weights(8)), 1 << 20, 15),
        ("5 × 8, stated weights", Simulation(small), 1 << 18, 150),
        ("5 × 8, normal performances", Simulation(far, any_weights(8), _around(far, "normal")), 1 << 18, 100),
        ("5 × 8, uniform performances", Simulation(small, any_weights(8), _around(small, "uniform")), 1 << 17, 300),
        ("5 × 8, triangular", Simulation(small, any_weights(8), _around(small, "triangular")), 1 << 17, 300),
        ("5 × 8, PROMETHEE", Simulation(small, any_weights(8), method="promethee"), 1 << 20, 15),
        ("5 × 8, TOPSIS", Simulation(small, any_weights(8), method="topsis"), 1 << 19, 50),
        ("5 × 8, VIKOR", Simulation(small, any_weights(8), method="vikor"), 1 << 19, 70),
        ("20 × 10, any weights", Simulation(decision(20, 10), any_weights(10)), 1 << 18, 126),
        ("100 × 10, any weights", Simulation(decision(100, 10), any_weights(10)), 1 << 17, 775),
        ("1,000 × 10, any weights", Simulation(decision(1_000, 10), any_weights(10)), 1 << 15, 20_480),
    )
    for name, simulation, samples, goal in cases:
        pair = in_turn(partial(_run, simulation, samples), draw, RUNS)
        for_each = replace(pair, ratio=pair.ratio * DRAWS / samples)
        yield row(
            f"robustness, {name}: {samples:,} samples / {DRAWS:,} draws, ratio one to one",
            for_each,
            round(goal / DRAW, 1),
        )


def decision(options: int, criteria: int) -> DecisionMatrix:
    """Make up a decision, the same each time."""
    rng = np.random.default_rng(options)
    return DecisionMatrix(
        rng.uniform(10, 90, (options, criteria)),
        rng.uniform(1, 5, criteria),
        ["max", "min"] * (criteria // 2),
        lower=[0] * criteria,
        upper=[100] * criteria,
        preference=[20] * criteria,
    )


def _around(matrix: DecisionMatrix, distribution: str) -> UncertainPerformances:
    return UncertainPerformances(matrix, matrix.values - 5, matrix.values + 5, distribution)


def _run(simulation: Simulation, samples: int) -> None:
    for _ in simulation.run(samples):
        pass


def draw() -> None:
    """Draw random figures, the unit of all times here."""
    spaces = [np.empty(BLOCK) for _ in range(workers.THREADS)]

    def fill(number: int) -> None:
        stream(0, number).standard_exponential(out=spaces[number % len(spaces)])

    for _ in workers.in_turn(fill, range(DRAWS // BLOCK)):
        pass
