"""All codes that findings carry: finding a rule by its code, and choosing among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.briefings import BRIEFING_RULES
from policyopts.analysis.checks.table import CHECKS
from policyopts.findings import UsageError
from policyopts.names import did_you_mean, quoted
from policyopts.records.rules import READER_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from policyopts.findings import Rule

_OF_CHECKS = {check.code: check.rule for check in CHECKS}
RULES: Mapping[str, Rule] = dict(sorted({**READER_RULES, **_OF_CHECKS, **BRIEFING_RULES}.items()))
"""Every rule by its code."""


def rule(code: str) -> Rule:
    """Find a rule by its code, or say which one may have been meant."""
    if code.upper() not in RULES:
        raise UsageError(f"unknown code {quoted(code)}", did_you_mean(code, RULES) or f"known: {', '.join(RULES)}")
    return RULES[code.upper()]


def choice(select: Collection[str], ignore: Collection[str]) -> Callable[[str], bool]:
    """Make the test of which codes are asked for: those selected, or all, without those ignored.

    Codes may be cut short to a prefix.

    Raises
    ------
    UsageError
        For a prefix of no code.
    """
    for prefix in (*select, *ignore):
        if not any(code.startswith(prefix.upper()) for code in RULES):
            families = sorted({code[:3] for code in RULES})
            hint = did_you_mean(prefix, (*RULES, *families)) or f"codes begin with {', '.join(families)}"
            raise UsageError(f"no code begins with {quoted(prefix)}", hint)
    selected = tuple(prefix.upper() for prefix in select)
    ignored = tuple(prefix.upper() for prefix in ignore)
    return lambda code: (not selected or code.startswith(selected)) and not code.startswith(ignored)
