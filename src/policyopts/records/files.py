"""The files of a dossier: which there are, and their texts, with nothing taken on trust."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from policyopts.findings import Finding, Severity
from policyopts.names import is_id

MAX_BYTES = 4 * 1024 * 1024
MAX_TABLE_BYTES = 4 * 1024 * 1024 * 1024
CRITERIA = "criteria.yaml"
OPTIONS = "options"
TABLE = "options.csv"
EVIDENCE = "evidence.yaml"
FRAMES = "frames.yaml"
PERSPECTIVES = "perspectives.yaml"
ASSUMPTIONS = "assumptions.yaml"
OPTIONAL = (EVIDENCE, FRAMES, PERSPECTIVES, ASSUMPTIONS, TABLE)

Signature = tuple[int, int, int]
"""What tells that a file changed: time of change in nanoseconds, size, inode."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to read, by their paths in the dossier, and what is wrong with others that look like records."""

    paths: tuple[str, ...]
    findings: tuple[Finding, ...]


def is_option(path: str) -> bool:
    """Tell whether a file is an option's own record."""
    return path.startswith("options/")


def option_id(path: str) -> str:
    """Give the id of the option that a file is the record of."""
    return path[len(OPTIONS) + 1 : -len(".yaml")]


def about(path: str, code: str, message: str, hint: str = "") -> Finding:
    """Tell something of a file as a whole."""
    return Finding(path, 1, 1, Severity.ERROR, code, message, hint)


def list_files(folder: Path) -> Listing:
    """Find the files of a dossier; `criteria.yaml` is listed even where it is missing."""
    paths = [CRITERIA, *(name for name in OPTIONAL if os.path.lexists(folder / name))]
    findings = [
        about(name, "FIL007", f"a record called '{name}'; expected the ending .yaml", f"rename it to {name[:-4]}.yaml")
        for name in (f"{known.removesuffix('.yaml')}.yml" for known in (CRITERIA, *OPTIONAL[:4]))
        if os.path.lexists(folder / name)
    ]
    try:
        with os.scandir(folder / OPTIONS) as entries:
            names = sorted(entry.name for entry in entries)
    except FileNotFoundError:
        names = []
    except OSError as error:
        names = []
        findings.append(about(OPTIONS, "FIL002", f"the folder of options cannot be read: {_reason(error)}"))
    root = os.path.realpath(folder)
    if names and not _inside(os.path.realpath(folder / OPTIONS), root):
        findings.append(about(OPTIONS, "FIL005", "a symbolic link that leads out of the dossier"))
        names = []
    for name in names:
        path = f"{OPTIONS}/{name}"
        stem, ending = os.path.splitext(name)
        if name.startswith(".") or ending not in {".yaml", ".yml"}:
            continue
        if ending == ".yml":
            findings.append(about(path, "FIL007", f"a record called '{name}'; expected the ending .yaml"))
        elif not is_id(stem):
            hint = "an option's id is its file's name: small letters, digits and hyphens, as in no-action.yaml"
            findings.append(about(path, "FIL007", f"'{stem}' cannot be an option's id", hint))
        else:
            paths.append(path)
    return Listing(tuple(paths), tuple(findings))


def sign(folder: Path, path: str) -> Signature | None:
    """Take the mark of a file's state; None where there is none to be had."""
    try:
        return _signature(os.stat(f"{folder}/{path}"))
    except (OSError, ValueError):
        return None


def read_text(folder: Path, path: str) -> tuple[Signature | None, str | Finding]:
    """Read a file of the dossier, or tell why that cannot be done; with the mark of the state that was read."""
    whole = f"{folder}/{path}"
    signature = None
    try:
        if os.path.islink(whole):
            whole = os.path.realpath(whole)
            if not _inside(whole, os.path.realpath(folder)):
                return None, about(path, "FIL005", "a symbolic link that leads out of the dossier")
        # Without waiting: a pipe in a record's place must not hang the program.
        descriptor = os.open(whole, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb", buffering=0) as file:
            state = os.fstat(descriptor)
            signature = _signature(state)
            if not stat.S_ISREG(state.st_mode):
                return signature, about(path, "FIL002", "not a regular file; expected a text file")
            limit = MAX_TABLE_BYTES if path == TABLE else MAX_BYTES
            if state.st_size > limit:
                return signature, about(path, "FIL004", f"{state.st_size:,} bytes; expected at most {limit:,}")
            content = file.read()
    except FileNotFoundError:
        return None, about(path, "FIL001", "there is no such file; expected one")
    except IsADirectoryError:
        return None, about(path, "FIL002", "a folder; expected a file")
    except (OSError, ValueError) as error:
        return None, about(path, "FIL002", f"cannot be read: {_reason(error)}")
    try:
        return signature, content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        return signature, Finding(path, line, column, Severity.ERROR, "FIL003", message, "save the file as UTF-8")


def _signature(state: os.stat_result) -> Signature:
    return state.st_mtime_ns, state.st_size, state.st_ino


def _inside(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
