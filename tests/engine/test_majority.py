from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine import majority
from policyopts.engine.majority import ahead_of

Array = NDArray[np.intp]

# The ways of working: all pairs at once, in line, by a group first, and that given up for the line.
WAYS = pytest.mark.parametrize(
    "way",
    [
        {"ALL_PAIRS": 10_000},
        {"ALL_PAIRS": 0},
        {"ALL_PAIRS": 0, "MANY": 0},
        {"ALL_PAIRS": 0, "MANY": 0, "ROUNDS": 1},
    ],
    ids=["pairs", "line", "group", "short reach"],
)


def by_definition(places: Array) -> list[int]:
    """Follow who is not behind whom as far as it goes: who cannot come back to an option is behind it."""
    votes = np.sign(places[:, np.newaxis, :] - places[:, :, np.newaxis]).sum(axis=0)
    reaches = votes >= 0
    for via in range(len(votes)):
        reaches |= reaches[:, [via]] & reaches[[via], :]
    ahead: list[int] = (reaches & ~reaches.T).sum(axis=-1).tolist()
    return ahead


def rankings(rng: np.random.Generator, options: int, noise: int) -> Array:
    """Make three rankings, with ties, that agree the more the less noise there is."""
    scores = np.arange(options) + rng.integers(0, noise + 1, (3, options))
    return np.array([[(row > own).sum() + 1 for own in row] for row in scores])


def set_constants(patch: pytest.MonkeyPatch, way: dict[str, int]) -> None:
    """Choose a way of working."""
    for name, number in way.items():
        patch.setattr(majority, name, number)


@WAYS
@given(seed=st.integers(0, 2**32 - 1), options=st.integers(1, 20), noise=st.sampled_from([0, 1, 2, 4, 40]))
def test_groups_are_those_that_go_round_in_circles(way: dict[str, int], seed: int, options: int, noise: int) -> None:
    """An option is ahead of another that no chain of verdicts leads back from, whichever way it is worked out."""
    places = rankings(np.random.default_rng(seed), options, noise)
    with pytest.MonkeyPatch.context() as patch:
        set_constants(patch, way)
        assert ahead_of(places).tolist() == by_definition(places)


@WAYS
def test_samples_are_each_by_themselves(way: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Rankings of samples give what those of each sample give."""
    set_constants(monkeypatch, way)
    rng = np.random.default_rng(0)
    samples: Any = np.array([[rankings(rng, 9, 4) for _ in range(4)] for _ in range(3)])  # (3, 4, rankings, options)
    together = ahead_of(np.moveaxis(samples, 2, 0))
    for sample in np.ndindex(3, 4):
        assert together[sample].tolist() == by_definition(samples[sample])


@WAYS
@pytest.mark.parametrize("noise", [6, 300])
def test_a_thousand_options_fall_into_the_same_groups_all_ways(
    way: dict[str, int], noise: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Groups of many sizes along a long line, or one and a few at its ends, are found alike."""
    places = rankings(np.random.default_rng(1), 1000, noise)
    in_line = ahead_of(places)
    set_constants(monkeypatch, way)
    assert (ahead_of(places) == in_line).all()
    assert 1 < len(set(in_line.tolist())) < 990


def test_rankings_that_agree_are_the_verdict() -> None:
    """Three equal rankings without ties put everyone in their order."""
    assert ahead_of(np.tile(np.arange(100, 0, -1), (3, 1))).tolist() == list(range(100))


def test_level_options_share_a_group() -> None:
    """Options that all rankings put level are ahead of none of each other."""
    assert ahead_of(np.ones((3, 100), dtype=np.intp)).tolist() == [0] * 100
