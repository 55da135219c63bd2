"""Whose a file is, and which record it was made from: told by what the documents say of themselves."""

from __future__ import annotations

import re

from policyopts.report.documents.zipped import MOST, member

GENERATOR = "policyopts briefing"
_DIGEST = re.compile(rb"sha256:[0-9a-f]{16,64}")


def digest_in(content: bytes) -> str | None:
    """Find the digest that a briefing carries, whole or its beginning; None where the file is no briefing of ours.

    Markdown has it in its text, HTML and PDF in what they tell of themselves, DOCX in its core properties.
    """
    told = member(content, "docProps/core.xml") or b"" if content.startswith(b"PK") else content[:MOST]
    found = max(_DIGEST.findall(told), key=len, default=None) if b"policyopts" in told else None
    return found.decode() if found else None
