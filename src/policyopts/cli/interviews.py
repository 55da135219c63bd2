"""The questions that lead to judgements: generators that yield one question after the other and take the answers.

They keep nothing but the answers, so an interview can be run again with fewer of them: that is how one goes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from policyopts.findings import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

SCALE = "1 alike, 3 moderately, 5 strongly, 7 very strongly, 9 extremely; 2, 4, 6 and 8 lie between"
ALIKE = "="
AT_THEIR_WORST = "Imagine that all of these are at their worst."


class Member(NamedTuple):
    """What is weighed: a criterion or a group, with lines that describe the swing from its worst to its best."""

    id: str
    name: str
    swing: tuple[str, ...]


class Group(NamedTuple):
    """Members that are weighed against each other, under a title."""

    id: str
    title: str
    members: Sequence[Member]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what is looked at while it is asked, and how an answer is read."""

    about: Sequence[str]
    text: str
    expects: str
    read: Callable[[str], Any]


Interview: TypeAlias = "Generator[Question, Any, Any]"


def interview(method: str, groups: Sequence[Group]) -> Interview:
    """Ask for the judgements of groups; they come by the group's id, as `weighting` in `criteria.yaml` keeps them."""
    judged = {}
    for place, group in enumerate(groups, 1):
        title = f"{group.title}, {place} of {len(groups)}" if len(groups) > 1 else group.title
        judged[group.id] = yield from INTERVIEWS[method](_about(title, group.members), group.members)
    return judged


def _about(title: str, members: Sequence[Member]) -> list[str]:
    lines = [title]
    for number, member in enumerate(members, 1):
        lines.append(f"  {number}  {member.name}")
        lines += [f"       {line}" for line in member.swing]
    return lines


def _swing(about: Sequence[str], members: Sequence[Member]) -> Interview:
    text = f"{AT_THEIR_WORST} Which one would you move to its best first? It gets 100 points."
    first = yield _which(about, text, members)
    points = {}
    for member in members:
        text = f"Moving {first.name} from worst to best is worth 100 points. How many is moving {member.name}?"
        points[member.id] = 100 if member == first else (yield _how_much(about, text, 0, 100))
    return points


def _order(about: Sequence[str], members: Sequence[Member]) -> Interview:
    order: list[str | list[str]] = []
    left = list(members)
    text = f"{AT_THEIR_WORST} Which one would you move to its best first? Name several, such as 1 2, where they tie."
    while len(left) > 1:
        place = yield _which_of(about, text, members, left)
        order.append(place[0].id if len(place) == 1 else [member.id for member in place])
        left = [member for member in left if member not in place]
        text = f"Which one next, of {_listed(left, members)}?"
    return [*order, *(member.id for member in left)]


def _pairs(about: Sequence[str], members: Sequence[Member]) -> Interview:
    pairs = {}
    both = list(combinations(members, 2))
    for place, (one, other) in enumerate(both, 1):
        swings = _listed([one, other], members, " or ")
        text = f"Pair {place} of {len(both)}. From worst to best, which is worth more: {swings}? Say = where alike."
        more = yield _which_or_alike(about, text, members, [one, other])
        if more is None:
            pairs[f"{one.id}/{other.id}"] = 1
            continue
        less = other if more == one else one
        text = f"How many times more is {more.name} worth than {less.name}? {SCALE}."
        pairs[f"{more.id}/{less.id}"] = yield _how_much(about, text, 1, 9)
    return pairs


def _best_worst(about: Sequence[str], members: Sequence[Member]) -> Interview:
    best = yield _which(about, f"{AT_THEIR_WORST} Which one would you move to its best first?", members)
    left = [member for member in members if member != best]
    worst = left[0]
    if len(left) > 1:
        worst = yield _which(about, f"And which one last, of {_listed(left, members)}?", members, left)
    text = f"How many times more is {best.name}, from worst to best, worth than {worst.name}? {SCALE}."
    whole = yield _how_much(about, text, 1, 9)
    between = [member for member in left if member != worst]
    to_others, to_worst = {}, {}
    for member in between:
        text = f"How many times more is {best.name} worth than {member.name}?"
        to_others[member.id] = yield _how_much(about, text, 1, whole)
    for member in between:
        text = f"How many times more is {member.name} worth than {worst.name}?"
        to_worst[member.id] = yield _how_much(about, text, 1, whole)
    to_others[worst.id] = whole
    return {"best": best.id, "worst": worst.id, "best_to_others": to_others, "others_to_worst": to_worst}


INTERVIEWS: Mapping[str, Callable[[Sequence[str], Sequence[Member]], Interview]] = {
    "swing": _swing,
    "rank-order-centroid": _order,
    "rank-sum": _order,
    "rank-reciprocal": _order,
    "ahp": _pairs,
    "bwm": _best_worst,
}
"""The interview of each method that asks for judgements."""


def _which(
    about: Sequence[str], text: str, members: Sequence[Member], among: Sequence[Member] | None = None
) -> Question:
    chosen = members if among is None else among
    expected = _numbers(chosen, members)
    return Question(about, text, expected, lambda said: _found(said, members, chosen, expected))


def _which_of(about: Sequence[str], text: str, members: Sequence[Member], among: Sequence[Member]) -> Question:
    expected = f"{_numbers(among, members)}, or several"

    def read(said: str) -> list[Member]:
        found = [_found(word, members, among, expected) for word in said.replace(",", " ").split()]
        return [member for place, member in enumerate(found) if member not in found[:place]]

    return Question(about, text, expected, read)


def _which_or_alike(about: Sequence[str], text: str, members: Sequence[Member], among: Sequence[Member]) -> Question:
    expected = f"{', '.join(_places(among, members))} or {ALIKE}"

    def read(said: str) -> Member | None:
        return None if said == ALIKE else _found(said, members, among, expected)

    return Question(about, text, expected, read)


def _how_much(about: Sequence[str], text: str, least: float, most: float) -> Question:
    expected = f"{least:g} to {most:g}"

    def read(said: str) -> float:
        try:
            number = float(said)
        except ValueError:
            number = -1.0
        if not least <= number <= most:
            raise UsageError(f"expected a number from {expected}")
        return int(number) if number == int(number) else number

    return Question(about, text, expected, read)


def _found(said: str, members: Sequence[Member], among: Sequence[Member], expected: str) -> Member:
    """Find a member by its number, its id or its name."""
    for member, number in zip(among, _places(among, members), strict=True):
        if said.lower() in {number, member.id, member.name.lower()}:
            return member
    raise UsageError(f"expected {expected}")


def _places(among: Sequence[Member], members: Sequence[Member]) -> list[str]:
    return [str(members.index(member) + 1) for member in among]


def _numbers(among: Sequence[Member], members: Sequence[Member]) -> str:
    *others, last = _places(among, members)
    return f"{', '.join(others)} or {last}" if others else last


def _listed(among: Sequence[Member], members: Sequence[Member], between: str = ", ") -> str:
    named = (f"{place} {member.name}" for place, member in zip(_places(among, members), among, strict=True))
    return between.join(named)
