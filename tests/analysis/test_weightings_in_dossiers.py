"""Weights of a dossier that follow from judgements, or from the data."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import policyopts as po
from policyopts.analysis.problem.decision import decision_problem
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf, look
from policyopts.model.weighting import FROM_DATA, JUDGEMENT_KEYS
from policyopts.records.loader import load

TREE = """
criteria:
  effect:
    criteria:
      reach: {scale: {worst: 0, best: 100}}
      speed: {scale: {worst: 24, best: 0}}
  cost: {scale: {worst: 100, best: 0}}
  fairness: {scale: {worst: 0, best: 10}}
"""
OPTIONS = "id,reach,speed,cost,fairness\nact,80,6,70,4\nwait,20,24,10,5\nstudy,40,12,30,9\n"
LEAVES = ("reach", "speed", "cost", "fairness")

JUDGED = {
    "swing": "points: {root: {effect: 100, cost: 60, fairness: 40}, effect: {reach: 100, speed: 25}}",
    "rank-sum": "order: {root: [effect, cost, fairness], effect: [reach, speed]}",
    "rank-reciprocal": "order: {root: [effect, [cost, fairness]], effect: [reach, speed]}",
    "rank-order-centroid": "order: {root: [effect, cost, fairness], effect: [[reach, speed]]}",
    "ahp": "judgements: {root: {effect/cost: 2, effect/fairness: 4, cost/fairness: 2}, effect: {reach/speed: 4}}",
    "bwm": (
        "judgements: {root: {best: effect, worst: fairness, best_to_others: {cost: 2, fairness: 4}, "
        "others_to_worst: {cost: 2}}, effect: {best: reach, worst: speed, best_to_others: {speed: 4}, "
        "others_to_worst: {}}}"
    ),
}
SHARES = {
    "swing": [0.4, 0.1, 0.3, 0.2],
    "rank-sum": [1 / 3, 1 / 6, 1 / 3, 1 / 6],
    "rank-reciprocal": [4 / 11, 2 / 11, 5 / 22, 5 / 22],
    "rank-order-centroid": [11 / 36, 11 / 36, 5 / 18, 1 / 9],
    "ahp": [16 / 35, 4 / 35, 2 / 7, 1 / 7],
    "bwm": [16 / 35, 4 / 35, 2 / 7, 1 / 7],
}


def write(folder: Path, weighting: str, tree: str = TREE, options: str = OPTIONS) -> Path:
    """Write a small dossier under a weighting."""
    (folder / "criteria.yaml").write_text(f"weighting: {{{weighting}}}{tree}", encoding="utf-8")
    (folder / "options.csv").write_text(options, encoding="utf-8")
    return folder


def shares(dossier: po.Dossier, asked: WhatIf | None = None) -> list[float]:
    """Give the criteria's shares of the whole, in the file's order."""
    found = decision_problem(look(dossier, asked)).shares
    return [found[id_] for id_ in LEAVES]


def told(dossier: po.Dossier) -> list[str]:
    """Give the findings that stop a ranking: line, column, code and message."""
    with pytest.raises(po.DossierError) as refused:
        po.rank(dossier)
    return [f"{one.line}:{one.column} {one.code} {one.message}" for one in refused.value.findings]


@pytest.mark.parametrize("method", JUDGED)
def test_groups_without_weights_take_them_from_the_judgements(method: str, tmp_path: Path) -> None:
    """Where no weights are stated, each group divides what it has as its judgements say, by every method."""
    assert JUDGED.keys() == JUDGEMENT_KEYS.keys()
    assert shares(load(write(tmp_path, f"method: {method}, {JUDGED[method]}"))) == pytest.approx(SHARES[method])


def test_stated_weights_win_over_judgements(tmp_path: Path) -> None:
    """A group whose members state weights keeps them, whatever its judgements say."""
    stated = TREE.replace("best: 100}}\n", "best: 100}, weight: 1}\n").replace(
        "best: 0}}\n  c", "best: 0}, weight: 3}\n  c"
    )
    dossier = load(write(tmp_path, f"method: ahp, {JUDGED['ahp']}", stated))
    assert shares(dossier) == pytest.approx([1 / 7, 3 / 7, 2 / 7, 1 / 7])


def test_a_member_alone_needs_no_judgement(tmp_path: Path) -> None:
    """A group of one criterion asks for no judgement: the criterion has all that the group has."""
    tree = "\ncriteria: {one: {criteria: {alone: {direction: max}}}, two: {direction: max}}\n"
    dossier = load(
        write(tmp_path, "method: ahp, judgements: {root: {one/two: 3}}", tree, "id,alone,two\na,1,2\nb,2,1\n")
    )
    assert decision_problem(look(dossier)).shares == pytest.approx({"one": 0.75, "alone": 0.75, "two": 0.25})


def test_numbers_of_overlays_stand_beside_points_out_of_100(tmp_path: Path) -> None:
    """A frame's weight counts against the judgements' weights as points out of 100 of the group."""
    write(tmp_path, f"method: ahp, {JUDGED['ahp']}")
    (tmp_path / "frames.yaml").write_text(f"dear: {{weights: {{cost: {500 / 7}}}}}", encoding="utf-8")
    assert shares(load(tmp_path), WhatIf(frame="dear"))[2] == pytest.approx(0.5)


def test_judgements_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    """A pair given both ways, and not as reciprocals, is refused at its group's judgements."""
    judged = "root: {effect/cost: 2, cost/effect: 2, effect/fairness: 3}, effect: {reach/speed: 3}"
    assert told(load(write(tmp_path, f"method: ahp, judgements: {{{judged}}}"))) == [
        "1:39 VAL216 the judgements effect/cost: 2 and cost/effect: 2 contradict each other; give one of them"
    ]


def test_judgements_that_leave_criteria_apart_are_refused(tmp_path: Path) -> None:
    """Judgements that do not connect all criteria of a group are refused, with a pair that is missing."""
    four = "\ncriteria: {a: {direction: max}, b: {direction: max}, c: {direction: max}, d: {direction: max}}\n"
    dossier = load(
        write(tmp_path, "method: ahp, judgements: {root: {a/b: 2, c/d: 2}}", four, "id,a,b,c,d\nx,1,2,3,4\n")
    )
    assert told(dossier) == ["1:39 VAL216 no judgement connects 'a', 'b' with 'c', 'd'"]


def test_mistaken_best_worst_judgements_of_all_groups_are_told(tmp_path: Path) -> None:
    """What is wrong with the judgements of several groups is told of all of them at once."""
    judged = (
        "judgements: {root: {best: effect, worst: fairness, "
        "best_to_others: {fairness: 4}, others_to_worst: {cost: 2}}, "
        "effect: {best: reach, worst: reach, best_to_others: {speed: 2}, others_to_worst: {}}}"
    )
    assert told(load(write(tmp_path, f"method: bwm, {judged}"))) == [
        "1:39 VAL216 best_to_others: nothing is given for 'cost'",
        "1:137 VAL216 best and worst are both 'reach'; they are the same only where there is one criterion",
    ]


@pytest.mark.parametrize(
    ("method", "kept", "said"),
    [
        ("ahp", "bwm", "the judgements of 'root' are not those of ahp; expected pairs, such as cost/effect: 3"),
        ("bwm", "ahp", "the judgements of 'root' are not those of bwm; expected best, worst and two rows of ratios"),
    ],
)
def test_judgements_of_another_method_are_no_weights(method: str, kept: str, said: str, tmp_path: Path) -> None:
    """Judgements in the form of another method are refused where weights would have to come from them."""
    with pytest.raises(po.DossierError) as refused:
        load(write(tmp_path, f"method: {method}, {JUDGED[kept]}"))
    assert refused.value.findings[0].message == said
    assert [finding.code for finding in refused.value.findings] == ["VAL216", "VAL216"]


@pytest.mark.parametrize("method", ["ahp", "bwm"])
def test_judgements_that_are_missing_are_told(method: str, tmp_path: Path) -> None:
    """A group without weights and without judgements is told of."""
    with pytest.raises(po.DossierError) as refused:
        load(write(tmp_path, f"method: {method}"))
    said = [finding.message for finding in refused.value.findings]
    assert said == [
        f"no weights in '{group}', and no 'judgements' of 'weighting' to get them from" for group in ("root", "effect")
    ]


@pytest.mark.parametrize("method", sorted(FROM_DATA))
def test_data_weigh_all_criteria_at_once(method: str, tmp_path: Path) -> None:
    """By a method that looks at the data, each criterion has the share that the whole matrix gives it."""
    dossier = load(write(tmp_path, f"method: {method}"))
    matrix = decision_problem(look(dossier)).matrix
    assert shares(dossier) == pytest.approx(po.weights(matrix, method).weights.tolist())
    assert decision_problem(look(dossier)).shares["effect"] == pytest.approx(sum(shares(dossier)[:2]))


@pytest.mark.parametrize("method", sorted(FROM_DATA))
def test_weights_from_the_data_bring_a_warning(method: str, tmp_path: Path) -> None:
    """A ranking and a check warn that weights from the data are no preferences."""
    dossier = load(write(tmp_path, f"method: {method}"))
    assert [(one.code, one.severity, one.line, one.column) for one in rank_dossier(dossier).findings] == [
        ("WGT305", "warning", 1, 21)
    ]
    assert "WGT305" in [finding.code for finding in po.check(dossier)]


def test_weights_from_the_data_look_at_the_options_present(tmp_path: Path) -> None:
    """Leaving an option out changes what the data say of weights."""
    dossier = load(write(tmp_path, "method: entropy"))
    assert shares(dossier, WhatIf(without=("study",))) != pytest.approx(shares(dossier), abs=0.01)


def test_a_group_that_tells_nothing_apart_weighs_nothing(tmp_path: Path) -> None:
    """A group on whose criteria all options are alike has no weight by the data, and does not stop the ranking."""
    alike = "id,reach,speed,cost,fairness\nact,80,6,70,4\nwait,80,6,10,5\n"
    assert shares(load(write(tmp_path, "method: entropy", TREE, alike)))[:2] == [0.0, 0.0]


def test_figures_that_the_data_weighting_cannot_take_are_named(tmp_path: Path) -> None:
    """A weighting that cannot take a figure names the cell, and `check` says that there is no ranking."""
    tree = "\ncriteria: {a: {direction: max}, b: {direction: max}}\n"
    dossier = load(write(tmp_path, "method: entropy", tree, "id,a,b\nx,-1,2\ny,2,1\n"))
    with pytest.raises(po.EngineError, match="option x, criterion a: -1"):
        po.rank(dossier)
    assert "MET902" in [finding.code for finding in po.check(dossier)]


def test_data_weigh_all_or_nothing(tmp_path: Path) -> None:
    """Beside a weight that is stated, a method that looks at the data leaves the others missing."""
    with pytest.raises(po.DossierError) as refused:
        load(write(tmp_path, "method: gini", TREE.replace("best: 10}", "best: 10}, weight: 1")))
    assert [(one.code, one.line) for one in refused.value.findings] == [("KEY202", 5), ("KEY202", 6), ("KEY202", 7)]
    assert (
        refused.value.findings[0].hint == "'gini' weighs all criteria at once: take every weight out, or give each one"
    )


@pytest.mark.parametrize(
    ("judgements", "said"),
    [
        ("effect/cost: 2, effect/fairness: 4, cost/fairness: 2", None),
        (
            "effect/cost: 9, effect/fairness: 2, cost/fairness: 9",
            "the judgements of 'root' contradict each other: their consistency ratio is 1.49, above 0.10",
        ),
    ],
)
def test_contradictory_pairs_are_found(judgements: str, said: str | None, tmp_path: Path) -> None:
    """Pairs whose consistency ratio is above 0.10 are told of, with the worst one and what would fit."""
    text = f"method: ahp, judgements: {{root: {{{judgements}}}, effect: {{reach/speed: 2}}}}"
    found = [finding for finding in po.check(load(write(tmp_path, text))) if finding.code == "WGT307"]
    assert [finding.message for finding in found] == ([] if said is None else [said])
    for finding in found:
        assert finding.hint.startswith("look again first at ")
        assert "would fit" in finding.hint


@pytest.mark.parametrize(
    ("third", "said"),
    [
        (4, None),
        (8, "look again first at 'cost', through which 'effect' is 2 × 8 = 16 times 'fairness', where 8 is given"),
    ],
)
def test_contradictory_best_worst_judgements_are_found(third: int, said: str | None, tmp_path: Path) -> None:
    """Best-worst judgements above the published limit are told of, with the criterion that is furthest off."""
    judged = (
        "root: {best: effect, worst: fairness, best_to_others: {cost: 2, fairness: 8}, "
        f"others_to_worst: {{cost: {third}}}}}, "
        "effect: {best: reach, worst: speed, best_to_others: {speed: 4}, others_to_worst: {}}"
    )
    dossier = load(write(tmp_path, f"method: bwm, judgements: {{{judged}}}"))
    found = [finding for finding in po.check(dossier) if finding.code == "WGT307"]
    assert [finding.hint for finding in found] == ([] if said is None else [said])
    assert all("0.14, above 0.13" in finding.message for finding in found)


def test_ranking_by_stated_weights_loads_no_weighting(write_small: Callable[..., Path]) -> None:
    """A dossier that states its weights is ranked without the code that finds weights."""
    code = (
        "import sys; from policyopts.records.loader import load; from policyopts.analysis.ranked import rank; "
        f"rank(load(__import__('pathlib').Path({str(write_small())!r}))); "
        "print([name for name in sys.modules if 'weighing' in name or 'engine.weightings' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
