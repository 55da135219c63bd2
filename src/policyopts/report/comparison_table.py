"""The comparison of methods as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.columns import Columns
from rich.console import Group
from rich.table import Table
from rich.text import Text

from policyopts.report.bars import letter
from policyopts.report.comparison import notes
from policyopts.report.ranking import changes
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from rich.console import RenderableType

    from policyopts.analysis.method_comparison import MethodComparison

METHOD_WIDTH = 20


def to_terminal(width: int, comparison: MethodComparison) -> RenderableType:
    """Draw a row a method and a column an option, the best by consensus first."""
    dossier = comparison.problem.view.dossier
    options = _fitting(width, comparison)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Method", no_wrap=True)
    for place, _ in enumerate(options):
        table.add_column(letter(place).upper(), justify="right", no_wrap=True)
    for ranking in comparison.rankings:
        ranks = [int(ranking.ranks[ranking.options.index(option)]) for option in options]
        cells = [Text(str(rank), style="bold green" if rank == 1 else "") for rank in ranks]
        table.add_row(Text(ranking.method), *cells)
    for title, counts in (("Borda's count", comparison.borda), ("Copeland's count", comparison.copeland)):
        table.add_row(Text(title, style="dim"), *(Text(f"{counts[option]:g}", style="dim") for option in options))
    legend = [Text(f"{letter(place).upper()} {flowing(dossier.option_name(id_))}") for place, id_ in enumerate(options)]
    parts: list[RenderableType] = [Text(flowing(dossier.title), style="bold")]
    if said := changes(comparison.problem.view):
        parts.append(Text(flowing(" · ".join(said)), style="dim"))
    parts += [Text(), Columns(legend, padding=(0, 3), column_first=True), Text(), table]
    if len(options) < len(comparison.borda):
        parts += [Text(), Text(f"{len(comparison.borda) - len(options)} more options rank below by consensus.")]
    for sentence in notes(comparison):
        parts += [Text(), Text(sentence)]
    return Group(*parts)


def _fitting(width: int, comparison: MethodComparison) -> list[str]:
    """Give as many of the best options as there is room for, two at least: no figure is ever cut."""
    room, fitting = width - METHOD_WIDTH, []
    for place, option in enumerate(comparison.consensus):
        ranks = [str(ranking.ranks[ranking.options.index(option)]) for ranking in comparison.rankings]
        counts = [f"{counted[option]:g}" for counted in (comparison.borda, comparison.copeland)]
        room -= 2 + max(map(len, (letter(place), *ranks, *counts)))
        if room < 0 and place >= 2:
            break
        fitting.append(option)
    return fitting
