"""How well pairwise judgements fit together, and where to look first when they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from policyopts.model.estimates import figure

if TYPE_CHECKING:
    from collections.abc import Mapping

AHP_LIMIT = 0.10  # Saaty (1980)

# The input-based consistency ratio that judgements of the best-worst method should not exceed: by how many times the
# best matters more than the worst, for 3 to 9 criteria. Liang, Brunelli & Rezaei (2020), Omega 96:102175, table of
# thresholds. No figure is published for other ratios.
# fmt: off
BWM_LIMITS: Mapping[float, tuple[float, ...]] = {
    3: (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}
# fmt: on


class Consistency(NamedTuple):
    """A group's consistency ratio and what it should not exceed; `worst` says what to look at first."""

    ratio: float
    limit: float | None
    worst: str
    worst_key: str | None

    @property
    def is_poor(self) -> bool:
        """Whether the judgements contradict each other more than they should."""
        return self.limit is not None and self.ratio > self.limit


def consistency(method: str, given: Mapping[str, object], details: Mapping[str, object]) -> Consistency | None:
    """Judge a group's consistency by what was given and what the weighting said of it; None where nothing is known."""
    ratio = cast("float | None", details.get("consistency_ratio"))
    if ratio is None:
        return None
    if method == "ahp":
        worst = cast("Mapping[str, Any] | None", details["worst_judgement"])
        if worst is None:
            return Consistency(ratio, AHP_LIMIT, "", None)
        said = f"{worst['judgement']}: {_brief(worst['given'])}, where {_brief(worst['fitting'])} would fit"
        return Consistency(ratio, AHP_LIMIT, said, worst["judgement"])
    return Consistency(ratio, _bwm_limit(given), _bwm_worst(given), None)


def _bwm_limit(given: Mapping[str, object]) -> float | None:
    """Give the published limit for the linear model; None where there is none, or for the model of 2015."""
    to_others, to_worst = _rows(given)
    count = len({given["best"], given["worst"], *to_others, *to_worst})
    limits = BWM_LIMITS.get(_whole(given) or 0, ())
    return limits[count - 3] if limits and 3 <= count <= 9 and given.get("model", "linear") == "linear" else None


def _bwm_worst(given: Mapping[str, object]) -> str:
    """Name the criterion through which the best comes furthest from what it is said to be beside the worst."""
    (to_others, to_worst), whole = _rows(given), _whole(given)
    between = [id_ for id_ in to_others if id_ in to_worst and id_ not in {given["best"], given["worst"]}]
    if whole is None or not between:
        return ""
    off = {id_: abs(to_others[id_] * to_worst[id_] - whole) for id_ in between}
    id_ = max(between, key=lambda each: off[each])
    if not off[id_]:
        return ""
    product = f"{_brief(to_others[id_])} × {_brief(to_worst[id_])} = {_brief(to_others[id_] * to_worst[id_])}"
    ends = f"'{given['best']}' is {product} times '{given['worst']}'"
    return f"'{id_}', through which {ends}, where {_brief(whole)} is given"


def _rows(given: Mapping[str, object]) -> tuple[Mapping[str, float], Mapping[str, float]]:
    return cast("Any", given["best_to_others"]), cast("Any", given["others_to_worst"])


def _whole(given: Mapping[str, object]) -> float | None:
    """Give how many times more the best matters than the worst, from either row."""
    to_others, to_worst = _rows(given)
    return to_others.get(str(given["worst"]), to_worst.get(str(given["best"])))


def _brief(number: float) -> str:
    return figure(float(f"{number:.3g}"))
