from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from policyopts.engine import pairs
from policyopts.engine.distillation import FEW
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import electre_3 as module
from policyopts.engine.methods.electre_3 import electre_3
from policyopts.engine.pairs import PairTable
from policyopts.engine.ranking import rank

if TYPE_CHECKING:
    from policyopts.engine.steps import Step

Array = NDArray[np.float64]

seeds = st.integers(0, 2**32 - 1)


def credibility(
    values: Array, weights: Array, signs: Array, q: Array, p: Array, v: Array, *, direct: bool = True
) -> Array:
    """Work credibilities out by the definition, pair by pair and criterion by criterion; NaN is no veto."""
    q, p, v = (np.broadcast_to(threshold, values.shape) for threshold in (q, p, v))
    shares = weights / weights.sum()
    result = np.empty((len(values), len(values)))
    for a, b in np.ndindex(result.shape):
        at = a if direct else b
        concordance, discordances = 0.0, []
        for criterion, share in enumerate(shares):
            lead = signs[criterion] * (values[b, criterion] - values[a, criterion])
            low, high, most = q[at, criterion], p[at, criterion], v[at, criterion]
            if lead <= low:
                concordance += share
            elif lead < high:
                concordance += share * (high - lead) / (high - low)
            if np.isnan(most) or lead <= high:
                discordances.append(0.0)
            else:
                discordances.append(1.0 if lead >= most else (lead - high) / (most - high))
        if concordance > 1 - 1e-12:
            concordance = 1.0
        result[a, b] = concordance
        for discordance in discordances:
            if discordance > concordance:
                result[a, b] *= (1 - discordance) / (1 - concordance)
    return result


def table_of(matrix: DecisionMatrix, **parameters: Any) -> Array:
    """Give the credibility of every pair."""
    found = electre_3(matrix, **parameters).document["credibility"]
    assert isinstance(found, PairTable)
    return found.table


@given(
    seed=seeds,
    options=st.integers(1, 14),
    unit=st.sampled_from([1.0, 0.1, 1e-12, 1e12]),
    thresholds=st.sampled_from(["direct", "inverse"]),
)
def test_credibilities_follow_the_definition(seed: int, options: int, unit: float, thresholds: str) -> None:
    """Costs, ties at thresholds, thresholds of zero or none, and criteria of no weight come out as defined."""
    rng = np.random.default_rng(seed)
    grid = rng.integers(-6, 12, (options, 5)).astype(np.float64)
    q, more = rng.integers(0, 4, (2, 5)).astype(np.float64)
    p = q + more
    v = np.where(rng.random(5) < 0.3, np.nan, p + rng.integers(0, 6, 5))
    weights, signs = rng.integers(0, 4, 5) + np.eye(5)[0], rng.choice([1.0, -1.0], 5)
    matrix = DecisionMatrix(grid * unit, weights, signs, indifference=q * unit, preference=p * unit, veto=v * unit)
    found = table_of(matrix, thresholds=thresholds)
    np.testing.assert_allclose(found, credibility(grid, weights, signs, q, p, v), rtol=0, atol=1e-12)


@given(seed=seeds, options=st.integers(2, 10), thresholds=st.sampled_from(["direct", "inverse"]))
def test_relative_thresholds_are_taken_at_one_option_of_the_pair(seed: int, options: int, thresholds: str) -> None:
    """A relative threshold is the one at the option that outranks, or at the other one, of costs too."""
    rng = np.random.default_rng(seed)
    grid = rng.integers(0, 20, (options, 3)).astype(np.float64)
    q, p, v = 0.125 * grid, 0.25 * grid, 0.5 * grid
    weights, signs = np.array([1.0, 2.0, 3.0]), np.array([1.0, -1.0, 1.0])
    matrix = DecisionMatrix(grid, weights, signs, indifference=q, preference=p, veto=v)
    found = table_of(matrix, thresholds=thresholds)
    np.testing.assert_allclose(
        found, credibility(grid, weights, signs, q, p, v, direct=thresholds == "direct"), rtol=0, atol=1e-12
    )


def test_many_options_are_compared_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks and threads give the credibilities of all pairs at once."""
    monkeypatch.setattr(module, "PAIRS", 5000)
    values = np.random.default_rng(2).integers(0, 30, (module.LARGE + 1, 2)) * 1.0
    thresholds: dict[str, Any] = {"indifference": [2.0, 1.0], "preference": [5.0, 6.0], "veto": [20.0, None]}
    blocks = table_of(DecisionMatrix(values, [1, 2], ["max", "min"], **thresholds))
    some = table_of(DecisionMatrix(values[:FEW], [1, 2], ["max", "min"], **thresholds))
    np.testing.assert_array_equal(blocks[:FEW, :FEW], some)


@pytest.mark.parametrize("options", [3, FEW + 8])
def test_samples_are_ranked_one_by_one(options: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples of performances and weights give the classes that each gives alone, whatever is looked at in one go."""
    monkeypatch.setattr(module, "PAIRS", 20)
    rng = np.random.default_rng(9)
    values, weights = rng.integers(0, 20, (2, 3, options, 4)) * 1.0, rng.integers(1, 9, (2, 3, 4)) * 1.0
    for cells in (np.array([1.0, 2.0, 0.0, 1.0]), 0.1 * values):
        together = electre_3(
            DecisionMatrix(
                values, weights, ["max", "min"] * 2, indifference=cells, preference=2 * cells, veto=5 * cells
            )
        )
        assert not together.document
        for sample in np.ndindex(2, 3):
            own = cells[sample] if cells.ndim > 1 else cells
            alone = electre_3(
                DecisionMatrix(
                    values[sample],
                    weights[sample],
                    ["max", "min"] * 2,
                    indifference=own,
                    preference=2 * own,
                    veto=5 * own,
                )
            )
            assert together.scores[sample].tolist() == alone.scores.tolist()
    thresholds: dict[str, Any] = {"preference": [3.0] * 4, "veto": [8.0] * 4}
    shared = electre_3(DecisionMatrix(values[0, 0], weights, ["max", "min"] * 2, **thresholds))
    alone = electre_3(DecisionMatrix(values[0, 0], weights[1, 2], ["max", "min"] * 2, **thresholds))
    assert shared.details["descending"][1, 2].tolist() == alone.details["descending"].tolist()


def test_a_veto_cannot_be_made_up_for() -> None:
    """An option that is worse by the veto threshold on one criterion is not as good, whatever the others say."""
    values = [[10.0, 10.0, 0.0], [0.0, 0.0, 9.0]]
    matrix = DecisionMatrix(values, [4, 5, 1], ["max"] * 3, preference=[3, 3, 3], veto=[None, None, 9])
    assert table_of(matrix).tolist() == [[1.0, 0.0], [pytest.approx(0.1), 1.0]]


def test_nothing_is_against_full_agreement() -> None:
    """A criterion of no weight rules nothing out where all the weight is for an option, and does where it is not."""
    matrix = DecisionMatrix([[5.0, 0.0], [5.0, 9.0], [6.0, 9.0]], [1, 0], ["max", "max"], veto=[None, 3])
    assert table_of(matrix).tolist() == [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]


def test_rounding_lifts_no_lead_above_a_threshold() -> None:
    """A lead of 0.8 over 0.6 is within an indifference of 0.2, although the difference of the floats is larger."""
    matrix = DecisionMatrix([[0.6], [0.8]], [1], ["max"], indifference=[0.2], preference=[0.2], veto=[0.2])
    for thresholds in ("direct", "inverse"):
        assert table_of(matrix, thresholds=thresholds).tolist() == [[1.0, 1.0], [1.0, 1.0]]


def test_without_thresholds_every_lead_counts_in_full() -> None:
    """Without thresholds a pair's credibility is the weight of the criteria on which there is no lead against it."""
    matrix = DecisionMatrix([[1.0, 5.0], [2.0, 4.0]], [3, 1], ["max", "max"])
    assert table_of(matrix).tolist() == [[1.0, 0.25], [0.75, 1.0]]


def test_options_are_ranked_by_the_mean_of_both_classes() -> None:
    """The score is the mean class, negated, so that incomparable options can share a rank."""
    matrix = DecisionMatrix(
        [[10.0, 0.0], [8.0, 7.0], [5.0, 5.0]],
        [6, 4],
        ["max", "max"],
        indifference=[1, 1],
        preference=[3, 3],
        veto=[20, 9],
    )
    ranking = rank(matrix, "electre-3")
    assert ranking.details["descending"].tolist() == [2, 1, 2]
    assert ranking.details["ascending"].tolist() == [2, 1, 3]
    assert ranking.scores.tolist() == [-2.0, -1.0, -2.5]
    assert ranking.ranks.tolist() == [2, 1, 3]


def test_an_improvement_can_lower_the_rank() -> None:
    """As the table declares, an option that gets better on one criterion can rank worse."""
    grid = np.array([[0.0, 5.0, 3.0], [4.0, 2.0, 1.0], [5.0, 5.0, 0.0], [4.0, 0.0, 3.0]])
    assert rank(DecisionMatrix(grid, [1, 4, 2], ["max"] * 3), "electre-3").ranks.tolist() == [1, 3, 1, 4]
    grid[2, 2] = 2.0
    assert rank(DecisionMatrix(grid, [1, 4, 2], ["max"] * 3), "electre-3").ranks.tolist() == [1, 3, 2, 3]


def test_ten_options_and_more_keep_their_names() -> None:
    """The classes of eleven options in a row follow their order, not that of their names."""
    matrix = DecisionMatrix(np.arange(11.0)[:, np.newaxis], [1], ["max"])
    ranking = rank(matrix, "electre-3")
    assert ranking.ranks.tolist() == list(range(11, 0, -1))
    written = ranking.document["credibility"]
    assert isinstance(written, PairTable)
    assert written.tolist()["a10"] == {
        f"a{number}": 1.0 if number < 10 else 0.0 for number in range(1, 12) if number != 10
    }


def test_the_memory_that_is_missing_is_named_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs that would not fit into memory are refused with what they need, and with a method that needs none."""
    monkeypatch.setattr(pairs, "free_memory", lambda: 3 * 2**30)
    matrix = DecisionMatrix(np.zeros((20_000, 1)), [1], ["max"])
    with pytest.raises(EngineError) as refused:
        electre_3(matrix)
    assert refused.value.message == (
        "electre-3: 20,000 options make 400,000,000 pairs, which need 3.7 GiB of memory; 3.0 GiB are free"
    )
    assert "'promethee'" in refused.value.hint


def test_free_memory_is_read_from_the_system() -> None:
    """A system that says how much memory is free says more than nothing, and one that does not stops nothing."""
    free = pairs.free_memory()
    assert free is None or free > 0


def test_memory_is_not_asked_about_where_the_system_does_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows what is free, nothing is refused."""
    monkeypatch.setattr(pairs, "free_memory", lambda: None)
    pairs.refuse_beyond_memory("electre-3", 10**6, 1e13, "")


def test_the_working_shows_every_pair_of_a_few_options() -> None:
    """The steps are weights, thresholds, concordance and credibility of all pairs, both classes and their mean."""
    steps: list[Step] = []
    electre_3(DecisionMatrix([[1.0, 5.0], [2.0, 4.0]], [3, 1], ["max", "max"]), steps=steps)
    assert [step.symbol for step in steps] == ["w", "q", "p", "C", "σ", "D", "A", "M"]
    assert steps[3].table.tolist() == [[1.0, 0.25], [0.75, 1.0]]
    many: list[Step] = []
    electre_3(DecisionMatrix(np.zeros((pairs.MOST_WRITTEN + 1, 1)), [1], ["max"]), steps=many)
    assert [step.symbol for step in many] == ["w", "q", "p", "D", "A", "M"]


@pytest.mark.parametrize("options", [3, 100])
def test_a_criterion_that_only_rounding_tells_apart_is_inert(options: int) -> None:
    """Where all figures of a criterion agree but for rounding, no option is better on it."""
    values = np.full((options, 2), 0.3)
    values[0] = [0.1 + 0.2, 0.1]
    values[1:, 1] = 0.2
    ranking = rank(DecisionMatrix(values, [1, 1], ["max", "max"]), "electre-3")
    assert ranking.ranks.tolist() == [options] + [1] * (options - 1)
