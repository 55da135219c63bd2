"""Weight stability: as one weight goes from 0 to 1, who is first, and from where on.

The other weights share the rest in the proportions that they have. The weight of a group may be moved as well: then its
criteria keep their proportions within it.

Where scores are linear in the weights, every option's score is a straight line over the weight that moves, and who is
first is read off the upper envelope of these lines, to the last digit. Under any other method it is searched.

References
----------
Mareschal (1988), Weight stability intervals in multicriteria decision aid, European Journal of Operational Research
33(1):54-64. Triantaphyllou & Sánchez (1997), A sensitivity analysis approach for some deterministic multi-criteria
decision-making methods, Decision Sciences 28(1):151-194.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.linear_scores import linear_scores
from policyopts.engine.methods import method_called
from policyopts.engine.ranking import TIE
from policyopts.engine.sensitivity.envelopes import follow
from policyopts.engine.sensitivity.paths import Path
from policyopts.engine.sensitivity.search import search

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.sensitivity.paths import Sweep


@dataclass(frozen=True)
class WeightStability:
    """Who is first now, by place among the options, and as each weight is moved."""

    winner: int
    sweeps: tuple[Sweep, ...]
    exact: bool  # no change can have been overlooked


def weight_stability(
    matrix: DecisionMatrix, method: str = "weighted-sum", parts: ArrayLike | None = None, **parameters: object
) -> WeightStability:
    """Move each weight from 0 to 1, and find where the first option loses its place, and to whom.

    Parameters
    ----------
    matrix, method, parameters
        What is ranked, and how.
    parts
        The weights that are moved, one a row (weights, criteria): each criterion's part of it, 0 for one that has none.
        Unless given, every criterion's own; `tree.parts` gives those of a tree's groups too.

    Notes
    -----
    Of options that tie, the one listed first counts as first. An option that ties with the first all along takes
    nothing from it.

    Examples
    --------
    >>> from policyopts.engine.matrix import DecisionMatrix
    >>> matrix = DecisionMatrix([[0.9, 0.2], [0.5, 0.5]], [0.6, 0.4], ["max"] * 2, lower=[0] * 2, upper=[1] * 2)
    >>> found = weight_stability(matrix)
    >>> found.winner, [(round(sweep.stable_from, 3), round(sweep.stable_to, 3)) for sweep in found.sweeps]
    (0, [(0.429, 1.0), (0.0, 0.571)])
    >>> found.sweeps[1].crossovers[0].winner
    1
    """
    if matrix.values.ndim != 2 or matrix.weights.ndim != 1:
        raise EngineError("weight stability is that of one decision matrix, not of samples of it")
    width = len(matrix.criteria)
    moved = np.eye(width) if parts is None else np.asarray(parts, dtype=np.float64)
    if moved.shape[1:] != (width,) or not np.allclose(moved.sum(axis=1), 1) or (moved < 0).any():
        raise EngineError(f"parts: rows of {width} shares that sum to 1 are needed")
    chosen = method_called(method)
    score = chosen.under(chosen.settings(parameters))
    now = score(matrix)
    best = now.scores.max()
    tie = TIE * float(np.maximum(np.abs(now.scores).max(), now.unit))
    winner = int((now.scores >= best - tie).argmax())
    paths = [Path.of(part, matrix.weights) for part in moved]
    if chosen.linear:
        table = linear_scores(matrix, method, parameters)
        sweeps = tuple(follow(path, table, winner, tie) for path in paths)
    else:
        sweeps = tuple(search(path, matrix, score, winner) for path in paths)
    return WeightStability(winner, sweeps, chosen.linear)
