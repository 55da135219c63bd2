"""The ranking as it stands beside those under overlays, as a bump chart: what frames and perspectives share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.figures.bumps import Column, bump_chart, bump_words
from policyopts.report.figures.canvas import Figure
from policyopts.report.figures.saying import of_ranking
from policyopts.report.overlays import options_of, side_by_side, unranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.analysis.ranked import RankedDossier
    from policyopts.report.overlays import Reading


def readings_figure(name: str, title: str, what: str, base: RankedDossier, others: Sequence[Reading]) -> Figure:
    """Draw the ranks as the dossier stands and under each reading."""
    readings = side_by_side(base, others)
    columns = [
        Column(reading.title, {option.id: option.rank for option in reading.outcome.ranked.options})
        for reading in readings
        if reading.outcome.ranked is not None
    ]
    ranked = set().union(*(column.ranks for column in columns))
    names = {option: base.dossier.option_name(option) for option in options_of(base) if option in ranked}
    alt = bump_words(columns, names, f"{what}, and as it stands")
    return Figure(name, of_ranking(title, base), alt, bump_chart(columns, names, [*unranked(readings)]))
