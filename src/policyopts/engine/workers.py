"""Threads for large work: numpy lets go of the interpreter while it sorts, searches, adds and draws."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    Item = TypeVar("Item")
    Result = TypeVar("Result")

THREADS = 2


def in_turn(work: Callable[[Item], Result], items: Iterable[Item], threads: int = THREADS) -> Iterator[Result]:
    """Work on the items in threads, and give the results in the items' order: threads change no figure.

    Items are taken as they are worked on, a few ahead, so there may be any number of them, and whoever stops asking for
    results waits for no more than those.

    Examples
    --------
    >>> list(in_turn(len, ["a", "bcd"]))
    [1, 3]
    """
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > 2 * threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
