import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine import distillation
from policyopts.engine.distillation import FEW, Threshold, distil

Array = NDArray[np.float64]

seeds = st.integers(0, 2**32 - 1)
thresholds = st.sampled_from([Threshold(0.3, -0.15), Threshold(0.0, 0.0), Threshold(1.0, 0.0), Threshold(0.3, -1.0)])


def drawn_by_definition(credibility: Array, threshold: Threshold, sign: int) -> list[int]:
    """Draw off the best (1) or the worst (-1) options, each step written out; levels that nearly agree are one."""

    def s(level: float) -> float:
        return max(threshold.alpha + threshold.beta * level, 0.0)

    drawn = [0] * len(credibility)
    left = set(range(len(credibility)))
    turn = 0
    while left:
        turn += 1
        inner = set(left)
        level = max((credibility[a, b] for a in inner for b in inner if a != b), default=0.0)
        while True:
            pairs = {(a, b): float(credibility[a, b]) for a in inner for b in inner if a != b}
            below = max((own for own in pairs.values() if own < level - s(level) - 1e-9), default=0.0)
            balance = dict.fromkeys(inner, 0)
            for (a, b), own in pairs.items():
                if own > below + 1e-9 and own > pairs[b, a] + s(own) + 1e-9:
                    balance[a] += sign
                    balance[b] -= sign
            best = max(balance.values())
            inner = {option for option in inner if balance[option] == best}
            if len(inner) == 1 or below <= 1e-9:
                break
            level = below
        for option in inner:
            drawn[option] = turn
        left -= inner
    return drawn


def credibilities(seed: int, options: int, kind: str) -> Array:
    """Draw credibilities, with many ties or none, or mostly ruled out."""
    rng = np.random.default_rng(seed)
    table = rng.random((options, options))
    match kind:
        case "tenths":
            return table.round(1)
        case "thirds":
            return np.floor(4 * table) / 3
        case "mostly ruled out":
            return np.where(rng.random(table.shape) < 0.7, 0.0, table)
        case "two alike":  # which hides all other arcs from the first level
            table *= 0.8
            table[0, -1] = table[-1, 0] = 1.0
            return table
        case "all ones":
            return np.ones_like(table)
    return table


KINDS = ["all different", "tenths", "thirds", "mostly ruled out", "two alike", "all ones"]


def assert_by_definition(credibility: Array, threshold: Threshold) -> None:
    """Hold both orders against the definition."""
    before = credibility.copy()
    descending, ascending = distil(credibility, threshold)
    assert descending.tolist() == drawn_by_definition(credibility, threshold, 1)
    worst_first = drawn_by_definition(credibility, threshold, -1)
    assert ascending.tolist() == [max(worst_first) + 1 - turn for turn in worst_first]
    assert (credibility == before).all()


@given(seed=seeds, options=st.integers(1, 12), kind=st.sampled_from(KINDS), threshold=thresholds)
def test_few_options_are_distilled_by_the_definition(seed: int, options: int, kind: str, threshold: Threshold) -> None:
    """For few options, which are distilled together with other samples, both orders are those of the definition."""
    assert_by_definition(credibilities(seed, options, kind), threshold)


@given(
    seed=seeds,
    options=st.integers(1, 16),
    kind=st.sampled_from(KINDS),
    threshold=thresholds,
    room=st.sampled_from([1, 9, 999]),
)
def test_many_options_are_distilled_by_the_definition(
    seed: int, options: int, kind: str, threshold: Threshold, room: int
) -> None:
    """For many options, whose arcs are kept up to date, both orders are those of the definition, in whatever blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distillation, "FEW", 0)
        patch.setattr(distillation, "WAITING", room)
        patch.setattr(distillation, "PAIRS", room)
        assert_by_definition(credibilities(seed, options, kind), threshold)


@pytest.mark.parametrize("kind", KINDS)
def test_both_ways_to_distil_agree(kind: str) -> None:
    """What is worked out for samples together is what is worked out for one set of many options."""
    samples = np.stack([credibilities(seed, FEW, kind) for seed in range(5)])
    together = distil(samples, Threshold(0.3, -0.15))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distillation, "FEW", 0)
        alone = distil(samples, Threshold(0.3, -0.15))
    assert [classes.tolist() for classes in together] == [classes.tolist() for classes in alone]


def test_options_that_nothing_tells_apart_are_in_one_class() -> None:
    """Where each is as credible as the other way round, and where nothing is credible, there is one class."""
    for same in (np.ones((40, 40)), np.eye(40), np.full((3, 3), 0.5)):
        assert all((classes == 1).all() for classes in distil(same.copy(), Threshold(0.3, -0.15)))


def test_rounding_makes_no_arc() -> None:
    """A credibility of 0.85 does not fall below 1 by more than s(1) = 0.15, however sums of shares are rounded."""
    credibility = np.array([[1.0, 1.0], [0.85 - 1e-16, 1.0]])
    assert [classes.tolist() for classes in distil(credibility, Threshold(0.3, -0.15))] == [[1, 1], [1, 1]]
    credibility[1, 0] = 0.849
    assert [classes.tolist() for classes in distil(credibility, Threshold(0.3, -0.15))] == [[1, 2], [1, 2]]
