"""The figures side by side: the scorecard, the ranking, and the option's gains and losses."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from policyopts.engine.methods import METHODS
from policyopts.model.estimates import UNKNOWN
from policyopts.report import cells
from policyopts.report.bars import letter, text_bar
from policyopts.report.english import capital, counted, listing
from policyopts.report.markdown_text import Markdown, bullets, code, joined, say, table
from policyopts.report.numbers import percent, score, signed
from policyopts.report.sections.names import lead, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.comparison import Comparison, Difference
    from policyopts.analysis.explanation import CriterionWorking

MOST_COLUMNS = 6  # options side by side; more go into a second table
MOST_DIFFERENCES = 4
BAR_WIDTH = 40
UNGRADED = "–"

T = TypeVar("T")


def scorecard(facts: BriefingFacts) -> Markdown:
    """Set the options' performances side by side, each with a rating and the grade of its weakest evidence."""
    blocks = [_block(facts, shown) for shown in columns(facts.compared)]
    return joined([*blocks, _legend(facts)], "\n\n")


def columns(shown: Sequence[T]) -> Iterator[Sequence[T]]:
    """Divide options into tables of about the same width."""
    count = -(-len(shown) // MOST_COLUMNS)
    width = -(-len(shown) // count)
    for start in range(0, len(shown), width):
        yield shown[start : start + width]


def _block(facts: BriefingFacts, options: Sequence[str]) -> Markdown:
    rows = []
    for id_ in facts.criteria:
        leaf = facts.dossier.criteria[id_]
        arrow = "" if leaf.levels else " ↑" if leaf.higher_is_better else " ↓"
        label = say(f"{{}}{arrow}", facts.dossier.criterion_name(id_))
        found = [_cell(facts, _working(facts, option, id_)) for option in options]
        rows.append([label, percent(facts.ranked.problem.shares[id_]), *found])
    return table(["Criterion", "Weight", *(name(facts, option) for option in options)], rows, numbers=[1])


def _working(facts: BriefingFacts, option: str, criterion: str) -> CriterionWorking:
    return next(working for working in facts.explanations[option].criteria if working.id == criterion)


def _cell(facts: BriefingFacts, working: CriterionWorking) -> str:
    word = working.likelihood
    figure = ", ".join(filter(None, [cells.plain(working.estimate, working.leaf), word]))
    circles = cells.rating(working.value) if working.value is not None else ""
    return " ".join(filter(None, [figure, circles, facts.grade(working) or UNGRADED]))


def _legend(facts: BriefingFacts) -> Markdown:
    workings = [working for explanation in facts.explanations.values() for working in explanation.criteria]
    grades = {facts.grade(working) for working in workings}
    said = [
        f"{cells.rating(1)} is the criterion's best anchor and {cells.rating(0)} its worst.",
        "↑ more is better, ↓ less is better." if any(not working.leaf.levels for working in workings) else "",
        "A letter and a digit grade the weakest evidence under the figure (annex E)." if grades - {None} else "",
        f"{UNGRADED} no graded evidence." if None in grades else "",
    ]
    if any(working.estimate.text == UNKNOWN for working in workings):
        said.append("Unknown figures are taken at the middle of their range.")
    left_out = set(facts.ranked.ranking.criteria) - set(facts.criteria)
    if left_out:
        share = percent(sum(facts.ranked.problem.shares[id_] for id_ in left_out))
        lighter = capital(counted(len(left_out), "lighter criterion", "lighter criteria"))
        said.append(f"{lighter}, {share} of the weight, {'is' if len(left_out) == 1 else 'are'} in the annex.")
    return joined(said)


def ranking(facts: BriefingFacts) -> Markdown:
    """Show the ranking with what each score is made of; options that tie share their rank."""
    ranked = facts.ranked
    full = ranked.fullest
    held = Counter(option.rank for option in ranked.options)
    rows = []
    for option in facts.options:
        shared = "=" if held[option.rank] > 1 else ""
        ahead = "" if option.gap is None else lead(option.gap)
        row = [f"{option.rank}{shared}", option.name, score(option.score), ahead]
        rows.append([*row, code(text_bar(option.parts or (), full, BAR_WIDTH))] if full else row)
    head = ["Rank", "Option", "Score", "Ahead by", *(["What the score is made of"] if full else [])]
    said = [_scale(facts), table(head, rows, numbers=[0, 2, 3])]
    if full:
        parts = (
            say("{} {} {}", code(letter(place)), segment.name, percent(segment.weight))
            for place, segment in enumerate(ranked.segments)
        )
        said.append(say("Pieces and their weights: {}.", joined(parts, " · ")))
    if max(held.values()) > 1:
        said.append(say("Options marked = share their rank: the method does not tell them apart."))
    return joined([*said, _dominated(facts)], "\n\n")


def _dominated(facts: BriefingFacts) -> Markdown:
    pairs = [say("{} by {}", name(facts, id_), name(facts, better)) for id_, better in facts.dominated.items()]
    if not pairs:
        return say("")
    return say("Dominated, that is, another option is at least as good on every criterion: {}.", listing(pairs))


def _scale(facts: BriefingFacts) -> Markdown:
    if full_scale(facts):
        return say("A score of 1 would be the best anchor on every criterion, a score of 0 the worst on every one.")
    title = METHODS[facts.ranked.ranking.method].title
    return say("Ranked by the method {}; the higher the score, the better.", title)


def full_scale(facts: BriefingFacts) -> bool:
    """Tell whether scores are weighted values, which run from 0 to 1."""
    ranking = facts.ranked.ranking
    return ranking.method == "weighted-sum" and ranking.parameters["normalisation"] == "value"


def comparison(facts: BriefingFacts) -> Markdown:
    """Say where the option gains and where it loses against its rival, and what it adds to the baseline."""
    against = facts.against_rival
    if facts.recommendation.stance == "screened-out":
        return say("{} is not ranked, so that no score can be held against another.", name(facts, facts.subject))
    if against is None:
        return say("There is no other option in the ranking to hold it against.")
    option, other = name(facts, against.option), name(facts, against.other)
    match facts.recommendation.stance:
        case "first":
            opening = say("{} leads {} by {}.", option, other, lead(against.apart))
        case "lower":
            opening = say("{} scores {} less than {}.", option, lead(against.apart), other)
        case _:
            opening = say("{} and {} score the same.", option, other)
    if not against.additive:
        order = "By this method scores do not divide into criteria; the largest differences come first."
        opening = joined([opening, order])
    if not against.gains and not against.losses:
        return joined([opening, "They are alike on every criterion."])
    gains_and_losses = [
        say("**{} gains on** {}", option, _differences(facts, against.gains, against)),
        say("**It loses on** {}", _differences(facts, against.losses, against)),
    ]
    return joined([opening, bullets(gains_and_losses), _beside_baseline(facts)], "\n\n")


def _differences(facts: BriefingFacts, differences: Sequence[Difference], against: Comparison) -> Markdown:
    if not differences:
        return say("nothing.")
    said = [_difference(facts, difference, against) for difference in differences[:MOST_DIFFERENCES]]
    rest = differences[MOST_DIFFERENCES:]
    if rest:
        more = f"({signed(sum(difference.amount for difference in rest))})" if against.additive else ""
        said.append(joined([counted(len(rest), "more criterion", "more criteria"), more]))
    return say("{}.", joined(said, "; "))


def _difference(facts: BriefingFacts, difference: Difference, against: Comparison) -> Markdown:
    leaf = facts.dossier.criteria[difference.criterion]
    amount = f" ({signed(difference.amount)})" if against.additive else ""
    ours, theirs = cells.plain(difference.ours, leaf), cells.plain(difference.theirs, leaf)
    return say(f"{{}}, {{}} against {{}}{amount}", facts.dossier.criterion_name(difference.criterion), ours, theirs)


def _beside_baseline(facts: BriefingFacts) -> Markdown:
    against = facts.against_baseline
    if against is None:
        return say("")
    more = "more" if against.apart >= 0 else "less"
    sentence = say("It scores {} {} than the baseline, {}", lead(against.apart), more, name(facts, against.other))
    largest = [facts.dossier.criterion_name(difference.criterion) for difference in against.gains[:2]]
    return say("{}; it gains most on {}.", sentence, listing(largest)) if largest else say("{}.", sentence)
