"""Two states of a dossier: which edits lie between them, what moved in the ranking, and which edit did it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from policyopts.analysis.edits import Difference, edits_between, in_order, taken_together
from policyopts.analysis.facts import NO_RENAMES, dossier_of, facts_of
from policyopts.analysis.mentions import mentions_between
from policyopts.analysis.overlays import rank_under_each, trouble_of
from policyopts.analysis.ranked import rank
from policyopts.analysis.renames import find_renames
from policyopts.analysis.table_rows import whole_rows
from policyopts.findings import PolicyOptsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policyopts.analysis.edits import Edit
    from policyopts.analysis.facts import Renames
    from policyopts.analysis.mentions import Mentions
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.engine.ranking import Ranking
    from policyopts.model.dossier import Dossier

MOST_EDITS = 200  # tried one by one; each takes two rankings
MOST_FIGURES = 2_000_000  # looked at in trying them, which takes about ten seconds
_AT_ONCE = 50  # figures of whole rows, looked at in the time of one other


@dataclass(frozen=True)
class Order:
    """The ranks and scores that a ranking comes to, by option; none where nothing can be ranked, for a reason."""

    ranks: Mapping[str, int]
    scores: Mapping[str, float]
    trouble: str = ""

    @cached_property
    def winners(self) -> tuple[str, ...]:
        """The options that share rank 1."""
        return tuple(sorted(option for option, rank in self.ranks.items() if rank == 1))


class Tried(NamedTuple):
    """An edit, and what comes of the ranking when it alone is made, and when it alone is left out."""

    edit: Edit
    alone: Order
    left_out: Order


class Cause(NamedTuple):
    """What brought something about: edits that do so alone, and those without which it does not come about.

    `enough` tells whether the needed ones do so without the others.
    """

    alone: tuple[Edit, ...]
    needed: tuple[Edit, ...]
    enough: bool


class Turn(NamedTuple):
    """Another first place under a frame, a perspective or a failed assumption; empty where there was, or is, none."""

    kind: str
    id: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class DossierDiff:
    """Two states of a dossier side by side, in the ids of the later one.

    `together` tells that there were too many edits to try one by one.
    """

    before: RankedDossier
    after: RankedDossier
    renames: Renames
    edits: tuple[Tried, ...]
    together: bool
    mentions: Mentions
    turns: tuple[Turn, ...]
    was: Order
    now: Order
    cause: Cause | None

    @property
    def ranks_changed(self) -> bool:
        """Whether any option has another rank, or came or went."""
        return self.was.ranks != self.now.ranks

    @property
    def first_changed(self) -> bool:
        """Whether others come first."""
        return self.was.winners != self.now.winners

    @property
    def same_method(self) -> bool:
        """Whether both were ranked alike, so that scores can be compared."""
        before, after = self.before.ranking, self.after.ranking
        return (before.method, before.parameters) == (after.method, after.parameters)

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The options in rank order as it is now; then those screened out, and those that are gone."""
        ranking = self.after.ranking
        now = (ranking.options[row] for row in ranking.order.tolist())
        return tuple(dict.fromkeys((*now, *self.after.dossier.options, *_renamed_ids(self.before, self.renames))))

    @cached_property
    def moved(self) -> tuple[str, ...]:
        """The options that have another rank, or came or went, in the same order."""
        return tuple(id_ for id_ in self.options if self.was.ranks.get(id_) != self.now.ranks.get(id_))

    def option_name(self, id_: str) -> str:
        """Name an option, by its present name if it has one."""
        if id_ in self.after.dossier.options:
            return self.after.dossier.option_name(id_)
        return self.before.dossier.option_name(id_)


def compare(ranked_before: RankedDossier, ranked_after: RankedDossier) -> DossierDiff:
    """Find what changed from one state of a dossier to a later one, and what that did to the ranking."""
    before, after = ranked_before.dossier, ranked_after.dossier
    renames = find_renames(before, after)
    whole = whole_rows(before, after, renames)
    difference = Difference(facts_of(before, renames, rows=whole.before), facts_of(after, rows=whole.after))
    was, now = order_of(ranked_before.ranking, renames), order_of(ranked_after.ranking)
    single = in_order(edits_between(difference, before, after, renames))
    figures = len(after.options) * len(after.criteria)
    if whole.after is not None:
        figures -= len(whole.after.table.places) * len(after.criteria) * (_AT_ONCE - 1) // _AT_ONCE
    edits = taken_together(single, min(MOST_EDITS, max(1, MOST_FIGURES // (2 * figures))))
    trials = _Trials(difference, edits, after, was, now)
    return DossierDiff(
        before=ranked_before,
        after=ranked_after,
        renames=renames,
        edits=tuple(Tried(edit, trials.alone(edit), trials.left_out(edit)) for edit in edits),
        together=len(edits) < len(single),
        mentions=mentions_between(before, after, renames),
        turns=tuple(_turns(before, after, renames)),
        was=was,
        now=now,
        cause=trials.cause(),
    )


def order_of(ranking: Ranking, renames: Renames = NO_RENAMES) -> Order:
    """Give the ranks and scores of a ranking, under the options' new ids."""
    ids = [renames.options.get(option, option) for option in ranking.options] if renames.options else ranking.options
    return Order(
        dict(zip(ids, ranking.ranks.tolist(), strict=True)), dict(zip(ids, ranking.scores.tolist(), strict=True))
    )


class _Trials:
    """Rankings with some of the edits made, each combination ranked once."""

    def __init__(self, difference: Difference, edits: tuple[Edit, ...], after: Dossier, was: Order, now: Order) -> None:
        self._difference = difference
        self._edits = edits
        self._after = after
        self._was = was
        self._now = now
        self._known = {frozenset[int](): was, frozenset(range(len(edits))): now}

    def alone(self, edit: Edit) -> Order:
        """Rank with one edit made."""
        return self._with({self._edits.index(edit)})

    def left_out(self, edit: Edit) -> Order:
        """Rank with one edit left out."""
        return self._with(set(range(len(self._edits))) - {self._edits.index(edit)})

    def _with(self, places: Iterable[int]) -> Order:
        made = frozenset(places)
        if made not in self._known:
            self._known[made] = self._ranked([self._edits[place] for place in made])
        return self._known[made]

    def _ranked(self, made: Iterable[Edit]) -> Order:
        facts = self._difference.with_edits(made)
        try:
            return order_of(rank(dossier_of(facts, self._after.folder)))
        except PolicyOptsError as error:
            return Order({}, {}, trouble_of(error))

    def cause(self) -> Cause | None:
        """Find what brought about the new first place; where that is the old one, the new order."""
        if self._was.ranks == self._now.ranks:
            return None
        by_first = self._was.winners != self._now.winners

        def came_about(order: Order) -> bool:
            return order.winners == self._now.winners if by_first else order.ranks == self._now.ranks

        alone = tuple(edit for edit in self._edits if came_about(self.alone(edit)))
        needed = tuple(edit for edit in self._edits if not came_about(self.left_out(edit)))
        enough = bool(needed) and came_about(self._with(self._edits.index(edit) for edit in needed))
        return Cause(alone, needed, enough)


def _renamed_ids(ranked: RankedDossier, renames: Renames) -> Iterable[str]:
    return (renames.options.get(id_, id_) for id_ in ranked.dossier.options)


def _turns(before: Dossier, after: Dossier, renames: Renames) -> Iterable[Turn]:
    """Find the overlays under which others come first than did."""
    if not (before.frames or before.perspectives or before.assumptions):
        return
    ids = renames.options
    held = {
        (outcome.kind, outcome.id): tuple(sorted(ids.get(id_, id_) for id_ in outcome.winners))
        for outcome in rank_under_each(before)
    }
    for outcome in rank_under_each(after):
        winners = tuple(sorted(outcome.winners))
        key = (outcome.kind, outcome.id)
        if key in held and held[key] != winners:
            yield Turn(*key, held[key], winners)
