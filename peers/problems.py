"""The problems that all are given, drawn from a seed: the same in every interpreter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]  # other libraries are typed loosely, and so is what passes between us

SAATY = np.concatenate([1 / np.arange(9.0, 1.0, -1.0), np.arange(1.0, 10.0)])  # answers on his scale


class Thresholds(NamedTuple):
    """Thresholds of all criteria, as parts of their units."""

    indifference: float
    preference: float
    gaussian: float
    veto: float


EIGHTHS = Thresholds(0.125, 0.375, 0.25, 0.75)  # for round figures to differ by
USUAL = Thresholds(0.05, 0.2, 0.05, 0.6)


@dataclass(frozen=True, eq=False)
class Problem:
    """Options by criteria, and what the methods ask of each criterion."""

    values: Array  # (options, criteria)
    directions: Array  # (criteria,): 1 where more is better, -1 where less is
    weights: Array  # (criteria,), summing to 1
    lower: Array  # (criteria,): ends of the scales, for methods that ask for some
    upper: Array
    indifference: Array  # (criteria,): thresholds
    preference: Array
    gaussian: Array
    veto: Array
    judgements: Array  # (criteria, criteria): pairwise comparisons, reciprocal
    tied: Array  # (options,): scores some of which are equal
    nearly_tied: Array  # (options,): the same, but for rounding
    is_round: bool  # figures are such that scores can tie but for rounding


def draw(seed: int, count: int) -> Iterator[Problem]:
    """Draw small problems with at least one benefit and one cost, all performances above zero.

    In every other one figures are eighths of the scale: options tie, and differ by just a threshold.
    """
    for number, rng in enumerate(np.random.default_rng(seed).spawn(count)):
        shape = int(rng.integers(3, 13)), int(rng.integers(3, 8))
        directions = rng.choice([1.0, -1.0], shape[1])
        directions[:2] = 1.0, -1.0
        parts = rng.uniform(0.01, 1.0, shape)
        if number % 2:
            parts = np.ceil(8 * parts) / 8
            parts[1] = parts[0] % 1 + 1 / 8  # no criterion on which all are alike
        units = 10.0 ** rng.integers(-2, 5, shape[1])
        yield _problem(rng, parts, rng.permutation(directions), units, EIGHTHS, is_round=bool(number % 2))


def large(options: int, criteria: int = 10) -> Problem:
    """Draw one problem of many options for measuring, with three costs among ten criteria."""
    rng = np.random.default_rng(20240)
    directions = np.where(np.isin(np.arange(criteria) % 10, [3, 6, 9]), -1.0, 1.0)
    parts = rng.uniform(0.01, 1.0, (options, criteria))
    return _problem(rng, parts, directions, np.full(criteria, 100.0), USUAL, is_round=False)


def _problem(
    rng: np.random.Generator, parts: Array, directions: Array, units: Array, thresholds: Thresholds, *, is_round: bool
) -> Problem:
    criteria = len(directions)
    tied = rng.integers(1, 4, len(parts)) / 8  # eighths are exact
    lower_half = np.tril(rng.choice(SAATY, (criteria, criteria)), -1)
    return Problem(
        values=parts * units,
        directions=directions,
        weights=rng.dirichlet(np.ones(criteria)),
        lower=np.zeros(criteria),
        upper=1.25 * units,
        indifference=thresholds.indifference * units,
        preference=thresholds.preference * units,
        gaussian=thresholds.gaussian * units,
        veto=thresholds.veto * units,
        judgements=lower_half + np.eye(criteria) + 1 / np.where(lower_half, lower_half, np.inf).T,
        tied=tied,
        nearly_tied=tied * (1 + np.finfo(np.float64).eps * rng.integers(0, 3, len(parts))),
        is_round=is_round,
    )
