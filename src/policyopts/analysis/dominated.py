"""Options that no weights can make the best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.engine.dominance import dominators

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier


def dominated(ranked: RankedDossier) -> dict[str, str]:
    """Give each ranked option that another dominates, and one that does.

    An option with an unknown performance is dominated by none: it may be the best just there.
    """
    matrix, view = ranked.problem.matrix, ranked.view
    return {
        option: matrix.options[dominator]
        for option, dominator in zip(matrix.options, dominators(matrix.scaled), strict=True)
        if dominator >= 0 and all(view.estimate(option, id_).form != "unknown" for id_ in matrix.criteria)
    }
