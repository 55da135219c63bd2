"""What `policyopts weigh` writes into `criteria.yaml`, and says about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from policyopts.cli.output import shown_folder
from policyopts.cli.written import command, hint
from policyopts.findings import OutputError

if TYPE_CHECKING:
    from policyopts.analysis.found_weights import FoundWeights
    from policyopts.records.draft import Draft

Judged: TypeAlias = Mapping[str, Any]
"""Judgements that were asked for, by their group's id."""


def new_text(draft: Draft, found: FoundWeights, judged: Judged) -> str:
    """Give the text of `criteria.yaml` with the weights, and the judgements asked for, in it.

    Raises
    ------
    OutputError
        Where the file is written in a way that a program cannot change safely.
    """
    from policyopts.analysis.weights_to_write import numbers_to_write
    from policyopts.records.written_weights import written_weights

    return written_weights(draft, found.method, numbers_to_write(found), judged)


def write_weights(draft: Draft, found: FoundWeights, judged: Judged = MappingProxyType({})) -> None:
    """Write weights, and the judgements that they follow from, into `criteria.yaml`.

    Raises
    ------
    OutputError
        Where they cannot be written; then nothing is.
    """
    from policyopts.analysis.weights_to_write import lost_ranges, numbers_to_write, overlays_beside
    from policyopts.model.weighting import JUDGEMENT_KEYS
    from policyopts.records.files import CRITERIA, read_text
    from policyopts.records.loader import DossierReader
    from policyopts.records.writing import write_files
    from policyopts.records.yaml_text import inline

    text = new_text(draft, found, judged)
    if text == draft.text:
        hint(f"{CRITERIA} says so already; nothing was changed.")
        return
    if read_text(draft.folder, CRITERIA)[1] != draft.text:
        again = f"the judgements were {JUDGEMENT_KEYS[found.method]}: {inline(judged)}" if judged else "run this again"
        raise OutputError(f"{CRITERIA} was changed in the meantime, so nothing was written", again)
    changed = numbers_to_write(found)
    lost = lost_ranges(draft.criteria, changed)
    write_files({draft.folder / CRITERIA: text})
    hint(f"wrote {shown_folder(draft.folder)}{CRITERIA}")
    if len(lost) == 1:
        hint(f"The range around the weight of {lost[0]} was not of the new one, and is gone.")
    elif lost:
        hint(f"The ranges around the weights of {', '.join(lost)} were not of the new ones, and are gone.")
    dossier = DossierReader(draft.folder).read().dossier  # None where options are still to come
    if dossier is not None and (beside := overlays_beside(dossier, changed)):
        hint(f"Look again at the weights in {' and '.join(beside)}: they count beside the new numbers.")
    hint(f"Next: see that the reasons given for the weights still hold, then {command('check', draft.folder)}")
