"""Results as data: JSON that scripts rely on, and CSV that spreadsheets open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policyopts.report.safe_text import spreadsheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policyopts.findings import Finding
    from policyopts.model.estimates import Estimate


def as_json(document: Mapping[str, Any]) -> str:
    """Write a document as JSON: keys in the order given, nothing but ASCII, so that no text can move a cursor."""
    import json  # noqa: PLC0415 - the table needs neither this nor csv

    return json.dumps(document, indent=2, allow_nan=False, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    """Give numpy's numbers and arrays, and dates, as JSON can hold them."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def by_id(value: Any, criteria: Sequence[str]) -> object:
    """Give an array with a number for each criterion by the criteria's ids; anything else as it is."""
    return dict(zip(criteria, value.tolist(), strict=True)) if getattr(value, "ndim", 0) == 1 else value


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV; texts that a spreadsheet would take for formulas get an apostrophe in front."""
    import csv  # noqa: PLC0415 - as above
    import io  # noqa: PLC0415 - as above

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([spreadsheet(name) for name in header])
    for row in rows:
        writer.writerow(["" if cell is None else spreadsheet(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def finding_data(finding: Finding) -> dict[str, object]:
    """Give a finding's fields by their public names; the hint only where there is one."""
    data: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
    }
    return data | ({"hint": finding.hint} if finding.hint else {})


def estimate_data(found: Estimate) -> dict[str, object]:
    """Give an estimate's figures; the word or level as written only where there is one."""
    return {"low": found.low, "value": found.value, "high": found.high} | ({"text": found.text} if found.text else {})
