"""`make bench`: every measurement, as rows for benchmarks/README.md."""

import platform

import numpy as np

from benchmarks import exploring, reading, startup, watching


def main() -> None:
    """Print a table of results."""
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.system()} {platform.machine()}\n")
    print("| what | ours, ms | against, ms | ratio | goal, at most |")
    print("|---|---:|---:|---:|---:|")
    for part in (startup, reading, watching, exploring):
        for row in part.rows():
            print(row, flush=True)


if __name__ == "__main__":
    main()
