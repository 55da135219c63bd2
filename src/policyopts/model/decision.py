"""The records of what is decided: the decision itself, and findings that its authors accept."""

from typing import Literal

from policyopts.model.base import Date, Record, Text

LexiconName = Literal["icd203", "phia", "ipcc"]


class Decision(Record):
    """What is to be decided, by whom and when; the briefing uses what is there."""

    title: Text | None = None
    """The decision in a few words; the folder's name stands in for it."""
    question: Text | None = None
    """The one question that the options answer."""
    decision_maker: Text | None = None
    """Who decides."""
    issue: Text | None = None
    """What has happened, and what is at stake."""
    why_now: Text | None = None
    """Why it has to be decided now, and what waiting would mean."""
    decide_by: Date | None = None
    """The day by which it must be decided, such as 2021-05-05."""
    as_of: Date | None = None
    """The day up to which what is known was taken in."""
    review_date: Date | None = None
    """The day on which the decision is looked at again."""
    baseline: Text | None = None
    """The id of the option that all others have to beat, such as do-nothing."""
    fallback: Text | None = None
    """The id of the option to turn to if the recommended one fails."""
    lexicon: LexiconName = "icd203"
    """Whose words of likelihood are used: ICD 203 (US), PHIA (UK) or IPCC."""
    recommend: Text | None = None
    """The id of the option that is recommended; it must rank first, or `override_reason` says why not."""
    override_reason: Text | None = None
    """Why an option is recommended that does not rank first."""
    author: Text | None = None
    """Who wrote this record."""
    version: Text | None = None
    """The version of this record, in quotes: "1.0"."""
    classification: Text | None = None
    """The marking that the briefing carries at its head."""


class Acceptance(Record):
    """A finding of `check` that the authors accept, and why."""

    code: Text
    """The finding's code, such as EVD504."""
    at: Text | None = None
    """The file, or the id, at which it is accepted; everywhere if there is none."""
    because: Text | None = None
    """Why it is accepted."""
