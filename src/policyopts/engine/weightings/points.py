"""Direct rating and swing weighting: a number for each criterion, stated by a person.

Swing: imagine an option at the worst anchor of every criterion. The one criterion that you would first move to its
best anchor gets 100 points; each other one gets the points that its own swing from worst to best is worth beside that.

Use swing weighting wherever you can. It asks for what an additive value model needs: the worth of the way from one
anchor to the other. Write the anchors down first. Guidance for public appraisal, such as HM Treasury's, calls it the
critical element of the analysis.

Direct rating takes the numbers as they are stated. Do not use it to ask how important a criterion is: people
then answer for its name and not for its scale, the commonest mistake in the field.

>>> points = {"security": 100, "cost": 60, "speed": 40}
>>> swing(list(points), points=points).weights.tolist()
[0.5, 0.3, 0.2]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine import tree
from policyopts.engine.judgements import by_criterion, refuse_missing
from policyopts.engine.weightings import WeightingResult

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike


def direct(criteria: Sequence[str], *, numbers: Mapping[str, float] | ArrayLike) -> WeightingResult:
    """Take each criterion's number as its share of all numbers; rows of numbers (…, criteria) row by row.

    References
    ----------
    von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, ch. 8.
    """
    return _in_proportion("numbers", numbers, criteria)


def swing(criteria: Sequence[str], *, points: Mapping[str, float] | ArrayLike) -> WeightingResult:
    """Take each criterion's points as its share of all points; rows of points (…, criteria) row by row.

    References
    ----------
    von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, ch. 8.
    """
    return _in_proportion("points", points, criteria)


def _in_proportion(name: str, given: Mapping[str, float] | ArrayLike, criteria: Sequence[str]) -> WeightingResult:
    numbers = by_criterion(name, given, criteria)
    absent = np.isnan(numbers).nonzero()[-1]
    refuse_missing(name, dict.fromkeys(criteria[place] for place in absent.tolist()))
    names = [f"'{criterion}'" for criterion in criteria]
    return WeightingResult(tree.shares([tree.ROOT] * len(criteria), numbers, names))
