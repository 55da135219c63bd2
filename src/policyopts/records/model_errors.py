"""What the records refuse, in the user's words and at the user's keys.

Errors are told by their exact kind, never by pydantic's text.
"""

import re
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policyopts.model.base import Record
from policyopts.names import Key, closest, did_you_mean, quoted
from policyopts.records.problems import Problem

_EXPECTED = {
    "float_type": "a number",
    "string_type": "text",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "tuple_type": "a list",
}
_BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
}
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def problems(path: str, prefix: Key, model: type[Record], data: Any, error: ValidationError) -> Iterator[Problem]:
    """Say each of a validation's errors; `prefix` is the key at which `data` stands in the file."""
    details = error.errors(include_url=False)
    # Of a list with wrong items only these are told: it is not too short, it lost them.
    holding = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    details = [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in holding]
    told = [_problem(path, prefix, _Mistake(_key(detail["loc"], data), model, detail)) for detail in details]
    meant = {problem.meant for problem in told}
    for problem, detail in zip(told, details, strict=True):
        if detail["type"] != "missing" or (*problem.key, detail["loc"][-1]) not in meant:
            yield problem


def _key(loc: Key, data: Any) -> Key:
    """Keep the parts of a location that the document has: the others name branches of unions."""
    key: list[int | str] = []
    for part in loc:
        in_list = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if in_list or (isinstance(data, dict) and part in data):
            data = data[part]
            key.append(part)
    return tuple(key)


@dataclass(frozen=True, slots=True)
class _Mistake:
    """One error of a validation, and the key that it stands at."""

    key: Key
    model: type[Record]
    detail: ErrorDetails

    @property
    def given(self) -> Any:
        return self.detail["input"]

    @property
    def last(self) -> str:
        return str(self.detail["loc"][-1])

    def context(self, name: str) -> Any:
        return self.detail["ctx"][name]


def _problem(path: str, prefix: Key, mistake: _Mistake) -> Problem:
    at, kind = (*prefix, *mistake.key), mistake.detail["type"]
    if kind == "missing" and isinstance(mistake.detail["loc"][-1], int):
        return Problem(path, at, "VAL216", f"a list of {len(mistake.given)}, which is too short")
    if kind == "missing":
        return Problem(path, at, "KEY202", f"the key '{mistake.last}' is missing", point="key")
    if kind == "extra_forbidden":
        known = sorted(_fields(mistake.model, mistake.detail["loc"][:-1]))
        close = closest(mistake.last, known)
        hint = f"did you mean '{close}'?" if close else f"known keys here: {', '.join(known)}"
        meant = (*at[:-1], close) if close else ()
        return Problem(path, at, "KEY201", f"unknown key {quoted(mistake.last)}", hint, "key", meant=meant)
    if kind == "float_type" and mistake.given is None and "performance" in at:
        return Problem(
            path, at, "SCR401", "no performance; expected a figure, or the word unknown", _no_figure_hint(at)
        )
    if kind == "finite_number":
        return Problem(path, at, _number_code(at), f"{describe(mistake.given)}; expected a finite number")
    code, message, hint = _TOLD.get(kind, _does_not_fit)(mistake)
    return Problem(path, at, code, message, hint)


def _wrong_type(mistake: _Mistake) -> tuple[str, str, str]:
    kind, given = mistake.detail["type"], mistake.given
    return "VAL211", f"expected {_EXPECTED[kind]}, got {describe(given)}", _type_hint(kind, given)


def _not_a_choice(mistake: _Mistake) -> tuple[str, str, str]:
    choices = re.findall(r"'([^']*)'", mistake.context("expected"))
    expected = f"one of {', '.join(choices)}" if len(choices) > 1 else choices[0]
    message = f"{describe(mistake.given)} is not known here; expected {expected}"
    return "VAL212", message, did_you_mean(str(mistake.given), choices)


def _not_a_branch(mistake: _Mistake) -> tuple[str, str, str]:
    kinds = re.findall(r"'([^']*)'", mistake.context("expected_tags"))
    expected = " or ".join("a number" if kind == "number" else kind for kind in kinds)
    return "VAL211", f"expected {expected}, got {describe(mistake.given)}", ""


def _out_of_bounds(mistake: _Mistake) -> tuple[str, str, str]:
    words, bound = _BOUNDS[mistake.detail["type"]]
    return "VAL213", f"{describe(mistake.given)}; expected {words} {mistake.context(bound):g}", ""


def _not_a_date(mistake: _Mistake) -> tuple[str, str, str]:
    return "VAL214", f"{describe(mistake.given)} is not a date; expected one such as 2021-05-05", ""


def _unfit_text(mistake: _Mistake) -> tuple[str, str, str]:
    if not mistake.given.strip():
        return "VAL211", "an empty text; expected some text, or no such key", ""
    hint = "small letters, digits and single hyphens, as in regional-deal"
    return "VAL215", f"{describe(mistake.given)} cannot be an id", hint


def _too_short(mistake: _Mistake) -> tuple[str, str, str]:
    return "VAL216", f"a list of {len(mistake.given)}; expected at least {mistake.context('min_length')}", ""


def _too_long(mistake: _Mistake) -> tuple[str, str, str]:
    return "VAL216", f"a list of {len(mistake.given)}; expected {mistake.context('max_length')}", ""


def _does_not_fit(mistake: _Mistake) -> tuple[str, str, str]:
    return "VAL211", f"{describe(mistake.given)} does not fit here", ""


_TOLD: dict[str, Callable[[_Mistake], tuple[str, str, str]]] = {
    **dict.fromkeys(_EXPECTED, _wrong_type),
    **dict.fromkeys(_BOUNDS, _out_of_bounds),
    "literal_error": _not_a_choice,
    "union_tag_invalid": _not_a_branch,
    "calendar_date": _not_a_date,
    "string_pattern_mismatch": _unfit_text,
    "too_short": _too_short,
    "too_long": _too_long,
}
"""Pydantic's kinds of error, and what to say of each: code, message and hint."""


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


def number_hint(text: str) -> str:
    """Say how a text that looks like a number becomes one; empty for other texts."""
    if _NUMBER.fullmatch(text):
        return f"take the quotes away: {text}" if len(text) <= 30 else "take the quotes away"
    looks_like_one = re.match(r"[-+]?\.?[0-9]", text)
    return "write digits with a decimal point only, such as 1250.5, and no unit" if looks_like_one else ""


def _type_hint(kind: str, given: Any) -> str:
    if kind == "string_type" and isinstance(given, bool | int | float):
        return "put quotes around it"  # as it was written, which may be 1.10 or 0700: that is not known here
    if kind == "float_type" and isinstance(given, str):
        return number_hint(given)
    if kind == "tuple_type" and isinstance(given, str):
        return f"write a list: [{given}]" if len(given) <= 30 else "write each item on its own line after '- '"
    return ""


def _no_figure_hint(key: Key) -> str:
    """Say what in a mapping on one line makes a key of what was meant for a figure."""
    if ":" in str(key[-1]):
        return "put a space after the colon"
    return "write a decimal point, not a comma" if _NUMBER.fullmatch(str(key[-1])) else ""


def _number_code(key: Key) -> str:
    if "weight" in key or "weights" in key:
        return "WGT301"
    return "SCR402" if "performance" in key else "VAL213"


def _fields(model: type[Record], loc: Key) -> set[str]:
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
        tagged = {record for record in candidates if record.__name__ in _BRANCHES.get(str(part), ())}
        candidates = stepped or tagged or candidates
    return {field for candidate in candidates for field in candidate.model_fields}


_BRANCHES = {
    "criterion": ("Leaf", "Group"),  # what has no key 'criteria' may have it misspelt
    "group": ("Group",),
    "points": ("Points",),
    "exponential": ("Exponential",),
    "best-worst": ("BestWorstJudgements",),
}
"""The branches of unions of several records: the name of the branch, and the records that it may be meant for."""


def _records(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _records(inner)
