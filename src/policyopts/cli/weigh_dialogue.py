"""The talk that `policyopts weigh` has at a terminal: judgements asked for, weights shown, and written where wished."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from policyopts.cli.asking import BACK, Conversation, choose
from policyopts.cli.interviews import Group, Member, interview
from policyopts.cli.written import command, hint
from policyopts.findings import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from policyopts.analysis.found_weights import FoundWeights
    from policyopts.model.weighting import Weighting
    from policyopts.records.draft import Draft

    Judged = Mapping[str, Any]

YES, NO = "yes", "no"
NOTHING_CHANGED = "Nothing was changed."


@dataclass(frozen=True)
class Dialogue:
    """Asks for the judgements of groups by a method, and shows what they come to."""

    draft: Draft
    method: str
    groups: Sequence[str]
    weigh: Callable[[Weighting], FoundWeights]
    show: Callable[[FoundWeights], None]

    def hold(self, *, may_write: bool, write: bool) -> None:
        """Ask, show, and write where it is asked for or wished; an answer can be taken back until then."""
        groups = [_group(self.draft, group) for group in self.groups]
        conversation = Conversation(lambda: interview(self.method, groups))
        hint(f"'{BACK}' takes the last answer back; Ctrl-C leaves everything as it is.")
        try:
            said = BACK
            while said == BACK:
                judged = conversation.go_on()
                found = self.weigh(self.draft.criteria.weighting.with_judgements(self.method, judged))
                sys.stderr.write("\n")
                self.show(found)
                sys.stdout.flush()
                if not may_write:
                    hint("The shipped dossier is only to be read; for a copy to work on: policyopts init DIR --example")
                    return
                said = YES if write else _wished(self.draft, found, judged, BACK)
                if said == BACK:
                    conversation.go_back()
        except KeyboardInterrupt:
            sys.stderr.write(f"\n{NOTHING_CHANGED}\n")
            raise
        if said == YES:
            write_weights(self.draft, found, judged)
        else:
            hint(NOTHING_CHANGED)


def offer(draft: Draft, found: FoundWeights) -> None:
    """Offer to write weights that were shown, where they are others than those that are written."""
    try:
        said = _wished(draft, found, {})
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{NOTHING_CHANGED}\n")
        raise
    if said == YES:
        write_weights(draft, found)


def write_weights(draft: Draft, found: FoundWeights, judged: Judged = MappingProxyType({})) -> None:
    """Write weights, and the judgements that they follow from, into `criteria.yaml`.

    Raises
    ------
    UsageError, OutputError
        Where they cannot be written; then nothing is.
    """
    from policyopts.analysis.weights_to_write import lost_ranges
    from policyopts.cli.output import shown_folder
    from policyopts.records.files import CRITERIA, read_text
    from policyopts.records.writing import write_files
    from policyopts.records.yaml_text import inline

    text = _text(draft, found, judged)
    if text == draft.text:
        hint(f"{CRITERIA} says so already; {NOTHING_CHANGED.lower()}")
        return
    if read_text(draft.folder, CRITERIA)[1] != draft.text:
        kept = f"the judgements were {inline(judged)}" if judged else "run this again"
        raise OutputError(f"{CRITERIA} was changed in the meantime, so nothing was written", kept)
    lost = lost_ranges(found)
    write_files({draft.folder / CRITERIA: text})
    hint(f"wrote {shown_folder(draft.folder)}{CRITERIA}")
    if lost:
        hint(f"The ranges around the weights of {', '.join(lost)} were not of these weights, and are gone.")
    hint(f"Next: see that the reasons given for the weights still hold, then {command('check', draft.folder)}")


def _wished(draft: Draft, found: FoundWeights, judged: Judged, *others: str) -> str:
    """Ask whether to write, where there is something to write."""
    try:
        if _text(draft, found, judged) == draft.text:
            return NO
    except (UsageError, OutputError) as error:
        hint(f"These weights cannot be written: {error.message}; {error.hint}")
        return NO
    what = "the judgements and these weights" if judged else "these weights"
    return choose(f"Write {what} into criteria.yaml?", [YES, NO, *others])


def _text(draft: Draft, found: FoundWeights, judged: Judged) -> str:
    from policyopts.analysis.weights_to_write import numbers_to_write
    from policyopts.records.written_weights import written_weights

    return written_weights(draft, found.method, numbers_to_write(found), judged)


def _group(draft: Draft, group: str) -> Group:
    """Say what is weighed in a group, in words for a terminal."""
    from policyopts.report.safe_text import flowing
    from policyopts.report.swings import swing_lines

    tree = draft.criteria.tree
    children = dict(tree.groups)[group]
    title = "All criteria" if group == "root" else f"Within {flowing(tree.node(group).name)}"
    return Group(group, title, [Member(node.id, flowing(node.name), tuple(swing_lines(node))) for node in children])
