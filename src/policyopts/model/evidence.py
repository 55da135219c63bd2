"""The records of `evidence.yaml`: sources with a grade of reliability, and the items taken from them."""

from policyopts.model.base import Record, Text


class Source(Record):
    """Where evidence comes from; its grade is a letter A–F, or a letter and a digit 1–6."""

    title: Text | None = None
    author: Text | None = None
    publisher: Text | None = None
    date: Text | None = None
    url: Text | None = None
    grade: Text | None = None


class Item(Record):
    """One piece of evidence: a claim, its source, and a grade of a letter and a digit."""

    claim: Text | None = None
    source: Text | None = None
    date: Text | None = None
    grade: Text | None = None


class EvidenceFile(Record):
    """The file `evidence.yaml`."""

    sources: dict[str, Source] = {}
    items: dict[str, Item] = {}
