"""What to find out next, on cases that can be worked out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from policyopts.analysis.information import Information
from policyopts.analysis.problem.uncertain_weights import KnownWeights
from policyopts.analysis.robust_ranking import RobustRanking, Sampling, robust_ranking
from policyopts.analysis.view import WhatIf
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load
from policyopts.report.information_words import amount, leads, opening
from policyopts.report.robustness import to_json, to_markdown

Make = Callable[..., Dossier]
FEW = Sampling(samples=2000)
EXACT = KnownWeights("ranges")
STOP = "stop modelling, and decide."

ONE = "criteria: {effect: {name: Effect, weight: 1, scale: {worst: 0, best: 100, unit: '%'}}}\n"
TWO = """
criteria:
  effect: {weight: 60, scale: {worst: 0, best: 100}}
  cost: {weight: 40, scale: {worst: 100, best: 0}}
"""


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a dossier of some options' performances."""

    def make_dossier(criteria: str = TWO, evidence: str = "", **options: str) -> Dossier:
        (tmp_path / "criteria.yaml").write_text(criteria, encoding="utf-8")
        (tmp_path / "options").mkdir(exist_ok=True)
        if evidence:
            (tmp_path / "evidence.yaml").write_text(evidence, encoding="utf-8")
        for id_, cells in options.items():
            (tmp_path / f"options/{id_}.yaml").write_text(f"performance:\n  {cells}\n", encoding="utf-8")
        return load(tmp_path)

    return make_dossier


def worked_out(result: RobustRanking) -> Information:
    """Take the value of information, which is there."""
    assert result.information is not None
    return result.information


def said(result: RobustRanking) -> str:
    """Give all that is said, in one line."""
    return " ".join([*opening(result), *leads(result)])


def test_a_figure_is_told_with_all_that_is_known_of_it(make: Make) -> None:
    """Its worth, which is max(u - 0.6, 0) in the mean, all of the whole; its range, confidence, grade and place."""
    bold = "effect: {low: 0, high: 100, confidence: low, evidence: [memo]}"
    dossier = make(ONE, "items: {memo: {claim: So they say., grade: C3}}\n", bold=bold, safe="effect: 60")
    result = robust_ranking(dossier, known=EXACT, sampling=FEW)
    information = worked_out(result)
    (lead,) = information.leads
    assert lead.worth.value == pytest.approx(0.08, abs=5 * lead.worth.standard_error)
    assert lead.worth.standard_error < 0.002
    assert lead.share == 1
    assert (information.choice, lead.option, lead.criterion) == ("safe", "bold", "effect")
    (line,) = leads(result)
    assert line.startswith(f"bold: Effect: {amount(lead.worth)}, 100 % of it. ")
    assert line.endswith("Now 50 % [0–100]. Confidence: low. Evidence: C3. options/bold.yaml:2")


def test_figures_of_a_criterion_may_be_worth_more_together(make: Make) -> None:
    """The criterion is told beside its figures where none of them has nearly all of its worth."""
    alike = "effect: {low: 20, high: 80}"
    result = robust_ranking(make(ONE, one=alike, other=alike), known=EXACT, sampling=FEW)
    kinds = [lead.kind for lead in worked_out(result).leads]
    assert kinds == ["criterion", "performance", "performance"]
    first, *rest = leads(result)
    assert first.startswith("Effect, for all options: ")
    assert first.endswith("criteria.yaml:1")
    assert all("No graded evidence" in line for line in rest)


def test_weights_take_one_line(make: Make) -> None:
    """Where the figures are exact, knowing the weights is all there is to know."""
    result = robust_ranking(make(a="{effect: 90, cost: 80}", b="{effect: 40, cost: 10}"), known=KnownWeights("any"))
    (lead,) = worked_out(result).leads
    assert (lead.kind, lead.share, lead.where) == ("weights", 1, None)
    # The score of b is 0.4 w + 0.9 (1 - w), that of a 0.9 w + 0.2 (1 - w): a gains 1.2 w - 0.7 beyond 7 / 12.
    assert lead.worth.value == pytest.approx(1.2 / 2 * (5 / 12) ** 2, abs=5 * lead.worth.standard_error)
    assert "figure" not in said(result)


def test_at_most_five_are_told_and_the_most_first(make: Make) -> None:
    """Whatever there is besides is in the JSON."""
    options = {f"o{place}": "{effect: {low: 20, high: 80}, cost: {low: 20, high: 80}}" for place in range(6)}
    result = robust_ranking(make(**options), sampling=FEW)
    found = worked_out(result)
    assert len(found.leads) == len(list(leads(result))) == 5
    worths = [lead.worth.value for lead in found.leads]
    assert worths == sorted(worths, reverse=True)
    assert len(found.cells) == 12


def test_what_chance_may_have_made_is_not_told(make: Make) -> None:
    """A worth below two standard errors, or a hundredth of the distance between the scores, is no worth."""
    result = robust_ranking(make(bold="{effect: {low: 0, high: 91}, cost: 50}", safe="{effect: 90, cost: 50}"))
    found = worked_out(result)
    assert found.found.performances.value > 0
    assert not found.leads
    assert said(result).startswith("Nothing that was drawn is worth finding out first: all of it would raise")


class TestStopping:
    """Where nothing stated can change who is first."""

    firm = {"good": "{effect: {low: 80, high: 90}, cost: 10}", "bad": "{effect: {low: 20, high: 30}, cost: 60}"}  # noqa: RUF012 - read only

    @pytest.mark.parametrize("by", ["stated", "ranges", "order", "any"])
    def test_it_says_stop(self, by: str, make: Make) -> None:
        """Better on every criterion, whatever the ranges and the weights: decide."""
        result = robust_ranking(make(**self.firm), known=KnownWeights(by), sampling=FEW)  # type: ignore[arg-type] # one of them
        assert STOP in said(result)
        assert STOP in to_markdown(result)
        assert json.loads(to_json(result))["information"]["nothing_can_change"]

    def test_it_goes_on_where_weights_drawn_change_it(self, make: Make) -> None:
        """Nothing stated changes it, but weights have no ranges, and those drawn near the stated ones do."""
        dossier = make(good="{effect: {low: 80, high: 82}, cost: 60}", other="{effect: 50, cost: 18}")
        assert STOP in said(robust_ranking(dossier, known=EXACT))
        near = robust_ranking(dossier)
        assert STOP not in said(near)
        assert "only other weights than the stated ones do" in said(near)
        assert "within the stated ranges" not in said(robust_ranking(dossier, known=KnownWeights("any")))

    def test_nothing_is_stated_as_uncertain(self, make: Make) -> None:
        """Exact figures and weights have no ranges to speak of."""
        result = robust_ranking(make(good="{effect: 80, cost: 10}", bad="{effect: 20, cost: 60}"), known=EXACT)
        assert "stated ranges" not in said(result)

    def test_one_option_leaves_nothing_to_say(self, make: Make) -> None:
        """There is no choice that could change."""
        result = robust_ranking(make(alone="{effect: {low: 0, high: 9}, cost: 4}"))
        assert said(result) == ""
        assert "find out" not in to_markdown(result)


@pytest.mark.parametrize("how", [{"method": "topsis"}, {"parameters": {"normalisation": "max"}}])
def test_by_other_methods_it_is_not_worked_out(how: dict[str, str], make: Make) -> None:
    """A line says so, and JSON holds null."""
    dossier = make(a="{effect: {low: 10, high: 80}, cost: 40}", b="{effect: 50, cost: 60}")
    result = robust_ranking(dossier, sampling=FEW, **how)  # type: ignore[arg-type] # a method or its parameters
    assert said(result).startswith("What information would be worth is not worked out by this method")
    assert json.loads(to_json(result))["information"] is None


def test_without_a_scale_it_is_not_worked_out(make: Make) -> None:
    """Only where the performances on it are uncertain: certain ones do no harm."""
    loose = TWO.replace("scale: {worst: 100, best: 0}", "direction: min")
    options = {"a": "{effect: {low: 10, high: 80}, cost: 40}", "b": "{effect: 50, cost: 60}"}
    assert robust_ranking(make(loose, **options), sampling=FEW).unworked is None
    result = robust_ranking(make(loose, **options | {"b": "{effect: 50, cost: {low: 10, high: 90}}"}), sampling=FEW)
    assert "on a criterion without a scale" in said(result)
    assert json.loads(to_json(result))["information"] is None


def test_of_very_many_options_it_is_not_worked_out(tmp_path: Path) -> None:
    """It says so, and takes no time for it."""
    (tmp_path / "criteria.yaml").write_text(TWO, encoding="utf-8")
    rows = "".join(f"o{number},{number % 97},{number % 89}\n" for number in range(201))
    (tmp_path / "options.csv").write_text(f"id,effect,cost\n{rows}", encoding="utf-8")
    result = robust_ranking(load(tmp_path), sampling=Sampling(samples=500))
    assert "not worked out for so many options" in said(result)
    assert json.loads(to_json(result))["information"] is None


def test_a_figure_asked_for_is_exact(make: Make) -> None:
    """It is known, so there is nothing to find out."""
    dossier = make(ONE, bold="effect: {low: 0, high: 100}", safe="effect: 60")
    asked = WhatIf(performances={("bold", "effect"): 50.0})
    assert worked_out(robust_ranking(dossier, asked, known=EXACT, sampling=FEW)).cells == ()


@pytest.mark.parametrize(
    ("worth", "written"),
    [
        ((0.0155, 0.00021), "0.0155 ± 0.0002"),
        ((0.5, 0.02), "0.500 ± 0.020"),
        ((3e-6, 1e-9), "0.000003 ± 0.000000"),
        ((0.25, 0.0), "0.250"),
    ],
)
def test_a_worth_has_as_many_decimals_as_its_error_tells(worth: tuple[float, float], written: str) -> None:
    """Three at least, and six at most."""
    assert amount(worth) == written
