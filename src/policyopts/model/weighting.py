"""The records of weights: a weight with its range, and the judgements that weights follow from."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from policyopts.model.base import Date, Number, Real, Record, Text, mapping_or_number

WeightingMethod = Literal[
    "direct",
    "swing",
    "equal",
    "rank-order-centroid",
    "rank-sum",
    "rank-reciprocal",
    "ahp",
    "bwm",
    "entropy",
    "critic",
    "merec",
    "standard-deviation",
    "coefficient-of-variation",
    "gini",
]

JUDGEMENT_KEYS: Mapping[str, str] = {
    "swing": "points",
    "rank-order-centroid": "order",
    "rank-sum": "order",
    "rank-reciprocal": "order",
    "ahp": "judgements",
    "bwm": "judgements",
}
"""The key of `weighting` that holds the judgements of each method that needs some."""

FROM_DATA = frozenset({"entropy", "critic", "merec", "standard-deviation", "coefficient-of-variation", "gini"})
"""The methods that look at the performances: they weigh all criteria at once, and know nothing of what matters."""


# Built at once: three other records hold weights, and share what is built.
class WeightRange(Record, defer_build=False):
    """A weight with the range that it may lie in."""

    low: Real
    """The least that it could be."""
    value: Real
    """The weight itself, relative to its siblings."""
    high: Real
    """The most that it could be."""


Weight = Annotated[Number | Annotated[WeightRange, Tag("mapping")], Discriminator(mapping_or_number)]


class BestWorstJudgements(Record):
    """One group's judgements for the best-worst method, each on Saaty's scale of 1 to 9."""

    best: Text
    """The id of the member that matters most."""
    worst: Text
    """The id of the member that matters least."""
    best_to_others: dict[str, Real]
    """How many times more the best one matters than each other member, 1 to 9."""
    others_to_worst: dict[str, Real]
    """How many times more each other member matters than the worst one, 1 to 9."""


def _judgement_kind(value: object) -> str:
    if isinstance(value, dict) and BestWorstJudgements.model_fields.keys().isdisjoint(value):
        return "pairs"
    return "best-worst"


Judgements = Annotated[
    Annotated[dict[str, Real], Tag("pairs")] | Annotated[BestWorstJudgements, Tag("best-worst")],
    Discriminator(_judgement_kind),
]


def _place_kind(value: object) -> str:
    return "tied" if isinstance(value, list | tuple) else "one"


Tied = Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
Place = Annotated[
    Annotated[Text, Tag("one")] | Annotated[Tied, Tag("tied")],
    Discriminator(_place_kind),
]


class Weighting(Record):
    """How the weights were got: the method, who, when and why, and the judgements, if they are kept here."""

    method: WeightingMethod = "direct"
    """How the weights were got; where none are stated, some methods give them from the judgements below."""
    by: Text | None = None
    """Whose judgements the weights are."""
    date: Date | None = None
    """When they were given, such as 2021-05-05."""
    rationale: Text | None = None
    """How they were asked for, and why they are as they are."""
    points: dict[str, dict[str, Real]] = Field(default_factory=dict)
    """Swing points of each group's members, 100 for the largest swing; `root` is the top of the tree."""
    order: dict[str, Annotated[tuple[Place, ...], Field(strict=False)]] = Field(default_factory=dict)
    """Each group's members from the weightiest down, those that tie in a list of their own; `root` is the top."""
    judgements: dict[str, Judgements] = Field(default_factory=dict)
    """Each group's judgements for `ahp` (pairs such as `cost/effect: 3`) or `bwm`; `root` is the top of the tree."""

    @property
    def is_from_data(self) -> bool:
        """Whether the method looks at the performances."""
        return self.method in FROM_DATA

    @property
    def needs_judgements(self) -> bool:
        """Whether the method asks for judgements of each group."""
        return self.method in JUDGEMENT_KEYS

    def with_judgements(self, method: str, judged: Mapping[str, object]) -> "Weighting":
        """Put in the judgements of groups for a method, in the form in which they are kept."""
        if not judged:
            return self
        key = JUDGEMENT_KEYS[method]
        read = Weighting.model_validate({key: judged})
        return self.model_copy(update={key: {**getattr(self, key), **getattr(read, key)}})

    def judgements_of(self, group: str, method: str) -> Mapping[str, object] | None:
        """Give a group's judgements by the names that a method asks for them; None where there are none for it.

        Equal weights need none.
        """
        match method, self.judgements.get(group):
            case "equal", _:
                return {}
            case "swing", _ if group in self.points:
                return {"points": self.points[group]}
            case "rank-order-centroid" | "rank-sum" | "rank-reciprocal", _ if group in self.order:
                return {"order": self.order[group]}
            case "ahp", dict() as pairs:
                return {"judgements": pairs}
            case "bwm", BestWorstJudgements() as judged:
                return dict(judged)
            case _:
                return None
