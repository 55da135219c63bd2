"""Findings that the authors of a dossier accept, with their reasons: `accept:` in `criteria.yaml`."""

from collections.abc import Iterable

from policyopts.model.decision import Acceptance
from policyopts.model.dossier import Dossier
from policyopts.records.problems import Problem


def accepts(acceptance: Acceptance, problem: Problem) -> bool:
    """Tell whether an acceptance covers a finding: the same code, and its file or an id that it stands at."""
    if acceptance.code != problem.code:
        return False
    if acceptance.at is None or acceptance.at == problem.path:
        return True
    id_ = problem.path.removeprefix("options/").removesuffix(".yaml")
    return acceptance.at == id_ or acceptance.at in problem.key


def not_accepted(dossier: Dossier, problems: Iterable[Problem]) -> list[Problem]:
    """Leave out what the authors accept."""
    accepted = dossier.criteria_file.accept
    return [problem for problem in problems if not any(accepts(acceptance, problem) for acceptance in accepted)]
