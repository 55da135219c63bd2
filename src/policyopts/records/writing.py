"""Files written all or nothing: what was there stays whole until the new text is on the disk."""

import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from policyopts.findings import OutputError


def write_files(texts: Mapping[Path, str | bytes], *, make_folders: bool = False) -> None:
    """Write files: each into a temporary file beside its place first, then all put into place.

    A link is followed, a pipe or a device is written to directly, a file's permissions are kept. With
    `make_folders`, folders that are missing are made.

    Raises
    ------
    OutputError
        Where one of them cannot be written; then none of them is changed, and no folder is left behind.
    """
    writing = _Writing()
    try:
        if make_folders:
            for path in texts:
                writing.make_folder(path)
        for path, text in texts.items():
            writing.prepare(path, text.encode() if isinstance(text, str) else text)
        writing.put_into_place()
    except BaseException:
        writing.take_back()
        raise
    finally:
        writing.tidy()


class _Writing:
    """One go at writing files, which remembers how to undo itself."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Path, Path, Path]] = []  # the path as given, the temporary file, the place
        self._before: dict[Path, Path | None] = {}  # a place and what stood there before, for what is in place
        self._folders: list[Path] = []

    def make_folder(self, path: Path) -> None:
        """Make the folders that a file needs."""
        missing = [folder for folder in path.parents if not folder.exists()]
        for folder in reversed(missing):
            try:
                folder.mkdir()
            except OSError as error:
                raise _cannot_write(path, error) from None
            self._folders.append(folder)

    def prepare(self, path: Path, content: bytes) -> None:
        """Write a file's content beside its place."""
        place = Path(os.path.realpath(path))
        temporary = _beside(place)
        try:
            mode = place.stat().st_mode if place.exists() else None
            if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                place.write_bytes(content)
                return
            if mode is not None and stat.S_ISDIR(mode):
                raise IsADirectoryError(21, "it is a folder")
            if mode is not None and not os.access(place, os.W_OK):
                raise PermissionError(13, "it is write-protected")
            self._waiting.append((path, temporary, place))
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                temporary.chmod(stat.S_IMODE(mode))
        except OSError as error:
            raise _cannot_write(path, error) from None

    def put_into_place(self) -> None:
        """Put all files into their places, each with the old one still at hand."""
        for path, temporary, place in self._waiting:
            try:
                before = _second_name(place) if place.exists() else None
                temporary.replace(place)
            except OSError as error:
                raise _cannot_write(path, error) from None
            self._before[place] = before

    def take_back(self) -> None:
        """Bring back what stood in the places."""
        for place, before in self._before.items():
            with suppress(OSError):
                if before is None:
                    place.unlink()
                else:
                    before.replace(place)
        self._remove(temporary for _, temporary, _ in self._waiting)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()

    def tidy(self) -> None:
        """Remove the temporary files."""
        self._remove(temporary for _, temporary, _ in self._waiting)
        self._remove(before for before in self._before.values() if before is not None)

    @staticmethod
    def _remove(paths: Iterable[Path]) -> None:
        for path in paths:
            with suppress(OSError):
                path.unlink()


def _beside(place: Path) -> Path:
    return place.with_name(f".{place.name[:100]}.{secrets.token_hex(4)}.tmp")


def _second_name(place: Path) -> Path:
    """Give a file a second name, so that it outlives being replaced."""
    name = _beside(place)
    try:
        os.link(place, name)
    except OSError:  # not every file system has second names
        shutil.copy2(place, name)
    return name


def _cannot_write(path: Path, error: OSError) -> OutputError:
    hint = "the folder must be there first" if isinstance(error, FileNotFoundError) else ""
    return OutputError(f"cannot write {path}: {error.strerror or error}", hint)
