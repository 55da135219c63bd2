"""The JSON Schemas of a dossier's files, made from the records themselves: editors check and complete by them.

They are draft-07, which editors know best. What a file may hold comes from the records' types, what an editor
shows from their docstrings. The few rules that the reader checks beyond types stand in a table here.
"""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from policyopts.model.base import Record
from policyopts.model.criteria import CriteriaFile
from policyopts.model.evidence import EvidenceFile
from policyopts.model.lexicon import LEXICONS
from policyopts.model.options import OptionRecord
from policyopts.model.overlays import Assumption, Frame, Perspective
from policyopts.names import ID_PATTERN

Schema = dict[str, Any]

_BY_ID: Schema = {"propertyNames": {"pattern": ID_PATTERN}}
_TREE: Schema = {"propertyNames": {"pattern": ID_PATTERN, "not": {"const": "root"}}}
_NOT_NEGATIVE: Schema = {"minimum": 0}
_DATE: Schema = {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_WORDS = list(dict.fromkeys(word for lexicon in LEXICONS.values() for word in lexicon.words))
_CELLS: Schema = {**_BY_ID, "additionalProperties": {"examples": ["unknown", *_WORDS]}}
_FIGURES: list[Schema] = [{"required": ["value"]}, {"required": ["low", "high"]}, {"required": ["word"]}]

_TITLES = {
    "CriteriaFile": "criteria.yaml",
    "EvidenceFile": "evidence.yaml",
    "OptionRecord": "Option",
    "CellRecord": "Performance",
    "EstimateRecord": "An assessor's estimate",
    "Leaf": "Criterion",
    "Group": "Group of criteria",
    "IfFalse": "What changes",
    "BestWorstJudgements": "Best-worst judgements",
    "RelativeThreshold": "Relative threshold",
    "WeightRange": "Weight with a range",
}
"""What an editor calls records whose class has another name."""

_BEYOND_TYPES: Mapping[str, Schema] = {
    "Decision.decide_by": _DATE,
    "Decision.as_of": _DATE,
    "Decision.review_date": _DATE,
    "Weighting.date": _DATE,
    "Weighting.points": {**_BY_ID, "additionalProperties": {**_BY_ID, "additionalProperties": _NOT_NEGATIVE}},
    "Weighting.order": _BY_ID,
    "Weighting.judgements": _BY_ID,
    "Scale": {"anyOf": [{"required": ["worst", "best"]}, {"required": ["levels"]}]},
    "Scale.levels": {"additionalProperties": {"minimum": 0, "maximum": 100}},
    "Limit": {"anyOf": [{"required": ["at_least"]}, {"required": ["at_most"]}]},
    "WeightRange.low": _NOT_NEGATIVE,
    "WeightRange.value": _NOT_NEGATIVE,
    "WeightRange.high": _NOT_NEGATIVE,
    "Leaf": {"anyOf": [{"required": ["scale"]}, {"required": ["direction"]}]},
    "Leaf.weight": _NOT_NEGATIVE,
    "Group.weight": _NOT_NEGATIVE,
    "Group.criteria": {**_TREE, "minProperties": 1},
    "CriteriaFile.criteria": {**_TREE, "minProperties": 1},
    "EvidenceFile.sources": _BY_ID,
    "EvidenceFile.items": _BY_ID,
    "Source.grade": {"pattern": "^[A-F][1-6]?$"},
    "Item.grade": {"pattern": "^[A-F][1-6]$"},
    "EstimateRecord": {"anyOf": _FIGURES},
    "EstimateRecord.word": {"examples": _WORDS},
    "CellRecord": {"anyOf": [*_FIGURES, {"required": ["by"]}]},
    "CellRecord.by": {**_CELLS, "minProperties": 1},
    "CellRecord.word": {"examples": _WORDS},
    "OptionRecord.performance": _CELLS,
    "Frame.weights": {**_BY_ID, "additionalProperties": _NOT_NEGATIVE},
    "Frame.performance": {**_BY_ID, "additionalProperties": _CELLS},
    "Perspective.weights": {**_BY_ID, "additionalProperties": _NOT_NEGATIVE},
    "Perspective.performance": {**_BY_ID, "additionalProperties": _CELLS},
    "IfFalse.performance": {**_BY_ID, "additionalProperties": _CELLS},
}
"""What the reader checks beyond the types, with codes of its own: by record, or record and field."""

_OVERLAYS: Mapping[str, tuple[type[BaseModel], str]] = {
    "frames": (Frame, "Other readings of the situation, by id."),
    "perspectives": (Perspective, "Stakeholders with their own weights, by id."),
    "assumptions": (Assumption, "Statements that performances rest on, by id."),
}

_ORDER = (
    "$schema", "$comment", "title", "description", "type", "const", "enum", "format", "pattern", "minLength",
    "minimum", "exclusiveMinimum", "maximum", "required", "properties", "propertyNames", "minProperties",
    "additionalProperties", "items", "additionalItems", "minItems", "maxItems", "not", "anyOf", "allOf", "$ref",
    "default", "examples", "definitions",
)  # fmt: skip


def schema_texts() -> dict[str, str]:
    """Write the schemas, by the names of their files."""
    records: dict[str, type[BaseModel]] = {"criteria": CriteriaFile, "option": OptionRecord, "evidence": EvidenceFile}
    schemas = {name: _of_record(record) for name, record in records.items()}
    schemas |= {name: _of_overlays(name, record, says) for name, (record, says) in _OVERLAYS.items()}
    return {f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, with what fields say in their docstrings and what the reader checks beyond types."""

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        made = super().model_schema(schema)
        record = schema["cls"]
        made["title"] = _TITLES.get(record.__name__, record.__name__)
        made["description"] = " ".join((record.__doc__ or "").split())
        said = _field_docstrings(record)
        for name, field in made["properties"].items():
            field["description"] = said[name]
            _merge(field, _BEYOND_TYPES.get(f"{record.__name__}.{name}", {}))
        _merge(made, _BEYOND_TYPES.get(record.__name__, {}))
        return made


def _of_record(record: type[BaseModel]) -> Schema:
    made = record.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Generator)
    return _document(made)


def _of_overlays(name: str, record: type[BaseModel], says: str) -> Schema:
    adapter = TypeAdapter(dict[str, record])  # type: ignore[valid-type] # a type made from a value
    made = adapter.json_schema(ref_template="#/definitions/{model}", schema_generator=_Generator)
    return _document({**made, **_BY_ID, "title": f"{name}.yaml", "description": says})


def _document(made: Schema) -> Schema:
    made["$comment"] = "Written by: policyopts schema"
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_draft_07(made, titled=True)}


def _field_docstrings(record: type[BaseModel]) -> dict[str, str]:
    """Read the texts that stand below a record's fields; they cost a start nothing, as Python drops them."""
    parent = record.__mro__[1]
    body = ast.parse(textwrap.dedent(inspect.getsource(record))).body[0].body  # type: ignore[attr-defined] # a class
    return (_field_docstrings(parent) if issubclass(parent, Record) else {}) | {
        field.target.id: " ".join(text.value.value.split())
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def _merge(schema: Schema, more: Schema) -> None:
    for keyword, value in more.items():
        if isinstance(value, dict) and isinstance(schema.get(keyword), dict):
            _merge(schema[keyword], value)
        else:
            schema[keyword] = value


def _draft_07(schema: Schema, *, titled: bool = False) -> Schema:
    """Turn a schema of draft 2020-12 into draft-07, its keywords in a fixed order.

    Titles that only repeat a field's name are left out, and so are defaults that stand for an absent key.
    """
    made = {_renamed(keyword): _converted(keyword, value) for keyword, value in schema.items()}
    if not titled:
        made.pop("title", None)
    if "default" in made and not isinstance(made["default"], str):
        del made["default"]
    if "prefixItems" in schema:
        made["additionalItems"] = False
    if "anyOf" in made and "required" not in made["anyOf"][0]:
        made["anyOf"] = list(_branches(made["anyOf"]))
        if len(made["anyOf"]) == 1:
            (branch,) = made.pop("anyOf")
            _merge(branch, made)  # what is said of the field itself goes before what its kind of text says
            made = branch
    if "$ref" in made and len(made) > 1:
        # Beside a reference, draft-07 passes over everything else.
        made["allOf"] = [{"$ref": made.pop("$ref")}]
    return {keyword: made[keyword] for keyword in sorted(made, key=_ORDER.index)}


def _renamed(keyword: str) -> str:
    return {"$defs": "definitions", "oneOf": "anyOf", "prefixItems": "items"}.get(keyword, keyword)


def _converted(keyword: str, value: Any) -> Any:
    if keyword == "$defs":
        return {name: _draft_07(schema, titled=True) for name, schema in sorted(value.items())}
    if keyword == "properties":
        return {name: _draft_07(schema) for name, schema in value.items()}
    if keyword in {"anyOf", "oneOf", "prefixItems"}:
        return [_draft_07(schema) for schema in value]
    if keyword in {"items", "additionalProperties"} and isinstance(value, dict):
        return _draft_07(value)
    return value


def _branches(branches: list[Schema]) -> Iterator[Schema]:
    """Flatten a union, and put its plain types into one branch: an editor then names them all in one message."""
    flat = [inner for branch in branches for inner in (branch["anyOf"] if branch.keys() == {"anyOf"} else [branch])]
    if [branch.get("type") for branch in flat] == ["string", "null"] and "enum" in flat[0]:
        yield {"type": ["string", "null"], "enum": [*flat[0]["enum"], None]}
        return
    plain = [branch for branch in flat if "type" in branch and not branch.keys() & {"const", "enum", "items"}]
    if plain:
        types = [type_ for branch in plain for type_ in _listed(branch["type"])]
        merged = {keyword: value for branch in plain for keyword, value in branch.items()}
        yield {**merged, "type": types if len(types) > 1 else types[0]}
    yield from (branch for branch in flat if branch not in plain)


def _listed(type_: str | list[str]) -> list[str]:
    return type_ if isinstance(type_, list) else [type_]
