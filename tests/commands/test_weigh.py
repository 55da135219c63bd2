"""`policyopts weigh` on records: what it finds, shows and refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

import policyopts as po
from policyopts.analysis.problem.decision import options_present
from policyopts.analysis.view import look
from policyopts.cli.source import example_folder
from policyopts.engine.weightings import WEIGHTINGS
from policyopts.model.weighting import FROM_DATA, JUDGEMENT_KEYS, WeightingMethod
from policyopts.records.loader import load

Run = Callable[..., Any]
Matches = Callable[[str, Path], bool]
EXPECTED = Path(__file__).parent / "expected"

CRITERIA = """\
criteria:
  effect:
    name: Effect
    criteria:
      reach: {name: Reach, scale: {worst: 0, best: 100}, weight: 1}
      speed: {name: Speed | pace, scale: {worst: 24, best: 0}, weight: 3}
    weight: 50
  cost: {name: =Cost, scale: {worst: 100, best: 0}, weight: 30}
  fairness: {name: Fairness, scale: {worst: 0, best: 10}, weight: 20}
"""
OPTIONS = "id,reach,speed,cost,fairness\nact,80,6,70,4\nwait,20,23,10,5\nstudy,40,12,30,9\n"
AHP = "{root: {effect/cost: 2, effect/fairness: 9, cost/fairness: 2}, effect: {reach/speed: 4}}"
BWM = (
    "{root: {best: effect, worst: fairness, best_to_others: {cost: 4, fairness: 5}, others_to_worst: {cost: 3}}, "
    "effect: {best: reach, worst: speed, best_to_others: {speed: 4}, others_to_worst: {}}}"
)


@pytest.fixture
def dossier(tmp_path: Path) -> Callable[..., Path]:
    """Write a small dossier under a weighting."""

    def write(weighting: str = "method: direct", criteria: str = CRITERIA) -> Path:
        (tmp_path / "criteria.yaml").write_text(f"weighting: {{{weighting}}}\n{criteria}", "utf-8")
        (tmp_path / "options.csv").write_text(OPTIONS, "utf-8")
        return tmp_path

    return write


def found(run: Run, folder: Path, *arguments: str) -> dict[str, Any]:
    """Weigh, and give the document."""
    code, out, err = run("weigh", *arguments, "--format", "json", cwd=folder)
    assert (code, err) == (0, "")
    document: dict[str, Any] = json.loads(out)
    return document


@pytest.mark.parametrize(
    ("method", "format_"), [("ahp", "markdown"), ("bwm", "json"), ("bwm", "csv"), ("bwm", "markdown")]
)
def test_formats(method: str, format_: str, run: Run, matches: Matches, dossier: Callable[..., Path]) -> None:
    """Each format looks as it looked; `--update-expected` takes the new look."""
    folder = dossier(f"method: {method}, judgements: {AHP if method == 'ahp' else BWM}")
    code, out, err = run("weigh", "--format", format_, cwd=folder)
    assert (code, err) == (0, "")
    ending = {"markdown": "md"}.get(format_, format_)
    assert matches(out, EXPECTED / f"weigh-{method}.{ending}"), out


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("method", ["ahp", "bwm", "entropy"])
def test_tables(method: str, columns: int, run: Run, matches: Matches, dossier: Callable[..., Path]) -> None:
    """The table looks as it looked, and is no wider than the terminal."""
    judged = {"ahp": f", judgements: {AHP}", "bwm": f", judgements: {BWM}"}.get(method, "")
    code, out, err = run("weigh", cwd=dossier(f"method: {method}{judged}"), env={"COLUMNS": str(columns)})
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= columns
    assert matches(out, EXPECTED / f"weigh-{method}-{columns}.txt"), out


@pytest.mark.parametrize("columns", [1, 24, 40, 60, 200])
def test_other_widths(columns: int, run: Run, tmp_path: Path) -> None:
    """At any width that has room for figures, each criterion's weights stand whole; bars and names give way first."""
    code, out, _ = run("weigh", "--example", "--method", "equal", cwd=tmp_path, env={"COLUMNS": str(columns)})
    assert code == 0
    assert out.count("12 %") >= (8 if columns > 1 else 0)
    assert columns == 1 or max(map(len, out.splitlines())) <= columns


def test_no_method_is_passed_over(run: Run) -> None:
    """The record, the engine and the command know the same weightings, and help names every one."""
    assert set(get_args(WeightingMethod)) == WEIGHTINGS.keys() == {"direct", "equal", *JUDGEMENT_KEYS, *FROM_DATA}
    text = run("weigh", "--help").out.replace("-\n  ", "-")
    assert all(name in text for name in WEIGHTINGS)


@pytest.mark.parametrize("method", sorted(FROM_DATA))
def test_the_data_give_what_the_engine_gives(method: str, run: Run, dossier: Callable[..., Path]) -> None:
    """Weights from the data are those of `po.weights`, with its own terms by criterion, and come with a warning."""
    folder = dossier()
    matrix = options_present(look(load(folder))).matrix
    expected = po.weights(matrix, method)
    document = found(run, folder, "--method", method)
    assert list(document["weights"].values()) == pytest.approx(expected.weights.tolist())
    assert document["weights_now"] == pytest.approx({"reach": 0.125, "speed": 0.375, "cost": 0.3, "fairness": 0.2})
    assert document["details"].keys() == expected.details.keys()
    table = run("weigh", "--method", method, cwd=folder, env={"COLUMNS": "200"}).out
    assert (
        f"The weights come from the data ({method}): they say how far options differ, and nothing of what matters."
        in table
    )


def test_parameters_reach_the_weighting(run: Run, dossier: Callable[..., Path]) -> None:
    """`--param` sets a weighting's parameter, and the document says under which parameters it was found."""
    folder = dossier()
    matrix = options_present(look(load(folder))).matrix
    document = found(run, folder, "--method", "critic", "--param", "ignore_direction=yes")
    assert document["parameters"] == {"ignore_direction": True, "absolute_correlation": False}
    expected = po.weights(matrix, "critic", ignore_direction=True).weights.tolist()
    assert list(document["weights"].values()) == pytest.approx(expected)
    assert run("weigh", "--method", "critic", cwd=folder).out.startswith(
        "Weights: critic, ignore_direction no, absolute_correlation no\n"
    )


def test_a_worst_judgement_is_named_with_its_limit(run: Run, dossier: Callable[..., Path]) -> None:
    """A set of judgements above the limit is told with the ratio, the limit and the judgement to look at first."""
    folder = dossier(f"method: ahp, judgements: {AHP.replace('fairness: 9', 'fairness: 1')}")
    text = " ".join(run("weigh", cwd=folder).out.split())
    assert "At the top: the consistency ratio is 0.19, above 0.10 (λ max = 3.217): the judgements contradict" in text
    assert "Look again first at effect/cost: 2, where 1.26 would fit" in text
    assert [one.code for one in po.check(load(folder)) if one.code == "WGT307"] == ["WGT307"]


def test_an_incomplete_set_is_completed(run: Run, dossier: Callable[..., Path]) -> None:
    """Pairs that were not compared follow from those that were, as long as these connect all members."""
    document = found(run, dossier("method: ahp, judgements: {root: {effect/cost: 2, cost/fairness: 2}}"))
    shares = {"effect": 4 / 7, "cost": 2 / 7, "fairness": 1 / 7}
    assert document["weights"] == pytest.approx(
        {"reach": shares["effect"] / 4, "speed": shares["effect"] * 3 / 4, "cost": shares["cost"], "fairness": 1 / 7}
    )
    assert document["details"]["lambda_max"] == pytest.approx(3)
    assert document["details"]["consistency_ratio"] == pytest.approx(0, abs=1e-12)  # but for rounding
    assert document["details"]["groups"].keys() == {"root"}


def test_all_refusals_come_at_once(run: Run, dossier: Callable[..., Path]) -> None:
    """What is wrong with the judgements of all groups is told together, each at its place, and nothing is shown."""
    criteria = CRITERIA.replace("  fairness", "  trust: {scale: {worst: 0, best: 10}, weight: 1}\n  fairness")
    judged = "{root: {effect/cost: 2, trust/fairness: 3}, effect: {reach/speed: 4, speed/reach: 2}}"
    code, out, err = run("weigh", cwd=dossier(f"method: ahp, judgements: {judged}", criteria))
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"criteria.yaml:1:{column}: error[VAL216]: {said}"
        for column, said in (
            (
                39,
                (
                    "no judgement connects 'effect', 'cost' with 'trust', 'fairness'; "
                    "compare one of the former with one of the latter"
                ),
            ),
            (82, "the judgements reach/speed: 4 and speed/reach: 2 contradict each other; give one of them"),
        )
    ]


@pytest.mark.parametrize(
    ("method", "root", "effect"),
    [
        ("swing", "points: {root: {effect: 100, cost: 60, …}}", "points: {effect: {reach: 100, speed: 60}}"),
        ("rank-sum", "order: {root: [effect, cost, …]}", "order: {effect: [reach, speed]}"),
        ("ahp", "judgements: {root: {effect/cost: 3, …}}", "judgements: {effect: {reach/speed: 3}}"),
        (
            "bwm",
            (
                "judgements: {root: {best: effect, worst: fairness, best_to_others: {cost: 2, …}, "
                "others_to_worst: {cost: 3, …}}}"
            ),
            "judgements: {effect: {best: reach, worst: speed, best_to_others: {speed: 3}, others_to_worst: {}}}",
        ),
    ],
)
def test_missing_judgements(
    method: str, root: str, effect: str, run: Run, matches: Matches, dossier: Callable[..., Path]
) -> None:
    """Where nobody can be asked, each group without judgements is told, with an instance of what to write."""
    folder = dossier()
    code, out, err = run("weigh", "--method", method, cwd=folder)
    assert (code, out) == (1, "")
    key = JUDGEMENT_KEYS[method]
    assert err.splitlines() == [
        f"criteria.yaml:1:1: error[KEY202]: no {key} of 'effect' to weigh it by {method}; for instance {effect}",
        f"criteria.yaml:1:1: error[KEY202]: no {key} of 'root' to weigh it by {method}; for instance {root}",
    ]
    two = "criteria: {reach: {direction: max}, speed: {direction: min}}\n"
    written = effect.replace("{effect: ", "{root: ", 1)
    assert found(run, dossier(f"method: {method}, {written}", two))["weights_now"] is not None


def test_judgements_of_another_form(run: Run, dossier: Callable[..., Path]) -> None:
    """Judgements in the form of another method are told as such."""
    code, _, err = run("weigh", "--method", "bwm", cwd=dossier(f"method: ahp, judgements: {AHP}"))
    assert code == 1
    assert "the judgements of 'root' are not those of bwm; for instance judgements: {root: {best: effect" in err


def test_groups_without_judgements_keep_their_weights(run: Run, dossier: Callable[..., Path]) -> None:
    """Where some groups are judged, the others keep what they have, and that is said."""
    folder = dossier("method: swing, points: {root: {effect: 100, cost: 60, fairness: 40}}")
    assert found(run, folder)["weights"] == pytest.approx(
        {"reach": 0.125, "speed": 0.375, "cost": 0.3, "fairness": 0.2}
    )
    assert "No judgements within Effect: these weights stay as they are.\n" in run("weigh", cwd=folder).out


def test_a_record_without_any_weights(run: Run, dossier: Callable[..., Path]) -> None:
    """Judgements, or the data, weigh a record that states no weights yet; without either the way is shown."""
    bare = CRITERIA.replace(", weight: 1}", "}").replace(", weight: 3}", "}").replace(", weight: 30}", "}")
    bare = bare.replace(", weight: 20}", "}").replace("    weight: 50\n", "")
    folder = dossier("method: direct", bare)
    code, _, err = run("weigh", cwd=folder)
    assert code == 1
    assert err.splitlines() == [
        "criteria.yaml:2:1: error[KEY202]: no weights in 'root'; policyopts weigh --method swing",
        "criteria.yaml:5:5: error[KEY202]: no weights in 'effect'; policyopts weigh --method swing",
    ]
    assert found(run, folder, "--method", "equal")["weights_now"] is None
    assert found(run, folder, "--method", "gini")["weights_now"] is None
    code, _, err = run("weigh", "--method", "swing", "--group", "effect", cwd=folder)
    assert code == 1
    assert [line.split(" to weigh")[0].split("error")[1] for line in err.splitlines()] == [
        "[KEY202]: no points of 'effect'",
        "[KEY202]: no points of 'root'",
    ]


def test_weights_in_force_by_the_data_stand_beside(run: Run, dossier: Callable[..., Path]) -> None:
    """Where the weights in force follow from the data, these are the ones of now."""
    bare = CRITERIA.replace(", weight: 1}", "}").replace(", weight: 3}", "}").replace(", weight: 30}", "}")
    bare = bare.replace(", weight: 20}", "}").replace("    weight: 50\n", "")
    folder = dossier("method: entropy", bare)
    now = found(run, folder, "--method", "critic")["weights_now"]
    assert now == pytest.approx(found(run, folder)["weights"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--method", "swnig"], "unknown weighting 'swnig'; did you mean 'swing'?"),
        (["--method", "ahp", "--param", "model=linear"], "ahp has no parameter 'model'; known: prioritisation"),
        (["--method", "gini", "--param", "x=1"], "gini has no parameter 'x'; it has none"),
        (["--method", "bwm", "--param", "model=cubic"], "bwm: model is one of linear, nonlinear; not 'cubic'"),
        (["--method", "swing", "--group", "efect"], "unknown group 'efect'; did you mean 'effect'?"),
        (["--method", "gini", "--group", "root"], "'gini' is not for one group alone"),
        (["--group", "root"], "'direct' is not for one group alone"),
        (["--method", "equal", "--ask"], "'equal' asks for no judgements"),
        (["--method", "swing", "--ask"], "--ask asks at a terminal, and there is none"),
        (["--method", "swing", "--param", "v"], "--param 'v'; expected NAME=X"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage(arguments: list[str], said: str, run: Run, dossier: Callable[..., Path]) -> None:
    """What cannot be asked for is told with what can be."""
    code, out, err = run("weigh", *arguments, cwd=dossier())
    assert (code, out) == (2, "")
    assert said in " ".join(err.replace("\n  ", "; ").split())


def test_figures_that_cannot_be_weighed(run: Run, dossier: Callable[..., Path]) -> None:
    """A figure that a weighting by the data cannot take is named, with weightings that can."""
    folder = dossier()
    (folder / "options.csv").write_text(OPTIONS.replace("80,6", "0,6"), "utf-8")
    code, out, err = run("weigh", "--method", "merec", cwd=folder)
    assert (code, out) == (1, "")
    assert "option act, criterion reach: 0 is not above zero, and 'merec' takes its logarithm" in err


def test_the_same_bytes_every_time(run: Run) -> None:
    """The same record gives the same document."""
    folder = example_folder()
    first, second = (run("weigh", "--method", "critic", "--format", "json", cwd=folder).out for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", ["ignore_direction", "ignore-direction"])
def test_a_parameter_may_be_written_with_hyphens(name: str, run: Run) -> None:
    """Either spelling sets it."""
    found = run("weigh", "--method", "critic", "--param", f"{name}=yes", "--format", "json", cwd=example_folder())
    assert json.loads(found.out)["parameters"]["ignore_direction"] is True
