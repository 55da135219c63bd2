"""Pairs of options: what an outranking method says of them, and the memory that it takes.

A table of pairs grows with the square of the number of options, so it is worked out only when somebody asks for it,
a document spells it out for a few hundred options at most, and a method that cannot do without one says how much memory
it would need before it starts.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyopts.engine.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from policyopts.engine.matrix import DecisionMatrix

MOST_WRITTEN = 200  # options whose pairs a document spells out
WAY_OUT = "rank fewer options, or rank them by 'promethee', which needs no table of pairs"
LIGHT = 1 << 28  # bytes that are taken without asking how many are free
GIB = 1 << 30


@dataclass(frozen=True, eq=False)
class PairTable:
    """What a method says of each ordered pair of options.

    `table` (options, options) holds it, the row's option before the column's. A document holds a mapping of each
    option's id: of truths, to the list of ids that they hold for; of figures and words, to a mapping of the other ids.
    Above 200 options it holds `left_out` instead, and a sentence.
    """

    matrix: DecisionMatrix = field(repr=False)
    work_out: Callable[[], NDArray[Any]] = field(repr=False)
    bytes_a_pair: int = field(repr=False)

    @cached_property
    def table(self) -> NDArray[Any]:
        """The table (options, options), worked out when first asked for, or refused where it would not fit."""
        count = self.matrix.values.shape[-2]
        refuse_beyond_memory("a table of pairs", count, self.bytes_a_pair * count**2, "ask for fewer options")
        return self.work_out()

    def tolist(self) -> dict[str, object]:
        """Give what a document holds, in plain lists, mappings, words and numbers."""
        count = self.matrix.values.shape[-2]
        if count > MOST_WRITTEN:
            left_out = f"{count**2:,} pairs of {count:,} options; they are written out for up to {MOST_WRITTEN} options"
            return {"left_out": left_out}
        options = self.matrix.options
        if self.table.dtype == bool:
            return {
                option: [other for other, holds in zip(options, row, strict=True) if holds]
                for option, row in zip(options, self.table.tolist(), strict=True)
            }
        return {
            option: {other: said for other, said in zip(options, row, strict=True) if said != "" and other != option}
            for option, row in zip(options, self.table.tolist(), strict=True)
        }


def refuse_beyond_memory(what: str, options: int, needed: float, hint: str) -> None:
    """Raise an error where a method, or a table of pairs, needs more memory than is free, and say how much."""
    if needed <= LIGHT:
        return
    free = free_memory()
    if free is not None and needed > free:
        raise EngineError(
            f"{what}: {options:,} options make {options**2:,} pairs, which need {needed / GIB:,.1f} GiB of memory; "
            f"{free / GIB:,.1f} GiB are free",
            hint,
        )


def free_memory() -> int | None:
    """Tell how many bytes of memory a program may still take; None where the system does not say."""
    found = []
    for file, key in (("/proc/meminfo", "MemAvailable:"), ("/sys/fs/cgroup/memory.max", "")):
        try:
            lines = Path(file).read_text("ascii").splitlines()
        except OSError:
            continue
        found += [int(words[-2]) * 1024 for line in lines if key and (words := line.split())[0] == key]
        found += [int(line) for line in lines if not key and line.isdecimal()]
    if not found and hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return min(found, default=None)
