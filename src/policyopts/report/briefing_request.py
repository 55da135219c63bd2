"""What a briefing is asked for with; and the words of the command that asks for it, both ways."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from policyopts.model.decision import Decision

COMMAND = ("policyopts", "briefing", "-o", "briefing.md")


class BriefingRequest(NamedTuple):
    """What a briefing is to be: `sections` by name, all where none is named; `templates` a folder of a person's own.

    What is None is the decision's own.
    """

    title: str | None = None
    date: datetime.date | None = None
    classification: str | None = None
    seed: int = 0
    sections: tuple[str, ...] = ()
    templates: Path | None = None

    def settled(self, decision: Decision) -> BriefingRequest:
        """Put the decision's own date and marking where none is asked for."""
        return self._replace(
            date=self.date or decision.as_of, classification=self.classification or decision.classification
        )

    def words(self, decision: Decision) -> tuple[str, ...]:
        """Give the command that asks for the same; what the decision says itself needs no word, but the date."""
        words = list(COMMAND)
        words += ["--title", self.title] if self.title else []
        words += ["--date", self.date.isoformat()] if self.date else []
        if self.classification and self.classification != decision.classification:
            words += ["--classification", self.classification]
        words += ["--seed", str(self.seed)] if self.seed else []
        words += ["--sections", ",".join(self.sections)] if self.sections else []
        words += ["--template", str(self.templates)] if self.templates else []
        return tuple(words)


def requested(words: Sequence[str]) -> BriefingRequest | None:
    """Read what such a command asks for; None where it is no such command, or asks for templates.

    Whoever wrote a briefing does not choose which templates are run where it is read.
    """
    given = dict(zip(words[2::2], words[3::2], strict=False))
    known = {"-o", "--title", "--date", "--classification", "--seed", "--sections"}
    if tuple(words[:2]) != COMMAND[:2] or len(words) % 2 or not given.keys() <= known:
        return None
    try:
        return BriefingRequest(
            title=given.get("--title"),
            date=datetime.date.fromisoformat(given["--date"]) if "--date" in given else None,
            classification=given.get("--classification"),
            seed=int(given.get("--seed", "0")),
            sections=tuple(given["--sections"].split(",")) if "--sections" in given else (),
        )
    except ValueError:  # somebody has been at it
        return None
