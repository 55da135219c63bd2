"""Standard deviation, coefficient of variation and Gini coefficient: a criterion weighs the more, the more it varies.

| weighting | what it looks at |
|---|---|
| ``standard-deviation`` | the standard deviation on the way from the worst to the best option |
| ``coefficient-of-variation`` | the standard deviation as a part of the mean |
| ``gini`` | the mean difference of two options as a part of twice the mean |

Use them as a bench mark beside stated weights, and to see which criteria the data can tell the options apart by. The
first takes any performances; the other two want amounts whose zero means none.

Do not take them for preferences: these weights know how far the options differ, and nothing of what matters. They
ignore directions, and adding an option changes them. Do not use the standard deviation of raw figures (``none``) for
criteria in different units: then the unit decides.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> matrix = DecisionMatrix([[1, 5, 2], [2, 5, 3], [6, 5, 4]], weights=[1, 1, 1], directions=["max", "max", "min"])
>>> standard_deviation(matrix).weights.round(3).tolist()
[0.514, 0.0, 0.486]
>>> coefficient_of_variation(matrix).weights.round(3).tolist()
[0.726, 0.0, 0.274]
>>> gini(matrix).weights.round(3).tolist()
[0.714, 0.0, 0.286]
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
    from collections.abc import Callable, Iterable

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix

    Footing = Literal["min-max", "none"]


def standard_deviation(matrix: DecisionMatrix, *, normalisation: Footing = "min-max") -> WeightingResult:
    """Weigh each criterion by its standard deviation; all alike where no criterion varies.

    Returns
    -------
    result
        Details: `sigma` (…, criteria), with n - 1.

    References
    ----------
    Diakoulaki, Mavrotas & Papayannakis (1995), Determining objective weights in multiple criteria problems: The CRITIC
    method, Computers & Operations Research 22(7):763-770.
    """
    informed = varying(matrix)
    _, sigma = _mean_and_sigma(
        by_range(matrix).blocks if normalisation == "min-max" else partial(in_blocks, matrix.values)
    )
    sigma = np.where(informed, sigma, 0.0)
    return WeightingResult(in_proportion(sigma, informed), {"sigma": sigma})


def coefficient_of_variation(matrix: DecisionMatrix) -> WeightingResult:
    """Weigh each criterion by its standard deviation, with n - 1, over its mean; all alike where no criterion varies.

    Returns
    -------
    result
        Details: `coefficient_of_variation` (…, criteria).

    Raises
    ------
    EngineError
        For a negative performance.

    References
    ----------
    Pearson (1896), Regression, heredity and panmixia, Philosophical Transactions A 187:253-318.
    """
    _refuse_negative(matrix, "coefficient-of-variation")
    informed = varying(matrix)
    unit = np.where(informed[..., np.newaxis, :], matrix.highest, 1.0)  # squares of tiny figures would come out as 0
    mean, sigma = _mean_and_sigma(lambda: (block / unit for block in in_blocks(matrix.values)))
    coefficient = np.where(informed, sigma / np.where(informed, mean, 1.0), 0.0)
    return WeightingResult(in_proportion(coefficient, informed), {"coefficient_of_variation": coefficient})


def gini(matrix: DecisionMatrix) -> WeightingResult:
    """Weigh each criterion by its Gini coefficient; all alike where no criterion varies.

    Returns
    -------
    result
        Details: `gini` (…, criteria).

    Raises
    ------
    EngineError
        For a negative performance.

    Notes
    -----
    G = Σ_i Σ_k |x_i - x_k| / (2 n² · mean), found by sorting.

    References
    ----------
    Gini (1912), Variabilità e mutabilità.
    Li & Chi (2009), A new determining objective weights method: Gini coefficient weight, ICISE 2009:3726-3729.
    """
    _refuse_negative(matrix, "gini")
    informed = varying(matrix)
    columns = [_gini(matrix.values[..., criterion]) for criterion in range(len(matrix.criteria))]
    coefficient = np.where(informed, np.stack(columns, axis=-1), 0.0)
    return WeightingResult(in_proportion(coefficient, informed), {"gini": coefficient})


def _gini(column: FloatArray) -> FloatArray:
    """Work out the Gini coefficient along the last axis."""
    ordered = np.sort(column, axis=-1)
    options = ordered.shape[-1]
    above_lowest = ordered - ordered[..., :1]  # what all have makes no difference, and is left out of the rounding
    more_below = np.arange(1 - options, options, 2)  # how many more options lie below each than above
    total = ordered.sum(axis=-1)
    coefficient: FloatArray = (above_lowest @ more_below) / (options * np.where(total > 0, total, 1.0))
    return coefficient


def _mean_and_sigma(blocks: Callable[[], Iterable[FloatArray]]) -> tuple[FloatArray, FloatArray]:
    """Work out each criterion's mean and its standard deviation with n - 1, as (…, criteria)."""
    options = sum(block.shape[-2] for block in blocks())
    mean = total(blocks()) / options
    squares = total(np.square(block - mean) for block in blocks())
    return mean[..., 0, :], np.sqrt(squares[..., 0, :] / max(options - 1, 1))


def _refuse_negative(matrix: DecisionMatrix, name: str) -> None:
    instead = "'standard-deviation' and 'critic' can"
    refuse_unfit(matrix, f"'{name}'", instead, zeros=np.zeros(1, dtype=np.bool_))
