"""Sensitivity against one pass over 10⁶ × 10 figures."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.pairs import in_turn, row
from benchmarks.robustness import decision
from policyopts.engine.sensitivity.assessment import sensitivity
from policyopts.engine.sensitivity.weight_stability import weight_stability

RUNS = 7
PASS = 2.5  # milliseconds for a pass, on the machine that the goals are for
LARGE = 100_000


def rows() -> Iterator[str]:
    """Measure weight stability, and all of sensitivity with the ten nearest challengers."""
    table = np.random.default_rng(0).random((10, 1_000_000))
    through = partial(table.max, axis=1)
    for options, goal in ((1_000, 2), (LARGE, 100)):
        pair = in_turn(partial(weight_stability, decision(options, 10)), through, RUNS)
        yield row(f"weight stability, {options:,} × 10 / a pass over 10⁶ × 10", pair, goal / PASS)
    large = decision(LARGE, 10)
    ranges = large.values - 5, large.values + 5
    pair = in_turn(partial(sensitivity, large, ranges=ranges), through, RUNS)
    yield row(f"sensitivity whole, {LARGE:,} × 10 / a pass over 10⁶ × 10", pair, 2000 / PASS)
