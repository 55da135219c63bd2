"""Weights under any linear constraints, by hit-and-run.

From a point inside the region take a random direction, go to a uniform place on the chord that the region cuts out of
it, and do so again: the places come to be uniform over the region. Many walks run side by side, and at each step all go
in one direction, each as far as chance has it: whatever the direction, places that are uniform stay so. Directions are
drawn with the covariance of the region itself, so that it is no matter how flat it is.

References
----------
Smith (1984), Efficient Monte Carlo procedures for generating points uniformly distributed over bounded regions,
Operations Research 32(6):1296-1308. Tervonen, van Valkenhoef, Baştürk & Postmus (2013), Hit-and-run enables efficient
weight generation for simulation-based multiple criteria decision analysis, European Journal of Operational Research
224(3):552-559.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyopts.engine.arrays import frozen
from policyopts.engine.errors import EngineError
from policyopts.engine.linear_programs import Polyhedron
from policyopts.engine.robustness.streams import stream

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import BoolArray, FloatArray

ROOM = 1e-9  # a constraint that leaves less room than this is an equation
WALKS = 512  # that learn the shape of the region
SETTLING = 30  # steps for each dimension before the first sample
BETWEEN = 10  # steps for each dimension between two samples of a walk, which hardly depend on each other then
SAMPLES = 16  # of one walk


class ConstrainedWeights:
    """Weights uniform on those that meet linear constraints: table · weights ≤ limits, as shares of the whole.

    Parameters
    ----------
    table
        The constraints (constraints, criteria).
    limits
        What each of them comes to at most.

    Raises
    ------
    EngineError
        Where no weights meet all of them.

    Examples
    --------
    The first at least as heavy as the other two together, the third at least 0.1:

    >>> weights = ConstrainedWeights([[-1, 1, 1], [0, 0, -1]], [0, -0.1])
    >>> drawn = np.empty((3, 1000))
    >>> weights.draw(stream(0, 0), drawn)
    >>> bool((drawn[0] >= 0.5).all() and (drawn[2] >= 0.1).all())
    True
    """

    def __init__(self, table: ArrayLike, limits: ArrayLike) -> None:
        own = np.atleast_2d(np.asarray(table, dtype=np.float64))
        bounds = np.atleast_1d(np.asarray(limits, dtype=np.float64))
        if len(own) != len(bounds) or not (np.isfinite(own).all() and np.isfinite(bounds).all()):
            raise EngineError("constraints of weights: a limit is needed for each, and finite numbers")
        self.criteria = own.shape[1]
        # No weight is below 0.
        self.table = frozen(np.concatenate([own, -np.eye(self.criteria)]))
        self.limits = frozen(np.concatenate([bounds, np.zeros(self.criteria)]))

        self._inside, equations = self._middle()
        fixed = np.concatenate([np.ones((1, self.criteria)), self.table[equations]])
        _, sizes, turned = np.linalg.svd(fixed)
        self._ways = turned[np.count_nonzero(sizes > ROOM * sizes[0]) :].T  # (criteria, dimensions)
        self._free = ~equations

    @property
    def spanning(self) -> FloatArray:
        """As many weights of the region as there are criteria, and as many again."""
        drawn = np.empty((self.criteria, 2 * self.criteria))
        self.draw(stream(0, 1), drawn)
        return drawn

    def extremes(self, table: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Find the least and the greatest weighted sum of each row (any, criteria)."""
        ends = [[self._region.maximise(sign * row) for row in table] for sign in (-1.0, 1.0)]
        least, greatest = (np.array([end.value for end in some if end is not None]) for some in ends)
        return -least, greatest

    def draw(self, random: np.random.Generator, drawn: FloatArray) -> None:
        """Draw weights, as shares, into an array (criteria, samples)."""
        samples = drawn.shape[1]
        dimensions = self._ways.shape[1]
        if not dimensions:
            drawn[:] = self._inside[:, np.newaxis]
            return
        shape = self._shape
        walks = -(-samples // SAMPLES)
        places = shape.starts[:, random.integers(shape.starts.shape[1], size=walks)]
        self._walk(random, places, shape.ways, SETTLING * dimensions)
        for start in range(0, samples, walks):
            self._walk(random, places, shape.ways, BETWEEN * dimensions)
            drawn[:, start : start + walks] = places[:, : samples - start]
        np.maximum(drawn, 0.0, out=drawn)

    @cached_property
    def _shape(self) -> _Shape:
        """Learn the region's shape: walk, look how far the walks have spread, and walk on with such steps."""
        random = stream(0, 0)
        places = np.repeat(self._inside[:, np.newaxis], WALKS, axis=1)
        ways = self._ways
        for _ in range(4):
            self._walk(random, places, ways, SETTLING * ways.shape[1])
            spread = np.atleast_2d(np.cov(self._ways.T @ places))
            ways = self._ways @ np.linalg.cholesky(spread + ROOM**2 * np.trace(spread) * np.eye(len(spread)))
        return _Shape(ways, places)

    def _walk(self, random: np.random.Generator, places: FloatArray, ways: FloatArray, steps: int) -> None:
        """Take random steps from each place (criteria, walks), in directions that are sums of ways, in place."""
        table = self.table[self._free]
        room = self.limits[self._free, np.newaxis] - table @ places
        reach, forward, back = np.empty((3, places.shape[1]))
        moves, ways_gone = np.empty_like(room), np.empty_like(places)
        for _ in range(steps):
            direction = ways @ random.standard_normal(ways.shape[1])
            climb = table @ direction
            forward[:], back[:] = np.inf, -np.inf
            for row, slope in zip(room, climb.tolist(), strict=True):
                if slope:
                    np.divide(row, slope, out=reach)
                    nearer, end = (np.minimum, forward) if slope > 0 else (np.maximum, back)
                    nearer(end, reach, out=end)
            forward -= back
            forward *= random.random(out=reach)
            forward += back
            room -= np.multiply.outer(climb, forward, out=moves)
            np.maximum(room, 0.0, out=room)
            places += np.multiply.outer(direction, forward, out=ways_gone)
        places /= places.sum(axis=0)  # rounding adds up

    def _middle(self) -> tuple[FloatArray, BoolArray]:
        """Find weights that meet every constraint with room to spare, and those constraints that leave none."""
        equations = np.zeros(len(self.table), dtype=np.bool_)
        points = []
        for constraint, (row, limit) in enumerate(zip(self.table, self.limits.tolist(), strict=True)):
            best = self._region.maximise(-row)
            if best is None:
                raise EngineError("no weights meet all constraints", "leave out, or loosen, one of them")
            equations[constraint] = limit + best.value <= ROOM
            points.append(best.point)
        middle = np.mean(points, axis=0)
        return middle / middle.sum(), equations

    @cached_property
    def _region(self) -> Polyhedron:
        """The constraints, and that weights sum to 1."""
        table = np.concatenate([self.table, np.ones((1, self.criteria))])
        return Polyhedron(table, np.append(np.full(len(self.table), -np.inf), 1.0), np.append(self.limits, 1.0))

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "_region"}  # it is soon made again


class _Shape(NamedTuple):
    ways: FloatArray  # (criteria, dimensions): steps along which are as long as the region
    starts: FloatArray  # (criteria, walks): places all over the region
