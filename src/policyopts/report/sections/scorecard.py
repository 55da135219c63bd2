"""The figures side by side: the scorecard."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from policyopts.model.estimates import UNKNOWN
from policyopts.report import cells
from policyopts.report.english import capital, counted
from policyopts.report.markdown_text import Markdown, code, joined, say, table
from policyopts.report.numbers import percent
from policyopts.report.sections.names import UNGRADED, annex, name
from policyopts.report.sections.standing import bar_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.explanation import CriterionWorking
    from policyopts.report.sections.footnotes import Footnotes

MOST_COLUMNS = 6  # options side by side; more go into a second table

T = TypeVar("T")


def scorecard(facts: BriefingFacts, notes: Footnotes) -> Markdown:
    """Set the options' performances side by side, each with a rating and the grade of its weakest evidence."""
    blocks = [_block(facts, notes, shown) for shown in columns(facts.compared)]
    return joined([*blocks, _legend(facts)], "\n\n")


def columns(shown: Sequence[T]) -> Iterator[Sequence[T]]:
    """Divide options into tables of about the same width."""
    count = -(-len(shown) // MOST_COLUMNS)
    width = -(-len(shown) // count)
    for start in range(0, len(shown), width):
        yield shown[start : start + width]


def _block(facts: BriefingFacts, notes: Footnotes, options: Sequence[str]) -> Markdown:
    rows = []
    letters = bar_letters(facts)
    for id_ in facts.criteria:
        leaf = facts.dossier.criteria[id_]
        arrow = "" if leaf.levels else " ↑" if leaf.higher_is_better else " ↓"
        workings = {option: _working(facts, option, id_) for option in options}
        of_bar = say("{} ", code(letters[id_])) if id_ in letters else say("")
        label = say(f"{{}}{{}}{arrow}{{}}", of_bar, facts.dossier.criterion_name(id_), notes.figures(id_, workings))
        found = [_cell(facts, working) for working in workings.values()]
        rows.append([label, percent(facts.ranked.problem.shares[id_]), *found])
    return table(["Criterion", "Weight", *(name(facts, option) for option in options)], rows, numbers=[1])


def _working(facts: BriefingFacts, option: str, criterion: str) -> CriterionWorking:
    return next(working for working in facts.explanations[option].criteria if working.id == criterion)


def _cell(facts: BriefingFacts, working: CriterionWorking) -> str:
    figure = cells.plain(working.estimate, working.leaf)
    circles = cells.rating(working.value) if working.value is not None else ""
    return " ".join(filter(None, [figure, circles, facts.grade(working) or UNGRADED]))


def _legend(facts: BriefingFacts) -> Markdown:
    workings = [working for explanation in facts.explanations.values() for working in explanation.criteria]
    grades = {facts.grade(working) for working in workings}
    ends = f"{cells.rating(1)} best anchor, {cells.rating(0)} worst"
    said = [
        f"{ends}; then the grade of the weakest evidence ({annex('evidence')})." if grades - {None} else f"{ends}.",
        f"{UNGRADED} no graded evidence." if None in grades else "",
        "↑ more is better, ↓ less is better." if any(not working.leaf.levels for working in workings) else "",
    ]
    if any(working.estimate.text == UNKNOWN for working in workings):
        said.append("Unknown figures are taken at the middle of their range.")
    left_out = set(facts.ranked.ranking.criteria) - set(facts.criteria)
    if left_out:
        share = percent(sum(facts.ranked.problem.shares[id_] for id_ in left_out))
        lighter = capital(counted(len(left_out), "lighter criterion", "lighter criteria"))
        said.append(f"{lighter}, {share} of the weight, {'is' if len(left_out) == 1 else 'are'} in the annex.")
    return joined(said)
