"""The ranking of a dossier, against figures worked out by hand."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import policyopts as po
from policyopts.analysis.dominated import dominated
from policyopts.analysis.method_comparison import compare_methods
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf
from policyopts.findings import DossierError, UsageError
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load
from policyopts.report.method_notes import method_notes
from policyopts.report.ranking import notes, to_json

# Shares: reach 0.6 × 1/4, speed 0.6 × 3/4, cost 0.4. Values: reach x/100, speed (24 − x)/24, cost 0, 0.5 or 1.
ACT = 0.15 * 0.8 + 0.45 * 0.75 + 0.4 * 0.5
WAIT = 0.15 * 0.2 + 0.45 * 0.0 + 0.4 * 1.0
STUDY = 0.15 * 0.4 + 0.45 * 0.5 + 0.4 * 0.5


def scores(dossier: Dossier, what_if: WhatIf | None = None) -> dict[str, float]:
    """Score a dossier's options."""
    return {option.id: option.score for option in rank_dossier(dossier, what_if).options}


def test_scores_follow_from_weights_and_values(small: Dossier) -> None:
    """A score is the sum of share times value over the criteria."""
    assert scores(small) == pytest.approx({"act": ACT, "study": STUDY, "wait": WAIT})


def test_gap_leads_to_the_next_worse_rank(small: Dossier) -> None:
    """Each option's gap is the distance to the next score below; the last has none."""
    rows = rank_dossier(small).options
    assert [row.id for row in rows] == ["act", "study", "wait"]
    assert [row.gap for row in rows] == [pytest.approx(ACT - STUDY), pytest.approx(STUDY - WAIT), None]


def test_tied_options_share_the_better_rank_and_the_gap(small: Dossier) -> None:
    """Two options alike in all share a rank, in order of their ids, and look down to the same next score."""
    alike = WhatIf(performances={("study", "reach"): 80.0, ("study", "speed"): 6.0})
    rows = rank_dossier(small, alike).options
    assert [(row.rank, row.id) for row in rows] == [(1, "act"), (1, "study"), (3, "wait")]
    assert rows[0].gap == rows[1].gap == pytest.approx(ACT - WAIT)


def test_a_weight_asked_for_is_a_share_of_the_whole(small: Dossier) -> None:
    """A criterion's weight can be set; all others keep their proportions."""
    ranked = rank_dossier(small, WhatIf(shares={"cost": 0.7}))
    assert ranked.problem.shares == pytest.approx({"effect": 0.3, "reach": 0.075, "speed": 0.225, "cost": 0.7})


def test_a_group_can_be_given_a_share(small: Dossier) -> None:
    """A group's share goes to its criteria in their proportions."""
    ranked = rank_dossier(small, WhatIf(shares={"effect": 0.2}))
    assert ranked.problem.shares == pytest.approx({"effect": 0.2, "reach": 0.05, "speed": 0.15, "cost": 0.8})


def test_shares_of_more_than_the_whole_are_refused(small: Dossier) -> None:
    """Shares that add up to more than 1 cannot be had together."""
    with pytest.raises(UsageError):
        rank_dossier(small, WhatIf(shares={"effect": 0.7, "cost": 0.7}))


def test_overlays_replace_a_nodes_own_number(small: Dossier) -> None:
    """A frame's weight counts among the node's siblings; the others keep their numbers."""
    ranked = rank_dossier(small, WhatIf(frame="crisis"))
    assert ranked.problem.shares["effect"] == pytest.approx(160 / 200)
    assert ranked.view.estimate("study", "cost").value == 0


def test_the_later_overlay_wins(small: Dossier) -> None:
    """A perspective is laid over a frame."""
    view = rank_dossier(small, WhatIf(frame="crisis", perspective="treasury")).view
    assert view.estimate("study", "cost").value == 100
    assert view.own_number("effect") == 160
    assert view.own_number("cost") == 240


def test_reasons_and_evidence_stay_under_an_overlay(small: Dossier) -> None:
    """A replaced estimate keeps the reasons and the evidence of the record, and stands in the overlay's file."""
    view = rank_dossier(small, WhatIf(frame="crisis")).view
    record, origin = view.record("study", "cost"), view.origin("study", "cost")
    assert (record.value, record.because, record.evidence) == ("high", "two staff", ("memo",))
    assert origin is not None
    assert origin.path == "frames.yaml"


def test_a_failed_assumption_changes_its_cells(small: Dossier) -> None:
    """A failed assumption's figures are ranked."""
    assert scores(small, WhatIf(failed=("ready",)))["act"] == pytest.approx(ACT - 0.45 * 0.75)


@pytest.mark.parametrize(
    "what_if",
    [
        WhatIf(frame="crises"),
        WhatIf(perspective="tresury"),
        WhatIf(failed=("redy",)),
        WhatIf(only=("acts",)),
        WhatIf(without=("acts",)),
        WhatIf(shares={"costs": 0.5}),
        WhatIf(performances={("acts", "cost"): 5.0}),
        WhatIf(performances={("act", "costs"): 5.0}),
        WhatIf(performances={("act", "cost"): "fare"}),
    ],
)
def test_what_is_not_there_is_named_with_what_may_be_meant(small: Dossier, what_if: WhatIf) -> None:
    """An unknown id or level comes with a suggestion."""
    with pytest.raises(UsageError) as refused:
        rank_dossier(small, what_if)
    assert refused.value.hint.startswith("did you mean '")


def test_a_figure_off_its_scale_is_refused(small: Dossier) -> None:
    """A performance that is asked for keeps to the scale."""
    with pytest.raises(UsageError, match="off the scale"):
        rank_dossier(small, WhatIf(performances={("act", "reach"): 120.0}))


def test_options_can_be_chosen(small: Dossier) -> None:
    """Only what is chosen is ranked; on declared scales the scores stay as they are."""
    assert scores(small, WhatIf(only=("act", "wait"))) == pytest.approx({"act": ACT, "wait": WAIT})
    assert scores(small, WhatIf(without=("act",))) == pytest.approx({"study": STUDY, "wait": WAIT})
    with pytest.raises(UsageError):
        rank_dossier(small, WhatIf(only=("act",), without=("act",)))


def test_an_option_that_breaks_a_limit_is_screened_out(write_small: Callable[..., Path]) -> None:
    """A hard limit is tested on the value: below it an option is not ranked, and the reason is given."""
    criteria = (write_small() / "criteria.yaml").read_text().replace("weight: 1,", "weight: 1, limit: {at_least: 40},")
    ranked = rank_dossier(load(write_small(criteria=criteria)))
    assert [row.id for row in ranked.options] == ["act", "study"]
    assert [(out.id, out.reasons) for out in ranked.problem.screened_out] == [
        ("wait", ("Reach: 20 %, where the limit is at least 40 %",))
    ]


def test_a_range_across_a_limit_is_a_warning(write_small: Callable[..., Path]) -> None:
    """An option whose range crosses a limit that its value keeps is ranked, with a warning."""
    criteria = (write_small() / "criteria.yaml").read_text().replace("weight: 1,", "weight: 1, limit: {at_least: 15},")
    ranked = rank_dossier(load(write_small(criteria=criteria)))
    assert not ranked.problem.screened_out
    assert [(finding.code, finding.path) for finding in ranked.findings] == [("OPT106", "options/wait.yaml")]


def test_nothing_is_ranked_where_every_option_is_screened_out(write_small: Callable[..., Path]) -> None:
    """Limits that no option keeps are told at each option."""
    criteria = (write_small() / "criteria.yaml").read_text().replace("weight: 1,", "weight: 1, limit: {at_least: 90},")
    with pytest.raises(DossierError) as refused:
        rank_dossier(load(write_small(criteria=criteria)))
    assert [finding.path for finding in refused.value.findings] == [
        f"options/{id_}.yaml" for id_ in ("act", "study", "wait")
    ]


@pytest.mark.parametrize(
    ("weighting", "expected"),
    [
        ("{method: equal}", {"effect": 1 / 2, "reach": 1 / 4, "speed": 1 / 4, "cost": 1 / 2}),
        (
            "{method: swing, points: {root: {effect: 100, cost: 25}, effect: {reach: 30, speed: 90}}}",
            {"effect": 0.8, "reach": 0.2, "speed": 0.6, "cost": 0.2},
        ),
        (
            "{method: rank-sum, order: {root: [cost, effect], effect: [[reach, speed]]}}",
            {"effect": 1 / 3, "reach": 1 / 6, "speed": 1 / 6, "cost": 2 / 3},
        ),
        (
            "{method: rank-order-centroid, order: {root: [cost, effect], effect: [reach, speed]}}",
            {"effect": 1 / 4, "reach": 3 / 16, "speed": 1 / 16, "cost": 3 / 4},
        ),
        (
            "{method: rank-reciprocal, order: {root: [cost, effect], effect: [reach, speed]}}",
            {"effect": 1 / 3, "reach": 2 / 9, "speed": 1 / 9, "cost": 2 / 3},
        ),
    ],
)
def test_weights_can_follow_from_judgements(
    write_small: Callable[..., Path], weighting: str, expected: dict[str, float]
) -> None:
    """Where no weights are stated, they follow from the weighting's method and its judgements, group by group."""
    criteria = (write_small() / "criteria.yaml").read_text()
    for stated in ("    weight: 60\n", "weight: 1, ", "weight: 3, ", "weight: 40, "):
        criteria = criteria.replace(stated, "")
    ranked = rank_dossier(load(write_small(criteria=f"weighting: {weighting}\n{criteria}")))
    assert ranked.problem.shares == pytest.approx(expected)


def test_a_criterion_without_a_scale_is_read_on_the_options_present(write_small: Callable[..., Path]) -> None:
    """With a direction only, the best option present has value 1 and the worst 0; unknown is the middle."""
    criteria = (write_small() / "criteria.yaml").read_text()
    criteria = criteria.replace('scale: {worst: 0, best: 100, unit: "%"}', "direction: max")
    ranked = rank_dossier(load(write_small(criteria=criteria)))
    column = ranked.ranking.criteria.index("reach")
    values = dict(zip(ranked.ranking.options, ranked.ranking.matrix.scaled[:, column].tolist(), strict=True))
    assert values == pytest.approx({"act": 1.0, "wait": 0.0, "study": 1 / 3})


def test_a_criterion_on_which_all_are_alike_warns(small: Dossier) -> None:
    """Options alike on a criterion are ranked, and told of."""
    alike = WhatIf(only=("act", "study"))
    assert [finding.code for finding in rank_dossier(small, alike).findings] == ["CRI204"]


def test_an_unknown_method_in_the_dossier_is_told_at_its_line(write_small: Callable[..., Path]) -> None:
    """The dossier's own method and parameters are checked before anything is ranked."""
    text = (write_small() / "criteria.yaml").read_text()
    settings = "method: weighted-sun\nmethods: {weighted-sum: {normalisation: mux}}\n"
    with pytest.raises(DossierError) as refused:
        po.rank(load(write_small(criteria=settings + text)))
    assert [(finding.line, finding.column, finding.code) for finding in refused.value.findings] == [
        (1, 9, "REF221"),
        (2, 41, "VAL212"),
    ]


def test_rank_takes_a_dossier_or_a_matrix(small: Dossier) -> None:
    """`po.rank` ranks either, with the same engine."""
    of_dossier = po.rank(small)
    of_matrix = po.rank(of_dossier.matrix)
    assert of_dossier.ranks.tolist() == of_matrix.ranks.tolist() == [1, 2, 3]
    assert po.rank(small, normalisation="min-max").parameters == {"normalisation": "min-max"}


def test_thresholds_matter_only_to_methods_that_ask_for_them(write_small: Callable[..., Path]) -> None:
    """Thresholds that contradict each other at some performance stop an outranking method, and no other."""
    criteria = (write_small() / "criteria.yaml").read_text()
    thresholds = "thresholds: {indifference: 5, preference: {relative: 0.1}}, scale: {worst: 0, best: 100"
    dossier = load(write_small(criteria=criteria.replace("scale: {worst: 0, best: 100", thresholds)))
    assert scores(dossier) == pytest.approx({"act": ACT, "study": STUDY, "wait": WAIT})
    with pytest.raises(DossierError) as caught:
        rank_dossier(dossier, method="promethee")
    (finding,) = caught.value.findings
    assert (finding.code, finding.path) == ("VAL216", "criteria.yaml")
    assert "is below indifference 5" in finding.message
    assert "preference: {relative: 0.1}" in dossier.texts["criteria.yaml"].splitlines()[finding.line - 1]
    assert any("is below indifference 5" in refusal.reason for refusal in compare_methods(dossier).refusals)


def test_a_row_of_numbers_has_one_for_each_criterion(write_small: Callable[..., Path]) -> None:
    """A row that is too short is told at its line in the dossier, and with the criteria's order."""
    criteria = (write_small() / "criteria.yaml").read_text()
    dossier = load(write_small(criteria=f"methods: {{spotis: {{expected_solution: [1, 2]}}}}\n{criteria}"))
    with pytest.raises(DossierError) as caught:
        rank_dossier(dossier)
    (finding,) = caught.value.findings
    assert (finding.line, finding.code) == (1, "VAL212")
    assert finding.hint == "in this order: reach, speed, cost"
    with pytest.raises(UsageError, match="a row of 1, where there are 3 criteria"):
        rank_dossier(load(write_small()), method="spotis", parameters={"expected-solution": (50.0,)})


def test_an_option_with_an_unknown_figure_is_dominated_by_none(write_small: Callable[..., Path]) -> None:
    """What is not known may be the best: no dominance is claimed over it."""
    folder = write_small()
    worse = "performance: {reach: 70, speed: 12, cost: fair}\n"
    (folder / "options/worse.yaml").write_text(worse, encoding="utf-8")
    assert dominated(rank_dossier(load(folder))) == {"study": "act", "worse": "act"}
    (folder / "options/worse.yaml").write_text(worse.replace("70", "unknown"), encoding="utf-8")
    assert dominated(rank_dossier(load(folder))) == {"study": "act"}


@pytest.mark.parametrize(("method", "name"), [("edas", "average"), ("mabac", "border")])
def test_what_a_method_says_of_criteria_is_written_by_their_ids(small: Dossier, method: str, name: str) -> None:
    """A document's row of numbers, one for each criterion, says which is whose."""
    ranked = rank_dossier(small, method=method)
    details = json.loads(to_json(ranked))["details"][name]
    assert list(details) == ["reach", "speed", "cost"]
    assert list(details.values()) == pytest.approx(np.asarray(ranked.ranking.document[name]))


def test_unknown_figures_are_named(write_small: Callable[..., Path]) -> None:
    """A ranking that rests on the middle of a scale says so, in every form that has sentences."""
    folder = write_small()
    assert not any(sentence.startswith("Unknown") for sentence in notes(rank_dossier(load(folder))))
    (folder / "options/act.yaml").write_text(
        "performance: {reach: unknown, speed: unknown, cost: low}\n", encoding="utf-8"
    )
    ranked = rank_dossier(load(folder))
    assert "Unknown, and counted in the middle of the range: act on Reach and act on Speed." in notes(ranked)
    assert ranked.options[0].id == "act"
    known = rank_dossier(load(folder), WhatIf(performances={("act", "reach"): 80.0}))
    assert "Unknown, and counted in the middle of the range: act on Speed." in notes(known)


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("vikor", "act is the compromise: it leads by enough (C1), and is first by S or by R too (C2)."),
        ("electre-1", "Kernel: act and wait."),
        (
            "promethee",
            "No criterion has thresholds: every lead counts in full, however small (preference function usual).",
        ),
    ],
)
def test_what_a_method_says_of_all_options_is_said_in_words(small: Dossier, method: str, said: str) -> None:
    """The compromise, the kernel, and thresholds that are not there stand below the table."""
    ranked = rank_dossier(small, method=method)
    assert said in notes(ranked)
    assert not set(method_notes(rank_dossier(small)))
    assert not set(method_notes(rank_dossier(small, WhatIf(only=("act",)), method=method)))


def test_a_compromise_of_several_says_why(small: Dossier) -> None:
    """Where the first option does not lead by enough, those who come close are named."""
    close = rank_dossier(
        small, WhatIf(performances={("study", "reach"): 80.0, ("study", "speed"): 7.0}), method="vikor"
    )
    (said,) = method_notes(close)
    assert said.startswith("Compromise set: act and study")
    assert "the first does not lead by enough (C1)" in said


@pytest.mark.parametrize("other", [[[1, 2]], "criteria.yaml", None, 3])
def test_what_is_neither_a_dossier_nor_a_matrix_is_refused(other: object) -> None:
    """It says what it takes, as an error of the program's own."""
    with pytest.raises(po.PolicyOptsError, match="a dossier or a decision matrix is needed"):
        po.rank(other)  # type: ignore[arg-type] # what a caller may get wrong


def test_a_method_is_named_by_a_word(small: Dossier) -> None:
    """Another thing than a name is refused, of a matrix as of a dossier."""
    for what in (small, po.rank(small).matrix):
        with pytest.raises(po.PolicyOptsError):
            po.rank(what, 3)  # type: ignore[arg-type] # what a caller may get wrong
