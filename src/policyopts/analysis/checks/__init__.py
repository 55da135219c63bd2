"""What a sound analysis would still need: the checks of a dossier, and what its authors accept of what they find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policyopts.analysis.accepted import accepts
from policyopts.analysis.checks.facts import gather
from policyopts.analysis.checks.table import CHECKS
from policyopts.findings import DossierError, in_order
from policyopts.records.files import is_table
from policyopts.records.problems import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from policyopts.analysis.robust_ranking import RobustRanking
    from policyopts.findings import Finding
    from policyopts.model.dossier import Dossier
    from policyopts.records.problems import Problem

OF_HISTORY = frozenset({"WGT308"})
"""Codes of what the files alone do not tell, so that the same files can bring other findings elsewhere."""
MOST_LISTED = 1000  # findings of one code about the rows of a table; the others are counted


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the authors accept, and their reason if they give one."""

    finding: Finding
    because: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What there is to say of a dossier; one that could not be read whole has no digest."""

    title: str
    digest: str | None
    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]


def check(dossier: Dossier) -> tuple[Finding, ...]:
    """Tell what a sound analysis would still need: findings that the authors have not accepted, in order."""
    return checked(dossier).findings


def checked(
    dossier: Dossier,
    chosen: Callable[[str], bool] = lambda _: True,
    *,
    fast: bool = False,
    drawn: RobustRanking | None = None,
) -> Checked:
    """Check a dossier, and keep what the authors accept apart; only findings of the codes chosen are given.

    What stops every command, such as an unknown method, is always given. When it is to be fast, the slow
    checks do not look; nor do they where their code is not chosen. What somebody has drawn already need not be drawn
    again.
    """
    left_out = frozenset(check.code for check in CHECKS if check.slow and (fast or not chosen(check.code)))
    facts = replace(gather(dossier, tuple(check.code for check in CHECKS), left_out), drawn=drawn)
    for check_ in CHECKS:
        if check_.code in left_out:
            continue
        facts = replace(facts, found=(*facts.found, *check_.problems(facts)))
    problems = list(_listed(problem for problem in facts.found if chosen(problem.code)))
    places = Places(dossier.texts)
    accepted: dict[Finding, str | None] = {}
    told = list(facts.refusal.findings) if isinstance(facts.refusal, DossierError) else []
    for problem, finding in zip(problems, places.findings(problems), strict=True):
        reasons = [entry.because for entry in dossier.criteria_file.accept if accepts(entry, problem)]
        if reasons:
            accepted[finding] = reasons[0]
        else:
            told.append(finding)
    kept = tuple(Accepted(finding, accepted[finding]) for finding in in_order(accepted))
    return Checked(dossier.title, dossier.digest, in_order(told), kept)


def _listed(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give problems; of those that a table's rows bring up by the thousand, the first of a kind, and how many more."""
    of_tables: dict[str, list[Problem]] = {}
    for problem in problems:
        if is_table(problem.path):
            of_tables.setdefault(problem.code, []).append(problem)
        else:
            yield problem
    for alike in of_tables.values():
        yield from alike[:MOST_LISTED]
        more, last = len(alike) - MOST_LISTED, alike[-1]
        if more > 0:
            yield last._replace(message=f"{more:,} more like these in {last.path}", hint="")


def unread(folder: Path, findings: Iterable[Finding]) -> Checked:
    """Give the reader's findings of a dossier that has errors: nothing else can be checked then."""
    return Checked(folder.resolve().name, None, in_order(findings), ())
