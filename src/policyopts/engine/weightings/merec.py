"""MEREC: a criterion weighs the more, the more the options' overall figures change when it is left out.

An option's overall figure grows with the logarithms of its distances, as ratios, from the worst option on each
criterion; each criterion is left out in turn.

Use it as a bench mark beside stated weights, where all performances are amounts above zero and their ratios mean
something.

Do not take it for preferences: these weights know how far the options differ, and nothing of what matters. Adding an
option changes them. Zero and negative performances are refused. A criterion on which all options are alike gets 0, but
its being listed shifts the other weights a little, as sums are divided by the number of criteria.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> values = [[450, 8000, 54, 145], [10, 9100, 2, 160], [100, 8200, 31, 153], [220, 9300, 1, 162], [5, 8400, 23, 158]]
>>> matrix = DecisionMatrix(values, weights=[1, 1, 1, 1], directions=["max", "max", "min", "min"])
>>> merec(matrix).weights.round(4).tolist()
[0.5752, 0.0141, 0.4016, 0.0091]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.arrays import in_blocks, total
from policyopts.engine.information import in_proportion, varying
from policyopts.engine.weightings import WeightingResult

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def merec(matrix: DecisionMatrix) -> WeightingResult:
    """Weigh each criterion by the effect of its removal; all alike where no criterion varies.

    Returns
    -------
    result
        Details: `removal_effect` (…, criteria).

    Raises
    ------
    EngineError
        For a performance of zero or below.

    Notes
    -----
    n_ij is min / x of a benefit and x / max of a cost; S_i = ln(1 + Σ_j |ln n_ij| / m) over the m criteria; S'_ij
    leaves one criterion out of that sum; E_j = Σ_i |S'_ij - S_i|; weights E / ΣE.

    References
    ----------
    Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis & Antucheviciene (2021), Determination of objective weights using a
    new method based on the removal effects of criteria (MEREC), Symmetry 13(4):525.
    """
    instead = "'critic' and 'standard-deviation' can"
    matrix.refuse(matrix.values <= 0, f"is not above zero, and 'merec' takes its logarithm; {instead}")
    informed = varying(matrix)
    effects = total(_effects(block / matrix.worst) for block in in_blocks(matrix.values))
    effect = np.where(informed, effects[..., 0, :], 0.0)
    return WeightingResult(in_proportion(effect, informed), {"removal_effect": effect})


def _effects(ratios: FloatArray) -> FloatArray:
    """Work out |S'_ij - S_i| = -ln(1 - a_ij / (1 + Σ a_i)), where a_ij is |ln n_ij| / m."""
    part = np.abs(np.log(ratios)) / ratios.shape[-1]
    effects: FloatArray = -np.log1p(-part / (1.0 + part.sum(axis=-1, keepdims=True)))
    return effects
