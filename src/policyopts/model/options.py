"""The records of `options/`: one file an option, with its performance on each criterion."""

from typing import Annotated, Literal

from pydantic import Discriminator, Tag

from policyopts.model.base import Figure, Ids, Number, Record, Text, Texts, number_text_or_mapping

Distribution = Literal["uniform", "triangular", "pert", "normal", "beta", "lognormal"]
Confidence = Literal["high", "moderate", "low"]


class CellRecord(Record):
    """A performance with its reasons: a value, a range, three points or a word, and what it rests on."""

    value: Figure | None = None
    low: Figure | None = None
    high: Figure | None = None
    word: Text | None = None
    distribution: Distribution | None = None
    because: Text | None = None
    evidence: Ids = ()
    confidence: Confidence | None = None
    assumes: Ids = ()


Cell = Annotated[
    Number | Annotated[Text, Tag("text")] | Annotated[CellRecord, Tag("mapping")],
    Discriminator(number_text_or_mapping),
]
"""A performance as it is written: a number, a word, a level or `unknown`, or a mapping."""


class OptionRecord(Record):
    """The file of one option; its id is the file's name without the ending."""

    name: Text | None = None
    summary: Text | None = None
    performance: dict[str, Cell] = {}
    requires: Texts = ()
    risks: Texts = ()
    next_steps: Texts = ()
    indicators: Texts = ()
    screening_note: Text | None = None
