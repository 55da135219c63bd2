"""A million options in a table: whole rankings against the bare reading of the same file."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.pairs import in_turn, process, program, row

OPTIONS = 1_000_000
CRITERIA = 10
RUNS = 5

CSV_MODULE = "import csv, sys\nfor _ in csv.reader(open(sys.argv[1], newline='', encoding='utf-8')): pass"
DUCKDB = "import duckdb, sys\nduckdb.sql(f'SELECT * FROM {sys.argv[2]}(?)', params=[sys.argv[1]]).fetchnumpy()"
MEMORY = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def rows() -> Iterator[str]:
    """Measure time and memory of the ranking of a million options."""
    with tempfile.TemporaryDirectory() as folder:
        csv, parquet = Path(folder, "csv"), Path(folder, "parquet")
        table = write_dossier(csv, parquet)
        what = f"`rank --top 10`, {OPTIONS:,} × {CRITERIA}"
        ranked = [program(), "rank", "--top", "10", "-C"]
        from_csv, from_parquet = [*ranked, str(csv)], [*ranked, str(parquet)]
        python = [sys.executable, "-c"]
        bare = process([*python, CSV_MODULE, str(table)])
        yield row(f"{what}, CSV / a pass of Python's `csv`", in_turn(process(from_csv), bare, RUNS), 6)
        bare = process([*python, DUCKDB, str(table), "read_csv"])
        yield row(f"{what}, CSV / reading by duckdb", in_turn(process(from_csv), bare, RUNS), 6)
        bare = process([*python, DUCKDB, str(parquet / "options.parquet"), "read_parquet"])
        yield row(f"{what}, Parquet / reading by duckdb", in_turn(process(from_parquet), bare, RUNS), 5)
        if sys.platform == "linux":
            for name, command in (("CSV", from_csv), ("Parquet", from_parquet)):
                used = subprocess.run([*python, MEMORY, *command], capture_output=True, text=True, check=True)
                yield f"| the same, {name}: peak memory, MiB | {int(used.stdout) / 1024:.0f} | | | 1024 |"


def write_dossier(csv: Path, parquet: Path) -> Path:
    """Write the same options as CSV and as Parquet, each a dossier; give the CSV's path."""
    leaves = "".join(
        f"  c{j}: {{scale: {{worst: 0, best: 100, unit: '%'}}, weight: {j + 1}}}\n" for j in range(CRITERIA)
    )
    for folder in (csv, parquet):
        folder.mkdir()
        (folder / "criteria.yaml").write_text(f"decision: {{title: Many options}}\ncriteria:\n{leaves}", "utf-8")
    scores = np.random.default_rng(0).integers(0, 1_000_000, (OPTIONS, CRITERIA)) / 10_000
    path = csv / "options.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(f"id,name,{','.join(f'c{j}' for j in range(CRITERIA))}\n")
        for number, cells in enumerate(scores.tolist()):
            file.write(f"o{number},Option number {number},{','.join(map(str, cells))}\n")
    duckdb.read_csv(str(path)).write_parquet(str(parquet / "options.parquet"))
    return path
