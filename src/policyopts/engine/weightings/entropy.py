"""Entropy: a criterion weighs the more, the more unevenly the options share its sum.

Each performance becomes a share of its criterion's sum. Where all options have the same share the criterion tells
nothing apart: its entropy is 1 and its weight 0.

Use it as a bench mark beside stated weights, and to see which criteria the data can tell the options apart by.

Do not take it for preferences: these weights know how far the options differ, and nothing of what matters. Adding an
option changes them. Under ``sum`` they depend on where a criterion's zero lies (degrees Celsius or kelvin), ignore its
direction and refuse negative performances; ``min-max`` reads the way from the worst to the best performance, and takes
any.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> matrix = DecisionMatrix([[1, 5, 2], [2, 5, 3], [6, 5, 4]], weights=[1, 1, 1], directions=["max", "max", "min"])
>>> entropy(matrix).weights.round(3).tolist()
[0.869, 0.0, 0.131]
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from policyopts.engine.arrays import in_blocks, total
from policyopts.engine.information import in_proportion, varying
from policyopts.engine.normalisation import by_range, refuse_unfit
from policyopts.engine.weightings import WeightingResult

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix

    Shares = Literal["sum", "min-max"]


def entropy(matrix: DecisionMatrix, *, normalisation: Shares = "sum") -> WeightingResult:
    """Weigh each criterion by what its entropy leaves to 1; all alike where no criterion varies.

    Returns
    -------
    result
        Details: `entropy` and `divergence` = 1 - entropy, each (…, criteria).

    Raises
    ------
    EngineError
        For a negative performance under ``sum``.

    Notes
    -----
    e = -Σ p·ln p / ln n with p = x / Σx over the n options, and 0·ln 0 = 0. Under ``min-max`` x is first
    (x - min) / (max - min), costs reversed.

    References
    ----------
    Shannon (1948), A mathematical theory of communication, Bell System Technical Journal 27:379-423.
    Hwang & Yoon (1981), Multiple Attribute Decision Making, ch. 3.
    Zeleny (1982), Multiple Criteria Decision Making, ch. 7.
    """
    if normalisation == "sum":
        instead = "its 'min-max' normalisation, 'critic' and 'standard-deviation' can"
        refuse_unfit(matrix, "'entropy'", instead, zeros=np.zeros(1, dtype=np.bool_))
    informed = varying(matrix)
    blocks = by_range(matrix).blocks if normalisation == "min-max" else partial(in_blocks, matrix.values)
    options = matrix.values.shape[-2]
    sums = total(blocks())
    mean = np.where(sums > 0, sums / options, 1.0)
    spread = total(_divergence(block / mean - 1.0) for block in blocks())[..., 0, :]
    divergence = np.where(informed, spread / (options * np.log(max(options, 2))), 0.0)
    details = {"entropy": 1.0 - divergence, "divergence": divergence}
    return WeightingResult(in_proportion(divergence, informed), details)


def _divergence(off_mean: FloatArray) -> FloatArray:
    """Work out x·ln x - (x - 1) for x = 1 + `off_mean`.

    Over a criterion its sum is that of x·ln x, as the rest sums to 0; but every term is 0 or more, so that no small
    divergence is lost between large terms.
    """
    ratio = 1.0 + off_mean
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = ratio * np.log1p(off_mean)
    terms[ratio <= 0] = 0.0
    terms -= off_mean
    return terms
