"""Choosing where nobody knows which state of the world will come: what each option pays in each, judged as a whole.

| criterion | an option's figure | the best is |
|---|---|---|
| ``maximin`` | its least payoff: whoever fears the worst | the highest |
| ``maximax`` | its greatest payoff: whoever hopes for the best | the highest |
| ``hurwicz`` | both, at a share that says how hopeful one is | the highest |
| ``laplace`` | its mean payoff, all states being as likely as one another | the highest |
| ``expected`` | its mean payoff under the states' chances, where these are known | the highest |
| ``regret`` | the most that one could come to miss by not having chosen the best for the state | the lowest |

References
----------
Wald (1950), Statistical Decision Functions. Savage (1951), The theory of statistical decision, Journal of the American
Statistical Association 46(253):55-67. Hurwicz (1951), Optimality criteria for decision making under ignorance, Cowles
Commission discussion paper 370. Laplace (1825), Essai philosophique sur les probabilités.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.arrays import LARGEST
from policyopts.engine.errors import EngineError
from policyopts.engine.ranking import ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Judgements:
    """What each criterion makes of the options."""

    regrets: FloatArray  # (options, states): how much better the best option does in the state
    figures: Mapping[str, FloatArray]  # criterion → (options,)
    ranks: Mapping[str, IntArray]  # criterion → (options,), 1 = best


def judge(payoffs: ArrayLike, *, optimism: float = 0.5, chances: ArrayLike | None = None) -> Judgements:
    """Judge options by what they pay in each state of the world, more being better.

    Parameters
    ----------
    payoffs
        The payoffs (options, states).
    optimism
        The share of the greatest payoff in ``hurwicz``, from 0 to 1; the rest is the least one's.
    chances
        The states' chances, any numbers from 0 up, counted in proportion. Unless given, there is no ``expected``.

    Examples
    --------
    >>> found = judge([[200, -180], [100, -20], [0, 0]], optimism=0.8)
    >>> found.figures["regret"].tolist(), found.figures["hurwicz"].tolist()
    ([180.0, 100.0, 200.0], [124.0, 76.0, 0.0])
    >>> found.ranks["regret"].tolist(), found.ranks["maximin"].tolist()
    ([2, 1, 3], [3, 2, 1])
    """
    table = np.asarray(payoffs, dtype=np.float64)
    if table.ndim != 2 or not table.size or not (np.abs(table) <= LARGEST).all():
        raise EngineError(f"payoffs: a table of numbers, options by states, is needed, not the shape {table.shape}")
    if not 0 <= optimism <= 1:
        raise EngineError(f"optimism: a number from 0 to 1 is needed, not {optimism:g}")
    regrets = table.max(axis=0) - table
    least, greatest = table.min(axis=1), table.max(axis=1)
    figures = {
        "maximin": least,
        "maximax": greatest,
        "hurwicz": optimism * greatest + (1 - optimism) * least,
        "laplace": table.mean(axis=1),
        "regret": regrets.max(axis=1),
    }
    if chances is not None:
        figures["expected"] = table @ _shares(chances, table.shape[1])
    placed = {name: ranks(-figure if name == "regret" else figure, unit=0.0) for name, figure in figures.items()}
    return Judgements(regrets, figures, placed)


def _shares(chances: ArrayLike, states: int) -> FloatArray:
    numbers = np.asarray(chances, dtype=np.float64)
    if numbers.shape != (states,) or not (numbers >= 0).all() or not 0 < numbers.sum() <= LARGEST:
        raise EngineError(f"chances: {states} numbers from 0 up, not all of them 0, are needed, one for each state")
    shares: FloatArray = numbers / numbers.sum()
    return shares
