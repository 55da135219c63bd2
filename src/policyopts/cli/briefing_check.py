"""`policyopts briefing --check`: whether a briefing that was written before is of the record as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from policyopts.cli.output import emit
from policyopts.findings import PolicyOptsError, Severity, UsageError
from policyopts.names import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from policyopts.analysis.freshness import Stamp
    from policyopts.model.dossier import Dossier


MARKDOWN = ".md"


def check_briefing(dossier: Dossier, file: Path) -> None:
    """Say whether a briefing is fresh, and what changed where it is not; exit with 1 where it is stale."""
    from policyopts.analysis.freshness import freshness
    from policyopts.report import freshness as report

    content, stamp = _read(file)
    found = freshness(dossier, stamp)
    is_text = file.suffix.lower() == MARKDOWN
    edited = _first_difference(dossier, file, content.decode("utf-8"), stamp) if found.is_fresh and is_text else None
    findings = report.findings(str(file), stamp, found, edited)
    emit(report.as_text(str(file), findings, stamp))
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(1)


def _read(file: Path) -> tuple[bytes, Stamp]:
    from policyopts.report.stamp_readers import READERS

    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise UsageError(f"cannot check {quoted(str(file))}: expected a file that ends in {' or '.join(READERS)}")
    try:
        content = file.read_bytes()
        stamp = reader(content)
    except FileNotFoundError:
        hint = f"policyopts briefing -o {file} writes one"
        raise UsageError(f"there is no file {quoted(str(file))}", hint) from None
    except UnicodeDecodeError:
        raise PolicyOptsError(f"{quoted(str(file))} is no briefing: it is not UTF-8") from None
    except OSError as error:
        raise PolicyOptsError(f"cannot read {quoted(str(file))}: {error.strerror or error}") from None
    if stamp is None:
        hint = "a briefing that policyopts writes says at the top which record it was made from"
        raise PolicyOptsError(f"{quoted(str(file))} is no briefing: it names no record", hint)
    return content, stamp


def _first_difference(dossier: Dossier, file: Path, text: str, stamp: Stamp) -> int | None:
    """Make the briefing again, and give the first line that is another; None where it is the same or cannot be made."""
    from policyopts.report.briefing_document import briefing_document
    from policyopts.report.briefing_request import requested
    from policyopts.report.documents.extra import can_draw
    from policyopts.report.documents.writing import shows_pictures, write

    request = requested(stamp.words)
    figures = shows_pictures(text)
    if request is None or (figures and not can_draw()):
        return None
    try:
        document = briefing_document(dossier, request, has_figures=figures is not None)
    except UsageError:  # the command that it gives asks for what no briefing has
        return stamp.line
    again = str(write(document, file, inline=figures == "inside").files[file])
    was, is_now = text.replace("\r\n", "\n").split("\n"), again.split("\n")
    pairs = zip(was, is_now, strict=False)
    same = min(len(was), len(is_now))
    first = next((number for number, (one, other) in enumerate(pairs) if one != other), same)
    return None if was == is_now else first + 1
