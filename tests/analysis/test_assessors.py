"""Performances that several assessors judge: what is drawn of them, who differs where, and whose figures rank what."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import policyopts as po
from policyopts.analysis.assessors import Assessments, assessments
from policyopts.analysis.explanation import explain
from policyopts.analysis.explore_facts import gather
from policyopts.analysis.perspectives import rank_by_parties
from policyopts.analysis.problem.decision import decision_problem
from policyopts.analysis.problem.uncertain_performances import uncertain_performances
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf, look
from policyopts.engine.robustness.streams import stream
from policyopts.findings import UsageError
from policyopts.report.explore.data import page_data
from policyopts.report.perspectives import to_csv, to_json, to_markdown

Write = Callable[..., Path]
Run = Callable[..., Any]
SAMPLES = 50_000
CELLS = {
    "act": "{reach: 80, speed: {by: {j2: 6, cia: {low: 8, high: 20}, state: 6}}, cost: {by: {j2: fair, state: low}}}",
    "wait": "{reach: {by: {j2: likely, cia: {low: 10, high: 30}}}, speed: 24, cost: low}",
    "study": "{reach: 40, speed: {value: 9, by: {j2: 12, cia: 8}}, cost: fair}",
}
NOBODY = {"frames": "{}\n", "perspectives": "{}\n", "assumptions": "{}\n"}


@pytest.fixture
def several(write_small: Write) -> Callable[..., Path]:
    """Write the small dossier with several assessors, and other texts for some of its files or options."""

    def write(cells: dict[str, str] | None = None, **others: str) -> Path:
        folder = write_small(**{**NOBODY, **others})
        for option, row in (CELLS | (cells or {})).items():
            (folder / f"options/{option}.yaml").write_text(f"performance: {row}\n", encoding="utf-8")
        return folder

    return write


def found(folder: Path, **asked: Any) -> Assessments:
    """Find what the assessors of a dossier say."""
    what_if = WhatIf(**asked)
    return assessments(rank_dossier(po.load(folder), what_if), what_if)


class TestWhatIsDrawn:
    """From the dossier to the engine."""

    def test_each_assessors_figures_are_in_the_pool(self, several: Write) -> None:
        """Exact figures, ranges, words and levels, each as whoever gives it has it; nothing where all agree."""
        drawn = uncertain_performances(decision_problem(look(po.load(several()))))
        options, criteria = drawn.matrix.options, drawn.matrix.criteria
        cells = {(options[cell.option], criteria[cell.criterion]): cell.parts for cell in drawn.cells}
        parts = {place: [(part.distribution, part.low, part.high) for part in own] for place, own in cells.items()}
        assert parts == {
            ("act", "speed"): [("exact", 6, 6), ("uniform", 8, 20), ("exact", 6, 6)],
            ("act", "cost"): [("exact", 50, 50), ("exact", 100, 100)],
            ("wait", "reach"): [("uniform", 55, 80), ("uniform", 10, 30)],
            ("study", "speed"): [("exact", 12, 12), ("exact", 8, 8)],
        }
        agreed = several(dict.fromkeys(CELLS, "{reach: {by: {j2: 40, cia: 40}}, speed: 1, cost: low}"))
        assert not uncertain_performances(decision_problem(look(po.load(agreed)))).cells

    def test_an_agreed_value_ranks_and_the_pool_is_drawn(self, several: Write) -> None:
        """The value beside `by` is what is ranked by; what is drawn has the mean of the assessors all the same."""
        drawn = uncertain_performances(decision_problem(look(po.load(several()))))
        place = drawn.matrix.options.index("study"), drawn.matrix.criteria.index("speed")
        assert drawn.matrix.values[place] == 9
        row = next(row for row, cell in enumerate(drawn.cells) if cell[:2] == place)
        figures = drawn.draw(stream(0, 0), SAMPLES)[row]
        assert np.unique(figures).tolist() == [8, 12]
        # Five standard errors of the mean of figures 2 away from theirs.
        assert figures.mean() == pytest.approx(10, abs=5 * 2 / SAMPLES**0.5)

    def test_a_number_in_an_overlay_takes_the_place_of_all(self, several: Write) -> None:
        """Whatever replaces the estimate replaces every assessor's; several may replace a number, too."""
        frames = "f: {performance: {act: {speed: 9}, wait: {speed: {by: {j2: 20, cia: 22}}}}}\n"
        view = look(po.load(several(frames=frames)), WhatIf(frame="f"))
        assert view.estimate("act", "speed").by == ()
        assert [name for name, _ in view.estimate("wait", "speed").by] == ["j2", "cia"]
        assert view.estimate("wait", "speed").value == 21

    def test_robustness_and_sensitivity_take_them(self, several: Write, run: Run) -> None:
        """What looks at ranges takes the pool, or the range of all; the same seed draws the same."""
        folder = several()
        once, again = (run("robustness", "--samples", "2000", "--format", "json", cwd=folder).out for _ in range(2))
        assert once == again
        assert json.loads(once)["drawn"]["performances"] == 4
        tornado = json.loads(run("sensitivity", "--format", "json", cwd=folder).out)["tornado"]
        ranges = {(each["option"], each["criterion"]): (each["low"], each["high"]) for each in tornado}
        assert ranges["act", "speed"] == (6, 20)
        assert ranges["wait", "reach"] == (10, 80)


class TestWhoDiffersWhere:
    """Where assessors differ, and by how much."""

    def test_the_most_that_is_apart_comes_first(self, several: Write) -> None:
        """Apart is the largest difference of two assessors' values, times the criterion's weight."""
        differing = found(several()).disagreements
        assert [(each.option, each.criterion) for each in differing] == [
            ("act", "cost"),
            ("act", "speed"),
            ("study", "speed"),
            ("wait", "reach"),
        ]
        assert [each.apart for each in differing] == pytest.approx(
            [0.4 * 0.5, 0.45 * (14 - 6) / 24, 0.45 * (12 - 8) / 24, 0.15 * (67.5 - 20) / 100]
        )
        assert differing[1].values == pytest.approx({"j2": 18 / 24, "cia": 10 / 24, "state": 18 / 24})

    def test_who_agrees_does_not_differ(self, several: Write) -> None:
        """The same figure from all is no difference; the same value with another range is one, of nothing in value."""
        cells = {"act": "{reach: {by: {j2: 40, cia: 40}}, speed: {by: {j2: 6, cia: {low: 2, high: 10}}}, cost: low}"}
        differing = found(several(cells | {"wait": "{reach: 1, speed: 24, cost: low}"})).disagreements
        assert [(each.option, each.criterion, each.apart) for each in differing[-1:]] == [("act", "speed", 0)]
        assert ("act", "reach") not in [(each.option, each.criterion) for each in differing]

    def test_without_a_scale_the_range_of_all_figures_counts(self, several: Write) -> None:
        """On a criterion without a scale, values are read on the range of the options present and the assessors."""
        criteria = "criteria: {reach: {direction: min, weight: 1}, cost: {weight: 1, scale: {worst: 0, best: 1}}}\n"
        cells = {
            "act": "{reach: {by: {j2: 10, cia: 30}}, cost: 1}",
            "wait": "{reach: 20, cost: 0}",
            "study": "{reach: 60, cost: 0}",
        }
        (only,) = found(several(cells, criteria=criteria)).disagreements
        assert only.values == pytest.approx({"j2": 1, "cia": 0.6})
        assert only.apart == pytest.approx(0.2)
        alike = {option: row.replace("20", "10").replace("60", "10") for option, row in cells.items()}
        alike["act"] = "{reach: {by: {j2: 10, cia: {low: 5, high: 15}}}, cost: 1}"
        (flat,) = found(several(alike, criteria=criteria)).disagreements
        assert flat.values == {"j2": 0, "cia": 0}

    def test_it_is_about_the_performances_in_force(self, several: Write) -> None:
        """What a frame or a request on the spot replaces is no difference any more."""
        frames = "f: {performance: {act: {speed: 9}}}\n"
        folder = several(frames=frames)
        asked: dict[str, Any] = {"frame": "f", "performances": {("act", "cost"): "low"}, "without": ("study",)}
        assert [each[:2] for each in places(found(folder, **asked))] == [("wait", "reach")]


def places(assessed: Assessments) -> list[tuple[str, str]]:
    """Give the options and criteria of disagreements."""
    return [(each.option, each.criterion) for each in assessed.disagreements]


class TestWhoseFiguresRankWhat:
    """The ranking by one assessor's figures."""

    @pytest.mark.parametrize("method", ["weighted-sum", "topsis"])
    def test_it_is_that_of_a_dossier_with_these_figures(self, several: Write, method: str) -> None:
        """All own figures are taken, the others' performances stand as they are."""
        assessed = found(several())
        assert [outcome.id for outcome in assessed.outcomes] == ["j2", "cia", "state"]
        own = {
            "act": "{reach: 80, speed: {low: 8, high: 20}, cost: 75}",
            "wait": "{reach: {low: 10, high: 30}, speed: 24, cost: low}",
            "study": "{reach: 40, speed: 8, cost: fair}",
        }
        dossier = po.load(several())
        by_cia = assessments(rank_dossier(dossier, method=method), method=method).outcomes[1]
        alone = rank_dossier(po.load(several(own)), method=method)
        assert by_cia.ranked is not None
        assert [option.id for option in by_cia.ranked.options] == [option.id for option in alone.options]
        scores = [option.score for option in by_cia.ranked.options]
        assert scores == pytest.approx([option.score for option in alone.options])

    def test_what_is_asked_for_goes_before_them(self, several: Write) -> None:
        """A figure set on the spot holds whoever is asked, and so do weights."""
        asked: dict[str, Any] = {"performances": {("act", "speed"): 24.0}, "shares": {"cost": 0.1}}
        for outcome in found(several(), **asked).outcomes:
            assert outcome.ranked is not None
            assert outcome.ranked.view.estimate("act", "speed").value == 24
            assert outcome.ranked.problem.shares["cost"] == pytest.approx(0.1)

    def test_a_limit_that_nothing_meets_is_told(self, several: Write, run: Run) -> None:
        """Where by somebody's figures nothing can be ranked, that is said, and the others are still there."""
        criteria = "criteria: {reach: {weight: 1, limit: {at_least: 50}, scale: {worst: 0, best: 100}}}\n"
        folder = several(dict.fromkeys(CELLS, "{reach: {by: {j2: 90, cia: 20}}}"), criteria=criteria)
        code, out, _ = run("perspectives", cwd=folder)
        assert code == 0
        assert "By cia's figures: nothing can be ranked: every option breaks a hard limit." in " ".join(out.split())
        assert "By j2's figures, act, study and wait come first." in " ".join(out.split())


class TestPerspectives:
    """`policyopts perspectives` with several assessors."""

    def test_it_needs_no_perspectives(self, several: Write) -> None:
        """Assessors alone are shown; without them and without perspectives there is nothing to show."""
        folder = several()
        assert not rank_by_parties(po.load(folder)).outcomes
        plain = dict.fromkeys(CELLS, "{reach: 1, speed: 2, cost: low}")
        with pytest.raises(UsageError, match="the dossier has no perspectives"):
            rank_by_parties(po.load(several(plain)))

    @pytest.mark.parametrize("width", ["80", "120"])
    def test_it_fits_the_terminal_and_says_who_differs(self, several: Write, run: Run, width: str) -> None:
        """Parties first, then the performances with each one's figure, then whose figures put what first."""
        folder = several(perspectives="treasury: {weights: {cost: 240}}\n")
        code, out, err = run("perspectives", cwd=folder, env={"COLUMNS": width, "NO_COLOR": "1"})
        assert (code, err) == (0, "")
        assert max(map(len, out.splitlines())) <= int(width)
        lines = [line.rstrip() for line in out.splitlines()]
        assert lines.index("Who differs where") > next(at for at, line in enumerate(lines) if "treasury puts" in line)
        assert any(line.startswith("By state's figures") for line in lines)
        assert "cia 14 months [8–20]" in out
        assert "Where an assessor says nothing, the figure is as it stands." in " ".join(out.split())

    def test_without_several_assessors_nothing_is_added(self, write_small: Write, run: Run) -> None:
        """The word assessor does not even come up."""
        _, out, _ = run("perspectives", cwd=write_small())
        assert "differs" not in out
        assert "'s figures" not in out

    def test_very_many_differences_are_cut_on_the_terminal_alone(self, several: Write, run: Run) -> None:
        """The terminal shows the twelve most apart; the documents have all."""
        ids = [f"c{number}" for number in range(5)]
        criteria = "criteria:\n" + "".join(f"  {id_}: {{weight: 1, scale: {{worst: 0, best: 9}}}}\n" for id_ in ids)
        row = f"{{{', '.join(f'{id_}: {{by: {{j2: 1, cia: 2}}}}' for id_ in ids)}}}"
        folder = several(dict.fromkeys(CELLS, row), criteria=criteria)
        _, out, _ = run("perspectives", cwd=folder)
        assert out.count("cia 2") == 12
        assert "3 more lie less apart" in out
        assert to_markdown(rank_by_parties(po.load(folder))).count("cia 2") == 15

    def test_data_have_all_of_it(self, several: Write) -> None:
        """JSON tells the rankings, the differences and each one's figures; CSV has a ranking for each assessor."""
        perspectives = rank_by_parties(po.load(several(perspectives="j2: {weights: {cost: 240}}\n")))
        said = json.loads(to_json(perspectives))
        assert [each["id"] for each in said["perspectives"]] == ["j2"]
        assert [each["id"] for each in said["assessors"]] == ["j2", "cia", "state"]
        assert set(said["assessors"][0]) == {"id", "winners", "ranks", "scores", "trouble"}
        assert [each["option"] for each in said["disagreements"]] == ["act", "act", "study", "wait"]
        assert said["disagreements"][3]["by"]["j2"] == {
            "low": 55,
            "value": 67.5,
            "high": 80,
            "text": "likely",
            "on_value_scale": 0.675,
        }
        rows = list(csv.DictReader(io.StringIO(to_csv(perspectives))))
        names = list(dict.fromkeys(row["under"] for row in rows))
        assert names == ["As it stands", "j2", "by j2", "by cia", "by state"]
        assert len(rows) == 3 * len(names)

    def test_names_of_levels_are_only_texts(self, several: Write, run: Run) -> None:
        """A level's name, which an assessor's figure shows, moves no cursor and makes no markup."""
        hostile = r'"a|b [/x]\e[31m"'
        criteria = f'criteria: {{cost: {{weight: 1, scale: {{levels: {{{hostile}: 0, "<b>": 100}}}}}}}}\n'
        folder = several(dict.fromkeys(CELLS, f'{{cost: {{by: {{j2: {hostile}, cia: "<b>"}}}}}}'), criteria=criteria)
        _, out, _ = run("perspectives", cwd=folder)
        assert "j2 a|b [/x]" in out
        assert "\x1b" not in out
        text = to_markdown(rank_by_parties(po.load(folder)))
        assert "a\\|b" in text
        assert "<b>" not in text


class TestWhereTheyAreShown:
    """Explanations, briefings and the explorer."""

    def test_explain_tells_who_says_what(self, several: Write, run: Run) -> None:
        """Each assessor's figure, and whether the value is the mean or agreed on."""
        folder = several()
        _, out, _ = run("explain", "act", "speed", cwd=folder)
        assert "j2 6 months; cia 14 months [8–20]; state 6 months — the value is the mean of their values" in " ".join(
            out.split()
        )
        _, out, _ = run("explain", "study", "speed", cwd=folder)
        assert "the value is what they agreed on" in " ".join(out.split())
        _, out, _ = run("explain", "act", "--format", "json", cwd=folder)
        performance = {each["id"]: each["performance"] for each in json.loads(out)["criteria"]}
        assert performance["speed"] == {
            "low": 6,
            "value": pytest.approx(26 / 3),
            "high": 20,
            "unit": "months",
            "by": {
                "j2": {"low": 6, "value": 6, "high": 6},
                "cia": {"low": 8, "value": 14, "high": 20},
                "state": {"low": 6, "value": 6, "high": 6},
            },
        }
        assert "by" not in performance["reach"]

    def test_a_mean_is_shown_in_four_digits(self, several: Write) -> None:
        """A third has no end: it is reckoned with in full, and shown short."""
        ranked = rank_dossier(po.load(several()))
        working = next(each for each in explain(ranked, "act").criteria if each.id == "speed")
        assert working.estimate.value == 26 / 3
        assert "8.667 months" in po.briefing(po.load(several()))

    def test_the_briefing_and_the_explorer_say_it(self, several: Write) -> None:
        """The annex has each one's figure behind the figure that counts, the explorer's page with its reasons."""
        dossier = po.load(several())
        shown_whole = "| 8.667 months (6 to 20): j2 6 months; cia 14 months (8 to 20); state 6 months |"
        assert shown_whole in po.briefing(dossier)
        cells = page_data(gather(dossier), live=False)["readings"][0]["cells"]
        shown = [cell["by"] for row in cells for cell in row if "by" in cell]
        assert "j2 fair; state low" in shown
        assert len(shown) == 4
