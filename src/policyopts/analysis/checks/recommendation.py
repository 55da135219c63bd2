"""Checks of what is recommended: that the ranking bears it out, and that somebody comes back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark, listed
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts


def unexplained_override(facts: Facts) -> Iterator[Remark]:
    """Recommend what ranks first, or say why not in `override_reason`.

    An option that shares the first rank ranks first.

    Why: a ranking advises and does not decide. The Green Book does not choose mechanically either; but the reason for
    going another way belongs into the record.

    Passes:

        # criteria.yaml
        decision:
          recommend: ban
          override_reason: The ban can be had this year, and a levy needs a change of the law.

    Fails:

        # criteria.yaml
        decision:
          recommend: ban
    """
    decision = facts.dossier.decision
    if facts.ranked is None or decision.recommend is None or decision.override_reason is not None:
        return
    winners = [winner.id for winner in facts.ranked.winners]
    if decision.recommend not in winners:
        screened_out = {option.id for option in facts.ranked.problem.screened_out}
        how = "is screened out" if decision.recommend in screened_out else "does not rank first"
        first = listed([f"'{id_}'" for id_ in winners])
        message = f"'{decision.recommend}' is recommended and {how}; first is {first}"
        hint = "if that is meant, say why in override_reason"
        yield Remark(CRITERIA, ("decision", "recommend"), message, hint, "value")


def missing_follow_up(facts: Facts) -> Iterator[Remark]:
    """Say what happens next, by what it will be judged, and when it is looked at again.

    Asked of the option recommended or, where none is, of those that rank first: `next_steps` and `indicators`; and of
    the decision: `review_date`.

    Why: a decision under uncertainty is a plan to learn more. Assumption-based planning ends with signposts and a
    date, and not with a choice.

    Passes:

        # criteria.yaml
        decision:
          recommend: levy
          review_date: 2027-03-01
        # options/levy.yaml
        next_steps: [Draft the by-law.]
        indicators: [Bags handed out a month.]

    Fails:

        # criteria.yaml
        decision:
          recommend: levy
    """
    decision = facts.dossier.decision
    if decision.review_date is None:
        yield Remark(CRITERIA, ("decision", "review_date"), "the decision has no review_date")
    winners = [winner.id for winner in facts.ranked.winners] if facts.ranked else []
    for id_ in winners if decision.recommend is None else [decision.recommend]:
        record, origin = facts.dossier.options[id_], facts.dossier.option_origins[id_]
        missing = [key for key in ("next_steps", "indicators") if not getattr(record, key)]
        if missing:
            what = "ranks first" if decision.recommend is None else "is recommended"
            yield Remark(origin.path, origin.key, f"'{id_}' {what} and has no {' or '.join(missing)}")
