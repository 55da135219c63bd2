"""One file out of a zip that may be anybody's: a Word document, or what calls itself one."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

MOST = 64 * 1024 * 1024  # bytes that are unpacked: what holds more is no briefing

# All that the library raises for what is no zip, lacks the file, is damaged, encrypted or packed in another way.
_REFUSALS = (
    KeyError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)


def member(content: bytes, name: str) -> bytes | None:
    """Unpack a file of a zip; None where there is no such file, or no zip."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(name) as file:
            return file.read(MOST)
    except _REFUSALS:
        return None
