"""The records of `evidence.yaml`: sources with a grade of reliability, and the items taken from them."""

from pydantic import Field

from policyopts.model.base import Record, Text


class Source(Record):
    """Where evidence comes from; its grade is a letter A–F, or a letter and a digit 1–6."""

    title: Text | None = None
    """What the source is called."""
    author: Text | None = None
    """Who wrote it."""
    publisher: Text | None = None
    """Who published it."""
    date: Text | None = None
    """When, in any words; a bare year in quotes: "2021"."""
    url: Text | None = None
    """Where it can be read."""
    grade: Text | None = None
    """How far it can be relied on: A completely, B usually, C fairly, D not usually, E not, F cannot be judged."""


class Item(Record):
    """One piece of evidence: a claim, its source, and a grade of a letter and a digit."""

    claim: Text | None = None
    """What it says, in a sentence."""
    source: Text | None = None
    """The id of its source, of those under `sources`."""
    date: Text | None = None
    """When it held or happened, in any words; a bare year in quotes: "2021"."""
    grade: Text | None = None
    """The source's letter, and the claim's digit: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful,
    5 improbable, 6 cannot be judged."""


class EvidenceFile(Record):
    """The file `evidence.yaml`."""

    sources: dict[str, Source] = Field(default_factory=dict)
    """Where evidence comes from, by id."""
    items: dict[str, Item] = Field(default_factory=dict)
    """Pieces of evidence by id; performances name them under `evidence`."""
