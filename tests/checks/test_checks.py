"""What each check finds, and what it leaves alone."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import policyopts as po
from policyopts.analysis.checks.options import ALIKE, _near
from policyopts.cli.source import example_folder

Changes = Mapping[str, str | None]
Findings = Callable[[Changes], list[po.Finding]]
Codes = Callable[[Changes], list[str]]
Write = Callable[[Changes], Path]


def performance(effect: str, cost: str, fairness: str) -> str:
    """Write an option of three scores."""
    return f"performance: {{effect: {effect}, cost: {cost}, fairness: {fairness}}}\n"


def messages(findings: list[po.Finding], code: str) -> list[str]:
    """Give what is said under a code, with the place."""
    return [f"{finding.path}: {finding.message}" for finding in findings if finding.code == code]


def test_good_dossier_has_no_findings(codes: Codes) -> None:
    """A dossier that has all that a sound analysis needs brings no findings."""
    assert codes({}) == []


def test_shipped_dossier_has_no_findings() -> None:
    """The shipped dossier brings no findings but the one that it accepts."""
    dossier = po.load(example_folder())
    assert po.check(dossier) == ()
    assert [entry.code for entry in dossier.criteria_file.accept] == ["EVD504"]


def test_findings_name_the_place_to_mend(findings: Findings) -> None:
    """A finding stands at the key that it speaks of, or where the key would stand."""
    found = findings({"criteria.yaml": "decision: {title: Bags}"})
    assert [(finding.code, finding.path, finding.line) for finding in found] == [
        ("FRM001", "criteria.yaml", 1),
        ("OPT101", "criteria.yaml", 1),
        ("REP803", "criteria.yaml", 1),
    ]


# Options


def test_baseline_and_screened_out_options_are_not_real(findings: Findings) -> None:
    """The baseline and options that a limit screens out do not count as real options."""
    limited = "criteria: {cost: {scale: {worst: 50, best: 0}, limit: {at_most: 15}, weight: 30}}"
    found = findings({"criteria.yaml": limited, "options/ban.yaml": "screening_note: Too dear."})
    assert messages(found, "OPT102") == ["criteria.yaml: 2 real options; expected at least three beside the baseline"]


def test_three_options_beside_the_baseline_are_enough(codes: Codes) -> None:
    """Three options beside the baseline are enough, four without a baseline too."""
    assert "OPT102" not in codes({})
    assert "OPT102" not in codes({"criteria.yaml": "decision: {title: Bags}"})
    assert "OPT102" in codes({"options/campaign.yaml": None})


def test_options_just_5_percent_apart_differ(codes: Codes) -> None:
    """Options 5 % of the scale apart on one criterion are not nearly the same, whatever the rounding."""
    near = {"options/levy.yaml": performance("45", "5", "uneven")}
    assert "OPT103" not in codes({**near, "options/campaign.yaml": performance("40", "5", "uneven")})
    assert "OPT103" in codes({**near, "options/campaign.yaml": performance("40.1", "5", "uneven")})


def test_each_near_duplicate_is_told_of_once(findings: Findings) -> None:
    """Of many options that are alike, each but the first is told of once; the second thousand is counted."""
    table = "id,effect,cost,fairness\n" + "".join(f"copy-{number:04},50,20,even\n" for number in range(2000))
    said = messages(findings({"options.csv": table}), "OPT103")
    assert said[999] == "options.csv: 'copy-1000' is nearly the same as 'copy-0000' on every criterion"
    assert said[1000:] == ["options.csv: 999 more like these in options.csv"]


@given(
    arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.sampled_from([0, 0.03, 0.5, 1]))
)
def test_near_duplicates_are_those_of_all_pairs(values: np.ndarray) -> None:
    """Looking only within reach on one criterion misses no pair."""
    found = {}
    for later in range(len(values)):
        near = [earlier for earlier in range(later) if (np.abs(values[later] - values[earlier]) < ALIKE).all()]
        if near:
            found[later] = near[0]
    assert dict(_near(values)) == found


def test_dominated_option_is_told_with_its_dominator(findings: Findings) -> None:
    """A dominated option is told of at its file, with the option that dominates it."""
    found = findings({"options/campaign.yaml": performance("{low: 20, value: 30, high: 40}", "30", "uneven")})
    assert messages(found, "OPT104") == [
        "options/campaign.yaml: 'campaign' is dominated by 'levy', which is at least as good on every criterion"
    ]


def test_dominated_baseline_is_left_alone(codes: Codes) -> None:
    """A baseline that is dominated stays, and nothing is said of it."""
    worse = {"options/do-nothing.yaml": performance("5", "30", "unfair")}
    assert "OPT104" not in codes(worse)
    assert "OPT104" in codes({**worse, "criteria.yaml": "decision: {title: Bags}"})


def test_screened_out_option_is_told_with_the_limit(findings: Findings) -> None:
    """An option screened out without a note is an error that says which limit it breaks."""
    limited = "criteria: {cost: {scale: {worst: 50, best: 0, unit: EUR m}, limit: {at_most: 15}, weight: 30}}"
    found = [finding for finding in findings({"criteria.yaml": limited}) if finding.code == "OPT105"]
    assert [finding.severity.value for finding in found] == ["error"]
    assert found[0].message == (
        "'ban' breaks a hard limit and has no screening_note (cost: 20 EUR m, where the limit is at most 15 EUR m)"
    )


def test_nothing_left_to_rank_is_an_error_of_each_option(findings: Findings) -> None:
    """Where limits screen out every option each is an error, accepted or not, and other checks still look."""
    limited = """
        accept: [{code: OPT105, because: No matter.}]
        criteria: {cost: {scale: {worst: 50, best: -10}, limit: {at_most: -5}, weight: 30}}
    """
    found = findings({"criteria.yaml": limited, "options/ban.yaml": "screening_note: Too dear."})
    assert len(messages(found, "OPT105")) == 4
    assert "CRI201" in {finding.code for finding in found}
    assert not messages(found, "MET901")


def test_unknown_performance_is_not_held_against_a_limit(codes: Codes) -> None:
    """An unknown performance on a criterion without a scale breaks no limit."""
    limited = "criteria: {cost: {direction: min, limit: {at_most: 15}, weight: 30}}"
    found = codes({"criteria.yaml": limited, "options/ban.yaml": "performance: {cost: unknown}"})
    assert "OPT105" not in found
    assert "OPT106" not in found


# Criteria


def test_bare_criterion_says_what_it_lacks(findings: Findings) -> None:
    """A criterion without definition, scale or anchors is told of once, with all that is missing."""
    found = findings({"criteria.yaml": "criteria: {cost: {direction: min, weight: 30, anchors: {worst: Dear.}}}"})
    assert messages(found, "CRI201") == ["criteria.yaml: 'cost' lacks a definition, a scale and written anchors"]


@pytest.mark.parametrize(("count", "times"), [(2, 1), (3, 0), (12, 0), (13, 1)])
def test_number_of_criteria(count: int, times: int, tmp_path: Path) -> None:
    """Fewer than 3 criteria are told of, and more than 12."""
    names = [f"c{number}" for number in range(count)]
    tree = "".join(f"  {name}: {{direction: max, weight: {place}}}\n" for place, name in enumerate(names, 1))
    (tmp_path / "criteria.yaml").write_text(f"criteria:\n{tree}")
    (tmp_path / "options.csv").write_text(f"id,{','.join(names)}\na{',1' * count}\nb{',2' * count}\n")
    found = [finding.code for finding in po.check(po.load(tmp_path))]
    assert found.count("CRI202") == times


def two_criteria(first: list[float], second: list[float]) -> dict[str, str]:
    """Write a folder's files for options with scores on two criteria."""
    rows = "".join(f"o{place},{one},{two}\n" for place, (one, two) in enumerate(zip(first, second, strict=True)))
    scale = "scale: {worst: 0, best: 100}"
    return {
        "criteria.yaml": f"criteria: {{first: {{{scale}, weight: 2}}, second: {{{scale}, weight: 1}}}}",
        "options.csv": f"id,first,second\n{rows}",
    }


@pytest.mark.parametrize(
    ("first", "second", "rho"),
    [
        ([5, 75, 60, 30, 45], [10, 90, 70, 40, 50], "1.00"),
        ([5, 75, 60, 30, 45], [90, 10, 40, 70, 50], "-1.00"),
        ([1, 2, 2, 3, 4], [10, 20, 20, 30, 40], "1.00"),
        ([1, 2, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6], "0.99"),
        ([1, 2, 3, 4, 5], [1, 3, 2, 4, 5], None),  # 0.9
        ([1, 2, 3, 4], [1, 2, 3, 4], None),
        ([1, 2, 3, 4, 5], [7, 7, 7, 7, 7], None),
    ],
    ids=["same", "opposite", "ties", "one-tie", "below", "four-options", "constant"],
)
def test_double_counting(first: list[float], second: list[float], rho: str | None, tmp_path: Path) -> None:
    """Two criteria that order five options or more in the same or the opposite way are told of, constants never."""
    for path, text in two_criteria(first, second).items():
        (tmp_path / path).write_text(text)
    said = messages(list(po.check(po.load(tmp_path))), "CRI203")
    how = "opposite" if rho == "-1.00" else "same"
    expected = f"criteria.yaml: 'second' puts the options in the {how} order as 'first' (rank correlation {rho})"
    assert said == ([expected] if rho else [])


@pytest.mark.parametrize(("costs", "times"), [((0, 4.9), 1), ((0, 5), 0), ((3, 3), 1)])
def test_idle_criterion_is_told_of_once(costs: tuple[float, float], times: int, findings: Findings) -> None:
    """A criterion with less than a tenth of its scale between the options is told of once, a constant one too."""
    low, high = costs
    options = {"do-nothing": low, "ban": high, "levy": low, "campaign": high}
    found = findings({f"options/{id_}.yaml": f"performance: {{cost: {cost}}}" for id_, cost in options.items()})
    assert len(messages(found, "CRI204")) == times


# Weights


def test_weighting_says_what_it_does_not(findings: Findings) -> None:
    """A weighting that is not documented is told of with all that is missing; an unwritten method counts."""
    found = findings({"criteria.yaml": "weighting: {by: The council}"})
    assert messages(found, "WGT302") == ["criteria.yaml: the weighting does not say its method, date and rationale"]


def test_one_criterion_has_nothing_to_weigh(tmp_path: Path) -> None:
    """Of a dossier with one criterion, nothing is said about its weight."""
    (tmp_path / "criteria.yaml").write_text("criteria: {cost: {direction: min, weight: 1}}")
    (tmp_path / "options.csv").write_text("id,cost\na,1\nb,2\n")
    assert not [finding.code for finding in po.check(po.load(tmp_path)) if finding.code.startswith("WGT")]


@pytest.mark.parametrize(
    ("weighting", "said"),
    [
        (
            "method: swing, points: {root: {effect: 100, cost: 60, fairness: 20}}",
            ["'fairness' weighs 20 % of the whole; the swing weighting makes it 11.1 %"],
        ),
        ("method: swing, points: {root: {effect: 100, cost: 60, fairness: 41}}", []),
        ("method: rank-sum, order: {root: [effect, cost, fairness]}", []),
        (
            "method: rank-order-centroid, order: {root: [effect, [cost, fairness]]}",
            ["'effect' weighs 50 % of the whole; the rank-order-centroid weighting makes it 61.1 %"],
        ),
        ("method: equal", ["'effect' weighs 50 % of the whole; the equal weighting makes it 33.3 %"]),
        ("method: direct", []),
    ],
)
def test_weights_agree_with_their_judgements(weighting: str, said: list[str], findings: Findings) -> None:
    """Weights that are written are held against what the judgements beside them give, to a percentage point."""
    order = "rank-sum" in weighting
    weights = {"effect": 50, "cost": 33 if order else 30, "fairness": 17 if order else 20}
    scales = {
        "effect": 'scale: {worst: 0, best: 100, unit: "%"}',
        "cost": "scale: {worst: 50, best: 0}",
        "fairness": "scale: {levels: {unfair: 0, uneven: 25, even: 50, fair: 75, just: 100}}",
    }
    tree = ", ".join(f"{id_}: {{{scale}, weight: {weights[id_]}}}" for id_, scale in scales.items())
    found = findings({"criteria.yaml": f"weighting: {{{weighting}}}\ncriteria: {{{tree}}}"})
    assert messages(found, "WGT303") == [f"criteria.yaml: {text}" for text in said]


def test_weights_from_judgements_alone_agree_with_them(codes: Codes) -> None:
    """Weights that are not written out cannot contradict their judgements."""
    scales = (
        'effect: {scale: {worst: 0, best: 100, unit: "%"}}, cost: {scale: {worst: 50, best: 0}}, '
        "fairness: {scale: {levels: {unfair: 0, uneven: 25, even: 50, fair: 75, just: 100}}}"
    )
    assert "WGT303" not in codes({"criteria.yaml": f"weighting: {{method: equal}}\ncriteria: {{{scales}}}"})


def tree_of(first: float, second: float, third: float, group: float) -> str:
    """Write a tree: one criterion beside a group of two."""
    return f"""
        criteria:
          one: {{direction: max, weight: {first}}}
          group:
            weight: {group}
            criteria:
              two: {{direction: max, weight: {second}}}
              three: {{direction: max, weight: {third}}}
    """


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        (tree_of(1, 1, 1, 2), {"WGT304"}),
        (tree_of(1, 1, 1, 1), {"WGT304"}),
        (tree_of(1, 1, 2, 1), set()),
        (tree_of(51, 1, 2, 49), {"WGT306"}),
        (tree_of(50, 1, 2, 50), set()),
        (tree_of(50, 0, 1, 50), {"WGT306"}),
        (tree_of(50, 4, 96, 50), set()),
        (tree_of(50, 3.9, 96, 50), {"WGT306"}),
    ],
    ids=["equal-leaves", "equal-siblings", "unequal", "over-half", "half", "nothing", "two-percent", "under-two"],
)
def test_equal_and_extreme_weights(tree: str, found: set[str], tmp_path: Path) -> None:
    """Equal weights of criteria or within all groups are told of, and more than half and less than 2 % of the whole."""
    (tmp_path / "criteria.yaml").write_text(tree)
    (tmp_path / "options.csv").write_text("id,one,two,three\na,1,2,3\nb,3,2,1\nc,2,1,3\n")
    codes = {finding.code for finding in po.check(po.load(tmp_path))}
    assert codes & {"WGT304", "WGT306"} == found


# Scores


def test_unknown_scores_need_no_reason(findings: Findings) -> None:
    """Each score without a reason is told of at its place, but not one that is unknown."""
    found = findings({"options/ban.yaml": performance("unknown", "20", "uneven")})
    assert messages(found, "SCR403") == [
        "options/ban.yaml: no reason is given for the score of 'ban' on 'cost'",
        "options/ban.yaml: no reason is given for the score of 'ban' on 'fairness'",
    ]


def test_score_table_is_told_of_once(findings: Findings) -> None:
    """Scores in a table, which has no room for reasons, are told of once."""
    found = findings({"options.csv": "id,effect,cost,fairness\ntake-back,50,20,just\nrefill,40,10,just\n"})
    assert messages(found, "SCR403") == ["options.csv: 2 options' scores in a table, without reasons"]


@pytest.mark.parametrize(
    ("by", "times"), [("{j2: 40, cia: 50}", 0), ("{j2: 40, cia: 40}", 1), ("{j2: unknown}", 1), ("{j2: likely}", 0)]
)
def test_assessors_who_differ_show_doubt(by: str, times: int, tmp_path: Path) -> None:
    """Figures of several that are not the same are a range."""
    (tmp_path / "options").mkdir()
    (tmp_path / "criteria.yaml").write_text('criteria: {effect: {scale: {worst: 0, best: 100, unit: "%"}, weight: 1}}')
    (tmp_path / "options/a.yaml").write_text(f"performance: {{effect: {{by: {by}, because: They were asked.}}}}")
    found = [finding.code for finding in po.check(po.load(tmp_path))]
    assert found.count("SCR405") == times
    assert found.count("SCR403") == 0


@pytest.mark.parametrize(("effect", "times"), [("40", 1), ("unknown", 1), ("unlikely", 0), ("20..40", 0)])
def test_one_range_is_enough_against_false_precision(effect: str, times: int, tmp_path: Path) -> None:
    """A range or a word of likelihood shows doubt, unknown does not."""
    (tmp_path / "criteria.yaml").write_text('criteria: {effect: {scale: {worst: 0, best: 100, unit: "%"}, weight: 1}}')
    (tmp_path / "options.csv").write_text(f"id,effect\na,10\nb,{effect}\n")
    assert [finding.code for finding in po.check(po.load(tmp_path))].count("SCR405") == times


# Evidence


def graded(*grades: str) -> Changes:
    """Write evidence of the grades given, and take out what would cite other items."""
    items = "".join(f"  item-{number}: {{source: survey, grade: {grade}}}\n" for number, grade in enumerate(grades))
    kept = {"bags-fell": "F6", "fees-cover": "F6", "bans-work": "F6"}
    return {"evidence.yaml": f"items:\n{items}" + "".join(f"  {id_}: {{grade: {g}}}\n" for id_, g in kept.items())}


@pytest.mark.parametrize(
    ("grades", "times"),
    [
        (("A1", "B2", "C3", "B2", "B2"), 1),
        (("A1", "B2", "C3", "D4", "E5"), 1),
        (("A1", "B2", "C3", "B2"), 0),
        (("A1", "B2", "C3", "B2", "B2", "B3"), 0),
    ],
)
def test_grades_on_the_diagonal(grades: tuple[str, ...], times: int, codes: Codes) -> None:
    """Five grades that all lie on the diagonal are told of; F6 counts neither for nor against."""
    assert codes(graded(*grades)).count("EVD503") == times


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        ("[bags-fell]", "'levy' ranks first on one source, 'survey'"),
        ("[bags-fell, bans-work]", "'levy' ranks first on one source, 'survey'"),
        ("[hearsay]", "'levy' ranks first on evidence that names no source"),
        ("[hearsay, bags-fell]", "'levy' ranks first on one source, 'survey'"),
        ("[]", "'levy' ranks first and cites no evidence"),
    ],
)
def test_winner_on_one_source(cited: str, said: str, findings: Findings) -> None:
    """A winner that cites one source, items without a source or nothing at all is told of at its file."""
    effect = f"{{low: 45, value: 60, high: 75, because: The survey, evidence: {cited}}}"
    levy = f"performance: {{effect: {effect}, cost: {{low: 3, value: 5, high: 8, because: Fees.}}}}"
    found = findings({"options/levy.yaml": levy, "evidence.yaml": "items: {hearsay: {claim: Bags fell.}}"})
    assert messages(found, "EVD504") == [f"options/levy.yaml: {said}"]


def test_each_of_tied_winners_is_told_of(findings: Findings) -> None:
    """Of options that share the first rank, each is held to more than one source."""
    best = performance("90", "0", "just")
    found = findings({"options/ban.yaml": best, "options/levy.yaml": best})
    assert [text.split(":")[0] for text in messages(found, "EVD504")] == ["options/ban.yaml", "options/levy.yaml"]


# Assumptions


def test_no_assumptions_are_told_of(findings: Findings) -> None:
    """A dossier without key assumptions is told of."""
    assert messages(findings({"assumptions.yaml": None}), "ASM651") == [
        "criteria.yaml: no key assumption is written down"
    ]


# Robustness

CLOSE = performance("{low: 45, value: 60, high: 75}", "{low: 3, value: 5, high: 8}", "uneven")


def test_a_close_race_is_told_with_the_rival(findings: Findings) -> None:
    """Who ranks first in too few samples is told with the share, and with the option that is first most often else."""
    (said,) = messages(findings({"options/levy.yaml": CLOSE}), "ROB702")
    assert said == (
        "criteria.yaml: too close to call: 'levy' ranks first, but when weights and scores vary "
        "in only 55 % of samples; 'ban' does in 33 %"
    )


def test_options_that_share_the_first_place_are_judged_together(codes: Codes) -> None:
    """Two alike are first half of the time each, and together all of it."""
    levy = performance("90", "0", "fair")
    assert "ROB702" not in codes({"options/levy.yaml": levy, "options/ban.yaml": levy})


def test_figures_on_a_range_that_the_method_cannot_take(findings: Findings) -> None:
    """Where nothing can be drawn, nothing is said of it; the ranking itself stands."""
    criteria = "method: weighted-sum\nmethods: {weighted-sum: {normalisation: max}}"
    options = {
        f"options/{id_}.yaml": performance("{low: 0, value: 5, high: 9}", "{low: 0, value: 5, high: 9}", "even")
        for id_ in ("levy", "ban", "campaign", "do-nothing")
    }
    found = [finding.code for finding in findings({"criteria.yaml": criteria, **options})]
    assert "MET902" not in found
    assert "ROB702" not in found


def test_of_very_many_options_nothing_is_drawn(tmp_path: Path) -> None:
    """Two hundred are drawn, and more are not."""
    criteria = "criteria: {effect: {weight: 1, scale: {worst: 0, best: 100}}}"
    (tmp_path / "criteria.yaml").write_text(criteria, encoding="utf-8")
    for count, times in ((199, 1), (200, 0)):
        rows = "".join(f"o{number},10..90\n" for number in range(count))
        (tmp_path / "options.csv").write_text(f"id,effect\nfirst,11..90\n{rows}", encoding="utf-8")
        found = [finding.code for finding in po.check(po.load(tmp_path))]
        assert found.count("ROB702") == times


def test_a_first_place_that_nothing_stated_can_change(codes: Codes) -> None:
    """It takes ranges, and an option that is ahead at its worst of all others at their best."""
    sure = performance("{low: 98, value: 99, high: 100}", "{low: 0, value: 1, high: 2}", "just")
    assert "ROB705" in codes({"options/levy.yaml": sure})
    for high, times in ((31, 1), (3000, 0)):  # all on the cost, and doing nothing costs nothing
        cost = f"criteria: {{cost: {{weight: {{low: 30, value: 30, high: {high}}}, scale: {{worst: 50, best: 0}}}}}}"
        assert codes({"criteria.yaml": cost, "options/levy.yaml": sure}).count("ROB705") == times
    for method in ("topsis", "weighted-sum\nmethods: {weighted-sum: {normalisation: min-max}}"):
        assert "ROB705" not in codes({"criteria.yaml": f"method: {method}", "options/levy.yaml": sure})
    open_ended = "criteria: {cost: {direction: min, scale: null, weight: 30}}"
    assert "ROB705" not in codes({"criteria.yaml": open_ended, "options/levy.yaml": sure})


# Recommendation


@pytest.mark.parametrize(
    ("decision", "times"),
    [
        ("recommend: levy", 0),
        ("recommend: ban", 1),
        ("recommend: ban, override_reason: It can be had this year.", 0),
        ("title: Bags", 0),
    ],
)
def test_override_needs_a_reason(decision: str, times: int, findings: Findings) -> None:
    """Recommending what does not rank first is an error without a reason for it."""
    said = messages(findings({"criteria.yaml": f"decision: {{{decision}}}"}), "REP801")
    assert said == ["criteria.yaml: 'ban' is recommended and does not rank first; first is 'levy'"] * times


def test_recommending_a_tied_winner_needs_no_reason(codes: Codes) -> None:
    """An option that shares the first rank may be recommended."""
    best = performance("90", "0", "just")
    assert "REP801" not in codes({"options/ban.yaml": best, "options/levy.yaml": best})


def test_recommending_what_is_screened_out_is_told(findings: Findings) -> None:
    """Recommending an option that a limit screens out is an error that says so."""
    limited = """
        decision: {recommend: ban}
        criteria: {cost: {scale: {worst: 50, best: 0}, limit: {at_most: 15}, weight: 30}}
    """
    assert messages(findings({"criteria.yaml": limited}), "REP801") == [
        "criteria.yaml: 'ban' is recommended and is screened out; first is 'levy'"
    ]


def test_follow_up_is_asked_of_the_recommended_option(findings: Findings) -> None:
    """Next steps and indicators are asked of the option recommended, else of the winner."""
    ban = "decision: {recommend: ban, override_reason: Now., review_date: 2027-01-01}"
    assert messages(findings({"criteria.yaml": ban}), "REP803") == [
        "options/ban.yaml: 'ban' is recommended and has no next_steps or indicators"
    ]
    winner = {"criteria.yaml": "decision: {review_date: 2027-01-01}", "options/levy.yaml": "indicators: null"}
    assert messages(findings(winner), "REP803") == ["options/levy.yaml: 'levy' ranks first and has no indicators"]


# Ranking


def test_refused_figures_leave_the_other_checks(findings: Findings) -> None:
    """A method that cannot take the figures is an error, and checks that need no ranking still look."""
    refused = "decision: {title: Bags}\nmethods: {weighted-sum: {normalisation: max}}"
    found = findings({"criteria.yaml": refused})
    assert {finding.code for finding in found} == {"FRM001", "MET902", "OPT101", "REP803"}
    assert messages(found, "MET902")[0].startswith("criteria.yaml: it cannot be ranked: option do-nothing, criterion")


def test_unknown_method_is_told_with_what_else_is_found(codes: Codes) -> None:
    """A method that is not there is told in the reader's words, beside what can be checked without a ranking."""
    found = codes({"criteria.yaml": "decision: {baseline: do-nothing}\nmethod: wheighted-sum"})
    assert found == ["FRM001", "REP803", "REF221"]


def test_weights_that_are_not_those_of_the_data_are_told_as_such(codes: Callable[..., list[str]]) -> None:
    """A record that names entropy and holds other weights documents a weighting that is not in use."""
    said = {"criteria.yaml": "weighting: {method: entropy, by: Us, date: 2026-01-15, rationale: We asked.}\n"}
    assert codes(said) == ["WGT303"]


def test_a_figure_that_decides_may_rest_on_strong_evidence(codes: Callable[..., list[str]]) -> None:
    """A range that can turn the ranking is told where nothing stands behind it, or only weak evidence."""
    levy = "performance:\n  effect: {{low: 20, value: 65, high: 75, because: The survey.{}}}\n"
    assert "EVD502" in codes({"options/levy.yaml": levy.format("")})
    assert "EVD502" not in codes({"options/levy.yaml": levy.format(", evidence: [bags-fell]")})
    weak = {"evidence.yaml": "items: {bags-fell: {claim: Bags fell., source: survey, grade: D2}}\n"}
    assert "EVD502" in codes({"options/levy.yaml": levy.format(", evidence: [bags-fell]"), **weak})


def test_a_party_with_a_dissent_is_heard(codes: Callable[..., list[str]]) -> None:
    """Who would choose otherwise is told of only without a word of theirs; who agrees never is."""
    assert "STK751" in codes({"perspectives.yaml": "shops: {weights: {fairness: 500}}\n"})
    assert "STK751" not in codes({"perspectives.yaml": "shops: {weights: {fairness: 500}, dissent: It is unfair.}\n"})
    assert "STK751" not in codes({"perspectives.yaml": "city: {weights: {cost: 60}}\n"})
