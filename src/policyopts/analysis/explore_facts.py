"""What the explorer starts from: the weighted sum of values, as the dossier stands and under every overlay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyopts.analysis.likelihood import Likelihoods, likelihoods
from policyopts.analysis.overlays import Outcome, rank_under_each
from policyopts.analysis.ranked import rank_dossier
from policyopts.findings import UsageError
from policyopts.records.files import CRITERIA
from policyopts.records.problems import Places
from policyopts.records.weight_slots import weight_slots

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.model.dossier import Dossier
    from policyopts.records.weight_slots import WeightSlot

METHOD = "weighted-sum"
NORMALISATION = "value"
MOST_OPTIONS = 1000  # of more, the page takes seconds to open and is no longer a page to look at


@dataclass(frozen=True)
class ExploreFacts:
    """All that the explorer shows of a dossier.

    `own` is the ranking by the dossier's own method; `base` and `outcomes` are by the weighted sum of values, which
    is what the page reckons with. `slots` holds the place of each node's weight in `criteria.yaml`; None where that
    file is written so that no program can change it.
    """

    own: RankedDossier
    base: RankedDossier
    outcomes: tuple[Outcome, ...]
    slots: tuple[WeightSlot, ...] | None
    places: Places
    likelihoods: Likelihoods

    @property
    def dossier(self) -> Dossier:
        """The dossier that is explored."""
        return self.base.dossier

    @property
    def is_own_method(self) -> bool:
        """Whether the dossier, too, is ranked by the weighted sum of values."""
        return self.own.ranking.method == METHOD and self.own.ranking.parameters["normalisation"] == NORMALISATION


def gather(dossier: Dossier) -> ExploreFacts:
    """Gather what the explorer shows of a dossier.

    Raises
    ------
    UsageError
        For more options than a page can show, and as for `rank_dossier`.
    EngineError, DossierError
        As for `rank_dossier`.
    """
    if len(dossier.options) > MOST_OPTIONS:
        message = f"{len(dossier.options):,} options; the explorer shows at most {MOST_OPTIONS:,}"
        raise UsageError(message, "policyopts rank ranks them all; a dossier of those that matter can be explored")
    parameters = {"normalisation": NORMALISATION}
    return ExploreFacts(
        own=rank_dossier(dossier),
        base=rank_dossier(dossier, method=METHOD, parameters=parameters),
        outcomes=rank_under_each(dossier, method=METHOD, parameters=parameters),
        slots=weight_slots(dossier.texts[CRITERIA], dossier.tree),
        places=Places(dossier.texts),
        likelihoods=likelihoods(dossier),
    )
