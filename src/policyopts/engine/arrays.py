"""What the engine's arrays are called, and how it walks through large ones.

The last two axes are (options, criteria); any axes before them are samples.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]
    IntArray: TypeAlias = NDArray[np.intp]
    BoolArray: TypeAlias = NDArray[np.bool_]

LARGEST = 1e100  # no input may be larger: squares and sums of what is allowed stay finite
BLOCK = 8192  # options at a time: ten criteria of them fit the second-level cache


def frozen(array: FloatArray) -> FloatArray:
    """View an array so that nobody writes through the view."""
    view = array.view()
    view.setflags(write=False)
    return view


def in_blocks(table: FloatArray) -> Iterator[FloatArray]:
    """Cut a table (…, options, criteria) into blocks of options that fit the cache.

    Each block is a copy, free to be worked on in place. It keeps its axes but lies criterion by criterion in memory:
    whatever runs over the options runs along memory, and a sum over criteria adds them one after the other, the same
    on every machine.
    """
    if table.ndim == 2:
        for start in range(0, len(table), BLOCK):
            yield np.array(table[start : start + BLOCK], order="F")
        return
    axes = range(table.ndim - 1)
    for start in range(0, table.shape[-2], BLOCK):
        criteria_first = table[..., start : start + BLOCK, :].transpose(-1, *axes)
        yield np.array(criteria_first, order="C").transpose(*(axis + 1 for axis in axes), 0)


def per_option(
    blocks: Iterable[FloatArray], count: int, work: Callable[[FloatArray], tuple[FloatArray, ...]]
) -> tuple[FloatArray, ...]:
    """Work something out block by block, arrays (…, some options) of each, and put it together as (…, options)."""
    wholes: tuple[FloatArray, ...] = ()
    start = 0
    for block in blocks:
        pieces = work(block)
        stop = start + block.shape[-2]
        if stop - start == count:
            return pieces
        wholes = wholes or tuple(np.empty((*piece.shape[:-1], count)) for piece in pieces)
        for whole, piece in zip(wholes, pieces, strict=True):
            whole[..., start:stop] = piece
        start = stop
    return wholes


def total(blocks: Iterable[FloatArray]) -> FloatArray:
    """Add up over all options, as (…, 1, criteria)."""
    return reduce(np.add, (block.sum(axis=-2, keepdims=True) for block in blocks))


def extremes(table: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Find each criterion's lowest and highest number over the options, as (…, 1, criteria)."""
    if table.shape[-2] <= BLOCK:
        return table.min(axis=-2, keepdims=True), table.max(axis=-2, keepdims=True)
    ends = ((block.min(axis=-2, keepdims=True), block.max(axis=-2, keepdims=True)) for block in in_blocks(table))
    lows, highs = zip(*ends, strict=True)
    return reduce(np.minimum, lows), reduce(np.maximum, highs)
