"""Necessary and possible preference: what holds under all weights in question, and what under some.

Between two options, the one is necessarily preferred that is at least as good whatever the weights and performances may
be; possibly, if it is so under some of them. With no word on the weights, and certain performances, what is necessary
is dominance.

References
----------
Greco, Mousseau & Słowiński (2008), Ordinal regression revisited: multiple criteria ranking using a set of additive
value functions, European Journal of Operational Research 191(2):416-436. Salo & Hämäläinen (1992), Preference
assessment by imprecise ratio statements, Operations Research 40(6):1053-1061.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.ranking import TIE

if TYPE_CHECKING:
    from policyopts.engine.arrays import BoolArray, FloatArray
    from policyopts.engine.robustness.weights import WeightDistribution

PAIRS = 1 << 14  # looked at in one go: what they take fits the cache


@dataclass(frozen=True, eq=False)
class Preferences:
    """Which option is at least as good as which (options, options): the row's as the column's."""

    necessary: BoolArray
    possible: BoolArray


def preferences(low: FloatArray, weights: WeightDistribution, high: FloatArray | None = None) -> Preferences:
    """Find what is necessary and what is possible.

    Parameters
    ----------
    low
        What each criterion adds to the options' scores (options, criteria): values, or the least that they may be.
    weights
        The weights in question.
    high
        The greatest that the values may be, where they are uncertain.

    Examples
    --------
    >>> from policyopts.engine.robustness.weights import ordered_weights
    >>> values = np.array([[0.8, 0.3], [0.5, 0.5], [0.4, 0.9]])
    >>> found = preferences(values, ordered_weights([1, 2]))
    >>> found.necessary.tolist()
    [[True, True, False], [False, True, False], [False, False, True]]
    >>> found.possible.tolist()
    [[True, True, True], [False, True, True], [True, True, True]]
    """
    most = low if high is None else high
    options = len(low)
    necessary, possible = np.empty((2, options, options), dtype=np.bool_)
    step = max(1, PAIRS // options)
    for start in range(0, options, step):
        some = slice(start, start + step)
        shape = len(low[some]), options
        worst = (low[some, np.newaxis] - most).reshape(-1, low.shape[1])
        best = (most[some, np.newaxis] - low).reshape(-1, low.shape[1])
        necessary[some] = (weights.extremes(worst)[0] >= -TIE).reshape(shape)
        possible[some] = (weights.extremes(best)[1] >= -TIE).reshape(shape)
    np.fill_diagonal(necessary, val=True)
    return Preferences(necessary, possible)
