"""Files written all or nothing: what was there stays whole until the new text is on the disk."""

import os
import secrets
import shutil
import stat
from collections.abc import Mapping
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
        self._second_names: dict[Path, Path] = {}  # of what stands in the places
        self._in_place: list[Path] = []
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
            # The path as given: where /dev/stdout is a pipe, what it leads to has no name.
            mode = path.stat().st_mode if path.exists() else None
            if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                path.write_bytes(content)
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
                if place.exists():
                    self._second_names[place] = _beside(place)
                    _name_again(place, self._second_names[place])
                temporary.replace(place)
            except OSError as error:
                raise _cannot_write(path, error) from None
            self._in_place.append(place)

    def take_back(self) -> None:
        """Bring back what stood in the places, and remove the folders made."""
        for place in self._in_place:
            with suppress(OSError):
                if place in self._second_names:
                    self._second_names[place].replace(place)
                else:
                    place.unlink()
        self.tidy()
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()

    def tidy(self) -> None:
        """Remove the temporary files."""
        for path in (*(temporary for _, temporary, _ in self._waiting), *self._second_names.values()):
            with suppress(OSError):
                path.unlink()


def _beside(place: Path) -> Path:
    return place.with_name(f".policyopts-{secrets.token_hex(8)}.tmp")


def _name_again(place: Path, name: Path) -> None:
    """Give a file a second name, so that it outlives being replaced."""
    try:
        os.link(place, name)
    except OSError:  # not every file system has second names
        shutil.copy2(place, name)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    hint = "the folder must be there first" if isinstance(error, FileNotFoundError) else ""
    return OutputError(f"cannot write {path}: {error.strerror or error}", hint)
