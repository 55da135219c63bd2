"""Findings as SARIF 2.1.0, the format that code scanning services read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from policyopts import __version__
from policyopts.findings import Severity
from policyopts.report.data import as_json
from policyopts.report.findings import sentence
from policyopts.report.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policyopts.analysis.checks import Accepted, Checked
    from policyopts.findings import Finding, Rule

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def to_sarif(checked: Checked, rules: Mapping[str, Rule], folder: str) -> str:
    """Write findings, and those accepted as suppressed results; `rules` are described where a result is theirs."""
    everything = (*checked.findings, *(accepted.finding for accepted in checked.accepted))
    codes = sorted({finding.code for finding in everything})
    results = [_result(finding, codes, folder) for finding in checked.findings]
    results += [_suppressed(accepted, codes, folder) for accepted in checked.accepted]
    driver = {"name": "policyopts", "version": __version__, "rules": [_descriptor(rules[code]) for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return as_json(
        {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]},
    )


def _descriptor(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.why},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, codes: Sequence[str], folder: str) -> dict[str, object]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    place = {"artifactLocation": {"uri": _uri(f"{folder}{finding.path}")}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": one_line(sentence(finding))},
        "locations": [{"physicalLocation": place}],
    }


def _suppressed(accepted: Accepted, codes: Sequence[str], folder: str) -> dict[str, object]:
    suppression = {"kind": "inSource", "status": "accepted"}
    if accepted.because is not None:
        suppression["justification"] = one_line(accepted.because)
    return _result(accepted.finding, codes, folder) | {"suppressions": [suppression]}


def _uri(path: str) -> str:
    """Write a path as a reference: relative to where the program was started, or with its scheme if it is absolute."""
    reference = quote(path)
    return f"file://{reference}" if path.startswith("/") else reference
