"""Who shares the work of a long run: threads of this process, other processes, or a cluster."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from policyopts.findings import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.engine.workers import Crew


@contextmanager
def crew_of(workers: int | None = None, scheduler: str | None = None) -> Iterator[Crew | None]:
    """Have so many processes, or the workers of a scheduler of Dask at its address; else none, and threads do it.

    Raises
    ------
    UsageError, WorkersError
        Where both are asked for, or there can be no such crew.
    """
    if workers is not None and scheduler is not None:
        raise UsageError("--workers shares the work on this machine, --scheduler on others", "take one of the two")
    if workers is not None and workers < 1:
        raise UsageError(f"--workers {workers}", "expected a whole number from 1 up")
    if scheduler is not None:
        from policyopts.analysis.cluster import cluster  # noqa: PLC0415 - few runs need it

        with cluster(scheduler) as crew:
            yield crew
    elif workers is not None:
        from policyopts.engine.processes import Processes  # noqa: PLC0415 - as above

        yield Processes(workers)
    else:
        yield None
