"""What a check looks at, and what it says: one frozen object in, remarks out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyopts.analysis.ranked import rank_dossier
from policyopts.findings import PolicyOptsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.robust_ranking import RobustRanking
    from policyopts.model.dossier import Dossier
    from policyopts.names import Key
    from policyopts.records.problems import Point, Problem


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check has to say of a key of a file; its code and severity stand in the table of checks."""

    path: str
    key: Key
    message: str
    hint: str = ""
    point: Point = "key"


@dataclass(frozen=True, slots=True)
class Facts:
    """A dossier as the checks see it.

    `ranked` is None where the dossier cannot be ranked; `refusal` then says why. `codes` are those of all checks,
    `left_out` those of checks that do not look this time, and `found` holds what the checks that stand before in their
    table have found. `drawn` holds samples that somebody has drawn already.
    """

    dossier: Dossier
    ranked: RankedDossier | None
    refusal: PolicyOptsError | None
    codes: tuple[str, ...]
    left_out: frozenset[str] = frozenset()
    found: tuple[Problem, ...] = ()
    drawn: RobustRanking | None = None

    @property
    def has_one_criterion(self) -> bool:
        """Whether there is nothing to weigh: a single criterion has all the weight, whatever it is."""
        return len(self.dossier.criteria) == 1


def gather(dossier: Dossier, codes: tuple[str, ...], left_out: frozenset[str]) -> Facts:
    """Rank a dossier and put together what the checks look at."""
    try:
        return Facts(dossier, rank_dossier(dossier), None, codes, left_out)
    except PolicyOptsError as refusal:
        return Facts(dossier, None, refusal, codes, left_out)


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence: `a, b and c`."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
