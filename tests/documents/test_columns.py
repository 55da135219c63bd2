"""The widths of a table's columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.report.documents import tree
from policyopts.report.documents.columns import SIZES, breakable, lay_out

LINE = 490.0  # points


def table(*rows: tuple[str, ...]) -> tree.Table:
    """Make a table."""
    head, *rest = [tuple((tree.Text(cell),) for cell in row) for row in rows]
    return tree.Table((), tuple("left" for _ in head), 0, head, tuple(rest))


cells = st.text(alphabet="ab  ", max_size=60)


@given(st.integers(1, 12).flatmap(lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=4)))
def test_columns_share_the_line(rows: list[tuple[str, ...]]) -> None:
    """Shares are above nothing and make up the whole, whatever stands in the cells."""
    layout = lay_out(table(*rows), LINE)
    assert sum(layout.shares) == pytest.approx(1)  # rounding of a sum of at most twelve
    assert min(layout.shares) > 0
    assert layout.size in SIZES


def test_who_has_more_to_say_has_more_room() -> None:
    """A column of long texts is wider than one of short ones, but leaves these their words whole."""
    layout = lay_out(table(("Option", "In a line"), ("Levy", "words " * 60)), LINE)
    assert layout.size < SIZES[0]
    assert layout.shares[1] > 2 * layout.shares[0]
    assert layout.shares[0] * LINE > layout.size * 0.5 * len("Option")


def test_wide_tables_get_small_letters() -> None:
    """Letters shrink with the number of columns, and words are broken only where the smallest do not help."""
    sizes = [lay_out(table(tuple(["responsible"] * width)), LINE) for width in (2, 8, 12, 20)]
    assert [layout.size for layout in sizes] == sorted((layout.size for layout in sizes), reverse=True)
    assert [layout.breaks_words for layout in sizes] == [False, False, True, True]


def test_short_cells_stand_on_one_line() -> None:
    """A table whose cells all fit gives each column what it needs; a header may have several lines."""
    layout = lay_out(table(("A very long header of many words", "B"), ("short", "also rather short")), LINE)
    assert layout.size == SIZES[0]
    assert layout.shares[1] > layout.shares[0]


def test_code_may_be_broken_where_it_is_divided() -> None:
    """Paths and digests are split after what divides them, and nothing is lost."""
    for code in ("options/regional-deal.yaml:28", "sha256:" + "ab" * 32, "a b", "", "--x  ::"):
        assert "".join(breakable(code)) == code
        assert all(len(part.split()) <= 1 for part in breakable(code))
    assert max(map(len, breakable("sha256:" + "ab" * 32))) == 16
