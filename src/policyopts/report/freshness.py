"""What `briefing --check` says: that a briefing is fresh, stale and why, or no longer as it was written."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

import policyopts
from policyopts.analysis.checks.briefings import EDITED, STALE
from policyopts.findings import Finding, Severity
from policyopts.report.english import named
from policyopts.report.findings import line
from policyopts.report.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.freshness import Freshness, Stamp


def findings(file: str, stamp: Stamp, found: Freshness, first_difference: int | None) -> tuple[Finding, ...]:
    """Say what there is to say of a briefing; nothing of one that is fresh, and as it was written."""
    if not found.is_fresh:
        message = f"stale: the record has changed since this briefing was made from it{_changes(found)}"
        return (Finding(file, stamp.line, 1, STALE.severity, STALE.code, message, _hint(file, found)),)
    if first_difference is None:
        return ()
    message, hint = "not the text that this record gives; it was edited since it was written", ""
    if stamp.version != policyopts.__version__:
        message = f"written by policyopts {stamp.version}; policyopts {policyopts.__version__} writes it otherwise"
        hint = f"policyopts briefing -o {quote(file)} writes it anew"
    return (Finding(file, first_difference, 1, EDITED.severity, EDITED.code, message, hint),)


def as_text(file: str, said: Sequence[Finding], stamp: Stamp) -> str:
    """Write the findings one line each and, of a briefing that is not stale, that it is fresh."""
    lines = [line(finding, "") for finding in said]
    if all(finding.severity is not Severity.ERROR for finding in said):
        lines.append(one_line(f"{file} is fresh: it is of the record as it is ({stamp.digest[:23]})"))
    return "".join(f"{text}\n" for text in lines)


def _changes(found: Freshness) -> str:
    told = list(_kinds(found))
    return f": {'; '.join(told)}" if told else ""


def _kinds(found: Freshness) -> Iterator[str]:
    for what, paths in (("changed", found.changed), ("new", found.added), ("gone", found.removed)):
        if paths:
            yield f"{what} {named(paths)}"


def _hint(file: str, found: Freshness) -> str:
    anew = f"policyopts briefing -o {quote(file)} writes it anew"
    if found.revision is None:
        return anew
    return f"policyopts diff {found.revision} tells every edit since and what it moved; {anew}"
