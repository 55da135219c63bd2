"""How a dossier's options fare when weights and performances are drawn, on cases that can be worked out."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

import policyopts as po
from policyopts.analysis.necessary_order import Above
from policyopts.analysis.problem.uncertain_weights import KnownWeights
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.robust_ranking import RobustRanking, Sampling, robust_ranking, samples_in_a_moment
from policyopts.analysis.view import WhatIf
from policyopts.engine.methods import METHODS
from policyopts.engine.robustness.weights import any_weights
from policyopts.findings import UsageError
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load
from policyopts.report.robustness import to_csv, to_json, to_markdown
from policyopts.report.robustness_table import to_terminal

Write = Callable[..., Path]
Make = Callable[..., Dossier]
SURE = 5 * 0.5 / 100_000**0.5  # five standard errors of a share of 100,000 samples

TWO_CRITERIA = """
criteria:
  effect: {weight: 60, scale: {worst: 0, best: 100}}
  cost: {weight: 40, scale: {worst: 100, best: 0}}
"""


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a dossier of some options' performances, and of two criteria unless others are given."""

    def make_dossier(criteria: str = TWO_CRITERIA, **options: str) -> Dossier:
        (tmp_path / "criteria.yaml").write_text(criteria, encoding="utf-8")
        (tmp_path / "options").mkdir(exist_ok=True)
        for id_, cells in options.items():
            (tmp_path / f"options/{id_}.yaml").write_text(f"performance: {{{cells}}}\n", encoding="utf-8")
        return load(tmp_path)

    return make_dossier


def firsts(result: RobustRanking) -> dict[str, float]:
    """Give each option's share of first ranks."""
    return {option.id: option.first for option in result.options}


def test_a_range_is_drawn_evenly(make: Make) -> None:
    """On one criterion, an option is first as often as its range lies above the other's figure."""
    one = "criteria: {effect: {weight: 1, scale: {worst: 0, best: 100}}}\n"
    dossier = make(one, bold="effect: {low: 0, high: 100}", safe="effect: 30")
    result = robust_ranking(dossier)
    assert firsts(result) == pytest.approx({"bold": 0.7, "safe": 0.3}, abs=SURE)
    assert (result.verdict, result.leader.id, result.uncertain) == ("leaning", "bold", 1)
    assert result.beats("bold", "safe") == pytest.approx(0.7, abs=SURE)
    assert result.leader.standard_error == pytest.approx((0.7 * 0.3 / 100_000) ** 0.5, rel=0.1)
    assert result.leader.score == pytest.approx((0.05, 0.5, 0.95), abs=0.02)


def test_bent_value_functions_are_followed(make: Make) -> None:
    """What is drawn is the performance: the value is that of the curve, not of the straight line."""
    value = "{points: [[0, 0], [20, 80], [100, 100]]}"
    bent = f"criteria: {{effect: {{weight: 1, scale: {{worst: 0, best: 100}}, value: {value}}}}}\n"
    result = robust_ranking(make(bent, bold="effect: {low: 0, high: 100}", safe="effect: 20"))
    median = result.options[0].score[1] if result.options[0].id == "bold" else result.options[1].score[1]
    assert median == pytest.approx(0.8 + 0.2 * 30 / 80, abs=0.01)


def test_any_weights_are_a_line(make: Make) -> None:
    """Of two criteria, an option is first on the part of the line from one to the other on which it scores more."""
    dossier = make(dear="effect: 90, cost: 80", cheap="effect: 30, cost: 0")
    result = robust_ranking(dossier, known=KnownWeights("any"))
    # 0.9 w + 0.2 (1 - w) > 0.3 w + (1 - w) where w > 0.8 / 1.4
    assert firsts(result) == pytest.approx({"dear": 1 - 0.8 / 1.4, "cheap": 0.8 / 1.4}, abs=SURE)
    assert result.leader.central_weights == pytest.approx({"effect": 0.4 / 1.4, "cost": 1 / 1.4}, abs=SURE)
    other, more = result.other_weights(result.options[1])
    assert {other.criterion, more.criterion} == {"effect", "cost"}
    assert (other.stated, more.stated) in {(0.6, 0.4), (0.4, 0.6)}
    assert [option.confidence for option in result.options] == [1.0, 1.0]


def test_what_the_figures_say_may_not_be_what_chance_says(make: Make) -> None:
    """The rank is that of the figures as they stand, which a lopsided range need not bear out."""
    one = "criteria: {effect: {weight: 1, scale: {worst: 0, best: 100}}}\n"
    dossier = make(one, bold="effect: {low: 0, value: 60, high: 60}", safe="effect: 59")
    result = robust_ranking(dossier)
    assert (result.leader.id, result.leader.rank, result.options[1].rank) == ("safe", 2, 1)
    assert result.verdict == "clear winner"
    assert "By the figures as they stand, bold ranks first." in to_markdown(result)


@pytest.mark.parametrize(("value", "verdict"), [(5, "clear winner"), (35, "leaning"), (45, "too close to call")])
def test_the_verdict(value: int, verdict: str, make: Make) -> None:
    """First in nine of ten samples is clear, in six of ten a leaning, and less is too close to call."""
    one = "criteria: {effect: {weight: 1, scale: {worst: 0, best: 100}}}\n"
    assert robust_ranking(make(one, bold="effect: {low: 0, high: 100}", safe=f"effect: {value}")).verdict == verdict


def test_twins_share_the_first_place(make: Make) -> None:
    """Two options alike in everything are first half of the time each, and stand in one place of the tree."""
    result = robust_ranking(
        make(one="effect: 60, cost: 20", other="effect: 60, cost: 20", third="effect: 10, cost: 90")
    )
    assert firsts(result) == {"one": 0.5, "other": 0.5, "third": 0.0}
    assert result.order is not None
    assert result.order.tree == (Above(("one", "other"), (Above(("third",), ()),)),)
    assert result.options[2].central_weights is None
    assert "one = other" in to_markdown(result)


def test_the_tree_leaves_out_what_follows(make: Make) -> None:
    """What is below an option that is below another stands there only; below two, it is told in full once."""
    dossier = make(
        a="effect: 90, cost: 10",
        b="effect: 80, cost: 0",
        c="effect: 70, cost: 20",
        d="effect: 60, cost: 30",
        e="effect: 95, cost: 90",
    )
    order = robust_ranking(dossier, known=KnownWeights("any")).order
    assert order is not None
    assert order.tree == (
        Above(("a",), (Above(("c",), (Above(("d",), ()),)),)),
        Above(("b",), (Above(("c",), (), told=True),)),
        Above(("e",), ()),
    )
    assert set(order.necessary["a"]) == {"c", "d"}
    assert set(order.possible["e"]) == {"a", "b", "c", "d"}
    assert order.possible["d"] == ("e",)


def test_necessary_preference_is_over_the_stated_ranges(make: Make) -> None:
    """Where weights have ranges, what holds on these is told; where none has, what holds whatever they are."""
    ranged = TWO_CRITERIA.replace("60", "{low: 55, value: 60, high: 65}")
    options = {"dear": "effect: 90, cost: 50", "cheap": "effect: 10, cost: 0"}
    within = robust_ranking(make(ranged, **options)).order
    assert within is not None
    assert within.necessary == {"dear": ("cheap",), "cheap": ()}
    whatever = robust_ranking(make(**options)).order
    assert whatever is not None
    assert whatever.necessary == {"dear": (), "cheap": ()}


@pytest.mark.parametrize("method", METHODS)
def test_it_works_with_every_method(method: str, small: Dossier) -> None:
    """Under each method of the table, every option and every rank has its shares, and they sum to 1."""
    figures = {("wait", "speed"): 20.0, ("act", "cost"): 40.0}  # what methods that divide can take
    result = robust_ranking(small, WhatIf(performances=figures), sampling=Sampling(samples=500), method=method)
    table = np.array([option.acceptability for option in result.options])
    assert np.allclose(table.sum(axis=0), 1)
    assert all(mean >= 0 and most >= 0 for mean, most in (option.regret for option in result.options))
    assert np.allclose(table.sum(axis=1), 1)
    assert (result.order is not None) == METHODS[method].linear
    assert json.loads(to_json(result))["method"] == method


def test_precision_ends_the_run(small: Dossier) -> None:
    """Samples are drawn until no first-rank share has a larger error; a number of samples is the most there are."""
    fine = robust_ranking(small, sampling=Sampling(precision=0.001)).found
    assert fine.standard_error.max() <= 0.001
    assert robust_ranking(small, sampling=Sampling(samples=3000, precision=1e-5)).found.samples == 3000
    for wrong in (0.0, -1.0, float("nan")):
        with pytest.raises(UsageError, match="--precision"):
            robust_ranking(small, sampling=Sampling(precision=wrong))


def test_a_run_that_is_stopped_gives_what_there_is(small: Dossier) -> None:
    """It is marked as partial; stopped after the last block, it is whole."""
    told: list[tuple[int, int]] = []
    million = Sampling(samples=1_000_000)
    result = robust_ranking(
        small, sampling=million, progress=lambda *far: told.append(far), stopped=lambda: len(told) == 2
    )
    assert result.partial
    assert result.found.samples == told[-1][0] < 1_000_000
    assert [whole for _, whole in told] == [1_000_000, 1_000_000]
    assert json.loads(to_json(result))["partial"]
    assert f"Partial: stopped after {result.found.samples:,} samples." in to_markdown(result)
    assert not robust_ranking(small, sampling=Sampling(samples=100), stopped=lambda: True).partial


def test_progress_says_how_much_there_will_be(small: Dossier) -> None:
    """With a precision, the number of samples is foreseen from the error so far."""
    told: list[tuple[int, int]] = []
    robust_ranking(small, sampling=Sampling(precision=0.0005), progress=lambda *far: told.append(far))
    assert told[-1][0] == told[-1][1]
    assert all(done <= whole for done, whole in told)
    assert told[0][1] == pytest.approx(told[-1][1], rel=0.5)  # a first block knows the error well enough


def test_the_document(small: Dossier) -> None:
    """JSON holds what scripts rely on, and the same bytes each time."""
    text = to_json(robust_ranking(small, sampling=Sampling(samples=2000)))
    assert text == to_json(robust_ranking(small, sampling=Sampling(samples=2000)))
    assert text != to_json(robust_ranking(small, sampling=Sampling(samples=2000, seed=1)))
    document = json.loads(text)
    assert document["format"] == "policyopts.robustness/1"
    assert (document["samples"], document["seed"]) == (2000, 0)
    for option in document["options"]:
        assert {"first", "standard_error", "central_weights", "confidence", "expected_rank"} <= option.keys()
        assert len(option["rank_acceptability"]) == 3
        assert option["score"].keys() == {"p05", "p50", "p95"}
    for one, row in document["pairwise"].items():
        for other, chance in row.items():
            assert chance + document["pairwise"][other][one] == pytest.approx(1)
    assert document["necessary"].keys() == document["possible"].keys() == {"act", "wait", "study"}


def test_csv_and_markdown_hold_every_option(small: Dossier) -> None:
    """A row each, with the share of every rank."""
    result = robust_ranking(small, sampling=Sampling(samples=2000))
    header, *rows = to_csv(result).splitlines()
    assert header == (
        "rank,id,name,first,standard_error,expected_rank,confidence,p05,p50,p95,regret,regret_p95,"
        "rank_1,rank_2,rank_3,reach,speed,cost"
    )
    assert [row.split(",")[1] for row in rows] == [option.id for option in result.options]
    assert all(f"| {option.id}" in to_markdown(result) for option in result.options)


def test_of_many_options_pairs_are_left_out(tmp_path: Path) -> None:
    """Pairs, confidence and the order are told for a few hundred options at most."""
    (tmp_path / "criteria.yaml").write_text(TWO_CRITERIA, encoding="utf-8")
    rows = "".join(f"o{number},{number % 97},{number % 89}\n" for number in range(300))
    (tmp_path / "options.csv").write_text(f"id,effect,cost\n{rows}", encoding="utf-8")
    result = robust_ranking(load(tmp_path), sampling=Sampling(samples=500))
    document = json.loads(to_json(result))
    assert document["pairwise"] == {"left_out": "the pairs of 300 options"}
    assert document["necessary"] is None
    assert all(option["confidence"] is None for option in document["options"])
    assert "rank_1" not in to_csv(result)


def test_who_is_regretted_least_need_not_be_first_most_often(make: Make) -> None:
    """A triangle from 0 to a peak at 60 lies above 41 in 53 %, but at 40 in the mean: so much is said."""
    one = "criteria: {effect: {weight: 1, scale: {worst: 0, best: 100}}}\n"
    result = robust_ranking(make(one, bold="effect: {low: 0, value: 60, high: 60}", safe="effect: 41"))
    assert firsts(result) == pytest.approx({"bold": 1 - (41 / 60) ** 2, "safe": (41 / 60) ** 2}, abs=SURE)
    assert (result.leader.id, result.least_regretted.id) == ("bold", "safe")
    regrets = {option.id: option.regret[0] for option in result.options}
    # The kept samples are 32,768, and the bold figure's deviation is 0.6 / √18.
    assert regrets["bold"] - regrets["safe"] == pytest.approx(0.01, abs=5 * 0.6 / 18**0.5 / 32_768**0.5)
    assert "safe has the least expected regret: it scores 0.0" in to_markdown(result)
    assert "least expected regret" not in to_markdown(robust_ranking(make(one, bold="effect: 60")))


def test_of_very_many_options_the_first_ranks_are_told(tmp_path: Path) -> None:
    """Above a thousand, an option's shares are those of the first hundred ranks, and JSON says what is left out."""
    (tmp_path / "criteria.yaml").write_text(TWO_CRITERIA, encoding="utf-8")
    for count, said in ((1000, None), (1001, "those after the first 100 of 1,001")):
        rows = "".join(f"o{number},{number % 97},{number % 89}\n" for number in range(count))
        (tmp_path / "options.csv").write_text(f"id,effect,cost\n{rows}", encoding="utf-8")
        result = robust_ranking(load(tmp_path), sampling=Sampling(samples=50))
        document = json.loads(to_json(result))
        assert document.get("ranks_left_out") == said
        assert {len(option["rank_acceptability"]) for option in document["options"]} == {1000 if said is None else 100}
        means = [option["expected_rank"] for option in document["options"]]
        assert sum(means) == pytest.approx(count * (count + 1) / 2)


@pytest.mark.parametrize(
    ("options", "method", "samples"),
    [
        (10, "weighted-sum", 100_000),
        (10, "electre-3", 100_000),
        (200, "weighted-sum", 83_886),
        (200, "electre-3", 1_000),
        (60, "copeland", 4_660),
    ],
)
def test_fewer_samples_where_each_takes_long(options: int, method: str, samples: int, tmp_path: Path) -> None:
    """A few seconds are enough for all samples of few options, and for fewer of many, or where pairs are compared."""
    (tmp_path / "criteria.yaml").write_text(TWO_CRITERIA, encoding="utf-8")
    rows = "".join(f"o{number},{number % 97},{number % 89}\n" for number in range(options))
    (tmp_path / "options.csv").write_text(f"id,effect,cost\n{rows}", encoding="utf-8")
    assert samples_in_a_moment(rank_dossier(load(tmp_path), method=method)) == samples


def test_one_option_is_always_first(make: Make) -> None:
    """There is nothing to compare it with."""
    result = robust_ranking(make(alone="effect: {low: 1, high: 5}, cost: 3"))
    assert firsts(result) == {"alone": 1.0}
    assert "alone is the only option ranked." in to_markdown(result)


class TestFromPython:
    """`po.robustness`."""

    def test_a_dossier_is_drawn_as_on_the_command_line(self, small: Dossier) -> None:
        """The figures are the same."""
        found = po.robustness(small, samples=2000, seed=3)
        same = robust_ranking(small, sampling=Sampling(samples=2000, seed=3)).found
        assert (found.rank_acceptability == same.rank_acceptability).all()
        topsis = po.robustness(small, "topsis", weights="order", where=("cost <= 0.5",), samples=500)
        assert topsis.samples == 500

    def test_a_matrix_says_what_is_known(self) -> None:
        """Weights are known by a word, by constraints or by a distribution."""
        matrix = po.DecisionMatrix([[90, 20], [40, 80]], [2, 1], ["max", "max"], lower=[0, 0], upper=[100, 100])
        by_word = po.robustness(matrix, weights="any", samples=5000)
        by_distribution = po.robustness(matrix, weights=any_weights(2), samples=5000)
        assert (by_word.first == by_distribution.first).all()
        assert po.robustness(matrix, weights="any", where=("c1 >= 0.9",), samples=100).first.tolist() == [1, 0]
        assert po.robustness(matrix, weights="order", samples=100).samples == 100
        sure = po.robustness(matrix, trust=1e6, samples=1000)
        assert sure.first.tolist() == [1, 0]

    def test_what_is_known_of_nothing_is_refused(self, small: Dossier) -> None:
        """An unknown word, ranges of a matrix, and a dossier beside what it says itself."""
        matrix = po.DecisionMatrix([[90, 20], [40, 80]], [2, 1], ["max", "max"])
        with pytest.raises(UsageError, match="unknown kind of weights 'odrer'") as caught:
            po.robustness(matrix, weights="odrer")  # type: ignore[arg-type]
        assert caught.value.hint == "did you mean 'order'?"
        with pytest.raises(UsageError, match="a matrix has no ranges of weights"):
            po.robustness(matrix, weights="ranges")
        with pytest.raises(UsageError, match="a dossier says itself"):
            po.robustness(small, weights=any_weights(3))


def test_few_samples_are_said_to_be_few(make: Make) -> None:
    """A run whose shares chance has made says so; one of a thousand samples or more does not."""
    dossier = make(bold="effect: {low: 0, high: 100}, cost: 50", safe="effect: 30, cost: 40")
    assert "So few samples, 5, say little" in to_markdown(robust_ranking(dossier, sampling=Sampling(5)))
    assert "So few samples" not in to_markdown(robust_ranking(dossier, sampling=Sampling(1000)))


def test_a_share_beside_a_verdict_s_bound_shows_its_side(make: Make) -> None:
    """59.7 % is too close to call and 60 % is leaning: the share is written so that one sees which it is."""
    one = "criteria: {effect: {weight: 1, scale: {worst: 0, best: 100}}}\n"
    result = robust_ranking(make(one, bold="effect: {low: 0, high: 100}", safe="effect: 40.3"))
    assert result.verdict == "too close to call"
    assert f"bold comes first in {100 * result.leader.first:.2f} % of the samples" in to_markdown(result)


def test_a_long_order_is_cut_on_a_terminal(tmp_path: Path) -> None:
    """Of forty options each at least as good as the next, thirty lines are drawn, and it is said how many more."""
    (tmp_path / "criteria.yaml").write_text(TWO_CRITERIA, encoding="utf-8")
    rows = "".join(f"o{number:02},{90 - number},{number}\n" for number in range(40))
    (tmp_path / "options.csv").write_text(f"id,effect,cost\n{rows}", encoding="utf-8")
    drawn = Console(width=200, file=StringIO())
    drawn.print(to_terminal(200, robust_ranking(load(tmp_path), sampling=Sampling(1000))))
    text = drawn.file.getvalue()  # type: ignore[attr-defined] # it is the one given
    assert text.count("└─") == 29
    assert "… 10 more lines; --format json has all of it." in text
