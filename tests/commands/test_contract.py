"""The JSON of `sensitivity` and `robustness`, field by field: what scripts rely on, with exact names and nulls."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from typer.testing import CliRunner

from policyopts.cli.app import app

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
FLAG: Schema = {"type": "boolean"}


def record(**fields: Schema) -> Schema:
    """Describe an object that has these fields and no others."""
    return {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}


def each(of: Schema) -> Schema:
    """Describe a list of things that are alike."""
    return {"type": "array", "items": of}


def by_id(of: Schema) -> Schema:
    """Describe an object with an id for each key."""
    return {"type": "object", "additionalProperties": of, "propertyNames": {"pattern": "^[a-z0-9][a-z0-9-]*$"}}


def or_null(of: Schema) -> Schema:
    """Describe what may be null."""
    return {"anyOf": [of, {"type": "null"}]}


FINDING: Schema = record(code=TEXT, severity=TEXT, path=TEXT, line=COUNT, column=COUNT, message=TEXT)
FINDING["properties"]["hint"] = TEXT
HEAD: dict[str, Schema] = {
    "dossier": record(title=TEXT, digest={"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}),
    "method": TEXT,
    "parameters": {"type": "object"},
    "findings": each(FINDING),
}
WORTH: Schema = record(value={"type": "number", "minimum": 0}, standard_error={"type": "number", "minimum": 0})

SENSITIVITY: Schema = record(
    format={"const": "policyopts.sensitivity/1"},
    **HEAD,
    exact=FLAG,
    winner=TEXT,
    weights=each(
        record(
            criterion=TEXT,
            group=FLAG,
            weight=SHARE,
            effective_weight=or_null(NUMBER),
            stable_from=SHARE,
            stable_to=SHARE,
            crossovers=each(record(at=SHARE, winner=TEXT)),
        )
    ),
    distance={"enum": ["l1", "euclid"]},
    challengers=each(record(id=TEXT, distance=or_null(NUMBER), weights=or_null(by_id(SHARE)), behind=NUMBER)),
    scores=each(
        record(option=TEXT, criterion=TEXT, flips_at=or_null(NUMBER), winner=or_null(TEXT), in_range=FLAG),
    ),
    tornado=each(record(option=TEXT, criterion=TEXT, low=NUMBER, high=NUMBER, lead_at_low=NUMBER, lead_at_high=NUMBER)),
    left_out=each(TEXT),
)

OPTION: Schema = record(
    id=TEXT,
    name=TEXT,
    rank=COUNT,
    first=SHARE,
    standard_error=NUMBER,
    rank_acceptability=each(SHARE),
    expected_rank=NUMBER,
    central_weights=or_null(by_id(SHARE)),
    confidence=or_null(SHARE),
    score=record(p05=NUMBER, p50=NUMBER, p95=NUMBER),
    regret=record(expected={"type": "number", "minimum": 0}, p95={"type": "number", "minimum": 0}),
)
INFORMATION: Schema = record(
    choice=TEXT,
    nothing_can_change=FLAG,
    everything=WORTH,
    performances=WORTH,
    weights=WORTH,
    criteria=by_id(WORTH),
    cells=each(record(option=TEXT, criterion=TEXT, **WORTH["properties"])),
)
ROBUSTNESS: Schema = record(
    format={"const": "policyopts.robustness/1"},
    **HEAD,
    weights=by_id(SHARE),
    drawn=record(weights=TEXT, trust=or_null(NUMBER), where=each(TEXT), performances=COUNT),
    samples=COUNT,
    precision=or_null(NUMBER),
    seed=COUNT,
    partial=FLAG,
    verdict=record(option=TEXT, says={"enum": ["clear winner", "leaning", "too close to call"]}),
    options=each(OPTION),
    pairwise=by_id(by_id(SHARE)),
    information=or_null(INFORMATION),
    necessary=or_null(by_id(each(TEXT))),
    possible=or_null(by_id(each(TEXT))),
    screened_out=each(record(id=TEXT, reasons=each(TEXT))),
)


def document(folder: Path | None, *arguments: str) -> Any:
    """Run a command on a dossier, or on the shipped one, and read its JSON."""
    command, *rest = arguments
    where = ["--example"] if folder is None else ["-C", str(folder)]
    result = CliRunner().invoke(app, [command, *where, *rest, "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def one_behind(tmp_path: Path) -> Path:
    """Write a dossier with an option that nothing puts first, and one that a hard limit screens out."""
    (tmp_path / "criteria.yaml").write_text(
        "criteria:\n"
        "  effect: {weight: 3, scale: {worst: 0, best: 100}, limit: {at_least: 5}}\n"
        "  cost: {weight: 2, scale: {worst: 100, best: 0}}\n",
        encoding="utf-8",
    )
    (tmp_path / "options").mkdir()
    options = {"good": "80, cost: {low: 10, high: 20}", "bad": "20, cost: 70", "out": "1, cost: 0"}
    for id_, cells in options.items():
        (tmp_path / f"options/{id_}.yaml").write_text(f"performance: {{effect: {cells}}}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("arguments", [(), ("--method", "topsis"), ("--distance", "euclid", "--challengers", "2")])
def test_sensitivity(arguments: tuple[str, ...], one_behind: Path) -> None:
    """The fields are these, no more and no fewer, and numbers are there or null."""
    shipped = document(None, "sensitivity", *arguments)
    behind = document(one_behind, "sensitivity", *arguments)
    for found in (shipped, behind):
        Draft202012Validator(SENSITIVITY).validate(found)
    assert {moved["criterion"] for moved in shipped["weights"]} >= {"deterrence", "security"}
    assert [(each["id"], each["weights"], each["distance"]) for each in behind["challengers"]] == [("bad", None, None)]
    assert any(score["flips_at"] is score["winner"] is None for score in behind["scores"])


@pytest.mark.parametrize(
    "arguments",
    [(), ("--weights", "any"), ("--weights", "ranges"), ("--method", "topsis"), ("--precision", "0.01")],
)
def test_robustness(arguments: tuple[str, ...], one_behind: Path) -> None:
    """The fields are these, no more and no fewer, and what cannot be told is null."""
    few = () if arguments[:1] == ("--precision",) else ("--samples", "2000")
    shipped = document(None, "robustness", *arguments, *few)
    behind = document(one_behind, "robustness", *arguments, *few)
    for found in (shipped, behind):
        Draft202012Validator(ROBUSTNESS).validate(found)
        assert (found["information"] is None) == ("topsis" in arguments)
        ids = {option["id"] for option in found["options"]}
        assert found["pairwise"].keys() == ids
        assert all(row.keys() == ids - {id_} for id_, row in found["pairwise"].items())
    assert [option["central_weights"] for option in behind["options"]][1:] == [None]
    assert [out["id"] for out in behind["screened_out"]] == ["out"]


def test_the_worths_are_of_what_is_in_the_dossier() -> None:
    """Each criterion has one, and each performance that was drawn."""
    found = document(None, "robustness", "--samples", "2000")
    information = found["information"]
    assert information["criteria"].keys() == found["weights"].keys()
    assert len(information["cells"]) == found["drawn"]["performances"]
    worths = [cell["value"] for cell in information["cells"]]
    assert worths == sorted(worths, reverse=True)


def test_the_validator_sees_what_is_wrong() -> None:
    """A field too many, one too few, and a text for a number are refused."""
    good = {"value": 1.0, "standard_error": 0.0}
    Draft202012Validator(WORTH).validate(good)
    for wrong in (good | {"more": 1}, {"value": 1.0}, good | {"value": "1"}):
        with pytest.raises(ValidationError):
            Draft202012Validator(WORTH).validate(wrong)
