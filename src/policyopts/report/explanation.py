"""An explanation as JSON, CSV and Markdown, and the sentences that go with it in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.model.criteria import Exponential, Points
from policyopts.model.estimates import figure
from policyopts.report.data import as_csv, as_json, estimate_data, finding_data
from policyopts.report.numbers import assessments, percent, performance, rounded, score, signed
from policyopts.report.ranking import circumstances
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.explanation import CriterionWorking, Explanation, PairWorking, Where


def to_json(explanation: Explanation) -> str:
    """Write the explanation as `policyopts.explanation/1`."""
    ranked, placed = explanation.ranked, explanation.placed
    return as_json(
        {
            "format": "policyopts.explanation/1",
            "dossier": {"title": ranked.dossier.title, "digest": ranked.dossier.digest},
            "method": ranked.ranking.method,
            "parameters": dict(ranked.ranking.parameters),
            "option": {
                "id": explanation.option,
                "name": ranked.dossier.option_name(explanation.option),
                "rank": placed.rank if placed else None,
                "score": placed.score if placed else None,
                "screened_out": list(explanation.reasons),
            },
            "rival": explanation.rival.id if explanation.rival else None,
            "steps": [{"symbol": step.symbol, "caption": step.caption} for step in explanation.steps],
            "totals": dict(explanation.totals),
            "pairs": [
                {"id": pair.id, "over": dict(pair.over), "under": dict(pair.under)} for pair in explanation.pairs
            ],
            "criteria": [_criterion_data(working) for working in explanation.criteria],
            "findings": [finding_data(finding) for finding in ranked.findings],
        }
    )


def _criterion_data(working: CriterionWorking) -> dict[str, object]:
    found = working.estimate
    return {
        "id": working.id,
        "name": working.name,
        "performance": {"low": found.low, "value": found.value, "high": found.high, "unit": working.leaf.unit}
        | ({"text": found.text} if found.text else {})
        | ({"by": {name: estimate_data(own) for name, own in found.by}} if found.by else {}),
        "likelihood": working.likelihood,
        "value": working.value,
        "weight": working.weight,
        "steps": dict(working.steps),
        "contribution": working.contribution,
        "difference": working.difference,
        "because": working.written.because,
        "confidence": working.written.confidence,
        "evidence": [
            {"id": item.id, "claim": item.claim, "source": item.source, "grade": item.grade, **_place(item.where)}
            for item in working.evidence
        ],
        "assumes": [
            {"id": cited.id, "claim": cited.claim, "signpost": cited.signpost, **_place(cited.where)}
            for cited in working.assumptions
        ],
        "weight_steps": [
            {"id": step.id, "number": step.number, "share_of_group": step.share_of_group, **_place(step.where)}
            for step in working.weight_steps
        ],
        **(_place(working.where) if working.where else {"path": None, "line": None, "column": None}),
    }


def _place(where: Where) -> dict[str, object]:
    return {"path": where.path, "line": where.line, "column": where.column}


def to_csv(explanation: Explanation) -> str:
    """Write one row a criterion."""
    symbols = list(explanation.criteria[0].steps)
    header = ["criterion", "name", "low", "value", "high", "unit", *symbols, "difference", "confidence", "path", "line"]
    rows = [
        [
            working.id,
            working.name,
            working.estimate.low,
            working.estimate.value,
            working.estimate.high,
            working.leaf.unit,
            *(working.steps[symbol] for symbol in symbols),
            working.difference,
            working.written.confidence,
            working.where.path if working.where else None,
            working.where.line if working.where else None,
        ]
        for working in explanation.criteria
    ]
    return as_csv(header, rows)


def to_markdown(explanation: Explanation) -> str:
    """Write the explanation as Markdown: the table, and the working of each criterion below."""
    ranked = explanation.ranked
    symbols = list(explanation.criteria[0].steps)
    rival = "" if explanation.rival is None else f" against {markdown(explanation.rival.name)} |"
    lines = [
        f"# {markdown(ranked.dossier.option_name(explanation.option))}",
        "",
        markdown(circumstances(ranked)),
        "",
        markdown(verdict(explanation)),
        "",
        f"| Criterion | Performance | {''.join(f'{symbol} | ' for symbol in symbols)}".rstrip() + rival,
        "|---|---|" + "---:|" * (len(symbols) + bool(rival)),
    ]
    for working in explanation.criteria:
        cells = [markdown(working.name), markdown(performance(working.estimate, working.leaf.unit))]
        cells += [score(working.steps[symbol]) for symbol in symbols]
        cells += [signed(working.difference)] if rival else []
        lines.append(f"| {' | '.join(cells)} |")
    lines += _pair_lines(explanation)
    lines += ["", f"{markdown('; '.join(captions(explanation)))}."]
    for working in explanation.criteria:
        lines += ["", f"## {markdown(working.name)}", ""]
        lines += [f"- {markdown(name)}: {markdown(text)}" for name, text in working_lines(explanation, working)]
    return "\n".join(lines) + "\n"


def _pair_lines(explanation: Explanation) -> Iterator[str]:
    header = pair_header(explanation)
    if not header:
        return
    yield from ("", f"| Beside | {' | '.join(header)} |", "|---|" + "---:|" * len(header))
    for pair in explanation.pairs:
        yield f"| {markdown(pair.name)} | {' | '.join(pair_cells(pair))} |"


def pair_header(explanation: Explanation) -> list[str]:
    """Head the columns of what the method says of the option beside another: each symbol, this one first and second."""
    symbols = explanation.pairs[0].over if explanation.pairs else ()
    return [f"{symbol} {way}" for symbol in symbols for way in ("→", "←")]


def pair_cells(pair: PairWorking) -> list[str]:
    """Write what the method says of the option beside another, in the order of the header."""
    return [score(said[symbol]) for symbol in pair.over for said in (pair.over, pair.under)]


def verdict(explanation: Explanation) -> str:
    """Say where the option ranks, and what sets it apart from its rival."""
    name = flowing(explanation.ranked.dossier.option_name(explanation.option))
    placed, rival = explanation.placed, explanation.rival
    if placed is None:
        return f"{name} is screened out: {flowing('; '.join(explanation.reasons))}."
    if rival is None:
        return f"{name} is the only option ranked, with a score of {score(placed.score)}."
    apart = score(abs(placed.score - rival.score))
    if placed.rank == rival.rank:
        said = f"{name} shares rank {placed.rank} with {flowing(rival.name)}"
    elif placed.rank < rival.rank:
        said = f"{name} ranks first, {apart} ahead of {flowing(rival.name)}"
    else:
        said = f"{name} ranks {placed.rank} of {len(explanation.ranked.options)}, {apart} behind {flowing(rival.name)}"
    return f"{said}.{_gains_and_losses(explanation)}"


def _gains_and_losses(explanation: Explanation) -> str:
    differences = sorted(
        (working.difference, working.name) for working in explanation.criteria if working.difference is not None
    )
    if len(differences) < 2:
        return ""
    (least, worst), (most, best) = differences[0], differences[-1]
    gain = f" It gains most on {flowing(best)} ({signed(most)})" if most > 0 else ""
    loss = f"{' and' if gain else ' It'} loses most on {flowing(worst)} ({signed(least)})" if least < 0 else ""
    return f"{gain}{loss}." if gain or loss else ""


def captions(explanation: Explanation) -> Iterator[str]:
    """Say what the symbols of the method's steps mean."""
    for step in explanation.steps:
        total = f" = {score(explanation.totals[step.symbol])}" if step.symbol in explanation.totals else ""
        yield f"{step.symbol}: {step.caption}{total}"
    if explanation.pairs:
        yield "→: this option before the other one; ←: the other one before it"


def working_lines(explanation: Explanation, working: CriterionWorking) -> Iterator[tuple[str, str]]:
    """Work one criterion out line by line: (what, how it was got and where it stands)."""
    leaf = working.leaf
    place = f" — {working.where}" if working.where else " — asked for on the command line"
    beside = working.likelihood not in {None, working.estimate.text}
    word = f" ({working.likelihood})" if beside else ""
    yield "Performance", f"{performance(working.estimate, leaf.unit)}{word}{place}"
    if working.estimate.by:
        how = "the mean of their values" if working.written.value is None else "what they agreed on"
        yield "By assessor", f"{assessments(working.estimate, leaf.unit)} — the value is {how}"
    if working.written.because:
        yield "Because", working.written.because
    if working.written.confidence:
        yield "Confidence", working.written.confidence
    for item in working.evidence:
        graded = ", ".join(part for part in (item.source, item.grade) if part)
        yield (
            "Evidence",
            f"{item.claim or item.id} ({graded}) — {item.where}" if graded else f"{item.claim} — {item.where}",
        )
    for cited in working.assumptions:
        signpost = f" Signpost: {cited.signpost}" if cited.signpost else ""
        yield "Assumes", f"{cited.claim or cited.id}{signpost} — {cited.where}"
    if working.value is not None and explanation.by_values:
        yield "Value", f"{_value_text(working)} = {score(working.value)} — {working.scale_where}"
    weight = f"{' × '.join(_weight_texts(working))} = {percent(working.weight)} — {working.weight_steps[-1].where}"
    yield "Weight", weight
    if not explanation.by_values:
        yield from _method_lines(explanation, working)
    elif working.contribution is not None and working.value is not None:
        yield "Contribution", f"{score(working.value)} × {percent(working.weight)} = {score(working.contribution)}"


def _method_lines(explanation: Explanation, working: CriterionWorking) -> Iterator[tuple[str, str]]:
    """Give the method's own terms on the criterion, in the order in which it works them out."""
    for step in explanation.steps:
        if step.symbol in working.steps:
            yield step.caption.split(": ", 1)[0], f"{step.symbol} = {score(working.steps[step.symbol])}"
    if working.contribution is not None:
        yield "Contribution", score(working.contribution)


def _value_text(working: CriterionWorking) -> str:
    """Say by which value function the performance became a value."""
    leaf, found = working.leaf, working.estimate
    at = figure(rounded(found))
    if leaf.levels is not None:
        return f"the level's value {at} of 100"
    if leaf.ends is None:
        return f"{at} on the range of the options present, {leaf.direction} is best"
    worst, best = (figure(end) for end in leaf.ends)
    match leaf.value:
        case Points(points=points):
            corners = ", ".join(f"{figure(x)} → {figure(value)}" for x, value in points)
            return f"{at} on the line through {corners} (of 100)"
        case Exponential(exponential=rho):
            return f"(1 − e^(−ρt)) / (1 − e^(−ρ)), ρ = {figure(rho)}, t = ({at} − {worst}) / ({best} − {worst}),"
        case _:
            return f"({at} − {worst}) / ({best} − {worst})"


def _weight_texts(working: CriterionWorking) -> Iterator[str]:
    for step in working.weight_steps:
        number = "" if step.number is None else f" (weight {figure(step.number)})"
        yield f"{step.name} {percent(step.share_of_group)}{number}"
