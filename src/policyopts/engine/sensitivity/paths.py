"""A weight on its way from 0 to 1, and what is found along it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from policyopts.engine.arrays import FloatArray

ALL = 1 - 1e-12  # a weight of this much leaves nothing to divide among the others


class Path(NamedTuple):
    """A weight that is moved: the others share the rest in the proportions that they have."""

    weight: float  # where it stands now
    part: FloatArray  # (criteria,): the weights where it is 1
    rest: FloatArray | None  # (criteria,): the weights where it is 0; None where no other weight can take its place

    @classmethod
    def of(cls, part: FloatArray, weights: FloatArray) -> Path:
        """Set out from some weights, moving what the criteria have a part in."""
        moved = part > 0
        weight = float(weights[moved].sum())
        others = np.where(moved, 0.0, weights)
        return cls(min(weight, 1.0), part, others / others.sum() if weight < ALL else None)

    def weights(self, at: FloatArray) -> FloatArray:
        """Give the weights (any, criteria) where the one that is moved stands at some places (any,)."""
        share = at[:, np.newaxis]
        rest = self.part if self.rest is None else self.rest
        return share * self.part + (1 - share) * rest


class Crossover(NamedTuple):
    """Where another option becomes first as the weight moves away from where it stands, and which."""

    at: float
    winner: int


class Sweep(NamedTuple):
    """Who is first as a weight goes from 0 to 1."""

    weight: float
    below: tuple[Crossover, ...]  # on the way down from where it stands, in the order met
    above: tuple[Crossover, ...]  # on the way up

    @property
    def stable_from(self) -> float:
        """The least weight with which the first option stays first."""
        return self.below[0].at if self.below else 0.0

    @property
    def stable_to(self) -> float:
        """The greatest weight with which the first option stays first."""
        return self.above[0].at if self.above else 1.0

    @property
    def crossovers(self) -> tuple[Crossover, ...]:
        """All of them, in ascending order."""
        return (*reversed(self.below), *self.above)
