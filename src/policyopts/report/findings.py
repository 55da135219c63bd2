"""Findings as text: one line each, and on a terminal an excerpt of the file with a caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.findings import Severity
from policyopts.report.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policyopts.findings import Finding

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_EXCERPT_WIDTH = 100


def line(finding: Finding, folder: str) -> str:
    """Write a finding on one line; `folder` goes before its path as the reader knows it."""
    hint = f"; {finding.hint}" if finding.hint else ""
    place = f"{folder}{finding.path}:{finding.line}:{finding.column}"
    return one_line(f"{place}: {finding.severity.value}[{finding.code}]: {finding.message}{hint}")


def terminal_lines(
    finding: Finding, folder: str, source_line: Callable[[str, int], str], *, colour: bool
) -> Iterator[str]:
    """Write a finding for a terminal: its line, then the line of the file that it speaks of, with a caret."""
    text = line(finding, folder)
    if colour:
        kind = f"{finding.severity.value}[{finding.code}]"
        place, _, rest = text.partition(f": {kind}: ")
        text = f"\x1b[1m{place}\x1b[0m: \x1b[{_COLOURS[finding.severity]}m{kind}\x1b[0m: {rest}"
    yield text
    source = source_line(finding.path, finding.line)
    if not source.strip():
        return
    # Tabs and control characters are shown one column wide, so that the caret stands where it should.
    start = max(0, finding.column - _EXCERPT_WIDTH + 20)
    shown = "".join(character if character.isprintable() else " " for character in source)[start : start + _EXCERPT_WIDTH]
    number = str(finding.line)
    yield f"  {number} | {shown}"
    caret = "^" if not colour else f"\x1b[{_COLOURS[finding.severity]}m^\x1b[0m"
    yield f"  {' ' * len(number)} | {' ' * (finding.column - 1 - start)}{caret}"


def summary(findings: Sequence[Finding]) -> str:
    """Count findings by severity: `2 errors, 1 warning`."""
    counted = [(severity, sum(finding.severity is severity for finding in findings)) for severity in Severity]
    said = [f"{count} {_noun(severity)}{'s' if count > 1 and severity is not Severity.INFO else ''}" for severity, count in counted if count]
    return ", ".join(said) or "no findings"


def _noun(severity: Severity) -> str:
    return "information" if severity is Severity.INFO else severity.value
