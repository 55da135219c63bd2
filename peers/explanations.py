"""Where a peer says something else than we do, and why: each explanation works out what the peer says.

So an explanation that is wrong, or that a new release makes out of date, shows as a disagreement without one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from peers.adapters.policyopts import ANSWERS, apply

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.problems import Array, Problem


@dataclass(frozen=True)
class Explanation:
    """Why a peer's answer differs, what is right, and what its answer then is."""

    reason: str
    right: str
    theirs: Callable[[Problem], Array]


def _dense(figures: Array) -> Array:
    """Rank from the lowest, as 1, 2, 2, 3."""
    return _dense_exactly(figures.round(12))


def _dense_exactly(figures: Array) -> Array:
    return np.unique(figures, return_inverse=True)[1] + 1.0


def _mean_places(scores: Array) -> Array:
    """Rank from the highest; those who tie share the mean of their places."""
    higher = (scores > scores[:, np.newaxis]).sum(axis=1)
    return higher + ((scores == scores[:, np.newaxis]).sum(axis=1) + 1) / 2


def _steps(problem: Problem, *thresholds: Array) -> Array:
    """Give net flows where a preference rises in equal steps, each as soon as the difference exceeds a threshold."""
    figures = problem.values * problem.directions
    differences = figures[:, np.newaxis] - figures
    preferences = np.mean([differences > threshold for threshold in thresholds], axis=0) @ problem.weights
    net: Array = (preferences.sum(axis=1) - preferences.sum(axis=0)) / (len(figures) - 1)
    return net


def _no_number(problem: Problem) -> Array:
    return np.full(len(problem.values), np.nan)


def _costs_as_benefits(problem: Problem) -> Array:
    details = apply(problem, "copras").details
    significance = details["S_plus"] + details["S_minus"]
    return significance / significance.max()


def _simulated_random_index(problem: Problem) -> Array:
    simulated = {3: 0.5799, 4: 0.8921, 5: 1.1159, 6: 1.2358, 7: 1.3322}
    printed = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32}
    count = len(problem.weights)
    return ANSWERS["ahp consistency ratio"](problem) * printed[count] / simulated[count]


def _row_sums(problem: Problem) -> Array:
    return problem.judgements.sum(axis=1) / problem.judgements.sum()


def _sums_of_the_options_alone(problem: Problem) -> Array:
    figures = np.where(problem.directions > 0, problem.values, 1 / problem.values)
    shares = figures / figures.sum(axis=0) * problem.weights
    return shares.sum(axis=1) / shares.max(axis=0).sum()


def _compromise_first(problem: Problem) -> Array:
    result = apply(problem, "vikor")
    places = _dense(result.details["Q"])
    compromise: Any = result.document["compromise_set"]
    last = max(places[int(option[1:]) - 1] for option in compromise)  # a1 is the first
    return np.where(places <= last, 1.0, places - last + 1)


def _outranked_by_none(problem: Problem) -> Array:
    return (ANSWERS["electre-1 outranks"](problem).max(axis=0) == 0).astype(np.float64)


def _weighted_factors(problem: Problem) -> Array:
    return problem.weights * problem.values / np.sqrt(np.square(problem.values).sum(axis=0))


def _product(problem: Problem) -> Array:
    return np.prod(_weighted_factors(problem) ** problem.directions, axis=1)


def _logarithm_of_product(problem: Problem) -> Array:
    return (np.log(_weighted_factors(problem)) * problem.directions).sum(axis=1)


def _three_places(problem: Problem) -> Array:
    details = apply(problem, "multimoora").details
    return np.stack(
        [_dense(-details["ratio"]), _dense(details["reference_point"]), _dense(-_logarithm_of_product(problem))]
    )


def _duels_won(problem: Problem) -> Array:
    places = _three_places(problem)
    wins = np.zeros(len(problem.values))
    for one, other in combinations(range(len(wins)), 2):
        if (places[:, one] != places[:, other]).all():
            first_wins = (places[:, one] < places[:, other]).sum() > 1
            wins[one if first_wins else other] += 1
    return _dense(-wins)


def _sums_of_places(problem: Problem) -> Array:
    places = _three_places(problem)
    return _dense(-(places[:, :, np.newaxis] < places[:, np.newaxis]).sum(axis=(0, 2)).astype(np.float64))


def _unweighted_sums_of_places(problem: Problem) -> Array:
    figures = problem.values * problem.directions
    return _dense(np.sum([_dense(-column) for column in figures.T], axis=0))


_DENSE = Explanation(
    "Options that tie take up one place: 1, 2, 2, 3.",
    "Either: a convention. Ours counts the options ahead, 1, 2, 2, 4, as in sports.",
    lambda problem: _dense(-problem.tied),
)
_ROUNDING_SEPARATES = Explanation(
    "Scores that are the same but for their last digit get different ranks.",
    "Ours: else .1 + .2 would rank before .3.",
    lambda problem: _dense_exactly(-problem.nearly_tied),
)
_ROUNDING_EXCEEDS = (
    "A difference that only rounding lifts above a threshold counts as above it, as 0.8 - 0.6 above 0.2.",
    "Ours: that difference is the threshold, and not above it.",
)
_U_SHAPE = Explanation(*_ROUNDING_EXCEEDS, lambda problem: _steps(problem, problem.indifference))
_LEVEL = Explanation(*_ROUNDING_EXCEEDS, lambda problem: _steps(problem, problem.indifference, problem.preference))
_DIRECTIONS_IGNORED = Explanation(
    "Costs are put on 0 to 1 as if they were benefits, so a cost that runs against a benefit seems to differ from it.",
    "Ours: Diakoulaki et al. (1995) measure from the worst to the best. `ignore_direction` gives theirs.",
    ANSWERS["weights critic, directions ignored"],
)
_WORST_IN_ALL = Explanation(
    "Where an option is worst on every criterion, the least S and P are 0 and divided by.",
    "Ours: finite, and that option last.",
    _no_number,
)

EXPLANATIONS: dict[tuple[str, str], Explanation] = {
    ("pymcdm", "ranks of scores that tie but for rounding"): replace(
        _ROUNDING_SEPARATES, theirs=lambda problem: _mean_places(problem.nearly_tied)
    ),
    ("pymcdm", "promethee u-shape"): _U_SHAPE,
    ("pymcdm", "promethee level"): _LEVEL,
    ("pymcdm", "copras"): Explanation(
        "min S⁻ · S⁻ / (S⁻ · (min S⁻ / S⁻)) shortens to S⁻: costs count as benefits.",
        "Ours: Zavadskas, Kaklauskas & Sarka (1994), and the published cases in our tests.",
        _costs_as_benefits,
    ),
    ("pymcdm", "weights critic"): _DIRECTIONS_IGNORED,
    ("pymcdm", "cocoso"): _WORST_IN_ALL,
    ("pymcdm", "ranks of tied scores"): Explanation(
        "Options that tie share the mean of their places: 1, 2.5, 2.5, 4.",
        "Either: a convention. Ours counts the options ahead, 1, 2, 2, 4.",
        lambda problem: _mean_places(problem.tied),
    ),
    ("pymcdm", "ahp consistency ratio"): Explanation(
        "Random indices from a simulation (0.5799, 0.8921, …) instead of Saaty's printed 0.58, 0.90, ….",
        "Either, to the second digit. Ours are those that the limit of 0.10 was given with.",
        _simulated_random_index,
    ),
    ("scikit-criteria", "ranks of scores that tie but for rounding"): _ROUNDING_SEPARATES,
    ("scikit-criteria", "places without ties"): Explanation(
        "`untied_rank_` is an argsort: it lists who stands at each place, not the place of each.",
        "Ours: a place for each option, those who tie as they are listed.",
        lambda problem: np.argsort(_dense(-problem.tied)) + 1.0,
    ),
    ("scikit-criteria", "aras"): Explanation(
        "Its pipeline divides by sums over the options alone, then compares with the best figures.",
        "Ours: Zavadskas & Turskis (2010) have the optimal row among those summed.",
        _sums_of_the_options_alone,
    ),
    ("scikit-criteria", "cocoso"): _WORST_IN_ALL,
    ("scikit-criteria", "vikor ranks"): Explanation(
        "The whole compromise set ranks first unless `use_compromise_set=False`, and places are dense.",
        "Either: Q is the same. Ours ranks by Q and names the compromise set beside the ranking.",
        _compromise_first,
    ),
    ("scikit-criteria", "electre-1 kernel"): Explanation(
        "Its kernel is whoever nobody outranks; the relation is the same as ours.",
        "Ours: by Roy (1968) everyone outside is outranked by someone inside, nobody inside by another; "
        "circles count as one.",
        _outranked_by_none,
    ),
    ("scikit-criteria", "multimoora multiplicative form"): Explanation(
        "Weights multiply the factors, which multiplies all scores by the same number: no effect. Logarithms.",
        "Either: without weights as in 2010, ours with weights as exponents as in Brauers & Zavadskas (2012).",
        _logarithm_of_product,
    ),
    ("scikit-criteria", "multimoora ranks"): Explanation(
        "Counts duels won by most of the three rankings, none where two options tie in one of them; "
        "and the form without weights.",
        "Ours: dominance. Those in a circle share a place, however many they beat.",
        _duels_won,
    ),
    ("scikit-criteria", "ranks of tied scores"): _DENSE,
    ("pyrepo-mcda", "ranks of scores that tie but for rounding"): _ROUNDING_SEPARATES,
    ("pyrepo-mcda", "promethee u-shape"): _U_SHAPE,
    ("pyrepo-mcda", "promethee level"): _LEVEL,
    ("pyrepo-mcda", "multimoora multiplicative form"): Explanation(
        "Weights multiply the factors, which multiplies all scores by the same number: they have no effect.",
        "Either: without weights as in 2010, ours with weights as exponents as in Brauers & Zavadskas (2012).",
        _product,
    ),
    ("pyrepo-mcda", "multimoora ranks"): Explanation(
        "Adds up how many options are behind in each of the three rankings; and the form without weights.",
        "Ours: dominance, by most of the three. A sum is Borda's count.",
        _sums_of_places,
    ),
    ("pyrepo-mcda", "mabac"): Explanation(
        "Fails under numpy 2, which has no `product`.",
        "Ours: the other two agree with it.",
        _no_number,
    ),
    ("pyrepo-mcda", "cocoso"): _WORST_IN_ALL,
    ("pyrepo-mcda", "copeland ranks"): Explanation(
        "Its `copeland` orders by points for places, less those of all others: that is Borda's order.",
        "Ours: Copeland (1951) counts duels won less duels lost. Its rankings carry no weights, our criteria do.",
        _unweighted_sums_of_places,
    ),
    ("pyrepo-mcda", "weights critic"): _DIRECTIONS_IGNORED,
    ("pyrepo-mcda", "weights ahp column-mean"): Explanation(
        "`_normalized_column_sum` takes each row's sum over the sum of all; columns are not normalised.",
        "Ours: Saaty (1980) divides each column by its sum first.",
        _row_sums,
    ),
    ("pyrepo-mcda", "ranks of tied scores"): _DENSE,
}
