"""The records of `options/`: one file an option, with its performance on each criterion."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from policyopts.model.base import Figure, Ids, Number, Record, Text, Texts, number_text_or_mapping

Distribution = Literal["uniform", "triangular", "pert", "normal", "beta", "lognormal"]
Confidence = Literal["high", "moderate", "low"]


class EstimateRecord(Record):
    """A performance as one assessor judges it: a value, a range, three points or a word."""

    value: Figure | None = None
    """The figure: a number in the criterion's unit, a level, or unknown."""
    low: Figure | None = None
    """The low end of the range, beside `high`."""
    high: Figure | None = None
    """The high end of the range, beside `low`."""
    word: Text | None = None
    """A word of likelihood, on a scale in %: its band is the range."""
    distribution: Distribution | None = None
    """How it is spread over its range; normal, beta and lognormal read low and high as 5th and 95th percentile."""


Judged = Annotated[
    Number | Annotated[Text, Tag("text")] | Annotated[EstimateRecord, Tag("mapping")],
    Discriminator(number_text_or_mapping),
]
"""A performance as one assessor gives it: a number, a word, a level or `unknown`, or a mapping."""


# Built at once: four other records hold cells, and share what is built.
class CellRecord(EstimateRecord, defer_build=False):
    """A performance with its reasons: a value, a range, three points, a word or several assessors' figures."""

    by: dict[str, Judged] | None = None
    """Who judges it how, where several do: each assessor's own figure, by a name such as health-ministry."""
    because: Text | None = None
    """Why it is judged so."""
    evidence: Ids = ()
    """Ids of the items of `evidence.yaml` that it rests on."""
    confidence: Confidence | None = None
    """How well founded the judgement is; another thing than likelihood."""
    assumes: Ids = ()
    """Ids of the assumptions of `assumptions.yaml` that it rests on."""


Cell = Annotated[
    Number | Annotated[Text, Tag("text")] | Annotated[CellRecord, Tag("mapping")],
    Discriminator(number_text_or_mapping),
]
"""A performance as it is written: a number, a word, a level or `unknown`, or a mapping."""


class OptionRecord(Record):
    """The file of one option; its id is the file's name without the ending."""

    name: Text | None = None
    """The name to show; the id stands in for it."""
    summary: Text | None = None
    """What would be done, in a sentence or two."""
    performance: dict[str, Cell] = Field(default_factory=dict)
    """The performance on each criterion by its id: a number, a range, a word, a level, or unknown."""
    requires: Texts = ()
    """What must be there for the option to work."""
    risks: Texts = ()
    """What could go wrong."""
    next_steps: Texts = ()
    """What to do first, if it is chosen."""
    indicators: Texts = ()
    """What to watch, to see whether it works."""
    screening_note: Text | None = None
    """Why the option is kept on record although it breaks a hard limit."""
