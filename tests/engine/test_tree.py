from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.errors import EngineError
from policyopts.engine.tree import ROOT, shares, with_fixed

# security (deterrence, escalation), and iraq (sovereignty, presence)
PARENTS = [ROOT, 0, 0, ROOT, 3, 3]
NAMES = ["security", "deterrence", "escalation", "iraq", "sovereignty", "presence"]
WHOLE = np.array([0.6, 0.15, 0.45, 0.4, 0.1, 0.3])


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[int], list[float]]:
    """Draw a tree of up to 12 nodes, with a number for each leaf and for some groups."""
    parents = [ROOT, *(draw(st.integers(ROOT, node - 1)) for node in range(1, draw(st.integers(2, 12))))]
    numbers = [
        draw(st.one_of(st.floats(0.01, 100), st.just(nan))) if node in parents else draw(st.floats(0.01, 100))
        for node in range(len(parents))
    ]
    return parents, numbers


def leaves_of(parents: list[int]) -> list[int]:
    """Find the nodes without children."""
    return [node for node in range(len(parents)) if node not in parents]


def children_of(parents: list[int], group: int) -> list[int]:
    """Find the nodes right below a group."""
    return [node for node, parent in enumerate(parents) if parent == group]


def test_a_number_counts_among_its_siblings() -> None:
    """A leaf's share is the product of the shares among siblings on its way up."""
    whole = shares(PARENTS, [60, 1, 3, 40, 25, 75])
    assert whole.tolist() == pytest.approx(WHOLE.tolist())


def test_a_group_without_a_number_takes_the_sum_of_its_children() -> None:
    """A group without a number weighs what its children's numbers come to, through any depth."""
    assert shares([ROOT, 0, 1, 1, ROOT], [nan, nan, 1, 2, 3]).tolist() == pytest.approx([0.5, 0.5, 1 / 6, 1 / 3, 0.5])


@given(trees())
def test_shares_of_siblings_sum_to_their_parent(tree: tuple[list[int], list[float]]) -> None:
    """Leaves sum to 1, children to their group, and the children of the root to 1."""
    parents, numbers = tree
    whole = shares(parents, numbers)
    assert whole[leaves_of(parents)].sum() == pytest.approx(1)
    for group in set(parents):
        assert whole[children_of(parents, group)].sum() == pytest.approx(1 if group == ROOT else whole[group])
    assert whole.min() >= 0
    assert whole.max() <= 1


def test_a_weight_of_zero_leaves_nothing_to_the_children() -> None:
    """A group of weight 0 gives its children 0."""
    assert shares([ROOT, 0, ROOT], [0, 5, 1]).tolist() == [0, 0, 1]


def test_samples_share_as_one_by_one() -> None:
    """Samples of numbers in one call give what each of them gives alone."""
    numbers = np.random.default_rng(0).random((2, 3, 6))
    numbers[0, :, 3] = nan
    together = shares(PARENTS, numbers)
    fixed = with_fixed(PARENTS, together, {0: 0.5, 4: 0.2})
    for sample in np.ndindex(2, 3):
        alone = shares(PARENTS, numbers[sample])
        assert together[sample].tolist() == alone.tolist()
        assert fixed[sample].tolist() == with_fixed(PARENTS, alone, {0: 0.5, 4: 0.2}).tolist()


@pytest.mark.parametrize("number", [-1, inf, 1e101])
def test_an_unfit_number_is_named(number: float) -> None:
    """A number that is negative or not finite is refused by the node's name."""
    with pytest.raises(EngineError, match=r"^the weight of escalation is not a number from 0 up"):
        shares(PARENTS, [60, 1, number, 40, 25, 75], NAMES)


def test_a_leaf_needs_a_number() -> None:
    """A leaf without a number is refused, by its place where nodes have no names."""
    with pytest.raises(EngineError, match=r"^the weight of node 5 is not a number"):
        shares(PARENTS, [60, 1, 3, 40, 25, nan])


def test_siblings_that_are_all_zero_are_refused() -> None:
    """A group whose children all weigh nothing is refused by name."""
    with pytest.raises(EngineError, match=r"^the weights in security are all zero"):
        shares(PARENTS, [60, 0, 0, 40, 25, 75], NAMES)
    with pytest.raises(EngineError, match=r"^the weights are all zero"):
        shares([ROOT, ROOT], [0, 0])


def test_a_fixed_leaf_leaves_the_others_their_proportions() -> None:
    """Fixing one leaf's share rescales all other leaves by one factor."""
    fixed = with_fixed(PARENTS, WHOLE, {1: 0.32})
    assert fixed.tolist() == pytest.approx([0.32 + 0.36, 0.32, 0.36, 0.32, 0.08, 0.24])


def test_a_fixed_group_is_divided_as_before() -> None:
    """Fixing a group's share keeps the proportions inside and outside of it."""
    fixed = with_fixed(PARENTS, WHOLE, {0: 0.2})
    assert fixed.tolist() == pytest.approx([0.2, 0.05, 0.15, 0.8, 0.2, 0.6])


def test_a_fixed_leaf_takes_its_part_of_a_fixed_group() -> None:
    """A leaf fixed within a fixed group leaves the rest of the group to its siblings."""
    fixed = with_fixed(PARENTS, WHOLE, {0: 0.5, 1: 0.4})
    assert fixed.tolist() == pytest.approx([0.5, 0.4, 0.1, 0.5, 0.125, 0.375])


def test_a_leaf_without_weight_can_be_given_one() -> None:
    """A leaf that weighed nothing takes the share that it is given."""
    assert with_fixed([ROOT, ROOT], np.array([0.0, 1.0]), {0: 0.25}).tolist() == [0.25, 0.75]


def test_a_fixed_share_of_one_takes_all() -> None:
    """Fixing a share at 1 leaves nothing to all others."""
    assert with_fixed(PARENTS, WHOLE, {4: 1.0}).tolist() == [0, 0, 0, 1, 1, 0]


def test_fixing_every_leaf_is_possible_where_they_sum_to_one() -> None:
    """Shares fixed for all leaves are taken when they sum to 1, up to rounding."""
    fixed = with_fixed([ROOT, ROOT, ROOT], np.array([0.2, 0.2, 0.6]), {0: 0.1, 1: 0.2, 2: 0.7})
    assert fixed.tolist() == pytest.approx([0.1, 0.2, 0.7])


def test_rounded_shares_are_made_to_sum_to_one() -> None:
    """Shares fixed for all leaves that sum to 1 but for their rounding are brought to the sum of 1."""
    fixed = with_fixed([ROOT, ROOT, ROOT], np.array([0.2, 0.2, 0.6]), dict.fromkeys(range(3), 0.3333333333))
    assert fixed.tolist() == [1 / 3, 1 / 3, 1 / 3]


def test_a_group_that_holds_everything_has_no_more_than_everything() -> None:
    """The sum of a group's leaves is not rounded to above 1."""
    for sample in np.random.default_rng(0).random((100, 9)):
        whole = shares([ROOT] + [0] * 9, [nan, *sample])
        assert with_fixed([ROOT] + [0] * 9, whole, {1: 0.3}).max() <= 1


@given(tree=trees(), data=st.data())
def test_fixing_keeps_proportions_and_the_sum(tree: tuple[list[int], list[float]], data: st.DataObject) -> None:
    """Whatever node is fixed, it gets its share, the leaves sum to 1, and proportions inside and outside stay."""
    parents, numbers = tree
    whole = shares(parents, numbers)
    node = data.draw(st.integers(0, len(parents) - 1))
    share = data.draw(st.floats(0, 1))
    leaves = leaves_of(parents)
    inside = [leaf for leaf in leaves if node in lineage(parents, leaf)]
    outside = [leaf for leaf in leaves if leaf not in inside]
    if not outside:
        share = 1.0
    fixed = with_fixed(parents, whole, {node: share})
    assert fixed[node] == pytest.approx(share)
    assert fixed[leaves].sum() == pytest.approx(1)
    assert fixed.min() >= 0
    assert fixed.max() <= 1
    for part in (inside, outside):
        before, after = whole[part], fixed[part]
        assert (after * before.sum()).tolist() == pytest.approx((before * after.sum()).tolist())


def lineage(parents: list[int], node: int) -> list[int]:
    """List a node and all groups above it."""
    return [] if node == ROOT else [node, *lineage(parents, parents[node])]


@pytest.mark.parametrize("share", [-0.1, 1.1, nan])
def test_a_fixed_share_lies_between_zero_and_one(share: float) -> None:
    """A share below 0, above 1 or NaN is refused by the node's name."""
    with pytest.raises(EngineError, match=r"^the weight of iraq is a share of the whole, from 0 to 1; not"):
        with_fixed(PARENTS, WHOLE, {3: share}, NAMES)


@pytest.mark.parametrize(
    ("fixed", "message"),
    [
        ({0: 0.7, 3: 0.5}, "the weights fixed within the whole come to 0.2 more than it has"),
        ({0: 0.2, 1: 0.3}, "the weights fixed within security come to 0.1 more than it has"),
        ({0: 0.7, 3: 0.1}, "the weights fixed within the whole leave 0.2 of it, and no other weight to take it"),
        ({0: 0.7, 1: 0.3, 2: 0.3}, "the weights fixed within security leave 0.1 of it, and no other weight to take it"),
    ],
)
def test_shares_that_cannot_be_had_together_are_refused(fixed: dict[int, float], message: str) -> None:
    """Fixed shares that are too much or too little for their group are refused with the difference."""
    with pytest.raises(EngineError, match=rf"^{message}$"):
        with_fixed(PARENTS, WHOLE, fixed, NAMES)


def test_leaves_without_weight_cannot_take_what_is_left() -> None:
    """What a fixed share leaves cannot go to leaves that weigh nothing, as they have no proportions."""
    with pytest.raises(EngineError, match=r"the weights fixed within the whole leave 0.4 of it, and no other weight"):
        with_fixed([ROOT, ROOT, ROOT], np.array([1.0, 0.0, 0.0]), {0: 0.6})
