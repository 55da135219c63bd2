"""`policyopts explain`, on the shipped dossier."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policyopts.analysis.explanation import explain
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf
from policyopts.cli.app import app
from policyopts.cli.source import example_folder
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load


@pytest.fixture(scope="module")
def shipped() -> Dossier:
    """Read the shipped dossier."""
    return load(example_folder())


def output(*arguments: str) -> str:
    """Run a command on the shipped dossier and give what it prints."""
    result = CliRunner().invoke(app, [*arguments, "--example"], env={"COLUMNS": "100", "NO_COLOR": "1"})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_contributions_add_up_to_the_score(shipped: Dossier) -> None:
    """What the criteria add is the whole of the score, and the differences are the whole of the distance."""
    ranked = rank_dossier(shipped)
    for option in ranked.options:
        explanation = explain(ranked, option.id)
        assert sum(working.contribution or 0 for working in explanation.criteria) == pytest.approx(option.score)
        assert explanation.rival is not None
        apart = sum(working.difference or 0 for working in explanation.criteria)
        assert apart == pytest.approx(option.score - explanation.rival.score)


def test_every_figure_stands_where_it_is_said_to(shipped: Dossier) -> None:
    """The line named for a performance, a weight and a piece of evidence holds that criterion, weight or item."""
    ranked = rank_dossier(shipped)
    seen = 0
    for option in ranked.options:
        for working in explain(ranked, option.id).criteria:
            assert working.where is not None
            assert working.id in shipped.texts[working.where.path].splitlines()[working.where.line - 1]
            step = working.weight_steps[-1]
            assert "weight" in shipped.texts[step.where.path].splitlines()[step.where.line - 1]
            for item in working.evidence:
                assert item.id in shipped.texts[item.where.path].splitlines()[item.where.line - 1]
                seen += 1
    assert seen > 40


def test_the_weight_is_the_product_of_the_shares_on_the_way(shipped: Dossier) -> None:
    """A criterion's weight is worked out level by level of the tree."""
    for working in explain(rank_dossier(shipped), "do-nothing").criteria:
        product = 1.0
        for step in working.weight_steps:
            product *= step.share_of_group
        assert product == pytest.approx(working.weight)


def test_the_winner_is_held_against_the_next_and_others_against_the_winner(shipped: Dossier) -> None:
    """The rival is the option that ranks first, or the second for the first."""
    ranked = rank_dossier(shipped)
    first, second = ranked.options[:2]
    assert explain(ranked, first.id).rival == second
    assert [explain(ranked, option.id).rival for option in ranked.options[1:]] == [first] * 4


def test_a_screened_out_option_is_explained_by_its_reasons(shipped: Dossier) -> None:
    """An option that breaks a limit has no score; what it breaks is said."""
    broken = WhatIf(performances={("hold-iran-responsible", "escalation"): 55.0})
    explanation = explain(rank_dossier(shipped, broken), "hold-iran-responsible")
    assert explanation.placed is None
    assert explanation.reasons
    assert all(working.contribution is None for working in explanation.criteria)


def test_json_gives_the_working_of_each_criterion() -> None:
    """The JSON carries what the table shows, unrounded, with places."""
    document = json.loads(output("explain", "regional-deal", "--format", "json"))
    assert document["format"] == "policyopts.explanation/1"
    assert document["option"]["rank"] == 1
    assert len(document["criteria"]) == 8
    working = document["criteria"][0]
    assert working["contribution"] == pytest.approx(working["value"] * working["weight"])
    assert working["path"] == "options/regional-deal.yaml"
    assert working["evidence"][0]["grade"]


def test_one_criterion_is_worked_out_to_the_line() -> None:
    """With a criterion, the whole way from the record to the score is shown."""
    text = output("explain", "regional-deal", "deterrence")
    for title in ("Performance", "Because", "Confidence", "Evidence", "Assumes", "Value", "Weight", "Contribution"):
        assert title in text
    assert re.search(r"options/regional-deal\.yaml:\d+", text)
    assert re.search(r"criteria\.yaml:\d+", text)


def test_csv_has_a_row_for_each_criterion() -> None:
    """The CSV opens as a table, one row a criterion."""
    rows = list(csv.DictReader(io.StringIO(output("explain", "do-nothing", "--format", "csv"))))
    assert [row["criterion"] for row in rows][:2] == ["deterrence", "escalation"]
    assert len(rows) == 8


def test_markdown_has_a_section_for_each_criterion() -> None:
    """The Markdown names each criterion with its working."""
    text = output("explain", "do-nothing", "--format", "markdown")
    assert text.count("\n## ") == 8


@pytest.mark.parametrize("arguments", [["explain", "regional"], ["explain", "regional-deal", "deterence"]])
def test_an_unknown_id_is_wrong_usage(arguments: list[str]) -> None:
    """What is not there ends with 2 and a suggestion."""
    result = CliRunner().invoke(app, [*arguments, "--example"])
    assert result.exception is not None
    assert "did you mean" in getattr(result.exception, "hint", "")


def test_a_figure_from_a_frame_is_placed_in_the_frames_file(shipped: Dossier) -> None:
    """Under a frame, a changed figure names the frame's file and line."""
    explanation = explain(rank_dossier(shipped, WhatIf(frame="iraqi-problem")), "regional-deal")
    places = {working.where.path for working in explanation.criteria if working.where}
    assert "frames.yaml" in places


def test_texts_of_records_cannot_move_the_cursor(tmp_path: Path) -> None:
    """Escape sequences and Rich's markup in records come out as plain characters."""
    (tmp_path / "options").mkdir()
    (tmp_path / "criteria.yaml").write_text("criteria: {c: {direction: max, weight: 1, name: '[red]C[/red]'}}\n")
    cell = 'performance: {c: {value: 1, because: "\\e[31mred [/nope]"}}\n'
    (tmp_path / "options/a.yaml").write_text(f'name: "[bold]A\\e]0;x\\a"\n{cell}')
    result = CliRunner().invoke(app, ["explain", "a", "c", "-C", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.stdout
    assert "[bold]A" in result.stdout
    assert "[/nope]" in result.stdout


def test_an_unknown_figure_without_a_scale_has_the_range_of_the_options(tmp_path: Path) -> None:
    """Where nothing but the options present gives a range, an unknown figure is explained by it."""
    (tmp_path / "options").mkdir()
    (tmp_path / "criteria.yaml").write_text("criteria: {c: {direction: max, weight: 1}}\n")
    for option, figure in {"a": "10", "b": "30", "c": "unknown"}.items():
        (tmp_path / f"options/{option}.yaml").write_text(f"performance: {{c: {figure}}}\n")
    result = CliRunner().invoke(app, ["explain", "c", "--format", "json", "-C", str(tmp_path)])
    assert result.exit_code == 0, result.output
    performance = json.loads(result.stdout)["criteria"][0]["performance"]
    assert performance == {"low": 10.0, "value": 20.0, "high": 30.0, "unit": "", "text": "unknown"}


@pytest.mark.parametrize(("method", "symbols"), [("electre-1", {"C", "D", "S"}), ("electre-3", {"C", "σ"})])
def test_methods_that_compare_pairs_show_the_option_beside_each_other_one(method: str, symbols: set[str]) -> None:
    """What is said of the option before another is what the other's explanation says of it coming second."""
    ours = json.loads(output("explain", "regional-deal", "--method", method, "--format", "json"))
    theirs = json.loads(output("explain", "do-nothing", "--method", method, "--format", "json"))
    assert len(ours["pairs"]) == 4
    (beside,) = (pair for pair in ours["pairs"] if pair["id"] == "do-nothing")
    (mirrored,) = (pair for pair in theirs["pairs"] if pair["id"] == "regional-deal")
    assert beside["over"].keys() == symbols
    assert (beside["over"], beside["under"]) == (mirrored["under"], mirrored["over"])
    text = output("explain", "regional-deal", "--method", method)
    assert f"{beside['over']['C']:.3f}  {beside['under']['C']:.3f}" in text
    assert all(f"{symbol} →" in text and f"{symbol} ←" in text for symbol in symbols)


def test_methods_without_pairs_show_none() -> None:
    """Where a method gives each option its score, there is no table of the other options."""
    assert json.loads(output("explain", "regional-deal", "--format", "json"))["pairs"] == []
    assert "Beside" not in output("explain", "regional-deal")


@pytest.mark.parametrize(
    ("method", "terms"),
    [
        (["--method", "vikor"], ["d = ", "w·d = "]),
        (["--method", "topsis"], ["r = "]),
        (["--method", "weighted-sum", "--param", "normalisation=max"], ["r = 0.250", "Contribution\n  0.047"]),
        (["--method", "promethee"], ["φ⁺ⱼ = ", "w·φⱼ = "]),
    ],
)
def test_a_criterion_is_worked_out_by_the_method_asked_for(method: list[str], terms: list[str]) -> None:
    """The working is the method's own; the value function is no part of it."""
    text = output("explain", "syria-strikes", "deterrence", *method)
    assert "Value\n" not in text
    assert all(term in re.sub(r" +\n", "\n", text) for term in terms)
