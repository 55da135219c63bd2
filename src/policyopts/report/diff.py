"""Two states of a dossier as JSON, CSV, Markdown and annotations, and the sentences that go with them in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.report.data import as_csv, as_json
from policyopts.report.edits import HEADINGS, mentioned, said, where, words
from policyopts.report.english import capital, counted, named
from policyopts.report.findings import workflow_command
from policyopts.report.markdown_text import code
from policyopts.report.numbers import score, signed
from policyopts.report.ranking import circumstances
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyopts.analysis.diff import Cause, DossierDiff, Order, Tried, Turn
    from policyopts.analysis.edits import Edit, Place

MOST_OPTIONS = 20
MOST_EDITS = 50
MOST_TOLD = 20
_MOST_MOVES = 2


class Side(NamedTuple):
    """What is compared, by the name that a reader knows; a revision with its commit."""

    name: str
    commit: str | None = None

    def __str__(self) -> str:
        """Name it, a commit by its first seven signs."""
        return self.name if self.commit is None else f"{self.name} ({self.commit[:7]})"


class Sides(NamedTuple):
    """What is compared with what."""

    before: Side
    after: Side

    def __str__(self) -> str:
        """Name both."""
        return f"{self.before} → {self.after}"


class Move(NamedTuple):
    """An option's row: its rank and score then and now, as they are shown."""

    rank: str
    name: str
    score: str
    change: str
    improved: bool | None  # None where it stays


def to_json(diff: DossierDiff, sides: Sides) -> str:
    """Write both states and all edits as `policyopts.diff/1`."""
    return as_json(
        {
            "format": "policyopts.diff/1",
            "before": _side_data(sides.before, diff, diff.was, before=True),
            "after": _side_data(sides.after, diff, diff.now, before=False),
            "ranks_changed": diff.ranks_changed,
            "first_changed": diff.first_changed,
            "options": [
                {
                    "id": id_,
                    "name": diff.option_name(id_),
                    "before": _standing(diff.was, id_),
                    "after": _standing(diff.now, id_),
                }
                for id_ in diff.options
            ],
            "renames": {"options": dict(diff.renames.options), "criteria": dict(diff.renames.nodes)},
            "edits": [_edit_data(tried) for tried in diff.edits],
            "taken_together": diff.together,
            "cause": None
            if diff.cause is None
            else {
                "alone": [said(edit) for edit in diff.cause.alone],
                "needed": [said(edit) for edit in diff.cause.needed],
                "needed_are_enough": diff.cause.enough,
            },
            "first_places": [
                {"kind": turn.kind, "id": turn.id, "before": list(turn.before), "after": list(turn.after)}
                for turn in diff.turns
            ],
            "without_effect": {
                "told": [mentioned(mention) for mention in diff.mentions.told],
                "texts": dict(diff.mentions.texts),
                "entries": dict(diff.mentions.entries),
            },
        }
    )


def _side_data(side: Side, diff: DossierDiff, order: Order, *, before: bool) -> dict[str, object]:
    ranked = diff.before if before else diff.after
    return {
        "name": side.name,
        "commit": side.commit,
        "dossier": {"title": ranked.dossier.title, "digest": ranked.dossier.digest},
        "method": ranked.ranking.method,
        "parameters": dict(ranked.ranking.parameters),
        "winners": list(order.winners),
    }


def _standing(order: Order, option: str) -> dict[str, object] | None:
    if option not in order.ranks:
        return None
    return {"rank": order.ranks[option], "score": order.scores[option]}


def _edit_data(tried: Tried) -> dict[str, object]:
    edit = tried.edit
    return {
        "kind": edit.kind,
        "ids": list(edit.ids),
        "text": said(edit),
        "before": None if edit.before is None else words(edit.before),
        "after": None if edit.after is None else words(edit.after),
        "was_at": _place_data(edit.was_at),
        "is_at": _place_data(edit.is_at),
        "alone": _order_data(tried.alone),
        "left_out": _order_data(tried.left_out),
    }


def _place_data(place: Place | None) -> dict[str, object] | None:
    return None if place is None else place._asdict()


def _order_data(order: Order) -> dict[str, object]:
    return {"winners": list(order.winners), "ranks": dict(order.ranks), "trouble": order.trouble or None}


def to_csv(diff: DossierDiff) -> str:
    """Write one row an option and one row an edit."""
    rows: list[list[object]] = []
    for id_ in diff.options:
        was, now = (_standing(order, id_) or {} for order in (diff.was, diff.now))
        rows.append(["rank", id_, was.get("rank"), now.get("rank"), was.get("score"), now.get("score"), "", ""])
    for tried in diff.edits:
        edit = tried.edit
        old, new = ("" if value is None else words(value) for value in (edit.before, edit.after))
        rows.append([edit.kind, " / ".join(edit.ids), old, new, "", "", edit.is_at.path, edit.is_at.line])
    return as_csv(["kind", "id", "before", "after", "score_before", "score_after", "path", "line"], rows)


def to_markdown(diff: DossierDiff, sides: Sides) -> str:
    """Write a comment for a pull request: what comes first, the rank moves, the edits, and which of them did it."""
    lines = [f"### {markdown(verdict(diff))}", "", markdown(f"{diff.after.dossier.title}: {sides} · {how(diff)}"), ""]
    lines += ["| Rank | Option | Score | Change |", "|---:|---|---:|---:|"]
    lines += [f"| {move.rank} | {markdown(move.name)} | {move.score} | {move.change} |" for move in moves(diff)]
    lines += [line for sentence in rest_of_moves(diff) for line in ("", markdown(sentence))]
    for heading, listed in edits_by_heading(diff).items():
        lines += ["", f"**{heading}**", ""]
        for tried in listed:
            effect = effects(diff, tried)
            was_at, place = where(tried.edit)
            line = f"- {markdown(said(tried.edit))} ({was_at}{code(place)})"
            lines.append(f"{line} — {markdown(effect)}" if effect else line)
    others = list(without_effect(diff))
    if others:
        lines += ["", "**Without effect on the ranking**", "", *(f"- {markdown(each)}" for each in others)]
    lines += [line for sentence in conclusions(diff) for line in ("", markdown(sentence))]
    return "\n".join(lines) + "\n"


def to_github(diff: DossierDiff, sides: Sides, folder: str) -> str:
    """Write workflow commands of GitHub Actions: each edit at its line, a warning where it has to do with a rank."""
    level = "warning" if diff.ranks_changed else "notice"
    closing = " ".join([verdict(diff), *causes(diff)])
    lines = [workflow_command(level, {"title": f"Ranking: {sides}"}, closing)]
    for tried in diff.edits:
        at, effect = tried.edit.is_at, effects(diff, tried)
        moves_ranks = bool(effect) or (len(diff.edits) == 1 and diff.ranks_changed)
        where = {"file": f"{folder}{at.path}", "line": str(at.line), "col": str(at.column), "title": "policyopts diff"}
        text = f"{said(tried.edit)} ({effect})" if effect else said(tried.edit)
        lines.append(workflow_command("warning" if moves_ranks else "notice", where, text))
    return "".join(f"{line}\n" for line in lines)


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
