"""The comparison of methods as JSON, CSV and Markdown, and the sentences that go with it in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.method_comparison import winners
from policyopts.report.data import as_csv, as_json
from policyopts.report.english import counted, named, number
from policyopts.report.ranking import changes
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policyopts.analysis.method_comparison import MethodComparison, Reversal


def to_json(comparison: MethodComparison) -> str:
    """Write the comparison as `policyopts.comparison/1`."""
    dossier, matrix = comparison.problem.view.dossier, comparison.problem.matrix
    names = [ranking.method for ranking in comparison.rankings]
    return as_json(
        {
            "format": "policyopts.comparison/1",
            "dossier": {"title": dossier.title, "digest": dossier.digest},
            "weights": dict(zip(matrix.criteria, matrix.weights.tolist(), strict=True)),
            "methods": {
                ranking.method: {
                    "ranks": dict(zip(ranking.options, ranking.ranks.tolist(), strict=True)),
                    "scores": dict(zip(ranking.options, ranking.scores.tolist(), strict=True)),
                    "parameters": dict(ranking.parameters),
                }
                for ranking in comparison.rankings
            },
            "refused": {refusal.method: refusal.reason for refusal in comparison.refusals},
            "agreement": {
                "kendall_w": comparison.kendall_w,
                "kendall_tau": {
                    name: dict(zip(names, row, strict=True))
                    for name, row in zip(names, comparison.kendall_tau, strict=False)
                },
            },
            "consensus": {"borda": dict(comparison.borda), "copeland": dict(comparison.copeland)},
            "rank_reversal": [
                {
                    "method": reversal.method,
                    "option": reversal.bystander,
                    "change": reversal.change,
                    "before": list(reversal.before),
                    "after": list(reversal.after),
                }
                for reversal in comparison.reversals
            ],
            "screened_out": [
                {"id": option.id, "reasons": list(option.reasons)} for option in comparison.problem.screened_out
            ],
        }
    )


def to_csv(comparison: MethodComparison) -> str:
    """Write one row a method, with each option's rank; the consensus last."""
    options = comparison.consensus
    rows: list[list[object]] = [
        [ranking.method, *(int(ranking.ranks[ranking.options.index(option)]) for option in options)]
        for ranking in comparison.rankings
    ]
    rows.append(["borda consensus", *(comparison.borda[option] for option in options)])
    rows.append(["copeland consensus", *(comparison.copeland[option] for option in options)])
    return as_csv(["method", *options], rows)


def to_markdown(comparison: MethodComparison) -> str:
    """Write the comparison as a Markdown table of ranks."""
    dossier, options = comparison.problem.view.dossier, comparison.consensus
    lines = [f"# {markdown(dossier.title)}: the methods compared", ""]
    if circumstances := changes(comparison.problem.view):
        lines += [markdown(" · ".join(circumstances)), ""]
    lines.append(f"| Method | {' | '.join(markdown(dossier.option_name(option)) for option in options)} |")
    lines.append("|---|" + "---:|" * len(options))
    for ranking in comparison.rankings:
        ranks = (str(ranking.ranks[ranking.options.index(option)]) for option in options)
        lines.append(f"| {ranking.method} | {' | '.join(ranks)} |")
    lines.append(f"| *Borda's count* | {' | '.join(f'{comparison.borda[option]:g}' for option in options)} |")
    lines.append(f"| *Copeland's count* | {' | '.join(f'{comparison.copeland[option]:g}' for option in options)} |")
    lines += [line for sentence in notes(comparison) for line in ("", markdown(sentence))]
    return "\n".join(lines) + "\n"


def notes(comparison: MethodComparison) -> Iterator[str]:
    """Say which option comes first by how many methods, how far they agree, and what to beware of."""
    yield from _firsts(comparison)
    if comparison.kendall_w is not None:
        yield f"Agreement of the methods (Kendall's W): {comparison.kendall_w:.2f}, where 1 is the same order by all."
    for refusal in comparison.refusals:
        yield flowing(f"{refusal.method} cannot take these figures: {refusal.reason}.")
    yield from _reversal_notes(comparison)


def _firsts(comparison: MethodComparison) -> Iterator[str]:
    dossier = comparison.problem.view.dossier
    by_winner: dict[tuple[str, ...], list[str]] = {}
    for ranking in comparison.rankings:
        by_winner.setdefault(winners(ranking), []).append(ranking.method)
    for first, methods in sorted(by_winner.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(first) == len(comparison.borda) > 2:
            who = f"All {number(len(first))} options share the first place"
        else:
            who = _first([flowing(dossier.option_name(option)) for option in first])
        if len(methods) == len(comparison.rankings):
            yield f"{who} by all {len(methods)} methods."
        else:
            which = f": {', '.join(methods)}" if len(methods) <= len(comparison.rankings) / 2 else ""
            yield f"{who} by {len(methods)} of {len(comparison.rankings)} methods{which}."


def _first(names: Sequence[str]) -> str:
    return f"{named(names)} {'comes first' if len(names) == 1 else 'share the first place'}"


def _reversal_notes(comparison: MethodComparison) -> Iterator[str]:
    by_method: dict[str, list[Reversal]] = {}
    for reversal in comparison.reversals:
        by_method.setdefault(reversal.method, []).append(reversal)
    tried = comparison.tried
    if tried == 0:
        yield "No rank-reversal test: it would take long with so many options."
    elif not by_method:
        other = "another option" if tried is None else f"one of the {counted(tried, 'best option')} that do not win"
        yield f"No method's first place changes when {other} is left out or stands there twice."
    for method, reversals in by_method.items():
        yield flowing(f"Rank reversal by {method}: {_joined(reversals, comparison)}.")


def _joined(reversals: Iterable[Reversal], comparison: MethodComparison) -> str:
    name = comparison.problem.view.dossier.option_name
    said = []
    for reversal in reversals:
        after = _first([name(option.removesuffix(" (twin)")) for option in reversal.after])
        said.append(f"with {name(reversal.bystander)} {reversal.change}, {after}")
    return "; ".join(said)
