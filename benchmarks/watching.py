"""`rank --watch`: from a saved edit to the new ranking on the screen."""

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pairs import ROOT, program

EDITS = 20
GOAL_MS = 100


def rows() -> Iterator[str]:
    """Measure the time from saving a weight to the last line of the new ranking."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("criteria.yaml", "evidence.yaml", "frames.yaml", "perspectives.yaml", "assumptions.yaml"):
            shutil.copy(ROOT / name, root)
        shutil.copytree(ROOT / "options", root / "options")
        criteria = (root / "criteria.yaml").read_text(encoding="utf-8")
        with subprocess.Popen([program(), "rank", "--watch", "-C", folder], stdout=subprocess.PIPE, text=True) as watch:
            _until_verdict(watch)
            time.sleep(1)  # the first ranking is out before the folder is watched
            waits = [_wait(root, criteria, number, watch) for number in range(EDITS)]
            watch.terminate()
    median, worst = statistics.median(waits) * 1e3, max(waits) * 1e3
    yield f"| from a saved edit to the ranking, ms (worst of {EDITS}: {worst:.0f}) | {median:.0f} | | | {GOAL_MS} |"


def _wait(root: Path, criteria: str, number: int, watch: subprocess.Popen[str]) -> float:
    edited = criteria.replace("weight: 100", f"weight: {60 + number}", 1)
    start = time.perf_counter()
    (root / "criteria.yaml").write_text(edited, encoding="utf-8")
    _until_verdict(watch)
    taken = time.perf_counter() - start
    time.sleep(0.2)
    return taken


def _until_verdict(watch: subprocess.Popen[str]) -> None:
    assert watch.stdout is not None  # noqa: S101 - it was asked for
    for line in watch.stdout:
        if "first, " in line or "first place" in line:
            return
