"""The decision matrix: what every method starts from."""

from __future__ import annotations

from collections import Counter
from dataclasses import FrozenInstanceError
from functools import cache, cached_property
from math import isnan
from typing import TYPE_CHECKING, Literal, NoReturn, get_args

import numpy as np

from policyopts.engine.arrays import LARGEST, extremes, frozen
from policyopts.engine.errors import EngineError
from policyopts.engine.normalisation import by_value, spread
from policyopts.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import BoolArray, FloatArray

    PerCriterion: TypeAlias = ArrayLike | Sequence[float | None]

Direction = Literal["max", "min"]
PreferenceFunction = Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"]

SIGNS: dict[str | float, float] = {"max": 1.0, "min": -1.0, 1: 1.0, -1: -1.0}
PREFERENCE_FUNCTIONS: tuple[PreferenceFunction, ...] = get_args(PreferenceFunction)


class DecisionMatrix:
    """Performances of options on criteria, with weights, directions and scales; frozen once built.

    Arrays are viewed, not copied: the matrix never writes to one, and its maker should not afterwards.

    Parameters
    ----------
    values
        Raw performances (…, options, criteria), in each criterion's unit. Axes before the last two are samples.
    weights
        Any non-negative numbers (…, criteria); kept as shares of the whole.
    directions
        For each criterion ``"max"`` or 1 where more is better, ``"min"`` or -1 where less is; kept as ±1.0.
    options, criteria
        Their ids; a1, a2, … and c1, c2, … unless given.
    lower, upper
        The ends of each criterion's scale, lower before upper whatever the direction.
    preference_functions, indifference, preference, veto, gaussian
        What the outranking methods ask of each criterion; thresholds in its unit, one for each criterion or one for
        each cell (…, options, criteria), which holds at that option's performance.
    scaled
        The performances as values from 0 to 1, where they follow other value functions than straight lines.

    Notes
    -----
    Scale ends and thresholds are None or NaN for a criterion that has none, and are kept as arrays with NaN: scale
    ends as (criteria,), thresholds as they are given.

    Examples
    --------
    >>> matrix = DecisionMatrix([[3, 200], [1, 100]], weights=[60, 20], directions=["max", "min"])
    >>> matrix.weights.tolist()
    [0.75, 0.25]
    >>> matrix.scaled.tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """

    values: FloatArray
    lowest: FloatArray  # (…, 1, criteria), over the options
    highest: FloatArray
    weights: FloatArray
    directions: FloatArray
    criteria: tuple[str, ...]
    lower: FloatArray
    upper: FloatArray
    preference_functions: tuple[PreferenceFunction | None, ...]
    indifference: FloatArray
    preference: FloatArray
    veto: FloatArray
    gaussian: FloatArray

    def __init__(
        self,
        values: ArrayLike,
        weights: ArrayLike,
        directions: Iterable[Direction | float],
        *,
        options: Iterable[str] | None = None,
        criteria: Iterable[str] | None = None,
        lower: PerCriterion | None = None,
        upper: PerCriterion | None = None,
        preference_functions: Iterable[PreferenceFunction | None] | None = None,
        indifference: PerCriterion | None = None,
        preference: PerCriterion | None = None,
        veto: PerCriterion | None = None,
        gaussian: PerCriterion | None = None,
        scaled: ArrayLike | None = None,
    ) -> None:
        table = _numbers("values", values)
        if table.ndim < 2 or not table.size:
            raise EngineError(f"values: a table of options by criteria is needed, not the shape {table.shape}")
        count, width = table.shape[-2:]
        ids = _criteria_ids(width) if criteria is None else _ids("criteria", criteria, width)
        own = self.__dict__  # attributes are set here, once: assignment is refused
        own["values"] = frozen(table)
        own["criteria"] = ids
        if options is not None:
            own["options"] = _ids("options", options, count)
        own["lowest"], own["highest"] = lowest, highest = extremes(table)
        if not (lowest.min() >= -LARGEST and highest.max() <= LARGEST):
            self.refuse(~(np.abs(table) <= LARGEST), f"is not a number from {-LARGEST:g} to {LARGEST:g}")
        own["weights"] = _shares(weights, ids, table.shape[:-2])
        own["directions"] = _signs(directions, ids)
        nothing = _nothing(width)
        for name, ends in (("lower", lower), ("upper", upper)):
            own[name] = nothing if ends is None else _row(name, ends, ids)
        if lower is not None or upper is not None:
            self._check_scales()
        thresholds = {"indifference": indifference, "preference": preference, "veto": veto, "gaussian": gaussian}
        for name, given in thresholds.items():
            own[name] = nothing if given is None else self._thresholds(name, given)
        if any(given is not None for given in thresholds.values()):
            self._check_thresholds()
        own["preference_functions"] = _functions(preference_functions, ids)
        if scaled is not None:
            own["scaled"] = self._unit_values(scaled)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to {name!r}: a decision matrix is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete {name!r}: a decision matrix is frozen")

    def __repr__(self) -> str:
        return f"<DecisionMatrix of the shape {self.values.shape}, criteria {', '.join(self.criteria)}>"

    # These are worked out when first asked for: most methods do without some of them.

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The options' ids."""
        return _default_ids("a", self.values.shape[-2])

    @cached_property
    def scaled(self) -> FloatArray:
        """The performances as values from 0 to 1 = best: as given, or by straight lines."""
        return frozen(by_value(self).table())

    @cached_property
    def best(self) -> FloatArray:
        """The best performance of any option on each criterion, as (…, 1, criteria)."""
        return frozen(np.where(self.directions > 0, self.highest, self.lowest))

    @cached_property
    def worst(self) -> FloatArray:
        """The worst performance of any option on each criterion, as (…, 1, criteria)."""
        return frozen(np.where(self.directions > 0, self.lowest, self.highest))

    @cached_property
    def spread(self) -> FloatArray:
        """The way from the lowest to the highest, as (…, 1, criteria); 0 where all are alike but for rounding."""
        return frozen(spread(self.lowest, self.highest))

    @property
    def bounds(self) -> tuple[FloatArray, FloatArray]:
        """The lower and upper ends of the scales, or the range of the options where a criterion has no scale."""
        open_ended = np.isnan(self.lower)
        if not open_ended.any():
            return self.lower, self.upper
        return np.where(open_ended, self.lowest, self.lower), np.where(open_ended, self.highest, self.upper)

    def option(self, place: int) -> str:
        """Give the id of one option, without making up those of all."""
        given = vars(self).get("options")
        return f"a{place + 1}" if given is None else str(given[place])

    def row(self, name: str, numbers: ArrayLike) -> FloatArray:
        """Read one number for each criterion."""
        return _row(name, numbers, self.criteria)

    def with_weights(self, weights: ArrayLike) -> DecisionMatrix:
        """Return the same matrix under other weights."""
        other = object.__new__(DecisionMatrix)
        other.__dict__.update(self.__dict__, weights=_shares(weights, self.criteria, self.values.shape[:-2]))
        return other

    def with_values(self, values: ArrayLike, scaled: ArrayLike | None = None) -> DecisionMatrix:
        """Return the matrix of other performances, such as samples, on the same options and criteria."""
        return DecisionMatrix(
            values,
            self.weights,
            self.directions.tolist(),
            options=self.options,
            criteria=self.criteria,
            lower=self.lower,
            upper=self.upper,
            preference_functions=self.preference_functions,
            indifference=self.indifference,
            preference=self.preference,
            veto=self.veto,
            gaussian=self.gaussian,
            scaled=scaled,
        )

    def refuse(self, cells: BoolArray, because: str) -> None:
        """Raise an error that names the first of the marked cells, where any is marked."""
        if cells.any():
            cell = np.unravel_index(cells.argmax(), cells.shape)
            option, criterion = self.option(int(cell[-2])), self.criteria[cell[-1]]
            raise EngineError(f"option {option}, criterion {criterion}: {self.values[cell]:g} {because}")

    def _check_scales(self) -> None:
        for criterion, lower, upper in zip(self.criteria, self.lower, self.upper, strict=True):
            if not (isnan(lower) and isnan(upper)) and not -LARGEST <= lower < upper <= LARGEST:
                ends = f"{lower:g} and {upper:g}"
                raise EngineError(f"criterion {criterion}: a scale's ends are two numbers, the lower first, not {ends}")
        if (self.lowest < self.lower).any() or (self.highest > self.upper).any():
            self.refuse((self.values < self.lower) | (self.values > self.upper), "is off the criterion's scale")

    def _thresholds(self, name: str, given: PerCriterion) -> FloatArray:
        numbers = _numbers(name, given)
        if numbers.ndim < 2:
            _check_length(name, numbers.shape, self.criteria)
        elif numbers.shape not in {self.values.shape, self.values.shape[-2:]}:
            needed = f"one for each criterion, or one for each cell {self.values.shape}"
            raise EngineError(f"{name}: {needed}, not the shape {numbers.shape}")
        return frozen(numbers)

    def _check_thresholds(self) -> None:
        for name in ("indifference", "preference", "veto", "gaussian"):
            numbers = getattr(self, name)
            self._refuse_thresholds(~np.isnan(numbers) & ~((numbers >= 0) & (numbers <= LARGEST)), "numbers from 0 up")
        for lesser, greater in (("indifference", "preference"), ("indifference", "veto"), ("preference", "veto")):
            wrong = np.asarray(getattr(self, lesser) > getattr(self, greater))
            self._refuse_thresholds(wrong, "indifference ≤ preference ≤ veto")

    def _refuse_thresholds(self, wrong: BoolArray, rule: str) -> None:
        if wrong.any():
            cell = np.unravel_index(wrong.argmax(), wrong.shape)
            option = f"option {self.option(int(cell[-2]))}, " if len(cell) > 1 else ""
            raise EngineError(f"{option}criterion {self.criteria[cell[-1]]}: thresholds are {rule}")

    def _unit_values(self, scaled: ArrayLike) -> FloatArray:
        table = _numbers("scaled", scaled)
        if table.shape != self.values.shape:
            raise EngineError(f"scaled: the values' shape {self.values.shape} is needed, not {table.shape}")
        if not (table.min() >= 0 and table.max() <= 1):
            self.refuse(~((table >= 0) & (table <= 1)), "has a scaled value that is not between 0 and 1")
        return frozen(table)


def _numbers(name: str, data: object) -> FloatArray:
    try:
        return np.asarray(data, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise EngineError(f"{name}: not an array of numbers ({error})") from error


def _row(name: str, data: object, criteria: tuple[str, ...]) -> FloatArray:
    row = _numbers(name, data)
    _check_length(name, row.shape, criteria)
    return frozen(row)


def _shares(weights: ArrayLike, criteria: tuple[str, ...], samples: tuple[int, ...]) -> FloatArray:
    numbers = _numbers("weights", weights)
    _check_length("weights", numbers.shape[-1:], criteria)
    if numbers.ndim > 1 and samples not in {(), numbers.shape[:-1]}:
        raise EngineError(f"weights: the samples {numbers.shape[:-1]} are not those of the values, {samples}")
    wrong = ~((numbers >= 0) & (numbers <= LARGEST))
    if wrong.any():
        cell = np.unravel_index(wrong.argmax(), wrong.shape)
        raise EngineError(f"criterion {criteria[cell[-1]]}: the weight {numbers[cell]:g} is not a number from 0 up")
    total = numbers.sum(axis=-1, keepdims=True)
    if not total.all():
        raise EngineError("weights: all are zero; give at least one criterion a weight above 0")
    return frozen(numbers / total)


def _signs(directions: Iterable[Direction | float], criteria: tuple[str, ...]) -> FloatArray:
    given = directions.tolist() if isinstance(directions, np.ndarray) else tuple(directions)
    _check_length("directions", (len(given),), criteria)
    if SIGNS.keys() >= set(given):
        return frozen(np.array([SIGNS[direction] for direction in given]))
    wrong = next(place for place, direction in enumerate(given) if direction not in SIGNS)
    raise EngineError(f"criterion {criteria[wrong]}: the direction {given[wrong]!r} is neither 'max' nor 'min'")


def _functions(
    names: Iterable[PreferenceFunction | None] | None, criteria: tuple[str, ...]
) -> tuple[PreferenceFunction | None, ...]:
    if names is None:
        return (None,) * len(criteria)
    given = tuple(names)
    _check_length("preference_functions", (len(given),), criteria)
    for criterion, name in zip(criteria, given, strict=True):
        if name is not None and name not in PREFERENCE_FUNCTIONS:
            raise EngineError(
                f"criterion {criterion}: there is no preference function {name!r}",
                did_you_mean(str(name), PREFERENCE_FUNCTIONS),
            )
    return given


def _check_length(name: str, shape: tuple[int, ...], criteria: tuple[str, ...]) -> None:
    if shape != (len(criteria),):
        given = str(shape[0]) if len(shape) == 1 else f"the shape {shape}"
        raise EngineError(f"{name}: {len(criteria)} are needed, one for each criterion, not {given}")


@cache
def _criteria_ids(count: int) -> tuple[str, ...]:
    return _default_ids("c", count)


@cache
def _nothing(count: int) -> FloatArray:
    """Give a row of nothing, the same for all matrices of one width: small ones are made by the thousand."""
    return frozen(np.full(count, np.nan))


def _default_ids(letter: str, count: int) -> tuple[str, ...]:
    return tuple([f"{letter}{number}" for number in range(1, count + 1)])


def _ids(name: str, given: Iterable[str], count: int) -> tuple[str, ...]:
    ids = tuple(given)
    if len(ids) != count:
        raise EngineError(f"{name}: {count} ids are needed, not {len(ids)}")
    if len(set(ids)) < count:
        raise EngineError(f"{name}: the id {Counter(ids).most_common(1)[0][0]!r} stands there twice")
    return ids
