"""A dossier in the making: its criteria are in order, while options may be missing, or scores of theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyopts.findings import DossierError, Severity
from policyopts.model.criteria import CriteriaFile
from policyopts.model.options import OptionRecord
from policyopts.records.criteria_checks import check_criteria
from policyopts.records.files import CRITERIA, is_option, is_table, list_files, option_id, option_path
from policyopts.records.loader import options_of, read_alone
from policyopts.records.problems import Places


@dataclass(frozen=True, slots=True)
class Draft:
    """What new options and new scores are written for.

    `text` is that of `criteria.yaml`; `options` holds the ids of the options with a file of their own, `table` the
    records in the table of options.
    """

    folder: Path
    text: str
    criteria: CriteriaFile
    options: frozenset[str]
    table: Mapping[str, OptionRecord]

    def read(self, options: Iterable[str]) -> dict[str, tuple[str, OptionRecord]]:
        """Read the files of some options: the text and the record of each.

        Raises
        ------
        DossierError
            With every finding of these files, where one of them is not in order.
        """
        paths = {option_path(id_): id_ for id_ in options}
        return {paths[path]: read for path, read in read_alone(self.folder, paths).items()}


def read_draft(folder: Path, *, weighed: bool = True) -> Draft:
    """Read the criteria and see which options there are; where it is not `weighed`, weights may still be missing.

    Raises
    ------
    DossierError
        With what is wrong with the criteria, or with the folder; whether the options that they name are there is not
        looked at.
    """
    listing = list_files(folder)
    if listing.findings:
        raise DossierError(folder, listing.findings)
    paths = listing.paths
    read: dict[str, tuple[str, Any]] = read_alone(
        folder, [path for path in paths if path == CRITERIA or is_table(path)]
    )
    text, criteria = read[CRITERIA]
    decision = criteria.decision
    named = [id_ for id_ in (decision.baseline, decision.fallback, decision.recommend) if id_ is not None]
    found = check_criteria(criteria, named, weighed=weighed)
    problems = [problem for problem in found if problem.severity is Severity.ERROR]
    if problems:
        raise DossierError(folder, Places({CRITERIA: text}).findings(problems))
    raw = next((records for path, (_, records) in read.items() if is_table(path)), None)
    table = {} if raw is None else options_of(raw, criteria)
    return Draft(folder, text, criteria, frozenset(option_id(path) for path in paths if is_option(path)), table)
