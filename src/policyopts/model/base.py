"""What all records have in common: strictness, and the few kinds of text in them."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from policyopts.names import ID_PATTERN


class Record(BaseModel):
    """A part of a dossier's file: no unknown key, no silent conversion, no NaN, no change afterwards."""

    # Deferred: what only stands inside others is built once, as part of them.
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


def _calendar_date(value: object) -> object:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("calendar_date", "expected a date such as 2021-05-05")


def number_text_or_mapping(value: object) -> str:
    """Choose the one branch of a union that a value can be meant for, so that a mistake is told once."""
    if isinstance(value, str):
        return "text"
    return "mapping" if isinstance(value, dict | BaseModel) else "number"


def mapping_or_number(value: object) -> str:
    """Choose between a bare number and a mapping."""
    return "mapping" if isinstance(value, dict | BaseModel) else "number"


LARGEST = 1e100
"""No figure may be larger, either way: what is reckoned from such figures stays finite."""

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Text = Annotated[str, StringConstraints(pattern=r"\S")]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Ids = Annotated[tuple[Id, ...], Field(strict=False)]
Date = Annotated[date, BeforeValidator(_calendar_date), WithJsonSchema({"type": "string", "format": "date"})]

Real = Annotated[float, Field(ge=-LARGEST, le=LARGEST), WithJsonSchema({"type": "number"})]
FromZero = Annotated[float, Field(ge=0, le=LARGEST), WithJsonSchema({"type": "number", "minimum": 0})]
Number = Annotated[Real, Tag("number")]
Figure = Annotated[Number | Annotated[Text, Tag("text")], Discriminator(number_text_or_mapping)]
"""A number, or a text that the criterion's scale or the lexicon gives a meaning."""

Parameters = dict[str, Any]
