"""Findings as text and as data: one line each, and on a terminal an excerpt of the file with a caret."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from policyopts.findings import Severity
from policyopts.report.data import as_json, finding_data
from policyopts.report.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from policyopts.analysis.checks import Checked
    from policyopts.findings import Finding, Rule

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_EXCERPT_WIDTH = 100


def line(finding: Finding, folder: str) -> str:
    """Write a finding on one line; `folder` goes before its path as the reader knows it."""
    place = f"{folder}{finding.path}:{finding.line}:{finding.column}"
    return one_line(f"{place}: {finding.severity.value}[{finding.code}]: {sentence(finding)}")


def sentence(finding: Finding) -> str:
    """Give a finding's message, and its hint after a semicolon."""
    return f"{finding.message}; {finding.hint}" if finding.hint else finding.message


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
    shown = "".join(character if character.isprintable() else " " for character in source)[
        start : start + _EXCERPT_WIDTH
    ]
    number = str(finding.line)
    yield f"  {number} | {shown}"
    caret = "^" if not colour else f"\x1b[{_COLOURS[finding.severity]}m^\x1b[0m"
    yield f"  {' ' * len(number)} | {' ' * _cells(shown[: finding.column - 1 - start])}{caret}"


def _cells(text: str) -> int:
    """Count how many columns of a terminal a text takes: two for a wide letter, none for an accent on its own."""
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def summary(findings: Sequence[Finding]) -> str:
    """Count findings by severity: `2 errors, 1 warning, 3 info`."""
    counted = [(severity, sum(finding.severity is severity for finding in findings)) for severity in Severity]
    said = [f"{count:,} {_noun(severity, count)}" for severity, count in counted if count]
    return ", ".join(said) or "no findings"


def _noun(severity: Severity, count: int) -> str:
    return severity.value if count == 1 or severity is Severity.INFO else f"{severity.value}s"


def closing(checked: Checked) -> str:
    """Close a list of findings: how many there are, and how many more the authors accept, with their codes."""
    lines = [summary(checked.findings)]
    if checked.accepted:
        count = len(checked.accepted)
        codes = sorted({accepted.finding.code for accepted in checked.accepted})
        lines.append(f"{count} accepted finding{'s' if count > 1 else ''} ({', '.join(codes)})")
    return "".join(f"{said}\n" for said in lines)


def to_json(checked: Checked) -> str:
    """Write findings as `policyopts.findings/1`."""
    return as_json(
        {
            "format": "policyopts.findings/1",
            "dossier": {"title": checked.title, "digest": checked.digest},
            "findings": [finding_data(finding) for finding in checked.findings],
            "accepted": [
                finding_data(accepted.finding) | {"because": accepted.because} for accepted in checked.accepted
            ],
        }
    )


def to_github(checked: Checked, folder: str) -> str:
    """Write findings as workflow commands of GitHub Actions, which show them at their lines in a pull request."""
    return "".join(f"{_annotation(finding, folder)}\n" for finding in checked.findings)


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _annotation(finding: Finding, folder: str) -> str:
    properties = {
        "file": f"{folder}{finding.path}",
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.code,
    }
    return workflow_command(_COMMANDS[finding.severity], properties, sentence(finding))


def workflow_command(command: str, properties: Mapping[str, str], text: str) -> str:
    """Write a workflow command of GitHub Actions; no text can begin another."""
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {said}::{_command_data(one_line(text))}"


def _command_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command_data(text).replace(":", "%3A").replace(",", "%2C")


def explanation(rule: Rule) -> str:
    """Explain a code: the rule that it stands for, and why it is one."""
    paragraphs = (f"{rule.code} ({rule.severity.value}): {rule.title}", *rule.why.split("\n\n"))
    # Examples, which are indented, keep their lines.
    said = [text if text.startswith(" ") else fill(text, 80, break_on_hyphens=False) for text in paragraphs]
    return "\n\n".join(said) + "\n"
