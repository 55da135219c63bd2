"""Files written all or nothing: what was there stays whole until the new text is on the disk."""

import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from policyopts.findings import OutputError


def write_files(texts: Mapping[Path, str | bytes]) -> None:
    """Write files: each into a temporary file beside its place first, then all put into place.

    A link is followed, a pipe or a device is written to directly, a file's permissions are kept.

    Raises
    ------
    OutputError
        Where one of them cannot be written; then none of them is changed.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in texts.items():
            content = text.encode() if isinstance(text, str) else text
            place = Path(os.path.realpath(path))
            waiting += _prepare(path, place, content)
        for temporary, place in waiting:
            temporary.replace(place)
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                temporary.unlink()


def _prepare(path: Path, place: Path, content: bytes) -> list[tuple[Path, Path]]:
    temporary = place.with_name(f".{place.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        mode = place.stat().st_mode if place.exists() else None
        if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            place.write_bytes(content)
            return []
        if mode is not None and stat.S_ISDIR(mode):
            raise IsADirectoryError(21, "it is a folder")
        if mode is not None and not os.access(place, os.W_OK):
            raise PermissionError(13, "it is write-protected")
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(stat.S_IMODE(mode))
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            hint = "the folder must be there first" if isinstance(error, FileNotFoundError) else ""
            raise OutputError(f"cannot write {path}: {error.strerror or error}", hint) from None
        raise
    return [(temporary, place)]
