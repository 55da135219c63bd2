"""The ranking in each frame, and what to choose when it is open which of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from policyopts.analysis.overlays import AS_IT_STANDS, Outcome, agreement_of, rank_under
from policyopts.analysis.ranked import rank_dossier
from policyopts.engine.decision_rules import DecisionRules, decide
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from policyopts.analysis.ranked import RankedDossier
    from policyopts.analysis.view import WhatIf
    from policyopts.model.dossier import Dossier


@dataclass(frozen=True)
class Frames:
    """The ranking as it stands and in each frame.

    `rules` are applied to the scores of `options`, those ranked in every state, in the `states`: the frames where
    they have chances; where not, the dossier as it stands ("") too. None where fewer than two options or states are.
    """

    base: RankedDossier
    outcomes: tuple[Outcome, ...]
    kendall_w: float | None
    alpha: float
    states: tuple[str, ...]
    options: tuple[str, ...]
    rules: DecisionRules | None

    @property
    def left_out(self) -> tuple[str, ...]:
        """The options ranked in some state, but not in every one."""
        ranked = [self.base, *(outcome.ranked for outcome in self.outcomes if outcome.id in self.states)]
        seen = {option.id: None for each in ranked if each is not None for option in each.options}
        return tuple(option for option in seen if option not in self.options)


def rank_in_frames(dossier: Dossier, asked: WhatIf = AS_IT_STANDS, *, alpha: float = 0.5, **how: Any) -> Frames:
    """Rank in every frame, and apply the decision rules; `how` goes to `rank_dossier`.

    Raises
    ------
    UsageError
        Where there are no frames, or `alpha`, Hurwicz's degree of optimism, is not from 0 to 1.
    """
    if not dossier.frames:
        hint = "put them into frames.yaml, each with the weights and performances that would be other"
        raise UsageError("the dossier has no frames", hint)
    if not 0 <= alpha <= 1:
        raise UsageError(f"--hurwicz {alpha:g}", "expected a number from 0, the worst alone, to 1, the best alone")
    base = rank_dossier(dossier, asked, **how)
    outcomes = rank_under(dossier, "frame", asked, **how)
    ranked = [outcome for outcome in outcomes if outcome.ranked is not None]
    chances = [frame.chance for frame in dossier.frames.values() if frame.chance is not None]
    probable = len(chances) == len(ranked) == len(outcomes)
    states = ranked if probable else [Outcome("frame", "", base), *ranked]
    screened_out = (option.id for option in base.problem.screened_out)
    candidates = [*(option.id for option in base.options), *screened_out]
    scores = {id_: [outcome.score(id_) for outcome in states] for id_ in candidates}
    compared = {option: row for option, row in scores.items() if None not in row}
    several = len(compared) > 1 and len(states) > 1
    return Frames(
        base=base,
        outcomes=outcomes,
        kendall_w=agreement_of([Outcome("frame", "", base), *ranked]),
        alpha=alpha,
        states=tuple(outcome.id for outcome in states),
        options=tuple(compared),
        rules=decide(np.array(list(compared.values())), alpha, chances if probable else None) if several else None,
    )
