"""Which options of a ranking are too close to order: neighbours that beat each other about as often as not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CLOSE = (0.4, 0.6)  # a chance to beat another option that leaves open which of the two is better


def tie_bands(order: Iterable[str], beats: Callable[[str, str], float]) -> tuple[tuple[str, ...], ...]:
    """Divide options, given in rank order, into bands of those that are too close to order.

    An option joins the band above it where its chance to beat each option of that band is close to one half. Being
    close to the last of them is not enough: else a long row of small steps would make one band of clearly different
    options.

    Examples
    --------
    >>> chances = {"ab": 0.55, "bc": 0.52, "ac": 0.63, "ad": 0.9, "bd": 0.8, "cd": 0.7}
    >>> tie_bands("abcd", lambda option, other: chances[option + other])
    (('a', 'b'), ('c',), ('d',))
    """
    low, high = CLOSE
    bands: list[list[str]] = []
    for option in order:
        if bands and all(low <= beats(above, option) <= high for above in bands[-1]):
            bands[-1].append(option)
        else:
            bands.append([option])
    return tuple(map(tuple, bands))
