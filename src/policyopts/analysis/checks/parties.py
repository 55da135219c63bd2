"""Checks of the parties: whoever would choose otherwise is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark, listed
from policyopts.analysis.overlays import rank_under
from policyopts.records.files import PERSPECTIVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts


def unheard_parties(facts: Facts) -> Iterator[Remark]:
    """Let whoever would choose otherwise say why.

    Told of each perspective that puts none of the options that rank first in the first place, and has no dissent text.

    Why: a split that is written down can be weighed; one that is left out comes back after the decision. A memo that
    says who disagrees, in their own words, serves the decision maker better than one that smooths it over.

    Passes:

        # perspectives.yaml
        shops:
          weights: {cost: 500}
          dissent: A levy costs small shops more than it brings.

    Fails:

        # perspectives.yaml
        shops:
          weights: {fairness: 500}
    """
    if facts.ranked is None:
        return
    first = {option.id for option in facts.ranked.winners}
    for outcome in rank_under(facts.dossier, "perspective"):
        words = facts.dossier.perspectives[outcome.id].dissent
        if words or outcome.ranked is None or first & set(outcome.winners):
            continue
        others = listed([f"'{option}'" for option in outcome.winners])
        message = f"'{outcome.id}' would put {others} first, and has no dissent on record"
        yield Remark(PERSPECTIVES, (outcome.id,), message, "add dissent:, in its own words")
