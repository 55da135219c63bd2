"""The weightings, one line each: what a way to weights is called, what it asks for and what it promises.

Reading the table costs no numpy; a weighting's own file is imported when the weighting is first used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Literal, cast

from policyopts.engine.errors import EngineError
from policyopts.engine.method import Parameter
from policyopts.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.method import Axiom

Need = Literal[
    "nothing",
    "judgements",  # what a person says of the criteria: of the swings on their scales
    "data",  # the performances in the decision matrix: how far they differ, and not what matters
]


@dataclass(frozen=True, slots=True, eq=False)
class WeightingResult:
    """The weights that a weighting comes to, and how it came to them."""

    weights: FloatArray  # (…, criteria), summing to 1
    details: Mapping[str, object] = field(default_factory=dict)  # the weighting's own terms by their textbook names


@dataclass(frozen=True, slots=True)
class Judgement:
    """Something that a weighting asks of a person."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Flag(Parameter):
    """A parameter that is on or off: a word, or in Python a bool."""

    default: str = "no"
    choices: tuple[str, ...] = ("no", "yes")

    def setting(self, value: object) -> bool:
        """Read what is given for the parameter, or say what it takes.

        Examples
        --------
        >>> Flag("ignore_direction", "").setting("yes")
        True
        """
        return value if isinstance(value, bool) else Parameter.setting(self, value) == "yes"


@dataclass(frozen=True, slots=True)
class Weighting:
    """A way to weights, and where its function lies: ``module:function`` within this package.

    The function takes the criteria's ids, or the decision matrix where it looks at the data, and then judgements and
    parameters by name.
    """

    name: str
    title: str
    location: str
    needs: Need
    reference: str
    judgements: tuple[Judgement, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    breaks: frozenset[Axiom] = frozenset()  # of "units" and "inertness", read for weights in place of ranks

    @property
    def function(self) -> Callable[..., WeightingResult]:
        """The function that works out the weights."""
        module, name = self.location.split(":")
        return cast("Callable[..., WeightingResult]", getattr(import_module(f"{__name__}.{module}"), name))

    def settings(self, given: Mapping[str, object]) -> dict[str, object]:
        """Fill in the parameters' defaults, and refuse what is unknown and judgements that are missing."""
        parameters = {word: parameter for parameter in self.parameters for word in parameter.names}
        settings: dict[str, object] = {one.keyword: one.setting(one.default) for one in self.parameters}
        asked = {judgement.name: judgement.description for judgement in self.judgements}
        for word, value in given.items():
            if word in parameters:
                try:
                    settings[parameters[word].keyword] = parameters[word].setting(value)
                except EngineError as error:
                    raise EngineError(f"{self.name}: {error.message}", error.hint) from None
            elif word in asked:
                settings[word] = value
            else:
                raise EngineError(f"{self.name} has no parameter '{word}'", did_you_mean(word, [*asked, *settings]))
        for name, description in asked.items():
            if name not in settings:
                raise EngineError(f"{self.name} needs {name}: {description}")
        return settings

    def broken(self, settings: Mapping[str, object]) -> frozenset[Axiom]:
        """Name the axioms that the weighting breaks by its definition, under these settings."""
        lost = (one.breaks.get(str(settings[one.keyword]), frozenset()) for one in self.parameters)
        return self.breaks.union(*lost)


_ORDER = (Judgement("order", "the criteria from the weightiest down, those that tie in a list of their own"),)

WEIGHTINGS: Mapping[str, Weighting] = {
    weighting.name: weighting
    for weighting in (
        Weighting(
            name="direct",
            title="Direct rating",
            location="points:direct",
            needs="judgements",
            reference="von Winterfeldt & Edwards (1986)",
            judgements=(Judgement("numbers", "any number from 0 up for each criterion"),),
        ),
        Weighting(
            name="swing",
            title="Swing weighting",
            location="points:swing",
            needs="judgements",
            reference="von Winterfeldt & Edwards (1986)",
            judgements=(Judgement("points", "100 for the largest swing, and for each other one its part of that"),),
        ),
        Weighting(
            name="equal",
            title="Equal weights",
            location="equal:equal",
            needs="nothing",
            reference="Dawes & Corrigan (1974)",
        ),
        Weighting(
            name="rank-order-centroid",
            title="Rank-order centroid",
            location="rank_order:rank_order_centroid",
            needs="judgements",
            reference="Barron & Barrett (1996)",
            judgements=_ORDER,
        ),
        Weighting(
            name="rank-sum",
            title="Rank sum",
            location="rank_order:rank_sum",
            needs="judgements",
            reference="Stillwell, Seaver & Edwards (1981)",
            judgements=_ORDER,
        ),
        Weighting(
            name="rank-reciprocal",
            title="Rank reciprocal",
            location="rank_order:rank_reciprocal",
            needs="judgements",
            reference="Stillwell, Seaver & Edwards (1981)",
            judgements=_ORDER,
        ),
        Weighting(
            name="ahp",
            title="Analytic hierarchy process (AHP)",
            location="ahp:ahp",
            needs="judgements",
            reference="Saaty (1980); Harker (1987)",
            judgements=(Judgement("judgements", "for pairs of criteria, how many times more the first one matters"),),
            parameters=(
                Parameter(
                    name="prioritisation",
                    description="how weights are drawn from the judgements",
                    default="eigenvector",
                    choices=("eigenvector", "geometric-mean", "column-mean"),
                ),
            ),
        ),
        Weighting(
            name="bwm",
            title="Best-worst method (BWM)",
            location="best_worst:best_worst",
            needs="judgements",
            reference="Rezaei (2015, 2016); Liang, Brunelli & Rezaei (2020)",
            judgements=(
                Judgement("best", "the criterion that matters most"),
                Judgement("worst", "the criterion that matters least"),
                Judgement("best_to_others", "how many times more the best one matters than each other, from 1"),
                Judgement("others_to_worst", "how many times more each other matters than the worst one, from 1"),
            ),
            parameters=(
                Parameter(
                    name="model",
                    description="what is kept small: differences of weights (2016), or of their ratios (2015)",
                    default="linear",
                    choices=("linear", "nonlinear"),
                ),
            ),
        ),
        Weighting(
            name="entropy",
            title="Entropy",
            location="entropy:entropy",
            needs="data",
            reference="Shannon (1948); Zeleny (1982); Hwang & Yoon (1981)",
            parameters=(
                Parameter(
                    name="normalisation",
                    description="how performances become shares of their criterion's sum",
                    default="sum",
                    choices=("sum", "min-max"),
                ),
            ),
        ),
        Weighting(
            name="critic",
            title="CRITIC",
            location="critic:critic",
            needs="data",
            reference="Diakoulaki, Mavrotas & Papayannakis (1995)",
            parameters=(
                Flag(name="ignore_direction", description="whether costs are read as benefits"),
                Flag(name="absolute_correlation", description="whether criteria that run against each other agree too"),
            ),
        ),
        Weighting(
            name="merec",
            title="MEREC: removal effects",
            location="merec:merec",
            needs="data",
            reference="Keshavarz-Ghorabaee et al. (2021)",
            breaks=frozenset({"inertness"}),
        ),
        Weighting(
            name="standard-deviation",
            title="Standard deviation",
            location="spread:standard_deviation",
            needs="data",
            reference="Diakoulaki, Mavrotas & Papayannakis (1995)",
            parameters=(
                Parameter(
                    name="normalisation",
                    description="what the deviations are taken of: the way from the worst to the best, or raw figures",
                    default="min-max",
                    choices=("min-max", "none"),
                    breaks={"none": frozenset({"units"})},
                ),
            ),
        ),
        Weighting(
            name="coefficient-of-variation",
            title="Coefficient of variation",
            location="spread:coefficient_of_variation",
            needs="data",
            reference="Pearson (1896)",
        ),
        Weighting(
            name="gini",
            title="Gini coefficient",
            location="spread:gini",
            needs="data",
            reference="Gini (1912); Li & Chi (2009)",
        ),
    )
}
