"""The edits between two dossiers: facts that changed, those that mean something only together as one edit.

Each edit can be made alone or left out. A criterion comes with its performances, an option with its figures, a unit
with all that is said in it, a way of weighting with its judgements. Where there are very many edits, those of one
option, or of one file, are taken together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from policyopts.analysis.facts import JUDGEMENTS, LEXICON, METHOD, TOP, WEIGHTING, origin_of
from policyopts.records.files import CRITERIA
from policyopts.records.problems import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from policyopts.analysis.facts import Axis, Fact, Facts, Node, Renames
    from policyopts.model.dossier import Dossier

Kind = Literal[
    "weight",
    "weighting",
    "judgements",
    "performance",
    "scale",
    "value",
    "limit",
    "thresholds",
    "preference",
    "option",
    "criterion",
    "tree",
    "method",
    "parameter",
    "lexicon",
    "several",
]


class Place(NamedTuple):
    """Where something stands: a file of the dossier, a line and a column."""

    path: str
    line: int
    column: int


class Edit(NamedTuple):
    """A change of the facts in `keys`, of which the first is what it is about; `before` and `after` are that one's values.

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
        made = {key for edit in edits for key in edit.keys}
        chosen = {
            key: facts[key]
            for key in dict.fromkeys((*self.after, *self.before))
            if key in (facts := self.after if key in made else self.before)
        }
        return chosen


def edits_between(difference: Difference, before: Dossier, after: Dossier, renames: Renames) -> tuple[Edit, ...]:
    """Find the edits that lead from one dossier to the other, each fact that changed in one of them."""
    sorting = _Sorting(difference)
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

    return tuple(edit(kind, keys) for kind, keys in sorting.sorted())


class _Sorting:
    """Sorts changed facts into edits: what belongs together first, each of the rest by itself."""

    def __init__(self, difference: Difference) -> None:
        self.before, self.after = difference
        self.left = dict.fromkeys(difference.changed())

    def sorted(self) -> list[tuple[Kind, tuple[Fact, ...]]]:
        """Give each edit's kind and facts."""
        steps = (self._options, self._tree, self._criteria, self._scales, self._weighting, self._weights, self._rest)
        return [found for step in steps for found in step()]

    def _take(self, first: Fact, belongs: Callable[[Fact], bool]) -> tuple[Fact, ...]:
        """Take a fact, and those of the others left that belong to it."""
        taken = (first, *(key for key in self.left if key != first and belongs(key)))
        for key in taken:
            self.left.pop(key, None)
        return taken

    def _of_kind(self, *kinds: str) -> list[Fact]:
        return [key for key in self.left if key[0] in kinds]

    def _comes_or_goes(self, key: Fact) -> bool:
        return (key in self.before) != (key in self.after)

    def _options(self) -> Iterator[tuple[Kind, tuple[Fact, ...]]]:
        """An option that comes or goes, with its figures."""
        rows: dict[str, set[Fact]] = {}
        for key in self._of_kind("performance"):
            rows.setdefault(key[1], set()).add(key)
        for key in self._of_kind("option"):
            yield "option", (key, *(fact for fact in self._pop(rows.get(key[1], ()))))
            self.left.pop(key)

    def _pop(self, keys: Iterable[Fact]) -> list[Fact]:
        taken = sorted(keys)
        for key in taken:
            self.left.pop(key)
        return taken

    def _tree(self) -> Iterator[tuple[Kind, tuple[Fact, ...]]]:
        """Groups that come or go, and what moves between groups: only the whole of it makes a tree again."""
        nodes = self._of_kind("node")
        groups = {key[1] for key in nodes if any(self._node(facts, key[1], group=True) for facts in self._sides())}
        moved = [key for key in nodes if not self._comes_or_goes(key) or key[1] in groups or self._home(key) & groups]
        if not moved:
            return
        ids = {key[1] for key in moved}
        homes = {home for key in moved for home in self._home(key)}
        yield (
            "tree",
            self._take(
                moved[0],
                lambda key: (key[0] in JUDGEMENTS and key[1] in homes | ids)
                or (key[0] == "performance" and key[2] in ids and self._comes_or_goes(key))
                or (key[0] not in {"performance", "option", "parameter", *JUDGEMENTS} and key[1:] and key[1] in ids),
            ),
        )

    def _sides(self) -> tuple[Facts, Facts]:
        return self.before, self.after

    def _node(self, facts: Facts, id_: str, *, group: bool) -> bool:
        node: Node | None = facts.get(("node", id_))
        return node is not None and node.is_group == group

    def _home(self, key: Fact) -> set[str]:
        """Give the groups that a node is or was in."""
        return {facts[key].parent for facts in self._sides() if key in facts}

    def _criteria(self) -> Iterator[tuple[Kind, tuple[Fact, ...]]]:
        """A criterion that comes or goes, with its scale, its weight and the performances on it."""
        for key in self._of_kind("node"):
            id_, homes = key[1], self._home(key)
            yield (
                "criterion",
                self._take(
                    key,
                    lambda other, id_=id_, homes=homes: (
                        (other[0] in JUDGEMENTS and other[1] in homes)
                        or (other[0] == "performance" and other[2] == id_)
                        or (other[0] not in {"performance", "option", "parameter"} and other[1:] == (id_,))
                    ),
                ),
            )

    def _scales(self) -> Iterator[tuple[Kind, tuple[Fact, ...]]]:
        """A scale; where figures mean something else on it, with all that is said in its unit or its levels."""
        for key in self._of_kind("scale"):
            id_ = key[1]
            with_it = {"value", *(("limit", "thresholds") if self._read_otherwise(key) else ())}
            performances = self._read_otherwise(key)
            yield (
                "scale",
                self._take(
                    key,
                    lambda other, id_=id_, with_it=with_it, performances=performances: (
                        (other[0] in with_it and other[1] == id_)
                        or (performances and other[0] == "performance" and other[2] == id_)
                    ),
                ),
            )

    def _read_otherwise(self, key: Fact) -> bool:
        old: Axis
        new: Axis
        old, new = self.before[key], self.after[key]
        if old.scale is None or new.scale is None:
            return False
        levels = (old.scale.levels or {}).keys() != (new.scale.levels or {}).keys()
        return levels or old.scale.unit != new.scale.unit

    def _weighting(self) -> Iterator[tuple[Kind, tuple[Fact, ...]]]:
        """Another way of weighting, with its judgements and the weights that are stated instead, or no longer."""
        if WEIGHTING in self.left:
            keys = self._take(
                WEIGHTING,
                lambda key: key[0] in JUDGEMENTS or (key[0] == "weight" and self._comes_or_goes(key)),
            )
            yield "weighting", keys

    def _weights(self) -> Iterator[tuple[Kind, tuple[Fact, ...]]]:
        """A group's judgements, with weights of its members that are stated instead, or no longer."""
        groups = [key[1] for key in self._of_kind(*JUDGEMENTS)]
        groups += [self.after["node", key[1]].parent for key in self._of_kind("weight") if self._comes_or_goes(key)]
        for group in dict.fromkeys(groups):
            keys = [key for key in self._of_kind(*JUDGEMENTS) if key[1] == group]
            keys += [
                key
                for key in self._of_kind("weight")
                if self._comes_or_goes(key) and self.after["node", key[1]].parent == group
            ]
            if len(keys) > 1 or keys[0][0] in JUDGEMENTS:
                yield "judgements", self._take(keys[0], keys.__contains__)

    def _rest(self) -> Iterator[tuple[Kind, tuple[Fact, ...]]]:
        for key in tuple(self.left):
            yield key[0], self._take(key, lambda _: False)  # type: ignore[misc] # facts are called as their edits are


def taken_together(edits: Sequence[Edit], most: int) -> tuple[Edit, ...]:
    """Take edits together where there are more than `most`: of each option, then of each file."""
    for home in (_option_or_self, _file):
        if len(edits) <= most:
            break
        gathered: dict[object, list[Edit]] = {}
        for edit in edits:
            gathered.setdefault(home(edit), []).append(edit)
        edits = [_together(several) for several in gathered.values()]
    return tuple(edits)


def _option_or_self(edit: Edit) -> object:
    return edit.ids[0] if edit.kind == "performance" else edit.keys


def _file(edit: Edit) -> object:
    return edit.is_at.path


def _together(edits: Sequence[Edit]) -> Edit:
    if len(edits) == 1:
        return edits[0]
    first = edits[0]
    keys = tuple(key for edit in edits for key in edit.keys)
    return Edit("several", keys, None, None, first.was_at, first.is_at)


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Put edits in the order in which they are told: how it is ranked, what is ranked on, what is ranked, the figures."""
    return sorted(edits, key=lambda edit: _ORDER[edit.kind])


_ORDER: Mapping[Kind, int] = {
    kind: place
    for place, kinds in enumerate(
        (
            ("method",),
            ("parameter",),
            ("lexicon",),
            ("weighting",),
            ("judgements",),
            ("tree",),
            ("criterion",),
            ("weight",),
            ("scale", "value", "limit", "thresholds", "preference"),
            ("option",),
            ("performance",),
            ("several",),
        )
    )
    for kind in kinds
}
