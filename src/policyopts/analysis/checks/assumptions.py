"""Checks of the key assumptions: that there are some, and that somebody can see one fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark
from policyopts.records.files import ASSUMPTIONS, CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts


def unwatched_assumptions(facts: Facts) -> Iterator[Remark]:
    """Write down the key assumptions, each with the signpost that would show it failing.

    Why: every analysis leans on something that it does not doubt. The key assumptions check brings it into the open,
    and a signpost tells the reader when to come back to the decision.

    Passes:

        # assumptions.yaml
        shops-comply:
          claim: Nearly all shops charge the levy.
          if_false: {performance: {levy: {effect: 20}}}
          signpost: More than one inspection in ten finds a shop that does not charge.

    Fails:

        # assumptions.yaml
        shops-comply:
          claim: Nearly all shops charge the levy.
          if_false: {performance: {levy: {effect: 20}}}
    """
    if not facts.dossier.assumptions:
        hint = f"{ASSUMPTIONS}: what the scores rest on, what changes if it fails, and its signpost"
        yield Remark(CRITERIA, (), "no key assumption is written down", hint)
    for id_, assumption in facts.dossier.assumptions.items():
        if assumption.signpost is None:
            hint = "what would be seen first if it failed?"
            yield Remark(ASSUMPTIONS, (id_,), f"the assumption '{id_}' has no signpost", hint)
