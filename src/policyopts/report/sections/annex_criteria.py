"""Annex: the criteria with their anchors and weights, and what each adds to the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.model.criteria import Leaf
from policyopts.model.estimates import figure
from policyopts.model.weighting import WeightRange
from policyopts.records.files import CRITERIA
from policyopts.report import cells
from policyopts.report.english import day, ended
from policyopts.report.markdown_text import Markdown, bullets, code, joined, paragraphs, say, table
from policyopts.report.numbers import percent, score
from policyopts.report.sections.scorecard import columns

if TYPE_CHECKING:
    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.model.criteria import TreeNode
    from policyopts.model.weighting import Weight


def criteria(facts: BriefingFacts) -> Markdown:
    """Give each criterion its weight, anchors and definition, and say how the weights were got."""
    head = ["Criterion", "Weight", "Number", "Worst", "Best", "Value", "Where"]
    rows = [_row(facts, node) for node in facts.dossier.tree.nodes]
    meanings = bullets(_meaning(node) for node in facts.dossier.tree.nodes)
    return joined([_weighting(facts), table(head, rows, numbers=[1, 2]), meanings], "\n\n")


def _weighting(facts: BriefingFacts) -> Markdown:
    weighting = facts.dossier.criteria_file.weighting
    by = [say("by {}", weighting.by)] if weighting.by else []
    on = [f"on {day(weighting.date)}"] if weighting.date else []
    how = say("Method of weighting: {}.", joined([weighting.method, *by, *on], ", "))
    shares = "A number counts among the criteria of its group; the weight is its share of the whole."
    return joined([joined([how, shares]), paragraphs(weighting.rationale) if weighting.rationale else ""], "\n\n")


def _row(facts: BriefingFacts, node: TreeNode) -> list[object]:
    share = percent(facts.ranked.problem.shares[node.id])
    line, _ = facts.places.of(CRITERIA, node.at, "key")
    where = code(f"{CRITERIA}:{line}")
    number = number_of(node.record.weight)
    if not isinstance(node.record, Leaf):
        return [say("**{}**", node.name), say("**{}**", share), number, "", "", "", where]
    leaf = node.record
    worst, best = _ends(leaf)
    return [node.name, share, number, worst, best, cells.value_function(leaf), where]


def number_of(weight: Weight | None) -> str:
    """Write a weight as it stands in the record, with its range."""
    if weight is None:
        return ""
    if isinstance(weight, WeightRange):
        return f"{figure(weight.value)} ({figure(weight.low)} to {figure(weight.high)})"
    return figure(weight)


def _ends(leaf: Leaf) -> tuple[str, str]:
    anchors = (leaf.anchors.worst or "", leaf.anchors.best or "")
    if leaf.ends is None:
        least = "the least present" if leaf.higher_is_better else "the most present"
        most = "the most present" if leaf.higher_is_better else "the least present"
        ends = (least, most)
    else:
        ends = (cells.point(leaf.ends[0], leaf), cells.point(leaf.ends[1], leaf))
    worst, best = (": ".join(filter(None, pair)) for pair in zip(ends, anchors, strict=True))
    return worst, best


def _meaning(node: TreeNode) -> Markdown:
    record = node.record
    limit = cells.limit(record) if isinstance(record, Leaf) else ""
    return joined(
        [
            say("**{}** ({}).", node.name, code(node.id)),
            ended(record.definition) if record.definition else "No definition.",
            f"Hard limit: {limit}." if limit else "",
            say("*Weight:* {}", ended(record.weight_because)) if record.weight_because else "",
        ]
    )


def contributions(facts: BriefingFacts) -> Markdown:
    """Give what each criterion adds to each score or, where scores do not divide, the method's own terms."""
    blocks = []
    for shown in columns(facts.options):
        head = ["", *(option.name for option in shown)]
        rows: list[list[object]] = []
        if shown[0].contributions is not None:
            for id_ in facts.ranked.ranking.criteria:
                added = [score((option.contributions or {})[id_]) for option in shown]
                rows.append([facts.dossier.criterion_name(id_), *added])
        rows += [[term, *(score(option.details[term]) for option in shown)] for term in shown[0].details]
        rows.append([say("**Score**"), *(say("**{}**", score(option.score)) for option in shown)])
        rows.append(["Rank", *(str(option.rank) for option in shown)])
        blocks.append(table(head, rows, numbers=range(1, len(head))))
    return joined(blocks, "\n\n")
