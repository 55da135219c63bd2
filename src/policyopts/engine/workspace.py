"""Arrays that are used again: taking new memory from the system costs more than what is done with it."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, TypeVar, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from policyopts.engine.arrays import FloatArray

    Kind = TypeVar("Kind", bound=np.generic)


KEPT = 24 << 20  # bytes; from 32 MiB on the C library would learn nothing


def keep_freed_memory() -> None:
    """Let the C library keep memory that is freed, for work that takes and frees many arrays of middling size.

    glibc hands it back to the system at once, page by page, until it has seen a large array freed; then it keeps as
    much as twice that. Nothing is written to the array, so it costs no memory.
    """
    np.empty(KEPT, np.uint8)


class Workspace:
    """Arrays by name, for one thread.

    Examples
    --------
    >>> space = Workspace()
    >>> space.array("marks", (2, 3), np.bool_).shape
    (2, 3)
    """

    def __init__(self) -> None:
        self._held: dict[str, NDArray[Any]] = {}

    @overload
    def array(self, name: str, shape: tuple[int, ...]) -> FloatArray: ...

    @overload
    def array(self, name: str, shape: tuple[int, ...], kind: type[Kind]) -> NDArray[Kind]: ...

    def array(self, name: str, shape: tuple[int, ...], kind: type[np.generic] = np.float64) -> NDArray[Any]:
        """Give an array of a shape, with whatever stands in it."""
        size = prod(shape)
        held = self._held.get(name)
        if held is None or held.size < size:
            held = self._held[name] = np.empty(size, kind)
        return held[:size].reshape(shape)
