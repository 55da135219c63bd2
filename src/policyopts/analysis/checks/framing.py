"""Checks of the frame: what is asked, who decides, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark, listed
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts


def missing_frame(facts: Facts) -> Iterator[Remark]:
    """Say what is asked, who decides, and by when.

    Why: criteria and options can only be judged against the decision that they serve. It is the first point of the
    ISPOR checklist for multi-criteria decision analysis.

    Passes:

        # criteria.yaml
        decision:
          question: How should the city cut the use of throwaway bags?
          decision_maker: The city council
          decide_by: 2026-03-01

    Fails:

        # criteria.yaml
        decision:
          title: Throwaway bags
    """
    decision = facts.dossier.decision
    missing = [key for key in ("question", "decision_maker", "decide_by") if getattr(decision, key) is None]
    if missing:
        yield Remark(CRITERIA, ("decision",), f"the decision lacks its {listed(missing)}")
