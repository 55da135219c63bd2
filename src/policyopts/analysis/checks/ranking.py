"""The check that there is a ranking to speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.checks.facts import Remark
from policyopts.findings import DossierError
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts


def refused_figures(facts: Facts) -> Iterator[Remark]:
    """Rank by a method that can take the dossier's figures.

    Until then the checks that need a ranking cannot look.

    Why: some methods divide by performances or take their logarithms, and refuse those that are zero or negative
    rather than shift them in silence.

    Passes:

        # criteria.yaml
        method: weighted-sum

    Fails:

        # criteria.yaml
        method: weighted-sum
        methods: {weighted-sum: {normalisation: max}}
    """
    # What a `DossierError` has to say, it says at its own place.
    if facts.refusal is not None and not isinstance(facts.refusal, DossierError):
        yield Remark(CRITERIA, ("method",), f"it cannot be ranked: {facts.refusal.message}", facts.refusal.hint)
