"""The ranking methods, one line each: what a method is called, takes and promises.

Reading the table costs no numpy; a method's own file is imported when the method is first used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Literal, cast

from policyopts.engine.errors import EngineError
from policyopts.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policyopts.engine.arrays import FloatArray

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


@dataclass(frozen=True, slots=True)
class Parameter:
    """A choice that a method leaves to its user."""

    name: str
    description: str
    default: str
    choices: tuple[str, ...]
    breaks: Mapping[str, frozenset[Axiom]] = field(default_factory=dict)  # choice → axioms lost by it

    @property
    def keyword(self) -> str:
        """The name as a Python argument: ``lambda`` is ``lambda_``."""
        word = self.name.replace("-", "_")
        return f"{word}_" if iskeyword(word) else word


@dataclass(frozen=True, slots=True)
class Method:
    """A ranking method, and where its function lies: ``module:function`` within this package."""

    name: str
    title: str
    location: str
    reference: str
    parameters: tuple[Parameter, ...] = ()
    additive: bool = False  # a score is the sum of one contribution from each criterion
    breaks: frozenset[Axiom] = frozenset()

    @property
    def function(self) -> Callable[..., MethodResult]:
        """The function that scores a decision matrix."""
        module, name = self.location.split(":")
        return cast("Callable[..., MethodResult]", getattr(import_module(f"{__name__}.{module}"), name))

    def settings(self, given: Mapping[str, object]) -> dict[str, object]:
        """Fill in the defaults, by the parameters' own names, and refuse what the method does not know."""
        settings: dict[str, object] = {parameter.name: parameter.default for parameter in self.parameters}
        known = {word: parameter for parameter in self.parameters for word in (parameter.name, parameter.keyword)}
        for word, value in given.items():
            if word not in known:
                raise EngineError(f"{self.name} has no parameter '{word}'", did_you_mean(word, settings))
            parameter = known[word]
            if value not in parameter.choices:
                choices = ", ".join(parameter.choices)
                raise EngineError(
                    f"{self.name}: {parameter.name} is one of {choices}; not {value!r}",
                    did_you_mean(str(value), parameter.choices),
                )
            settings[parameter.name] = value
        return settings

    def broken(self, settings: Mapping[str, object]) -> frozenset[Axiom]:
        """Name the axioms that the method breaks by its definition, under these settings."""
        by_choice = (parameter.breaks.get(str(settings[parameter.name])) for parameter in self.parameters)
        return self.breaks.union(*(axioms for axioms in by_choice if axioms))


METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        Method(
            name="weighted-sum",
            title="Weighted sum",
            location="weighted_sum:weighted_sum",
            reference="Fishburn (1967); MacCrimmon (1968); Keeney & Raiffa (1976)",
            additive=True,
            parameters=(
                Parameter(
                    name="normalisation",
                    description="how performances are brought onto one footing",
                    default="value",
                    choices=("value", "max", "sum", "min-max", "vector", "none"),
                    breaks={
                        "max": frozenset({"independence"}),
                        "sum": frozenset({"independence"}),
                        "min-max": frozenset({"independence"}),
                        "vector": frozenset({"independence", "monotonicity"}),
                        "none": frozenset({"units"}),
                    },
                ),
            ),
        ),
    )
}
