"""CoCoSo: three compromises between a weighted sum and a weighted product.

On the range of the options each option gets a weighted sum S and a sum P of its figures raised to the weights. Three
appraisals combine them: ka as a share of all options' S + P, kb in parts of the least S and of the least P, kc as a
share of the greatest, ``lambda`` weighing S against P. The score is the sum of the geometric and the arithmetic mean of
the three.

Use it when a ranking is wanted that several ways of adding up agree on.

Do not use it when the answer must not depend on which options are listed, or when scores must be comparable between
rankings: kb measures by the worst option, and where that is worst on every criterion its S and P are 0 and kb is left
out. A criterion on which all options are alike can change the order, because it leaves less weight to the others and so
bends P. An improvement can cost an option a rank, because it moves the range and the marks that all are measured by.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[3, 200], [1, 100], [2, 110]], weights=[60, 40], directions=["max", "min"])
>>> ranking = rank(matrix, "cocoso")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([1.979, 1.648, 2.688], [2, 3, 1])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import by_range, divisor
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.matrix import DecisionMatrix


def cocoso(matrix: DecisionMatrix, *, lambda_: float = 0.5, steps: list[Step] | None = None) -> MethodResult:
    """Combine three compromises between each option's weighted sum and its sum of powers.

    Notes
    -----
    r on the range of the options; S = Σ w·r, P = Σ r^w; ka = (S + P) / Σ(S + P); kb = S / min S + P / min P;
    kc = (λ·S + (1 - λ)·P) / (λ·max S + (1 - λ)·max P); k = (ka·kb·kc)^(1/3) + (ka + kb + kc) / 3. A part that would
    divide by 0 is 0 for all options.

    References
    ----------
    Yazdani, Zarate, Zavadskas & Turskis (2019), A combined compromise solution (CoCoSo) method for multi-criteria
    decision-making problems, Management Decision 57(9):2501-2519, doi:10.1108/MD-05-2017-0458.
    """
    normalised = by_range(matrix)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    sums, powers = normalised.per_option(lambda block: ((block * weights).sum(axis=-1), (block**weights).sum(axis=-1)))
    both = sums + powers
    ka = both / divisor(both.sum(axis=-1, keepdims=True))
    kb = sums / divisor(sums.min(axis=-1, keepdims=True)) + powers / divisor(powers.min(axis=-1, keepdims=True))
    mixed_best = lambda_ * sums.max(axis=-1, keepdims=True) + (1 - lambda_) * powers.max(axis=-1, keepdims=True)
    kc = (lambda_ * sums + (1 - lambda_) * powers) / divisor(mixed_best)
    scores = np.cbrt(ka * kb * kc) + (ka + kb + kc) / 3
    if steps is not None:
        table = normalised.table()
        steps += (
            Step("r", "Performances on the range of the options", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("w·r", "Terms of S", table * weights, ("options", "criteria")),
            Step("r^w", "Terms of P", table**weights, ("options", "criteria")),
            Step("S", "Weighted sums", sums, ("options",)),
            Step("P", "Sums of powers", powers, ("options",)),
            Step("ka", "S + P as a share of all", ka, ("options",)),
            Step("kb", "S and P in parts of the least", kb, ("options",)),
            Step("kc", f"{lambda_:g} of S and {1 - lambda_:g} of P, in parts of the greatest", kc, ("options",)),
            Step("k", "Scores: the geometric and the arithmetic mean of the three, added", scores, ("options",)),
        )
    return MethodResult(scores, details={"S": sums, "P": powers, "ka": ka, "kb": kb, "kc": kc, "k": scores})
