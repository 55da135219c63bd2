"""The edits between two dossiers: facts that changed, those that mean something only together as one edit.

Each edit can be made alone or left out. A criterion comes with its performances, an option with its figures, a unit
with all that is said in it, a way of weighting with its judgements. Where there are very many edits, those of one
option, or of one file, are taken together; a table in which very many rows are other is one edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast, get_args

from policyopts.analysis.facts import JUDGEMENTS, OF_A_NODE, TABLE_ROWS, WEIGHTING, origin_of
from policyopts.records.files import CRITERIA
from policyopts.records.problems import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policyopts.analysis.facts import Axis, Fact, Facts, Renames
    from policyopts.model.dossier import Dossier

Kind = Literal[
    "method",
    "parameter",
    "lexicon",
    "weighting",
    "judgements",
    "tree",
    "criterion",
    "weight",
    "scale",
    "value",
    "limit",
    "thresholds",
    "preference",
    "option",
    "table",
    "performance",
    "several",
]
"""What an edit is of, in the order in which edits are told."""
Sorted = tuple[Kind, tuple["Fact", ...]]


class Place(NamedTuple):
    """Where something stands: a file of the dossier, a line and a column."""

    path: str
    line: int
    column: int


class Edit(NamedTuple):
    """A change of the facts in `keys`; `before` and `after` are the values of the first, which it is about.

    Either is None where there was, or is, nothing. `was_at` and `is_at` tell where they stand; what is gone is told at
    the place that it was taken from.
    """

    kind: Kind
    keys: tuple[Fact, ...]
    before: Any
    after: Any
    was_at: Place | None
    is_at: Place

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that it is about."""
        return self.keys[0][1:]


class Difference(NamedTuple):
    """The facts of two dossiers, under the ids of the later one."""

    before: Facts
    after: Facts

    def changed(self) -> list[Fact]:
        """Give the facts that are not the same, in the later one's order."""
        keys = dict.fromkeys((*self.after, *self.before))
        return [key for key in keys if self.before.get(key) != self.after.get(key)]

    def with_edits(self, edits: Iterable[Edit]) -> Facts:
        """Make some of the edits, and leave out the others."""
        made = [key for edit in edits for key in edit.keys]
        facts = self.before | {key: self.after[key] for key in made if key in self.after}
        for key in made:
            if key not in self.after:
                del facts[key]
        if any(key[0] == "node" for key in made):  # criteria keep the order that they have when all edits are made
            return {key: facts[key] for key in dict.fromkeys((*self.after, *self.before)) if key in facts}
        return facts


def edits_between(difference: Difference, before: Dossier, after: Dossier, renames: Renames) -> tuple[Edit, ...]:
    """Find the edits that lead from one dossier to the other, each fact that changed in one of them."""
    was_at, is_at = Places(before.texts), Places(after.texts)

    def place(dossier: Dossier, places: Places, fact: Fact) -> Place | None:
        origin = origin_of(dossier, fact)
        return None if origin is None else Place(origin.path, *places.of(origin.path, origin.key, "key"))

    def edit(kind: Kind, keys: tuple[Fact, ...]) -> Edit:
        first = keys[0]
        old, new = difference.before.get(first), difference.after.get(first)
        was = place(before, was_at, renames.back(first)) if old is not None else None
        now = place(after, is_at, first) or Place(CRITERIA, *is_at.of(CRITERIA, ("criteria",), "key"))
        return Edit(kind, keys, old, new, was, now)

    return tuple(edit(kind, keys) for kind, keys in _Sorting(difference).sorted())


class _Sorting:
    """Sorts changed facts into edits: what belongs together first, each of the rest by itself."""

    def __init__(self, difference: Difference) -> None:
        self._before, self._after = difference
        self._left = dict.fromkeys(difference.changed())

    def sorted(self) -> list[Sorted]:
        """Give each edit's kind and facts."""
        steps = (self._options, self._tree, self._criteria, self._scales, self._weighting, self._judgements, self._rest)
        return [found for step in steps for found in step()]

    def _take(self, keys: Iterable[Fact]) -> tuple[Fact, ...]:
        """Take facts from those that are left, each once."""
        taken = tuple(dict.fromkeys(keys))
        for key in taken:
            del self._left[key]
        return taken

    def _of_kind(self, *kinds: str) -> list[Fact]:
        return [key for key in self._left if key[0] in kinds]

    def _comes_or_goes(self, key: Fact) -> bool:
        return (key in self._before) != (key in self._after)

    def _homes(self, node: Fact) -> set[str]:
        """Give the groups that a node is in, or was."""
        return {facts[node].parent for facts in (self._before, self._after) if node in facts}

    def _is_group(self, node: Fact) -> bool:
        return any(facts[node].is_group for facts in (self._before, self._after) if node in facts)

    def _options(self) -> Iterator[Sorted]:
        """Take each option that comes or goes, with its figures."""
        rows: dict[str, list[Fact]] = {}
        for key in self._of_kind("performance"):
            rows.setdefault(key[1], []).append(key)
        for key in self._of_kind("option"):
            yield "option", self._take([key, *rows.get(key[1], ())])

    def _tree(self) -> Iterator[Sorted]:
        """Take groups that come or go and what moves between groups as one: only all of it makes a tree again.

        With a table that is taken as a whole come all criteria that come or go: it has their columns.
        """
        nodes = self._of_kind("node")
        groups = {key[1] for key in nodes if self._is_group(key)}
        columns_differ = any(self._comes_or_goes(("scale", key[1])) for key in nodes)
        tied = [TABLE_ROWS] if columns_differ and TABLE_ROWS in self._left else []
        moved = [
            key
            for key in nodes
            if tied or not self._comes_or_goes(key) or key[1] in groups or self._homes(key) & groups
        ]
        if moved:
            ids = {key[1] for key in moved}
            homes = ids.union(*map(self._homes, moved))
            whole = {id_ for id_ in ids if self._comes_or_goes(("node", id_)) or self._comes_or_goes(("scale", id_))}
            along = [key for key in self._left if key[0] in OF_A_NODE and key[1] in whole]
            along += [key for key in self._of_kind("weight") if key[1] in ids and not self._comes_or_goes(key)]
            along += [key for key in self._of_kind("performance") if key[2] in whole]
            along += [key for key in self._of_kind(*JUDGEMENTS) if key[1] in homes]
            yield "tree", self._take([*moved, *along, *tied])

    def _criteria(self) -> Iterator[Sorted]:
        """Take each criterion that comes or goes, with its scale, its weight and the performances on it."""
        for node in self._of_kind("node"):
            id_, homes = node[1], self._homes(node)
            along = [key for key in self._left if key[0] in OF_A_NODE and key[1] == id_]
            along += [key for key in self._of_kind("performance") if key[2] == id_]
            along += [key for key in self._of_kind(*JUDGEMENTS) if key[1] in homes]
            yield "criterion", self._take([node, *along])

    def _scales(self) -> Iterator[Sorted]:
        """Take each scale with its value function; where figures mean something else on it, with all of them."""
        for scale in self._of_kind("scale"):
            id_ = scale[1]
            if _read_alike(self._before[scale], self._after[scale]):
                along = [key for key in self._of_kind("value") if key[1] == id_]
            else:
                along = [key for key in self._of_kind("value", "limit", "thresholds") if key[1] == id_]
                along += [key for key in self._left if key == TABLE_ROWS or (key[0] == "performance" and key[2] == id_)]
            yield "scale", self._take([scale, *along])

    def _weighting(self) -> Iterator[Sorted]:
        """Take another way of weighting, with its judgements and the weights that are stated instead, or no longer."""
        if WEIGHTING in self._left:
            along = [key for key in self._of_kind("weight") if self._comes_or_goes(key)]
            yield "weighting", self._take([WEIGHTING, *self._of_kind(*JUDGEMENTS), *along])

    def _judgements(self) -> Iterator[Sorted]:
        """Take each group's judgements, with the weights of its members that are stated instead, or no longer."""
        groups: dict[str, list[Fact]] = {}
        for key in self._of_kind(*JUDGEMENTS):
            groups.setdefault(key[1], []).append(key)
        for key in self._of_kind("weight"):
            if self._comes_or_goes(key):
                groups.setdefault(self._after["node", key[1]].parent, []).append(key)
        for keys in groups.values():
            if len(keys) > 1 or keys[0][0] in JUDGEMENTS:
                yield "judgements", self._take(keys)

    def _rest(self) -> Iterator[Sorted]:
        """Take each fact that is left by itself: such facts are called as their edits are."""
        for key in tuple(self._left):
            yield cast("Kind", key[0]), self._take([key])


def _read_alike(before: Axis, after: Axis) -> bool:
    """Tell whether a figure means the same on two scales: in the same unit, by the same levels."""
    one, other = before.scale, after.scale
    if one is None or other is None:
        return True
    return one.unit == other.unit and (one.levels or {}).keys() == (other.levels or {}).keys()


def taken_together(edits: Sequence[Edit], most: int) -> tuple[Edit, ...]:
    """Take edits together where there are more than `most`: of each option, then of each file, then of all options."""
    for home in (_option, _file, _part):
        if len(edits) <= most:
            break
        gathered: dict[object, list[Edit]] = {}
        for edit in edits:
            gathered.setdefault(home(edit), []).append(edit)
        edits = [_together(several) for several in gathered.values()]
    return tuple(edits)


def _option(edit: Edit) -> object:
    return edit.ids[0] if edit.kind == "performance" else edit.keys


def _file(edit: Edit) -> object:
    return edit.is_at.path


def _part(edit: Edit) -> object:
    return edit.is_at.path == CRITERIA


def _together(edits: Sequence[Edit]) -> Edit:
    if len(edits) == 1:
        return edits[0]
    first = edits[0]
    keys = tuple(key for edit in edits for key in edit.keys)
    return Edit("several", keys, None, None, first.was_at, first.is_at)


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Put edits in the order in which they are told: how it is ranked, the criteria, the options, the figures."""
    return sorted(edits, key=lambda edit: _ORDER[edit.kind])


_ORDER: Mapping[str, int] = {kind: place for place, kind in enumerate(get_args(Kind))}
