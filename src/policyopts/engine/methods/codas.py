"""CODAS: rank options by how much further than the others they are from the worst.

The anti-ideal has the worst showing of any option on every criterion. An option's Euclidean distance E from it is
compared with every other option's; where two differ by ``tau`` or more, their taxicab distances T are compared as well.
The score H adds up these differences.

Use it when keeping away from the worst matters more than coming close to the best.

Do not use it with negative performances or zero costs, or when the answer must not depend on which options are listed.
An option that is as good as another on every criterion and better on one can still come out below it, because ``tau``
lets the taxicab distance count against some options and not against others; for the same reason an improvement can cost
an option its rank.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix([[3, 200], [1, 100], [2, 110]], weights=[60, 40], directions=["max", "min"])
>>> ranking = rank(matrix, "codas")
>>> ranking.scores.round(3).tolist(), ranking.ranks.tolist()
([0.578, -0.622, 0.044], [1, 3, 2])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.method import MethodResult
from policyopts.engine.normalisation import OTHER_METHODS, by_max, refuse_unfit
from policyopts.engine.steps import Step

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix

ROUNDING = 1e-12  # differences that fall short of tau by this little reach it: both are sums of figures up to 1
ALL_PAIRS = 64  # so few options are compared pair by pair
PAIRS_AT_ONCE = 2**18


def codas(matrix: DecisionMatrix, *, tau: float = 0.02, steps: list[Step] | None = None) -> MethodResult:
    """Score each option by its lead in distance from the worst showing, over all others.

    Notes
    -----
    v = w·r, r = x / max of a benefit and min / x of a cost; E and T the Euclidean and the taxicab distance from the
    worst v; H = Σ over the others k of (E - E_k) + ψ·(T - T_k), ψ = 1 where |E - E_k| ≥ τ and 0 elsewhere.

    References
    ----------
    Keshavarz Ghorabaee, Zavadskas, Turskis & Antucheviciene (2016), A new combinative distance-based assessment (CODAS)
    method for multi-criteria decision-making, Economic Computation and Economic Cybernetics Studies and Research
    50(3):25-44.
    """
    refuse_unfit(matrix, "codas", OTHER_METHODS, zeros=matrix.directions < 0)
    ratios = by_max(matrix)
    weights = matrix.weights[..., np.newaxis, :]  # (…, 1, criteria)
    worst = ratios.at(matrix.worst)

    def distances(block: FloatArray) -> tuple[FloatArray, FloatArray]:
        ways = (block - worst) * weights
        return np.sqrt(np.square(ways).sum(axis=-1)), ways.sum(axis=-1)

    euclidean, taxicab = ratios.per_option(distances)
    scores = _leads(euclidean, taxicab, tau - ROUNDING)
    if steps is not None:
        table = ratios.table()
        steps += (
            Step("r", "Performances, normalised: max", table, ("options", "criteria")),
            Step("w", "Weights", matrix.weights, ("criteria",)),
            Step("v", "Ratios, weighted", table * weights, ("options", "criteria")),
            Step("v-", "The worst of these", (worst * weights)[..., 0, :], ("criteria",)),
            Step("E", "Euclidean distances from the worst", euclidean, ("options",)),
            Step("T", "Taxicab distances from the worst", taxicab, ("options",)),
            Step("H", f"Scores: leads in E, and in T where E differs by {tau:g} or more", scores, ("options",)),
        )
    details = {"E": euclidean, "T": taxicab, "H": scores}
    return MethodResult(scores, unit=float(scores.shape[-1]), details=details)


def _leads(euclidean: FloatArray, taxicab: FloatArray, reach: float) -> FloatArray:
    """Add up each option's leads over all options, in both distances (…, options)."""
    count = euclidean.shape[-1]
    far = euclidean.reshape(-1, count)
    long = taxicab.reshape(-1, count)
    if count > ALL_PAIRS:
        leads = np.stack([_leads_in_order(*row, reach) for row in zip(far, long, strict=True)])
    else:
        together = max(1, PAIRS_AT_ONCE // count**2)
        samples = (slice(start, start + together) for start in range(0, len(far), together))
        leads = np.concatenate([_leads_by_pairs(far[some], long[some], reach) for some in samples])
    return leads.reshape(euclidean.shape)


def _leads_by_pairs(far: FloatArray, long: FloatArray, reach: float) -> FloatArray:
    further = far[:, :, np.newaxis] - far[:, np.newaxis, :]  # (samples, options, others)
    longer = long[:, :, np.newaxis] - long[:, np.newaxis, :]
    further += np.where(np.abs(further) >= reach, longer, 0.0)
    leads: FloatArray = further.sum(axis=-1)
    return leads


def _leads_in_order(far: FloatArray, long: FloatArray, reach: float) -> FloatArray:
    """Find the others that T is compared with as those before one place and after another, in the order of E."""
    order = np.argsort(far)
    ascending, count = far[order], len(far)
    lengths = long[order] - long.mean()  # small sums for small rounding
    running = np.concatenate([[0.0], np.cumsum(lengths)])
    below = np.searchsorted(ascending, ascending - reach, side="right")
    above = np.maximum(np.searchsorted(ascending, ascending + reach, side="left"), below)  # each once, tau 0 or not
    compared = below + (count - above)
    leads = np.empty(count)
    leads[order] = (
        count * (ascending - ascending.mean()) + compared * lengths - running[below] - (running[-1] - running[above])
    )
    return leads
