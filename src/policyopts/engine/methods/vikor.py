"""VIKOR: the compromise between the most good in all and the least regret on any one criterion.

Each option gets two figures: S, the weighted sum of its distances from the best showings, and R, the largest single one
of them. Q mixes both, ``v`` being the weight of S ("the majority of the criteria") against R ("the worst objection").
The score is 1 - Q.

Use it when no criterion should be given up for the sake of the sum, and a proposal that all sides can live with is
looked for. Beside the ranking it says whether the first option leads by enough (C1) and is also first by S or by R
(C2), and names the options of the compromise set.

Do not use it when the answer must not depend on which options are listed: distances are measured on the range of the
options, and Q on the range of S and R, so another option can reorder the rest. An improvement can cost an option its
rank too, because it changes what a step of S is worth against one of R.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[1, 3000], [2, 3750], [5, 4500]], weights=[1, 1], directions=["min", "max"])
>>> ranking = rank(matrix, "vikor")
>>> ranking.details["Q"].tolist(), ranking.ranks.tolist()
([1.0, 0.0, 1.0], [2, 1, 2])
>>> ranking.document["compromise_set"]
('a2',)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import Normalised, divisor
from policyopts.engine.products import multiply
from policyopts.engine.ranking import TIE
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.method import UnderWeights
    from policyopts.engine.workspace import Workspace


def vikor(matrix: DecisionMatrix, *, v: float = 0.5, steps: list[Step] | None = None) -> MethodResult:
    """Score each option by the sum of its regrets and by the largest.

    Notes
    -----
    Regret d = w·(f* - f) / (f* - f⁻), f* and f⁻ the best and the worst showing; S = Σ d, R = max d;
    Q = v·(S - S*) / (S⁻ - S*) + (1 - v)·(R - R*) / (R⁻ - R*), * the least and ⁻ the greatest of the options. A part
    in which all options are alike is 0. Scores are 1 - Q.

    What is said of the options together, where there are no samples: C1, that the second Q is at least 1 / (n - 1)
    above the first; C2, that the first by Q is also first by S or by R; and the compromise set, best first: the first
    alone if both hold, the first and second if C1 alone does, and else all whose Q is less than 1 / (n - 1) above the
    first.

    References
    ----------
    Opricovic (1998), Multicriteria Optimization of Civil Engineering Systems, Belgrade.
    Opricovic & Tzeng (2004), Compromise solution by MCDM methods, European Journal of Operational Research
    156(2):445-455, doi:10.1016/S0377-2217(03)00020-1.
    """
    regrets = _regrets(matrix)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)

    def sum_and_largest(block: FloatArray) -> tuple[FloatArray, FloatArray]:
        weighted = block * weights
        return weighted.sum(axis=-1), weighted.max(axis=-1)

    sums, largest = regrets.per_option(sum_and_largest)
    of_sums, of_largest = _share_of_range(np.array((sums, largest)))
    mixed = v * of_sums
    mixed += (1 - v) * of_largest
    scores = 1 - mixed
    if steps is not None:
        table = regrets.table()
        steps += (
            Step("d", "Distances from the best, on the range of the options", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("w·d", "Regrets: weighted distances", table * weights, ("options", "criteria")),
            Step("S", "Sums of regrets", sums, ("options",)),
            Step("R", "Largest regrets", largest, ("options",)),
            Step("Q", f"{v:g} of S and {1 - v:g} of R, each on the range of the options", mixed, ("options",)),
            Step("1-Q", "Scores", scores, ("options",)),
        )
    document = _Compromise(matrix, sums, largest, mixed) if scores.ndim == 1 else {}
    return MethodResult(scores, details={"S": sums, "R": largest, "Q": mixed}, document=document)


def vikor_under_weights(matrix: DecisionMatrix, *, v: float = 0.5) -> UnderWeights:
    """Make the function from weights (criteria, any) to scores (options, any)."""
    distances = _regrets(matrix).table()

    def under_weights(weights: FloatArray, space: Workspace) -> FloatArray:
        shape = (len(distances), weights.shape[1])
        sums, largest, regret = (space.array(name, shape) for name in ("sums", "largest", "regret"))
        multiply(distances, weights, sums)
        np.multiply(distances[:, :1], weights[0], out=largest)
        for criterion in range(1, len(weights)):
            np.multiply(distances[:, criterion, np.newaxis], weights[criterion], out=regret)
            np.maximum(largest, regret, out=largest)
        for figures, part in ((sums, v), (largest, 1 - v)):
            np.subtract(figures, figures.min(axis=0), out=figures)
            way = figures.max(axis=0)
            np.multiply(figures, -part / np.where(way <= TIE, np.inf, way), out=figures)
        sums += largest
        sums += 1
        return sums

    return under_weights


def _regrets(matrix: DecisionMatrix) -> Normalised:
    return Normalised(matrix.values, divisor(-matrix.directions * matrix.spread), matrix.best)


def _share_of_range(figures: FloatArray) -> FloatArray:
    """Turn figures, in their place, into shares of the way from the least to the greatest; 0 where they tie."""
    least = figures.min(axis=-1, keepdims=True)
    way = figures.max(axis=-1, keepdims=True) - least
    way[way <= TIE] = np.inf
    figures -= least
    figures /= way
    return figures


class _Compromise(Mapping[str, object]):
    """What is said of the options together, worked out when it is asked for: for few options it takes longest."""

    def __init__(self, *of: Any) -> None:
        self._of = of

    @cached_property
    def _said(self) -> Mapping[str, object]:
        return _compromise(*self._of)

    def __getitem__(self, name: str) -> object:
        return self._said[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)


def _compromise(
    matrix: DecisionMatrix, sums: FloatArray, largest: FloatArray, mixed: FloatArray
) -> Mapping[str, object]:
    """Say whether the first option leads by enough, and which ones make up the compromise."""
    lead = mixed.min()
    enough = np.inf if len(mixed) == 1 else 1 / (len(mixed) - 1)
    kept = (mixed < lead + enough - TIE).nonzero()[0]
    firsts = kept[mixed[kept] <= lead + TIE]
    advantage = len(kept) == 1
    stability = bool((sums[firsts] <= sums.min() + TIE).any() or (largest[firsts] <= largest.min() + TIE).any())
    if advantage and not stability:
        second = np.delete(mixed, kept).min()
        kept = (mixed <= second + TIE).nonzero()[0]
    best_first = kept[mixed[kept].argsort(kind="stable")]
    return {"compromise_set": tuple(map(matrix.option, best_first.tolist())), "C1": advantage, "C2": stability}
