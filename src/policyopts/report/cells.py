"""Performances as a briefing writes them: with their word of likelihood, their range, and a rating in circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.model.criteria import Exponential, Points
from policyopts.model.estimates import UNKNOWN, amount, figure
from policyopts.report.numbers import rounded

if TYPE_CHECKING:
    from policyopts.model.criteria import Leaf
    from policyopts.model.estimates import Estimate

CIRCLES = 5
_ONE = {"years": "year", "months": "month", "weeks": "week", "days": "day", "hours": "hour", "minutes": "minute"}


def rating(value: float) -> str:
    """Draw a value from 0 to 1 as five circles, the more of them filled the better."""
    filled = int(value * CIRCLES + 0.5)
    return "●" * filled + "○" * (CIRCLES - filled)


def plain(found: Estimate, leaf: Leaf) -> str:
    """Write a performance in its unit; a level or `unknown` as it is written."""
    if found.text == UNKNOWN or (leaf.levels and found.text):
        return found.text
    return _figure(rounded(found), leaf)


def point(number: float, leaf: Leaf) -> str:
    """Write a place on a criterion's scale: in its unit, or as the level that has this value."""
    named = [name for name, value in (leaf.levels or {}).items() if value == number]
    return named[0] if named else _figure(number, leaf)


def _figure(number: float, leaf: Leaf) -> str:
    unit = "of 100" if leaf.levels else _ONE.get(leaf.unit, leaf.unit) if number == 1 else leaf.unit
    return amount(figure(round(number, 6)), unit)


def spread(found: Estimate, leaf: Leaf) -> str:
    """Write the range of a performance, without its unit; empty where it has none."""
    if not found.low < found.high:
        return ""
    # Levels are named only where the record names one: figures on their scale may have been chosen instead of names.
    named = leaf.levels and found.text
    low, high = (point(end, leaf) if named else figure(round(end, 6)) for end in (found.low, found.high))
    return f"{low} to {high}"


def in_full(found: Estimate, leaf: Leaf, word: str | None) -> str:
    """Write a performance with its word of likelihood and its range."""
    inside = ", ".join(filter(None, [word, spread(found, leaf)]))
    return plain(found, leaf) + (f" ({inside})" if inside else "")


def by_assessor(found: Estimate, leaf: Leaf) -> str:
    """Write who of several assessors says what of a performance; empty where one figure stands for all."""
    said = []
    for name, own in found.by:
        word = own.text if own.form == "word" else None
        said.append(f"{name} {in_full(own, leaf, word)}")
    return "; ".join(said)


def value_function(leaf: Leaf) -> str:
    """Say how a performance becomes a value."""
    if leaf.levels is not None:
        return "levels: " + ", ".join(f"{name} {figure(value)}" for name, value in leaf.levels.items())
    if leaf.ends is None:
        return "linear, on the range of the options present"
    match leaf.value:
        case Points(points=points):
            return "lines through " + ", ".join(f"{point(x, leaf)} → {figure(value)}" for x, value in points)
        case Exponential(exponential=rho):
            return f"exponential, ρ = {figure(rho)}"
        case _:
            return "linear"


def limit(leaf: Leaf) -> str:
    """Write a criterion's hard limit; empty where it has none."""
    if leaf.limit is None:
        return ""
    bounds = {"at least": leaf.limit.at_least, "at most": leaf.limit.at_most}
    return " and ".join(
        f"{side} {bound if isinstance(bound, str) else point(bound, leaf)}"
        for side, bound in bounds.items()
        if bound is not None
    )
