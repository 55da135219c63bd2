"""YAML as the dossier uses it: plain data out of text, and the place of every key.

The text goes through libyaml's events once. Scalars follow the YAML 1.2 core schema, so `no`, `on` and `12:30`
stay words and `1e3` is a number. Tags, anchors, aliases, merge keys, several documents, duplicate keys and
nesting beyond 32 levels are refused. Places are kept only when they are asked for: a file that reads well
never pays for them.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.cyaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from policyopts.names import Key, quoted

MAX_DEPTH = 32

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NUMBER_STARTS = frozenset("0123456789+-.")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    ".inf": float("inf"), ".Inf": float("inf"), ".INF": float("inf"),
    "+.inf": float("inf"), "+.Inf": float("inf"), "+.INF": float("inf"),
    "-.inf": float("-inf"), "-.Inf": float("-inf"), "-.INF": float("-inf"),
    ".nan": float("nan"), ".NaN": float("nan"), ".NAN": float("nan"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that YAML in a dossier must not have; line and column count from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a key and its value begin; for an item of a list, and for the top, both are the value's place."""

    key_line: int
    key_column: int
    line: int
    column: int


Marks = dict[Key, Mark]


def read_yaml(text: str, marks: Marks | None = None) -> tuple[Any, list[Trouble]]:
    """Read one document into dicts with text keys, lists, texts, numbers, booleans and None.

    With `marks`, the place of every key is put into it. Troubles come all at once, except that broken syntax
    ends the reading. An empty text gives None.
    """
    troubles: list[Trouble] = []
    try:
        data = _read(text.removeprefix("\ufeff"), troubles, marks)
    except yaml.MarkedYAMLError as error:
        troubles.append(_syntax_trouble(error))
        data = None
    except yaml.reader.ReaderError as error:
        troubles.append(_character_trouble(text, error))
        data = None
    return data, troubles


def _read(text: str, troubles: list[Trouble], marks: Marks | None) -> Any:
    next_event = CParser(text).get_event
    document: Any = None
    documents = 0
    # The open container, those around it, and in a mapping the key still without a value.
    container: Any = None
    in_mapping = False
    outer: list[Any] = []
    key: str | None = None
    repeated = False  # the key was given before: its value is read, and dropped
    path: list[str | int] = []

    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            value: Any = event.value
            if event.anchor or event.tag:
                _refuse_decoration(event, troubles)
            if in_mapping and key is None:
                key = value
                repeated = value in container
                if repeated:
                    _trouble(troubles, event, "YML102", f"the key {quoted(value)} is given twice", "keep one of them")
                elif marks is not None:
                    marks[*path, value] = _mark(event, None)
                if value == "<<" and event.implicit[0]:
                    message = "merge key '<<'; a dossier repeats what it means"
                    _trouble(troubles, event, "YML103", message, "write the keys out")
                continue
            if event.implicit[0]:  # plain, without quotes
                if value in _WORDS:
                    value = _WORDS[value]
                elif value[0] in _NUMBER_STARTS:
                    value = _number(value)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor or event.tag:
                _refuse_decoration(event, troubles)
            if len(outer) >= MAX_DEPTH:
                _trouble(troubles, event, "YML106", f"nested more than {MAX_DEPTH} levels deep")
                return None
            value = {} if kind is MappingStartEvent else []
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            container = outer.pop()
            in_mapping = type(container) is dict
            if path:
                path.pop()
            continue
        elif kind is AliasEvent:
            message = f"alias '*{event.anchor}'; a dossier repeats what it means"
            _trouble(troubles, event, "YML103", message, "write the value out")
            value = None
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                message = "a second document in one file; expected one"
                _trouble(troubles, event, "YML105", message, "remove the '---' line")
                return document
            continue
        elif kind is StreamEndEvent:
            return document
        else:
            continue

        # Here stands a value: put it where it belongs, and step into it if it is a container.
        if in_mapping:
            if key is None:
                _trouble(troubles, event, "YML101", "a list or a mapping as a key; expected a plain text key")
                return document
            if not repeated:
                container[key] = value
        elif container is None:
            document = value
        else:
            container.append(value)
        opens = kind is MappingStartEvent or kind is SequenceStartEvent
        if marks is not None or opens:
            step = (key,) if in_mapping else () if container is None else (len(container) - 1,)
            if marks is not None and not repeated:
                marks[*path, *step] = _mark(event, marks.get((*path, *step)))
            if opens:
                outer.append(container)
                path.extend(step)
                container = value
                in_mapping = kind is MappingStartEvent
        key = None


def _trouble(troubles: list[Trouble], event: Any, code: str, message: str, hint: str = "") -> None:
    mark = event.start_mark
    troubles.append(Trouble(mark.line + 1, mark.column + 1, code, message, hint))


def _mark(event: Any, key: Mark | None) -> Mark:
    """Give the place of a value, and of its key where it has one; a key without a value yet stands for both."""
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    return Mark(key.key_line, key.key_column, line, column) if key else Mark(line, column, line, column)


def _number(word: str) -> int | float | str:
    """Read a plain word as a number, if YAML 1.2 says that it is one."""
    if _INTEGER.fullmatch(word):
        # Beyond this length int() refuses; as a float it is infinite, which the records refuse.
        return int(word) if len(word) < 400 else float(word)
    return float(word) if _FLOAT.fullmatch(word) else word


def _refuse_decoration(event: Any, troubles: list[Trouble]) -> None:
    if event.anchor:
        message = f"anchor '&{event.anchor}'; a dossier repeats what it means"
        _trouble(troubles, event, "YML103", message, "remove the anchor")
    if event.tag:
        message = f"tag {quoted(event.tag)}; a dossier has plain values only"
        _trouble(troubles, event, "YML104", message, "remove the tag")


def _syntax_trouble(error: yaml.MarkedYAMLError) -> Trouble:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = error.problem or "it cannot be read"
    hint = ""
    if "cannot start any token" in problem:
        problem = "a character that no value can begin with"
        hint = "indent with spaces, not tabs, and put quotes around a text that begins with @, ` or %"
    elif "mapping values are not allowed" in problem:
        problem = "a second colon on the line"
        hint = "put quotes around a text that holds ': '"
    return Trouble(line, column, "YML101", f"not YAML: {problem}", hint)


def _character_trouble(text: str, error: yaml.reader.ReaderError) -> Trouble:
    before = text[: error.position]
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Trouble(line, column, "YML101", "not YAML: a control character", "remove it, or write it as \\x.. in quotes")
