"""The ranking as each party sees it: which options change their rank with who looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import counted
from policyopts.report.figures.readings import readings_figure
from policyopts.report.overlays import Reading

if TYPE_CHECKING:
    from policyopts.analysis.perspectives import Perspectives
    from policyopts.report.figures.canvas import Figure

NAME = "perspectives"


def draw(found: Perspectives) -> Figure:
    """Draw the ranks as the dossier stands and as each party sees it."""
    parties = found.base.dossier.perspectives
    others = [Reading(parties[outcome.id].name or outcome.id, outcome) for outcome in found.outcomes]
    return readings_figure(NAME, "The ranking by each party", counted(len(others), "perspective"), found.base, others)
