"""Two threads for large work: numpy lets go of the interpreter while it sorts, searches and adds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Item = TypeVar("Item")
    Result = TypeVar("Result")

THREADS = 2


def in_turn(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Work on the items in two threads, and give the results in the items' order: threads change no figure.

    Examples
    --------
    >>> list(in_turn(len, ["a", "bcd"]))
    [1, 3]
    """
    with ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(work, items)
