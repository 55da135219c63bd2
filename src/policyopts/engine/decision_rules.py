"""Decision rules: what to choose when it is open which of several states of the world will come about.

Each rule turns an option's payoffs in the states into one figure, and chooses the option where it is best.

| rule | figure of an option | who it suits |
|---|---|---|
| maximin (Wald) | its worst payoff | whoever cannot afford a bad outcome |
| maximax | its best payoff | whoever can, and goes for the best outcome |
| Hurwicz | α times its best payoff, 1 − α times its worst | whoever stands between the two |
| minimax regret (Savage) | its largest regret: how far it is behind the best of a state | whoever must answer later |
| Laplace | the mean of its payoffs | whoever holds no state for more probable than another |
| expected value | the mean of its payoffs, weighted by the states' chances | whoever can give chances |

Payoffs must be comparable from state to state: scores on scales that stay the same are; scores that a method measures
against the options present, such as TOPSIS's, are not quite. Regret depends on which options are listed.

>>> rules = decide([[9, 1, 5], [6, 4, 4], [3, 3, 8]], alpha=0.25)
>>> rules.worst.tolist(), rules.largest_regret.tolist(), rules.hurwicz.tolist()
([1.0, 4.0, 3.0], [3.0, 4.0, 6.0], [3.0, 4.5, 4.25])
>>> rules.chosen["maximin"].tolist(), rules.chosen["minimax-regret"].tolist()
([False, True, False], [True, False, False])
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.ranking import ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class DecisionRules:
    """What each rule says of each option; arrays over options, `regrets` (options, states)."""

    regrets: FloatArray
    worst: FloatArray
    best: FloatArray
    largest_regret: FloatArray
    hurwicz: FloatArray
    laplace: FloatArray
    expected: FloatArray | None

    @property
    def chosen(self) -> Mapping[str, BoolArray]:
        """The options that each rule chooses; several where they tie."""
        figures = {
            "maximin": self.worst,
            "maximax": self.best,
            "hurwicz": self.hurwicz,
            "minimax-regret": -self.largest_regret,
            "laplace": self.laplace,
        }
        if self.expected is not None:
            figures["expected-value"] = self.expected
        return {name: ranks(figure) == 1 for name, figure in figures.items()}


def decide(payoffs: ArrayLike, alpha: float = 0.5, chances: ArrayLike | None = None) -> DecisionRules:
    """Apply every rule to payoffs (options, states), higher = better.

    `alpha` is Hurwicz's degree of optimism, 0 to 1; `chances` are the states' probabilities and come to 1.

    Raises
    ------
    EngineError
        For payoffs that are not finite, an `alpha` outside 0 to 1, and chances that are no probabilities.

    References
    ----------
    Wald (1945), Annals of Mathematics 46(2):265-280; Savage (1951), JASA 46(253):55-67; Hurwicz (1951), Cowles
    Commission Discussion Paper 370; Luce & Raiffa (1957), Games and Decisions, chapter 13.
    """
    table = np.asarray(payoffs, dtype=np.float64)
    if table.ndim != 2 or not table.size or not np.isfinite(table).all():
        raise EngineError("payoffs are a table of finite numbers, a row for each option and a column for each state")
    if not 0 <= alpha <= 1:
        raise EngineError(f"alpha is a number from 0 to 1, not {alpha:g}")
    regrets = table.max(axis=0) - table
    worst, best = table.min(axis=1), table.max(axis=1)
    return DecisionRules(
        regrets=regrets,
        worst=worst,
        best=best,
        largest_regret=regrets.max(axis=1),
        hurwicz=alpha * best + (1 - alpha) * worst,
        laplace=table.mean(axis=1),
        expected=None if chances is None else table @ _probabilities(chances, table.shape[1]),
    )


def _probabilities(chances: ArrayLike, states: int) -> FloatArray:
    shares: FloatArray = np.array(chances, dtype=np.float64)
    if shares.shape != (states,) or not (shares >= 0).all() or abs(shares.sum() - 1) > 1e-6:
        raise EngineError(f"chances are {states} numbers from 0 to 1 that come to 1, one for each state")
    shares /= shares.sum()
    return shares
