"""The check of the suppressions themselves: that each accepts something, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.accepted import accepts
from policyopts.analysis.checks.facts import Remark
from policyopts.names import did_you_mean, quoted
from policyopts.records.files import CRITERIA
from policyopts.records.rules import READER_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts
    from policyopts.model.decision import Acceptance


def idle_acceptances(facts: Facts) -> Iterator[Remark]:
    """Accept only findings that are there, each with a reason.

    Told of an entry under `accept` whose code is not known or is one of the reader's, which nobody can accept; that
    accepts nothing; or that has no `because`. Where a check does not look, as
    with `--fast` or while the dossier cannot be ranked, no entry is said to accept nothing.

    Why: a suppression that has lost its finding waits to hide the next one, and one without a reason cannot be
    reviewed. Linters for code hold their suppressions to the same rule.

    Passes:

        # criteria.yaml
        decision:
          title: Throwaway bags
        accept:
          - {code: OPT101, because: The council has ruled out leaving things as they are.}

    Fails:

        # criteria.yaml
        decision:
          baseline: do-nothing
        accept:
          - {code: OPT101, because: The council has ruled out leaving things as they are.}
    """
    for place, acceptance in enumerate(facts.dossier.criteria_file.accept):
        message, hint = _trouble(facts, acceptance)
        if message:
            yield Remark(CRITERIA, ("accept", place), message, hint)


def _trouble(facts: Facts, acceptance: Acceptance) -> tuple[str, str]:
    """Say what is wrong with an acceptance, and how to mend it; empty texts where nothing is."""
    code = acceptance.code
    if code in READER_RULES:
        return f"{code} stops every command and cannot be accepted", "mend what it speaks of, and take this entry out"
    if code not in facts.codes:
        return f"unknown code {quoted(code)}", did_you_mean(code, facts.codes)
    looked = facts.ranked is not None and code not in facts.left_out
    if looked and not any(accepts(acceptance, problem) for problem in facts.found):
        at = f" at {quoted(acceptance.at)}" if acceptance.at is not None else ""
        return f"there is no {code}{at} to accept", "take this entry out"
    if acceptance.because is None:
        return f"{code} is accepted without a reason", "because: why it does not matter here"
    return "", ""
