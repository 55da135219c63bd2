"""Figures: facts → pictures, each a plain dict of Vega-Lite with a title and a text for those who do not see it.

`FIGURES` is the table of them. A figure is one file here with `draw`, and one line in the table; what it is drawn from
is gathered in `analysis/figure_facts`. `drawing` makes SVG and PNG of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policyopts.analysis import figure_facts
from policyopts.analysis.figure_facts import Request
from policyopts.analysis.view import known
from policyopts.findings import PolicyOptsError
from policyopts.report.figures import (
    contributions,
    flip_distances,
    frames,
    methods,
    perspectives,
    rank_acceptability,
    scorecard,
    tornado,
    weight_sweep,
)
from policyopts.report.figures.canvas import Figure, titled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policyopts.model.dossier import Dossier

__all__ = ["FIGURES", "Figure", "Kind", "Request", "figure", "figures_for", "titled"]


class Kind(NamedTuple):
    """A kind of figure: what it shows, how its facts are gathered, and how it is drawn from them.

    `takes` names the options that say something to it alone, `spurns` those, taken by others, that say nothing to it.
    """

    name: str
    shows: str
    gather: Callable[[Dossier, Request], Any]
    draw: Callable[[Any], Figure]
    takes: frozenset[str] = frozenset()
    spurns: frozenset[str] = frozenset()


FIGURES: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(contributions.NAME, "what each score is made of", figure_facts.ranking, contributions.draw),
        Kind(scorecard.NAME, "how good each option is on each criterion", figure_facts.ranking, scorecard.draw),
        Kind(
            weight_sweep.NAME, "what the options score as one weight is moved, and where another takes the lead",
            figure_facts.sweeps, weight_sweep.draw, takes=frozenset({"--criterion"}),
        ),
        Kind(
            flip_distances.NAME, "how far each weight and figure is from putting another option first",
            figure_facts.turns, flip_distances.draw,
        ),
        Kind(
            rank_acceptability.NAME, "how often each option takes each rank when weights and figures are drawn",
            figure_facts.chances, rank_acceptability.draw, takes=frozenset({"--samples", "--seed"}),
        ),
        Kind(tornado.NAME, "what each figure's range does to the lead", figure_facts.turns, tornado.draw),
        Kind(
            methods.NAME, "the ranking by every method", figure_facts.methods, methods.draw,
            spurns=frozenset({"--method", "--param"}),
        ),
        Kind(
            frames.NAME, "the ranking in each frame", figure_facts.frames, frames.draw,
            spurns=frozenset({"--frame"}),
        ),
        Kind(
            perspectives.NAME, "the ranking as each party sees it", figure_facts.perspectives, perspectives.draw,
            spurns=frozenset({"--perspective"}),
        ),
    )
}  # fmt: skip
"""All figures by name, in the order in which a briefing would show them."""


def figure(name: str, facts: Any) -> Figure:
    """Draw the figure of a name from its facts, as the figure's `gather` in the table gives them.

    Raises
    ------
    UsageError
        For a figure that is not there.
    """
    return known(FIGURES, name, "figure").draw(facts)


def figures_for(dossier: Dossier, request: Request | None = None) -> tuple[Figure, ...]:
    """Draw every figure of a dossier that there is something to draw for; facts are gathered once.

    Raises
    ------
    UsageError, EngineError, DossierError
        Where the dossier cannot be ranked, as for `rank_dossier`.
    """
    asked = request or Request()
    gathered: dict[Any, Any] = {figure_facts.ranking: figure_facts.ranking(dossier, asked)}
    drawn = []
    for kind in FIGURES.values():
        if kind.gather not in gathered:
            try:
                gathered[kind.gather] = kind.gather(dossier, asked)
            except PolicyOptsError:  # no frames, one criterion alone, too many options: nothing to draw
                gathered[kind.gather] = None
        if gathered[kind.gather] is not None:
            drawn.append(kind.draw(gathered[kind.gather]))
    return tuple(drawn)
