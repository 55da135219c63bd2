"""The ranking with assumptions failed as JSON, CSV and Markdown, and the sentences that go with it in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report import overlays
from policyopts.report.data import as_json
from policyopts.report.english import ended, named
from policyopts.report.overlays import Reading, names_of
from policyopts.report.safe_text import flowing, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.assumptions import FailedAssumptions
    from policyopts.analysis.overlays import Outcome

ALL = "All of them fail"


def readings(failed: FailedAssumptions) -> tuple[Reading, ...]:
    """Give the ranking as it stands, those with each assumption failed, and the one with all of them."""
    each = [Reading(outcome.id, outcome) for outcome in failed.outcomes]
    together = [Reading(ALL, failed.all_failed)] if failed.all_failed else []
    return overlays.side_by_side(failed.base, [*each, *together])


def to_json(failed: FailedAssumptions) -> str:
    """Write the rankings as `policyopts.assumptions/1`."""
    records = failed.base.dossier.assumptions
    return as_json(
        {
            "format": "policyopts.assumptions/1",
            **overlays.heading(failed.base),
            "assumptions": [
                {
                    "id": outcome.id,
                    "claim": records[outcome.id].claim,
                    "signpost": records[outcome.id].signpost,
                    "owner": records[outcome.id].owner,
                    "changes_first": failed.turns(outcome),
                    **overlays.ranking_data(outcome),
                }
                for outcome in failed.outcomes
            ],
            "all_failed": overlays.ranking_data(failed.all_failed) if failed.all_failed else None,
            "findings": overlays.findings_data(failed.base),
        }
    )


def to_csv(failed: FailedAssumptions) -> str:
    """Write one row an option with each assumption failed."""
    return overlays.to_csv(failed.base, readings(failed))


def to_markdown(failed: FailedAssumptions) -> str:
    """Write the rankings as a Markdown table, and what each failure means below it."""
    lines = list(overlays.table_lines(failed.base, readings(failed), "the assumptions"))
    lines += [line for sentence in notes(failed) for line in ("", markdown(sentence))]
    return "\n".join(lines) + "\n"


def notes(failed: FailedAssumptions) -> Iterator[str]:
    """Say of each assumption what its failure moves and how one would see it; what changes the first place, first."""
    turning = [outcome for outcome in failed.outcomes if failed.turns(outcome)]
    for outcome in turning:
        yield f"{_claim(failed, outcome)} {_turn(failed, outcome)} {_signs(failed, outcome)}"
    for outcome in failed.outcomes:
        if outcome not in turning:
            yield f"{_claim(failed, outcome)} {_moves(failed, outcome)} {_signs(failed, outcome)}"
    if failed.all_failed is not None:
        if failed.turns(failed.all_failed):
            yield f"All failed together: {_turn(failed, failed.all_failed)[len('If this fails, ') :]}"
        else:
            yield "With all of them failed the first place stays."
    yield from overlays.dashes(readings(failed))


def _claim(failed: FailedAssumptions, outcome: Outcome) -> str:
    claim = failed.base.dossier.assumptions[outcome.id].claim
    return f"{outcome.id}: {ended(flowing(claim))}" if claim else f"{outcome.id}:"


def _turn(failed: FailedAssumptions, outcome: Outcome) -> str:
    if outcome.ranked is None:
        return flowing(f"If this fails, nothing can be ranked: {outcome.trouble}.")
    comes = "comes" if len(outcome.winners) == 1 else "come"
    before = {option.id for option in failed.base.winners}
    alone = " alone" if set(outcome.winners) < before else ""
    gone = "".join(f"; {each}" for each in _screened(failed, outcome))
    return f"If this fails, {named(names_of(failed.base, outcome.winners))}{alone} {comes} first{gone}."


def _moves(failed: FailedAssumptions, outcome: Outcome) -> str:
    changed = [
        (flowing(option.name), option.rank, rank)
        for option in failed.base.options
        if (rank := outcome.rank(option.id)) is not None and rank != option.rank
    ]
    moved = [
        f"{name} {'' if place else 'moves '}from {'' if place else 'rank '}{before} to {after}"
        for place, (name, before, after) in enumerate(changed)
    ]
    said = "; ".join([*([named(moved)] if moved else []), *_screened(failed, outcome)])
    return f"If this fails, the first place stays; {said}." if said else "If this fails, no rank changes."


def _screened(failed: FailedAssumptions, outcome: Outcome) -> Iterator[str]:
    """Say which options a hard limit screens out then, or no longer."""
    gone = [option.id for option in failed.base.options if outcome.rank(option.id) is None]
    back = [option.id for option in failed.base.problem.screened_out if outcome.rank(option.id) is not None]
    if gone:
        yield f"{named(names_of(failed.base, gone))} {'is' if len(gone) == 1 else 'are'} screened out"
    if back:
        yield f"{named(names_of(failed.base, back))} {'is' if len(back) == 1 else 'are'} no longer screened out"


def _signs(failed: FailedAssumptions, outcome: Outcome) -> str:
    record = failed.base.dossier.assumptions[outcome.id]
    owner = f" Watched by {flowing(record.owner)}." if record.owner else ""
    return (f"Signpost: {ended(flowing(record.signpost))}" if record.signpost else "No signpost is named.") + owner
