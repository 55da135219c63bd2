"""Documents with all their figures, as whole processes, against `rank`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pairs import in_turn, process, program, row

RUNS = 5
GOAL = 20  # times `rank`: seconds, where that takes a quarter of one


def rows() -> Iterator[str]:
    """Measure the briefing in each format, and one figure."""
    with tempfile.TemporaryDirectory() as folder:
        ranked = process([program(), "rank"])
        for name in ("briefing.md", "briefing.html", "briefing.docx", "briefing.pdf"):
            pair = in_turn(process([program(), "briefing", "-o", str(Path(folder, name))]), ranked, RUNS)
            yield row(f"`policyopts briefing -o {name}`, with eight figures / `policyopts rank`", pair, GOAL)
        figure = process([program(), "plot", "contributions", "-o", str(Path(folder, "contributions.svg"))])
        yield row(
            "`policyopts plot contributions -o contributions.svg` / `policyopts rank`",
            in_turn(figure, ranked, RUNS),
            GOAL,
        )
