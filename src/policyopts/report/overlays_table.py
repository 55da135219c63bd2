"""Rankings under overlays side by side, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.columns import Columns
from rich.table import Table
from rich.text import Text

from policyopts.report.bars import letter
from policyopts.report.overlays import cell, options_of
from policyopts.report.ranking import circumstances
from policyopts.report.safe_text import flowing
from policyopts.report.whole_figures import WholeFigures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from policyopts.analysis.ranked import RankedDossier
    from policyopts.report.overlays import Reading

WITH_SCORE, RANK_ALONE = 9, 5  # characters that a column takes, the space behind it included
TITLE_AT_LEAST = 16


def heading(base: RankedDossier) -> Iterator[RenderableType]:
    """Name the dossier, the method and what is looked at."""
    yield Text(flowing(base.dossier.title), style="bold")
    yield Text(circumstances(base), style="dim")
    yield Text()


def rank_table(width: int, base: RankedDossier, readings: Sequence[Reading]) -> Iterator[RenderableType]:
    """Draw a row a reading and a column an option, best first as it stands; without scores where there are many."""
    options = options_of(base)
    titles = [flowing(reading.title) for reading in readings]
    with_scores = TITLE_AT_LEAST + 2 + WITH_SCORE * len(options) <= width
    each = WITH_SCORE if with_scores else RANK_ALONE
    shown = options[: max(2, (width - TITLE_AT_LEAST - 2) // each)]
    yield Columns(
        [Text(f"{letter(place).upper()} {flowing(base.dossier.option_name(id_))}") for place, id_ in enumerate(shown)],
        padding=(0, 3),
        column_first=True,
    )
    yield Text()
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    room = max(TITLE_AT_LEAST, width - 2 - each * len(shown))
    table.add_column("", overflow="fold", width=min(room, max(map(len, titles))))
    for place, _ in enumerate(shown):
        table.add_column(letter(place).upper(), justify="right", no_wrap=True)
    for title, reading in zip(titles, readings, strict=True):
        row = [Text(title)]
        for option in shown:
            rank, value = cell(reading.outcome, option)
            beside = f" {value}" if value and with_scores else ""
            row.append(Text.assemble((rank, "bold green" if rank == "1" else ""), (beside, "dim")))
        table.add_row(*row)
    yield table
    if len(shown) < len(options):
        yield Text()
        yield Text(f"{len(options) - len(shown)} more options rank below as it stands; --format csv has them all.")


def paragraphs(sentences: Sequence[str]) -> Iterator[RenderableType]:
    """Set sentences apart by empty lines."""
    for sentence in sentences:
        yield Text()
        yield WholeFigures(sentence)
