"""What each figure is drawn from, gathered for a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.analysis.frames import rank_in_frames
from policyopts.analysis.method_comparison import compare_methods
from policyopts.analysis.perspectives import rank_by_parties
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.robust_ranking import AS_EVER, robust_ranking
from policyopts.analysis.sensitivity import sensitivity
from policyopts.analysis.view import WhatIf
from policyopts.analysis.weight_sweeps import weight_sweeps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyopts.analysis.frames import Frames
    from policyopts.analysis.method_comparison import MethodComparison
    from policyopts.analysis.perspectives import Perspectives
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.robust_ranking import RobustRanking, Sampling
    from policyopts.analysis.sensitivity import Sensitivity
    from policyopts.analysis.weight_sweeps import WeightSweeps
    from policyopts.model.dossier import Dossier


class Request(NamedTuple):
    """What a figure is to show, and how it is ranked for that; a figure takes of it what concerns it."""

    what_if: WhatIf = WhatIf()
    method: str | None = None
    parameters: Mapping[str, object] | None = None
    criterion: str | None = None
    sampling: Sampling = AS_EVER


def ranking(dossier: Dossier, request: Request) -> RankedDossier:
    """Gather the ranking."""
    return rank_dossier(dossier, request.what_if, method=request.method, parameters=request.parameters)


def sweeps(dossier: Dossier, request: Request) -> WeightSweeps:
    """Gather what the options score as a weight moves."""
    return weight_sweeps(ranking(dossier, request), request.criterion)


def turns(dossier: Dossier, request: Request) -> Sensitivity:
    """Gather what would change who is first."""
    return sensitivity(dossier, request.what_if, method=request.method, parameters=request.parameters)


def chances(dossier: Dossier, request: Request) -> RobustRanking:
    """Gather how the options fare when weights and performances are drawn."""
    return robust_ranking(
        dossier, request.what_if, sampling=request.sampling, method=request.method, parameters=request.parameters
    )


def methods(dossier: Dossier, request: Request) -> MethodComparison:
    """Gather the rankings by every method."""
    return compare_methods(dossier, request.what_if)


def frames(dossier: Dossier, request: Request) -> Frames:
    """Gather the rankings in every frame."""
    return rank_in_frames(dossier, request.what_if, method=request.method, parameters=request.parameters)


def perspectives(dossier: Dossier, request: Request) -> Perspectives:
    """Gather the rankings by every party."""
    return rank_by_parties(dossier, request.what_if, method=request.method, parameters=request.parameters)
