"""Value against cost: which options are worth their cost at some budget, and the best one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.analysis.problem.decision import decision_problem
from policyopts.analysis.view import known, look
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from policyopts.analysis.problem.decision import DecisionProblem
    from policyopts.analysis.view import WhatIf
    from policyopts.model.dossier import Dossier

ALIKE = 1e-9  # values that are no further apart are the same: sums of shares are no round numbers


class CostedOption(NamedTuple):
    """An option's cost, in the criterion's unit, and its value by all other criteria, 0 to 1.

    `beaten_by` names an option of at least its value at no more cost; None for an efficient option. `extra_cost` is
    what the value costs in addition to that of the efficient option before it, per point of 100; None for the first.
    """

    id: str
    name: str
    cost: float
    value: float
    beaten_by: str | None
    extra_cost: float | None


class Frontier(NamedTuple):
    """The options by cost, the cheapest first; among equals the one of more value."""

    problem: DecisionProblem
    criterion: str
    options: tuple[CostedOption, ...]

    @property
    def efficient(self) -> tuple[CostedOption, ...]:
        """The efficient options: each the best from its cost upwards until that of the next."""
        return tuple(option for option in self.options if option.beaten_by is None)


def value_against_cost(dossier: Dossier, criterion: str, asked: WhatIf | None = None) -> Frontier:
    """Set each option's value, by all other criteria at their own proportions, against its cost.

    Raises
    ------
    UsageError
        For a criterion that is not there, of which more is better, or beside which no other has a weight.
    """
    leaf = known(dossier.criteria, criterion, "criterion")
    if leaf.higher_is_better:
        raise UsageError(f"'{criterion}' is no cost: more of it is better", f"costs here: {_costs(dossier)}")
    problem = decision_problem(look(dossier, asked))
    matrix = problem.matrix
    column = matrix.criteria.index(criterion)
    others = np.delete(matrix.weights, column)
    if not others.sum():
        raise UsageError(f"beside '{criterion}' no criterion has a weight", "there is no value to set against the cost")
    values = np.delete(matrix.scaled, column, axis=1) @ (others / others.sum())
    costs = matrix.values[:, column]
    order = sorted(range(len(costs)), key=lambda row: (costs[row], -values[row], matrix.options[row]))
    found: list[CostedOption] = []
    best: CostedOption | None = None
    for row in order:
        id_, cost, value = matrix.options[row], float(costs[row]), float(values[row])
        beaten = best is not None and value <= best.value + ALIKE
        extra = None if beaten or best is None else (cost - best.cost) / (100 * (value - best.value))
        option = CostedOption(id_, dossier.option_name(id_), cost, value, best.id if best and beaten else None, extra)
        best = best if beaten else option
        found.append(option)
    return Frontier(problem, criterion, tuple(found))


def _costs(dossier: Dossier) -> str:
    return ", ".join(id_ for id_, leaf in dossier.criteria.items() if not leaf.higher_is_better) or "none"
