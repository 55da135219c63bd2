"""How a run is cut into chunks for those who share it."""

from collections.abc import Generator, Iterable
from itertools import count
from typing import Any

import pytest

from policyopts.engine.robustness import chunks
from policyopts.engine.robustness.simulation import Simulation


class Crowd:
    """A crew of very many, each of whom writes down how many blocks a chunk has."""

    size = 1000

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def in_turn(self, work: Any, items: Iterable[Any]) -> Generator[Any, None, None]:
        """Work on the items one by one."""
        for item in items:
            self.sizes.append(len(item))
            yield work(item)


def test_no_chunk_has_less_work_than_is_worth_sending(
    simulations: tuple[Simulation, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many share a run, a chunk is as much as was worked on to see how long a block takes; the rest is last."""
    looks = count()
    monkeypatch.setattr(chunks, "perf_counter", lambda: 0.02 * next(looks))  # each block takes a fiftieth of a second
    crowd, simulation = Crowd(), simulations[1]
    samples = 10 * simulation.block_size
    *_, counts = simulation.run(samples, crew=crowd)
    assert counts.samples == samples
    assert crowd.sizes == [3, 3, 1]
