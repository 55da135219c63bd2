"""A run in chunks: so many blocks that it is worth while to send them to another process or machine.

Whoever works on a chunk is sent the simulation and the blocks' numbers, and sends back whole numbers. How many blocks
make a chunk is measured, and changes no figure.
"""

from __future__ import annotations

import pickle
from contextlib import closing
from functools import lru_cache, partial
from itertools import islice
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policyopts.engine.robustness.counts import Counts
    from policyopts.engine.robustness.simulation import Block, Simulation
    from policyopts.engine.workers import Crew

SECONDS = 0.5  # that a chunk takes: sending it takes some thousandths, and whoever waits for it does not wait long
SOUNDED = 0.05  # seconds of work that tell how long a block takes
EACH = 4  # chunks for each of a crew, so that none waits long for the last, but none of less work than was sounded


def in_chunks(
    simulation: Simulation, blocks: Iterator[Block], crew: Crew, *, samples: int | None, apart: bool
) -> Iterator[Counts]:
    """Have a crew work on the blocks of so many samples, and give what they come to, in their order.

    The first blocks are worked on here, to see how long one takes; whoever needs no more needs no crew.

    Parameters
    ----------
    apart
        Whether each block's counts are wanted; else those of some blocks come added up.
    """
    done, seconds = 0, 0.0
    start = perf_counter()
    for counts in simulation.each(blocks):
        done, seconds = done + 1, seconds + perf_counter() - start
        yield counts
        if seconds >= SOUNDED:
            break
        start = perf_counter()
    else:
        return
    size = ceil(SECONDS * done / seconds)
    if samples is not None:
        left = samples / simulation.block_size - done
        size = min(size, ceil(left / (EACH * crew.size)))
    work = partial(work_on, pickle.dumps(simulation), apart=apart)
    with closing(crew.in_turn(work, _cut(blocks, max(done, size)))) as results:
        for result in results:
            yield from result


def work_on(pickled: bytes, chunk: Iterable[Block], *, apart: bool) -> list[Counts]:
    """Work on a chunk of a simulation's run: what each block comes to, or all of them."""
    simulation = _simulation(pickled)
    if apart:
        return list(simulation.each(chunk))
    total = simulation.nothing()
    for counts in simulation.each(chunk):
        total.add(counts)
    return [total]


@lru_cache(maxsize=1)
def _simulation(pickled: bytes) -> Simulation:
    """Make the simulation anew; the next chunk is most likely one of the same."""
    simulation: Simulation = pickle.loads(pickled)  # noqa: S301 - our own
    return simulation


def _cut(blocks: Iterator[Block], size: int) -> Iterator[list[Block]]:
    while chunk := list(islice(blocks, size)):
        yield chunk
