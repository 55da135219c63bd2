"""Kernels of many small relations at once: options are bits, and samples go side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from policyopts.engine.arrays import BoolArray, IntArray

    Bits = NDArray[np.uint64]

MOST = 64  # options: as many as a word has bits


def kernels_at_once(outranks: BoolArray) -> IntArray:
    """Tell for relations (options, options, samples), the row's option outranking the column's, each option's round.

    The rounds (options, samples) are those of `electre_1.kernel_rounds`: 1 in the kernel, 2 in the kernel of the rest,
    and so on; options on a circle share a round. There may be up to 64 options, none of which outranks itself.

    Examples
    --------
    >>> chain = np.eye(3, k=1, dtype=np.bool_)
    >>> kernels_at_once(np.stack([chain, chain.T, chain | chain.T], axis=-1)).T.tolist()
    [[1, 2, 1], [1, 2, 1], [1, 1, 1]]
    """
    count, _, samples = outranks.shape
    places = np.arange(count, dtype=np.uint64)[:, np.newaxis]
    own = np.uint64(1) << places
    above: Bits = np.zeros((count, samples), np.uint64)  # who outranks each option
    for place, row in enumerate(outranks):
        above |= row.astype(np.uint64) << np.uint64(place)
    reaching = above.copy()  # and who does so by way of others
    for place in range(count):
        reaching |= _where(reaching, place) & reaching[place]
    circle = np.zeros_like(above)  # who does so and is outranked back
    for place in range(count):
        circle |= _where(reaching, place) & ((reaching[place] >> places) & np.uint64(1)) << np.uint64(place)
    for place, row in enumerate(above.copy()):
        above |= _where(circle, place) & row
    outside = ~(circle | own)
    above &= outside
    # Whoever outranks a circle has fewer options above it than the circle has, so it comes before.
    order = np.bitwise_count(reaching & outside).argsort(axis=0, kind="stable")
    return _first_free(above, order, own)


def _first_free(above: Bits, order: IntArray, own: Bits) -> IntArray:
    """Give each option in turn the first round that nothing above it has taken."""
    members, used = np.zeros_like(above), 0  # of each round, and how many rounds have some
    for options in order:
        bits = own[options, 0]
        theirs = np.take_along_axis(above, options[np.newaxis], axis=0)[0]
        left = np.ones(len(options), np.bool_)
        for number in range(min(used + 1, len(members))):
            here = left & ((theirs & members[number]) == 0)
            members[number] |= np.where(here, bits, np.uint64(0))
            left ^= here
        used += bool(members[used].any()) if used < len(members) else 0
    rounds = np.zeros(above.shape, np.intp)
    for number, of_round in enumerate(members[:used], start=1):
        rounds += number * ((of_round & own) != 0)
    return rounds


def _where(sets: Bits, place: int) -> Bits:
    """Give all bits where a set holds an option, and none elsewhere."""
    return np.uint64(0) - ((sets >> np.uint64(place)) & np.uint64(1))
