"""The figures of a briefing, drawn from what it has gathered."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from policyopts.analysis.method_comparison import compare_methods
from policyopts.analysis.weight_sweeps import weight_sweeps
from policyopts.findings import PolicyOptsError
from policyopts.report.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.report.figures import Figure


def briefing_figures(facts: BriefingFacts) -> tuple[Figure, ...]:
    """Draw what there is something to draw of; the scorecard is a table of the front."""
    return tuple(FIGURES[name].draw(gathered) for name, gathered in _gathered(facts) if gathered is not None)


def _gathered(facts: BriefingFacts) -> Iterator[tuple[str, Any]]:
    doubts = facts.doubts
    yield "contributions", facts.ranked
    if len(facts.ranked.options) > 1:
        yield "rank-acceptability", doubts.drawn
        if doubts.sensitivity:
            with suppress(PolicyOptsError):  # one criterion has all the weight
                yield "weight-sweep", weight_sweeps(facts.ranked)
            yield "flip-distances", doubts.sensitivity
            yield "tornado", doubts.sensitivity if doubts.sensitivity.effects else None
        if len(doubts.rankings) > 1:
            yield "methods", compare_methods(facts.dossier)
    yield "frames", facts.frames
    yield "perspectives", facts.parties
