"""The working of a method, step by step: the tables that `explain` shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray

Axis = Literal["options", "criteria"]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step: the symbol that formulas use for it, what it is, and its numbers."""

    symbol: str
    caption: str
    table: FloatArray
    axes: tuple[Axis, ...]  # what the table's last axes run over
