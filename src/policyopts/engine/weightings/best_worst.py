"""BWM: weights from comparing every criterion with the best and with the worst one.

Someone names the criterion that matters most and the one that matters least, and says how many times more the best one
matters than each other, and each other than the worst one, on a scale from 1 to 9. That is 2n - 3 judgements where AHP
asks for n(n - 1)/2, and they tend to contradict each other less. Ask about the swings on the scales.

Use it for up to nine or so criteria side by side, when the best and the worst are plain to see. The consistency ratio
is 0 for judgements that fit together and 1 for the worst that can be.

Do not use it where the best one is open to dispute: all judgements hang on the two that are named. The linear model is
the default, as it has one solution. The nonlinear one may have many, and then gives ranges.

>>> result = best_worst(
...     ["price", "quality", "comfort", "safety", "style"],
...     best="quality",
...     worst="style",
...     best_to_others={"price": 2, "comfort": 4, "safety": 3, "style": 8},
...     others_to_worst={"price": 4, "quality": 8, "comfort": 2, "safety": 3},
... )
>>> result.weights.round(4).tolist()
[0.2295, 0.4481, 0.1148, 0.153, 0.0546]
>>> round(result.details["xi"], 4), round(result.details["consistency_ratio"], 3)
(0.0109, 0.018)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.judgements import by_criterion, refuse_missing, refuse_unknown
from policyopts.engine.weightings import WeightingResult

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray

Model = Literal["linear", "nonlinear"]

LARGEST_RATIO = 1e6


class Ratios(NamedTuple):
    """What the judgements say: numbers from 1 up."""

    best_to: FloatArray  # (others,): the criteria that are neither the best nor the worst
    to_worst: FloatArray  # (others,)
    best_to_worst: float | None


class Solution(NamedTuple):
    """Weights in units of the worst criterion's, each from low to high, and by how much they miss the judgements."""

    xi: float
    best: float
    low: FloatArray  # (others,)
    high: FloatArray  # (others,)


def best_worst(
    criteria: Sequence[str],
    *,
    best: str,
    worst: str,
    best_to_others: Mapping[str, float] | ArrayLike,
    others_to_worst: Mapping[str, float] | ArrayLike,
    model: Model = "linear",
) -> WeightingResult:
    """Find the weights that miss the worst-met judgement by least.

    Parameters
    ----------
    criteria
        The criteria's ids.
    best, worst
        The ids of the criteria that matter most and least.
    best_to_others, others_to_worst
        Ratios from 1 up, by id or for all criteria in order. How many times more the best matters than the worst
        belongs in either; it may be left out, and the consistency ratio is then None.
    model
        ``linear`` keeps |w_B - a_Bj·w_j| and |w_j - a_jW·w_W| small, ``nonlinear`` |w_B/w_j - a_Bj| and
        |w_j/w_W - a_jW|.

    Returns
    -------
    result
        Details: `xi`, what the worst-met judgement is missed by; `consistency_ratio`; and `intervals` (criteria, 2),
        the least and the greatest weight with that xi. The linear model has one solution, so its intervals have no
        width. The nonlinear model's weights are the middles of the intervals, as shares of their sum.

    Raises
    ------
    EngineError
        For judgements that are missing or below 1, and where another criterion is said to matter less than the worst or
        more than the best.

    Notes
    -----
    Neither model needs a solver. With w_W = 1 the judgements bound w_B, directly or through one other criterion, from
    below and above: by lines in xi (linear) or by curves (nonlinear). The least xi is the first that puts every lower
    bound under every upper one. The linear model measures xi as a share of all weights, so it is least where their sum
    is greatest: at the upper end of every bound, which is one point. In the nonlinear model w_B is one point, and each
    other weight a range.

    The linear model's consistency ratio is input-based: the greatest |a_Bj·a_jW - a_BW| / (a_BW² - a_BW) over j. The
    nonlinear model's is xi over the greatest xi that a_BW allows.

    References
    ----------
    Rezaei (2015), Best-worst multi-criteria decision-making method, Omega 53:49-57.
    Rezaei (2016), Best-worst multi-criteria decision-making method: Some properties and a linear model, Omega
    64:126-130.
    Liang, Brunelli & Rezaei (2020), Consistency issues in the best worst method, Omega 96:102175.
    """
    refuse_unknown("best", [best], criteria)
    refuse_unknown("worst", [worst], criteria)
    first, last = criteria.index(best), criteria.index(worst)
    if first == last and len(criteria) > 1:
        raise EngineError(f"best and worst are both '{best}'; they are the same only where there is one criterion")
    others = [place for place in range(len(criteria)) if place not in {first, last}]
    ratios = _ratios(criteria, (first, last), others, best_to_others, others_to_worst)
    solution = MODELS[model](ratios)
    low, high = np.ones(len(criteria)), np.ones(len(criteria))  # the worst one's, by the choice of unit
    low[others], high[others] = solution.low, solution.high
    if first != last:
        low[first] = high[first] = solution.best
    # A weight is least where it is low and all others are high.
    intervals = np.column_stack([low / (low + (high.sum() - high)), high / (high + (low.sum() - low))])
    weights = intervals.mean(axis=1)
    weights /= weights.sum()
    xi = solution.xi / float(high.sum()) if model == "linear" else solution.xi
    ratio = CONSISTENCY[model](ratios, xi)
    return WeightingResult(weights, {"xi": xi, "consistency_ratio": ratio, "intervals": intervals})


def _linear(ratios: Ratios) -> Solution:
    """Minimise the differences; xi comes in units of the worst criterion's weight, like all."""
    # Lines slope ± reach · xi between which w_B must lie: one from each way from the worst to the best.
    slope, reach = ratios.best_to * ratios.to_worst, ratios.best_to + 1
    if ratios.best_to_worst is not None:
        slope, reach = np.append(slope, ratios.best_to_worst), np.append(reach, 1.0)
    xi = float(np.max(np.subtract.outer(slope, slope) / np.add.outer(reach, reach)))
    best = float(np.min(slope + reach * xi))
    others = np.minimum((best + xi) / ratios.best_to, ratios.to_worst + xi)
    return Solution(xi, best, others, others)


def _nonlinear(ratios: Ratios) -> Solution:
    """Minimise the differences of ratios."""
    best_to, to_worst = ratios.best_to, ratios.to_worst
    product, total = best_to * to_worst, best_to + to_worst
    # (a_Bi - xi)(a_iW - xi) ≤ w_B ≤ (a_Bj + xi)(a_jW + xi), for any two others i and j.
    meets = [np.subtract.outer(product, product) / np.add.outer(total, total)] if product.size else [np.zeros(1)]
    if ratios.best_to_worst is not None:
        # a_BW ± xi is the other side: the lesser root of a square equation in xi.
        apart = product - ratios.best_to_worst
        meets.append(2 * np.abs(apart) / (total + 1 + np.sqrt(np.square(total + 1) - 4 * apart)))
    xi = float(np.max(np.concatenate([meet.ravel() for meet in meets])))
    lows, highs = _lowered(best_to, xi) * _lowered(to_worst, xi), (best_to + xi) * (to_worst + xi)
    if ratios.best_to_worst is not None:
        lows, highs = np.append(lows, ratios.best_to_worst - xi), np.append(highs, ratios.best_to_worst + xi)
    best = float(lows.max() + highs.min()) / 2  # both are the same but for rounding
    with np.errstate(divide="ignore"):
        low = np.maximum(best / (best_to + xi), to_worst - xi)
        high = np.minimum(best / _lowered(best_to, xi), to_worst + xi)
    return Solution(xi, best, np.minimum(low, high), high)


def _lowered(ratios: FloatArray, xi: float) -> FloatArray:
    return np.maximum(ratios - xi, 0.0)


def _input_based(ratios: Ratios, xi: float) -> float | None:
    """Measure how far the judgements themselves are from fitting, after Liang, Brunelli & Rezaei (2020)."""
    whole = ratios.best_to_worst
    if whole is None:
        return None
    misses = np.abs(ratios.best_to * ratios.to_worst - whole)
    return float(np.max(misses, initial=0.0)) / (whole**2 - whole) if whole > 1 else 0.0


def _output_based(ratios: Ratios, xi: float) -> float | None:
    """Divide xi by the greatest that it can be, the consistency index of Rezaei (2015)."""
    whole = ratios.best_to_worst
    if whole is None:
        return None
    return xi / ((1 + 2 * whole - np.sqrt(1 + 8 * whole)) / 2) if whole > 1 else 0.0


MODELS: Mapping[Model, Callable[[Ratios], Solution]] = {"linear": _linear, "nonlinear": _nonlinear}
CONSISTENCY: Mapping[Model, Callable[[Ratios, float], float | None]] = {
    "linear": _input_based,
    "nonlinear": _output_based,
}


def _ratios(
    criteria: Sequence[str],
    ends: tuple[int, int],
    others: list[int],
    best_to_others: Mapping[str, float] | ArrayLike,
    others_to_worst: Mapping[str, float] | ArrayLike,
) -> Ratios:
    first, last = ends
    best, worst = criteria[first], criteria[last]
    table = {}
    for name, given, itself in (("best_to_others", best_to_others, first), ("others_to_worst", others_to_worst, last)):
        numbers = by_criterion(name, given, criteria)
        refuse_missing(name, [criteria[place] for place in others if np.isnan(numbers[place])])
        for place in np.flatnonzero(~np.isnan(numbers) & ~((numbers >= 1) & (numbers <= LARGEST_RATIO))).tolist():
            raise EngineError(f"{name}: {criteria[place]}: {numbers[place]:g} is not a ratio from 1 up")
        if numbers[itself] not in {1.0} and not np.isnan(numbers[itself]):
            raise EngineError(f"{name}: '{criteria[itself]}' compared with itself is 1, not {numbers[itself]:g}")
        table[name] = numbers
    both = (table["best_to_others"][last], table["others_to_worst"][first])
    wholes = {float(number) for number in both if not np.isnan(number)}
    if len(wholes) > 1:
        one, two = sorted(wholes)
        raise EngineError(f"'{best}' against '{worst}' is said to be {one:g} and {two:g}; give it once, or alike")
    if not wholes and not others and first != last:
        raise EngineError(f"best_to_others: nothing is given for '{worst}'")
    whole = 1.0 if first == last else next(iter(wholes), None)
    for name, numbers in table.items():
        for place in others:
            if whole is not None and numbers[place] > whole:
                raise EngineError(
                    f"{name}: {criteria[place]}: {numbers[place]:g} is more than the {whole:g} of '{best}' against"
                    f" '{worst}', so they would not be the best and the worst"
                )
    return Ratios(table["best_to_others"][others], table["others_to_worst"][others], whole)
