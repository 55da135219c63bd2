"""What the page reckons is what the program reckons, on the same trees, weights and values."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
import yaml
from tests.explore.conftest import data_of, page_of

import policyopts as po
from policyopts.engine import tree
from policyopts.engine.ranking import ranks
from policyopts.records.files import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policyopts import Dossier

    Numerics = Callable[[list[tuple[str, list[Any]]]], list[Any]]

# A few roundings of numbers up to 1: sums are taken in another order here and there.
CLOSE = 1e-12


class Case(NamedTuple):
    """A tree with its criteria's weights, some locked nodes, one to be moved, and the options' values."""

    parents: list[int]
    weights: list[float]
    locked: list[int]
    node: int
    share: float
    values: list[list[float]]

    @property
    def shares(self) -> list[float]:
        """The nodes' shares."""
        found = np.zeros(len(self.parents))
        found[leaves(self.parents)] = self.weights
        for node in reversed(range(len(self.parents))):
            if self.parents[node] >= 0:
                found[self.parents[node]] += found[node]
        return [min(float(share), 1.0) for share in found]


def leaves(parents: list[int]) -> list[int]:
    """List the nodes without children."""
    return [node for node in range(len(parents)) if node not in parents]


def cases(count: int, *, locks: bool) -> list[Case]:
    """Make cases that are the same every time."""
    rng = np.random.default_rng(7)
    made: list[Case] = []
    while len(made) < count:
        nodes = int(rng.integers(2, 12))
        parents = [-1, *(int(rng.integers(-1, node)) for node in range(1, nodes))]
        criteria = len(leaves(parents))
        if criteria < 2:
            continue
        locked = [node for node in range(nodes) if locks and rng.random() < 0.25]
        free = [node for node in range(nodes) if node not in locked]
        made.append(
            Case(
                parents,
                rng.dirichlet(np.ones(criteria)).tolist(),
                locked,
                int(rng.choice(free)) if free else 0,
                float(rng.random()),
                rng.random((int(rng.integers(2, 8)), criteria)).round(3).tolist(),
            )
        )
    return made


def by_engine(case: Case, share: float) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    """Let the engine move the node and keep what is locked; None where the locks do not allow it."""
    fixed = {**{node: case.shares[node] for node in case.locked}, case.node: share}
    try:
        return tree.with_fixed(case.parents, np.array(case.shares), fixed)[leaves(case.parents)]
    except po.PolicyOptsError:
        return None


def test_scores_and_ranks_are_the_engines(numerics: Numerics) -> None:
    """Scores agree to the last digits, ranks without exception, ties and near-ties included."""
    made = cases(200, locks=False)
    scores = numerics([("scoresOf", [case.values, case.weights]) for case in made])
    assert len(scores) == 200
    for case, found in zip(made, scores, strict=True):
        matrix = po.DecisionMatrix(
            case.values,
            case.weights,
            ["max"] * len(case.weights),
            lower=[0] * len(case.weights),
            upper=[1] * len(case.weights),
        )
        np.testing.assert_allclose(found, po.rank(matrix).scores, atol=CLOSE, rtol=0)
    rows = [[0.1 + 0.2, 0.9, 0.3, 0.2], [0.5], [0, 0, 0], [1, 1 - 8e-10, 1 - 1.6e-9, 0.2], [-1, -2, -1]]
    rows += np.random.default_rng(3).integers(0, 4, (100, 6)).tolist()
    assert numerics([("ranksOf", [row]) for row in rows]) == [ranks(np.array(row, float)).tolist() for row in rows]


def test_options_without_values_are_not_ranked(numerics: Numerics) -> None:
    """A row of nulls, as of a screened-out option, has no score and no rank, and takes no place."""
    values = [[0.2, 0.4], [None, None], [0.9, 0.1]]
    (scores,) = numerics([("scoresOf", [values, [0.5, 0.5]])])
    assert scores == pytest.approx([0.3, None, 0.5])
    assert numerics([("ranksOf", [scores])]) == [[2, None, 1]]


@pytest.mark.parametrize("locks", [False, True])
def test_moving_a_weight_is_the_programs_weight_option(numerics: Numerics, *, locks: bool) -> None:
    """A moved node takes its share, locked ones keep theirs, the others their proportions, as with `--weight`."""
    made = cases(300, locks=locks)
    reach = numerics([("bounds", [case.parents, case.shares, case.locked, case.node]) for case in made])
    moved = numerics(
        [("moved", [case.parents, case.weights, case.locked, case.node, case.share, case.weights]) for case in made]
    )
    compared = 0
    for case, (low, high), found in zip(made, reach, moved, strict=True):
        expected = by_engine(case, min(max(case.share, low), high))
        if high - low <= 1e-9:
            assert found == case.weights
        else:
            compared += 1
            assert expected is not None
            np.testing.assert_allclose(found, expected, atol=CLOSE, rtol=0)
            # Further than the bounds the engine, too, does not go.
            assert low < 1e-6 or by_engine(case, low - 1e-6) is None
            assert high > 1 - 1e-6 or by_engine(case, high + 1e-6) is None
    assert compared > 120


def test_what_had_nothing_takes_what_it_had_at_first(numerics: Numerics) -> None:
    """Where one criterion had all the weight, the others divide what it gives up as in the reading they are of."""
    parents, first = [-1, -1, -1], [0.2, 0.2, 0.6]
    assert numerics(
        [
            ("moved", [parents, [1, 0, 0], [], 0, 0.6, first]),
            ("moved", [parents, [1, 0, 0], [], 0, 0.6, [1, 0, 0]]),
            ("moved", [parents, [0.2, 0.2, 0.6], [], 0, 7, first]),
        ]
    ) == [pytest.approx([0.6, 0.1, 0.3]), pytest.approx([0.6, 0.2, 0.2]), [1, 0, 0]]


def test_turning_points_are_where_the_engine_puts_another_option_first(numerics: Numerics) -> None:
    """Up to the point the same option ranks first, and just beyond it another one, by the engine's own ranking."""
    made = cases(80, locks=True)
    found = numerics(
        [("turningPoints", [case.parents, case.weights, case.locked, case.values, case.weights]) for case in made]
    )
    asked = [
        ("bounds", [case.parents, case.shares, case.locked, node]) for case in made for node in range(len(case.parents))
    ]
    reach = iter(numerics(asked))
    compared = 0
    for case, points in zip(made, found, strict=True):
        values = np.array(case.values)
        leader = int(np.argmax(values @ case.weights))
        for point in points:
            moved = case._replace(node=point["node"])
            way = point["at"] - point["from"]
            beyond = by_engine(moved, point["at"] + np.copysign(1e-7, way))
            if beyond is None:  # the point is the very end of what the locks leave
                continue
            compared += 1
            assert int(np.argmax(values @ beyond)) == point["option"]
            for part in np.linspace(0.1, 0.999, 4):
                weights = by_engine(moved, point["from"] + part * way)
                assert weights is not None
                assert int(np.argmax(values @ weights)) == leader
        # Nodes without a point: at neither end of their reach does another option lead.
        turning = {(point["node"], point["at"] > point["from"]) for point in points}
        for node, (low, high) in enumerate(itertools.islice(reach, len(case.parents))):
            for end, is_up in ((low, False), (high, True)):
                weights = by_engine(case._replace(node=node), end)
                if high - low > 1e-6 and weights is not None and (node, is_up) not in turning:
                    scores = values @ weights
                    assert scores[leader] >= scores.max() - 2e-9  # a tie at the end is no turn
    assert compared > 100


def test_counting_ranks_is_counting_the_engines(numerics: Numerics) -> None:
    """Over the same weights, the page counts the ranks that the engine gives; ties share the ranks they take."""
    rng = np.random.default_rng(5)
    values = rng.integers(0, 4, (5, 3)) / 4
    values[3] = values[1]
    rows = rng.dirichlet(np.ones(3), 400)
    (found,) = numerics([("counted", [values.tolist(), rows.tolist()])])
    expected = np.zeros((5, 5))
    for given in ranks(rows @ values.T):
        for option, rank in enumerate(given):
            tied = int((given == rank).sum())
            expected[option, rank - 1 : rank - 1 + tied] += 1 / tied
    np.testing.assert_allclose(found, expected / 400, atol=CLOSE)
    np.testing.assert_allclose(np.sum(found, axis=0), 1, atol=CLOSE)


@pytest.mark.parametrize("trust", [2, 20, 300])
def test_weights_are_drawn_around_the_stated_ones(numerics: Numerics, trust: float) -> None:
    """Means, spreads and correlations are those of the Dirichlet distribution, and the same seed draws the same."""
    weights = np.array([0.5, 0.3, 0.15, 0.05, 0.0])
    first, again, other = numerics([("drawn", [seed, weights.tolist(), trust, 20000]) for seed in (0, 0, 1)])
    drawn = np.array(first)
    assert first == again != other
    np.testing.assert_allclose(drawn.sum(axis=1), 1, atol=CLOSE)
    assert (drawn[:, -1] == 0).all()
    spread = np.sqrt(weights * (1 - weights) / (trust + 1))
    # Five standard errors of a mean of 20,000; a spread's own error is at most some 2 % for shapes as skewed as these.
    assert (np.abs(drawn.mean(axis=0) - weights) <= 5 * spread / np.sqrt(20000)).all()
    np.testing.assert_allclose(drawn.std(axis=0), spread, rtol=0.06)
    expected = -np.sqrt(weights[0] * weights[1] / ((1 - weights[0]) * (1 - weights[1])))
    assert np.corrcoef(drawn[:, 0], drawn[:, 1])[0, 1] == pytest.approx(expected, abs=5 / np.sqrt(20000))


def test_rank_shares_settle(numerics: Numerics) -> None:
    """Two seeds come to the same shares within the error of 10,000 draws, and numpy's own draws with them."""
    rng = np.random.default_rng(11)
    values, weights = rng.random((5, 8)), rng.dirichlet(np.ones(8))
    one, other = (np.array(found) for found in numerics(
        [("shares", [values.tolist(), weights.tolist(), 20, seed, 10000]) for seed in (0, 1)]
    ))  # fmt: skip
    given = ranks(rng.dirichlet(20 * weights, 10000) @ values.T)
    expected = np.array([[(given[:, option] == rank).mean() for rank in range(1, 6)] for option in range(5)])
    # Five standard errors of a difference of two shares from 10,000 draws each.
    most = 5 * np.sqrt(2 * 0.25 / 10000)
    assert np.abs(one - other).max() < most
    assert np.abs(one - expected).max() < most


WRITTEN: Mapping[str, str] = {
    "shares of one": "criteria: {a: {direction: max, weight: .2}, b: {direction: max, weight: .3}, "
    "c: {direction: min, weight: 0.5}}",
    "ranges": "criteria:\n  a: {direction: max, weight: {low: 5, value: 10, high: 20}}  # a comment\n"
    "  b:\n    direction: max\n    weight: 40\n  c:\n    direction: max\n    weight: 50 # another\n",
    "groups that sum": "criteria:\n  g:\n    criteria:\n      a: {direction: max, weight: 30}\n"
    "      b: {direction: max, weight: 20}\n  c:\n    direction: max\n    weight: 50\n",
    "no weights": "weighting: {method: equal}\ncriteria:\n  g:\n    criteria:\n      a:\n        direction: max\n"
    "      b:\n        direction: max\n  c:\n    direction: max\n",
    "from the data": "weighting: {method: entropy}\ncriteria:\n  a: {direction: max}\n  b: {direction: max}\n"
    "  c: {direction: max}\n",
    "swing points": "weighting:\n  method: swing\n  points: {root: {a: 100, b: 40, c: 20}}\ncriteria:\n"
    "  a: {direction: max}\n  b: {direction: max}\n  c: {direction: max}\n",
}


@pytest.mark.parametrize("criteria", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("target", [[0.5, 0.25, 0.25], [0.02, 0.9, 0.08], [0.0, 0.3, 0.7], [1.0, 0.0, 0.0]])
def test_weights_written_back_are_the_weights(
    numerics: Numerics, make: Callable[[Any], Dossier], criteria: str, target: list[float]
) -> None:
    """`criteria.yaml` with the page's weights comes to these weights when it is read, and is otherwise unchanged."""
    options = {
        f"options/{id_}.yaml": {"performance": dict(zip("abc", row, strict=True))}
        for id_, row in {"x": [1, 5, 9], "y": [4, 2, 6], "z": [7, 8, 3]}.items()
    }
    dossier = make({CRITERIA: criteria, **options})
    text = written(numerics, dossier, target)
    np.testing.assert_allclose(po.rank(make({CRITERIA: text, **options})).weights, target, atol=2e-5)
    before, after = yaml.safe_load(criteria), yaml.safe_load(text)
    assert without_weights(after) == without_weights(before)
    assert text.count("#") == criteria.count("#")


def test_the_shipped_file_changes_where_weights_change(numerics: Numerics, example: Dossier) -> None:
    """Only the numbers of siblings whose proportions change are written anew; a range keeps its proportions."""
    parents = [node.parent for node in example.tree.nodes]
    stated = po.rank(example).weights.tolist()
    assert written(numerics, example, stated) == example.texts[CRITERIA]
    place = list(example.criteria).index("resolve")
    (target,) = numerics([("moved", [parents, stated, [], example.tree.place_of("resolve"), 0.2, stated])])
    assert target[place] == pytest.approx(0.2)
    before, after = example.texts[CRITERIA].splitlines(), written(numerics, example, target).splitlines()
    changed = [(old.strip(), new.strip()) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [
        ("weight: 100", "weight: 98.592"),
        ("weight: 65", "weight: 100"),
        ("weight: 100", "weight: 57.778"),
        ("weight: {low: 50, value: 75, high: 100}", "weight: {low: 66.667, value: 100, high: 133.333}"),
        ("weight: 70", "weight: 69.014"),
        ("weight: 50", "weight: 49.296"),
    ]


def written(numerics: Numerics, dossier: Dossier, target: list[float]) -> str:
    """Let the page write `criteria.yaml` with other weights."""
    data = data_of(page_of(dossier))
    numbers, ranges = ([node[key] for node in data["nodes"]] for key in ("number", "range"))
    parents = [node["parent"] for node in data["nodes"]]
    (found,) = numerics([("weightNumbers", [parents, numbers, data["readings"][0]["weights"], target])])
    (text,) = numerics([("yamlWith", [data["criteria_yaml"], numbers, found, ranges])])
    assert isinstance(text, str)
    return text


def without_weights(data: Any) -> Any:
    """Leave out all weights."""
    if not isinstance(data, dict):
        return data
    return {key: without_weights(value) for key, value in data.items() if key != "weight"}
