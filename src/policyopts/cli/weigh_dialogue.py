"""The talk that `policyopts weigh` has at a terminal: judgements asked for, weights shown, and written where wished."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyopts.cli.asking import BACK, Conversation, choose
from policyopts.cli.interviews import Group, Member, interview
from policyopts.cli.weigh_writing import Judged, new_text, write_weights
from policyopts.cli.written import hint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policyopts.analysis.found_weights import FoundWeights
    from policyopts.findings import UsageError
    from policyopts.model.weighting import Weighting
    from policyopts.records.draft import Draft

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

    def hold(self, unwritable: UsageError | None, *, write: bool) -> None:
        """Ask, show, and write where it can be, and is asked for or wished; answers can be taken back until then."""
        groups = [_group(self.draft, group) for group in self.groups]
        conversation = Conversation(lambda: interview(self.method, groups))
        if unwritable:
            hint(f"What is found can be looked at, not written: {unwritable.message}; {unwritable.hint}.")
        hint(f"'{BACK}' takes the last answer back; Ctrl-C leaves everything as it is.")
        try:
            said = BACK
            while said == BACK:
                judged = conversation.go_on()
                found = self.weigh(self.draft.criteria.weighting.with_judgements(self.method, judged))
                sys.stderr.write("\n")
                self.show(found)
                sys.stdout.flush()
                if unwritable:
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
    elif said == NO:
        hint(NOTHING_CHANGED)


def _wished(draft: Draft, found: FoundWeights, judged: Judged, *others: str) -> str:
    """Ask whether to write; where there is nothing to write, the answer is empty."""
    if new_text(draft, found, judged) == draft.text:
        return ""
    what = "the judgements and these weights" if judged else "these weights"
    return choose(f"Write {what} into criteria.yaml?", [YES, NO, *others])


def _group(draft: Draft, group: str) -> Group:
    """Say what is weighed in a group, in words for a terminal."""
    from policyopts.report.safe_text import flowing
    from policyopts.report.swings import swing_lines

    tree = draft.criteria.tree
    children = dict(tree.groups)[group]
    title = "All criteria" if group == "root" else f"Within {flowing(tree.node(group).name)}"
    return Group(group, title, [Member(node.id, flowing(node.name), tuple(swing_lines(node))) for node in children])
