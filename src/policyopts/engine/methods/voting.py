"""Borda and Copeland: the criteria vote, each by the order that it puts the options in.

Every criterion is a voter who ranks the options by their performance, and its weight is the number of its votes.
``borda`` gives n - 1 points for a first place, n - 2 for a second, down to 0; those who share a place share the points
of the places they take up. ``copeland`` pits every option against every other: the one that voters with more weight
prefer wins, and the score is wins less losses.

Use them when only the order of performances can be trusted, not their size: worded scales, ranks, figures from unlike
sources. ``copeland`` puts an option first that beats every other one by one, wherever there is such an option.

Do not use them when the size of a difference counts: a hair's breadth is worth as much as a landslide. The points of
two options depend on which others are listed, so another option can reorder them. ``copeland`` compares all pairs, so
its time grows with the square of the number of options: 10,000 of them take seconds.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[3, 200], [1, 100], [2, 110]], weights=[60, 40], directions=["max", "min"])
>>> rank(matrix, "borda").scores.tolist()
[1.2, 0.8, 1.0]
>>> rank(matrix, "copeland").scores.tolist()
[2.0, -2.0, 0.0]
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import Normalised, by_range
from policyopts.engine.ranking import TIE, ranks
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.engine.arrays import FloatArray, IntArray
    from policyopts.engine.matrix import DecisionMatrix

AT_ONCE = 2**18  # cells or pairs
MOST_DUELS = 20_000  # options: beyond, their duels would take minutes, and soon hours


def borda(matrix: DecisionMatrix, *, steps: list[Step] | None = None) -> MethodResult:
    """Give each option points for its place on each criterion, times the criterion's weight.

    Notes
    -----
    B = Σ w·(n - place), a shared place being the mean of those it takes up. Performances share a place that differ by
    less than 1e-9 of the criterion's range.

    References
    ----------
    Borda (1781), Mémoire sur les élections au scrutin, Histoire de l'Académie Royale des Sciences, Paris.
    """
    weights = matrix.weights[..., np.newaxis]  # (…, criteria, 1)
    scores = sum((_points(places) * weights[..., some, :]).sum(axis=-2) for some, places in _ballots(matrix))
    if steps is not None:
        steps += (
            Step("b", "Points for the place on each criterion", _table_of_points(matrix), ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("w·b", "Contributions", _contributions(matrix), ("options", "criteria")),
            Step("B", "Scores: the contributions added up", scores, ("options",)),
        )
    return MethodResult(scores, contributions=partial(_contributions, matrix))


def copeland(matrix: DecisionMatrix, *, steps: list[Step] | None = None) -> MethodResult:
    """Count the options that each one beats, less those that it is beaten by.

    Notes
    -----
    One option beats another where the criteria that rank it higher have more weight than those that rank it lower.
    Performances share a place that differ by less than 1e-9 of the criterion's range.

    References
    ----------
    Copeland (1951), A reasonable social welfare function, University of Michigan.
    """
    count = matrix.values.shape[-2]
    if count > MOST_DUELS:
        raise EngineError(
            f"copeland: {count:,} options meet in {count * (count - 1) // 2:,} duels, which would take very long; "
            f"at most {MOST_DUELS:,} options are ranked",
            "rank fewer options, or rank them by 'borda'",
        )
    places = np.concatenate([some_places for _, some_places in _ballots(matrix)], axis=-2)  # (…, criteria, options)
    wins, losses = _duels(places, matrix.weights)
    scores = wins - losses
    if steps is not None:
        table = np.swapaxes(places, -1, -2).astype(np.float64)
        steps += (
            Step("place", "Places on each criterion", table, ("options", "criteria")),
            Step("w", "Weights: votes", matrix.weights, ("criteria",)),
            Step("wins", "Options beaten", wins, ("options",)),
            Step("losses", "Options that it is beaten by", losses, ("options",)),
            Step("C", "Scores: wins less losses", scores, ("options",)),
        )
    return MethodResult(scores)


def _ballots(matrix: DecisionMatrix) -> Iterator[tuple[slice, IntArray]]:
    """Rank the options on each criterion, on some criteria at a time: (criteria, their ranks (…, some, options))."""
    span = by_range(matrix).span
    count, width = matrix.values.shape[-2:]
    together = max(1, AT_ONCE // count)
    for start in range(0, width, together):
        some = slice(start, start + together)
        columns = Normalised(matrix.values[..., some], span[..., some], matrix.worst[..., some])
        yield some, ranks(np.swapaxes(columns.table(), -1, -2))


def _points(places: IntArray) -> FloatArray:
    """Turn ranks (…, options) into points; those who share a place share the points of all the places they take up."""
    count = places.shape[-1]
    rows = places.reshape(-1, count)
    apart = rows + np.arange(0, rows.size, count)[:, np.newaxis]  # no two rows have a number in common
    held = np.bincount(apart.ravel())[apart].reshape(places.shape)
    points: FloatArray = count - places - (held - 1) / 2
    return points


def _table_of_points(matrix: DecisionMatrix) -> FloatArray:
    points = np.concatenate([_points(places) for _, places in _ballots(matrix)], axis=-2)
    return np.swapaxes(points, -1, -2)


def _contributions(matrix: DecisionMatrix) -> FloatArray:
    return _table_of_points(matrix) * matrix.weights[..., np.newaxis, :]  # (…, options, criteria)


def _duels(places: IntArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Count each option's wins and losses against all others, some options at a time."""
    samples = np.broadcast_shapes(places.shape[:-2], weights.shape[:-1])
    width, count = places.shape[-2:]
    wins, losses = np.empty((*samples, count)), np.empty((*samples, count))
    together = max(1, AT_ONCE // (count * max(1, int(np.prod(samples)))))
    for start in range(0, count, together):
        some = slice(start, start + together)
        lead = np.zeros((*samples, len(range(count)[some]), count))
        for criterion in range(width):
            ballot = places[..., criterion, :]
            better = np.sign(ballot[..., np.newaxis, :] - ballot[..., some, np.newaxis])  # (…, some, options)
            lead += better * weights[..., criterion, np.newaxis, np.newaxis]
        wins[..., some] = (lead > TIE).sum(axis=-1)
        losses[..., some] = (lead < -TIE).sum(axis=-1)
    return wins, losses
