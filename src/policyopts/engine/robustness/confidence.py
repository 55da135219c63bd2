"""Confidence factors: how likely an option is first under the very weights that speak for it.

A low one says that the performances are too uncertain to tell whether the option is the best, whatever the weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.robustness.acceptability import rank_acceptability
from policyopts.engine.robustness.simulation import Simulation
from policyopts.engine.robustness.weights import FixedWeights

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray

MOST, LEAST = 10_000, 1_000  # samples for each option
PAIRS = 1 << 24  # times samples, for one option


def confidence_factors(simulation: Simulation, central: FloatArray) -> FloatArray:
    """Give each option's chance to be first under its central weights (options, criteria); NaN where it has none."""
    options = len(central)
    samples = 1 if simulation.performances is None else max(LEAST, min(MOST, PAIRS // options**2))
    factors = np.full(options, np.nan)
    for option in np.flatnonzero(~np.isnan(central[:, 0])).tolist():
        under = Simulation(
            simulation.matrix,
            FixedWeights(central[option]),
            simulation.performances,
            curves=simulation.curves,
            method=simulation.method,
            seed=simulation.seed,
            **simulation.settings,
        )
        *_, counts = under.run(samples, threads=1)
        factors[option] = rank_acceptability(counts, under.scoring.twins)[option, 0]
    return factors
