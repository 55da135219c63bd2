"""What the program has to say about a dossier, and the exceptions that carry it.

```
PolicyOptsError          everything that a user may be told
├── DossierError         the dossier has errors; carries the findings
├── UsageError           a command or a call was asked for something that is not there
├── OutputError          a result could not be written
└── WorkersError         processes or machines that should share the work do not
```

The engine adds `EngineError`, for numbers that a method cannot take.
"""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters: an error fails, a warning asks, information tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(NamedTuple):
    """One thing to say about one place of the dossier; line and column count from 1.

    `path` is relative to the dossier's folder, with forward slashes.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str = ""

    @property
    def place(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are shown."""
        return (self.path, self.line, self.column, self.code, self.message)


class Rule(NamedTuple):
    """What a code stands for: `title` is the rule, `why` the practice or the reason behind it."""

    code: str
    severity: Severity
    title: str
    why: str


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by file, line and column, each once."""
    return tuple(sorted(set(findings), key=lambda finding: finding.place))


class PolicyOptsError(Exception):
    """Base of every error that a user may be told; its text is a sentence for the user."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PolicyOptsError):
    """Something was asked for that is not there: an unknown option, frame, method or file."""


class OutputError(PolicyOptsError):
    """A result could not be written; nothing was changed."""


class WorkersError(PolicyOptsError):
    """Processes or machines that should share the work could not be reached, or gave it up."""


class DossierError(PolicyOptsError):
    """The dossier in `folder` has errors, so nothing was computed from it."""

    def __init__(self, folder: Path, findings: Iterable[Finding]) -> None:
        self.folder = folder
        self.findings = in_order(findings)
        first = next(finding for finding in self.findings if finding.severity is Severity.ERROR)
        more = f" (and {len(self.findings) - 1} more)" if len(self.findings) > 1 else ""
        super().__init__(f"{first.path}:{first.line}:{first.column}: error[{first.code}]: {first.message}{more}")
