"""The JSON Schemas say what the reader takes, and say it for editors."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker
from pydantic import TypeAdapter, ValidationError

from policyopts.cli.source import example_folder
from policyopts.findings import Severity
from policyopts.model.criteria import CriteriaFile
from policyopts.model.evidence import EvidenceFile
from policyopts.model.options import OptionRecord
from policyopts.model.overlays import Assumption, Frame, Perspective
from policyopts.records.files import list_files
from policyopts.records.loader import DossierReader
from policyopts.records.schema import schema_texts
from policyopts.records.templates import blank_dossier
from policyopts.records.yaml_source import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = {name.removesuffix(".json"): json.loads(text) for name, text in schema_texts().items()}
VALIDATORS = {name: Draft7Validator(schema, format_checker=FormatChecker()) for name, schema in SCHEMAS.items()}
MODELS: dict[str, TypeAdapter[Any]] = {
    "criteria": TypeAdapter(CriteriaFile),
    "option": TypeAdapter(OptionRecord),
    "evidence": TypeAdapter(EvidenceFile),
    "frames": TypeAdapter(dict[str, Frame]),
    "perspectives": TypeAdapter(dict[str, Perspective]),
    "assumptions": TypeAdapter(dict[str, Assumption]),
}
SHIPPED = {path: (example_folder() / path).read_text("utf-8") for path in list_files(example_folder()).paths}
DATA = {path: read_yaml(text)[0] for path, text in SHIPPED.items()}


def schema_of(path: str) -> str:
    """Name the schema that a file of a dossier goes by."""
    return "option" if path.startswith("options/") else path.removesuffix(".yaml")


def parts(schema: Any) -> list[dict[str, Any]]:
    """Give a schema and all schemas inside it."""
    if isinstance(schema, list):
        return [part for inner in schema for part in parts(inner)]
    if not isinstance(schema, dict):
        return []
    maps = [
        part for key in ("properties", "definitions") for inner in schema.get(key, {}).values() for part in parts(inner)
    ]
    keys = ("items", "additionalProperties", "anyOf", "allOf", "not", "propertyNames")
    return [schema, *maps, *(part for key in keys for part in parts(schema.get(key)))]


def test_the_schemas_in_the_repository_are_up_to_date() -> None:
    """The files under schema/ are what the records make them today; `policyopts schema` writes them."""
    folder = example_folder() / "schema"
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == schema_texts()


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_draft_07(name: str) -> None:
    """Each schema is sound under draft-07, and uses no keyword that draft-07 does not know."""
    Draft7Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "http://json-schema.org/draft-07/schema#"
    used = {keyword for part in parts(SCHEMAS[name]) for keyword in part}
    assert used & {"$defs", "prefixItems", "oneOf", "discriminator", "unevaluatedProperties"} == set()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_says_what_it_is(name: str) -> None:
    """An editor has something to show over every key of every record, and an unknown key is refused everywhere."""
    records = [part for part in parts(SCHEMAS[name]) if "properties" in part]
    assert records
    for record in records:
        assert record["additionalProperties"] is False
        assert record["title"]
        assert all(field["description"].endswith(".") for field in record["properties"].values())


@pytest.mark.parametrize("path", SHIPPED)
def test_the_shipped_dossier_is_valid(path: str) -> None:
    """The files of the shipped dossier are valid under their schemas."""
    assert [error.message for error in VALIDATORS[schema_of(path)].iter_errors(DATA[path])] == []


@pytest.mark.parametrize("path", blank_dossier())
def test_a_new_dossier_is_valid(path: str) -> None:
    """What `init` writes is valid under the schemas that it writes beside it, empty keys and all."""
    data, troubles = read_yaml(blank_dossier()[path])
    assert troubles == []
    assert [error.message for error in VALIDATORS[schema_of(path)].iter_errors(data)] == []


OPTION = "options/regional-deal.yaml"
CRITERIA = "criteria.yaml"
TREE = "criteria: {a: {weight: 1, direction: max}}"
WRONG = {
    "unknown key": (OPTION, "nmae: x"),
    "unknown key in a cell": (OPTION, "performance: {deterrence: {value: 1, becuase: x}}"),
    "empty text": (OPTION, 'name: ""'),
    "number for a text": (OPTION, "name: 12"),
    "text for a list": (OPTION, "risks: some"),
    "nothing for a list": (OPTION, "risks:"),
    "truth value for a figure": (OPTION, "performance: {deterrence: true}"),
    "nothing for a figure": (OPTION, "performance: {deterrence: }"),
    "cell without a figure": (OPTION, "performance: {deterrence: {because: x}}"),
    "low without high": (OPTION, "performance: {deterrence: {low: 1}}"),
    "nobody under by": (OPTION, "performance: {deterrence: {by: {}}}"),
    "assessors in a list": (OPTION, "performance: {deterrence: {by: [j2]}}"),
    "assessor that is no id": (OPTION, "performance: {deterrence: {by: {J 2: 40}}}"),
    "assessor without a figure": (OPTION, "performance: {deterrence: {by: {j2: }}}"),
    "assessor's low without high": (OPTION, "performance: {deterrence: {by: {j2: {low: 1}}}}"),
    "assessors of an assessor": (OPTION, "performance: {deterrence: {by: {j2: {value: 1, by: {cia: 1}}}}}"),
    "unknown distribution": (OPTION, "performance: {deterrence: {low: 1, high: 2, distribution: gauss}}"),
    "evidence that is no id": (OPTION, "performance: {deterrence: {value: 1, evidence: [A b]}}"),
    "criterion that is no id": (OPTION, "performance: {Deterrence: 1}"),
    "no criteria": (CRITERIA, "decision: {}"),
    "empty tree": (CRITERIA, "criteria: {}"),
    "neither scale nor direction": (CRITERIA, "criteria: {a: {weight: 1}}"),
    "half a scale": (CRITERIA, "criteria: {a: {weight: 1, scale: {worst: 1}}}"),
    "level off 0 to 100": (CRITERIA, "criteria: {a: {weight: 1, scale: {levels: {x: 0, y: 101}}}}"),
    "unknown direction": (CRITERIA, "criteria: {a: {weight: 1, direction: up}}"),
    "negative weight": (CRITERIA, "criteria: {a: {weight: -1, direction: max}}"),
    "weight range without value": (CRITERIA, "criteria: {a: {weight: {low: 1, high: 2}, direction: max}}"),
    "id in capitals": (CRITERIA, "criteria: {A: {weight: 1, direction: max}}"),
    "root as an id": (CRITERIA, "criteria: {root: {weight: 1, direction: max}}"),
    "empty group": (CRITERIA, "criteria: {a: {weight: 1, criteria: {}}}"),
    "direction of a group": (CRITERIA, "criteria: {g: {direction: max, criteria: {a: {weight: 1, direction: max}}}}"),
    "limit without a bound": (CRITERIA, "criteria: {a: {weight: 1, direction: max, limit: {}}}"),
    "point of three": (CRITERIA, "criteria: {a: {scale: {worst: 0, best: 9}, value: {points: [[0, 0, 1], [9, 9]]}}}"),
    "one point": (CRITERIA, "criteria: {a: {weight: 1, scale: {worst: 0, best: 9}, value: {points: [[0, 0]]}}}"),
    "bent in words": (CRITERIA, "criteria: {a: {weight: 1, scale: {worst: 0, best: 9}, value: bent}}"),
    "gaussian of nothing": (CRITERIA, "criteria: {a: {weight: 1, direction: max, thresholds: {gaussian: 0}}}"),
    "no calendar date": (CRITERIA, "decision: {decide_by: 2021-02-30}\n" + TREE),
    "date in words": (CRITERIA, "decision: {decide_by: soon}\n" + TREE),
    "unknown lexicon": (CRITERIA, "decision: {lexicon: nato}\n" + TREE),
    "nothing for the lexicon": (CRITERIA, "decision: {lexicon: }\n" + TREE),
    "half a best-worst judgement": (CRITERIA, "weighting: {judgements: {root: {best: a}}}\n" + TREE),
    "acceptance without a code": (CRITERIA, "accept: [{because: x}]\n" + TREE),
    "grade off the scale": ("evidence.yaml", "sources: {a: {grade: G}}"),
    "item's grade without a digit": ("evidence.yaml", "items: {a: {grade: B}}"),
    "year as a number": ("evidence.yaml", "sources: {a: {date: 2021}}"),
    "nothing for a record": ("frames.yaml", "tight: "),
    "chance above 1": ("frames.yaml", "tight: {chance: 1.5}"),
    "list for a file": ("perspectives.yaml", "- name: x"),
    "negative influence": ("perspectives.yaml", "a: {influence: -1}"),
    "frame that is no id": ("frames.yaml", "Tight money: {}"),
    "cells outside performance": ("assumptions.yaml", "a: {if_false: {regional-deal: {deterrence: 1}}}"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_the_reader_refuses_in_a_record_the_schema_refuses(case: str, example: Path) -> None:
    """A key, a type or a shape that the reader refuses is marked by an editor, too."""
    path, text = WRONG[case]
    (example / path).write_text(text)
    told = [finding for finding in DossierReader(example).read().findings if finding.path == path]
    assert any(finding.severity is Severity.ERROR for finding in told)
    assert not VALIDATORS[schema_of(path)].is_valid(read_yaml(text)[0])


JUNK = st.sampled_from(
    [
        None,
        True,
        0,
        5,
        -1,
        1.5,
        "",
        "text",
        "likely",
        "unknown",
        "2021-02-30",
        [],
        ["a"],
        [1],
        {},
        {"x": 1},
        {"value": 1},
    ]
)


def places(data: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every key path of a document."""
    items = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [path for part, inner in items for path in ((*at, part), *places(inner, (*at, part)))]


@st.composite
def spoilt(draw: Any) -> tuple[str, Any]:
    """Draw a file of the shipped dossier with something in it taken away, replaced or added."""
    path = draw(st.sampled_from(sorted(DATA)))
    data = copy.deepcopy(DATA[path])
    for _ in range(draw(st.integers(1, 2))):
        *above, last = draw(st.sampled_from(places(data)))
        inside = data
        for part in above:
            inside = inside[part]
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "remove":
                del inside[last]
            case "add" if isinstance(inside, dict):
                inside[draw(st.sampled_from(["nmae", "value", "low", "scale", "criteria", "a", "B"]))] = draw(JUNK)
            case _:
                inside[last] = draw(JUNK)
        if not places(data):
            break
    return path, data


@given(spoilt())
def test_the_schema_refuses_what_the_records_refuse(case: tuple[str, Any]) -> None:
    """Whatever the types of the records refuse, the schema refuses."""
    path, data = case
    try:
        MODELS[schema_of(path)].validate_python(data)
    except ValidationError:
        assert not VALIDATORS[schema_of(path)].is_valid(data)


@given(case=spoilt())
def test_the_schema_refuses_nothing_that_the_reader_takes(
    case: tuple[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An editor never marks a file that can be ranked."""
    path, data = case
    if VALIDATORS[schema_of(path)].is_valid(data):
        return
    folder = tmp_path_factory.mktemp("dossier")
    for other, text in SHIPPED.items():
        (folder / other).parent.mkdir(exist_ok=True)
        (folder / other).write_text(text if other != path else json.dumps(data), encoding="utf-8")
    findings = DossierReader(folder).read().findings
    assert any(finding.path == path and finding.severity is Severity.ERROR for finding in findings)
