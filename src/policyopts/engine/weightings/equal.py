"""Equal weights: every criterion counts the same.

Use them as a bench mark beside stated weights, or where nobody can be asked.

Do not take them for neutral: what they say depends on how the criteria are cut and on how wide their scales are. Two
criteria that measure nearly the same count double, and a scale drawn twice as wide counts each step half.

>>> equal(["security", "cost", "speed", "reach"]).weights.tolist()
[0.25, 0.25, 0.25, 0.25]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.weightings import WeightingResult

if TYPE_CHECKING:
    from collections.abc import Sequence


def equal(criteria: Sequence[str]) -> WeightingResult:
    """Give each criterion the same share.

    References
    ----------
    Dawes & Corrigan (1974), Linear models in decision making, Psychological Bulletin 81(2):95-106.
    """
    return WeightingResult(np.full(len(criteria), 1 / len(criteria)))
