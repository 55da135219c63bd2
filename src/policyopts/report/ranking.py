"""The ranking as JSON, CSV and Markdown, and the sentences that go with it in every form."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from policyopts.model.estimates import figure
from policyopts.report.bars import letter, text_bar
from policyopts.report.data import as_csv, as_json, by_id, finding_data
from policyopts.report.english import named
from policyopts.report.method_notes import method_notes
from policyopts.report.numbers import percent, score
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.problem.decision import DecisionProblem
    from policyopts.analysis.ranked import RankedDossier, RankedOption
    from policyopts.analysis.robust_ranking import RobustOption
    from policyopts.analysis.view import View

MOST_SEARCHED = 100  # options, the best ones, that are searched for unknown figures
MOST_NAMED = 20  # in sentences: of those that share the first place, and of those that are screened out


def to_json(ranked: RankedDossier, top: int | None = None) -> str:
    """Write the ranking as `policyopts.ranking/1`."""
    ranking = ranked.ranking
    return as_json(
        {
            "format": "policyopts.ranking/1",
            "dossier": {"title": ranked.dossier.title, "digest": ranked.dossier.digest},
            "method": ranking.method,
            "parameters": dict(ranking.parameters),
            "weights": dict(zip(ranking.criteria, ranking.weights.tolist(), strict=True)),
            "options": [_option_data(option) for option in islice(ranked.options, top)],
            "screened_out": [
                {"id": option.id, "reasons": list(option.reasons)} for option in ranked.problem.screened_out
            ],
            "details": {name: by_id(value, ranking.criteria) for name, value in ranking.document.items()},
            "findings": [finding_data(finding) for finding in ranked.findings],
        }
    )


def _option_data(option: RankedOption) -> dict[str, object]:
    data: dict[str, object] = {"id": option.id, "name": option.name, "rank": option.rank, "score": option.score}
    if option.contributions is not None:
        data["contributions"] = dict(option.contributions)
    return data | {"details": dict(option.details)}


def to_csv(ranked: RankedDossier, top: int | None = None) -> str:
    """Write one row an option, with its contributions and the method's own terms."""
    first = ranked.options[0]
    header = ["rank", "id", "name", "score", *(first.contributions or ()), *first.details]
    rows = (
        [
            option.rank,
            option.id,
            option.name,
            option.score,
            *(option.contributions or {}).values(),
            *option.details.values(),
        ]
        for option in islice(ranked.options, top)
    )
    return as_csv(header, rows)


def to_markdown(ranked: RankedDossier, top: int | None = None) -> str:
    """Write the ranking as a Markdown table with bars of letters."""
    lines = [f"# {markdown(ranked.dossier.title)}", "", f"{markdown(circumstances(ranked))}", ""]
    full = ranked.fullest
    lines += ["| Rank | Option | Score | Gap |" + (" Contributions |" if full else "")]
    lines += ["|---:|---|---:|---:|" + ("---|" if full else "")]
    for option in islice(ranked.options, top):
        gap = "" if option.gap is None else score(option.gap)
        bar = f" `{text_bar(option.parts or (), full, 40)}` |" if full else ""
        lines.append(f"| {option.rank} | {markdown(option_name(option))} | {score(option.score)} | {gap} |{bar}")
    if full:
        legend = (
            f"`{letter(place)}` {markdown(segment.name)} {percent(segment.weight)}"
            for place, segment in enumerate(ranked.segments)
        )
        lines += ["", f"Contributions: {', '.join(legend)}."]
    lines += [line for sentence in notes(ranked, top) for line in ("", markdown(sentence))]
    return "\n".join(lines) + "\n"


def circumstances(ranked: RankedDossier) -> str:
    """Say by which method, and under which changes, the options were ranked."""
    settings = [f"{name} {_setting(value)}" for name, value in ranked.ranking.parameters.items()]
    said = [", ".join([ranked.ranking.method, *settings]), *changes(ranked.view)]
    return flowing(" · ".join(said))


def _setting(value: object) -> str:
    """Write a parameter's setting; a row of numbers in brackets."""
    return f"({', '.join(f'{number:g}' for number in value)})" if isinstance(value, tuple) else str(value)


def changes(view: View) -> list[str]:
    """Name what is looked at other than the dossier as it stands."""
    asked, dossier = view.what_if, view.dossier
    said = []
    if asked.frame is not None:
        said.append(f"frame: {dossier.frames[asked.frame].name or asked.frame}")
    if asked.perspective is not None:
        said.append(f"perspective: {dossier.perspectives[asked.perspective].name or asked.perspective}")
    said += [f"failed: {id_}" for id_ in asked.failed]
    said += [f"weight {id_} = {share:g}" for id_, share in asked.shares.items()]
    for option, criterion in asked.performances:
        found = view.estimate(option, criterion)
        said.append(f"{option}.{criterion} = {found.text or figure(found.value)}")
    if asked.only or asked.without:
        said.append(f"{len(view.options)} of {len(dossier.options)} options")
    return said


def notes(ranked: RankedDossier, top: int | None = None) -> list[str]:
    """Say in sentences what the table shows: who leads and by how much, what is cut, who is screened out."""
    said = [_verdict(ranked), *method_notes(ranked), *_unknown(ranked, top or len(ranked.options))]
    if top is not None and top < len(ranked.options):
        said.append(f"{len(ranked.options) - top:,} more options rank below.")
    return [*said, *screened_out(ranked.problem)]


def screened_out(problem: DecisionProblem) -> Iterator[str]:
    """Say which options hard limits screen out, and by which figures."""
    out, dossier = problem.screened_out, problem.view.dossier
    for option in out[:MOST_NAMED]:
        yield flowing(f"Screened out: {dossier.option_name(option.id)} — {'; '.join(option.reasons)}.")
    if len(out) > MOST_NAMED:
        yield f"Screened out as well: {len(out) - MOST_NAMED:,} more options."


def _unknown(ranked: RankedDossier, options: int) -> Iterator[str]:
    """Say which of the figures shown nobody knows, and what they count as."""
    unknown = ranked.unknown(min(options, MOST_SEARCHED))
    if unknown:
        dossier = ranked.dossier
        names = [f"{flowing(dossier.option_name(id_))} on {flowing(dossier.criterion_name(at))}" for id_, at in unknown]
        yield f"Unknown, and counted in the middle of the range: {named(names)}."


def _verdict(ranked: RankedDossier) -> str:
    winners = [flowing(option.name) for option in ranked.options[: MOST_NAMED + 1] if option.rank == 1]
    if len(ranked.options) == 1:
        return f"{winners[0]} is the only option ranked."
    if len(winners) > MOST_NAMED:
        return f"{len(ranked.winners):,} options share the first place."
    if len(winners) > 1:
        return f"{named(winners)} share the first place."
    runner_up = flowing(ranked.options[1].name)
    return f"{winners[0]} ranks first, {score(ranked.options[0].gap or 0.0)} ahead of {runner_up}."


def option_name(option: RankedOption | RobustOption) -> str:
    """Name an option on one line, the baseline marked."""
    return flowing(option.name) + (" (baseline)" if option.is_baseline else "")
