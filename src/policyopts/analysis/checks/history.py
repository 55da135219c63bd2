"""The check of how the weights came about: not from what they make of the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark, listed
from policyopts.analysis.method_comparison import winners, winners_under
from policyopts.findings import PolicyOptsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts

MOST_OPTIONS = 10_000  # above, it would take long to read them once more
MOST_TOLD = 2  # weights


def weights_that_flipped_the_winner(facts: Facts) -> Iterator[Remark]:
    """Settle the weights before the scores: let no later change of weights alone put another option first.

    Told where the dossier is under git, and its history has weights that stood beside all the scores and would
    rank another option first, with the scores and all else as they are now. The last 50 changes of `criteria.yaml` on
    this branch are looked at, and files that are not committed yet; the latest such weights are named. Shares of the
    whole count, so the same weights in other numbers are no change. Where the folder, an option or a criterion got
    another name, what was before is not looked at. `--fast` leaves it out.

    Why: whoever sees the scores can see which weights bring out which option. GAO asks for the phases of an analysis
    of alternatives in order, weights before scores, so that no preference steers them; a change that came later needs
    a reason that stands without its result.

    Passes:

        Weights that were committed before the scores, or later changes of them that leave the first place as it was.

    Fails:

        The ban came first, with all scores in place, until a commit raised the weight of its cost.
    """
    ranked = facts.ranked
    if ranked is None or not 1 < len(ranked.options) <= MOST_OPTIONS:
        return
    from policyopts.analysis.earlier_weights import earlier_weights, moved_weights  # noqa: PLC0415 - asks git

    problem, ranking = ranked.problem, ranked.ranking
    own = winners(ranking)
    try:
        for earlier in earlier_weights(ranked.dossier, problem.shares):
            first = winners_under(problem, ranking, earlier.shares)
            if set(first) & set(own):
                continue
            moved = moved_weights(ranked.dossier, earlier.shares, problem.shares)
            said = [
                f"'{id_}' {'rose' if now > before else 'fell'} from {_tenths(before)} to {_tenths(now)}"
                for id_, before, now in moved[:MOST_TOLD]
            ]
            name, day = earlier.date
            message = (
                f"the weights changed after the scores, and the first place with them: under those of commit {name} "
                f"({day}) {_named(first)} would rank first, and not {_named(own)}; since then {listed(said)}"
            )
            origin = ranked.view.weight_origin(moved[0].id)
            hint = "if there is a reason that is not the result, write it down: weighting.rationale"
            yield Remark(origin.path, origin.key, message, hint, "value")
            return
    except PolicyOptsError:  # no git, no repository, or revisions that are not at hand
        return


def _named(options: tuple[str, ...]) -> str:
    return listed([f"'{option}'" for option in options])


def _tenths(share: float) -> str:
    return f"{100 * share:.1f} %"
