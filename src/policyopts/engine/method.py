"""What a ranking method is: its name, its parameters, what it promises, and what it says of a decision matrix.

A method's own file, in `policyopts.engine.methods`, is imported when the method is first used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from keyword import iskeyword
from math import isfinite, nan
from numbers import Real
from typing import TYPE_CHECKING, Literal, cast

from policyopts.engine.errors import EngineError
from policyopts.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.workspace import Workspace

    UnderWeights: TypeAlias = Callable[[FloatArray, Workspace], FloatArray]
    """From shares (criteria, any) to scores (options, any), in arrays of the workspace."""

Axiom = Literal[
    "monotonicity",  # improving one performance never lowers the option's rank
    "dominance",  # an option at least as good on every criterion never ranks below the other
    "units",  # a criterion's unit does not matter
    "inertness",  # a criterion on which all options are alike changes no rank
    "independence",  # adding or removing an option never reorders the others, where the criteria have scales
]


@dataclass(frozen=True, slots=True, eq=False)
class MethodResult:
    """What a method says of a decision matrix."""

    scores: FloatArray  # (…, options), higher = better
    unit: FloatArray | float = 1.0  # (…): how large a score is by nature; ties are a tiny part of it
    details: Mapping[str, FloatArray] = field(default_factory=dict)  # textbook name → (…, options)
    document: Mapping[str, object] = field(default_factory=dict)  # what is said of the options together
    contributions: Callable[[], FloatArray] | None = None  # works out (…, options, criteria) where additive


SMALLEST, LARGEST = 1e-100, 1e100  # between which, and at 0, a row's numbers lie: what is divided by them stays finite
ROW = "a row"  # how a row of numbers is called among the settings of a parameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a method leaves to its user: one of some words, a number, a row of numbers, or any of these."""

    name: str
    description: str
    default: str | float
    choices: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None  # the least and the greatest number that it takes
    row: bool = False  # takes a number for each criterion
    breaks: Mapping[str, frozenset[Axiom]] = field(default_factory=dict)  # choice, or ROW → axioms lost by it

    @property
    def keyword(self) -> str:
        """The name as a Python argument: ``lambda`` is ``lambda_``."""
        word = self.name.replace("-", "_")
        return f"{word}_" if iskeyword(word) else word

    @property
    def names(self) -> frozenset[str]:
        """What it may be called: its own name, the Python argument, and either written with hyphens."""
        return frozenset({self.name, self.keyword, self.name.replace("_", "-")})

    def setting(self, value: object) -> str | float | tuple[float, ...]:
        """Read what is given for the parameter, or say what it takes.

        Examples
        --------
        >>> Parameter("v", "", default=0.5, bounds=(0.0, 1.0)).setting(1)
        1.0
        """
        if isinstance(value, str) and value in self.choices:
            return value
        if self.row and isinstance(value, Iterable) and getattr(value, "ndim", 1) == 1:
            numbers = tuple(map(_number, value))
            if numbers and all(number == 0 or SMALLEST <= abs(number) <= LARGEST for number in numbers):
                return numbers
        number = _number(value)
        if self.bounds is not None and isfinite(number) and self.bounds[0] <= number <= self.bounds[1]:
            return number
        hint = did_you_mean(value, self.choices) if isinstance(value, str) else ""
        raise EngineError(f"{self.name} is {self.takes()}; not {_shown(value)}", hint)

    def takes(self) -> str:
        """Say what may be given for the parameter."""
        kinds = [f"one of {', '.join(self.choices)}"] if len(self.choices) > 1 else list(self.choices)
        if self.bounds is not None:
            low, high = self.bounds
            kinds.append(f"a number from {low:g} to {high:g}" if isfinite(high) else f"a number from {low:g} up")
        if self.row:
            kinds.append(f"{ROW} of numbers, one for each criterion")
        return " or ".join(kinds)


def _number(value: object) -> float:
    """Take a number as it is, and anything else as not one."""
    return float(value) if isinstance(value, Real) and not isinstance(value, bool) else nan


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else repr(value)


@dataclass(frozen=True, slots=True)
class Method:
    """A ranking method, and where its function lies: ``module:function`` within this package."""

    name: str
    title: str
    location: str
    reference: str
    parameters: tuple[Parameter, ...] = ()
    thresholds: bool = False  # asks the criteria for thresholds and preference functions
    additive: bool = False  # a score is the sum of one contribution from each criterion
    linear: bool = False  # a score is the sum of the weights, each times what is its criterion's alone
    pairs: bool = False  # holds each option against each other, so its work grows with the square of their number
    under_weights: str = ""  # where the function lies that scores under many weights at once, faster than one by one
    breaks: frozenset[Axiom] = frozenset()

    @property
    def function(self) -> Callable[..., MethodResult]:
        """The function that scores a decision matrix."""
        return cast("Callable[..., MethodResult]", _function(self.location))

    @property
    def function_under_weights(self) -> Callable[..., UnderWeights] | None:
        """The function that makes of a decision matrix one from weights to scores; None where there is none."""
        return cast("Callable[..., UnderWeights]", _function(self.under_weights)) if self.under_weights else None

    def under(self, settings: Mapping[str, object]) -> Callable[[DecisionMatrix], MethodResult]:
        """Bind the function that scores a decision matrix to settings."""
        return partial(self.function, **self.keywords(settings))

    def keywords(self, settings: Mapping[str, object]) -> dict[str, object]:
        """Give the settings by the names that the function takes them under."""
        return {parameter.keyword: settings[parameter.name] for parameter in self.parameters}

    def settings(self, given: Mapping[str, object]) -> dict[str, object]:
        """Fill in the defaults, by the parameters' own names, and refuse what the method does not know."""
        settings: dict[str, object] = {parameter.name: parameter.default for parameter in self.parameters}
        known = {word: parameter for parameter in self.parameters for word in parameter.names}
        for word, value in given.items():
            if word not in known:
                raise EngineError(f"{self.name} has no parameter '{word}'", did_you_mean(word, settings))
            parameter = known[word]
            try:
                settings[parameter.name] = parameter.setting(value)
            except EngineError as error:
                raise EngineError(f"{self.name}: {error.message}", error.hint) from None
        return settings

    def broken(self, settings: Mapping[str, object]) -> frozenset[Axiom]:
        """Name the axioms that the method breaks by its definition, under these settings."""
        words = {name: ROW if isinstance(value, tuple) else str(value) for name, value in settings.items()}
        lost = (parameter.breaks.get(words[parameter.name], frozenset()) for parameter in self.parameters)
        return self.breaks.union(*lost)


def _function(location: str) -> object:
    module, name = location.split(":")
    return getattr(import_module(f"policyopts.engine.methods.{module}"), name)
