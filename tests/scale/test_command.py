"""`policyopts robustness` with others who share the work, and `po.robustness` likewise."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import policyopts as po

Run = Callable[..., tuple[int, str, str]]
DOSSIER = Path(__file__).parents[2]
DRAWN = ("robustness", "--example", "--weights", "any", "--where", "iraq >= 0.2", "--samples", "70003")


@pytest.mark.usefixtures("small_chunks")
def test_the_same_bytes_are_printed(cluster: Any, run: Run) -> None:
    """Threads, processes and a cluster: what is printed is the same, and nothing else is said."""
    command = (*DRAWN, "--format", "json")
    alone = run(*command)
    assert alone[0] == 0
    assert run(*command, "--workers", "2") == alone
    assert run(*command, "--scheduler", cluster.scheduler_address) == alone


@pytest.mark.usefixtures("small_chunks")
def test_python_has_them_too(cluster: Any) -> None:
    """For a matrix as for a dossier, `workers` and `scheduler` change no figure."""
    matrix = po.DecisionMatrix([[45, 9], [60, 24]], [60, 40], ["max", "min"], lower=[0, 0], upper=[100, 36])
    alone = po.robustness(matrix, samples=200_000)
    assert po.robustness(matrix, samples=200_000, workers=2).first.tolist() == alone.first.tolist()
    dossier = po.load(DOSSIER)
    alone = po.robustness(dossier, samples=50_000)
    shared = po.robustness(dossier, samples=50_000, scheduler=cluster.scheduler_address)
    assert shared.rank_acceptability.tolist() == alone.rank_acceptability.tolist()
    assert shared.score_percentiles.tolist() == alone.score_percentiles.tolist()


def test_little_work_is_not_shared(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is little to draw, no process is started for it: the default run is over sooner than one begins."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert run("robustness", "--example", "--samples", "1000", "--workers", "2")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--workers", "0"), "Invalid value for '--workers': Input should be greater than or equal to 1"),
        (("--workers", "2", "--scheduler", "tcp://127.0.0.1:1"), "take one of the two"),
        (("--scheduler", "cluster.example.org"), "expected tcp://host:port or tls://host:port"),
    ],
)
def test_what_cannot_be_is_wrong_usage(arguments: tuple[str, ...], message: str, run: Run) -> None:
    """The exit code is 2, and nothing is drawn."""
    code, out, err = run(*DRAWN, *arguments)
    assert (code, out) == (2, "")
    assert message in " ".join(err.replace("│", " ").split())


def test_a_cluster_that_is_not_there_is_no_wrong_usage(run: Run) -> None:
    """The exit code is 1, after two lines."""
    assert run(*DRAWN, "--scheduler", "tcp://127.0.0.1:1") == (
        1,
        "",
        (
            "policyopts: no scheduler of Dask answers at tcp://127.0.0.1:1\n"
            "  start one with: dask scheduler; for tls://, Dask's own configuration names the certificates\n"
        ),
    )


def test_others_are_only_imported_where_they_work() -> None:
    """A run in threads starts without what starts processes and talks to clusters."""
    code = (
        "import sys; from pathlib import Path; import policyopts as po\n"
        f"po.robustness(po.load(Path({str(DOSSIER)!r})), samples=10)\n"
        "print(sorted({'dask', 'distributed', 'multiprocessing', 'policyopts.engine.processes'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout == "[]\n"
