"""Checks of how far the first place hangs on the method: other methods beside it, and options that come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark, listed
from policyopts.analysis.method_comparison import may_reverse, methods_that_apply, reversals_of, winners
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.checks.facts import Facts

DISAGREE = 0.25  # of the methods that apply, for a disagreement
MOST_OPTIONS = 200  # above, it would take long
MOST_NAMED = 5  # options in a row
METHOD = ("method",)


def disagreeing_methods(facts: Facts) -> Iterator[Remark]:
    """Do not let the choice of method decide: let no quarter of the methods put others first.

    Judged for up to 200 options by every method that can take the figures, under the dossier's own parameters. A
    method disagrees where nothing that it puts first is first by the dossier's own. Not asked are methods that want
    thresholds where no criterion states any, and methods that compare criteria in their bare units, as ELECTRE I does
    without a normalisation; the dossier's own always counts.

    Why: methods differ in what they let a good showing make up for, and there is no right one for all cases. Where
    several of them would choose another option, the reader should hear why this method suits the question, and what
    the others see that it does not.

    Passes:

        # options/levy.yaml
        performance:
          effect: {low: 55, value: 65, high: 75}

    Fails:

        # options/levy.yaml
        performance:
          effect: {low: 40, value: 50, high: 60}
    """
    ranked = facts.ranked
    if ranked is None or not 1 < len(ranked.options) <= MOST_OPTIONS:
        return
    own = winners(ranked.ranking)
    rankings = methods_that_apply(ranked)
    others: dict[tuple[str, ...], list[str]] = {}
    for ranking in rankings:
        first = winners(ranking)
        if not set(own) & set(first):
            others.setdefault(first, []).append(ranking.method)
    disagree = sum(map(len, others.values()))
    if disagree < DISAGREE * len(rankings):
        return
    said = [
        f"{len(methods)} {_named(first)} ({', '.join(methods)})"
        for first, methods in sorted(others.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    count = f"{len(rankings) - disagree} of {len(rankings)} methods"
    message = f"methods disagree on the first place: {count} put {_named(own)} first, {listed(said)}"
    yield Remark(CRITERIA, METHOD, message, "policyopts compare shows them side by side", "value")


def rank_reversals(facts: Facts) -> Iterator[Remark]:
    """Let no option that does not come first decide which of the others does.

    Each option that does not come first is left out in turn, and the others are ranked anew by the dossier's method,
    for up to 200 options. A weighted sum on scales judges each option by itself, so there is nothing to try; `--fast`
    leaves it out.

    Why: whether an option nobody would choose is on the list should not matter to the choice. Where it does, the
    first place can be had by adding or dropping a candidate (Belton & Gear 1983).

    Passes:

        # criteria.yaml
        method: topsis

    Fails:

        # criteria.yaml
        method: copeland
    """
    ranked = facts.ranked
    if ranked is None or not 2 < len(ranked.options) <= MOST_OPTIONS or not may_reverse(ranked):
        return
    instead: dict[tuple[str, ...], list[str]] = {}
    for reversal in reversals_of(ranked):
        instead.setdefault(reversal.after, []).append(reversal.bystander)
    if instead:
        said = [f"{_named(first)} without {_named(gone, 'or')}" for first, gone in instead.items()]
        method, own = ranked.ranking.method, _named(winners(ranked.ranking))
        message = f"rank reversal by {method}: first is {own}, but {listed(said)}"
        hint = "a weighted sum on scales judges each option by itself; policyopts compare tries every method"
        yield Remark(CRITERIA, METHOD, message, hint, "value")


def _named(options: Sequence[str], last: str = "and") -> str:
    """Name options; of many the first."""
    names = [f"'{option}'" for option in options]
    if len(names) > MOST_NAMED:
        names[MOST_NAMED - 1 :] = [f"{len(names) - MOST_NAMED + 1} others"]
    return listed(names, last)
