"""CRITIC: a criterion weighs the more, the more it varies and the less it repeats the others.

Performances are put on 0 to 1, the way from the worst to the best option. A criterion's information is its standard
deviation times its conflict with the others, 1 minus their correlation added up.

Use it as a bench mark beside stated weights, above all where some criteria measure nearly the same: they share what
they tell, and do not count double.

Do not take it for preferences: these weights know how far the options differ, and nothing of what matters. Adding an
option changes them. ``ignore_direction`` reads costs as benefits, as some published cases do; it makes a cost agree
with a benefit that it runs against. ``absolute_correlation`` takes criteria that run against each other for repeating
each other; the original does not.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> matrix = DecisionMatrix([[1, 5, 2], [2, 9, 3], [3, 5, 7]], weights=[1, 1, 1], directions=["max", "max", "min"])
>>> critic(matrix).weights.round(3).tolist()
[0.385, 0.253, 0.362]
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.arrays import total
from policyopts.engine.information import in_proportion, varying
from policyopts.engine.normalisation import by_range
from policyopts.engine.weightings import WeightingResult

if TYPE_CHECKING:
    from policyopts.engine.matrix import DecisionMatrix

NO_CONFLICT = 1e-12  # what is left of 1 - 1 by rounding


def critic(
    matrix: DecisionMatrix, *, ignore_direction: bool = False, absolute_correlation: bool = False
) -> WeightingResult:
    """Weigh each criterion by its standard deviation times its conflict with the others.

    A criterion on which all options are alike conflicts with none, and gets 0. Where no criterion conflicts with
    another, those that vary share alike; all do where none varies.

    Parameters
    ----------
    matrix
        The decision matrix.
    ignore_direction
        Whether costs are put on 0 to 1 as benefits are.
    absolute_correlation
        Whether conflict is 1 minus the size of the correlation.

    Returns
    -------
    result
        Details: `sigma` (standard deviation with n - 1), `conflict` and `information`, each (…, criteria).

    Notes
    -----
    C_j = σ_j · Σ_k (1 - ρ_jk), weights C / ΣC.

    References
    ----------
    Diakoulaki, Mavrotas & Papayannakis (1995), Determining objective weights in multiple criteria problems: The CRITIC
    method, Computers & Operations Research 22(7):763-770.
    """
    informed = varying(matrix)
    blocks = by_range(matrix).blocks
    options = matrix.values.shape[-2]
    mean = total(blocks()) / options
    # (…, criteria, criteria), block by block
    products = reduce(np.add, (block.swapaxes(-1, -2) @ block for block in (each - mean for each in blocks())))
    if ignore_direction:
        products = products * np.multiply.outer(matrix.directions, matrix.directions)
    squares = np.diagonal(products, axis1=-2, axis2=-1)
    sizes = np.sqrt(squares)
    both = sizes[..., :, np.newaxis] * sizes[..., np.newaxis, :]
    correlation = products / np.where(both > 0, both, 1.0)
    apart = 1.0 - (np.abs(correlation) if absolute_correlation else correlation)
    pairs = informed[..., :, np.newaxis] & informed[..., np.newaxis, :]
    conflict = np.where(pairs & (apart > NO_CONFLICT), apart, 0.0).sum(axis=-1)
    sigma = np.where(informed, sizes / np.sqrt(max(options - 1, 1)), 0.0)
    information = sigma * conflict
    details = {"sigma": sigma, "conflict": conflict, "information": information}
    return WeightingResult(in_proportion(information, informed), details)
