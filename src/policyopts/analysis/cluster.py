"""A cluster that shares the work: machines on which a scheduler of Dask and its workers run.

A worker that dies costs nothing but time: the scheduler gives what it was at to another, and what was given up after
several deaths is handed in again.
"""

from __future__ import annotations

import logging
import re
import socket
import warnings
from collections import deque
from contextlib import contextmanager, suppress
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from policyopts import __version__
from policyopts.findings import UsageError, WorkersError
from policyopts.names import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from distributed import Client, Future

    Item = TypeVar("Item")
    Result = TypeVar("Result")

ADDRESS = re.compile(r"(tcp|tls)://([^\s:/\[\]]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}")
ANSWERS_WITHIN = 10  # seconds
COMES_BACK_WITHIN = 60  # seconds, a worker when there is none left
ATTEMPTS = 3  # at an item, each given up by the scheduler after several deaths
GONE = "the scheduler is gone, and with it what its workers were at"
NO_WORKERS = "start some on each machine with: dask worker {}"
TALKATIVE = ("distributed", "tornado", "asyncio")  # what says in logs what is told here in one sentence


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Connect with the scheduler at an address, `tcp://host:port` or `tls://host:port`.

    Raises
    ------
    UsageError
        For what is no address.
    WorkersError
        Where Dask is not installed here, nobody answers, or the workers would come to other figures.
    """
    if not ADDRESS.fullmatch(address):
        raise UsageError(
            f"{quoted(address)} is no address of a scheduler", "expected tcp://host:port or tls://host:port"
        )
    try:
        import distributed  # noqa: PLC0415 - an extra, and only clusters need it
    except ImportError:
        hint = "pip install 'policyopts[distributed]'; or share the work among processes of this machine: --workers"
        raise WorkersError("a cluster takes Dask, which is not installed", hint) from None
    with _quiet():
        try:
            _listen(address)
            client = distributed.Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)
        except Exception as error:  # whatever it is that answers there, if anything does
            hint = "start one with: dask scheduler; for tls://, Dask's own configuration names the certificates"
            raise WorkersError(f"no scheduler of Dask answers at {address}", hint) from error
        with client:
            _check_workers(client, address)
            yield Cluster(client, address)


class Cluster:
    """The workers of a scheduler; each of their threads is one of the crew."""

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._address = client, address
        self.size = sum(_threads(client).values())

    def in_turn(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result, None, None]:
        """Work on the items, and give the results in the items' order: machines change no figure.

        Raises
        ------
        WorkersError
            Where the workers or the scheduler are lost, or workers die again and again at the same item.
        """
        waiting: deque[tuple[Item, Future[Any]]] = deque()
        try:
            for item in items:
                waiting.append((item, self._submit(work, item)))
                if len(waiting) > 2 * self.size:
                    yield self._result(work, *waiting.popleft())
            while waiting:
                yield self._result(work, *waiting.popleft())
        finally:
            with suppress(Exception):  # a closed client has nothing to take back; what went wrong is told
                self._client.cancel([future for _, future in waiting], force=True)

    def _submit(self, work: Callable[[Item], Result], item: Item) -> Future[Any]:
        return self._client.submit(work, item, pure=False)

    def _result(self, work: Callable[[Item], Result], item: Item, future: Future[Any]) -> Any:
        from distributed import CancelledError, KilledWorker  # noqa: PLC0415 - as above

        for _ in range(ATTEMPTS):
            self._wait(future)
            try:
                return future.result()
            except KilledWorker:
                future = self._submit(work, item)
            except (CancelledError, OSError) as error:
                raise WorkersError(GONE) from error
            except ImportError as error:
                raise WorkersError(f"a worker that came later is not like the others: {error}") from error
        raise WorkersError(
            "workers died again and again at the same place", "they may be short of memory: their logs tell"
        )

    def _wait(self, future: Future[Any]) -> None:
        """Wait until a result is there, as long as there is somebody to work on it."""
        from distributed import wait  # noqa: PLC0415 - as above

        last_seen = monotonic()
        while True:
            try:
                with self._client.as_current():
                    wait([future], timeout=1)
            except TimeoutError:
                if _threads(self._client):
                    last_seen = monotonic()
                elif monotonic() - last_seen > COMES_BACK_WITHIN:
                    raise WorkersError(
                        "all workers are gone, and none has come back", NO_WORKERS.format(self._address)
                    ) from None
            except Exception as error:
                raise WorkersError(GONE) from error
            else:
                return


def _threads(client: Client) -> dict[str, int]:
    """Count the threads of each worker."""
    try:
        threads: dict[str, int] = client.nthreads()
    except OSError as error:
        raise WorkersError(GONE) from error
    return threads


def _listen(address: str) -> None:
    """Make sure that somebody is there who speaks first, as a scheduler does: Dask would wait for that without end."""
    from distributed import Security  # noqa: PLC0415 - as above

    if address.startswith("tls") and Security().get_connection_args("client")["ssl_context"] is None:
        raise ConnectionError  # a client without certificates would only find that out when it is half made
    host, _, port = address.partition("://")[2].rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=ANSWERS_WITHIN) as connection:
        if address.startswith("tcp") and not connection.recv(1):
            raise ConnectionError


def _check_workers(client: Client, address: str) -> None:
    """Make sure that there are workers, and that they would come to the same figures as this program does."""
    if not _threads(client):
        raise WorkersError(f"the scheduler at {address} has no workers", NO_WORKERS.format(address))
    ours = {"policyopts": __version__, "numpy": import_module("numpy").__version__}

    def versions(names: tuple[str, ...]) -> dict[str, str | None]:
        """Tell the versions that a worker has; a function within another is sent along with what it says."""
        found: dict[str, str | None] = {}
        for name in names:
            try:
                found[name] = __import__(name).__version__
            except ImportError:
                found[name] = None
        return found

    others = {
        f"{name} {version or 'missing'}, not {ours[name]}"
        for theirs in client.run(versions, tuple(ours)).values()
        for name, version in theirs.items()
        if version != ours[name]
    }
    if others:
        raise WorkersError(
            f"workers at {address} would not come to the same figures: {'; '.join(sorted(others))}",
            "install the same versions there as here",
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from writing logs and warnings where a user reads results."""
    known = (logging.getLogger(name) for name in (*logging.root.manager.loggerDict, *TALKATIVE))
    levels = {logger: logger.level for logger in known if logger.name.partition(".")[0] in TALKATIVE}
    for logger in levels:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in levels.items():
            logger.setLevel(level)
