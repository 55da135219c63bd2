"""`policyopts check`: what a sound analysis would still need."""

from __future__ import annotations

import os
import re
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from policyopts.cli.output import emit, show_findings, shown_folder
from policyopts.cli.parameters import Example, Folder  # noqa: TC001 - Typer reads the annotations
from policyopts.cli.source import dossier_reader, find_folder
from policyopts.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from policyopts.analysis.checks import Checked


class FindingsFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


Explain = Annotated[
    Optional[str],  # noqa: UP045 - see parameters
    typer.Option("--explain", metavar="CODE", help="Explain a code: the rule, its reason, and examples."),
]
Select = Annotated[
    list[str],
    typer.Option("--select", metavar="CODES", help="Show only these codes, or those that begin so: OPT,CRI201."),
]
Ignore = Annotated[list[str], typer.Option("--ignore", metavar="CODES", help="Leave these codes out.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")]
Fast = Annotated[bool, typer.Option("--fast", help="Leave out what takes longer: ROB702, ROB704, WGT308.")]
Written = Annotated[FindingsFormat, typer.Option("--format", help="How to write the findings.")]


def check(
    context: typer.Context,
    folder: Folder = None,
    example: Example = False,
    explain: Explain = None,
    select: Select = [],
    ignore: Ignore = [],
    strict: Strict = False,
    fast: Fast = False,
    format_: Written = FindingsFormat.TEXT,
) -> None:
    """Say what a sound analysis would still need; exit with 1 if there are errors.

    Example: policyopts check --strict --ignore EVD
    """
    from policyopts.analysis.checks.catalogue import choice, rule
    from policyopts.report.findings import explanation

    if explain is not None:
        emit(explanation(rule(explain)))
        return
    chosen = choice(_codes(select), _codes(ignore))
    root = find_folder(context, folder, example)
    result = _check(root, chosen, fast=fast)
    _show(root, result, format_)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in failing for finding in result.findings):
        raise typer.Exit(1)


def _codes(texts: Iterable[str]) -> list[str]:
    return [code for text in texts for code in re.split(r"[,\s]+", text) if code]


def _check(root: Path, chosen: Callable[[str], bool], *, fast: bool) -> Checked:
    from policyopts.analysis.checks import checked, unread

    reading = dossier_reader(root).read()
    if reading.dossier is None:
        return unread(root, reading.findings)
    return checked(reading.dossier, chosen, fast=fast)


def _show(root: Path, result: Checked, format_: FindingsFormat) -> None:
    from policyopts.report import findings as report

    before = shown_folder(root).replace(os.sep, "/")
    match format_:
        case FindingsFormat.TEXT:
            show_findings(root, result.findings, sys.stdout)
            emit(report.closing(result))
        case FindingsFormat.JSON:
            emit(report.to_json(result))
        case FindingsFormat.GITHUB:
            emit(report.to_github(result, before))
        case FindingsFormat.SARIF:
            from policyopts.analysis.checks.catalogue import RULES
            from policyopts.report.sarif import to_sarif

            emit(to_sarif(result, RULES, before))
