"""`policyopts compare`, on the shipped dossier and on small ones."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policyopts.analysis.method_comparison import compare_methods
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf
from policyopts.cli.app import app
from policyopts.cli.source import example_folder
from policyopts.engine.methods import METHODS
from policyopts.records.loader import load
from policyopts.report.comparison import to_markdown


def output(*arguments: str) -> str:
    """Run a command on the shipped dossier and give what it prints."""
    result = CliRunner().invoke(app, [*arguments, "--example"], env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_method_ranks_or_is_named_with_its_reason() -> None:
    """No method is passed over in silence."""
    document = json.loads(output("compare", "--format", "json"))
    assert document["format"] == "policyopts.comparison/1"
    assert document["methods"].keys() | document["refused"].keys() == METHODS.keys()
    assert all(document["refused"].values())


def test_each_method_ranks_as_it_does_alone() -> None:
    """What stands side by side is what `rank --method` says."""
    dossier = load(example_folder())
    comparison = compare_methods(dossier)
    assert len(comparison.rankings) > 10
    for ranking in comparison.rankings:
        alone = rank_dossier(dossier, method=ranking.method).ranking
        assert alone.ranks.tolist() == ranking.ranks.tolist()


def test_agreement_and_consensus_cover_all_methods_and_options() -> None:
    """Kendall's tau is there for each pair of methods, the counts for each option."""
    document = json.loads(output("compare", "--format", "json"))
    names = document["methods"].keys()
    tau = document["agreement"]["kendall_tau"]
    assert tau.keys() == names
    assert all(row.keys() == names and row[name] == pytest.approx(1.0) for name, row in tau.items())
    assert 0 <= document["agreement"]["kendall_w"] <= 1
    options = {path.stem for path in (example_folder() / "options").glob("*.yaml")}
    assert document["consensus"]["borda"].keys() == document["consensus"]["copeland"].keys() == options


@pytest.mark.parametrize("format_", ["table", "csv", "markdown"])
def test_every_format_names_every_method_that_ranked(format_: str) -> None:
    """The table, the CSV and the Markdown hold a row for each method."""
    text = output("compare", "--format", format_)
    assert all(ranking.method in text for ranking in compare_methods(load(example_folder())).rankings)


TURNED = {
    "criteria.yaml": """\
criteria:
  cost: {weight: 1, direction: max}
  effect: {weight: 1, direction: max}
""",
    "options.csv": "id,cost,effect\na,0,60\nb,40,30\nc,100,0\n",
}


@pytest.fixture
def turned(tmp_path: Path) -> Path:
    """Write a dossier in which an option decides by its mere presence: it stretches the range of a criterion."""
    for name, text in TURNED.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_first_place_that_a_bystander_decides_is_told(turned: Path) -> None:
    """A reversal is told with the method, the bystander and the first places before and after; each of them is so."""
    dossier = load(turned)
    found = compare_methods(dossier).reversals
    assert found
    for reversal in found:
        assert reversal.bystander not in reversal.before
        assert reversal.before != reversal.after
        if reversal.change == "left out":
            left = rank_dossier(dossier, WhatIf(without=(reversal.bystander,)), method=reversal.method)
            assert {option.id for option in left.winners} == set(reversal.after)


def test_with_many_options_the_best_few_are_tried(turned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all of them would take long, it says how many were left out, or that none was."""
    monkeypatch.setattr("policyopts.analysis.method_comparison.MOST_PAIRS", 9)
    assert compare_methods(load(turned)).tried == 1
    monkeypatch.setattr("policyopts.analysis.method_comparison.MOST_PAIRS", 8)
    none = compare_methods(load(turned))
    assert (none.tried, none.reversals) == (0, ())
    assert "No rank-reversal test: it would take long with so many options." in to_markdown(none)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_figure_of_the_table_is_cut(width: int, tmp_path: Path) -> None:
    """As many options as fit are shown with all their figures."""
    criteria = "".join(f"  c{place}: {{weight: 1, direction: max}}\n" for place in range(12))
    (tmp_path / "criteria.yaml").write_text(f"criteria:\n{criteria}", encoding="utf-8")
    rows = "".join(f"o{row},{','.join(str((row * place) % 37) for place in range(2, 14))}\n" for row in range(30))
    (tmp_path / "options.csv").write_text(
        f"id,{','.join(f'c{place}' for place in range(12))}\n{rows}", encoding="utf-8"
    )
    text = (
        CliRunner().invoke(app, ["compare", "-C", str(tmp_path)], env={"COLUMNS": str(width), "NO_COLOR": "1"}).stdout
    )
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= width
    assert "more options rank below by consensus" in text
