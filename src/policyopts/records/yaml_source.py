"""YAML as the dossier uses it: plain data out of text, and the place of every key.

The text goes through libyaml's events once. Scalars follow the YAML 1.2 core schema, so `no`, `on` and `12:30`
stay words and `1e3` is a number; hexadecimal and octal numbers stay words too, so that `0x1F` is never read as 31.
Tags, anchors, aliases, merge keys, several documents, duplicate keys and nesting beyond 32 levels are refused.
Places are kept only when they are asked for: a file that reads well never pays for them.
"""

import re
from typing import Any, NamedTuple

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # the stubs leave it out
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
from policyopts.records.files import place_after, split_lines

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

# Line breaks to YAML 1.1 and so to libyaml, but neither to YAML 1.2 nor to an editor.
_SEPARATOR = re.compile("[\x85\u2028\u2029]")
_NO_CHARACTER = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_SYNTAX = (
    (
        "cannot start any token",
        "a character that no value can begin with",
        "indent with spaces, not tabs, and put quotes around a text that begins with @, ` or %",
    ),
    (
        "mapping values are not allowed",
        "a colon where none can stand",
        "put a space after a key's colon, quotes around a text that holds ': ', and keys of one mapping at one depth",
    ),
    (
        "could not find expected ':'",
        "a line that is no 'key: value'",
        "a text of several lines stands indented below its key",
    ),
    ("unexpected end of stream", "a quote that is never closed", ""),
)
"""What libyaml says, what it means to an author, and what to do; the last two are told where they begin."""


class Trouble(NamedTuple):
    """Something that YAML in a dossier must not have; line and column count from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""


class Mark(NamedTuple):
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
    text = text.removeprefix("\ufeff")
    separator = None if text.isascii() else _SEPARATOR.search(text)
    if separator:
        message = f"not YAML: the line separator U+{ord(separator[0]):04X}, which most editors do not show"
        hint = "write a space or a line break in its place"
        return None, [Trouble(*place_after(text[: separator.start()]), "YML101", message, hint)]
    troubles: list[Trouble] = []
    try:
        data = _read(text, troubles, marks)
    except yaml.MarkedYAMLError as error:
        troubles.append(_syntax_trouble(text, error))
        data = None
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        troubles.append(_character_trouble(text))
        data = None
    return data, troubles


def plain_value(word: str) -> Any:
    """Read a word that stands without quotes: a number, a boolean, None, or the word itself."""
    if word in _WORDS:
        return _WORDS[word]
    return _number(word) if word[0] in _NUMBER_STARTS else word


# One long loop: with a function for each kind of event, reading takes half as long again.
def _read(text: str, troubles: list[Trouble], marks: Marks | None) -> Any:  # noqa: PLR0912, PLR0915 - as above
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
    # Below a repeated key nothing has a place of its own: the places stay aside until that depth is reached again.
    aside, until = marks, -1

    while True:
        event: Any = next_event()
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
            if len(outer) == until:
                marks, until = aside, -1
            if path:
                path.pop()
            continue
        elif kind is AliasEvent:
            message = f"alias {quoted('*' + event.anchor)}; a dossier repeats what it means"
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
            step: Key = (key,) if key is not None else () if container is None else (len(container) - 1,)
            if marks is not None and not repeated:
                marks[*path, *step] = _mark(event, marks.get((*path, *step)))
            if opens:
                if repeated and marks is not None:
                    marks, until = None, len(outer)
                outer.append(container)
                path.extend(step)
                container = value
                in_mapping = kind is MappingStartEvent
        key, repeated = None, False


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
        # Longer ones do not fit a float; as one they are infinite, which the records refuse.
        return int(word) if len(word) < 309 else float(word)
    return float(word) if _FLOAT.fullmatch(word) else word


def _refuse_decoration(event: Any, troubles: list[Trouble]) -> None:
    if event.anchor:
        message = f"anchor {quoted('&' + event.anchor)}; a dossier repeats what it means"
        _trouble(troubles, event, "YML103", message, "remove the anchor")
    if event.tag:
        written = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
        message = f"tag {quoted(written)}; a dossier has plain values only"
        _trouble(troubles, event, "YML104", message, "remove the tag")


def _syntax_trouble(text: str, error: yaml.MarkedYAMLError) -> Trouble:
    said = error.problem or "it cannot be read"
    mark, begun = error.problem_mark or error.context_mark, error.context_mark
    problem, hint = next(((known, hint) for part, known, hint in _SYNTAX if part in said), (said, ""))
    if begun and "expected ','" in said:
        hint = f"the bracket at {begun.line + 1}:{begun.column + 1} is still open there"
    elif begun and problem in {_SYNTAX[-1][1], _SYNTAX[-2][1]}:
        mark = begun
    lines = split_lines(text)
    if mark is None or mark.line >= len(lines):  # at the end of a text without a last line break
        return Trouble(len(lines), len(lines[-1]) + 1, "YML101", f"not YAML: {problem}", hint)
    return Trouble(mark.line + 1, mark.column + 1, "YML101", f"not YAML: {problem}", hint)


def _character_trouble(text: str) -> Trouble:
    found = _NO_CHARACTER.search(text)
    before, name = (text[: found.start()], f"U+{ord(found[0]):04X}") if found else ("", "unknown to Unicode")
    message = f"not YAML: the control character {name}"
    return Trouble(*place_after(before), "YML101", message, "remove it, or write it as \\x.. in quotes")
