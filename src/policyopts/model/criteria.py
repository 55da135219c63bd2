"""The records of `criteria.yaml`: the decision, the weighting, and the tree of criteria."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Discriminator, Field, Tag

from policyopts.model.base import Date, Figure, Number, Parameters, Record, Text, mapping_or_number

Direction = Literal["max", "min"]
LexiconName = Literal["icd203", "phia", "ipcc"]
PreferenceFunction = Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"]
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


class Decision(Record):
    """What is to be decided, by whom and when; the briefing uses what is there."""

    title: Text | None = None
    question: Text | None = None
    decision_maker: Text | None = None
    issue: Text | None = None
    why_now: Text | None = None
    decide_by: Date | None = None
    as_of: Date | None = None
    review_date: Date | None = None
    baseline: Text | None = None
    fallback: Text | None = None
    lexicon: LexiconName = "icd203"
    recommend: Text | None = None
    override_reason: Text | None = None
    author: Text | None = None
    version: Text | None = None
    classification: Text | None = None


class BestWorstJudgements(Record):
    """One group's judgements for the best-worst method, each on Saaty's scale of 1 to 9."""

    best: Text
    worst: Text
    best_to_others: dict[str, float]
    others_to_worst: dict[str, float]


def _judgement_kind(value: object) -> str:
    best_worst = isinstance(value, BaseModel) or (isinstance(value, dict) and not BestWorstJudgements.model_fields.keys().isdisjoint(value))
    return "best-worst" if best_worst else "pairs"


Judgements = Annotated[
    Annotated[dict[str, float], Tag("pairs")] | Annotated[BestWorstJudgements, Tag("best-worst")],
    Discriminator(_judgement_kind),
]


def _place_kind(value: object) -> str:
    return "tied" if isinstance(value, list | tuple) else "one"


Tied = Annotated[tuple[Text, ...], Field(strict=False)]
Place = Annotated[
    Annotated[Text, Tag("one")] | Annotated[Tied, Tag("tied")],
    Discriminator(_place_kind),
]


class Weighting(Record):
    """How the weights were got: the method, who, when and why, and the judgements, if they are kept here."""

    method: WeightingMethod = "direct"
    by: Text | None = None
    date: Date | None = None
    rationale: Text | None = None
    points: dict[str, dict[str, float]] = {}
    order: dict[str, Annotated[tuple[Place, ...], Field(strict=False)]] = {}
    judgements: dict[str, Judgements] = {}


class Acceptance(Record):
    """A finding of `check` that the authors accept, and why."""

    code: Text
    at: Text | None = None
    because: Text | None = None


class Scale(Record):
    """A criterion's scale: two anchors in a unit, or worded levels with their values on 0–100."""

    worst: float | None = None
    best: float | None = None
    unit: Text | None = None
    levels: dict[str, float] | None = None


class Anchors(Record):
    """What the two ends of the scale mean, in words."""

    worst: Text | None = None
    best: Text | None = None


class Limit(Record):
    """A hard limit, in the unit or as a level: an option that breaks it is screened out."""

    at_least: Figure | None = None
    at_most: Figure | None = None


class RelativeThreshold(Record):
    """A threshold as a share of the performance."""

    relative: Annotated[float, Field(ge=0)]


Threshold = Annotated[
    Annotated[Number, Field(ge=0)] | Annotated[RelativeThreshold, Tag("mapping")],
    Discriminator(mapping_or_number),
]


class Thresholds(Record):
    """Which differences are none, are enough, and are too much: for the outranking methods."""

    indifference: Threshold | None = None
    preference: Threshold | None = None
    veto: Threshold | None = None
    gaussian: Annotated[float, Field(gt=0)] | None = None


class Points(Record):
    """A piecewise linear value function through (performance, value on 0–100)."""

    points: Annotated[
        tuple[Annotated[tuple[float, float], Field(strict=False)], ...], Field(strict=False, min_length=2)
    ]


class Exponential(Record):
    """An exponential value function; above 0 it is concave, below 0 convex."""

    exponential: float


def _value_function_kind(value: object) -> str:
    if isinstance(value, Points) or (isinstance(value, dict) and "points" in value):
        return "points"
    return "exponential" if isinstance(value, dict | Exponential) else "linear"


ValueFunction = Annotated[
    Annotated[Literal["linear"], Tag("linear")]
    | Annotated[Points, Tag("points")]
    | Annotated[Exponential, Tag("exponential")],
    Discriminator(_value_function_kind),
]


class WeightRange(Record):
    """A weight with the range that it may lie in."""

    low: float
    value: float
    high: float


Weight = Annotated[Number | Annotated[WeightRange, Tag("mapping")], Discriminator(mapping_or_number)]


class Leaf(Record):
    """A criterion: what performances are given on."""

    name: Text | None = None
    definition: Text | None = None
    scale: Scale | None = None
    direction: Direction | None = None
    anchors: Anchors = Anchors.model_construct()
    weight: Weight | None = None
    weight_because: Text | None = None
    value: ValueFunction | None = None
    limit: Limit | None = None
    thresholds: Thresholds | None = None
    preference: PreferenceFunction | None = None

    @property
    def levels(self) -> dict[str, float] | None:
        """The worded levels with their values on 0–100, if the scale has them."""
        return None if self.scale is None else self.scale.levels

    @property
    def unit(self) -> str:
        """The unit of performances, empty where there is none."""
        return "" if self.scale is None else self.scale.unit or ""

    @property
    def ends(self) -> tuple[float, float] | None:
        """The worst and the best performance of the declared scale; levels run from 0 to 100."""
        if self.scale is None:
            return None
        if self.scale.levels is not None:
            return (0.0, 100.0)
        if self.scale.worst is None or self.scale.best is None:
            return None
        return (self.scale.worst, self.scale.best)

    @property
    def higher_is_better(self) -> bool:
        """Which way is up: by the anchors, else by the stated direction."""
        ends = self.ends
        return ends[1] > ends[0] if ends else self.direction == "max"


class Group(Record):
    """An inner node of the tree; without a weight of its own it weighs as much as its children together."""

    name: Text | None = None
    definition: Text | None = None
    weight: Weight | None = None
    weight_because: Text | None = None
    criteria: dict[str, "Node"]


def _node_kind(value: object) -> str:
    group = isinstance(value, Group) or (isinstance(value, dict) and "criteria" in value)
    return "group" if group else "criterion"


Node = Annotated[
    Annotated[Leaf, Tag("criterion")] | Annotated[Group, Tag("group")],
    Discriminator(_node_kind),
]


class CriteriaFile(Record):
    """The file `criteria.yaml`: the decision, the weighting and the tree of criteria."""

    decision: Decision = Decision.model_construct()
    weighting: Weighting = Weighting.model_construct()
    accept: Annotated[tuple[Acceptance, ...], Field(strict=False)] = ()
    method: Text = "weighted-sum"
    methods: dict[str, Parameters] = {}
    criteria: dict[str, Node]

    @cached_property
    def tree(self) -> "CriteriaTree":
        """The tree of criteria as a flat list of nodes."""
        return CriteriaTree.of(self.criteria)


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of the tree: its id, its record, its parent's index (−1 at the top) and its place in the file."""

    id: str
    record: Leaf | Group
    parent: int
    at: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name to show; the id where none is given."""
        return self.record.name or self.id


@dataclass(frozen=True, slots=True)
class CriteriaTree:
    """The criteria tree, flat: parents before their children, siblings in the file's order."""

    nodes: tuple[TreeNode, ...]

    @classmethod
    def of(cls, criteria: dict[str, Any]) -> Self:
        """Flatten the tree of a file."""
        nodes: list[TreeNode] = []

        def visit(children: dict[str, Any], parent: int, at: tuple[str, ...]) -> None:
            for id_, record in children.items():
                place = (*at, "criteria", id_)
                nodes.append(TreeNode(id_, record, parent, place))
                if isinstance(record, Group):
                    visit(record.criteria, len(nodes) - 1, place)

        visit(criteria, -1, ())
        return cls(tuple(nodes))

    @property
    def leaves(self) -> dict[str, Leaf]:
        """The criteria by id, in the file's order."""
        return {node.id: node.record for node in self.nodes if isinstance(node.record, Leaf)}

    @property
    def groups(self) -> Iterator[tuple[str, tuple[TreeNode, ...]]]:
        """Each group's id with its children; the top is called `root`."""
        yield "root", self.children(-1)
        for index, node in enumerate(self.nodes):
            if isinstance(node.record, Group):
                yield node.id, self.children(index)

    def children(self, parent: int) -> tuple[TreeNode, ...]:
        """The nodes right below a node, by its index."""
        return tuple(node for node in self.nodes if node.parent == parent)

    def node(self, id_: str) -> TreeNode:
        """Find a criterion or a group by its id."""
        return next(node for node in self.nodes if node.id == id_)

    def index(self, id_: str) -> int:
        """Find the index of a criterion or a group by its id."""
        return next(index for index, node in enumerate(self.nodes) if node.id == id_)

    def lineage(self, id_: str) -> tuple[TreeNode, ...]:
        """The groups above a node, the top one first, and the node itself."""
        line = [self.node(id_)]
        while line[0].parent >= 0:
            line.insert(0, self.nodes[line[0].parent])
        return tuple(line)
