"""The value of information: what it would be worth to know, before choosing, what is uncertain now.

Whoever chooses now takes the option with the highest expected score. Whoever first learnt a figure could still choose
another where that is better; what this gains in the mean is the figure's worth, in scores. Information that cannot
change the choice is worth nothing.

Weights and performances are independent of each other, and a score is a sum of values times weights: so once a figure
is known, each option's expected score is that of the means, plus the figure's distance from its own mean times the mean
weight. Only the figure itself has to be drawn, and the estimate needs no inner simulation and no regression.

References
----------
Raiffa & Schlaifer (1961), Applied Statistical Decision Theory. Brennan, Kharroubi, O'Hagan & Chilcott (2007),
Calculating partial expected value of perfect information via Monte Carlo sampling algorithms, Medical Decision Making
27(4):448-470.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.engine.arrays import frozen
from policyopts.engine.errors import EngineError
from policyopts.engine.robustness.streams import seed_of, stream
from policyopts.engine.value_curves import curves_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.robustness.performances import UncertainPerformances
    from policyopts.engine.robustness.weights import WeightDistribution
    from policyopts.engine.value_curves import ValueCurve

SAMPLES = 1 << 15
FIGURES = 1 << 24  # drawn at once at most, so that they fit the memory
OWN = 1 << 63  # the number of the stream, far from those of a run's blocks
SURE_DIGITS = 9  # of means: the last ones depend on the machine


class Worth(NamedTuple):
    """What information is worth, in scores, and the standard error of the estimate."""

    value: float
    standard_error: float


@dataclass(frozen=True, eq=False)
class InformationValue:
    """What it is worth to know what is uncertain, all of it or a part."""

    choice: int  # the option with the highest expected score, by place
    everything: Worth
    performances: Worth  # all of them
    weights: Worth
    criteria: FloatArray  # (criteria,): the performances of all options on one
    criteria_errors: FloatArray
    cells: FloatArray  # (options, criteria): one performance; 0 where it is certain
    cells_errors: FloatArray


def information_value(
    matrix: DecisionMatrix,
    weights: WeightDistribution,
    performances: UncertainPerformances,
    *,
    curves: Sequence[ValueCurve | None] | None = None,
    samples: int = SAMPLES,
    seed: int | np.random.Generator = 0,
) -> InformationValue:
    """Estimate what it is worth to know weights and performances before choosing by the weighted sum of values.

    Parameters
    ----------
    matrix, weights, performances, curves, seed
        The decision and what is known of it, as in `Simulation`.
    samples
        How many figures are drawn of each that is uncertain, or fewer where they would not fit the memory.

    Raises
    ------
    EngineError
        For uncertain performances on a criterion without a scale: what a point of a score is worth would vary.

    Examples
    --------
    A certain 0.5 against anything from 0 to 1: knowing which gains an eighth.

    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> from policyopts.engine.robustness.performances import UncertainPerformances
    >>> from policyopts.engine.robustness.weights import any_weights
    >>> matrix = DecisionMatrix([[0.5], [0.5]], [1], ["max"], lower=[0], upper=[1])
    >>> unknown = UncertainPerformances(matrix, [[0.5], [0.0]], [[0.5], [1.0]], "uniform")
    >>> found = information_value(matrix, any_weights(1), unknown)
    >>> abs(found.everything.value - 0.125) < 3 * found.everything.standard_error < 0.003
    True
    >>> found.weights.value, found.cells.round(2).tolist()
    (0.0, [[0.0], [0.12]])
    """
    by_curve = curves_of(matrix, curves)
    _, columns = performances.places
    if any(by_curve[column] is None for column in columns.tolist()):
        raise EngineError("the value of information needs a scale for every criterion with uncertain performances")
    if samples < 2:
        raise EngineError(f"samples: a whole number from 2 up is needed, not {samples}")
    count = max(2, min(samples, FIGURES // (len(performances.cells) + len(matrix.values))))
    random = stream(seed_of(seed), OWN)
    weighed = np.empty((weights.criteria, count))
    weights.draw(random, weighed)
    weighed /= weighed.sum(axis=0)
    values = performances.draw(random, count)
    for row, cell in zip(values, performances.cells, strict=True):
        curve = by_curve[cell.criterion]
        if curve is not None:
            row[:] = curve.values(row)
    return _estimate(matrix.scaled, performances, weighed, values)


def _estimate(
    certain: FloatArray, performances: UncertainPerformances, weights: FloatArray, values: FloatArray
) -> InformationValue:
    """Work out the worths from certain values (options, criteria), and weights and values drawn (any, samples)."""
    places = performances.places
    means = np.array(certain)
    means[places] = values.mean(axis=1)
    mean_weights = weights.mean(axis=1)
    expected = means @ mean_weights
    choice = int(expected.argmax())
    off = values - values.mean(axis=1, keepdims=True)  # how far each figure is off its mean

    def worth(leads: FloatArray) -> Worth:
        return _worth(leads.max(axis=0) - leads[choice])

    everything = means @ weights
    performed = np.repeat(expected[:, np.newaxis], weights.shape[1], axis=1)
    by_criterion: dict[int, FloatArray] = {}
    cells, cells_errors = np.zeros((2, *certain.shape))
    rivals = np.delete(expected, choice).max(initial=-np.inf)
    for option, criterion, row in zip(*(place.tolist() for place in places), off, strict=True):
        known = mean_weights[criterion] * row
        everything[option] += weights[criterion] * row
        performed[option] += known
        of_criterion = by_criterion.setdefault(criterion, np.repeat(expected[:, np.newaxis], weights.shape[1], axis=1))
        of_criterion[option] += known
        lead = rivals - (expected[option] + known) if option == choice else expected[option] + known - expected[choice]
        cells[option, criterion], cells_errors[option, criterion] = _worth(np.maximum(lead, 0.0))
    criteria, criteria_errors = np.zeros((2, certain.shape[1]))
    for criterion, leads in by_criterion.items():
        criteria[criterion], criteria_errors[criterion] = worth(leads)
    return InformationValue(
        choice,
        worth(everything),
        worth(performed),
        worth(means @ weights),
        *map(frozen, (criteria, criteria_errors, cells, cells_errors)),
    )


def _worth(gains: FloatArray) -> Worth:
    """Take the mean of what is gained in each sample."""
    error = gains.std(ddof=1) / np.sqrt(len(gains))
    return Worth(round(float(gains.mean()), SURE_DIGITS), round(float(error), SURE_DIGITS))
