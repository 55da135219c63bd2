"""The score table: one row an option, one column a criterion, as `policyopts import` reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.findings import OutputError
from policyopts.records.score_table import NUMBER, one_line, write_cell
from policyopts.report.data import as_csv

if TYPE_CHECKING:
    from policyopts.model.dossier import Dossier
    from policyopts.model.options import OptionRecord


def to_csv(dossier: Dossier) -> str:
    """Write the scores of all options, on the criteria in the tree's order."""
    taken = [name for name in ("id", "name") if name in dossier.criteria]
    if taken:
        raise OutputError(f"a score table has a column '{taken[0]}' of its own", "give the criterion another id")
    rows = (
        [id_, one_line(record.name or ""), *(_number_or_text(cell) for cell in _cells(dossier, id_, record))]
        for id_, record in dossier.options.items()
    )
    return as_csv(["id", "name", *dossier.criteria], rows)


def without_assessors(dossier: Dossier) -> str:
    """Say what the table leaves out of scores that several assessors give; empty where there are none."""
    several = sum(bool(estimate.by) for _, estimate in dossier.written_estimates())
    if not several:
        return ""
    who = "One score is" if several == 1 else f"{several:,} scores are"
    return f"{who} by several assessors: the table holds the value and the range of all, not who says what."


def _cells(dossier: Dossier, option: str, record: OptionRecord) -> list[str]:
    performance, estimates = record.performance, dossier.estimates[option]
    return [write_cell(performance[criterion], estimates[criterion]) for criterion in dossier.criteria]


def _number_or_text(cell: str) -> str | float:
    """Give a number as one: a spreadsheet must not get an apostrophe in front of a negative one."""
    if not NUMBER.fullmatch(cell):
        return cell
    return int(cell) if cell.lstrip("-").isdecimal() else float(cell)
