"""The figures side by side: the scorecard, the ranking, and the option's gains and losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.engine.methods import METHODS
from policyopts.model.estimates import UNKNOWN
from policyopts.report import cells
from policyopts.report.bars import letter, text_bar
from policyopts.report.english import counted, listing, number
from policyopts.report.explanation import signed
from policyopts.report.markdown_text import Markdown, bullets, code, joined, say, table
from policyopts.report.numbers import percent, score
from policyopts.report.ranking import full_bar
from policyopts.report.sections.names import name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.comparison import Comparison, Difference
    from policyopts.analysis.explanation import CriterionWorking
    from policyopts.analysis.ranked import RankedOption

MOST_COLUMNS = 6  # options side by side; more go into a second table
MOST_DIFFERENCES = 4
BAR_WIDTH = 40
UNGRADED = "–"


def scorecard(facts: BriefingFacts) -> Markdown:
    """Set the options' performances side by side, each with a rating and the grade of its weakest evidence."""
    blocks = [_block(facts, columns) for columns in columns(facts.options)]
    return joined([*blocks, _legend(facts)], "\n\n")


def columns(options: Sequence[RankedOption]) -> Iterator[Sequence[RankedOption]]:
    """Divide the options into tables of about the same width."""
    count = -(-len(options) // MOST_COLUMNS)
    width = -(-len(options) // count)
    for start in range(0, len(options), width):
        yield options[start : start + width]


def _block(facts: BriefingFacts, options: Sequence[RankedOption]) -> Markdown:
    rows = []
    for id_ in facts.criteria:
        leaf = facts.dossier.criteria[id_]
        arrow = "" if leaf.levels else " ↑" if leaf.higher_is_better else " ↓"
        label = say(f"{{}}{arrow}", facts.dossier.criterion_name(id_))
        found = [_cell(facts, _working(facts, option.id, id_)) for option in options]
        rows.append([label, percent(facts.ranked.problem.shares[id_]), *found])
    return table(["Criterion", "Weight", *(option.name for option in options)], rows, numbers=[1])


def _working(facts: BriefingFacts, option: str, criterion: str) -> CriterionWorking:
    return next(working for working in facts.explanations[option].criteria if working.id == criterion)


def _cell(facts: BriefingFacts, working: CriterionWorking) -> str:
    word = facts.likelihood(working)
    figure = ", ".join(filter(None, [cells.plain(working.estimate, working.leaf), word]))
    circles = cells.rating(working.value) if working.value is not None else ""
    return " ".join(filter(None, [figure, circles, facts.grade(working) or UNGRADED]))


def _legend(facts: BriefingFacts) -> Markdown:
    workings = [working for explanation in facts.explanations.values() for working in explanation.criteria]
    said = [
        f"{cells.rating(1)} is the criterion's best anchor and {cells.rating(0)} its worst.",
        "↑ more is better, ↓ less is better." if any(not working.leaf.levels for working in workings) else "",
        f"B2 and the like grade the weakest evidence under the figure; {UNGRADED}: it has no graded evidence.",
    ]
    if any(working.estimate.text == UNKNOWN for working in workings):
        said.append("Unknown figures are taken at the middle of their range.")
    left_out = set(facts.ranked.ranking.criteria) - set(facts.criteria)
    if left_out:
        share = percent(sum(facts.ranked.problem.shares[id_] for id_ in left_out))
        said.append(f"{number(len(left_out)).capitalize()} lighter criteria, {share} of the weight, are in the annex.")
    return joined(said)


def ranking(facts: BriefingFacts) -> Markdown:
    """Show the ranking with what each score is made of; options that tie share their rank."""
    ranked = facts.ranked
    full = full_bar(ranked)
    shared = {option.rank for option in ranked.options if _sharing(facts, option.rank) > 1}
    rows = []
    for option in facts.options:
        ahead = "" if option.gap is None else score(option.gap)
        row = [f"{option.rank}{'=' if option.rank in shared else ''}", option.name, score(option.score), ahead]
        rows.append([*row, code(text_bar(option.parts or (), full, BAR_WIDTH))] if full else row)
    head = ["Rank", "Option", "Score", "Ahead by", *(["What the score is made of"] if full else [])]
    said = [_scale(facts), table(head, rows, numbers=[0, 2, 3])]
    if full:
        parts = (
            say("{} {} {}", code(letter(place)), segment.name, percent(segment.weight))
            for place, segment in enumerate(ranked.segments)
        )
        said.append(say("Pieces and their weights: {}.", joined(parts, " · ")))
    if shared:
        said.append(say("Options marked = share their rank: the method does not tell them apart."))
    sentence = "{} is dominated by {}, which is at least as good on every criterion."
    dominated = [
        say(sentence, name(facts, id_), name(facts, better))
        for id_, better in facts.dominated.items()
        if id_ in facts.explanations
    ]
    return joined([*said, joined(dominated)], "\n\n")


def _sharing(facts: BriefingFacts, rank: int) -> int:
    return sum(option.rank == rank for option in facts.ranked.options)


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
    if against is None:
        return say("There is no other option in the ranking to hold it against.")
    option, other = name(facts, against.option), name(facts, against.other)
    if against.apart > 0 and facts.recommendation.stance == "first":
        opening = say("{} leads {} by {}.", option, other, score(against.apart))
    elif facts.recommendation.stance in {"tied", "shares"}:
        opening = say("{} and {} score the same.", option, other)
    else:
        opening = say("{} scores {} less than {}.", option, score(-against.apart), other)
    if not against.additive:
        opening = joined([opening, "No score divides into criteria by this method; the largest differences come first."])
    lists = bullets(
        [
            say("**{} gains on** {}", option, _differences(facts, against.gains, against)),
            say("**It loses on** {}", _differences(facts, against.losses, against)),
        ]
    )
    return joined([opening, lists, _beside_baseline(facts)], "\n\n")


def _differences(facts: BriefingFacts, differences: Sequence[Difference], against: Comparison) -> Markdown:
    if not differences:
        return say("nothing.")
    said = [_difference(facts, difference, against) for difference in differences[:MOST_DIFFERENCES]]
    rest = differences[MOST_DIFFERENCES:]
    if rest:
        more = f" ({signed(sum(difference.amount for difference in rest))})" if against.additive else ""
        said.append(say("{}{}", counted(len(rest), "more criterion", "more criteria"), more))
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
    sentence = say(
        "It scores {} {} than the baseline, {}", score(abs(against.apart)), more, name(facts, against.other)
    )
    largest = [facts.dossier.criterion_name(difference.criterion) for difference in against.gains[:2]]
    return say("{}; it gains most on {}.", sentence, listing(largest)) if largest else say("{}.", sentence)
