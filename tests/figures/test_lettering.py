"""Where texts break, and how labels keep out of each other's way."""

from __future__ import annotations

import doctest
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.report.figures import axes, lettering
from policyopts.report.figures.axes import ticks
from policyopts.report.figures.lettering import spread, width_of, wrapped
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from types import ModuleType

PLACES = st.lists(st.floats(0, 100), min_size=1, max_size=12)


@pytest.mark.parametrize("module", [axes, lettering])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    """Every example gives the result that stands below it."""
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert not results.failed


@given(st.text(max_size=80), st.floats(30, 300), st.integers(1, 4))
def test_lines_are_as_many_and_as_wide_as_they_may_be(text: str, width: float, lines: int) -> None:
    """A text breaks into no more lines than allowed, each within the width."""
    broken = wrapped(text, width, lines).split("\n")
    assert len(broken) <= lines
    assert all(width_of(line) <= width for line in broken)


@given(st.text(max_size=40))
def test_a_text_with_room_is_whole(text: str) -> None:
    """Where there is room, a text is as it is, on one line."""
    assert wrapped(text, 1e6, 1) == flowing(text)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=12), st.integers(2, 12))
def test_breaking_loses_no_word(words: list[str], lines: int) -> None:
    """Joined again, the lines are the text, unless its end is cut, which is then shown."""
    again = wrapped(" ".join(words), 60, lines).replace("\n", " ")
    assert again == " ".join(words) or (again.endswith("…") and " ".join(words).startswith(again[:-1]))


@given(PLACES, st.floats(1, 8))
def test_labels_keep_their_distance_and_their_order(places: list[float], gap: float) -> None:
    """Labels stand at least the gap apart, between the ends, in the order of what they belong to."""
    found = spread(places, gap, 0, 100)
    in_order = [found[at] for at in sorted(range(len(places)), key=lambda at: places[at])]
    # Sums of at most a dozen gaps round in the last digits.
    assert all(later - earlier >= gap - 1e-9 for earlier, later in pairwise(in_order))
    assert all(-1e-9 <= place <= 100 + 1e-9 for place in found)


@given(PLACES)
def test_labels_with_room_stay(places: list[float]) -> None:
    """Labels that are far enough apart stay where they belong."""
    apart = [at * 8.0 for at in range(len(places))]
    assert spread(apart, 8, 0, 100) == pytest.approx(apart)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(2, 6))
def test_ticks_are_round_and_between_the_ends(low: float, width: float, about: int) -> None:
    """Ticks lie between the ends, and are about as many as asked for."""
    found = ticks(low, low + width, about)
    slack = width * 1e-6 + abs(low) * 1e-9
    assert all(low - slack <= at <= low + width + slack for at in found)
    assert len(found) <= 2 * about + 2
