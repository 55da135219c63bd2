"""Whole processes against the bare import of what they stand on, and other commands against `rank`."""

import os
import sys
from collections.abc import Iterator

from benchmarks.pairs import in_turn, process, program, row

RUNS = 25
STANDS_ON = "import typer, rich.console, rich.table, yaml, numpy; from pydantic import BaseModel"
COMPLETION = {
    "_POLICYOPTS_COMPLETE": "complete_bash",
    "COMP_WORDS": "policyopts explain reg",
    "COMP_CWORD": "2",
}


def rows() -> Iterator[str]:
    """Measure start-up, a row a command."""
    cases: tuple[tuple[str, list[str], str, dict[str, str], float], ...] = (
        ("`policyopts rank`, the shipped dossier", [program(), "rank"], STANDS_ON, {}, 1.4),
        ("`policyopts --help`", [program(), "--help"], "import typer", {}, 2.0),
        ("`policyopts --version`", [program(), "--version"], "pass", {}, 1.5),
        ("completion of an option's id", [program()], "import typer", COMPLETION, 2.0),
    )
    for name, command, bare, environment, goal in cases:
        yield row(
            f"{name} / `python -c {bare!r}`",
            in_turn(process(command, **{**os.environ, **environment}), process([sys.executable, "-c", bare]), RUNS),
            goal,
        )
    for other, goal in (("sensitivity", 2.5), ("robustness", 2.5), ("briefing", 3.0)):
        pair = in_turn(process([program(), other]), process([program(), "rank"]), RUNS)
        yield row(f"`policyopts {other}`, the shipped dossier / `policyopts rank`", pair, goal)
