"""From the texts of options to what is asked: 'what if' changes and a method's parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyopts.analysis.view import WhatIf
from policyopts.findings import UsageError
from policyopts.names import quoted
from policyopts.records.score_table import NUMBER, read_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyopts.model.options import Cell


def what_if(
    *,
    weight: Iterable[str] = (),
    set_: Iterable[str] = (),
    only: Iterable[str] = (),
    without: Iterable[str] = (),
    fail: Iterable[str] = (),
    frame: str | None = None,
    perspective: str | None = None,
) -> WhatIf:
    """Put together what is to be looked at."""
    return WhatIf(
        frame=frame,
        perspective=perspective,
        failed=_ids("--fail", fail),
        shares=dict(_share(text) for text in weight),
        performances=dict(_performance(text) for text in set_),
        only=_ids("--only", only),
        without=_ids("--without", without),
    )


def parameters(texts: Iterable[str]) -> dict[str, object]:
    """Read a method's parameters; what reads as a number is one, and numbers parted by commas are a row of them."""
    found: dict[str, object] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise UsageError(f"--param {quoted(text)}", "expected NAME=X, such as normalisation=max")
        found[name] = _setting(value)
    return found


def _setting(text: str) -> object:
    numbers = [part.strip() for part in text.split(",")]
    if not all(map(NUMBER.fullmatch, numbers)):
        return text
    return float(text) if len(numbers) == 1 else tuple(map(float, numbers))


def _ids(flag: str, texts: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        ids = [id_ for id_ in re.split(r"[,\s]+", text) if id_]
        if not ids:
            raise UsageError(f"{flag} {quoted(text)} names nothing")
        found += ids
    return tuple(found)


def _share(text: str) -> tuple[str, float]:
    id_, _, number = text.partition("=")
    if not NUMBER.fullmatch(number):
        hint = "expected ID=X with X a share of the whole, such as deterrence=0.4"
        raise UsageError(f"--weight {quoted(text)}", hint)
    share = float(number)
    if not 0 <= share <= 1:
        hint = f"for {number} per cent write {id_}={share / 100:g}" if 1 < share <= 100 else ""
        raise UsageError(f"--weight {quoted(text)}: a weight is a share of the whole, from 0 to 1", hint)
    return id_, share


def _performance(text: str) -> tuple[tuple[str, str], Cell]:
    cell, _, value = text.partition("=")
    option, dot, criterion = cell.partition(".")
    if not dot or not value:
        hint = "expected OPTION.CRITERION=X, such as regional-deal.deterrence=60"
        raise UsageError(f"--set {quoted(text)}", hint)
    try:
        return (option, criterion), read_cell(value)
    except ValueError:
        raise UsageError(f"--set {quoted(text)}: no figure may be as large as that") from None
