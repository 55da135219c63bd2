"""Whose a file is, and which record it was made from: told by what the documents say of themselves."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

GENERATOR = "policyopts briefing"
_DIGEST = re.compile(rb"sha256:[0-9a-f]{16,64}")
_MOST = 64 * 1024 * 1024  # of a file looked into, and of what a zip holds


def digest_in(content: bytes) -> str | None:
    """Find the digest that a briefing carries, whole or its beginning; None where the file is no briefing of ours.

    Markdown has it in its text, HTML and PDF in what they tell of themselves, DOCX in its core properties.
    """
    told = _core_properties(content) if content.startswith(b"PK") else content[:_MOST]
    found = max(_DIGEST.findall(told), key=len, default=None) if b"policyopts" in told else None
    return found.decode() if found else None


def _core_properties(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, archive.open("docProps/core.xml") as properties:
            return properties.read(_MOST)
    except (KeyError, OSError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zipfile.LargeZipFile):
        return b""  # a zip of others
