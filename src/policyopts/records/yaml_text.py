"""Values written as YAML on one line, so that every reader takes them for what they are."""

import re
from collections.abc import Mapping, Sequence

from policyopts.model.estimates import figure

Scalar = str | float | int | bool | None
Value = Scalar | Sequence["Value"] | Mapping[str, "Value"]

# Plain only where nothing can go wrong: no indicator in front, no ': ' or ' #', nothing that a flow would end at,
# and no single token that YAML 1.1 or 1.2 takes for a number, a date, a truth value or nothing.
_PLAIN = re.compile(r"\w(?:[\w ./()%&;+*'’–—-]|:(?=\w))*")
_NO_TEXT = re.compile(r"(?i)[-+.\d][\w.:+-]*|y|n|yes|no|on|off|true|false|null|nan|inf")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def inline(value: Value) -> str:
    """Write a value on one line; mappings and lists in braces and brackets."""
    match value:
        case str():
            return text(value)
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case int() | float():
            return figure(value)
        case Mapping():
            return "{" + ", ".join(f"{text(key)}: {inline(inner)}" for key, inner in value.items()) + "}"
        case _:
            return "[" + ", ".join(map(inline, value)) + "]"


def text(words: str) -> str:
    """Write a text: plain where that is safe, else in double quotes with escapes."""
    if _PLAIN.fullmatch(words) and not words.endswith(" ") and not _NO_TEXT.fullmatch(words):
        return words
    return '"' + "".join(map(_escaped, words)) + '"'


def comment(words: str) -> str:
    """Put words on one line of a comment: no line break, nothing that cannot be seen."""
    return "".join(character for character in " ".join(words.split()) if character.isprintable())


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
