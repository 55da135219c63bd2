import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine import flows
from policyopts.engine.flows import Preference, Shape, flows_by_sorting, flows_in_blocks

Array = NDArray[np.float64]

seeds = st.integers(0, 2**32 - 1)


def pairwise(figures: Array, preference: Preference) -> tuple[Array, Array]:
    """Work flows out by the definition of each shape, pair by pair."""
    d = figures[:, np.newaxis] - figures
    low, high = preference.low, preference.high
    match preference.shape:
        case "step":
            table = np.where(d > low, 1.0, 0.0)
        case "level":
            table = np.where(d > high, 1.0, np.where(d > low, 0.5, 0.0))
        case "ramp":
            table = np.clip((d - low) / (high - low), 0.0, 1.0)
        case "bell":
            table = np.where(d > 0, -np.expm1(-np.square(np.clip(d, 0, 40 * high) / high) / 2), 0.0)
    return table.sum(axis=1), table.sum(axis=0)


def assert_pairwise(figures: Array, preference: Preference) -> None:
    """Hold sorted flows, divided by the number of others, against those of the definition."""
    for found, expected in zip(flows_by_sorting(figures, preference), pairwise(figures, preference), strict=True):
        np.testing.assert_allclose(found / len(figures), expected / len(figures), rtol=0, atol=1e-12)


def figures_like(kind: str, seed: int) -> Array:
    """Draw figures that are hard to sum over."""
    rng = np.random.default_rng(seed)
    even, wide = rng.random(700), rng.normal(size=700)
    kinds: dict[str, Array] = {
        "spread evenly": 100 * even,
        "far from zero": 1e6 + 100 * even,
        "negative": -100 * even,
        "few values": np.floor(60 * even),
        "all alike": np.full(700, 3.3),
        "of all sizes": np.exp(15 * wide) * rng.choice([1.0, -1.0], 700),
        "two clusters": wide + rng.choice([0.0, 1e9], 700),
        "one outlier": np.append(even, 1e15),
    }
    return kinds[kind]


KINDS = [
    "spread evenly",
    "far from zero",
    "negative",
    "few values",
    "all alike",
    "of all sizes",
    "two clusters",
    "one outlier",
]
PREFERENCES = [
    Preference("step"),
    Preference("step", 5.0),
    Preference("level", 5.0, 20.0),
    Preference("ramp", 0.0, 20.0),
    Preference("ramp", 5.0, 20.0),
    Preference("ramp", 5.0, 5.001),
    Preference("ramp", 1e80, 1e90),
    Preference("bell", 0.0, 10.0),
    Preference("bell", 0.0, 0.3),
    Preference("bell", 0.0, 1e-3),
    Preference("bell", 0.0, 1e9),
    Preference("bell", 0.0, 1e-200),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("preference", PREFERENCES, ids=lambda own: f"{own.shape} {own.low:g} {own.high:g}")
def test_sorted_flows_are_those_of_all_pairs(kind: str, preference: Preference) -> None:
    """However figures lie, sorting and running sums give the flows of all pairs to 1e-12."""
    assert_pairwise(figures_like(kind, 1), preference)


@given(seed=seeds, kind=st.sampled_from(KINDS), spread=st.floats(1e-3, 1e3))
def test_the_bell_is_exact_for_any_spread(seed: int, kind: str, spread: float) -> None:
    """However wide the bell is against its boxes, its sums are those of all pairs to 1e-12."""
    assert_pairwise(figures_like(kind, seed), Preference("bell", 0.0, spread))


@given(seed=seeds)
def test_boxes_are_summed_a_few_at_a_time(seed: int) -> None:
    """Bells over more boxes than are looked at in one go add up the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flows, "BOXES", 7)
        assert_pairwise(figures_like("spread evenly", seed), Preference("bell", 0.0, 0.5))


@pytest.mark.parametrize("shape", ["step", "level", "ramp", "bell"])
def test_flows_in_blocks_take_thresholds_of_each_option(shape: Shape, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of options give the flows of all pairs, each preferred option with its own thresholds."""
    monkeypatch.setattr(flows, "PAIRS", 1000)
    figures = figures_like("few values", 2)[:90]
    low, high = 0.1 * figures, 0.1 * figures + 1
    expected = np.zeros((2, len(figures)))
    for option, (own, below, above) in enumerate(zip(figures, low, high, strict=True)):
        for other, figure in enumerate(figures):
            alone, _ = pairwise(np.array([own, figure]), Preference(shape, float(below), float(above)))
            expected[0, option] += alone[0]
            expected[1, other] += alone[0]
    found = flows_in_blocks(figures, Preference(shape, low, high))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_leaving_and_entering_flows_balance() -> None:
    """What all options together are preferred by is what they are preferred to."""
    figures = np.random.default_rng(0).random(100_000)
    for preference in (Preference("level", 0.1, 0.2), Preference("ramp", 0.1, 0.2), Preference("bell", 0.0, 0.1)):
        leaving, entering = flows_by_sorting(figures, preference)
        assert leaving.sum() == pytest.approx(entering.sum(), rel=1e-13)
        assert min(leaving.min(), entering.min()) >= 0
