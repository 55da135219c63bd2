"""An explanation for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from policyopts.report.explanation import captions, pair_cells, pair_header, verdict, working_lines
from policyopts.report.numbers import performance, score, signed
from policyopts.report.ranking import circumstances
from policyopts.report.safe_text import flowing
from policyopts.report.whole_figures import WholeFigures

if TYPE_CHECKING:
    from rich.console import RenderableType

    from policyopts.analysis.explanation import CriterionWorking, Explanation


def option_to_terminal(_width: int, explanation: Explanation) -> RenderableType:
    """Draw an option's score, criterion by criterion, with the place that each figure stands at."""
    ranked = explanation.ranked
    symbols = list(explanation.criteria[0].steps)
    compared = any(working.difference is not None for working in explanation.criteria)
    home = ranked.dossier.option_origins[explanation.option].path
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Criterion", overflow="fold", ratio=3)
    table.add_column("Performance", overflow="fold", ratio=2)
    for symbol in symbols:
        table.add_column(symbol, justify="right", no_wrap=True)
    if compared:
        table.add_column("vs rival", justify="right", no_wrap=True)
    for working in explanation.criteria:
        written = flowing(performance(working.estimate, working.leaf.unit))
        row: list[RenderableType] = [_criterion_cell(working, home), WholeFigures(written)]
        row += [Text(score(working.steps[symbol])) for symbol in symbols]
        if compared:
            row.append(_difference(working.difference))
        table.add_row(*row)
    name = flowing(ranked.dossier.option_name(explanation.option))
    summary = ranked.dossier.options[explanation.option].summary
    parts: list[RenderableType] = [Text(name, style="bold"), Text(circumstances(ranked), style="dim"), Text()]
    if summary:
        parts += [Text(flowing(summary)), Text()]
    parts += [Text(verdict(explanation)), Text(), table, Text()]
    if explanation.pairs:
        parts += [_pairs(explanation), Text()]
    said = [f"Below each criterion: its line in {home} · grades of its evidence · confidence", *captions(explanation)]
    if explanation.rival and compared:
        said.append(f"vs rival: the contribution less that of {flowing(explanation.rival.name)}")
    parts.append(Text("\n".join(said), style="dim"))
    parts += [Text(), Text(f"Reasons and evidence: policyopts explain {explanation.option} CRITERION", style="dim")]
    return Group(*parts)


def _pairs(explanation: Explanation) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Beside", overflow="fold")
    for head in pair_header(explanation):
        table.add_column(head, justify="right", no_wrap=True)
    for pair in explanation.pairs:
        table.add_row(Text(flowing(pair.name)), *map(Text, pair_cells(pair)))
    return table


def criterion_to_terminal(_width: int, explanation: Explanation) -> RenderableType:
    """Draw the working of one figure, from the record to its part of the score."""
    working = explanation.criteria[0]
    name = flowing(explanation.ranked.dossier.option_name(explanation.option))
    parts: list[RenderableType] = [
        Text(f"{name} on {flowing(working.name)}", style="bold"),
        Text(circumstances(explanation.ranked), style="dim"),
    ]
    if working.leaf.definition:
        parts += [Text(), Text(flowing(working.leaf.definition))]
    for title, text in working_lines(explanation, working):
        parts += [Text(), Text(title, style="bold"), Padding(Text(flowing(text)), (0, 0, 0, 2))]
    return Group(*parts)


def _criterion_cell(working: CriterionWorking, home: str) -> Text:
    """Name a criterion; below, where its figure stands, what its evidence is graded, and the confidence in it."""
    grades = " ".join(sorted({item.grade for item in working.evidence if item.grade}))
    if working.where is None:
        place = "asked for"
    else:
        place = f"line {working.where.line}" if working.where.path == home else str(working.where)
    beside = [place, grades, working.written.confidence or ""]
    cell = Text(flowing(working.name))
    cell.append("\n" + flowing(" · ".join(part for part in beside if part)), style="dim")
    return cell


def _difference(number: float | None) -> Text:
    style = "" if number is None or abs(number) < 0.0005 else "green" if number > 0 else "red"
    return Text(signed(number), style=style)
