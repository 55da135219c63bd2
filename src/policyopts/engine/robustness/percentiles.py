"""From percentiles to the parameters of a distribution.

A range that stands for the 5th and the 95th percentile fixes two parameters: those of a normal or lognormal
distribution, or the two shapes of a beta distribution on the criterion's scale.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

from policyopts.engine.errors import EngineError

LOW, HIGH = 0.05, 0.95  # what a range's ends leave below them
Z95 = 1.6448536269514722  # the 95th percentile of the standard normal distribution
STEPS = 100  # of a search; it takes about ten
EXACT = 1e-12  # how near the percentiles are met: far within what a range says
TINY = 1e-300
NORMAL = 1e7  # a beta distribution with both shapes above is normal, but for 0.0002 of a chance


def normal_parameters(low: float, high: float) -> tuple[float, float]:
    """Find the mean and the standard deviation.

    Examples
    --------
    >>> [round(figure, 3) for figure in normal_parameters(10, 20)]
    [15.0, 3.04]
    """
    return low + (high - low) / 2, (high - low) / (2 * Z95)


def beta_shapes(low: float, high: float) -> tuple[float, float]:
    """Find the shapes of the beta distribution on 0 to 1 with these percentiles, 0 < low < high < 1.

    Newton's steps in the logarithms of the shapes, from the normal distribution with the same percentiles; a step that
    leads away is halved.

    Examples
    --------
    >>> [round(shape, 6) for shape in beta_shapes(0.05, 0.95)]  # the uniform distribution
    [1.0, 1.0]
    """
    mean, deviation = normal_parameters(low, high)
    size = max(mean * (1 - mean) / deviation**2 - 1, 0.1)
    if min(mean, 1 - mean) * size > NORMAL:
        return mean * size, (1 - mean) * size
    shapes = log(mean * size), log((1 - mean) * size)
    missed = _missed(shapes, low, high)
    for _ in range(STEPS):
        if max(map(abs, missed)) < EXACT:
            break
        step = _newton_step(shapes, missed, low, high)
        part = 1.0
        while part > EXACT:
            tried = shapes[0] + part * step[0], shapes[1] + part * step[1]
            now_missed = _missed(tried, low, high)
            if _size(now_missed) < _size(missed):
                break
            part /= 2
        else:
            break
        shapes, missed = tried, now_missed
    if max(map(abs, missed)) > 1e-6:
        raise EngineError(f"no beta distribution has its 5th percentile at {low:.4g} and its 95th at {high:.4g}")
    return exp(shapes[0]), exp(shapes[1])


def _newton_step(
    shapes: tuple[float, float], missed: tuple[float, float], low: float, high: float
) -> tuple[float, float]:
    width = 1e-6
    first = _missed((shapes[0] + width, shapes[1]), low, high)
    second = _missed((shapes[0], shapes[1] + width), low, high)
    a, c = ((moved - there) / width for moved, there in zip(first, missed, strict=True))
    b, d = ((moved - there) / width for moved, there in zip(second, missed, strict=True))
    determinant = a * d - b * c or TINY
    step = (b * missed[1] - d * missed[0]) / determinant, (c * missed[0] - a * missed[1]) / determinant
    longest = max(map(abs, step))
    return step if longest <= 2 else (2 * step[0] / longest, 2 * step[1] / longest)


def _missed(shapes: tuple[float, float], low: float, high: float) -> tuple[float, float]:
    """Tell by how much the chances below both ends miss theirs, as logarithms of odds."""
    alpha, beta = (exp(min(max(shape, -30.0), 30.0)) for shape in shapes)
    return (
        _log_odds(*incomplete_beta(low, alpha, beta)) - log(LOW / HIGH),
        _log_odds(*incomplete_beta(high, alpha, beta)) - log(HIGH / LOW),
    )


def _log_odds(below: float, above: float) -> float:
    return log(max(below, TINY)) - log(max(above, TINY))


def _size(missed: tuple[float, float]) -> float:
    return missed[0] ** 2 + missed[1] ** 2


def incomplete_beta(x: float, alpha: float, beta: float) -> tuple[float, float]:
    """Find a beta distribution's chance below x and the one above, 0 < x < 1, each to full precision.

    Notes
    -----
    Lentz's evaluation of the continued fraction, from the side on which it converges fast.

    References
    ----------
    Press, Teukolsky, Vetterling & Flannery (2007), Numerical Recipes, 3rd ed., section 6.4.

    Examples
    --------
    >>> [round(chance, 6) for chance in incomplete_beta(0.25, 2, 1)]
    [0.0625, 0.9375]
    """
    front = exp(lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta) + alpha * log(x) + beta * log1p(-x))
    if x < (alpha + 1) / (alpha + beta + 2):
        part = front * _fraction(x, alpha, beta) / alpha
        return part, 1 - part
    part = front * _fraction(1 - x, beta, alpha) / beta
    return 1 - part, part


def _fraction(x: float, alpha: float, beta: float) -> float:
    c, d = 1.0, 1 / (1 - (alpha + beta) * x / (alpha + 1) or TINY)
    value = d
    for step in range(1, 100_000):  # it takes about the root of the larger shape
        twice = alpha + 2 * step
        even = step * (beta - step) * x / ((twice - 1) * twice)
        odd = -(alpha + step) * (alpha + beta + step) * x / (twice * (twice + 1))
        for term in (even, odd):
            d = 1 / (1 + term * d or TINY)
            c = 1 + term / c or TINY
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value
