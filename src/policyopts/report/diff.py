"""Two states of a dossier as JSON, CSV, Markdown and annotations, and the sentences that go with them in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyopts.report.data import as_csv, as_json
from policyopts.report.diff_words import (
    causes,
    conclusions,
    edits_by_heading,
    effects,
    how,
    moves,
    rest_of_moves,
    verdict,
    without_effect,
)
from policyopts.report.edits import mentioned, said, where, words
from policyopts.report.findings import workflow_command
from policyopts.report.markdown_text import code
from policyopts.report.safe_text import markdown

if TYPE_CHECKING:
    from policyopts.analysis.diff import DossierDiff, Order, Tried
    from policyopts.analysis.edits import Place


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
