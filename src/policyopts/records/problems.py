"""Problems found in records, and how they become findings with a line and a column.

Checks name the key that they speak of. Lines are looked up only when there is something to tell, by reading
the file's text once more with the places of its keys.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from policyopts.findings import Finding, Severity
from policyopts.names import Key, cut
from policyopts.records.files import is_table
from policyopts.records.yaml_source import Mark, Marks, read_yaml

Point = Literal["key", "value"]

_LONGEST = 600  # of a message, which may list what a file holds


class Problem(NamedTuple):
    """Something wrong at a key of a file; the top of the file is the empty key.

    A missing key is told at the place where it would stand. `subject` is the id that is not known, if it is one,
    `meant` the known key that an unknown one was probably meant to be. Where one of `explained_by`, keys of the same
    file, has a problem of its own, this one only follows from it.
    """

    path: str
    key: Key
    code: str
    message: str
    hint: str = ""
    point: Point = "value"
    severity: Severity = Severity.ERROR
    subject: str = ""
    meant: Key = ()
    explained_by: tuple[Key, ...] = ()


class Places:
    """Where the keys of a dossier's files stand; each file is searched once, when it is first asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._marks: dict[str, Marks] = {}

    def of(self, path: str, key: Key, point: Point = "value") -> tuple[int, int]:
        """Find the line and column of a key, or of the nearest one above it that the file has."""
        if is_table(path):  # its keys are places themselves: a line and, of a cell, a column
            line, column = (*(part for part in key if isinstance(part, int)), 1, 1)[:2]
            return line, column
        if path not in self._marks:
            self._marks[path] = _marks(self._texts.get(path, ""))
        marks = self._marks[path]
        depth = len(key)
        while depth and key[:depth] not in marks:
            depth -= 1
        mark = marks.get(key[:depth], Mark(1, 1, 1, 1))
        if depth == len(key) and point == "value":
            return mark.line, mark.column
        return mark.key_line, mark.key_column

    def finding(self, problem: Problem) -> Finding:
        """Turn a problem into a finding."""
        line, column = self.of(problem.path, problem.key, problem.point)
        message, hint = cut(problem.message, _LONGEST), cut(problem.hint, _LONGEST)
        return Finding(problem.path, line, column, problem.severity, problem.code, message, hint)

    def findings(self, problems: Iterable[Problem]) -> list[Finding]:
        """Turn problems into findings, in the order given."""
        return [self.finding(problem) for problem in problems]


def _marks(text: str) -> Marks:
    marks: Marks = {}
    read_yaml(text, marks)
    return marks
