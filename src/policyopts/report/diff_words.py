"""What is said of two states of a dossier in every form: what moved, what each edit does, and which of them did it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.report.edits import HEADINGS, mentioned, said
from policyopts.report.english import capital, counted, named
from policyopts.report.numbers import score, signed
from policyopts.report.ranking import circumstances
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.diff import Cause, DossierDiff, Order, Tried, Turn
    from policyopts.analysis.edits import Edit

MOST_OPTIONS = 20
MOST_EDITS = 50
MOST_TOLD = 20
_MOST_MOVES = 2


class Move(NamedTuple):
    """An option's row: its rank and score then and now, as they are shown."""

    rank: str
    name: str
    score: str
    change: str
    improved: bool | None  # None where it stays


def how(diff: DossierDiff) -> str:
    """Say by which method both were ranked."""
    now = circumstances(diff.after)
    return now if diff.same_method else f"{circumstances(diff.before)} → {now}"


def verdict(diff: DossierDiff) -> str:
    """Say what became of the first place."""
    now, was = (_names(diff, order.winners) for order in (diff.now, diff.was))
    if diff.first_changed and len(now) > 1:
        return f"{named(now)} now share the first place, which {named(was)} had."
    if diff.first_changed:
        others = [name for name in was if name != now[0]]
        if len(others) < len(was):
            return f"{now[0]} now ranks first alone; before, it shared the place with {named(others)}."
        return f"{now[0]} now ranks first, in the place of {named(was)}."
    stays = "stays first" if len(now) == 1 else "still share the first place"
    if diff.ranks_changed:
        return f"{named(now)} {stays}; other ranks change."
    return f"{named(now)} {stays}; no rank changes."


def _names(diff: DossierDiff, options: Sequence[str]) -> list[str]:
    return [flowing(diff.option_name(id_)) for id_ in options]


def moves(diff: DossierDiff) -> list[Move]:
    """Give a row for each option; of many, only for those whose ranks changed."""
    return [_move(diff, id_) for id_ in _shown(diff)]


def _shown(diff: DossierDiff) -> list[str]:
    if len(diff.options) <= MOST_OPTIONS:
        return list(diff.options)
    return list(diff.moved[:MOST_OPTIONS])


def rest_of_moves(diff: DossierDiff) -> Iterator[str]:
    """Say how many options are not shown."""
    shown = len(_shown(diff))
    hidden = len(diff.moved) - shown
    if hidden > 0:
        yield f"{hidden:,} more options have another rank; --format csv has them all."
    elif len(diff.options) > shown:
        yield f"{len(diff.options) - shown:,} options keep their ranks."


def _move(diff: DossierDiff, id_: str) -> Move:
    was, now = diff.was.ranks.get(id_), diff.now.ranks.get(id_)
    ends = [_rank(diff, id_, before=True), _rank(diff, id_, before=False)]
    scores = [score(order.scores[id_]) if id_ in order.scores else "–" for order in (diff.was, diff.now)]
    both = was is not None and now is not None
    return Move(
        rank=ends[1] if ends[0] == ends[1] else " → ".join(ends),
        name=flowing(diff.option_name(id_)),
        score=scores[1] if scores[0] == scores[1] else " → ".join(scores),
        change=_change(diff, id_) if both and diff.same_method else "",
        improved=None if was == now else (now or len(diff.options) + 1) < (was or len(diff.options) + 1),
    )


def _change(diff: DossierDiff, id_: str) -> str:
    by = diff.now.scores[id_] - diff.was.scores[id_]
    return signed(by) if abs(by) >= 0.0005 else ""


def _rank(diff: DossierDiff, id_: str, *, before: bool) -> str:
    """Write an option's rank; where it has none, why."""
    order, ranked = (diff.was, diff.before) if before else (diff.now, diff.after)
    if id_ in order.ranks:
        return str(order.ranks[id_])
    there = diff.renames.back(("option", id_))[1] if before else id_
    return "out" if there in ranked.dossier.options else "new" if before else "gone"


def edits_by_heading(diff: DossierDiff) -> dict[str, list[Tried]]:
    """Give the edits by the headings that they are shown under; of very many, the first ones that move a rank."""
    listed = list(diff.edits)
    if len(listed) > MOST_EDITS:
        moving = [tried for tried in listed if effects(diff, tried)]
        listed = [*moving, *(tried for tried in listed if tried not in moving)][:MOST_EDITS]
    found = {heading: [tried for tried in listed if tried.edit.kind in kinds] for heading, kinds in HEADINGS.items()}
    return {heading: those for heading, those in found.items() if those}


def effects(diff: DossierDiff, tried: Tried) -> str:
    """Say what an edit does alone, and what would be without it; nothing where it moves no rank either way."""
    if len(diff.edits) == 1 or (tried.alone.ranks == diff.was.ranks and tried.left_out.ranks == diff.now.ranks):
        return ""
    return flowing(f"alone: {_alone(diff, tried.alone)}; without it: {_left_out(diff, tried.left_out)}")


def _alone(diff: DossierDiff, order: Order) -> str:
    if order.trouble:
        return f"cannot be ranked ({order.trouble})"
    if order.ranks == diff.was.ranks:
        return "no rank changes"
    if order.winners != diff.was.winners:
        return _first(diff, order)
    return _moves(diff, diff.was, order)


def _left_out(diff: DossierDiff, order: Order) -> str:
    if order.trouble:
        return f"cannot be ranked ({order.trouble})"
    if order.ranks == diff.now.ranks:
        return "the same ranking"
    if order.ranks == diff.was.ranks:
        return "the ranking as before"
    if order.winners != diff.now.winners:
        return _first(diff, order)
    return _moves(diff, diff.now, order)


def _first(diff: DossierDiff, order: Order) -> str:
    return f"{named(_names(diff, order.winners))} first"


def _moves(diff: DossierDiff, one: Order, other: Order) -> str:
    """Name the options that have another rank in one order than in the other."""
    moved = [id_ for id_ in diff.options if one.ranks.get(id_) != other.ranks.get(id_)]
    shown = moved if len(moved) <= _MOST_MOVES + 1 else moved[:_MOST_MOVES]
    told = [f"{_names(diff, [id_])[0]} {one.ranks.get(id_, '–')} → {other.ranks.get(id_, '–')}" for id_ in shown]
    more = [counted(len(moved) - len(shown), "other")] if len(moved) > len(shown) else []
    return named([*told, *more])


def without_effect(diff: DossierDiff) -> Iterator[str]:
    """Say what changed without counting: overlays and references one by one, ids, and texts by number."""
    for kind, renamed in (("option", diff.renames.options), ("criteria", diff.renames.nodes)):
        for old, new in renamed.items():
            yield f"{kind} renamed: {old} → {new}"
    for mention in diff.mentions.told[:MOST_TOLD]:
        yield mentioned(mention)
    if len(diff.mentions.told) > MOST_TOLD:
        yield f"{len(diff.mentions.told) - MOST_TOLD:,} more changes of frames, perspectives and assumptions"
    for path, count in diff.mentions.texts.items():
        yield f"{counted(count, 'text')} in {path}"
    for path, count in diff.mentions.entries.items():
        one, many = ("entry", "entries") if path == "evidence.yaml" else ("accepted finding", "accepted findings")
        yield f"{counted(count, one, many)} in {path}"


def conclusions(diff: DossierDiff) -> Iterator[str]:
    """Say which edit did it, and what became of the first place under frames, perspectives and failed assumptions."""
    if not diff.edits:
        yield "Nothing that counts for the ranking was edited." if _anything(diff) else "Nothing was edited."
    yield from causes(diff)
    yield from _turned(diff)
    if diff.together:
        yield "There are too many edits to try each of them: those of one option, or of one file, are tried together."


def _anything(diff: DossierDiff) -> bool:
    return bool(diff.mentions or diff.renames.options or diff.renames.nodes)


def causes(diff: DossierDiff) -> Iterator[str]:
    """Say which edit did it, or that it takes several."""
    cause = diff.cause
    if cause is None:
        for tried in diff.edits:
            if not tried.alone.trouble and tried.alone.winners != diff.was.winners:
                first = _first(diff, tried.alone)
                yield f"Alone, {_quoted([tried.edit])} would put {first}; the other edits make up for it."
    elif len(diff.edits) == 1:
        yield f"The one edit did it: {_quoted(cause.alone)}."
    elif cause.alone and cause.alone == cause.needed:
        it, back = ("it", "not") if diff.first_changed else ("all of this", "not all")
        yield f"One edit did {it}: {_quoted(cause.alone)}. Alone it does so, and without it the others do {back}."
    elif cause.alone:
        yield from _each_alone(diff, cause)
    else:
        yield _none_alone(diff, cause)


def _each_alone(diff: DossierDiff, cause: Cause) -> Iterator[str]:
    it = "it" if diff.first_changed else "all of this"
    one = len(cause.alone) == 1
    yield (
        f"{_quoted(cause.alone)} does {it} alone." if one else f"Each of these does {it} alone: {_quoted(cause.alone)}."
    )
    others = tuple(edit for edit in cause.needed if edit not in cause.alone)
    if others:
        yield f"Beside the other edits it takes {_quoted(others)} too."
    elif not cause.needed:
        yield f"Without {'it' if one else 'any one of them'}, the other edits together do the same."


def _none_alone(diff: DossierDiff, cause: Cause) -> str:
    it = "it" if diff.first_changed else "all of this"
    if cause.enough:
        return f"No edit alone did {it}: it takes {_quoted(cause.needed)} together."
    if cause.needed:
        return f"No edit alone did {it}: it takes {_quoted(cause.needed)}, and others beside."
    return f"No edit alone did {it}, and none is needed for it: several do so together, in more than one way."


def _quoted(edits: Sequence[Edit]) -> str:
    return named([f"‘{said(edit)}’" for edit in edits])


def _turned(diff: DossierDiff) -> Iterator[str]:
    """Say what comes first now, and what did, under frames, perspectives and failed assumptions."""
    gathered: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for turn in diff.turns:
        gathered.setdefault((turn.after, turn.before), []).append(_under(diff, turn))
    for (after, before), under in gathered.items():
        now, was = (named(_names(diff, ids)) or "nothing" for ids in (after, before))
        comes = "come" if len(after) > 1 else "comes"
        yield flowing(f"{capital(named(under))}: {now} now {comes} first, where it was {was}.")


def _under(diff: DossierDiff, turn: Turn) -> str:
    dossier = diff.after.dossier
    match turn.kind:
        case "frame":
            return f"in the frame ‘{dossier.frames[turn.id].name or turn.id}’"
        case "perspective":
            return f"in the eyes of ‘{dossier.perspectives[turn.id].name or turn.id}’"
        case _:
            return f"where ‘{turn.id}’ fails"
