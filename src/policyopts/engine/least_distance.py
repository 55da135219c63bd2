"""The nearest point of a polyhedron.

Least distance programming turns it into a least squares problem whose unknowns are not below zero, and that one is
solved by trying out, in good order, which constraints bind: it ends after finitely many with the exact answer, or with
the proof that there is no such point.

References
----------
Lawson & Hanson (1974), Solving Least Squares Problems, ch. 23.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from policyopts.engine.arrays import BoolArray, FloatArray

SMALL = 1e-12  # what rounding leaves of a gradient, or of a residue that is zero


def nearest(table: FloatArray, limits: FloatArray) -> FloatArray | None:
    """Find the shortest x with table · x ≥ limits; None where there is no such x.

    Rows and limits should be of about the size of 1, and so should the answer.

    Examples
    --------
    >>> nearest(np.array([[1.0, 1.0], [1.0, 0.0]]), np.array([1.0, 0.8])).round(3).tolist()
    [0.8, 0.2]
    >>> nearest(np.array([[1.0], [-1.0]]), np.array([1.0, 0.0])) is None
    True
    """
    if (limits <= 0).all():
        return np.zeros(table.shape[1])
    sides = np.concatenate([table, limits[:, np.newaxis]], axis=1).T
    goal = np.zeros(len(sides))
    goal[-1] = 1.0
    binding = _binding(sides, goal)
    residue = goal - sides[:, binding] @ _least_squares(sides[:, binding], goal)
    if residue @ residue <= SMALL:
        return None
    return _least_squares(table[binding], limits[binding])


def _binding(columns: FloatArray, goal: FloatArray) -> BoolArray:
    """Find which columns, none taken less than zero times, come nearest to the goal."""
    count = columns.shape[1]
    taken = np.zeros(count, dtype=np.bool_)
    times = np.zeros(count)
    barred = np.zeros(count, dtype=np.bool_)
    while True:
        pull = columns.T @ (goal - columns @ times)
        pull[taken | barred] = -np.inf
        best = int(pull.argmax())
        if pull[best] <= SMALL:
            return taken
        taken[best] = True
        tried = _solved(columns, goal, taken)
        if tried[best] <= 0:  # rounding alone pulled
            taken[best] = False
            barred[best] = True
            continue
        barred[:] = False
        while (tried[taken] <= 0).any():
            falling = taken & (tried <= 0)
            steps = times[falling] / (times[falling] - tried[falling])
            times = times + steps.min() * (tried - times)
            taken &= times > SMALL
            times[~taken] = 0.0
            tried = _solved(columns, goal, taken)
        times = tried


def _solved(columns: FloatArray, goal: FloatArray, taken: BoolArray) -> FloatArray:
    times = np.zeros(columns.shape[1])
    times[taken] = _least_squares(columns[:, taken], goal)
    return times


def _least_squares(table: FloatArray, goal: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.lstsq(table, goal, rcond=None)[0], dtype=np.float64)
