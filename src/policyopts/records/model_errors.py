"""What the records refuse, in the user's words and at the user's keys.

Errors are told by their exact kind, never by pydantic's text.
"""

import re
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policyopts.model.base import Record
from policyopts.names import Key, did_you_mean, quoted
from policyopts.records.problems import Problem

_EXPECTED = {
    "float_type": "a number",
    "string_type": "text",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "tuple_type": "a list",
    "list_type": "a list",
    "bool_type": "true or false",
}


def problems(path: str, prefix: Key, model: type[Record], data: Any, error: ValidationError) -> Iterator[Problem]:
    """Say each of a validation's errors; `prefix` is the key at which `data` stands in the file."""
    for detail in error.errors(include_url=False):
        key = _key(detail["loc"], data)
        yield _problem(path, prefix, key, model, detail)


def _key(loc: tuple[int | str, ...], data: Any) -> Key:
    """Keep the parts of a location that the document has: the others name branches of unions."""
    key: list[int | str] = []
    for part in loc:
        if (isinstance(data, dict) and part in data) or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            data = data[part]
            key.append(part)
    return tuple(key)


def _problem(path: str, prefix: Key, key: Key, model: type[Record], detail: ErrorDetails) -> Problem:
    kind, given = detail["type"], detail["input"]
    at = (*prefix, *key)
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = sorted(_fields(model, detail["loc"][:-1]))
        word = str(detail["loc"][-1])
        hint = did_you_mean(word, known) or f"known keys here: {', '.join(known)}"
        return Problem(path, at, "KEY201", f"unknown key {quoted(word)}", hint, point="key")
    if kind == "missing":
        return Problem(path, at, "KEY202", f"the key '{detail['loc'][-1]}' is missing", point="key")
    if kind in _EXPECTED:
        return Problem(path, at, "VAL211", f"expected {_EXPECTED[kind]}, got {describe(given)}", _type_hint(kind, given))
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        message = f"{describe(given)} is not known here; expected one of {', '.join(choices)}"
        return Problem(path, at, "VAL212", message, did_you_mean(str(given), choices))
    if kind == "finite_number":
        return Problem(path, at, _number_code(at), f"{describe(given)}; expected a finite number")
    if kind in {"greater_than_equal", "greater_than", "less_than_equal"}:
        bound = {"greater_than_equal": "at least", "greater_than": "more than", "less_than_equal": "at most"}[kind]
        limit = context.get("ge", context.get("gt", context.get("le")))
        return Problem(path, at, "VAL213", f"{describe(given)}; expected {bound} {limit:g}")
    if kind == "calendar_date":
        return Problem(path, at, "VAL214", f"{describe(given)} is not a date; expected one such as 2021-05-05")
    if kind == "string_pattern_mismatch":
        hint = "small letters, digits and single hyphens, as in regional-deal"
        return Problem(path, at, "VAL215", f"{describe(given)} cannot be an id", hint)
    if kind == "string_too_short":
        return Problem(path, at, "VAL211", "an empty text; expected some text, or no such key")
    if kind in {"too_short", "too_long"}:
        number = context.get("min_length", context.get("max_length"))
        return Problem(path, at, "VAL216", f"a list of {context['actual_length']}; expected {number}")
    return Problem(path, at, "VAL211", f"{describe(given)} does not fit here")


def without_mistakes(data: Any, error: ValidationError) -> Any | None:
    """Copy a document without the parts that a validation refused; None where nothing would be left."""
    keys = {_key(detail["loc"], data) for detail in error.errors(include_url=False, include_context=False)}
    return None if () in keys else _without(data, keys)


def _without(data: Any, keys: set[Key]) -> Any:
    inner: dict[int | str, set[Key]] = {}
    for key in keys:
        inner.setdefault(key[0], set()).add(key[1:])
    if isinstance(data, dict):
        kept = {part: value for part, value in data.items() if () not in inner.get(part, ())}
        return {part: _without(value, inner[part]) if part in inner else value for part, value in kept.items()}
    return [
        _without(value, inner[index]) if index in inner else value
        for index, value in enumerate(data)
        if () not in inner.get(index, ())
    ]


def describe(value: Any) -> str:
    """Name a value of the document as its author would."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return f"the text {quoted(value)}"
        case int() | float():
            return f"the number {quoted(str(value)[:80])[1:-1]}"
        case list() | tuple():
            return "a list"
        case _:
            return "a mapping"


def _type_hint(kind: str, given: Any) -> str:
    if kind == "string_type" and isinstance(given, bool | int | float):
        return f'put quotes around it: "{str(given).lower() if isinstance(given, bool) else given}"'
    if kind == "float_type" and isinstance(given, str) and re.fullmatch(r"[-+]?[\d., _]+ ?%?", given):
        return "write digits with a decimal point only, such as 1250.5, and no unit"
    if kind in {"tuple_type", "list_type"} and isinstance(given, str):
        return "write a list: [" + given[:30] + "]" if len(given) <= 30 else "write each item on its own line after '- '"
    return ""


def _number_code(key: Key) -> str:
    if "weight" in key or "weights" in key:
        return "WGT301"
    return "SCR402" if "performance" in key else "VAL213"


def _fields(model: type[Record], loc: tuple[int | str, ...]) -> set[str]:
    """Find the keys that the record at a location may have, by walking the models' own annotations."""
    candidates: set[type[BaseModel]] = {model}
    for part in loc:
        stepped = {
            record
            for candidate in candidates
            if part in candidate.model_fields
            for record in _records(candidate.model_fields[str(part)].annotation)
        }
        # A part that is no field is an index, a key of a map, or the name of a union's branch.
        tagged = {record for record in candidates if _TAGS.get(str(part)) == record.__name__}
        candidates = stepped or tagged or candidates
    return {field for candidate in candidates for field in candidate.model_fields}


_TAGS = {"criterion": "Leaf", "group": "Group", "points": "Points", "exponential": "Exponential", "best-worst": "BestWorstJudgements"}
"""The branches of unions of several records: the name of the branch, and of its record."""


def _records(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _records(inner)
