"""The ranking methods as text and data; a method's own docstring is its page."""

from __future__ import annotations

import inspect
import sys
from math import isfinite
from typing import TYPE_CHECKING

from policyopts.engine.method import ROW
from policyopts.report.data import as_csv, as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policyopts.engine.method import Method, Parameter


def guide(method: Method) -> str:
    """Give the text that a method's file opens with, without its example in Python."""
    module = sys.modules[method.function.__module__]
    return inspect.getdoc(module).partition("\n>>>")[0].replace("``", "'").strip()  # type: ignore[union-attr] # a test holds that each has one


def parameter_text(parameter: Parameter) -> str:
    """Name a parameter, its default and what else it takes."""
    others = [choice for choice in parameter.choices if choice != parameter.default]
    if parameter.bounds is not None:
        low, high = parameter.bounds
        others.append(f"any number from {low:g} " + (f"to {high:g}" if isfinite(high) else "up"))
    if parameter.row:
        others.append(f"{ROW} of numbers, one for each criterion")
    return f"{parameter.name} = {parameter.default} (or {', '.join(others)}): {parameter.description}"


def breaks_text(method: Method) -> str:
    """Name the axioms that a method breaks, always or under some choices."""
    return "; ".join(_breaks(method)) or "none of the axioms that every method is tested on"


def _breaks(method: Method) -> Iterator[str]:
    if method.breaks:
        yield ", ".join(sorted(method.breaks))
    for parameter in method.parameters:
        for choice, axioms in parameter.breaks.items():
            yield f"{', '.join(sorted(axioms))} with {parameter.name} {choice}"


def to_json(methods: Iterable[Method]) -> str:
    """Write the methods as `policyopts.methods/1`."""
    return as_json(
        {
            "format": "policyopts.methods/1",
            "methods": [
                {
                    "name": method.name,
                    "title": method.title,
                    "additive": method.additive,
                    "parameters": [_parameter_data(parameter) for parameter in method.parameters],
                    "breaks": list(_breaks(method)),
                    "reference": method.reference,
                }
                for method in methods
            ],
        }
    )


def _parameter_data(parameter: Parameter) -> dict[str, object]:
    low, high = parameter.bounds or (None, None)
    return {
        "name": parameter.name,
        "default": parameter.default,
        "choices": list(parameter.choices),
        "minimum": low,
        "maximum": high if high is not None and isfinite(high) else None,
        "row": parameter.row,
        "description": parameter.description,
    }


def to_csv(methods: Iterable[Method]) -> str:
    """Write one row a method."""
    rows = [
        [method.name, method.title, "; ".join(map(parameter_text, method.parameters)), method.reference]
        for method in methods
    ]
    return as_csv(["name", "title", "parameters", "reference"], rows)


def to_markdown(methods: Iterable[Method]) -> str:
    """Write the methods as a Markdown document, a section each."""
    lines = ["# Ranking methods"]
    for method in methods:
        lines += ["", f"## `{method.name}`", "", guide(method), "", "Parameters:", ""]
        lines += [f"- {parameter_text(parameter)}" for parameter in method.parameters] or ["- none"]
        lines += ["", f"Breaks by its definition: {breaks_text(method)}.", "", f"Reference: {method.reference}."]
    return "\n".join(lines) + "\n"
