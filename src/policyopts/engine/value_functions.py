"""Value functions: a performance becomes a value, 1 at the best end of its scale.

Performances beyond the scale get the value of its end. Worded levels carry their values and need none of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray

STRAIGHT = 1e-15  # an exponential this little bent is a straight line to the last digit


def linear(performances: ArrayLike, worst: ArrayLike, best: ArrayLike) -> FloatArray:
    """Take the share of the way from worst to best.

    Examples
    --------
    >>> linear([0, 6, 24, 30], worst=24, best=0).tolist()
    [1.0, 0.75, 0.0, 0.0]
    """
    start = np.asarray(worst, dtype=np.float64)
    way = np.asarray(best, dtype=np.float64) - start
    if not way.all():
        raise EngineError("a scale's worst and best end must differ")
    share = (np.asarray(performances, dtype=np.float64) - start) / way
    return share.clip(0.0, 1.0) + 0.0  # 0, not -0


def piecewise_linear(performances: ArrayLike, points: ArrayLike) -> FloatArray:
    """Join points (performance, value from 0 to 1) by straight lines, in the order of their performances.

    Examples
    --------
    >>> piecewise_linear([0, 25, 75, 100], points=[(0, 0), (50, 0.8), (100, 1)]).tolist()
    [0.0, 0.4, 0.9, 1.0]
    """
    pairs = np.asarray(points, dtype=np.float64)
    if pairs.ndim != 2 or pairs.shape[0] < 2 or pairs.shape[1] != 2:
        raise EngineError("a value function needs two points or more, each a performance and a value")
    x, v = pairs.T
    climbs = np.diff(v)
    if not (np.diff(x) > 0).all():
        raise EngineError("the points of a value function must rise in performance")
    if not ((climbs >= 0).all() or (climbs <= 0).all()):
        raise EngineError("the points of a value function must only rise or only fall in value")
    if not ((v >= 0) & (v <= 1)).all():
        raise EngineError("the points of a value function must have values between 0 and 1")
    values: FloatArray = np.interp(np.asarray(performances, dtype=np.float64), x, v)
    return values


def exponential(performances: ArrayLike, worst: ArrayLike, best: ArrayLike, rho: float) -> FloatArray:
    """Bend the line from worst to best: (1 - e^(-rho t)) / (1 - e^(-rho)), t the share of the way.

    The first steps from the worst end are worth more than the last where rho > 0, and less where rho < 0.

    References
    ----------
    Kirkwood (1997), Strategic Decision Making, ch. 4.
    """
    if not np.isfinite(rho):
        raise EngineError(f"the bend of an exponential value function must be a finite number, not {rho}")
    way = linear(performances, worst, best)
    bend = abs(rho)
    if bend < STRAIGHT:
        return way
    # For rho < 0, e^(-rho t) would overflow; the same curve is the one for |rho| times e^(-|rho| (1 - t)).
    value: FloatArray = np.expm1(-bend * way) / np.expm1(-bend)
    return value if rho > 0 else value * np.exp(-bend * (1 - way))
