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


def maximise(
    objective: FloatArray,
    table: FloatArray,
    low: FloatArray,
    high: FloatArray,
    *,
    least: FloatArray | float = 0.0,
    most: FloatArray | float = np.inf,
) -> Optimum | None:
    """Maximise objective · x where low ≤ table · x ≤ high and least ≤ x ≤ most; None where no x is allowed.

    Examples
    --------
    >>> best = maximise(np.array([1.0, 2.0]), np.array([[1.0, 1.0]]), np.array([0.0]), np.array([1.0]))
    >>> best.value, best.point.tolist()
    (2.0, [0.0, 1.0])
    """
    import highspy  # noqa: PLC0415 - few questions need it

    rows, columns = table.shape
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = rows, columns
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = np.asarray(objective, dtype=np.float64)
    program.col_lower_, program.col_upper_ = (np.broadcast_to(ends, columns).astype(float) for ends in (least, most))
    program.row_lower_, program.row_upper_ = low, high
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    row, column = np.nonzero(table)
    program.a_matrix_.start_ = np.searchsorted(row, np.arange(rows + 1)).astype(np.int32)
    program.a_matrix_.index_ = column.astype(np.int32)
    program.a_matrix_.value_ = table[row, column]
    solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call] # of a library without types
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the library's own signature
    solver.setOptionValue("threads", 1)
    solver.passModel(program)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(f"HiGHS left a linear program {solver.modelStatusToString(status)}")
    return Optimum(solver.getInfo().objective_function_value, np.array(solver.getSolution().col_value))
