"""Regret: how much better the best option of a sample scores than the one chosen.

Its mean, the expected opportunity loss, is least for the option with the highest mean score: that of the others is
higher by as much as their mean score is lower.

References
----------
Raiffa & Schlaifer (1961), Applied Statistical Decision Theory, for the opportunity loss.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray

PERCENTILE = 0.95
SURE_DIGITS = 12  # of the largest score: the last ones depend on the machine


def regrets(scores: FloatArray) -> FloatArray:
    """Give each option's mean regret and its 95th percentile (options, 2) over samples of scores (options, samples).

    Examples
    --------
    >>> regrets(np.array([[0.5, 0.75], [0.25, 0.875]])).round(2).tolist()
    [[0.06, 0.12], [0.12, 0.24]]
    """
    lost = scores.max(axis=0) - scores
    found = np.stack([lost.mean(axis=1), np.quantile(lost, PERCENTILE, axis=1)], axis=1)
    largest = float(np.abs(scores).max())
    places = SURE_DIGITS - int(np.ceil(np.log10(largest))) if largest else 0
    scale = 10.0 ** np.clip(places, -300, 300)
    rounded: FloatArray = np.rint(found * scale) / scale
    return rounded
