"""`policyopts frames`, `perspectives` and `assumptions`, on the shipped dossier and on small ones."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from policyopts.analysis.perspectives import rank_by_parties
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf
from policyopts.cli.app import app
from policyopts.cli.source import example_folder
from policyopts.findings import UsageError
from policyopts.records.loader import load

COMMANDS = ["frames", "perspectives", "assumptions"]


def output(*arguments: str, width: int = 80) -> str:
    """Run a command on the shipped dossier and give what it prints."""
    result = CliRunner().invoke(app, [*arguments, "--example"], env={"COLUMNS": str(width), "NO_COLOR": "1"})
    assert result.exit_code == 0, result.output
    return result.stdout


def document(*arguments: str) -> dict[str, Any]:
    """Run a command on the shipped dossier and read its JSON."""
    found: dict[str, Any] = json.loads(output(*arguments, "--format", "json"))
    return found


@pytest.mark.parametrize(
    ("command", "what_if"),
    [
        ("frames", lambda id_: WhatIf(frame=id_)),
        ("perspectives", lambda id_: WhatIf(perspective=id_)),
        ("assumptions", lambda id_: WhatIf(failed=(id_,))),
    ],
)
def test_each_reading_is_what_rank_says_of_it(command: str, what_if: Callable[[str], WhatIf]) -> None:
    """The ranks and scores of every overlay are those of `rank` under it; the first ones those as it stands."""
    dossier = load(example_folder())
    said = document(command)
    assert said["format"] == f"policyopts.{command}/1"
    assert len(said[command]) >= 2
    for each in said[command]:
        alone = rank_dossier(dossier, what_if(each["id"]))
        assert each["ranks"] == {option.id: option.rank for option in alone.options}
        assert each["scores"] == pytest.approx({option.id: option.score for option in alone.options})
        assert each["winners"] == [option.id for option in alone.winners]
    assert said["as_it_stands"]["ranks"] == {option.id: option.rank for option in rank_dossier(dossier).options}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("width", [80, 120])
def test_a_line_for_every_reading_fits_the_terminal(command: str, width: int) -> None:
    """The table has a row for each overlay, and no line is wider than the terminal."""
    text = output(command, width=width)
    assert max(map(len, text.splitlines())) <= width
    for each in document(command)[command]:
        assert any(line.startswith(each.get("name", each["id"])[:20]) for line in text.splitlines())


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_holds_every_option_under_every_reading(command: str) -> None:
    """One row for each option, as it stands and under each overlay."""
    rows = list(csv.DictReader(io.StringIO(output(command, "--format", "csv"))))
    said = document(command)
    readings = len(said[command]) + 1 + (command == "assumptions")
    assert len(rows) == readings * len(said["as_it_stands"]["ranks"])


@pytest.mark.parametrize("command", COMMANDS)
def test_markdown_has_the_table_and_the_sentences(command: str) -> None:
    """A title, a row for each option, and what the terminal says in sentences."""
    text = output(command, "--format", "markdown")
    assert text.startswith("# Answering the rocket attacks on US positions in Iraq: the ")
    assert "| Regional deal | **1** 0.602 |" in text
    assert " first" in text.split("|\n\n")[-1]


@pytest.mark.parametrize("command", COMMANDS)
def test_they_go_together_with_what_is_asked(command: str) -> None:
    """A method and a changed figure count in every reading."""
    said = document(command, "--method", "topsis", "--set", "syria-strikes.deterrence=100")
    alone = rank_dossier(
        load(example_folder()), WhatIf(performances={("syria-strikes", "deterrence"): 100.0}), method="topsis"
    )
    assert said["method"] == "topsis"
    assert said["as_it_stands"]["scores"] == pytest.approx({option.id: option.score for option in alone.options})


def test_the_degree_of_optimism_is_a_share() -> None:
    """Hurwicz's degree of optimism lies from 0 to 1."""
    result = CliRunner().invoke(app, ["frames", "--example", "--hurwicz", "1.5"])
    assert isinstance(result.exception, UsageError)


def test_the_least_objectionable_option_has_the_best_worst_rank() -> None:
    """No option's worst rank with any party is better than that of the least objectionable ones."""
    found = rank_by_parties(load(example_folder()))
    assert found.least_objectionable
    best = min(found.worst_ranks.values())
    assert all(found.worst_ranks[option] == best for option in found.least_objectionable)
    for option, worst in found.worst_ranks.items():
        assert worst == max(outcome.rank(option) or 0 for outcome in found.outcomes)


def test_camps_hold_every_party_once_and_all_the_influence() -> None:
    """The parties are gathered by what they put first."""
    found = rank_by_parties(load(example_folder()))
    parties = [party for camp in found.camps for party in camp.parties]
    assert sorted(parties) == sorted(outcome.id for outcome in found.outcomes)
    assert sum(camp.influence or 0 for camp in found.camps) == pytest.approx(1)


def test_an_assumption_tells_its_signpost_and_what_turns() -> None:
    """Each assumption is there with its claim and its signpost; those that change the first place say so."""
    said = document("assumptions")
    text = " ".join(output("assumptions").split())
    first = said["as_it_stands"]["winners"]
    for each in said["assumptions"]:
        assert each["changes_first"] == (each["winners"] != first)
        assert each["claim"] in text
        assert each["signpost"] in text
    assert said["all_failed"]["ranks"]
