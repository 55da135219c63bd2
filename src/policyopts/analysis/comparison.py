"""One option against another, criterion by criterion: where it gains, and where it loses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.model.estimates import Estimate

ALIKE = 1e-12  # differences below this are rounding


@dataclass(frozen=True, slots=True)
class Difference:
    """What sets two options apart on a criterion; `amount` is above 0 where the first is better."""

    criterion: str
    ours: Estimate
    theirs: Estimate
    amount: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One ranked option against another, the largest differences first.

    `apart` is the difference of the scores. Amounts are in the score's unit and add up to it where the method is
    additive; otherwise they are the criterion's weight times the difference in value, and only give an order.
    """

    option: str
    other: str
    apart: float
    additive: bool
    gains: tuple[Difference, ...]
    losses: tuple[Difference, ...]


def compare_options(ranked: RankedDossier, option: str, other: str) -> Comparison:
    """Compare two ranked options."""
    ours, theirs = ranked.option(option), ranked.option(other)
    if ours.contributions is not None and theirs.contributions is not None:
        amounts = {id_: share - theirs.contributions[id_] for id_, share in ours.contributions.items()}
    else:
        matrix = ranked.ranking.matrix
        worth = matrix.scaled * matrix.weights
        apart = worth[matrix.options.index(option)] - worth[matrix.options.index(other)]
        amounts = dict(zip(matrix.criteria, map(float, apart), strict=True))
    view = ranked.view
    differences = [
        Difference(id_, view.estimate(option, id_), view.estimate(other, id_), amount)
        for id_, amount in sorted(amounts.items(), key=lambda pair: -abs(pair[1]))
    ]
    return Comparison(
        option=option,
        other=other,
        apart=ours.score - theirs.score,
        additive=ours.contributions is not None,
        gains=tuple(difference for difference in differences if difference.amount > ALIKE),
        losses=tuple(difference for difference in differences if difference.amount < -ALIKE),
    )
