"""Footnotes: where the numbers of the front come from, without standing in the reader's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.markdown_text import Markdown, code, joined, say
from policyopts.report.sections.names import UNGRADED, annex, name

if TYPE_CHECKING:
    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.explanation import CriterionWorking


class Footnotes:
    """The notes of one briefing, numbered in the order in which its text first refers to them."""

    def __init__(self, facts: BriefingFacts) -> None:
        self._facts = facts
        self._numbers: dict[Markdown, int] = {}

    def mark(self, note: Markdown) -> Markdown:
        """Refer to a note."""
        return Markdown(f"[^{self._numbers.setdefault(note, len(self._numbers) + 1)}]")

    def written(self) -> Markdown:
        """Write the notes that were referred to."""
        return joined((say(f"[^{number}]: {{}}", note) for note, number in self._numbers.items()), "\n\n")

    def scores(self) -> Markdown:
        """Refer to how scores come about."""
        how = "By {}: what each criterion adds is in {}, each figure with its place in {}, each weight with its in {}."
        where = (annex("contributions"), annex("options"), annex("criteria"))
        return self.mark(say(how, code("policyopts rank"), *where))

    def drawn(self) -> Markdown:
        """Refer to the samples."""
        drawn = self._facts.doubts.drawn
        if drawn is None:
            return say("")
        command = "policyopts robustness" + (f" --seed {drawn.found.seed}" if drawn.found.seed else "")
        how = "By {}: weights and figures drawn again and again, {} times; what was drawn is in {}."
        return self.mark(say(how, code(command), f"{drawn.found.samples:,}", annex("robustness")))

    def moved(self) -> Markdown:
        """Refer to the search for what would change the first place."""
        return self.mark(
            say("By {}; all that was found is in {}.", code("policyopts sensitivity"), annex("robustness"))
        )

    def place(self, what: Markdown, path: str, key: tuple[str | int, ...]) -> Markdown:
        """Refer to the place of something in the record."""
        line, _ = self._facts.places.of(path, key, "key")
        return self.mark(say("{}: {}.", what, code(f"{path}:{line}")))

    def figures(self, criterion: str, workings: dict[str, CriterionWorking]) -> Markdown:
        """Refer to the places of all options' figures on a criterion, and to the evidence that they rest on."""
        facts = self._facts
        first = next(iter(workings.values()))
        last = first.weight_steps[-1].where
        weight = say("{}, weight {}", facts.dossier.criterion_name(criterion), code(last))
        places = (
            say("{} {}{}", name(facts, option), code(working.where) if working.where else "", _support(working))
            for option, working in workings.items()
        )
        return self.mark(say("{}: {}.", weight, joined(places, "; ")))


def _support(working: CriterionWorking) -> Markdown:
    items = joined((say("{} {}", code(item.id), item.grade or UNGRADED) for item in working.evidence), ", ")
    return say(" ({})", items) if items else say("")
