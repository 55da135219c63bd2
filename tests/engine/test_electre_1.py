from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine import pairs
from policyopts.engine.errors import EngineError
from policyopts.engine.kernels import MOST, kernels_at_once
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import electre_1 as module
from policyopts.engine.methods.electre_1 import electre_1, kernel_rounds
from policyopts.engine.pairs import PairTable
from policyopts.engine.ranking import rank

if TYPE_CHECKING:
    from policyopts.engine.steps import Step

Array = NDArray[np.float64]

seeds = st.integers(0, 2**32 - 1)


def relation(
    values: Array, weights: Array, signs: Array, normalisation: str, concordance: float, discordance: float, scale: str
) -> NDArray[np.bool_]:
    """Tell what outranks what by the definition, pair by pair and criterion by criterion."""
    size: dict[str, Array] = {
        "none": np.ones(values.shape[1]),
        "sum": values.sum(axis=0),
        "vector": np.sqrt(np.square(values).sum(axis=0)),
        "min-max": values.max(axis=0) - values.min(axis=0),
    }
    divisor = size[normalisation]
    figures = signs * values / np.where(divisor == 0, 1, divisor)
    ranges = np.ptp(figures, axis=0)
    outranks = np.zeros((len(values), len(values)), dtype=np.bool_)
    for a, b in np.ndindex(outranks.shape):
        for_it, against = 0.0, 0.0
        for criterion, weight in enumerate(weights / weights.sum()):
            lead = figures[b, criterion] - figures[a, criterion]
            if lead <= 0:
                for_it += weight
            else:
                against = max(against, lead / (ranges.max() if scale == "widest" else ranges[criterion]))
        outranks[a, b] = a != b and for_it >= concordance - 1e-9 and against <= discordance + 1e-9
    return outranks


def rounds_by_definition(outranks: NDArray[np.bool_]) -> list[int]:
    """Choose the kernel, then the kernel of the rest, by what a kernel is: options on a circle are one."""
    reach = outranks | np.eye(len(outranks), dtype=np.bool_)
    for via in range(len(reach)):
        reach |= reach[:, [via]] & reach[[via]]
    circle = (reach & reach.T).argmax(axis=1)
    rounds = np.zeros(len(outranks), dtype=np.intp)
    while not rounds.all():
        rest = {int(own) for own in circle[rounds == 0]}
        above = {own: {int(circle[a]) for a in np.flatnonzero(outranks[:, circle == own].any(axis=1))} for own in rest}
        kernel: set[int] = set()
        decided: set[int] = set()
        while decided != rest:
            for own in rest - decided:
                if (above[own] & rest) - {own} <= decided:
                    decided.add(own)
                    kernel |= set() if (above[own] - {own}) & kernel else {own}
        rounds[(rounds == 0) & np.isin(circle, list(kernel))] = rounds.max() + 1
    return rounds.tolist()


def as_sets(rows: Iterable[Iterable[bool]]) -> list[int]:
    """Turn rows of truths into sets of bits."""
    return [sum(1 << place for place, holds in enumerate(row) if holds) for row in rows]


@pytest.mark.parametrize("normalisation", ["none", "sum", "vector", "min-max"])
@pytest.mark.parametrize("scale", ["widest", "own"])
@given(
    seed=seeds, options=st.integers(1, 14), thresholds=st.sampled_from([(0.7, 0.3), (0.5, 0.5), (1.0, 0.0), (0.0, 1.0)])
)
def test_what_outranks_what_follows_the_definition(
    normalisation: Any, scale: Any, seed: int, options: int, thresholds: tuple[float, float]
) -> None:
    """Concordance and discordance are those of the definition, ties at the thresholds, costs and zeros included."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 11, (options, 4)) * np.array([1.0, 0.1, 100.0, 1.0])
    weights, signs = rng.integers(1, 6, 4).astype(np.float64), rng.choice([1.0, -1.0], 4)
    result = electre_1(
        DecisionMatrix(values, weights, signs),
        normalisation=normalisation,
        concordance=thresholds[0],
        discordance=thresholds[1],
        discordance_scale=scale,
    )
    outranks = result.document["outranks"]
    assert isinstance(outranks, PairTable)
    expected = relation(values, weights, signs, normalisation, *thresholds, scale)
    assert outranks.table.tolist() == expected.tolist()
    assert (-result.scores).tolist() == rounds_by_definition(expected)
    assert result.document["kernel"] == [f"a{place + 1}" for place in np.flatnonzero(result.scores == -1)]


@given(seed=seeds, options=st.integers(1, 20), share=st.sampled_from([0.03, 0.1, 0.3]))
def test_rounds_are_kernels_of_what_is_left(seed: int, options: int, share: float) -> None:
    """In any relation, circles and all, each round is the kernel of the options that no earlier one took."""
    outranks = np.random.default_rng(seed).random((options, options)) < share
    np.fill_diagonal(outranks, val=False)
    assert kernel_rounds(as_sets(outranks), as_sets(outranks.T)).tolist() == rounds_by_definition(outranks)


@given(
    seed=seeds,
    options=st.integers(1, 20) | st.just(MOST),
    samples=st.integers(1, 40),
    share=st.sampled_from([0.01, 0.03, 0.1, 0.3]),
)
def test_rounds_of_many_samples_are_those_of_each(seed: int, options: int, samples: int, share: float) -> None:
    """Whether relations are looked at side by side or one by one, the rounds are the same."""
    outranks = np.random.default_rng(seed).random((options, options, samples)) < share
    outranks[range(options), range(options)] = False
    alone = [kernel_rounds(as_sets(each), as_sets(each.T)).tolist() for each in np.moveaxis(outranks, -1, 0)]
    assert kernels_at_once(outranks).T.tolist() == alone


@pytest.mark.parametrize("options", [5, MOST, MOST + 1])
@pytest.mark.parametrize("scale", ["widest", "own"])
def test_samples_are_ranked_as_each_would_be_alone(options: int, scale: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples of weights, of figures, and of both have the rounds that each of them has by itself."""
    monkeypatch.setattr(module, "PAIRS", 3 * options**2)
    rng = np.random.default_rng(options)
    values = rng.integers(0, 11, (7, options, 4)) * np.array([1.0, 0.1, 100.0, 1.0])
    weights, signs = rng.integers(1, 6, (7, 4)).astype(np.float64), [1, -1, 1, 1]
    for some in ((values, weights), (values, weights[0]), (values[0], weights)):
        together = -electre_1(DecisionMatrix(some[0], some[1], signs), discordance_scale=scale).scores
        each = np.broadcast_to(some[0], values.shape), np.broadcast_to(some[1], weights.shape)
        alone = [
            -electre_1(DecisionMatrix(table, row, signs), discordance_scale=scale).scores
            for table, row in zip(*each, strict=True)
        ]
        assert together.tolist() == np.array(alone).tolist()
        assert len(np.unique(together)) > 1


def test_options_on_a_circle_share_a_round() -> None:
    """Options that outrank one another in a circle are taken as one, which what outranks any of them keeps out."""
    outranks = np.zeros((5, 5), dtype=np.bool_)
    outranks[[0, 1, 2, 3, 0], [1, 2, 0, 1, 4]] = True
    assert kernel_rounds(as_sets(outranks), as_sets(outranks.T)).tolist() == [2, 2, 2, 1, 1]


def test_what_is_outranked_by_no_kernel_member_is_in_the_kernel() -> None:
    """In a chain where nothing outranks two places down, every other option is in the kernel."""
    outranks = np.eye(6, k=1, dtype=np.bool_)
    assert kernel_rounds(as_sets(outranks), as_sets(outranks.T)).tolist() == [1, 2, 1, 2, 1, 2]


def test_a_long_order_has_as_many_rounds_as_options() -> None:
    """Where each option outranks all below it, each is a kernel of its own, and no depth of recursion is reached."""
    values = np.arange(3000.0)[:, np.newaxis]
    result = electre_1(DecisionMatrix(values, [1], ["max"]), discordance=1.0)
    assert (-result.scores).tolist() == list(range(3000, 0, -1))


def test_many_options_are_compared_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks, threads and bits give the relation of all pairs at once, a last block of odd size included."""
    monkeypatch.setattr(module, "PAIRS", 20_000)
    values = np.random.default_rng(5).integers(0, 9, (module.LARGE + 3, 3)) * 1.0
    result = electre_1(DecisionMatrix(values, [1, 2, 3], ["max", "min", "max"]))
    outranks = result.document["outranks"]
    assert isinstance(outranks, PairTable)
    figures = values * [1, -1, 1]
    leads = figures - figures[:, np.newaxis]
    expected = ((leads <= 0) @ np.array([1, 2, 3]) >= 4.2) & (leads.max(axis=2) <= 2.4)
    np.fill_diagonal(expected, val=False)
    assert (outranks.table == expected).all()
    sets = kernel_rounds(as_sets(expected.tolist()), as_sets(expected.T.tolist()))
    assert (-result.scores).tolist() == sets.tolist()


def test_samples_are_ranked_without_a_document() -> None:
    """Samples have a score each, and no kernel of the whole."""
    values = np.array([[[2.0, 1.0], [1.0, 2.0]], [[2.0, 2.0], [1.0, 1.0]]])
    result = electre_1(DecisionMatrix(values, [[2, 1], [2, 1]], ["max", "max"]), concordance=0.6, discordance=1.0)
    assert result.scores.tolist() == [[-1.0, -2.0], [-1.0, -2.0]]
    assert not result.document


def test_weights_that_add_up_to_the_threshold_are_enough() -> None:
    """Weights of 0.1, 0.2 and 0.4 meet a concordance of 0.7, whatever their sum is rounded to."""
    values = [[1.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.1]]
    for order in ([0.1, 0.2, 0.4, 0.3], [0.4, 0.2, 0.1, 0.3], [0.2, 0.4, 0.1, 0.3]):
        assert rank(DecisionMatrix(values, order, ["max"] * 4), "electre-1").ranks.tolist() == [1, 2]


def test_a_dominated_option_can_rank_before_its_dominator() -> None:
    """As the table declares: what outranks one option of a circle keeps the others out of the kernel too."""
    matrix = DecisionMatrix([[4.0, 3.0], [5.0, 0.0], [2.0, 4.0], [6.0, 3.0]], [2, 3], ["max", "max"])
    ranking = rank(matrix, "electre-1", concordance=0.5, discordance=0.5, discordance_scale="own")
    assert ranking.ranks.tolist() == [3, 1, 1, 3]


def test_an_improvement_can_lower_the_rank() -> None:
    """As the table declares: an option that gets better can narrow a range, and break up the circle that held it."""
    before = DecisionMatrix([[6.0, 5.0], [5.0, 2.0], [6.0, 4.0]], [1, 1], ["max", "max"])
    after = DecisionMatrix([[6.0, 5.0], [5.0, 4.0], [6.0, 4.0]], [1, 1], ["max", "max"])
    settings: dict[str, Any] = {"concordance": 0.5, "discordance": 0.7}
    assert (-rank(before, "electre-1", **settings).scores).tolist() == [1, 2, 1]
    assert (-rank(after, "electre-1", **settings).scores).tolist() == [1, 3, 2]


def test_negative_performances_are_refused_where_shares_are_formed() -> None:
    """Shares of a sum need figures from zero up; the other normalisations take any."""
    matrix = DecisionMatrix([[1.0], [-2.0]], [1], ["min"])
    with pytest.raises(EngineError, match=r"^option a2, criterion c1: -2 is negative, which 'sum' .* 'electre-1' can"):
        electre_1(matrix, normalisation="sum")
    for normalisation in ("none", "vector", "min-max"):
        assert rank(matrix, "electre-1", normalisation=normalisation).ranks.tolist() == [2, 1]


def test_the_memory_that_is_missing_is_named_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs that would not fit into memory are refused with what they need, before any is looked at."""
    monkeypatch.setattr(pairs, "free_memory", lambda: 2**30)
    matrix = DecisionMatrix(np.zeros((100_000, 1)), [1], ["max"])
    with pytest.raises(
        EngineError, match=r"^electre-1: 100,000 options make 10,000,000,000 pairs, which need 5\.1 GiB"
    ):
        electre_1(matrix)


def test_the_working_shows_every_pair_of_a_few_options() -> None:
    """The steps lead from normalised performances over concordance and discordance to the rounds."""
    steps: list[Step] = []
    electre_1(DecisionMatrix([[4.0, 0.0], [2.0, 1.0]], [3, 1], ["max", "max"]), steps=steps)
    assert [step.symbol for step in steps] == ["r", "w", "C", "D", "S", "K"]
    assert [step.table.tolist() for step in steps[2:]] == [
        [[1.0, 0.75], [0.25, 1.0]],
        [[0.0, 0.5], [1.0, 0.0]],
        [[0.0, 0.0], [0.0, 0.0]],
        [1.0, 1.0],
    ]


@pytest.mark.parametrize("options", [3, 100])
def test_a_criterion_that_only_rounding_tells_apart_is_inert(options: int) -> None:
    """Where all figures of a criterion agree but for rounding, no option is better on it."""
    values = np.full((options, 2), 0.3)
    values[0] = [0.1 + 0.2, 0.1]
    values[1:, 1] = 0.2
    ranking = rank(DecisionMatrix(values, [1, 1], ["max", "max"]), "electre-1", concordance=0.95)
    assert ranking.ranks.tolist() == [options] + [1] * (options - 1)
