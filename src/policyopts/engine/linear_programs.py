"""Linear programs, solved by HiGHS, which is imported when the first one is.

References
----------
Huangfu & Hall (2018), Parallelizing the dual revised simplex method, Mathematical Programming Computation
10(1):119-142, doi:10.1007/s12532-017-0130-5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray


class Optimum(NamedTuple):
    """The greatest value of an objective, and where it is reached."""

    value: float
    point: FloatArray


class Polyhedron:
    """All x with low ≤ table · x ≤ high and least ≤ x ≤ most: what objectives are maximised over, one after the other.

    Examples
    --------
    >>> simplex = Polyhedron(np.array([[1.0, 1.0]]), np.array([1.0]), np.array([1.0]))
    >>> simplex.maximise(np.array([1.0, 2.0])).point.tolist(), simplex.maximise(np.array([-1.0, -2.0])).value
    ([0.0, 1.0], -1.0)
    """

    def __init__(
        self,
        table: FloatArray,
        low: FloatArray,
        high: FloatArray,
        *,
        least: FloatArray | float = 0.0,
        most: FloatArray | float = np.inf,
    ) -> None:
        import highspy  # noqa: PLC0415 - few questions need it

        rows, self._columns = table.shape
        program = highspy.HighsLp()
        program.num_row_, program.num_col_ = rows, self._columns
        program.sense_ = highspy.ObjSense.kMaximize
        ends = (np.broadcast_to(end, self._columns).astype(np.float64) for end in (0.0, least, most))
        program.col_cost_, program.col_lower_, program.col_upper_ = ends
        program.row_lower_, program.row_upper_ = low, high
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        row, column = np.nonzero(table)
        program.a_matrix_.start_ = np.searchsorted(row, np.arange(rows + 1)).astype(np.int32)
        program.a_matrix_.index_ = column.astype(np.int32)
        program.a_matrix_.value_ = table[row, column]
        self._solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call] # of a library without types
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the library's own signature
        self._solver.setOptionValue("threads", 1)
        self._solver.passModel(program)
        self._statuses = highspy.HighsModelStatus

    def maximise(self, objective: FloatArray) -> Optimum | None:
        """Find where objective · x is greatest; None where no x is allowed."""
        columns = np.arange(self._columns, dtype=np.int32)
        self._solver.changeColsCost(self._columns, columns, np.asarray(objective, dtype=np.float64))
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == self._statuses.kInfeasible:
            return None
        if status != self._statuses.kOptimal:
            raise ArithmeticError(f"HiGHS left a linear program {self._solver.modelStatusToString(status)}")
        value = self._solver.getInfo().objective_function_value
        return Optimum(value, np.array(self._solver.getSolution().col_value))
