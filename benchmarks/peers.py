"""Our engine against other libraries, on the same problem and in turn; `make bench-peers` runs what takes minutes."""

from __future__ import annotations

import platform
import statistics
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from peers.environments import OURSELVES, PEERS, Peer

from benchmarks.timed import LIMIT, NoAnswerError, Timed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HEAD = (
    "| what, options × 10 criteria | ours, ms | MiB | against | its ms | MiB | times as fast | goal, at least |",
    "|---|---:|---:|---|---:|---:|---:|---:|",
)


@dataclass(frozen=True)
class Case:
    """A question for so many options, and how many times as fast as each peer the answer should come."""

    name: str
    question: str
    options: int
    goals: Mapping[str, float | None] = field(hash=False)  # peer → times; None where it is only looked at
    runs: int = 3


SMALL: Mapping[str, float | None] = {"pymcdm": 1, "scikit-criteria": 1, "pyrepo-mcda": 1, "pyDecision": 1, "mcda": 1}
MILLION: Mapping[str, float | None] = {"pymcdm": 100, "scikit-criteria": 3, "pyrepo-mcda": 3, "pyDecision": 3}

QUICK = (
    Case("weighted sum", "weighted-sum min-max", 5, SMALL, 15),
    Case("TOPSIS", "topsis vector", 5, SMALL, 15),
    Case("VIKOR", "vikor Q", 5, {name: goal for name, goal in SMALL.items() if name != "mcda"}, 15),
    Case("weighted sum", "weighted-sum min-max", 1_000_000, MILLION),
    Case("TOPSIS", "topsis vector", 1_000_000, MILLION),
    Case("VIKOR", "vikor Q", 1_000_000, MILLION),
    Case("PROMETHEE, linear", "promethee linear", 1000, {"pymcdm": 50}, 15),
)
HEAVY = (
    Case("PROMETHEE, linear", "promethee linear", 1000, {"pyrepo-mcda": 50, "pyDecision": 50}),
    Case("PROMETHEE, linear", "promethee linear", 5000, {"pymcdm": 500}),
    Case("PROMETHEE, linear", "promethee linear", 10_000, {"pymcdm": None, "pyrepo-mcda": None, "pyDecision": None}),
    Case("ELECTRE I", "electre-1 kernel", 10_000, {"scikit-criteria": 6}),
    Case("ELECTRE III", "electre-3", 100, {"pyDecision": None, "mcda": None}),
    Case("ELECTRE III", "electre-3", 1000, {"pyDecision": None, "mcda": None}),
)


def rows(cases: Sequence[Case] = QUICK) -> Iterator[str]:
    """Measure each case against each of its peers, and name the rows that must be left out."""
    for case in cases:
        for name, goal in case.goals.items():
            peer = PEERS[name]
            if peer.is_installed:
                yield _row(case, peer, goal)
            else:
                yield f"| {_what(case)} | **LEFT OUT** | | {name}: run `make peers-venvs` | | | | |"


def _row(case: Case, peer: Peer, goal: float | None) -> str:
    least = f"{goal:g}" if goal else ""
    against = f"{peer.name} {peer.version}"
    with Timed(OURSELVES, case.question, case.options) as ours:
        try:
            with Timed(peer, case.question, case.options) as theirs:
                pairs = [(ours.seconds(), theirs.seconds()) for _ in range(case.runs)]
        except NoAnswerError as reason:
            own = statistics.median(ours.seconds() for _ in range(case.runs))
            return f"| {_what(case)} | {_ms(own)} | {ours.memory:.0f} | {against} | {reason} | | | {least} |"
    own, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    times = statistics.median(other / own for own, other in pairs)
    return (
        f"| {_what(case)} | {_ms(own)} | {ours.memory:.0f} | {against} | {_ms(other)} | {theirs.memory:.0f} "
        f"| {times:.3g} | {least} |"
    )


def _what(case: Case) -> str:
    return f"{case.name}, {case.options:,}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.3f}" if seconds < 0.01 else f"{seconds * 1e3:,.0f}"


def main() -> None:
    """Print the rows that take minutes."""
    print(f"Python {platform.python_version()}, numpy {np.__version__}; an answer may take {LIMIT:.0f} s and 8 GiB\n")
    for line in chain(HEAD, rows(HEAVY)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
