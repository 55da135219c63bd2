"""Checks of how firm the first place is, when weights and performances are not what they are thought to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark, listed
from policyopts.analysis.problem.firmness import nothing_stated_can_change
from policyopts.analysis.robust_ranking import LEANING, Sampling, drawn_again, samples_in_a_moment
from policyopts.analysis.sensitivity import nearest_turns
from policyopts.findings import PolicyOptsError
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts

FIFTH = 0.2  # of a weight
MOST_OPTIONS = 200  # above, it would take long


def near_turning_points(facts: Facts) -> Iterator[Remark]:
    """Know the weights that decide: let no weight, moved by a fifth of itself, put another option first.

    Told for each weight, of a criterion or a group, with the other option and the weight at which it comes first, the
    others keeping their proportions. Only methods whose scores are linear in the weights can tell.

    Why: nobody knows a weight to a fifth. Where so little turns the ranking round, that weight deserves a second look,
    and the decision maker deserves to know (OMB Circular A-4 asks for such tests of what a result hangs on).

    Passes:

        # options/levy.yaml
        performance:
          effect: {low: 55, value: 65, high: 75}

    Fails:

        # options/levy.yaml
        performance:
          effect: {low: 45, value: 46, high: 75}
    """
    ranked = facts.ranked
    if ranked is None or len(ranked.options) < 2:
        return
    for moved, turn in nearest_turns(ranked):
        if abs(turn.at - moved.weight) <= FIFTH * moved.weight:
            origin = ranked.view.weight_origin(moved.id)
            at = "from" if turn.at >= moved.weight else "down from"
            message = (
                f"'{turn.winner}' comes first where '{moved.id}' weighs {_tenths(turn.at)} of the whole, "
                f"{at} {_tenths(moved.weight)}"
            )
            yield Remark(origin.path, origin.key, message, "policyopts sensitivity says what else would", "value")


def _tenths(share: float) -> str:
    return f"{100 * share:.1f} %"


def too_close_to_call(facts: Facts) -> Iterator[Remark]:
    """Do not call a ranking that chance could turn round: let the first option be first in 60 % of samples.

    Judged as `policyopts robustness` does unless told otherwise, for up to 200 options; by fewer samples where each
    takes long: of many options, the more so where the method holds them in pairs. `--fast` leaves it out.

    Why: figures and weights are estimates. Where others would do, and another option then came first nearly as often,
    the ranking says less than it seems to: say so, look for what would tell the options apart, or choose among them on
    other grounds. The Aqua Book asks that decision makers be told how sure a result is.

    Passes:

        # options/levy.yaml
        performance:
          effect: {low: 55, value: 65, high: 75}

    Fails:

        # options/levy.yaml
        performance:
          effect: unknown
          cost: unknown
          fairness: unknown
    """
    ranked = facts.ranked
    if ranked is None or not 1 < len(ranked.options) <= MOST_OPTIONS:
        return
    try:
        drawn = facts.drawn or drawn_again(ranked, sampling=Sampling(samples=samples_in_a_moment(ranked)))
    except PolicyOptsError:  # figures that the method cannot take may lie on the ranges
        return
    shares = dict(zip(drawn.found.options, drawn.found.first.tolist(), strict=True))
    share = sum(shares[option.id] for option in ranked.winners)
    if share >= LEANING:
        return
    rival = max((option for option in ranked.options if option.rank > 1), key=lambda option: shares[option.id])
    ids = listed([f"'{option.id}'" for option in ranked.winners])
    who = f"{ids} {'ranks' if len(ranked.winners) == 1 else 'rank'} first"
    message = (
        f"too close to call: {who}, but when weights and scores vary in only {_percent(share)} of samples; "
        f"'{rival.id}' does in {_percent(shares[rival.id])}"
    )
    yield Remark(CRITERIA, ("decision", "recommend"), message, "policyopts robustness says what speaks for each")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def firm_whatever(facts: Facts) -> Iterator[Remark]:
    """Ask whether the ranges are wide enough, where nothing on them can change who comes first.

    Told where ranges are stated, and the first option stays ahead of every other whatever weights and scores on their
    ranges are taken, all to its disadvantage at once. Only the weighted sum of values can tell.

    Why: it may just be so, and is then worth saying. But ranges that people give are mostly too narrow: of a
    hundred true values, intervals meant to hold 98 held 57 (Alpert & Raiffa 1982).

    Passes:

        # options/levy.yaml
        performance:
          effect: {low: 55, value: 65, high: 75}

    Fails:

        # options/levy.yaml
        performance:
          effect: {low: 98, value: 99, high: 100}
          cost: {low: 0, value: 1, high: 2}
          fairness: just
    """
    ranked = facts.ranked
    if ranked is None or not 1 < len(ranked.options) <= MOST_OPTIONS or not _has_ranges(facts):
        return
    if nothing_stated_can_change(ranked):
        message = f"nothing on the stated ranges can keep '{ranked.winners[0].id}' from the first place"
        yield Remark(CRITERIA, (), message, "are the ranges as wide as the doubt is?")


def _has_ranges(facts: Facts) -> bool:
    estimates = (estimate for _, estimate in facts.dossier.written_estimates())
    return any(estimate.low < estimate.high for estimate in estimates)
