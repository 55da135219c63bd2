"""The same seed gives the same bytes: in one thread, in several, in processes, and on a cluster."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from policyopts.analysis.crews import crew_of
from policyopts.engine.robustness.counts import Counts
from policyopts.engine.robustness.simulation import Simulation

STORED = "ff2d4f09c7c86e4d58477da3d1845ba2666abfe861adda89814abbac825b8482"
"""Of all that is counted in these runs. It changes only with what is drawn: each seed then means another run."""

SAMPLES = 140_003  # some blocks, of which the last is no whole one


@contextmanager
def how(name: str, request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """Give what a run takes to be shared so."""
    who, _, number = name.partition(" ")
    if who == "threads":
        yield {"threads": int(number)}
    elif who == "processes":
        with crew_of(workers=int(number)) as crew:
            yield {"crew": crew}
    else:
        with crew_of(scheduler=request.getfixturevalue("cluster").scheduler_address) as crew:
            yield {"crew": crew}


@pytest.mark.usefixtures("small_chunks")
class TestWhoeverDoesTheWork:
    """Who shares a run changes no figure."""

    @pytest.mark.parametrize("name", ["threads 1", "threads 2", "threads 8", "processes 2", "Dask"])
    def test_counts_are_the_stored_ones(
        self,
        name: str,
        request: pytest.FixtureRequest,
        simulations: tuple[Simulation, ...],
        counted: Callable[[Counts], bytes],
        everything: Callable[[Counts], bytes],
    ) -> None:
        """Counts are what they were when this test was written; sums of weights and scores what one thread gives."""
        found = b""
        with how(name, request) as shared:
            for simulation in simulations:
                *_, counts = simulation.run(SAMPLES, **shared)
                found += counted(counts)
                *_, alone = simulation.run(SAMPLES, threads=1)
                assert everything(counts) == everything(alone)
        assert hashlib.sha256(found).hexdigest() == STORED

    @pytest.mark.parametrize("name", ["threads 8", "processes 2", "Dask"])
    def test_a_precise_run_ends_at_the_same_block(
        self,
        name: str,
        request: pytest.FixtureRequest,
        simulations: tuple[Simulation, ...],
        everything: Callable[[Counts], bytes],
    ) -> None:
        """What was drawn beyond the block at which a run is precise enough is thrown away."""
        simulation = simulations[1]
        *_, alone = simulation.run(None, precision=0.0012, threads=1)
        with how(name, request) as shared:
            *_, counts = simulation.run(None, precision=0.0012, **shared)
        assert counts.samples > 4 * simulation.block_size
        assert everything(counts) == everything(alone)

    @pytest.mark.parametrize("name", ["processes 2", "Dask"])
    def test_very_many_options_are_shared_too(
        self, name: str, request: pytest.FixtureRequest, many: Simulation, everything: Callable[[Counts], bytes]
    ) -> None:
        """Of more than a thousand options only the first ranks and the sums of ranks are sent."""
        samples = many.block_size + 7
        *_, alone = many.run(samples, threads=1)
        with how(name, request) as shared:
            *_, counts = many.run(samples, **shared)
        assert everything(counts) == everything(alone)
        assert counts.rank_sums.tolist() == alone.rank_sums.tolist()
        assert counts.wins.shape == (0, 0)
