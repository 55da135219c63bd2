"""An uncertain performance: from its range and distribution to what is drawn.

| distribution | low and high are | between them |
|---|---|---|
| ``exact`` | not looked at | the value alone |
| ``uniform`` | the ends | all alike; what `unknown` comes to over the whole scale |
| ``triangular`` | the ends | rising to the value in a straight line, and falling from it |
| ``pert`` | the ends | a beta distribution whose peak is the value, which weighs four times as much as an end |
| ``normal`` | 5th and 95th percentile | symmetrical: the value is not looked at |
| ``lognormal`` | 5th and 95th percentile | the logarithm is normal: the value is not looked at |
| ``beta`` | 5th and 95th percentile | on the criterion's scale, which it never leaves: the value is not looked at |

A figure drawn beyond the criterion's scale counts as the scale's end, as everywhere.

Where several assessors judge a performance, each in one of these ways, theirs are pooled: any of them may be right,
each with the same chance, and whoever is drawn, a figure is drawn as that one judges (the linear opinion pool).

References
----------
Stone (1961), The opinion pool, Annals of Mathematical Statistics 32(4):1339-1342, and Clemen & Winkler (1999),
Combining probability distributions from experts in risk analysis, Risk Analysis 19(2):187-203, for the pool.
Malcolm, Roseboom, Clark & Fazar (1959), Application of a technique for research and development program evaluation,
Operations Research 7(5):646-669, for ``pert``.
"""

from __future__ import annotations

from math import inf, isnan, log
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from policyopts.engine.errors import EngineError
from policyopts.engine.robustness.percentiles import beta_shapes, normal_parameters
from policyopts.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

Distribution = Literal["exact", "uniform", "triangular", "pert", "normal", "lognormal", "beta"]
DISTRIBUTIONS: tuple[Distribution, ...] = get_args(Distribution)
Kind = Distribution | Literal["pool"]
KINDS: tuple[Kind, ...] = (*DISTRIBUTIONS, "pool")

NEVER = 7.0  # standard deviations beyond which one draw in 10¹² lies: a scale's end that far off is never met


class Cell(NamedTuple):
    """An uncertain performance: figures are origin + span · draw, of the logarithm for ``lognormal``."""

    option: int
    criterion: int
    distribution: Kind
    origin: float
    span: float
    low: float  # where figures lie, but for one in 10¹² of those without an end
    high: float
    peak: float = 0.0  # of a triangle, from 0 to 1
    alpha: float = 0.0  # of a beta distribution
    beta: float = 0.0
    may_be_cut: bool = False  # figures beyond low and high are drawn, and count as the end
    parts: tuple[Cell, ...] = ()  # of a pool: as each assessor judges it, ``exact`` where that one is certain


class Judgement(NamedTuple):
    """What one of several assessors says of a performance: a range with its distribution, or an exact value."""

    low: float
    value: float
    high: float
    distribution: str


class Scale(NamedTuple):
    """A criterion's scale, lower end first; without one, no end is met."""

    low: float
    high: float

    @classmethod
    def of(cls, low: float, high: float) -> Scale:
        """Take NaN for no end."""
        return cls(-inf if isnan(low) else low, inf if isnan(high) else high)


def uncertain_cell(
    place: tuple[int, int], name: str, low: float, value: float, high: float, scale: Scale
) -> Cell | None:
    """Find out what is drawn for a performance; None where nothing is, because it is certain.

    Raises
    ------
    EngineError
        For what makes no distribution; who calls knows which cell it is.
    """
    if name not in DISTRIBUTIONS:
        raise EngineError(f"there is no distribution {name!r}", did_you_mean(name, DISTRIBUTIONS))
    if name == "exact":
        return None
    if not scale.low <= low <= high <= scale.high or high - low == inf:
        raise EngineError(f"the range {low:g} to {high:g} does not rise within the criterion's scale")
    if not low <= value <= high and (name in {"triangular", "pert"} or low == high):
        raise EngineError(f"the value {value:g} lies outside its range of {low:g} to {high:g}")
    return None if low == high else _uncertain(place, name, low, value, high, scale)


def pooled_cell(place: tuple[int, int], judgements: Sequence[Judgement], scale: Scale) -> Cell | None:
    """Find out what is drawn for a performance that several assessors judge; None where all give the same figure.

    Its draws are figures already.

    Raises
    ------
    EngineError
        As for `uncertain_cell`, for any of the judgements, and where there is none.
    """
    if not judgements:
        raise EngineError("a pool needs one judgement at least")
    parts = tuple(_judged(place, judgement, scale) for judgement in judgements)
    low, high = min(part.low for part in parts), max(part.high for part in parts)
    return Cell(*place, "pool", 0.0, 1.0, low, high, parts=parts) if low < high else None


def _judged(place: tuple[int, int], judgement: Judgement, scale: Scale) -> Cell:
    low, value, high, name = judgement
    found = uncertain_cell(place, name, low, value, high, scale)
    return found or Cell(*place, "exact", value, 0.0, value, value)


def _uncertain(
    place: tuple[int, int], distribution: Distribution, low: float, value: float, high: float, scale: Scale
) -> Cell:
    plain = Cell(*place, distribution, low, high - low, low, high)
    peak = (value - low) / (high - low)
    match distribution:
        case "triangular":
            return plain._replace(peak=peak)
        case "pert":
            return plain._replace(alpha=1 + 4 * peak, beta=5 - 4 * peak)
        case "normal" | "lognormal":
            return _by_deviation(place, distribution, low, high, scale)
        case "beta":
            return _on_scale(place, low, high, scale)
    return plain


def _by_deviation(place: tuple[int, int], distribution: Distribution, low: float, high: float, scale: Scale) -> Cell:
    if distribution == "lognormal":
        if low <= 0:
            raise EngineError(f"a lognormal distribution takes figures above 0, not {low:g}")
        return Cell(*place, distribution, *normal_parameters(log(low), log(high)), *scale, may_be_cut=True)
    mean, deviation = normal_parameters(low, high)
    reach = mean - NEVER * deviation, mean + NEVER * deviation
    cut = reach[0] < scale.low or reach[1] > scale.high
    ends = scale if cut else reach
    return Cell(*place, distribution, mean, deviation, *ends, may_be_cut=cut)


def _on_scale(place: tuple[int, int], low: float, high: float, scale: Scale) -> Cell:
    width = scale.high - scale.low
    if width == inf or not scale.low < low <= high < scale.high:
        raise EngineError("a beta distribution needs a scale, and a range within it that leaves out both ends")
    alpha, beta = beta_shapes((low - scale.low) / width, (high - scale.low) / width)
    return Cell(*place, "beta", scale.low, width, *scale, alpha=alpha, beta=beta)
