"""What the explorer page is given, as JSON: numbers as they are, texts in one line or as paragraphs.

Nodes, options and criteria are named by their places in the lists here; `null` stands where there is no figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policyopts.analysis.grades import grade_of
from policyopts.model.criteria import Exponential, Group, Points
from policyopts.model.estimates import amount, figure
from policyopts.model.weighting import WeightRange
from policyopts.records.files import ASSUMPTIONS, CRITERIA, EVIDENCE
from policyopts.report.bars import letter
from policyopts.report.english import named
from policyopts.report.markdown_text import split_paragraphs
from policyopts.report.numbers import assessments, performance
from policyopts.report.safe_text import flowing, is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.explore_facts import ExploreFacts
    from policyopts.analysis.overlays import Outcome
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.model.criteria import Leaf, TreeNode
    from policyopts.model.dossier import Origin

Data = dict[str, Any]


def page_data(facts: ExploreFacts, *, live: bool) -> Data:
    """Gather what the page is given; `live` tells it to ask the server that it came from for news."""
    dossier = facts.dossier
    return {
        "live": live,
        "digest": dossier.digest,
        "nodes": [_node(facts, node) for node in dossier.tree.nodes],
        "segments": [
            {"node": dossier.tree.place_of(segment.id), "letter": letter(place)}
            for place, segment in enumerate(facts.base.segments)
        ],
        "options": [_option(facts, id_) for id_ in dossier.options],
        "readings": list(_readings(facts)),
        "evidence": {id_: _item(facts, id_) for id_ in _cited(facts)},
        "assumptions": {id_: _assumption(facts, id_) for id_ in dossier.assumptions},
        "criteria_yaml": _criteria_yaml(facts),
        "own_method": None if facts.is_own_method else _own_method(facts),
    }


def prose(text: str | None) -> str:
    """Give a text's paragraphs, each on a line of its own, without what could move or turn other text."""
    return "\n".join(map(flowing, split_paragraphs(text or "")))


def _node(facts: ExploreFacts, node: TreeNode) -> Data:
    record, weight = node.record, node.record.weight
    data: Data = {
        "id": node.id,
        "name": flowing(node.name),
        "parent": node.parent,
        "definition": prose(record.definition),
        "weight_because": prose(record.weight_because),
        "number": weight.value if isinstance(weight, WeightRange) else weight,
        "range": [weight.low, weight.high] if isinstance(weight, WeightRange) else None,
        "at": _at(facts, CRITERIA, node.at),
    }
    if isinstance(record, Group):
        return data
    return data | {
        "scale": flowing(_scale(record)),
        "worst": prose(record.anchors.worst),
        "best": prose(record.anchors.best),
    }


def _scale(leaf: Leaf) -> str:
    """Say in a line what the scale is, and how performance on it becomes value."""
    if leaf.levels is not None:
        return ", ".join(f"{level} {figure(value)}" for level, value in leaf.levels.items())
    if leaf.ends is None:
        better = "higher" if leaf.higher_is_better else "lower"
        return f"{better} is better; read on the range of the options present"
    worst, best = map(figure, leaf.ends)
    match leaf.value:
        case Points(points=points):
            shape = f"; value through {', '.join(f'{figure(x)} → {figure(v)}' for x, v in points)}"
        case Exponential(exponential=rho):
            shape = f"; exponential, {figure(rho)}"
        case _:
            shape = ""
    return f"{amount(f'{worst} (worst) to {best} (best)', leaf.unit)}{shape}"


def _option(facts: ExploreFacts, id_: str) -> Data:
    dossier, record = facts.dossier, facts.dossier.options[id_]
    return {
        "id": id_,
        "name": flowing(dossier.option_name(id_)),
        "summary": prose(record.summary),
        "risks": list(map(flowing, record.risks)),
        "requires": list(map(flowing, record.requires)),
        "baseline": id_ == dossier.decision.baseline,
        "at": _at_origin(facts, dossier.option_origins[id_]),
    }


def _readings(facts: ExploreFacts) -> Iterator[Data]:
    """Give the dossier as it stands, whole, and each overlay by what is other in it."""
    dossier, base = facts.dossier, facts.base
    values = _values(base)
    cells = [[_cell(facts, base, option, id_) for id_ in dossier.criteria] for option in dossier.options]
    yield {
        "key": "",
        "kind": "",
        "name": "As it stands",
        "note": "",
        "trouble": "",
        "weights": base.ranking.weights.tolist(),
        "screened_out": _screened_out(base),
        "values": values,
        "cells": cells,
    }
    for outcome in facts.outcomes:
        name, note = _said(facts, outcome)
        data: Data = {
            "key": f"{outcome.kind}.{outcome.id}",
            "kind": outcome.kind,
            "name": flowing(name),
            "note": prose(note),
            "trouble": flowing(outcome.trouble),
        }
        if outcome.ranked is not None:
            data |= {
                "weights": outcome.ranked.ranking.weights.tolist(),
                "screened_out": _screened_out(outcome.ranked),
                "values": list(_changed(values, _values(outcome.ranked))),
                "cells": list(_changed_cells(facts, outcome.ranked)),
            }
        yield data


def _values(ranked: RankedDossier) -> list[list[float | None]]:
    """Give the value of each option on each criterion; nothing where the option is screened out."""
    rows = dict(zip(ranked.ranking.options, ranked.ranking.matrix.scaled.tolist(), strict=True))
    nothing = [None] * len(ranked.ranking.criteria)
    return [rows.get(id_, nothing) for id_ in ranked.dossier.options]


def _changed(before: list[list[float | None]], after: list[list[float | None]]) -> Iterator[list[Any]]:
    """Give the values that are other, each with the places of its option and criterion."""
    for option, (old, new) in enumerate(zip(before, after, strict=True)):
        for criterion, (was, value) in enumerate(zip(old, new, strict=True)):
            if was != value:
                yield [option, criterion, value]


def _changed_cells(facts: ExploreFacts, ranked: RankedDossier) -> Iterator[list[Any]]:
    dossier = facts.dossier
    options, criteria = list(dossier.options), list(dossier.criteria)
    for option, criterion in ranked.view.cells:
        yield [options.index(option), criteria.index(criterion), _cell(facts, ranked, option, criterion)]


def _screened_out(ranked: RankedDossier) -> list[list[Any]]:
    options = list(ranked.dossier.options)
    return [[options.index(out.id), list(map(flowing, out.reasons))] for out in ranked.problem.screened_out]


def _cell(facts: ExploreFacts, ranked: RankedDossier, option: str, criterion: str) -> Data:
    """Give a performance with its reasons, leaving out what there is not."""
    dossier, view = facts.dossier, ranked.view
    found, written = view.estimate(option, criterion), view.record(option, criterion)
    origin = view.origin(option, criterion)
    data: Data = {
        "text": flowing(performance(found, dossier.criteria[criterion].unit)),
        "word": flowing(facts.likelihoods.word(criterion, found) or ""),
        "by": flowing(assessments(found, dossier.criteria[criterion].unit)),
        "because": prose(written.because),
        "confidence": written.confidence,
        "evidence": list(written.evidence),
        "assumes": list(written.assumes),
        "at": "" if origin is None else _at_origin(facts, origin),
    }
    if data["word"] == found.text:
        data["word"] = ""
    return {key: value for key, value in data.items() if value}


def _said(facts: ExploreFacts, outcome: Outcome) -> tuple[str, str]:
    """Name an overlay, and give what it says of itself."""
    dossier = facts.dossier
    match outcome.kind:
        case "frame":
            frame = dossier.frames[outcome.id]
            return frame.name or outcome.id, frame.question or ""
        case "perspective":
            party = dossier.perspectives[outcome.id]
            return party.name or outcome.id, f"“{prose(party.dissent)}”" if party.dissent else ""
        case "assumption":
            assumption = dossier.assumptions[outcome.id]
            signpost = f"\nSignpost: {prose(assumption.signpost)}" if assumption.signpost else ""
            return outcome.id, f"What if this does not hold: {prose(assumption.claim or outcome.id)}{signpost}"


def _cited(facts: ExploreFacts) -> list[str]:
    """Name the items of evidence that figures rest on, in the order of their file."""
    view = facts.base.view
    cited = {
        item
        for option in facts.dossier.options
        for id_ in facts.dossier.criteria
        for item in view.record(option, id_).evidence
    }
    overlays = [outcome.ranked.view for outcome in facts.outcomes if outcome.ranked is not None]
    cited |= {item for overlay in overlays for _, record, _ in overlay.cells.values() for item in record.evidence}
    return [id_ for id_ in facts.dossier.evidence.items if id_ in cited]


def _item(facts: ExploreFacts, id_: str) -> Data:
    evidence = facts.dossier.evidence
    item = evidence.items[id_]
    source = evidence.sources.get(item.source or "")
    url = "" if source is None or source.url is None else source.url
    told = () if source is None else (source.author, source.title, source.publisher)
    return {
        "claim": prose(item.claim or id_),
        "source": flowing(", ".join(filter(None, told)) or item.source or ""),
        "date": flowing(item.date or ""),
        "grade": grade_of(evidence, id_) or "",
        "url": url if is_web_address(url) else "",
        "at": _at(facts, EVIDENCE, ("items", id_)),
    }


def _assumption(facts: ExploreFacts, id_: str) -> Data:
    record = facts.dossier.assumptions[id_]
    return {
        "claim": prose(record.claim or id_),
        "signpost": prose(record.signpost),
        "at": _at(facts, ASSUMPTIONS, (id_,)),
    }


def _criteria_yaml(facts: ExploreFacts) -> list[Any] | None:
    """Cut `criteria.yaml` into texts and, between them, the places of weights: node, before, as it stands, after."""
    if facts.slots is None:
        return None
    text, done = facts.dossier.texts[CRITERIA], 0
    pieces: list[Any] = []
    for slot, node in sorted((slot, node) for node, slot in enumerate(facts.slots)):
        pieces += [text[done : slot.start], [node, slot.before, text[slot.start : slot.end], slot.after]]
        done = slot.end
    return [*pieces, text[done:]]


def _own_method(facts: ExploreFacts) -> Data:
    """Say what the dossier ranks by itself, and what comes first by that."""
    own = facts.own
    settings = own.ranking.parameters
    normalisation = f", normalisation {settings['normalisation']}" if own.ranking.method == "weighted-sum" else ""
    return {
        "name": flowing(f"{own.ranking.method}{normalisation}"),
        "first": flowing(named([winner.name for winner in own.winners])),
        "several": len(own.winners) > 1,
    }


def _at_origin(facts: ExploreFacts, origin: Origin) -> str:
    return _at(facts, origin.path, origin.key)


def _at(facts: ExploreFacts, path: str, key: tuple[str | int, ...]) -> str:
    line, _ = facts.places.of(path, key, "key")
    return f"{path}:{line}"
