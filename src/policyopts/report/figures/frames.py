"""The ranking in each frame: which options change their rank when the situation is read otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import counted
from policyopts.report.figures.readings import readings_figure
from policyopts.report.overlays import Reading

if TYPE_CHECKING:
    from policyopts.analysis.frames import Frames
    from policyopts.report.figures.canvas import Figure

NAME = "frames"


def draw(found: Frames) -> Figure:
    """Draw the ranks as the dossier stands and in each frame."""
    frames = found.base.dossier.frames
    others = [Reading(frames[outcome.id].name or outcome.id, outcome) for outcome in found.outcomes]
    return readings_figure(NAME, "The ranking in each frame", counted(len(others), "frame"), found.base, others)
