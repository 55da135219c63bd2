"""Products of small and long arrays, in pieces small enough for one thread.

BLAS starts threads of its own for larger products. They would get in the way of ours, which share a run's blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.engine.arrays import FloatArray

PIECE = 1 << 18  # multiplications in one go


def multiply(table: FloatArray, drawn: FloatArray, result: FloatArray) -> None:
    """Multiply a table (rows, corners) with what is drawn (corners, samples), into the result (rows, samples)."""
    step = max(1, PIECE // table.size)
    for pieces, into in zip(_pieces(drawn, step), _pieces(result, step), strict=True):
        np.matmul(table, pieces, out=into)


def sums_of_products(one: FloatArray, other: FloatArray) -> FloatArray:
    """Add up the products of two sets of rows over the samples: (rows, samples), (others, samples) → (rows, others)."""
    step = max(1, PIECE // (len(one) * len(other)))
    sums = np.zeros((len(one), len(other)))
    for pieces, others in zip(_pieces(one, step), _pieces(other, step), strict=True):
        sums += np.matmul(pieces, others.transpose(0, 2, 1)).sum(axis=0)
    return sums


def _pieces(rows: FloatArray, step: int) -> Iterator[FloatArray]:
    """View rows (rows, samples) as pieces (pieces, rows, step) of as many samples, and what is left as one more."""
    whole, left = divmod(rows.shape[1], step)
    if whole:
        yield rows[:, : whole * step].reshape(len(rows), whole, step).transpose(1, 0, 2)
    if left:
        yield rows[np.newaxis, :, whole * step :]
