"""Robustness as JSON, CSV and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.data import as_csv, as_json, finding_data
from policyopts.report.information_words import TITLE, leads, opening
from policyopts.report.numbers import part, score
from policyopts.report.ranking import option_name
from policyopts.report.robustness_words import (
    circumstances,
    first,
    notes,
    order_title,
    rank_bars,
    spread,
    sure,
    together,
)
from policyopts.report.safe_text import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.necessary_order import Above
    from policyopts.analysis.robust_ranking import RobustOption, RobustRanking

COLUMNS = 10  # of ranks, in a table of Markdown


def to_json(result: RobustRanking) -> str:
    """Write the result as `policyopts.robustness/1`."""
    found, ranking, order = result.found, result.ranked.ranking, result.order
    return as_json(
        {
            "format": "policyopts.robustness/1",
            "dossier": {"title": result.dossier.title, "digest": result.dossier.digest},
            "method": ranking.method,
            "parameters": dict(ranking.parameters),
            "weights": dict(zip(ranking.criteria, ranking.weights.tolist(), strict=True)),
            "drawn": {
                "weights": result.known.by,
                "trust": result.known.trust if result.known.by == "stated" else None,
                "where": list(result.known.where),
                "performances": result.uncertain,
            },
            "samples": found.samples,
            "precision": result.sampling.precision,
            "seed": found.seed,
            "partial": result.partial,
            "verdict": {"option": result.leader.id, "says": result.verdict},
            "options": [_option_data(option) for option in result.options],
            **_ranks_left_out(result),
            "pairwise": _pairwise(result),
            "information": _information(result),
            "necessary": None if order is None else dict(order.necessary),
            "possible": None if order is None else dict(order.possible),
            "screened_out": [
                {"id": option.id, "reasons": list(option.reasons)} for option in result.ranked.problem.screened_out
            ],
            "findings": [finding_data(finding) for finding in result.ranked.findings],
        }
    )


def _option_data(option: RobustOption) -> dict[str, object]:
    return {
        "id": option.id,
        "name": option.name,
        "rank": option.rank,
        "first": option.first,
        "standard_error": option.standard_error,
        "rank_acceptability": option.acceptability,
        "expected_rank": option.expected_rank,
        "central_weights": None if option.central_weights is None else dict(option.central_weights),
        "confidence": option.confidence,
        "score": dict(zip(("p05", "p50", "p95"), option.score, strict=True)),
        "regret": dict(zip(("expected", "p95"), option.regret, strict=True)),
    }


def _ranks_left_out(result: RobustRanking) -> dict[str, object]:
    """Say which ranks are not counted one by one; nothing where all are."""
    options, ranks = result.found.rank_acceptability.shape
    return {} if ranks == options else {"ranks_left_out": f"those after the first {ranks:,} of {options:,}"}


def _pairwise(result: RobustRanking) -> dict[str, object]:
    """Give each option's chance to beat each other; of many options, say that they are left out."""
    options = result.found.options
    if not result.says_pairs:
        return {"left_out": f"the pairs of {len(options):,} options"}
    return {
        option: {other: chance for other, chance in zip(options, row, strict=True) if other != option}
        for option, row in zip(options, result.found.pairwise.tolist(), strict=True)
    }


def _information(result: RobustRanking) -> dict[str, object] | None:
    """Give what information is worth, all of it and each part; None where it is not worked out."""
    information = result.information
    if information is None:
        return None
    found = information.found
    return {
        "choice": information.choice,
        "nothing_can_change": result.is_firm,
        "everything": found.everything._asdict(),
        "performances": found.performances._asdict(),
        "weights": found.weights._asdict(),
        "criteria": {id_: worth._asdict() for id_, worth in information.criteria.items()},
        "cells": [
            {"option": cell.option, "criterion": cell.criterion, **cell.worth._asdict()} for cell in information.cells
        ],
    }


def to_csv(result: RobustRanking) -> str:
    """Write one row an option: its shares and scores, the share of each rank, and its central weights."""
    criteria = result.found.criteria
    ranks = [f"rank_{place}" for place in range(1, len(result.options) + 1)] if result.says_pairs else []
    figures = ["first", "standard_error", "expected_rank", "confidence", "p05", "p50", "p95", "regret", "regret_p95"]
    rows = (
        [
            option.rank,
            option.id,
            option.name,
            option.first,
            option.standard_error,
            option.expected_rank,
            option.confidence,
            *option.score,
            *option.regret,
            *option.acceptability[: len(ranks)].tolist(),
            *((option.central_weights or {}).get(id_) for id_ in criteria),
        ]
        for option in result.options
    )
    return as_csv(["rank", "id", "name", *figures, *ranks, *criteria], rows)


def to_markdown(result: RobustRanking) -> str:
    """Write the result as a Markdown table, sentences, and the order that holds under all weights as a list."""
    count = len(result.options)
    each = count <= COLUMNS
    ranks = [f"Rank {place}" for place in range(1, count + 1)] if each else ["Ranks"]
    heads = ["Option", "First", "Mean rank", *ranks, "Confidence", "Score, 5–95 %", "Regret, mean and 95 %"]
    lines = [f"# {markdown(result.dossier.title)}: robustness", "", markdown(circumstances(result)), ""]
    lines += [f"| {' | '.join(heads)} |", "|---|" + "---:|" * (len(heads) - 1)]
    for option in result.options:
        shares = map(part, option.acceptability.tolist()) if each else [f"`{rank_bars(option.acceptability)}`"]
        cells = [markdown(option_name(option)), first(option), f"{option.expected_rank:.2f}", *shares]
        regrets = "; ".join(map(score, option.regret))
        lines.append(f"| {' | '.join([*cells, sure(option), spread(option), regrets])} |")
    lines += [line for sentence in notes(result) for line in ("", markdown(sentence))]
    if said := list(opening(result)):
        lines += ["", f"## {TITLE}", "", markdown(" ".join(said))]
        lines += [line for lead in leads(result) for line in ("", f"- {markdown(lead)}")]
    if result.order is not None:
        lines += ["", markdown(order_title(result)), *_list(result, result.order.tree, "")]
    return "\n".join(lines) + "\n"


def _list(result: RobustRanking, tree: Sequence[Above], indent: str) -> Iterator[str]:
    if not indent:
        yield ""
    for node in tree:
        yield f"{indent}- {markdown(together(result, node))}"
        yield from _list(result, node.below, f"{indent}  ")
