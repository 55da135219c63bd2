"""Weights and the judgements behind them, written into `criteria.yaml`: only the lines concerned change."""

from collections.abc import Iterator, Mapping

from policyopts.findings import OutputError
from policyopts.model.criteria import CriteriaFile, Group, Leaf
from policyopts.model.weighting import JUDGEMENT_KEYS, Weighting
from policyopts.records.draft import Draft
from policyopts.records.files import CRITERIA
from policyopts.records.splicing import Edit, Put, splice
from policyopts.records.yaml_text import Value


def written_weights(draft: Draft, method: str, numbers: Mapping[str, float], judgements: Mapping[str, Value]) -> str:
    """Give the text of `criteria.yaml` with a weighting, its judgements by group and the nodes' own numbers put in.

    Raises
    ------
    OutputError
        Where the file is written in a way that a program cannot change safely.
    """
    try:
        return splice(draft.text, _edits(draft.criteria, method, numbers, judgements))
    except OutputError as error:
        raise OutputError(f"{CRITERIA}: {error.message}", error.hint) from None


def _edits(
    criteria: CriteriaFile, method: str, numbers: Mapping[str, float], judgements: Mapping[str, Value]
) -> Iterator[Edit]:
    weighting, parts = criteria.weighting, tuple(Weighting.model_fields)
    if weighting.method != method or "method" not in weighting.model_fields_set:
        order = parts if "weighting" in criteria.model_fields_set else tuple(CriteriaFile.model_fields)
        yield Put(("weighting", "method"), method, order)
    groups = tuple(group for group, _ in criteria.tree.groups)
    for place, (group, judged) in enumerate(judgements.items()):
        key = JUDGEMENT_KEYS[method]
        is_there = place > 0 or key in weighting.model_fields_set
        yield Put(("weighting", key, group), judged, groups if is_there else parts)
    for node in criteria.tree.nodes:
        if node.id in numbers:
            fields = (Group if isinstance(node.record, Group) else Leaf).model_fields
            yield Put((*node.at, "weight"), numbers[node.id], tuple(fields))
