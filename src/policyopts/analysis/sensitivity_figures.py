"""What would change which option is first, for Python: of a dossier or of plain arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.analysis.ranked import rank_dossier, refuse_other_than_dossier
from policyopts.analysis.sensitivity import figures
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.sensitivity.assessment import CHALLENGERS
from policyopts.engine.sensitivity.assessment import sensitivity as assess
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.engine.robustness.performances import UncertainPerformances
    from policyopts.engine.sensitivity.assessment import Distance, Sensitivity
    from policyopts.engine.value_curves import ValueCurve
    from policyopts.model.dossier import Dossier


def sensitivity(
    dossier_or_matrix: Dossier | DecisionMatrix,
    method: str | None = None,
    *,
    performances: UncertainPerformances | None = None,
    curves: Sequence[ValueCurve | None] | None = None,
    distance: Distance = "l1",
    challengers: int = CHALLENGERS,
    **parameters: object,
) -> Sensitivity:
    """Find what would change which option is first: each weight, all weights together, each performance, each range.

    Parameters
    ----------
    dossier_or_matrix, method, parameters
        As for `policyopts.rank`.
    performances, curves
        The ranges of a matrix's performances, and its value functions, as for `policyopts.robustness`; a dossier says
        so itself.
    distance
        What is smallest where all weights move: the sum of the changes, ``"l1"``, or the root of the sum of their
        squares, ``"euclid"``.
    challengers
        How many options behind the first are looked at beyond single weights and performances.

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `policyopts.rank`, and for a distance that is not there.
    """
    if isinstance(dossier_or_matrix, DecisionMatrix):
        ranges = None
        if performances is not None:
            known = np.where(performances.uncertain, performances.low, np.nan)
            ranges = known, performances.high
        return assess(
            dossier_or_matrix,
            "weighted-sum" if method is None else str(method),
            ranges=ranges,
            curves=curves,
            parts=None,
            distance=distance,
            challengers=challengers,
            **parameters,
        )
    refuse_other_than_dossier(dossier_or_matrix)
    if performances is not None or curves is not None:
        message = "a dossier says itself what is known of its performances"
        raise UsageError(message, "give a DecisionMatrix beside what you know otherwise")
    name = None if method is None else str(method)
    ranked = rank_dossier(dossier_or_matrix, method=name, parameters=parameters)
    return figures(ranked, distance=distance, challengers=challengers)
