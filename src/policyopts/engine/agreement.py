"""Agreement between rankings, and the ranking that they come to together.

Use it to see whether methods, frames or perspectives rank the options alike, and to find a middle between them.
A coefficient says how alike rankings are, not which of them is right: methods that share a flaw agree.

| question | |
|---|---|
| do all of them agree? | `kendall_w`, from 0 to 1 |
| how alike are two of them? | `kendall_tau` and `spearman`, from -1 (reversed) to 1 |
| … where the top counts more? | `weighted_spearman`, and `ws`, which looks from one of the two |
| what do they come to together? | `borda` counts places, `copeland` counts duels won |

Rankings are an array of ranks (…, rankings, options), 1 = best; options that tie may share any rank, and count
everywhere with the mean of the ranks that they take up.

>>> rankings = [[1, 2, 3, 4, 5], [1, 3, 2, 4, 5], [2, 1, 3, 4, 5]]
>>> round(float(kendall_w(rankings)), 3)
0.889
>>> kendall_tau(rankings)[0].round(2).tolist()
[1.0, 0.8, 0.8]
>>> ws(rankings)[0].round(4).tolist()
[1.0, 0.8542, 0.7917]
>>> borda(rankings).tolist(), copeland(rankings).tolist()
([11.0, 9.0, 7.0, 3.0, 0.0], [4, 2, 0, -2, -4])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray, IntArray

BLOCK = 1 << 20  # pairs of options at a time


def mean_ranks(rankings: ArrayLike) -> FloatArray:
    """Rank afresh, lowest first, so that options that tie have the mean of the ranks that they take up.

    Examples
    --------
    >>> mean_ranks([[1, 2, 2, 4], [1, 1, 1, 2]]).tolist()
    [[1.0, 2.5, 2.5, 4.0], [2.0, 2.0, 2.0, 4.0]]
    """
    table = _table(rankings)
    # In order upwards a group starts after those below it; turned round, after those above it.
    result: FloatArray = (_places(table) + table.shape[-1] + 1 - _places(-table)) / 2
    return result


def kendall_w(rankings: ArrayLike) -> FloatArray:
    """Measure how far all rankings (…, rankings, options) agree, from 0 to 1: Kendall's W, corrected for ties.

    Rankings that each tie all options agree fully: 1.

    Notes
    -----
    W = 12 S / (k² (n³ - n) - k Σ T), where S is the sum of squares by which the options' sums of ranks differ from
    their mean, and T = t³ - t for each group of t options that tie in one of the k rankings.

    References
    ----------
    Kendall & Babington Smith (1939), The problem of m rankings, Annals of Mathematical Statistics 10(3):275-287.
    """
    ranks = mean_ranks(rankings)
    off_middle = ranks - (ranks.shape[-1] + 1) / 2
    spread = np.square(off_middle.sum(axis=-2)).sum(axis=-1)
    # Each ranking's own squares are (n³ - n - ΣT) / 12: what the sum would come to if all were alike follows.
    greatest = ranks.shape[-2] * np.square(off_middle).sum(axis=(-2, -1))
    return _ratio(spread, greatest, otherwise=1.0)


def kendall_tau(rankings: ArrayLike) -> FloatArray:
    """Correlate each two rankings by the pairs of options that they put in the same order, corrected for ties: tau-b.

    A ranking that ties all options has no order: 0 with any other, 1 with itself and its like.

    Returns
    -------
    tau
        (…, rankings, rankings), symmetric.

    References
    ----------
    Kendall (1945), The treatment of ties in ranking problems, Biometrika 33(3):239-251.
    Knight (1966), A computer method for calculating Kendall's tau with ungrouped data, JASA 61(314):436-439.
    """
    places = _places(_table(rankings))
    count = places.shape[-1]
    pairs = count * (count - 1) // 2
    tied = _tied_pairs(np.sort(places, axis=-1))  # (…, rankings)
    agreeing = np.empty((*places.shape[:-1], places.shape[-2]))  # pairs in the same order, less those reversed
    for ranking in range(places.shape[-2]):
        own, others = places[..., ranking : ranking + 1, :], places[..., ranking:, :]
        both = own * count + others  # in the order of the one ranking, and within its ties in that of the other
        order = np.argsort(both, axis=-1, kind="stable")
        tied_in_either = tied[..., ranking, np.newaxis] + tied[..., ranking:]
        tied_in_either -= _tied_pairs(np.take_along_axis(both, order, axis=-1))
        reversed_pairs = _inversions(np.take_along_axis(others, order, axis=-1))
        agreeing[..., ranking, ranking:] = pairs - tied_in_either - 2 * reversed_pairs
        agreeing[..., ranking:, ranking] = agreeing[..., ranking, ranking:]
    return _correlation(agreeing, (pairs - tied).astype(np.float64))


def spearman(rankings: ArrayLike) -> FloatArray:
    """Correlate each two rankings by their ranks, ties as mean ranks: Spearman's rho.

    A ranking that ties all options has no order: 0 with any other, 1 with itself and its like.

    Returns
    -------
    rho
        (…, rankings, rankings), symmetric.

    References
    ----------
    Spearman (1904), The proof and measurement of association between two things, Am. J. Psychology 15(1):72-101.
    """
    ranks = mean_ranks(rankings)
    off_middle = ranks - (ranks.shape[-1] + 1) / 2
    products = off_middle @ off_middle.swapaxes(-1, -2)
    return _correlation(products, np.square(off_middle).sum(axis=-1))


def weighted_spearman(rankings: ArrayLike) -> FloatArray:
    """Correlate each two rankings by their ranks, differences near the top counting more.

    Returns
    -------
    rho
        (…, rankings, rankings), symmetric; 1 for a single option.

    Notes
    -----
    1 - 6 Σ (x - y)² ((n - x + 1) + (n - y + 1)) / (n⁴ + n³ - n² - n)

    References
    ----------
    Pinto da Costa & Soares (2005), A weighted rank measure of correlation, Aust. N. Z. J. Statistics 47(4):515-529.
    """
    ranks = mean_ranks(rankings)
    count = float(ranks.shape[-1])
    greatest = np.array(count**4 + count**3 - count**2 - count)
    rows = []
    for ranking in range(ranks.shape[-2]):
        own = ranks[..., ranking : ranking + 1, :]
        apart = (np.square(own - ranks) * (2 * (count + 1) - own - ranks)).sum(axis=-1)
        rows.append(1.0 - 6.0 * _ratio(apart, greatest, otherwise=0.0))
    return np.stack(rows, axis=-2)


def ws(rankings: ArrayLike) -> FloatArray:
    """Measure how like each ranking the others are, looking mostly at its top: the WS coefficient.

    Returns
    -------
    ws
        (…, reference, other): not symmetric; 1 for a single option.

    Notes
    -----
    1 - Σ 2^-x |x - y| / max(|1 - x|, |n - x|), where x are the ranks of the reference.

    References
    ----------
    Sałabun & Urbaniak (2020), A new coefficient of rankings similarity in decision-making problems, ICCS 2020:632-645.
    """
    ranks = mean_ranks(rankings)
    count = ranks.shape[-1]
    rows = []
    for ranking in range(ranks.shape[-2]):
        reference = ranks[..., ranking : ranking + 1, :]
        furthest = np.maximum(reference - 1, count - reference)
        apart = 2.0**-reference * _ratio(np.abs(reference - ranks), furthest, otherwise=0.0)
        rows.append(1.0 - apart.sum(axis=-1))
    return np.stack(rows, axis=-2)


def borda(rankings: ArrayLike) -> FloatArray:
    """Add up each option's places in all rankings: n - 1 points for the first, 0 for the last, ties share.

    Returns
    -------
    points
        (…, options), higher = better.

    References
    ----------
    Borda (1784), Mémoire sur les élections au scrutin, Histoire de l'Académie Royale des Sciences pour 1781.
    """
    ranks = mean_ranks(rankings)
    points: FloatArray = (ranks.shape[-1] - ranks).sum(axis=-2)
    return points


def copeland(rankings: ArrayLike) -> IntArray:
    """Set each option against each other: duels won, which most of the rankings decide, minus duels lost.

    Every pair is looked at: ten times the options take a hundred times as long.

    Returns
    -------
    scores
        (…, options), higher = better.

    References
    ----------
    Copeland (1951), A reasonable social welfare function, University of Michigan seminar notes.
    """
    table = _table(rankings)
    voters, count = table.shape[-2:]
    # The smallest whole numbers compare fastest.
    places = _places(table).astype(np.min_scalar_type(-max(count, voters) - 1))
    scores = np.empty((*table.shape[:-2], count), dtype=np.intp)
    rows = max(1, BLOCK // count)
    for sample in np.ndindex(table.shape[:-2]):
        for start in range(0, count, rows):
            margin = np.zeros((min(rows, count - start), count), dtype=places.dtype)  # rankings for, less against
            for places_of_one in places[sample]:
                own = places_of_one[start : start + rows, np.newaxis]
                margin += own < places_of_one
                margin -= own > places_of_one
            scores[sample][start : start + rows] = (margin > 0).sum(axis=-1) - (margin < 0).sum(axis=-1)
    return scores


def _table(rankings: ArrayLike) -> FloatArray:
    table = np.asarray(rankings, dtype=np.float64)
    if table.ndim < 2 or not table.size:
        raise EngineError(f"rankings: a table of rankings by options is needed, not the shape {table.shape}")
    if np.isnan(table).any():
        ranking, option = np.argwhere(np.isnan(table))[0][-2:]
        raise EngineError(f"rankings: option {option + 1} has no rank in ranking {ranking + 1}")
    return table


def _places(table: FloatArray) -> IntArray:
    """Turn ranks into places from 0, the better one where they tie."""
    order = np.argsort(table, axis=-1, kind="stable")
    result = np.empty(table.shape, dtype=np.intp)
    np.put_along_axis(result, order, _group_starts(np.take_along_axis(table, order, axis=-1)), axis=-1)
    return result


def _group_starts(ordered: FloatArray | IntArray) -> IntArray:
    """Find where each one's tie group starts along the last axis."""
    starts = np.zeros(ordered.shape, dtype=np.intp)
    starts[..., 1:] = np.where(ordered[..., 1:] > ordered[..., :-1], np.arange(1, ordered.shape[-1]), 0)
    return np.maximum.accumulate(starts, axis=-1)


def _tied_pairs(ordered: IntArray) -> IntArray:
    """Count the pairs that tie along the last axis."""
    before = np.arange(ordered.shape[-1]) - _group_starts(ordered)  # of its tie group
    pairs: IntArray = before.sum(axis=-1)
    return pairs


def _inversions(rows: IntArray) -> IntArray:
    """Count the pairs along the last axis that stand in falling order.

    The numbers become distinct ones from 0 to a power of two. They are divided by their highest bit, then each half
    by the next, and so on, keeping their order: what a division pulls apart that stood in falling order is counted.
    """
    lead, count = rows.shape[:-1], rows.shape[-1]
    order = np.argsort(rows, axis=-1, kind="stable")
    size = 1 << (count - 1).bit_length()
    numbers = np.broadcast_to(np.arange(size, dtype=np.min_scalar_type(size)), (*lead, size)).copy()
    np.put_along_axis(numbers, order, numbers[..., :count].copy(), axis=-1)
    found = np.zeros(lead, dtype=np.intp)
    half = size >> 1
    while half:
        # Groups of 2 · half numbers, as many with the bit as without.
        lower = ((numbers & half) == 0).reshape(*lead, -1, 2 * half)
        moved = lower.sum(axis=-2) @ np.arange(2 * half)  # where the lower ones stood, less where they come to stand
        found += moved - size // (2 * half) * (half * (half - 1) // 2)
        parts = [numbers.reshape(-1)[np.flatnonzero(half_of_it)] for half_of_it in (lower, ~lower)]
        numbers = np.stack([part.reshape(*lead, -1, half) for part in parts], axis=-2).reshape(*lead, size)
        half >>= 1
    return found


def _correlation(products: FloatArray | IntArray, squares: FloatArray) -> FloatArray:
    """Divide products (…, rankings, rankings) by the sizes of both, whose squares are (…, rankings).

    Two without size are alike: 1.
    """
    one, other = squares[..., :, np.newaxis], squares[..., np.newaxis, :]
    return _ratio(products, np.sqrt(one * other), otherwise=(one == other).astype(np.float64)).clip(-1.0, 1.0)


def _ratio(part: FloatArray | IntArray, whole: FloatArray, otherwise: FloatArray | float) -> FloatArray:
    """Divide where there is something to divide by."""
    result = np.array(np.broadcast_to(otherwise, np.broadcast_shapes(part.shape, whole.shape)))
    np.divide(part, whole, out=result, where=whole > 0)
    return result
