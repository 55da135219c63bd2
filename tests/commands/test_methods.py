"""`policyopts methods`."""

import json

import pytest
from typer.testing import CliRunner

from policyopts.cli.app import app
from policyopts.engine.methods import METHODS


def output(*arguments: str) -> str:
    """Run a command and give what it prints."""
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("format_", ["table", "json", "csv", "markdown"])
def test_every_method_is_listed(format_: str) -> None:
    """The list holds the whole table in every format."""
    text = output("methods", "--format", format_)
    assert METHODS
    assert all(name in text for name in METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_each_method_has_a_page(name: str) -> None:
    """A method's page is its file's own text, with its parameters and reference, and no Python."""
    text = output("methods", name)
    assert METHODS[name].reference in text
    assert all(parameter.name in text for parameter in METHODS[name].parameters)
    assert ">>>" not in text


def test_json_lists_parameters_with_their_choices() -> None:
    """The JSON carries what a program needs to offer the parameters."""
    document = json.loads(output("methods", "--format", "json"))
    assert document["format"] == "policyopts.methods/1"
    found = {method["name"]: method for method in document["methods"]}
    assert found["weighted-sum"]["parameters"][0]["default"] == "value"


def test_parameters_say_what_they_take() -> None:
    """A parameter is listed with its words, its bounds and whether it takes a row, as text and as JSON."""
    parameters = {
        f"{method['name']} {parameter['name']}": parameter
        for method in json.loads(output("methods", "--format", "json"))["methods"]
        for parameter in method["parameters"]
    }
    assert (parameters["vikor v"]["minimum"], parameters["vikor v"]["maximum"]) == (0, 1)
    assert (parameters["codas tau"]["minimum"], parameters["codas tau"]["maximum"]) == (0, None)
    assert (parameters["aras optimal"]["choices"], parameters["aras optimal"]["row"]) == (["column-best"], True)
    assert "v = 0.5 (or any number from 0 to 1)" in output("methods", "vikor")
    assert "tau = 0.02 (or any number from 0 up)" in output("methods", "codas")
    assert "optimal = column-best (or a row of numbers, one for each criterion)" in output("methods", "aras")
