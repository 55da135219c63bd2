"""A real cluster of Dask on this machine, whose workers are killed in the midst of a run; and ones that are no use."""

import os
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from itertools import islice
from typing import Any

import distributed
import pytest

from policyopts.analysis import cluster as clusters
from policyopts.analysis.crews import crew_of
from policyopts.engine.robustness.counts import Counts
from policyopts.engine.robustness.simulation import Simulation
from policyopts.findings import UsageError, WorkersError

killing = pytest.mark.skipif(sys.platform == "win32", reason="a process is neither killed nor looked for as here")
StartCluster = Callable[[int], AbstractContextManager[Any]]


@killing
@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize(("killed", "deaths_forgiven"), [(1, 3), (2, 0)])
def test_workers_that_die_cost_nothing_but_time(
    killed: int,
    deaths_forgiven: int,
    cluster: Any,
    simulations: tuple[Simulation, ...],
    everything: Callable[[Counts], bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One worker, or both, are killed once the first results are there; the run ends as if nothing had happened.

    That is so whether the scheduler hands the work to another by itself, or gives it up.
    """
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", deaths_forgiven)
    simulation = simulations[1]
    samples = 40 * simulation.block_size + 7
    *_, alone = simulation.run(samples)
    with crew_of(scheduler=cluster.scheduler_address) as crew:
        run = simulation.run(samples, crew=crew)
        for counts in islice(run, 3):
            assert counts.samples < samples
        for nanny in [*cluster.workers.values()][:killed]:
            os.kill(nanny.pid, signal.SIGKILL)
        *_, counts = run
    assert everything(counts) == everything(alone)


@pytest.mark.usefixtures("small_chunks")
def test_a_run_that_is_left_leaves_nothing_behind(cluster: Any, simulations: tuple[Simulation, ...]) -> None:
    """What nobody waits for any more is taken back."""
    with crew_of(scheduler=cluster.scheduler_address) as crew:
        run = simulations[0].run(None, crew=crew)
        counts = next(islice(run, 3, None))
        assert counts.samples == 4 * simulations[0].block_size
        del run
    assert cluster.scheduler.tasks == {}


def test_a_scheduler_that_goes_away_is_told(
    start_cluster: StartCluster,
    simulations: tuple[Simulation, ...],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without its scheduler a run ends, in a sentence, and Dask's own logs keep quiet."""
    monkeypatch.setattr(clusters, "ANSWERS_WITHIN", 1)
    with start_cluster(1) as cluster, crew_of(scheduler=cluster.scheduler_address) as crew:
        run = simulations[0].run(None, crew=crew)
        next(run)
        caplog.clear()
        cluster.close()
        with pytest.raises(WorkersError, match="the scheduler is gone"):
            list(run)
        assert [record for record in caplog.records if record.name == "distributed.client"] == []


def test_a_scheduler_without_workers_is_no_use(start_cluster: StartCluster) -> None:
    """The error says what starts a worker."""
    with (
        start_cluster(0) as cluster,
        pytest.raises(WorkersError, match="has no workers") as told,
        crew_of(scheduler=cluster.scheduler_address),
    ):
        pass
    assert told.value.hint == f"start some on each machine with: dask worker {cluster.scheduler_address}"


@pytest.mark.parametrize("name", ["policyopts", "numpy"])
def test_workers_with_other_versions_are_refused(name: str, cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other versions may draw otherwise; the error names those there and those here."""
    theirs = __import__(name).__version__
    monkeypatch.setattr("numpy.__version__" if name == "numpy" else clusters.__name__ + ".__version__", "0.0.9")
    with (
        pytest.raises(WorkersError, match=f"would not come to the same figures: {name} {theirs}, not 0.0.9$"),
        crew_of(scheduler=cluster.scheduler_address),
    ):
        pass


def test_workers_without_the_program_are_refused(cluster: Any) -> None:
    """What they lack is named as missing."""
    lacking = "import sys; sys.modules['policyopts'] = None"
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        client.run(exec, lacking)
        try:
            with (
                pytest.raises(WorkersError, match="policyopts missing, not "),
                crew_of(scheduler=cluster.scheduler_address),
            ):
                pass
        finally:
            client.run(exec, "import sys; del sys.modules['policyopts']")


def test_where_nothing_listens() -> None:
    """An address where nobody is, and one for TLS without certificates, are told with the address and what may help."""
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    for address in (f"tcp://127.0.0.1:{port}", f"tls://127.0.0.1:{port}", "tcp://nowhere.invalid:8786"):
        answer = pytest.raises(WorkersError, match=f"no scheduler of Dask answers at {address}$")
        with answer as told, crew_of(scheduler=address):
            pass
        assert "dask scheduler" in told.value.hint


@pytest.mark.parametrize("said", [b"SSH-2.0-OpenSSH_9.2p1\r\n", None])
def test_where_another_service_listens(said: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that is no scheduler is told as such, whether it speaks or waits to be spoken to."""
    monkeypatch.setattr(clusters, "ANSWERS_WITHIN", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:

        def serve() -> None:
            with suppress(OSError):
                while said is not None:
                    connection, _ = server.accept()
                    connection.sendall(said)
                    connection.close()

        pool.submit(serve)
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(WorkersError, match="no scheduler of Dask answers"), crew_of(scheduler=address):
            pass
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://a b:1", ""])
def test_what_is_no_address_is_wrong_usage(address: str) -> None:
    """The error says what an address looks like."""
    with pytest.raises(UsageError, match="is no address of a scheduler") as told, crew_of(scheduler=address):
        pass
    assert told.value.hint == "expected tcp://host:port or tls://host:port"


def test_one_crew_is_enough() -> None:
    """Processes and a cluster together are wrong usage, and so is a crew of nobody."""
    with pytest.raises(UsageError, match="--scheduler on others"), crew_of(2, "tcp://127.0.0.1:8786"):
        pass
    with pytest.raises(UsageError, match="--workers 0"), crew_of(0):
        pass


def test_a_cluster_takes_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed, the error says how to have it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WorkersError, match="which is not installed") as told, crew_of(scheduler="tcp://127.0.0.1:1"):
        pass
    assert "pip install 'policyopts[distributed]'" in told.value.hint
