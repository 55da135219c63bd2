"""`make bench`: every measurement, as rows for benchmarks/README.md."""

import platform
from itertools import chain

import numpy as np

from benchmarks import (
    calibration,
    documents,
    engine,
    exploring,
    pairs,
    peers,
    reading,
    robustness,
    sensitivity,
    startup,
    tables,
    watching,
)


def main() -> None:
    """Print tables of results."""
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.system()} {platform.machine()}")
    speed = calibration.measure()
    print(f"{speed}; reference machine: {calibration.REFERENCE}")
    parts = (startup, documents, reading, tables, watching, exploring, robustness, sensitivity)
    program = (row for part in parts for row in part.rows())
    for head, rows in ((pairs.HEAD, program), (peers.HEAD, peers.rows()), (engine.HEAD, engine.rows(speed))):
        print()
        for line in chain(head, rows):
            print(line, flush=True)


if __name__ == "__main__":
    main()
