"""The widths of a table's columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.report.documents import tree
from policyopts.report.documents.columns import SIZES, lay_out

ROOM = 100.0


def table(*rows: tuple[str, ...]) -> tree.Table:
    """Make a table."""
    head, *rest = [tuple((tree.Text(cell),) for cell in row) for row in rows]
    return tree.Table((), tuple("left" for _ in head), 0, head, tuple(rest))


cells = st.text(alphabet="ab  ", max_size=60)


@given(st.integers(1, 12).flatmap(lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=4)))
def test_columns_share_the_line(rows: list[tuple[str, ...]]) -> None:
    """Shares are above nothing and make up the whole, whatever stands in the cells."""
    layout = lay_out(table(*rows), ROOM)
    assert sum(layout.shares) == pytest.approx(1)  # rounding of a sum of at most twelve
    assert min(layout.shares) > 0
    assert layout.size in SIZES


def test_who_has_more_to_say_has_more_room() -> None:
    """A column of long texts is wider than one of short ones, but leaves these their words whole."""
    layout = lay_out(table(("Option", "In a line"), ("Levy", "words " * 60)), ROOM)
    assert layout.shares[1] > 2 * layout.shares[0]
    assert layout.shares[0] * ROOM * 10 / layout.size >= len("Option")


def test_wide_tables_get_small_letters() -> None:
    """Letters shrink with the number of columns, and words are broken only where the smallest do not help."""
    sizes = [lay_out(table(tuple(["responsible"] * width)), ROOM) for width in (2, 8, 12, 20)]
    assert [layout.size for layout in sizes] == sorted((layout.size for layout in sizes), reverse=True)
    assert [layout.breaks_words for layout in sizes] == [False, False, True, True]
