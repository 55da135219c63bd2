"""The ranking as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.columns import Columns
from rich.console import Group
from rich.table import Table
from rich.text import Text

from policyopts.report.bars import PALETTE, letter, pieces
from policyopts.report.numbers import percent, score, signed
from policyopts.report.ranking import circumstances, notes, option_name
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from policyopts.analysis.ranked import RankedDossier, RankedOption

BARS = "What the score is made of"
BAR_AT_LEAST = 12
BAR_AT_MOST = 60
NAME_AT_LEAST = 16
MANY = 100  # options that nobody reads through in a terminal
FIRST = 20


def to_terminal(
    width: int, ranked: RankedDossier, top: int | None = None, before: Mapping[str, tuple[int, float]] | None = None
) -> RenderableType:
    """Draw the ranking; with `before` (rank and score of each option then), what moved since.

    Of many options the first are shown, unless it is said how many.
    """
    many = top is None and len(ranked.options) > MANY
    shown = FIRST if many else top
    options = ranked.options[:shown]
    full = ranked.fullest
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="bold", pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Option", overflow="fold")
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("Gap", justify="right", no_wrap=True)
    if before is not None:
        table.add_column("Moved", no_wrap=True)
    names = [option_name(option) for option in options]
    figures = 3 + 7 + 7 + (14 if before is not None else 0)
    taken = figures + 6
    longest = max(len("Option"), *map(len, names))
    name_width = min(longest, max(NAME_AT_LEAST, (width - taken) // 2), max(1, width - figures))
    bar_width = min(BAR_AT_MOST, width - taken - name_width)
    table.columns[1].width = name_width
    if bar_width < BAR_AT_LEAST:  # too narrow to show anything: the figures are kept whole
        full = 0.0
    if full:
        table.add_column(BARS if bar_width >= len(BARS) else "Made of", no_wrap=True)
    for option, name in zip(options, names, strict=True):
        row: list[Text] = [
            Text(str(option.rank)),
            Text(name, style="bold" if option.rank == 1 else ""),
            Text(score(option.score)),
            Text("" if option.gap is None else score(option.gap), style="dim"),
        ]
        if before is not None:
            row.append(_moved(option, before))
        if full:
            row.append(_bar(option, full, bar_width))
        table.add_row(*row)
    parts: list[RenderableType] = [
        Text(flowing(ranked.dossier.title), style="bold"),
        Text(circumstances(ranked), style="dim"),
        Text(),
        table,
    ]
    if full:
        parts += [Text(), _legend(ranked)]
    for sentence in notes(ranked, shown):
        parts += [Text(), Text(sentence)]
    if many:
        parts += [Text(), Text("To see more: --top 100, or all with --format csv.", style="dim")]
    return Group(*parts)


def _bar(option: RankedOption, full: float, width: int) -> Text:
    bar = Text()
    for place, length in pieces(option.parts or (), full, width):
        ground, ink = PALETTE[place % len(PALETTE)]
        bar.append(letter(place) * length, style=f"{ink} on {ground}")
    return bar


def _legend(ranked: RankedDossier) -> RenderableType:
    entries = []
    for place, segment in enumerate(ranked.segments):
        ground, ink = PALETTE[place % len(PALETTE)]
        entry = Text(no_wrap=True, overflow="ellipsis")
        entry.append(letter(place), style=f"{ink} on {ground}")
        entry.append(f" {flowing(segment.name)} ")
        entry.append(percent(segment.weight), style="dim")
        entries.append(entry)
    return Columns(entries, padding=(0, 3), column_first=True)


def _moved(option: RankedOption, before: Mapping[str, tuple[int, float]]) -> Text:
    if option.id not in before:
        return Text("new", style="cyan")
    rank_then, score_then = before[option.id]
    change = option.score - score_then
    by = signed(change) if abs(change) >= 0.0005 else ""
    if option.rank < rank_then:
        return Text(f"▲{rank_then - option.rank} {by}".rstrip(), style="green")
    if option.rank > rank_then:
        return Text(f"▼{option.rank - rank_then} {by}".rstrip(), style="red")
    return Text(f"= {by}".rstrip() if by else "", style="dim")
