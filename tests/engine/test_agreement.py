from itertools import combinations, permutations
from math import nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine.agreement import (
    BLOCK,
    borda,
    copeland,
    kendall_tau,
    kendall_w,
    mean_ranks,
    spearman,
    weighted_spearman,
    ws,
)
from policyopts.engine.errors import EngineError
from policyopts.engine.ranking import ranks

Ranks = NDArray[np.float64]

PAIRWISE = pytest.mark.parametrize("measure", [kendall_tau, spearman, weighted_spearman, ws])
CONSENSUS = pytest.mark.parametrize("consensus", [borda, copeland])
EVERY = pytest.mark.parametrize("tool", [kendall_w, kendall_tau, spearman, weighted_spearman, ws, borda, copeland])


@st.composite
def rankings(draw: st.DrawFn, *, least: int = 1) -> Ranks:
    """Draw rankings with ties, 1, 2, 2, 4."""
    voters, options, top = draw(st.tuples(st.integers(1, 5), st.integers(least, 9), st.integers(0, 9)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return ranks(rng.integers(0, top + 1, (voters, options)).astype(np.float64)).astype(np.float64)


def tau_by_definition(x: Ranks, y: Ranks) -> float:
    """Look at every pair of options."""
    signs = [(np.sign(x[i] - x[j]), np.sign(y[i] - y[j])) for i, j in combinations(range(len(x)), 2)]
    size = sqrt(sum(a * a for a, _ in signs) * sum(b * b for _, b in signs))
    alike = float(all(a == b == 0 for a, b in signs))
    return sum(a * b for a, b in signs) / size if size else alike


def w_by_definition(table: Ranks) -> float:
    """Follow the formula with its correction for ties, with mean ranks from counting."""
    voters, n = table.shape
    means = [[sum(x < own for x in row) + (sum(x == own for x in row) + 1) / 2 for own in row] for row in table]
    sums = np.sum(means, axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    ties = sum(sum(t**3 - t for t in np.unique(row, return_counts=True)[1]) for row in table)
    greatest = voters**2 * (n**3 - n) - voters * ties
    return 12 * spread / greatest if greatest else 1.0


@given(rankings())
def test_tied_options_have_the_mean_of_their_ranks(table: Ranks) -> None:
    """Whatever rank a tie group carries, its members get the mean of the ranks that they take up."""
    n = table.shape[1]
    for row, means in zip(table, mean_ranks(table), strict=True):
        assert means.sum() == n * (n + 1) / 2
        assert (np.sign(np.subtract.outer(means, means)) == np.sign(np.subtract.outer(row, row))).all()
        assert all(len(set(means[row == rank])) == 1 for rank in row)


@given(rankings())
def test_kendalls_w_follows_its_definition(table: Ranks) -> None:
    """W is what the formula with the correction for ties gives."""
    assert float(kendall_w(table)) == pytest.approx(w_by_definition(table), abs=1e-12)


@given(rankings())
def test_kendalls_tau_follows_its_definition(table: Ranks) -> None:
    """Tau-b is what looking at every pair of options gives, ties included."""
    expected = [[tau_by_definition(x, y) for y in table] for x in table]
    np.testing.assert_allclose(kendall_tau(table), expected, rtol=0, atol=1e-12)


def test_tau_of_many_options_follows_its_definition() -> None:
    """Among hundreds of options, with and without ties, tau-b is still what every pair gives."""
    rng = np.random.default_rng(0)
    for options in (256, 257, 300):
        table = np.stack([rng.permutation(options), rng.integers(0, 20, options), rng.permutation(options)])
        x = np.sign(np.subtract.outer(table[0], table[0])).ravel()
        y = np.sign(np.subtract.outer(table[1], table[1])).ravel()
        expected = (x * y).sum() / sqrt((x * x).sum() * (y * y).sum())
        assert kendall_tau(table)[0, 1] == pytest.approx(expected, abs=1e-12)


@given(rankings())
def test_spearman_is_the_correlation_of_mean_ranks(table: Ranks) -> None:
    """Spearman's rho is Pearson's correlation of the mean ranks."""
    means = mean_ranks(table)
    uneven = [row for row in means if np.ptp(row) > 0]
    found = spearman(table)[np.ix_(np.ptp(means, axis=1) > 0, np.ptp(means, axis=1) > 0)]
    if uneven:
        np.testing.assert_allclose(found, np.atleast_2d(np.corrcoef(uneven)), rtol=0, atol=1e-12)


def test_weighted_spearman_and_ws_follow_their_formulas() -> None:
    """The two coefficients that look to the top are what their papers' formulas give, for any order of four."""
    x, n = (1, 2, 3, 4), 4
    for y in permutations(x):
        both = list(zip(x, y, strict=True))
        apart = float(sum((a - b) ** 2 * ((n - a + 1) + (n - b + 1)) for a, b in both))
        assert weighted_spearman([x, y])[0, 1] == pytest.approx(1 - 6 * apart / (n**4 + n**3 - n**2 - n), abs=1e-12)
        apart = sum(2.0**-a * abs(a - b) / max(abs(1 - a), abs(n - a)) for a, b in both)
        assert ws([x, y])[0, 1] == pytest.approx(1 - apart, abs=1e-12)


def test_ws_looks_from_one_ranking_at_the_other() -> None:
    """WS takes its weights from the ranking in the row."""
    table = ws([[1, 2, 3, 4], [4, 1, 2, 3]])
    assert table[0, 1] != table[1, 0]
    assert table[0, 1] == pytest.approx(1 - (3 / 2 / 3 + 1 / 4 / 2 + 1 / 8 / 2 + 1 / 16 / 3))


@given(rankings())
def test_every_ranking_agrees_with_itself(table: Ranks) -> None:
    """Any ranking is fully like itself by every coefficient, and as many copies of it as there may be agree fully."""
    for measure in (kendall_tau, spearman, weighted_spearman, ws):
        assert np.diagonal(measure(table)).tolist() == [1.0] * len(table)
    assert float(kendall_w(table[[0, 0, 0]])) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("measure", [kendall_tau, spearman, weighted_spearman])
def test_a_reversed_ranking_is_as_far_as_can_be(measure: Any) -> None:
    """A ranking and its reverse correlate at -1, and their W is 0."""
    table = [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]]
    assert measure(table)[0, 1] == pytest.approx(-1)
    assert float(kendall_w(table)) == 0


@EVERY
@pytest.mark.parametrize("table", [[[1]], [[1], [1]], [[1, 1, 1]], [[1, 1], [1, 1]], [[1, 2], [1, 1]]])
def test_rankings_without_an_order_give_finite_figures(tool: Any, table: Any) -> None:
    """A single option, a single ranking, and rankings that tie all give figures, not NaN."""
    assert np.isfinite(tool(table)).all()


def test_a_ranking_that_ties_all_says_nothing_of_others() -> None:
    """A ranking that ties all options correlates at 0 with one that has an order, and at 1 with its like."""
    table = [[1, 2, 3], [1, 1, 1], [1, 1, 1]]
    for measure in (kendall_tau, spearman):
        assert measure(table).tolist() == [[1, 0, 0], [0, 1, 1], [0, 1, 1]]
    assert float(kendall_w(table[1:])) == 1


@PAIRWISE
@given(table=rankings())
def test_coefficients_stay_in_their_bounds(measure: Any, table: Ranks) -> None:
    """No coefficient leaves -1 to 1, and W does not leave 0 to 1."""
    assert (np.abs(measure(table)) <= 1).all()
    assert 0 <= float(kendall_w(table)) <= 1 + 1e-12


@EVERY
@given(table=rankings(), seed=st.integers(0, 99))
def test_the_order_of_rankings_and_options_does_not_matter(tool: Any, table: Ranks, seed: int) -> None:
    """Listing the rankings or the options in another order changes no figure but its place."""
    rng = np.random.default_rng(seed)
    voters, options = rng.permutation(table.shape[0]), rng.permutation(table.shape[1])
    before, after = tool(table), tool(table[voters][:, options])
    if tool in {borda, copeland}:
        before = before[options]
    elif tool is not kendall_w:
        before = before[np.ix_(voters, voters)]
    np.testing.assert_allclose(after, before, rtol=0, atol=1e-12)


@EVERY
def test_samples_of_rankings_are_taken_as_one_by_one(tool: Any) -> None:
    """Samples of rankings in one call give what each of them gives alone."""
    samples = np.random.default_rng(0).integers(1, 5, (2, 3, 4, 6)).astype(np.float64)
    together = tool(samples)
    for sample in np.ndindex(2, 3):
        np.testing.assert_allclose(together[sample], tool(samples[sample]), rtol=0, atol=1e-12)


@given(rankings())
def test_borda_counts_the_options_below(table: Ranks) -> None:
    """An option's points are the options that it stands above, those that it ties with counting half."""
    expected = [
        sum((row > row[option]).sum() + ((row == row[option]).sum() - 1) / 2 for row in table)
        for option in range(table.shape[1])
    ]
    assert borda(table).tolist() == expected


@given(rankings())
def test_copeland_counts_duels(table: Ranks) -> None:
    """An option's score is the duels it wins by a majority of the rankings, less those it loses."""
    duels = np.sign(table[:, np.newaxis] - table[:, :, np.newaxis]).sum(axis=0)
    assert copeland(table).tolist() == np.sign(duels).sum(axis=1).tolist()


def test_copeland_of_more_options_than_one_block() -> None:
    """Among more options than are set against each other at a time, a single ranking gives its own order."""
    options = int(sqrt(BLOCK)) + 100
    row = np.random.default_rng(0).permutation(options) + 1
    assert copeland([row]).tolist() == (options + 1 - 2 * row).tolist()


@CONSENSUS
@given(table=rankings())
def test_what_all_prefer_the_consensus_prefers(consensus: Any, table: Ranks) -> None:
    """An option that every ranking puts above another stands above it in the consensus."""
    scores = consensus(table)
    above = (table[:, :, np.newaxis] < table[:, np.newaxis]).all(axis=0)
    assert (scores[:, np.newaxis] > scores)[above].all()


@EVERY
@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([1, 2, 3], r"a table of rankings by options is needed, not the shape \(3,\)"),
        ([[]], r"a table of rankings by options is needed, not the shape \(1, 0\)"),
        ([[1, 2, 3], [1, 2, nan]], "option 3 has no rank in ranking 2"),
    ],
)
def test_what_is_no_table_of_ranks_is_refused(tool: Any, table: Any, message: str) -> None:
    """A single ranking without its axis, no options, and missing ranks are refused."""
    with pytest.raises(EngineError, match=message):
        tool(table)
