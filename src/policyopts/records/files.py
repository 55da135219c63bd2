"""The files of a dossier: which there are, and their texts, with nothing taken on trust."""

import os
import re
import stat
from pathlib import Path
from typing import NamedTuple

from policyopts.findings import Finding, Severity
from policyopts.names import is_id, quoted

MAX_BYTES = 4 * 1024 * 1024
MAX_TABLE_BYTES = 4 * 1024 * 1024 * 1024
CRITERIA = "criteria.yaml"
OPTIONS = "options"
TABLE = "options.csv"
PARQUET = "options.parquet"
EVIDENCE = "evidence.yaml"
FRAMES = "frames.yaml"
PERSPECTIVES = "perspectives.yaml"
ASSUMPTIONS = "assumptions.yaml"
OPTIONAL = (EVIDENCE, FRAMES, PERSPECTIVES, ASSUMPTIONS, TABLE, PARQUET)

_LINE_BREAK = re.compile("\r\n|\r|\n")
# Without waiting: a pipe in a record's place must not hang the program.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
ENDINGS = (".yaml", ".yml")
_LEADS_OUT = "a symbolic link that leads out of the dossier"

Signature = tuple[int, int, int]
"""What tells that a file changed: time of change in nanoseconds, size, inode."""


class Listing(NamedTuple):
    """The files to read, by their paths in the dossier, and what is wrong with others that look like records."""

    paths: tuple[str, ...]
    findings: tuple[Finding, ...]


def is_option(path: str) -> bool:
    """Tell whether a file is an option's own record."""
    return path.startswith("options/")


def is_table(path: str) -> bool:
    """Tell whether a file is a table of options."""
    return path in {TABLE, PARQUET}


def most_bytes(path: str) -> int:
    """Give the size beyond which a file is not read."""
    return MAX_TABLE_BYTES if is_table(path) else MAX_BYTES


def option_id(path: str) -> str:
    """Give the id of the option that a file is the record of."""
    return path[len(OPTIONS) + 1 : -len(".yaml")]


def option_path(id_: str) -> str:
    """Give the path of an option's own file."""
    return f"{OPTIONS}/{id_}.yaml"


def about(path: str, code: str, message: str, hint: str = "") -> Finding:
    """Tell something of a file as a whole."""
    return Finding(path, 1, 1, Severity.ERROR, code, message, hint)


def split_lines(text: str) -> list[str]:
    """Split a text into the lines that an editor shows, the last one empty after a final line break."""
    return _LINE_BREAK.split(text)


def place_after(before: str) -> tuple[int, int]:
    """Give the line and the column, from 1, of what comes next after a text."""
    lines = split_lines(before)
    return len(lines), len(lines[-1]) + 1


def list_files(folder: Path) -> Listing:
    """Find the files of a dossier; `criteria.yaml` is listed even where it is missing."""
    paths = [CRITERIA, *(name for name in OPTIONAL if os.path.lexists(folder / name))]
    findings = [
        about(name, "FIL007", f"a record called '{name}'; expected the ending .yaml", f"rename it to {name[:-4]}.yaml")
        for name in (f"{known.removesuffix('.yaml')}.yml" for known in (CRITERIA, *OPTIONAL[:4]))
        if os.path.lexists(folder / name)
    ]
    if TABLE in paths and PARQUET in paths:
        paths.remove(PARQUET)
        message = f"a second table of options beside {TABLE}; expected one"
        findings.append(about(PARQUET, "FIL011", message, "put all options into one of them"))
    for name in _option_files(folder, findings):
        stem, dot, ending = name.rpartition(".")
        path = f"{OPTIONS}/{name}"
        if dot + ending != ".yaml":
            hint = f"rename it to {stem}.yaml"
            findings.append(about(path, "FIL007", f"a record called '{name}'; expected the ending .yaml", hint))
        elif not is_id(stem):
            hint = "an option's id is its file's name: small letters, digits and hyphens, as in no-action.yaml"
            findings.append(about(path, "FIL007", f"{quoted(stem)} cannot be an option's id", hint))
        else:
            paths.append(path)
    return Listing(tuple(paths), tuple(findings))


def _option_files(folder: Path, findings: list[Finding]) -> list[str]:
    """List what looks like an option's record; other files may lie beside them."""
    try:
        with os.scandir(folder / OPTIONS) as entries:
            names = sorted(entry.name for entry in entries)
    except FileNotFoundError:
        if os.path.lexists(folder / OPTIONS):
            findings.append(about(OPTIONS, "FIL002", "a symbolic link to nothing; expected a folder"))
        return []
    except OSError as error:
        findings.append(about(OPTIONS, "FIL002", f"the folder of options cannot be read: {_reason(error)}"))
        return []
    if not _inside(os.path.realpath(folder / OPTIONS), os.path.realpath(folder)):
        findings.append(about(OPTIONS, "FIL005", _LEADS_OUT))
        return []
    return [name for name in names if name.lower().endswith(ENDINGS) and not name.startswith(".")]


def sign(folder: Path, path: str) -> Signature | None:
    """Take the mark of a file's state; None where there is none to be had."""
    try:
        return _signature(os.stat(f"{folder}/{path}"))  # noqa: PTH116 - a Path for each of ten thousand files takes time
    except (OSError, ValueError):
        return None


def read_text(folder: Path, path: str) -> tuple[Signature | None, str | Finding]:
    """Read a text of the dossier, or tell why that cannot be done; with the mark of the state that was read."""
    signature, content = read_content(folder, path)
    return signature, content if isinstance(content, Finding) else as_text(path, content)


def read_content(folder: Path, path: str) -> tuple[Signature | None, bytes | Finding]:
    """Read the bytes of a file of the dossier, as `read_text` reads its text."""
    try:
        return _read_bytes(folder, path)
    except _RefusedError as refused:
        return refused.signature, about(path, refused.code, refused.message)
    except (OSError, ValueError) as error:
        return None, about(path, *_cannot_read(f"{folder}/{path}", error))


def as_text(path: str, content: bytes) -> str | Finding:
    """Read a file's bytes as UTF-8, or tell where they are something else."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place_after(content[: error.start].decode("utf-8"))
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        return Finding(path, line, column, Severity.ERROR, "FIL003", message, "save the file as UTF-8")


class _RefusedError(Exception):
    """A file that there is, and that is not read all the same."""

    def __init__(self, signature: Signature | None, code: str, message: str) -> None:
        super().__init__(message)
        self.signature = signature
        self.code = code
        self.message = message


def _read_bytes(folder: Path, path: str) -> tuple[Signature, bytes]:
    whole = f"{folder}/{path}"
    if os.path.islink(whole):  # noqa: PTH114 - as in `sign`
        whole = os.path.realpath(whole)
        if not _inside(whole, os.path.realpath(folder)):
            raise _RefusedError(None, "FIL005", _LEADS_OUT)
    descriptor = os.open(whole, _READ)
    try:
        state = os.fstat(descriptor)
        signature = _signature(state)
        if stat.S_ISDIR(state.st_mode):
            raise _RefusedError(signature, "FIL002", "a folder; expected a file")
        if not stat.S_ISREG(state.st_mode):
            raise _RefusedError(signature, "FIL002", "not a regular file; expected a text file")
        limit = most_bytes(path)
        if state.st_size > limit:
            raise _RefusedError(signature, "FIL004", f"{state.st_size:,} bytes; expected at most {limit:,}")
        with open(descriptor, "rb", buffering=0, closefd=False) as file:
            return signature, file.read()
    finally:
        os.close(descriptor)


def _cannot_read(whole: str, error: OSError | ValueError) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError):
        link = os.path.lexists(whole)
        return ("FIL002", "a symbolic link to nothing") if link else ("FIL001", "there is no such file; expected one")
    return "FIL002", f"cannot be read: {_reason(error)}"


def _signature(state: os.stat_result) -> Signature:
    return state.st_mtime_ns, state.st_size, state.st_ino


def _inside(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
