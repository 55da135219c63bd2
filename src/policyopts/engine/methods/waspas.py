"""WASPAS: a weighted sum and a weighted product, mixed.

Each option gets a weighted sum and a weighted product of the same ratios to the best option; the score lies between the
two, at a share that ``lambda`` sets: 1 is the sum alone, 0 the product alone.

Use it when it is open how far a poor showing may be made up for by a good one, and see by moving ``lambda`` whether the
answer depends on that.

Do not use it with zeros or negative performances. The ratios are to the best option listed, so another option can
reorder the rest; and a criterion on which all options are alike can change the order too, because it leaves less weight
to the others and so bends the product.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[20, 100], [10, 50], [10, 80]], weights=[1, 1], directions=["max", "min"])
>>> ranking = rank(matrix, "waspas", lambda_=0.5)
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.729, 0.729, 0.561], [1, 1, 3])
>>> ranking.details["wsm"].tolist()
[0.75, 0.75, 0.5625]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.method import MethodResult
from policyopts.engine.methods.weighted_product import refuse_what_is_not_positive
from policyopts.engine.normalisation import by_max
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.matrix import DecisionMatrix


def waspas(matrix: DecisionMatrix, *, lambda_: float = 0.5, steps: list[Step] | None = None) -> MethodResult:
    """Mix each option's weighted sum and weighted product.

    Notes
    -----
    Q = λ·Σ w·r + (1 - λ)·Π r^w, r = x / max of a benefit and min / x of a cost.

    References
    ----------
    Zavadskas, Turskis, Antucheviciene & Zakarevicius (2012), Optimization of weighted aggregated sum product
    assessment, Elektronika ir Elektrotechnika 122(6):3-6, doi:10.5755/j01.eee.122.6.1810.
    """
    refuse_what_is_not_positive(matrix, "waspas")
    ratios = by_max(matrix)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    sums, products = ratios.per_option(lambda block: ((block * weights).sum(axis=-1), (block**weights).prod(axis=-1)))
    scores = lambda_ * sums + (1 - lambda_) * products
    if steps is not None:
        table = ratios.table()
        steps += (
            Step("r", "Performances, normalised: max", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("w·r", "Terms of the sum", table * weights, ("options", "criteria")),
            Step("r^w", "Factors of the product", table**weights, ("options", "criteria")),
            Step("wsm", "Weighted sums", sums, ("options",)),
            Step("wpm", "Weighted products", products, ("options",)),
            Step("Q", f"Scores: {lambda_:g} of the sum and {1 - lambda_:g} of the product", scores, ("options",)),
        )
    return MethodResult(scores, details={"wsm": sums, "wpm": products})
