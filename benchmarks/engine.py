"""Our engine alone, over a million options: time and memory, and how time grows with the number of options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.calibration import REFERENCE
from benchmarks.timed import least_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.calibration import Speed

HEAD = (
    "| what, options × 10 criteria | ms | as on the reference machine | goal, at most | MiB | goal, at most |",
    "|---|---:|---:|---:|---:|---:|",
)
MILLION = 1_000_000
RUNS = 5
MEMORY = 250  # MiB that a method of arithmetic may take
THREE = ("weighted-sum min-max", "topsis vector", "vikor Q")
LIKE_THEM = (  # they do no more than arithmetic either
    "weighted-product max",
    "waspas",
    "moora",
    "copras",
    "aras",
    "edas",
    "mabac",
    "marcos",
    "spotis",
    "cocoso",
)
OTHERS: dict[tuple[str, int], tuple[float | None, float | None]] = {  # → milliseconds, MiB
    ("weighted-sum min-max, ranked", MILLION): (None, MEMORY),
    ("promethee usual", MILLION): (1500, 1024),
    ("promethee u-shape", MILLION): (1500, 1024),
    ("promethee v-shape", MILLION): (1500, 1024),
    ("promethee level", MILLION): (1500, 1024),
    ("promethee linear", MILLION): (1500, 1024),
    ("promethee gaussian", MILLION): (3500, 1024),
    ("electre-3", 1000): (400, None),
    ("electre-3", 10_000): (25_000, 1229),
}
SORTING = ("codas", "borda", "multimoora")
DOUBLED = 2.5  # as long for twice the options: n log n makes it 2.1, and tables outgrow the cache


def rows(speed: Speed) -> Iterator[str]:
    """Measure every method that is not of pairs over a million options, and those of pairs over thousands."""
    three = []
    for question in THREE:
        taken, memory = least_of(question, MILLION, RUNS)
        three.append(taken)
        yield _row(question, MILLION, taken, None, memory, MEMORY, speed)
    for question in LIKE_THEM:
        taken, memory = least_of(question, MILLION, RUNS)
        yield _row(question, MILLION, taken, 5e3 * _at_reference(max(three), speed), memory, MEMORY, speed)
    for (question, options), (goal, most) in OTHERS.items():
        taken, memory = least_of(question, options, 1 if options == 10_000 else RUNS)
        yield _row(question, options, taken, goal, memory, most, speed)
    for question in SORTING:
        half, _ = least_of(question, MILLION // 2, RUNS)
        whole, memory = least_of(question, MILLION, RUNS)
        yield _row(question, MILLION, whole, None, memory, MEMORY, speed)
        yield f"| {question}: times as long as {MILLION // 2:,} | {whole / half:.2f} | | {DOUBLED} | | |"


def _row(
    question: str, options: int, taken: float, goal: float | None, memory: float, most: float | None, speed: Speed
) -> str:
    scaled = f"{_at_reference(taken, speed) * 1e3:,.0f}"
    limits = [f"{limit:,.0f}" if limit else "" for limit in (goal, most)]
    return f"| {question}, {options:,} | {taken * 1e3:,.0f} | {scaled} | {limits[0]} | {memory:,.0f} | {limits[1]} |"


def _at_reference(taken: float, speed: Speed) -> float:
    return taken * REFERENCE.milliseconds / speed.milliseconds
