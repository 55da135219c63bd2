"""`policyopts weigh` at a terminal: one plain question at a time, as a person is asked and answers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyopts.analysis.ranked import rank_dossier
from policyopts.records.loader import load

OnTerminal = Callable[..., Any]
CTRL_C, CTRL_D = "\x03", "\x04"
PLAIN = {"TERM": "dumb"}

TREE = """\
weighting: {method: direct}
criteria:
  safety:
    name: Safety
    criteria:
      attacks:
        name: Ends the attacks
        scale: {worst: 0, best: 100, unit: "%"}
        anchors: {worst: attacks go on rising., best: attacks stop}
        weight: 1
      clash: {scale: {levels: {likely: 0, unlikely: 100}}, weight: 1}
    weight: 1
  cost: {name: Cost, scale: {worst: 50, best: 0, unit: EUR m}, weight: 1}  # to be settled
  speed: {name: "Speed\\u001b[31m", direction: min, weight: 1}
"""
OPTIONS = "id,attacks,clash,cost,speed\nact,80,likely,40,4\nwait,20,unlikely,10,5\n"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Write a dossier with a group of two criteria and two criteria beside it, all of equal weight."""
    (tmp_path / "criteria.yaml").write_text(TREE, "utf-8")
    (tmp_path / "options.csv").write_text(OPTIONS, "utf-8")
    return tmp_path


def shares(folder: Path) -> dict[str, float]:
    """Give each criterion's share of the whole, rounded to per cent."""
    found = rank_dossier(load(folder)).problem.shares
    return {id_: round(found[id_], 2) for id_ in ("attacks", "clash", "cost", "speed")}


def weighting(folder: Path) -> str:
    """Give the text of a dossier before its criteria."""
    return (folder / "criteria.yaml").read_text("utf-8").partition("criteria:")[0]


def test_swing_asks_for_points(dossier: Path, on_terminal: OnTerminal) -> None:
    """Swing shows both anchors in words, asks which swing is worth most, and what the others are worth beside it."""
    answers = ["1", "50", "safety", "60", "40", "yes"]
    code, screen, _, _ = on_terminal("weigh", "--method", "swing", cwd=dossier, env=PLAIN, answers=answers)
    assert code == 0
    assert screen.startswith(
        "'back' takes the last answer back; Ctrl-C leaves everything as it is.\n"
        "\n"
        "Within Safety, 1 of 2\n"
        "  1  Ends the attacks\n"
        "       from: attacks go on rising (0 %)\n"
        "       to: attacks stop (100 %)\n"
        "  2  clash\n"
        "       from: likely\n"
        "       to: unlikely\n"
        "\n"
        "Imagine that all of these are at their worst. Which one would you move to its\n"
        "best first? It gets 100 points.\n"
        "[1 or 2] > 1\n"
        "\n"
        "Moving Ends the attacks from worst to best is worth 100 points. How many is\n"
        "moving clash?\n"
        "[0 to 100] > 50\n"
    )
    assert "Ends the attacks, from: attacks go on rising (0 %) to: attacks stop (100 %)" in " ".join(screen.split())
    assert "  3  Speed\\x1b[31m\n       from: the worst present\n       to: the best present\n" in screen
    assert "Write the judgements and these weights into criteria.yaml?\n[yes or no" not in screen
    assert "\n[yes, no or back] > yes\nwrote criteria.yaml\n" in screen
    assert "\x1b[31m" not in screen
    kept = "points: {root: {safety: 100, cost: 60, speed: 40}, safety: {attacks: 100, clash: 50}}"
    assert weighting(dossier) == f"weighting: {{method: swing, {kept}}}\n"
    assert shares(dossier) == {"attacks": 0.33, "clash": 0.17, "cost": 0.3, "speed": 0.2}
    assert "weight: 60}  # to be settled\n" in (dossier / "criteria.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("method", "answers", "kept", "expected"),
    [
        (
            "rank-order-centroid",
            ["1 2", "2", "3"],
            "order: {root: [cost, speed, safety], safety: [[attacks, clash]]}",
            {"attacks": 0.06, "clash": 0.06, "cost": 0.61, "speed": 0.28},
        ),
        (
            "ahp",
            ["=", "1", "2", "1", "4", "2", "2"],
            "judgements: {root: {safety/cost: 2, safety/speed: 4, cost/speed: 2}, safety: {attacks/clash: 1}}",
            {"attacks": 0.29, "clash": 0.29, "cost": 0.29, "speed": 0.14},
        ),
        (
            "bwm",
            ["1", "3", "1", "speed", "4", "2", "2"],
            (
                "judgements: {root: {best: safety, worst: speed, best_to_others: {cost: 2, speed: 4}, "
                "others_to_worst: {cost: 2}}, "
                "safety: {best: attacks, worst: clash, best_to_others: {clash: 3}, others_to_worst: {}}}"
            ),
            {"attacks": 0.43, "clash": 0.14, "cost": 0.29, "speed": 0.14},
        ),
    ],
)
def test_judgements_are_kept_and_count(
    method: str,
    answers: list[str],
    kept: str,
    expected: dict[str, float],
    dossier: Path,
    on_terminal: OnTerminal,
) -> None:
    """What was answered stands under `weighting:` in the form of the method, and the weights follow from it."""
    code, _, _, _ = on_terminal("weigh", "--method", method, cwd=dossier, answers=[*answers, "yes"])
    assert code == 0
    assert weighting(dossier) == f"weighting: {{method: {method}, {kept}}}\n"
    assert shares(dossier) == expected


def test_answers_are_taken_back(dossier: Path, on_terminal: OnTerminal) -> None:
    """`back` asks the question before once more, from the offer to write too; before the first there is none."""
    answers = ["back", "2", "back", "1", "10", "back", "BACK", "1", "20", "1", "60", "40", "back", "80", "y"]
    code, screen, _, _ = on_terminal("weigh", "--method", "swing", cwd=dossier, env=PLAIN, answers=answers)
    assert code == 0
    assert "[1 or 2] > back\nThis is the first question.\n" in screen
    assert screen.count("Weights: swing\n") == 2
    assert "points: {root: {safety: 100, cost: 60, speed: 80}, safety: {attacks: 100, clash: 20}}" in weighting(dossier)


@pytest.mark.parametrize(
    ("method", "answers", "said"),
    [
        (
            "swing",
            ["x", "3", "1", "101", "many", "nan", "-1"],
            ["expected 1 or 2; or back", "expected a number from 0 to 100; or back"],
        ),
        ("rank-sum", ["1 5", "3"], ["expected 1 or 2, or several; or back"]),
        ("ahp", ["both", "2", "0.5", "10"], ["expected 1, 2 or =; or back", "expected a number from 1 to 9; or back"]),
        ("bwm", ["=", "1", "="], ["expected 1 or 2; or back", "expected a number from 1 to 9; or back"]),
    ],
)
def test_an_answer_that_does_not_fit(
    method: str, answers: list[str], said: list[str], dossier: Path, on_terminal: OnTerminal
) -> None:
    """What cannot be an answer is told with what is expected, and the question comes again."""
    _, screen, _, _ = on_terminal("weigh", "--method", method, cwd=dossier, answers=[*answers, CTRL_D])
    told = [line for line in screen.splitlines() if line.startswith("expected")]
    assert list(dict.fromkeys(told)) == said


def test_what_cannot_be_written_is_said_before_anything_is_asked(dossier: Path, on_terminal: OnTerminal) -> None:
    """Where the record could not say how the weights came about, it is told first; with `--write` nothing is asked."""
    ahp = ("weigh", "--method", "ahp", "--group", "safety", "--param", "prioritisation=column-mean")
    code, screen, _, _ = on_terminal(*ahp, cwd=dossier, env=PLAIN, answers=["="])
    assert code == 0
    assert screen.startswith("What is found can be looked at, not written: criteria.yaml keeps no parameters of 'ahp'")
    assert "Write" not in screen
    code, screen, _, _ = on_terminal(*ahp, "--write", cwd=dossier, env=PLAIN, answers=[])
    assert code == 2
    assert screen.startswith("policyopts: criteria.yaml keeps no parameters of 'ahp'")


def test_overlays_are_named(dossier: Path, on_terminal: OnTerminal) -> None:
    """Where frames or perspectives state weights beside those that changed, their files are named."""
    (dossier / "frames.yaml").write_text("thrift: {weights: {cost: 5}}\nhaste: {weights: {clash: 5}}\n", "utf-8")
    (dossier / "perspectives.yaml").write_text("treasury: {weights: {clash: 2}}\n", "utf-8")
    said = "Look again at the weights in {}: they count beside the new numbers.\n"
    weigh = ("weigh", "--method", "swing", "--write", "--group")
    _, screen, _, _ = on_terminal(*weigh, "root", cwd=dossier, columns=120, answers=["1", "60", "40"])
    assert said.format("frames.yaml") in screen
    _, screen, _, _ = on_terminal(*weigh, "safety", cwd=dossier, columns=120, answers=["1", "60"])
    assert said.format("frames.yaml and perspectives.yaml") in screen


def test_an_answer_of_any_bytes(dossier: Path, on_terminal: OnTerminal) -> None:
    """Bytes that are no text are no answer, and no fault either."""
    code, screen, _, _ = on_terminal("weigh", "--method", "swing", cwd=dossier, answers=["\udcff", "1", CTRL_D])
    assert code == 130
    assert "expected 1 or 2; or back\n" in screen


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("before", [[], ["1"], ["1", "50", "1", "60", "40"]], ids=["at once", "amid", "at the offer"])
def test_leaving_changes_nothing(key: str, before: list[str], dossier: Path, on_terminal: OnTerminal) -> None:
    """Ctrl-C and Ctrl-D end the talk at any question with a plain line, and no file is touched."""
    code, screen, _, _ = on_terminal("weigh", "--method", "swing", cwd=dossier, answers=[*before, key])
    assert code == 130
    assert screen.endswith(("> \nNothing was changed.\n", "> ^C\nNothing was changed.\n"))
    assert (dossier / "criteria.yaml").read_text("utf-8") == TREE
    assert sorted(path.name for path in dossier.iterdir()) == ["criteria.yaml", "options.csv"]


def test_no_is_an_answer(dossier: Path, on_terminal: OnTerminal) -> None:
    """Who does not want the weights written keeps those that there are."""
    code, screen, _, _ = on_terminal("weigh", "--method", "gini", cwd=dossier, env=PLAIN, answers=["perhaps", "n"])
    assert code == 0
    assert screen.count("Write these weights into criteria.yaml?\n[yes or no] > ") == 2
    assert screen.endswith("Nothing was changed.\n")
    assert (dossier / "criteria.yaml").read_text("utf-8") == TREE


def test_write_does_not_ask_whether(dossier: Path, on_terminal: OnTerminal) -> None:
    """With `--write`, judgements are asked for, and what they come to is written at once."""
    code, screen, _, _ = on_terminal("weigh", "--method", "rank-sum", "--write", cwd=dossier, answers=["1", "1", "2"])
    assert code == 0
    assert "wrote criteria.yaml" in screen
    assert shares(dossier) == {"attacks": 0.33, "clash": 0.17, "cost": 0.33, "speed": 0.17}


def test_one_group_is_asked_for_alone(dossier: Path, on_terminal: OnTerminal) -> None:
    """With `--group`, only its members are asked for, under its name, and the others keep their weights."""
    answers = ["2", "25", "yes"]
    code, screen, _, _ = on_terminal(
        "weigh", "--method", "swing", "--group", "safety", cwd=dossier, env=PLAIN, answers=answers
    )
    assert code == 0
    assert "\nWithin Safety\n" in screen
    assert "No judgements at the top: these weights stay as they are.\n" in screen
    assert shares(dossier) == {"attacks": 0.07, "clash": 0.27, "cost": 0.33, "speed": 0.33}


def test_judgements_that_are_there_are_not_asked_for(dossier: Path, on_terminal: OnTerminal) -> None:
    """Only groups without judgements are asked for, unless `--ask` asks for all of them again."""
    (dossier / "criteria.yaml").write_text(
        TREE.replace("direct}", "swing, points: {safety: {attacks: 100, clash: 50}}}"), "utf-8"
    )
    _, screen, _, _ = on_terminal("weigh", cwd=dossier, answers=["1", CTRL_D])
    assert "All criteria\n" in screen
    assert "Within Safety" not in screen
    _, screen, _, _ = on_terminal("weigh", "--ask", cwd=dossier, answers=["1", CTRL_D])
    assert "Within Safety, 1 of 2\n" in screen


def test_judgements_that_cannot_be_taken_are_told_before_others_are_asked_for(
    dossier: Path, on_terminal: OnTerminal
) -> None:
    """Nobody answers questions only to hear that the record had a mistake all along."""
    (dossier / "criteria.yaml").write_text(
        TREE.replace("direct}", "ahp, judgements: {safety: {attacks/clash: 2, clash/attacks: 2}}}"), "utf-8"
    )
    code, screen, _, _ = on_terminal("weigh", cwd=dossier, env=PLAIN, answers=[])
    assert code == 1
    assert screen.startswith("criteria.yaml:1:39: error[VAL216]: the judgements attacks/clash: 2 and clash/attacks: 2")


def test_a_file_changed_in_the_meantime_is_not_written_over(dossier: Path, on_terminal: OnTerminal) -> None:
    """What an editor saved while questions were answered stays, and the judgements are said to be put in by hand."""

    def answers() -> Any:
        yield from ["1", "50", "1", "60", "40"]
        (dossier / "criteria.yaml").write_text(f"{TREE}# saved\n", "utf-8")
        yield "yes"

    code, screen, _, _ = on_terminal("weigh", "--method", "swing", cwd=dossier, answers=answers())
    assert code == 1
    assert "criteria.yaml was changed in the meantime, so nothing was written" in screen
    assert "points: {safety: {attacks: 100, clash: 50}, root: {safety: 100, cost: 60, speed: 40}}" in screen
    assert (dossier / "criteria.yaml").read_text("utf-8") == f"{TREE}# saved\n"


def test_the_shipped_dossier_is_weighed_and_not_written(tmp_path: Path, on_terminal: OnTerminal) -> None:
    """With `--example` one can try the questions; nothing is offered to be written."""
    answers = ["1", "80", "1", "70", "1", "60", "1", "50", "1", "70", "60", "50"]
    code, screen, _, _ = on_terminal("weigh", "--example", cwd=tmp_path, env=PLAIN, answers=answers)
    assert code == 0
    assert "Weights: swing\n" in screen
    assert screen.startswith(
        "What is found can be looked at, not written: the shipped dossier is only to be read; "
        "for a copy of it to work on: policyopts init DIR --example.\n"
    )
    assert "Write" not in screen


def test_questions_and_results_go_apart(dossier: Path, on_terminal: OnTerminal) -> None:
    """What is asked goes to the terminal while the result goes into a file as data."""
    answers = ["1", "50", "1", "60", "40", "no"]
    code, screen, out, _ = on_terminal(
        "weigh", "--method", "swing", "--format", "json", cwd=dossier, piped=("stdout",), answers=answers
    )
    assert code == 0
    assert "Which one would you move" in screen
    assert out.startswith('{\n  "format": "policyopts.weights/1"')
    assert out.endswith("}\n")


@pytest.mark.parametrize("piped", [("stdout",), ("stderr",)])
def test_results_alone_are_not_followed_by_a_question(
    piped: tuple[str, ...], dossier: Path, on_terminal: OnTerminal
) -> None:
    """Where a result goes into a pipe, or nobody sees questions, none is asked of judgements that are there."""
    code, _, _, _ = on_terminal("weigh", "--method", "gini", cwd=dossier, piped=piped, answers=[])
    assert code == 0


@pytest.mark.parametrize("columns", [10, 40, 80, 120])
def test_questions_fit_the_terminal(columns: int, dossier: Path, on_terminal: OnTerminal) -> None:
    """No line of the talk is wider than the terminal, down to twenty columns."""
    answers = ["1", "50", "1", "60", "40", "back", CTRL_D]
    _, screen, _, _ = on_terminal("weigh", "--method", "swing", cwd=dossier, columns=columns, answers=answers)
    talk = screen.split("Weights:")[0].splitlines()[1:]
    assert max(map(len, talk)) <= max(columns, 20)
