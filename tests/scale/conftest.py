"""Runs that others share: what they are, and a cluster of two workers on this machine."""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.robustness import chunks
from policyopts.engine.robustness.counts import MANY
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.engine.robustness.simulation import Simulation
from policyopts.engine.robustness.weights import any_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from policyopts.engine.robustness.counts import Counts


def matrix_of(options: int, criteria: int) -> DecisionMatrix:
    """Make a matrix that every method takes."""
    rng = np.random.default_rng(options)
    return DecisionMatrix(
        rng.uniform(20, 80, (options, criteria)),
        rng.uniform(1, 5, criteria),
        rng.choice(["max", "min"], criteria).tolist(),
        lower=[0] * criteria,
        upper=[100] * criteria,
    )


@pytest.fixture
def simulations() -> tuple[Simulation, ...]:
    """Give simulations that are scored and counted each in another way; one has options that tie."""
    matrix = matrix_of(5, 8)
    spread = UncertainPerformances(matrix, matrix.values - 5, matrix.values + 5, "triangular")
    alike = DecisionMatrix(np.ones((4, 2)), [1, 1], ["max", "max"], lower=[0, 0], upper=[2, 2])
    return (
        Simulation(matrix, any_weights(8)),
        Simulation(matrix, performances=spread, seed=5),
        Simulation(matrix, method="topsis"),
        Simulation(alike),
        Simulation(matrix_of(30, 4), any_weights(4)),
    )


@pytest.fixture
def many() -> Simulation:
    """Give a simulation of so many options that not all ranks are told apart."""
    return Simulation(matrix_of(MANY + 1, 3), any_weights(3))


@pytest.fixture
def counted() -> Callable[[Counts], bytes]:
    """Give the bytes of all whole numbers of a run but sums of weights: they are the same on any machine."""

    def counted_by(counts: Counts) -> bytes:
        parts = [part.astype("<i8").tobytes() for part in (counts.ranks, counts.wins, counts.squares)]
        rest = (counts.samples, counts.groups, counts.pair_samples, sorted(counts.tied.items()))
        return b"".join([*parts, repr(rest).encode()])

    return counted_by


@pytest.fixture
def everything(counted: Callable[[Counts], bytes]) -> Callable[[Counts], bytes]:
    """Give all bytes of a run: sums of weights and the scores kept too, whose last digits depend on the machine."""

    def all_of(counts: Counts) -> bytes:
        scores = np.concatenate(counts.scores, axis=1)
        return counted(counts) + counts.weights.tobytes() + scores.tobytes()

    return all_of


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each block but the first a chunk, so that little work is shared too."""
    monkeypatch.setattr(chunks, "SECONDS", 0)
    monkeypatch.setattr(chunks, "SOUNDED", 0)


@contextmanager
def dask_cluster(workers: int) -> Iterator[Any]:
    """Start a cluster on this machine that others cannot reach, each worker a process with one thread."""
    import dask
    from distributed import LocalCluster

    with warnings.catch_warnings(), dask.config.set({"distributed.comm.timeouts.connect": "3s"}):
        # The scheduler asks a dead worker for its results for half a minute, unless told otherwise.
        warnings.simplefilter("ignore")  # what Dask leaves open on its way is not ours
        with LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster:
            yield cluster


@pytest.fixture
def start_cluster() -> Callable[[int], AbstractContextManager[Any]]:
    """Give what starts a cluster of so many workers, for a test that spoils it or wants none."""
    return dask_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """Give a cluster of two workers."""
    with dask_cluster(2) as started:
        yield started


@pytest.fixture
def is_there() -> Callable[[int], bool]:
    """Give what tells whether there is such a process."""

    def is_one(process: int) -> bool:
        with suppress(ProcessLookupError):
            os.kill(process, 0)
            return True
        return False

    return is_one
