"""How options fare when weights and performances are drawn again and again, for Python: of dossiers and matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyopts.analysis.crews import crew_of
from policyopts.analysis.problem.uncertain_weights import KNOWLEDGE, KnownWeights, loose_weights
from policyopts.analysis.ranked import refuse_other_than_dossier
from policyopts.analysis.robust_ranking import Sampling, robust_ranking
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.robustness.assessment import robustness as assess
from policyopts.engine.robustness.weights import TRUST, StatedWeights
from policyopts.findings import UsageError
from policyopts.names import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.analysis.problem.uncertain_weights import Knowledge
    from policyopts.engine.robustness.assessment import Robustness
    from policyopts.engine.robustness.performances import UncertainPerformances
    from policyopts.engine.robustness.weights import WeightDistribution
    from policyopts.engine.value_curves import ValueCurve
    from policyopts.model.dossier import Dossier


def robustness(
    dossier_or_matrix: Dossier | DecisionMatrix,
    method: str | None = None,
    *,
    weights: Knowledge | WeightDistribution = "stated",
    performances: UncertainPerformances | None = None,
    curves: Sequence[ValueCurve | None] | None = None,
    where: tuple[str, ...] = (),
    trust: float = TRUST,
    samples: int | None = None,
    precision: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    scheduler: str | None = None,
    **parameters: object,
) -> Robustness:
    """Draw weights and performances again and again, and tell how each option fares.

    Parameters
    ----------
    dossier_or_matrix, method, parameters
        As for `policyopts.rank`.
    weights
        What is known of them: ``"stated"``, ``"ranges"`` (of a dossier), ``"order"`` or ``"any"``; or a distribution.
    performances, curves
        What is known of a matrix's performances, and its value functions, as `policyopts.engine.robustness` takes
        them; a dossier says so itself.
    where
        Constraints of the weights by order or by nothing, such as ``"deterrence >= 2*escalation"``.
    trust
        How near stated weights are to what is drawn.
    samples, precision, seed
        How many samples, 100,000 unless given; the largest standard error that a chance to be first may have, with
        which `samples` are the most there are; and where they begin.
    workers, scheduler
        How many processes share a long run; or where the scheduler of a Dask cluster is that does,
        ``"tcp://host:port"``. They change no figure.

    Raises
    ------
    UsageError, EngineError, DossierError
        As for `policyopts.rank`, and for constraints and numbers that cannot be.
    WorkersError
        Where processes or a cluster cannot be had, or give up.
    """
    sampling = Sampling(samples, precision, seed)
    if isinstance(dossier_or_matrix, DecisionMatrix):
        matrix = dossier_or_matrix
        with crew_of(workers, scheduler) as crew:
            return assess(
                matrix,
                _matrix_weights(matrix, _known(weights, trust, where)) if isinstance(weights, str) else weights,
                performances,
                curves=curves,
                method=method or "weighted-sum",
                samples=samples,
                precision=precision,
                seed=seed,
                crew=crew,
                **parameters,
            )
    refuse_other_than_dossier(dossier_or_matrix)
    if not isinstance(weights, str) or performances is not None or curves is not None:
        message = "a dossier says itself what is known of its weights and performances"
        raise UsageError(message, "give a DecisionMatrix beside what you know otherwise")
    known = _known(weights, trust, where)
    with crew_of(workers, scheduler) as crew:
        return robust_ranking(
            dossier_or_matrix, known=known, sampling=sampling, method=method, parameters=parameters, crew=crew
        ).found


def _known(by: str, trust: float, where: tuple[str, ...]) -> KnownWeights:
    for known in KNOWLEDGE:
        if by == known:
            return KnownWeights(known, trust, where)
    hint = did_you_mean(by, KNOWLEDGE) or f"known: {', '.join(KNOWLEDGE)}"
    raise UsageError(f"unknown kind of weights {quoted(by)}", hint)


def _matrix_weights(matrix: DecisionMatrix, known: KnownWeights) -> WeightDistribution:
    if known.by == "ranges":
        raise UsageError("a matrix has no ranges of weights", "give a distribution, such as RangedWeights")
    if known.by == "stated":
        return StatedWeights(matrix.weights, known.trust)
    members = dict(zip(matrix.criteria, np.eye(len(matrix.criteria)), strict=True))
    return loose_weights(matrix.weights, known, members)
