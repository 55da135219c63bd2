"""How much criteria tell the options apart: for the weightings that look at the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from policyopts.engine.arrays import BoolArray, FloatArray
    from policyopts.engine.matrix import DecisionMatrix


def varying(matrix: DecisionMatrix) -> BoolArray:
    """Tell on which criteria the options differ by more than rounding, as (…, criteria)."""
    return matrix.spread[..., 0, :] > 0


def in_proportion(information: FloatArray, informed: BoolArray) -> FloatArray:
    """Weigh criteria by their information (…, criteria), those that are not informed by 0.

    Where no criterion has any information, those that are informed share alike, or all where none is.
    """
    alike = informed | ~informed.any(axis=-1, keepdims=True)
    told = np.where(informed, information, 0.0)
    told = np.where(told.any(axis=-1, keepdims=True), told, alike)
    told /= told.max(axis=-1, keepdims=True)  # however small the figures, their sum is one to divide by
    shares: FloatArray = told / told.sum(axis=-1, keepdims=True)
    return shares
