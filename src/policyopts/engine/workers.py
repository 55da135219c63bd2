"""Who shares large work: threads, since numpy lets go of the interpreter while it sorts, searches, adds and draws.

Others may do so too, each of them a `Crew`: they give the same results in the same order.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from concurrent.futures import Future

    Item = TypeVar("Item")
    Result = TypeVar("Result")

THREADS = 2


def in_turn(
    work: Callable[[Item], Result], items: Iterable[Item], threads: int = THREADS
) -> Generator[Result, None, None]:
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


class Crew(Protocol):
    """Others who share work: processes, or machines. What they are sent and send back is pickled."""

    @property
    def size(self) -> int:
        """How many of them there are."""
        ...

    def in_turn(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result, None, None]:
        """Work on the items, and give the results in the items' order, as `in_turn` does in threads."""
        ...
