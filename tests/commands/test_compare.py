"""`policyopts compare`, on the shipped dossier and on small ones."""

import json

import pytest
from typer.testing import CliRunner

from policyopts.analysis.method_comparison import compare_methods
from policyopts.analysis.ranked import rank_dossier
from policyopts.cli.app import app
from policyopts.cli.source import example_folder
from policyopts.engine.methods import METHODS
from policyopts.records.loader import load


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
