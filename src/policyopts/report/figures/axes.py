"""Round figures for the marks of an axis."""

from __future__ import annotations

from math import ceil, floor, log10


def ticks(low: float, high: float, about: int) -> list[float]:
    """Give round figures between two ends, about so many.

    Examples
    --------
    >>> ticks(0.13, 0.81, 4)
    [0.2, 0.4, 0.6, 0.8]
    """
    if not high > low:
        return []
    rough = (high - low) / about
    size = 10.0 ** floor(log10(rough))
    step = min((times * size for times in (1, 2, 5, 10)), key=lambda each: abs(each - rough))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [float(f"{place * step:.10g}") for place in range(first, last + 1)]
