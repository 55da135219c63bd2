"""The order that most of three rankings agree on, with circles as ties."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from policyopts.engine.arrays import BoolArray, IntArray

ALL_PAIRS = 32  # so few options are compared pair by pair
MANY = 4096  # options from which on a group is looked for before the rest are lined up
ROUNDS = 8  # of looking for those in reach; long chains are for the line


def ahead_of(places: IntArray) -> IntArray:
    """Count the options that each one comes before, by the verdict of most of three rankings (3, …, options).

    One option is ahead of another where more of the rankings put it higher than lower. Options that are level, or
    ahead of one another in a circle, share a place: the first group is the smallest whose members are each ahead of
    everyone outside it, the next the smallest of the rest, and so on. The time is that of a few sorts.

    Examples
    --------
    The first is ahead of all others, which go round in a circle:

    >>> ahead_of(np.array([[1, 2, 3, 4], [2, 4, 1, 3], [1, 3, 4, 2]])).tolist()
    [3, 0, 0, 0]
    """
    count = places.shape[-1]
    if count <= ALL_PAIRS:
        return _ahead_by_pairs(places)
    samples = places.reshape(3, -1, count)
    if count < MANY:
        return _ahead_in_line(samples).reshape(places.shape[1:])
    return np.stack([_ahead_of_many(sample) for sample in np.moveaxis(samples, 0, 1)]).reshape(places.shape[1:])


def _ahead_by_pairs(places: IntArray) -> IntArray:
    """Compare all pairs of options, and find the groups by the number of options that each is ahead of.

    In the order of that number, the first k are ahead of all others if, and only if, their numbers come to what k
    options have against one another and against n - k others (Landau 1953; levels count half).
    """
    count = places.shape[-1]
    votes = sum(np.sign(ranks[..., np.newaxis, :] - ranks[..., np.newaxis]) for ranks in places)
    points = np.sign(votes).sum(axis=-1) + count - 1  # twice the wins, and the levels
    order = np.argsort(-points, axis=-1)
    first = np.arange(1, count + 1)
    against_all = first * (first - 1) + 2 * first * (count - first)
    is_end = np.take_along_axis(points, order, axis=-1).cumsum(axis=-1) == against_all
    ends = np.minimum.accumulate(np.where(is_end, first, count)[..., ::-1], axis=-1)[..., ::-1]
    result = np.empty_like(order)
    np.put_along_axis(result, order, count - ends, axis=-1)
    return result


def _ahead_of_many(places: IntArray) -> IntArray:
    """Find the group of an option from the middle (3, options), as a rule nearly all, and line up only the rest."""
    sums = places.sum(axis=0)
    middle = int(np.abs(sums - sums.mean()).argmin())
    keys = list(_keys(places))
    not_ahead = _in_reach(middle, keys)
    last = places.shape[-1] - 1
    not_behind = _in_reach(middle, [(last - one, last - other) for one, other in keys])
    result = np.zeros(places.shape[-1], dtype=np.intp)
    if not_ahead is None or not_behind is None:
        result[:] = _ahead_in_line(places[:, np.newaxis])[0]
        return result
    for part, others_behind in ((~not_ahead, np.count_nonzero(not_ahead)), (~not_behind, 0)):
        if part.any():
            result[part] = others_behind + _ahead_in_line(places[:, np.newaxis, part])[0]
    result[not_ahead & not_behind] = np.count_nonzero(~not_behind)
    return result


def _keys(places: IntArray) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Give for each pair of rankings (3, options) the options' places in both, without ties.

    An option is not behind another if, and only if, it has the lower keys in both rankings of one of the pairs: ties
    are broken by the other ranking of the pair, then by the third. Those alike in all three are not behind each other:
    the first is ahead in the first pair, the last in the second.
    """
    counts = [np.bincount(ranks) for ranks in places]
    for pair, way in (((0, 1), 1), ((0, 2), -1), ((1, 2), 1)):
        third = places[3 - sum(pair)]
        keys = []
        for one, other in (pair, pair[::-1]):
            key = (places[one] - 1).astype(np.int32)
            tied = np.flatnonzero(counts[one][places[one]] > 1)[::way]
            tied = tied[np.lexsort((third[tied], places[other][tied], key[tied]))]
            shared = key[tied]
            key[tied] = shared + np.arange(len(tied)) - np.searchsorted(shared, shared)
            keys.append(key)
        yield keys[0], keys[1]


def _in_reach(start: int, keys: Sequence[tuple[NDArray[np.int32], NDArray[np.int32]]]) -> BoolArray | None:
    """Mark whom a chain of options, none of them behind the next, leads to from one; None where chains are long."""
    count = len(keys[0][0])
    reached = np.zeros(count, dtype=np.bool_)
    reached[start] = True
    found = 1
    for _ in range(ROUNDS):
        for one, other in keys:
            best = np.full(count, count, dtype=np.int32)  # the lowest key in the other ranking, up to each in the one
            best[one[reached]] = other[reached]
            np.minimum.accumulate(best, out=best)
            rest = np.flatnonzero(~reached)
            reached[rest[best[one[rest]] < other[rest]]] = True
        before, found = found, int(np.count_nonzero(reached))
        if found in {before, count}:
            return reached
    return None


def _ahead_in_line(samples: IntArray) -> IntArray:
    """Line up the options of each sample (3, samples, options), and find where one group ends and the next begins."""
    count = samples.shape[-1]
    rows = samples.reshape(3, -1)
    order = _in_order(rows, count)
    # An option comes before those that stand after the end of its group.
    ends = np.where(_joined(rows[:, order], count), order.size, np.arange(order.size))
    group_end = np.minimum.accumulate(ends[::-1])[::-1]
    result = np.empty_like(order)
    result[order] = count - 1 - group_end % count
    return result.reshape(samples.shape[1:])


def _in_order(rows: IntArray, count: int) -> IntArray:
    """Line up the options of each sample (3, samples * options) so that none is behind the next one in line.

    Groups that go round in circles then stand together, and in the order of their places. A pivot is taken from the
    middle of each stretch; who is ahead of it goes before it, who is behind after it, and the two parts are lined up in
    the same way, all stretches of one size at once.
    """
    size = rows.shape[-1]
    by_sum = rows.sum(axis=0).reshape(-1, count).argsort(axis=-1, kind="stable")
    line: IntArray = (by_sum + np.arange(0, size, count)[:, np.newaxis]).ravel()
    starts = np.arange(0, size, count)
    ends = starts + count
    while starts.size:
        lengths = ends - starts
        firsts = np.cumsum(lengths) - lengths  # where the stretches begin when they are put end to end
        standing = np.repeat(starts - firsts, lengths) + np.arange(lengths.sum())
        pivots = (starts + ends) // 2
        pivot = np.repeat(pivots, lengths)
        options = line[standing]
        votes = np.sign(rows[:, line[pivot]] - rows[:, options]).sum(axis=0)
        # Those who are level with the pivot stay on their side of it, so that even all alike are halved.
        before = (votes > 0) | ((votes == 0) & (standing < pivot))
        after = ~before & (standing != pivot)
        befores, afters = np.cumsum(before) - before, np.cumsum(after) - after  # how many come before each one
        middles = starts + np.add.reduceat(before, firsts, dtype=np.intp)
        line[middles] = line[pivots]
        line[(np.repeat(starts - befores[firsts], lengths) + befores)[before]] = options[before]
        line[(np.repeat(middles + 1 - afters[firsts], lengths) + afters)[after]] = options[after]
        starts, ends = np.stack([starts, middles + 1], axis=-1).ravel(), np.stack([middles, ends], axis=-1).ravel()
        starts, ends = starts[ends - starts > 1], ends[ends - starts > 1]
    return line


def _joined(rows: IntArray, count: int) -> BoolArray:
    """Mark where an option and the next in line (3, samples * options) belong to one group.

    They do where someone further back is not behind someone further up: higher in two of the rankings, ties broken by
    the others. The line is halved again and again; at each level it is asked of each stretch who of its back half comes
    before whom of its front half. Stretches that are one group throughout are done with.
    """
    size = rows.shape[-1]
    line = np.arange(size)
    begun = np.zeros(size, dtype=np.intp)  # joins that begin, less those that end, at each place in line
    joined = np.zeros(size, dtype=np.bool_)
    pairs = list(_pairs_of_rankings(rows, count))
    for level in reversed(range((count - 1).bit_length())):
        pairs = [_halves(standing, heights, level, count, begun) for standing, heights in pairs]
        joined = np.cumsum(begun) > 0
        halves = _stretches(line, level, count)
        open_ends = np.bincount(halves[:-1][~joined[:-1] & (halves[:-1] == halves[1:])], minlength=size)
        is_open = open_ends[halves] > 0
        pairs = [(standing[is_open[standing]], heights[is_open[standing]]) for standing, heights in pairs]
    return joined


def _pairs_of_rankings(rows: IntArray, count: int) -> Iterator[tuple[IntArray, IntArray]]:
    """Give the places in line in the order of one ranking, and their heights in another, for each pair of rankings."""
    samples = rows.reshape(3, -1, count)[..., ::-1]  # of those alike in all three, the one further back comes first
    begins = np.arange(0, rows.shape[-1], count)[:, np.newaxis]
    beyond = rows.max() + 1
    orders = {}
    for keys in permutations(range(3)):
        first, second, third = (samples[key] for key in keys)
        orders[keys] = (begins + count - 1 - np.lexsort((third, first * beyond + second))).ravel()
    for one, other, third in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
        heights = np.empty(rows.shape[-1], dtype=np.intp)
        heights[orders[other, one, third]] = np.arange(heights.size)
        standing = orders[one, other, third]
        yield standing, heights[standing]


def _halves(
    standing: IntArray, heights: IntArray, level: int, count: int, begun: IntArray
) -> tuple[IntArray, IntArray]:
    """Join to the middle of its stretch whoever is in the front half and overtaken, or in the back half and overtakes.

    `standing` and `heights` list the options of each stretch together, in the order of one ranking; they are returned
    with the two halves of each stretch apart.
    """
    size, begins = begun.size, np.arange(standing.size)
    stretch = _stretches(standing, level + 1, count)
    middle = stretch + (1 << level)
    in_back = standing >= middle
    apart = stretch * size  # runs of extremes begin anew with each stretch
    lowest = np.minimum.accumulate(np.where(in_back, heights, size) - apart) + apart
    highest = np.maximum.accumulate((np.where(in_back, -1, heights) - apart)[::-1])[::-1] + apart
    overtaken, overtaking = ~in_back & (lowest < heights), in_back & (highest > heights)
    for places, ends in ((standing[overtaken], middle[overtaken]), (middle[overtaking] - 1, standing[overtaking])):
        begun += np.bincount(places, minlength=size) - np.bincount(ends, minlength=size)
    first = np.maximum.accumulate(np.where(np.diff(stretch, prepend=-1) > 0, begins, 0))
    backs: IntArray = np.cumsum(in_back) - in_back
    backs -= backs[first]  # of the back half, how many come before
    goes = np.where(in_back, first + (1 << level) + backs, begins - backs)
    apart_standing, apart_heights = np.empty_like(standing), np.empty_like(heights)
    apart_standing[goes], apart_heights[goes] = standing, heights
    return apart_standing, apart_heights


def _stretches(standing: IntArray, level: int, count: int) -> IntArray:
    """Name the stretch of 2^level places, of its sample, that each place in line lies in by where it begins."""
    within = standing % count
    return standing - within + (within >> level << level)
