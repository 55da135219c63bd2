"""The records of `criteria.yaml`: the decision, the weighting, and the tree of criteria."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Discriminator, Field, Tag

from policyopts.model.base import (
    LARGEST,
    Figure,
    FromZero,
    Parameters,
    Real,
    Record,
    Text,
    mapping_or_number,
)
from policyopts.model.decision import Acceptance, Decision
from policyopts.model.weighting import Weight, Weighting

Direction = Literal["max", "min"]
PreferenceFunction = Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"]


class Scale(Record):
    """A criterion's scale: two anchors in a unit, or worded levels with their values on 0–100."""

    worst: Real | None = None
    """The performance at the worst anchor; it may be the higher number, as for a cost."""
    best: Real | None = None
    """The performance at the best anchor."""
    unit: Text | None = None
    """The unit of performances, such as "%", months or GBP million."""
    levels: dict[str, Real] | None = None
    """Words with their values, 0 (worst) to 100 (best), in place of `worst` and `best`."""


class Anchors(Record):
    """What the two ends of the scale mean, in words."""

    worst: Text | None = None
    """What it means to stand at the worst end."""
    best: Text | None = None
    """What it means to stand at the best end."""


class Limit(Record):
    """A hard limit, in the unit or as a level: an option that breaks it is screened out."""

    at_least: Figure | None = None
    """The least that an option must reach: a number in the unit, or a level."""
    at_most: Figure | None = None
    """The most that an option may come to: a number in the unit, or a level."""


class RelativeThreshold(Record):
    """A threshold as a share of the performance."""

    relative: FromZero
    """The share: 0.1 is a tenth of the performance."""


Threshold = Annotated[
    Annotated[FromZero, Tag("number")] | Annotated[RelativeThreshold, Tag("mapping")],
    Discriminator(mapping_or_number),
]


class Thresholds(Record):
    """Which differences are none, are enough, and are too much: for the outranking methods."""

    indifference: Threshold | None = None
    """The largest difference that means nothing: in the unit, or `{relative: 0.1}`."""
    preference: Threshold | None = None
    """The difference from which one option is clearly better: in the unit, or `{relative: 0.1}`."""
    veto: Threshold | None = None
    """The difference that nothing can make up for: in the unit, or `{relative: 0.1}`."""
    gaussian: Annotated[float, Field(gt=0, le=LARGEST)] | None = None
    """The spread of the preference function `gaussian`, in the unit."""


class Points(Record):
    """A piecewise linear value function through (performance, value on 0–100)."""

    points: Annotated[tuple[Annotated[tuple[Real, Real], Field(strict=False)], ...], Field(strict=False, min_length=2)]
    """Pairs of a performance and its value, 0 (worst) to 100 (best), from one end of the scale to the other."""


class Exponential(Record):
    """An exponential value function; above 0 it is concave, below 0 convex."""

    exponential: Real
    """How bent it is: 0 is a straight line."""


def _value_function_kind(value: object) -> str:
    if not isinstance(value, dict):
        return "points" if isinstance(value, Points) else "exponential" if isinstance(value, Exponential) else "linear"
    first = next(iter(value), "")
    kinds = {"p": "points", "e": "exponential"}  # by its letter, so that a slip of the pen is told as one
    return kinds.get(first[:1].lower(), "a mapping of something else")


ValueFunction = Annotated[
    Annotated[Literal["linear"], Tag("linear")]
    | Annotated[Points, Tag("points")]
    | Annotated[Exponential, Tag("exponential")],
    Discriminator(_value_function_kind),
]


class Leaf(Record):
    """A criterion: what performances are given on."""

    name: Text | None = None
    """The name to show; the id stands in for it."""
    definition: Text | None = None
    """What exactly is judged, over which time, so that two people would judge it alike."""
    scale: Scale | None = None
    """`{worst: 0, best: 100, unit: "%"}`, or `{levels: {low: 0, high: 100}}`; it fixes what a weight means."""
    direction: Direction | None = None
    """Which way is better where no scale can be declared: performances are then read on the options' own range."""
    anchors: Anchors = Anchors.model_construct()
    """What the two ends of the scale mean, in words."""
    weight: Weight | None = None
    """The worth of the swing from the worst to the best anchor, relative to its siblings; or `low, value, high`."""
    weight_because: Text | None = None
    """Why the swing is worth that."""
    value: ValueFunction | None = None
    """How performance turns into value: `linear`, `{points: [[0, 0], [50, 80], [100, 100]]}`, `{exponential: 2}`."""
    limit: Limit | None = None
    """A hard limit: `{at_least: 5}`, `{at_most: 50}`."""
    thresholds: Thresholds | None = None
    """Thresholds of the outranking methods: `{indifference: 5, preference: 20, veto: 70}`."""
    preference: PreferenceFunction | None = None
    """The preference function of PROMETHEE."""

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
    """The name to show; the id stands in for it."""
    definition: Text | None = None
    """What the criteria of the group have in common."""
    weight: Weight | None = None
    """The worth of moving all its criteria from worst to best at once, relative to its siblings."""
    weight_because: Text | None = None
    """Why that is worth so much."""
    criteria: dict[str, "Node"]
    """The members by id: criteria, or groups again."""


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
    """What is to be decided, by whom and when."""
    weighting: Weighting = Weighting.model_construct()
    """How the weights were got."""
    accept: Annotated[tuple[Acceptance, ...], Field(strict=False)] = ()
    """Findings of `policyopts check` that are accepted, each with the reason why."""
    method: Text = "weighted-sum"
    """The method that `policyopts rank` uses; `policyopts methods` lists them."""
    methods: dict[str, Parameters] = Field(default_factory=dict)
    """Parameters of methods, such as `{vikor: {v: 0.5}}`."""
    criteria: dict[str, Node]
    """The tree of criteria by id; a node with `criteria:` of its own is a group."""

    @cached_property
    def tree(self) -> "CriteriaTree":
        """The tree of criteria as a flat list of nodes."""
        return CriteriaTree.of(self.criteria)


class TreeNode(NamedTuple):
    """A node of the tree: its id, its record, its parent's index (−1 at the top) and its place in the file."""

    id: str
    record: Leaf | Group
    parent: int
    at: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name to show; the id where none is given."""
        return self.record.name or self.id


class CriteriaTree(NamedTuple):
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
        """Give the nodes right below a node, by its index."""
        return tuple(node for node in self.nodes if node.parent == parent)

    def node(self, id_: str) -> TreeNode:
        """Find a criterion or a group by its id."""
        return next(node for node in self.nodes if node.id == id_)

    def place_of(self, id_: str) -> int:
        """Find the index of a criterion or a group by its id."""
        return next(index for index, node in enumerate(self.nodes) if node.id == id_)

    def lineage(self, id_: str) -> tuple[TreeNode, ...]:
        """Give the groups above a node, the top one first, and the node itself."""
        line = [self.node(id_)]
        while line[0].parent >= 0:
            line.insert(0, self.nodes[line[0].parent])
        return tuple(line)
