"""AHP: weights from comparing criteria two at a time.

For each pair someone says how many times more the one matters than the other, on Saaty's scale: 1 alike, 3 moderately,
5 strongly, 7 very strongly, 9 extremely more, its reciprocals the other way. The weights are those whose ratios come
closest to the judgements, and the consistency ratio says how far the judgements contradict each other: above 0.10 they
should be looked at again, the worst one first.

Use it where people find it easier to compare two criteria than to put numbers to all, and where a check on their
answers is wanted. Ask about the swings on the two scales, not about importance. Not every pair needs a judgement: it is
enough that each criterion is connected with every other through others.

Do not use it for more than nine or so criteria side by side; put them into groups, and compare within each. Do not add
a near copy of a criterion: both keep their full ratios to the rest.

>>> judgements = {"cost/speed": 3, "cost/reach": 5, "speed/reach": 3}
>>> result = ahp(["cost", "speed", "reach"], judgements=judgements)
>>> result.weights.round(3).tolist(), round(result.details["consistency_ratio"], 3)
([0.637, 0.258, 0.105], 0.033)
>>> result.details["worst_judgement"]["judgement"]
'cost/speed'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.judgements import refuse_unknown
from policyopts.engine.weightings import WeightingResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import BoolArray, FloatArray

    Judgements: TypeAlias = Mapping[str, float] | Mapping[tuple[str, str], float] | ArrayLike

Prioritisation = Literal["eigenvector", "geometric-mean", "column-mean"]

# What the consistency index comes to where judgements are given at random, for 1, 2, … criteria. For 3 to 10 as in
# Saaty (1980), The Analytic Hierarchy Process; beyond, the mean over 1,000,000 complete sets drawn evenly from 1/9,
# 1/8, …, 1/2, 1, 2, …, 9, which has a standard error below 0.0002. It stands in for any larger number of criteria.
# fmt: off
RANDOM_INDEX = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49,
    1.514, 1.536, 1.555, 1.570, 1.584, 1.595, 1.605, 1.614, 1.622, 1.629,
    1.635, 1.641, 1.646, 1.651, 1.655, 1.659, 1.663, 1.666, 1.670, 1.672,
)
# fmt: on

LARGEST_RATIO = 1e6
RECIPROCAL = 0.05  # a pair given both ways may be this part off its reciprocal: 1/3 is written 0.33, 1/8 0.12
FITTING = 1e-9  # a judgement fits when it is this small a part away from the ratio of the weights


class Given(NamedTuple):
    """A judgement: the criterion at `first` matters `ratio` times as much as the one at `second`."""

    first: int
    second: int
    ratio: float


def ahp(
    criteria: Sequence[str], *, judgements: Judgements, prioritisation: Prioritisation = "eigenvector"
) -> WeightingResult:
    """Find the weights whose ratios come closest to the judgements.

    Parameters
    ----------
    criteria
        The criteria's ids.
    judgements
        Ratios by pair, ``{"cost/speed": 3}`` or ``{("cost", "speed"): 3}``: cost matters three times as much as speed.
        Or a square table (criteria, criteria) with NaN where there is no judgement.
    prioritisation
        ``eigenvector``: the principal eigenvector (Saaty). ``geometric-mean``: the least squares of logarithms
        (Crawford & Williams). ``column-mean``: the mean of the columns, each divided by its sum.

    Returns
    -------
    result
        Details: `lambda_max`, `consistency_index` = (λ - n) / (n - 1), `consistency_ratio` = index / random index, and
        `worst_judgement`, the one furthest from the ratio of the weights, the first given of several: its `judgement`
        such as cost/speed, the ratio `given`, and the one `fitting` the weights; None where all fit. λ is the mean of
        (A·w)ᵢ / wᵢ, which is the principal eigenvalue where w is its vector.

    Raises
    ------
    EngineError
        Where the judgements do not connect all criteria, where a pair is given both ways and not as reciprocals (but
        for rounding), and for anything but ratios above zero. Judgements that run in a circle are no error: they show
        in the consistency ratio.

    Notes
    -----
    An incomplete set is completed by the weights themselves. Eigenvector: a missing aᵢⱼ stands for wᵢ/wⱼ, found in one
    step as the eigenvector with the number of missing judgements added on the diagonal (Harker 1987). Geometric mean:
    only the judgements that are there count in the least squares, and the solution is unique (Bozóki, Fülöp & Rónyai
    2010). Column mean: a missing aᵢⱼ is the ratio of the geometric-mean weights. What is completed so fits by itself,
    so the consistency ratio of an incomplete set reads lower than that of a complete one.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process.
    Crawford & Williams (1985), A note on the analysis of subjective judgment matrices, J. Math. Psychology 29:387-405.
    Harker (1987), Incomplete pairwise comparisons in the analytic hierarchy process, Math. Modelling 9(11):837-848.
    Bozóki, Fülöp & Rónyai (2010), On optimal completion of incomplete pairwise comparison matrices, Mathematical and
    Computer Modelling 52(1-2):318-333.
    """
    pairs = _one_way(list(_pairs(judgements, criteria)), criteria)
    count = len(criteria)
    logs = np.full((count, count), np.nan)
    np.fill_diagonal(logs, 0.0)
    for first, second, ratio in pairs:
        logs[first, second], logs[second, first] = np.log(ratio), -np.log(ratio)
    known = ~np.isnan(logs)
    _refuse_apart(known, criteria)
    start = _least_squares(logs, known)
    # Judgements divided by the ratios of these first weights are all near 1, so that no size of ratio spoils a digit.
    rest = np.exp(logs - _differences(start))
    log_weights = start + np.log(PRIORITISATIONS[prioritisation](rest, known, np.exp(start)))
    weights = np.exp(log_weights - log_weights.max())
    weights /= weights.sum()
    return WeightingResult(weights, _consistency(logs - _differences(log_weights), known, pairs, criteria))


def _principal_vector(rest: FloatArray, known: BoolArray, start: FloatArray) -> FloatArray:
    table = np.where(known, rest, 0.0) + np.diag((~known).sum(axis=1))
    values, vectors = np.linalg.eig(table)
    vector: FloatArray = np.abs(vectors[:, np.argmax(values.real)].real)
    return vector


def _least_squares_alone(rest: FloatArray, known: BoolArray, start: FloatArray) -> FloatArray:
    return np.ones_like(start)


def _column_mean(rest: FloatArray, known: BoolArray, start: FloatArray) -> FloatArray:
    completed = np.where(known, rest, 1.0)
    shares: FloatArray = completed / (completed * start[:, np.newaxis]).sum(axis=0)
    means: FloatArray = shares.mean(axis=1)
    return means


# Each takes what is left of the judgements after division by the ratios of the least-squares weights, which of them are
# known, and those weights; and gives by what factors the weights differ from those.
PRIORITISATIONS: Mapping[Prioritisation, Callable[[FloatArray, BoolArray, FloatArray], FloatArray]] = {
    "eigenvector": _principal_vector,
    "geometric-mean": _least_squares_alone,
    "column-mean": _column_mean,
}


def _least_squares(logs: FloatArray, known: BoolArray) -> FloatArray:
    """Find the logarithms of weights, of mean 0, whose differences come closest to those of the judgements."""
    links = known.astype(np.float64)
    laplacian = np.diag(links.sum(axis=1)) - links
    solution: FloatArray = np.linalg.solve(laplacian + 1 / len(logs), np.nansum(logs, axis=1))
    return solution


def _consistency(
    misfit: FloatArray, known: BoolArray, pairs: list[Given], criteria: Sequence[str]
) -> dict[str, object]:
    """Say how far the judgements are from the ratios of the weights; `misfit` is in logarithms."""
    count = len(criteria)
    lambda_max = float(np.where(known, np.exp(misfit), 1.0).sum(axis=1).mean())
    index = max(lambda_max - count, 0.0) / max(count - 1, 1)
    random_index = RANDOM_INDEX[min(count, len(RANDOM_INDEX)) - 1]
    off = np.abs(misfit) // FITTING  # whole steps: three judgements of three criteria are off alike, but for rounding
    worst = max(pairs, key=lambda pair: off[pair.first, pair.second], default=None)
    if worst is not None and not off[worst.first, worst.second]:
        worst = None
    return {
        "lambda_max": lambda_max,
        "consistency_index": index,
        "consistency_ratio": index / random_index if random_index else 0.0,
        "worst_judgement": worst
        and {
            "judgement": f"{criteria[worst.first]}/{criteria[worst.second]}",
            "given": worst.ratio,
            "fitting": float(worst.ratio / np.exp(misfit[worst.first, worst.second])),
        },
    }


def _differences(logs: FloatArray) -> FloatArray:
    return np.subtract.outer(logs, logs)


def _pairs(judgements: Judgements, criteria: Sequence[str]) -> Iterator[Given]:
    if isinstance(judgements, Mapping):
        for key, ratio in judgements.items():
            first, second = _ends(key, criteria)
            yield _checked(first, second, ratio, criteria)
        return
    count = len(criteria)
    try:
        table = np.asarray(judgements, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise EngineError(f"judgements: neither ratios by pair nor a table of numbers ({error})") from error
    if table.shape != (count, count):
        raise EngineError(f"judgements: a table of {count} by {count} is needed, not the shape {table.shape}")
    for first, second in np.argwhere(~np.isnan(table)).tolist():
        yield _checked(first, second, table[first, second], criteria)


def _ends(key: str | tuple[str, str], criteria: Sequence[str]) -> tuple[int, int]:
    """Find the two criteria of a pair; an id may hold a slash too."""
    if isinstance(key, str):
        cuts = [(key[:at], key[at + 1 :]) for at, letter in enumerate(key) if letter == "/"]
        if not cuts:
            raise EngineError(f"judgements: '{key}' is no pair; write one as '{'/'.join(criteria[:2])}'")
        key = next((cut for cut in cuts if set(cut) <= set(criteria)), cuts[0])
    refuse_unknown("judgements", key, criteria)
    first, second = key
    return criteria.index(first), criteria.index(second)


def _checked(first: int, second: int, ratio: float, criteria: Sequence[str]) -> Given:
    name = f"judgement {criteria[first]}/{criteria[second]}"
    try:
        number = float(ratio)
    except (TypeError, ValueError) as error:
        raise EngineError(f"{name}: {ratio!r} is not a number") from error
    if not 1 / LARGEST_RATIO <= number <= LARGEST_RATIO:
        raise EngineError(f"{name}: {number:g} is not a ratio above 0, such as 3 or 1/3")
    if first == second and number != 1:
        raise EngineError(f"{name}: a criterion matters as much as itself, not {number:g} times as much")
    return Given(first, second, number)


def _one_way(given: list[Given], criteria: Sequence[str]) -> list[Given]:
    """Keep one judgement of each pair: where it is given twice, the one that is not the rounded reciprocal."""
    kept: dict[frozenset[int], Given] = {}
    for pair in given:
        ends = frozenset((pair.first, pair.second))
        other = kept.setdefault(ends, pair)
        expected = other.ratio if other.first == pair.first else 1 / other.ratio
        if abs(pair.ratio / expected - 1) > RECIPROCAL:
            one, two = (f"{criteria[first]}/{criteria[second]}: {ratio:g}" for first, second, ratio in (other, pair))
            raise EngineError(f"the judgements {one} and {two} contradict each other; give one of them")
        if pair.ratio > other.ratio:
            kept[ends] = pair
    return [pair for ends, pair in kept.items() if len(ends) == 2]


def _refuse_apart(known: BoolArray, criteria: Sequence[str]) -> None:
    """Raise an error where some criteria are compared with the first one neither directly nor through others."""
    reached = known[0]
    for _ in criteria:
        reached = known[reached].any(axis=0)
    if not reached.all():
        here, there = (
            ", ".join(f"'{criterion}'" for criterion, is_here in zip(criteria, reached, strict=True) if is_here == side)
            for side in (True, False)
        )
        raise EngineError(
            f"no judgement connects {here} with {there}", "compare one of the former with one of the latter"
        )
