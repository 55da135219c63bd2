from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine import majority
from policyopts.engine.majority import ahead_of

Array = NDArray[np.intp]

# Both ways of working: all pairs at once, and in order.
WAYS = pytest.mark.parametrize("all_pairs", [10_000, 0])


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


@WAYS
@given(seed=st.integers(0, 2**32 - 1), options=st.integers(1, 20), noise=st.sampled_from([0, 1, 2, 4, 40]))
def test_groups_are_those_that_go_round_in_circles(all_pairs: int, seed: int, options: int, noise: int) -> None:
    """An option is ahead of another that no chain of verdicts leads back from, whichever way it is worked out."""
    places = rankings(np.random.default_rng(seed), options, noise)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(majority, "ALL_PAIRS", all_pairs)
        assert ahead_of(places).tolist() == by_definition(places)


@WAYS
def test_samples_are_each_by_themselves(all_pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rankings of samples give what those of each sample give."""
    monkeypatch.setattr(majority, "ALL_PAIRS", all_pairs)
    rng = np.random.default_rng(0)
    samples: Any = np.array([[rankings(rng, 9, 4) for _ in range(4)] for _ in range(3)])  # (3, 4, rankings, options)
    together = ahead_of(np.moveaxis(samples, 2, 0))
    for sample in np.ndindex(3, 4):
        assert together[sample].tolist() == by_definition(samples[sample])


def test_a_thousand_options_fall_into_the_same_groups_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of many sizes along a long line are found alike by pairs and in order."""
    places = rankings(np.random.default_rng(1), 1000, 6)
    in_order = ahead_of(places)
    monkeypatch.setattr(majority, "ALL_PAIRS", 1000)
    assert (ahead_of(places) == in_order).all()
    assert 10 < len(set(in_order.tolist())) < 990


def test_rankings_that_agree_are_the_verdict() -> None:
    """Three equal rankings without ties put everyone in their order."""
    assert ahead_of(np.tile(np.arange(100, 0, -1), (3, 1))).tolist() == list(range(100))


def test_level_options_share_a_group() -> None:
    """Options that all rankings put level are ahead of none of each other."""
    assert ahead_of(np.ones((3, 100), dtype=np.intp)).tolist() == [0] * 100
