"""What a briefing is made from: comparisons, overlays, grades, and the recommendation."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

import policyopts as po
from policyopts.analysis.briefing_facts import gather
from policyopts.analysis.comparison import compare_options
from policyopts.analysis.grades import weakest, weakness
from policyopts.analysis.overlays import rank_under_each
from policyopts.analysis.ranked import RankedDossier, rank_dossier
from policyopts.analysis.view import WhatIf

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ranked() -> RankedDossier:
    """Rank the shipped dossier once."""
    return rank_dossier(po.load(ROOT))


def test_gains_and_losses_add_up_to_the_difference_of_scores(ranked: RankedDossier) -> None:
    """For every two options the gains and losses add up to what lies between their scores, the largest first."""
    for one, other in permutations(ranked.dossier.options, 2):
        found = compare_options(ranked, one, other)
        amounts = [difference.amount for difference in (*found.gains, *found.losses)]
        assert found.apart == pytest.approx(ranked.option(one).score - ranked.option(other).score)
        assert sum(amounts) == pytest.approx(found.apart)
        for side in (found.gains, found.losses):
            sizes = [abs(difference.amount) for difference in side]
            assert sizes == sorted(sizes, reverse=True)


def test_without_contributions_differences_are_ordered_by_weighted_value(ranked: RankedDossier) -> None:
    """Under a method that is not additive the same criteria gain and lose, ordered by weight times value."""
    bare = ranked._replace(options=tuple(option._replace(contributions=None) for option in ranked.options))
    found = compare_options(bare, "regional-deal", "syria-strikes")
    additive = compare_options(ranked, "regional-deal", "syria-strikes")
    assert not found.additive
    assert [gain.criterion for gain in found.gains] == [gain.criterion for gain in additive.gains]
    assert [loss.criterion for loss in found.losses] == [loss.criterion for loss in additive.losses]


def test_each_overlay_is_laid_over_the_dossier_alone(ranked: RankedDossier) -> None:
    """Each frame, perspective and failed assumption gives the ranking that asking for it alone gives."""
    dossier = ranked.dossier
    asked = [
        *(WhatIf(frame=id_) for id_ in dossier.frames),
        *(WhatIf(perspective=id_) for id_ in dossier.perspectives),
        *(WhatIf(failed=(id_,)) for id_ in dossier.assumptions),
    ]
    for outcome, what_if in zip(rank_under_each(dossier), asked, strict=True):
        alone = rank_dossier(dossier, what_if)
        assert [outcome.score(option.id) for option in alone.options] == [option.score for option in alone.options]
        assert [outcome.rank(option.id) for option in alone.options] == [option.rank for option in alone.options]
        assert outcome.winners == tuple(option.id for option in alone.winners)


def test_grades_have_an_order_in_which_the_weaker_half_counts_first() -> None:
    """A grade is as weak as its weaker half; what cannot be judged stands before the doubtful, no grade last."""
    assert sorted([None, "D1", "F6", "C3", "B3", "C1", "A1"], key=weakness) == [
        "A1", "C1", "B3", "C3", "F6", "D1", None,
    ]  # fmt: skip


def test_a_figure_is_as_good_as_its_weakest_item(ranked: RankedDossier) -> None:
    """The weakest of some items gives the grade; of no items there is none."""
    evidence = ranked.dossier.evidence
    assert weakest(evidence, ["three-attacks", "deal-leverage", "truce-2015"]) == "C3"
    assert weakest(evidence, []) is None


def test_what_the_lead_rests_on_are_gains_weakest_evidence_first(ranked: RankedDossier) -> None:
    """The load-bearing figures are gains over the runner-up, in the order of their weakest evidence."""
    facts = gather(ranked.dossier)
    assert facts.against_rival is not None
    gained = {gain.criterion for gain in facts.against_rival.gains}
    assert {working.id for working in facts.load_bearing} <= gained
    weaknesses = [weakness(facts.grade(working)) for working in facts.load_bearing]
    assert weaknesses == sorted(weaknesses, reverse=True)


def test_chances_are_the_criteria_called_chances(ranked: RankedDossier) -> None:
    """In the shipped dossier the four criteria whose definitions speak of a chance are chances."""
    assert gather(ranked.dossier).chances == {"deterrence", "escalation", "presence", "feasibility"}
