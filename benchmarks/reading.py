"""Ten thousand option records: reading and checking them all, against PyYAML's C loader on the same files."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import yaml

from benchmarks.pairs import in_turn, row
from policyopts.records.loader import load

OPTIONS = 10_000
CRITERIA = 10
RUNS = 5

MEMORY = """
import re, sys
from pathlib import Path
from policyopts.records.loader import DossierReader
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = resident()
dossier = DossierReader(Path(sys.argv[1])).read().require()
print((resident() - before) / len(dossier.options))
"""


def rows() -> Iterator[str]:
    """Measure reading of full records and of bare numbers, and the memory of an option."""
    for name, cell in (("reasons, ranges and confidence in each cell", _full), ("bare numbers", _bare)):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_dossier(root, cell)
            pair = in_turn(partial(load, root), partial(_load, root), RUNS)
            yield row(f"{OPTIONS:,} × {CRITERIA}, {name} / `yaml.load`, C loader", pair, 0.8)
            if sys.platform == "linux":
                used = subprocess.run(
                    [sys.executable, "-c", MEMORY, folder], capture_output=True, text=True, check=True
                )
                yield f"| the same: memory, kB an option | {float(used.stdout):.1f} | | | 40 |"


def write_dossier(root: Path, cell: Callable[[int], str]) -> None:
    """Write a dossier of many options."""
    (root / "options").mkdir()
    leaves = "".join(
        f"  c{j}: {{scale: {{worst: 0, best: 100, unit: '%'}}, weight: {j + 1}}}\n" for j in range(CRITERIA)
    )
    (root / "criteria.yaml").write_text(f"decision: {{title: Many options}}\ncriteria:\n{leaves}", encoding="utf-8")
    for i in range(OPTIONS):
        cells = "".join(f"  c{j}: {cell((i * 7 + j * 13) % 90 + 5)}\n" for j in range(CRITERIA))
        text = (
            f"name: Option number {i}\nsummary: A few words about what this option is and does.\nperformance:\n{cells}"
        )
        (root / f"options/o{i}.yaml").write_text(text, encoding="utf-8")


def _full(value: int) -> str:
    return (
        f"{{low: {value - 3}, value: {value}, high: {value + 4}, "
        "because: a reason for the score that is given here, confidence: moderate}"
    )


def _bare(value: int) -> str:
    return f"{value}.5"


def _load(root: Path) -> None:
    for path in (root / "options").iterdir():
        with path.open(encoding="utf-8") as file:
            yaml.load(file, Loader=yaml.CSafeLoader)
