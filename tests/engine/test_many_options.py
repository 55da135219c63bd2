"""Robustness of very many options: the first ranks are counted one by one, and all ranks are added up."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from policyopts.engine import pairs
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.ranking import ranks
from policyopts.engine.robustness import acceptability, simulation
from policyopts.engine.robustness.assessment import Robustness, assess
from policyopts.engine.robustness.counts import MANY, Counts, ranks_counted
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.engine.robustness.simulation import Simulation
from policyopts.engine.value_curves import Bend
from policyopts.engine.workspace import Workspace

Array = NDArray[np.float64]
OPTIONS = MANY + 50
SAMPLES = 60
CURVES = (Bend(0, 100, 1.0), Bend(100, 0, 2.0), Bend(0, 100, -1.0))


def matrix_of(options: int, curves: Sequence[Bend] = ()) -> DecisionMatrix:
    """Make a matrix in which some options are alike, with values on straight lines or on curves."""
    values = np.random.default_rng(0).integers(10, 90, (options, 3)).astype(np.float64)
    values[7] = values[9] = values[400]
    scaled = np.stack([curve.values(row) for curve, row in zip(curves, values.T, strict=True)], 1) if curves else None
    return DecisionMatrix(values, [3, 2, 1], ["max", "min", "max"], lower=[0] * 3, upper=[100] * 3, scaled=scaled)


def assessed(simulated: Simulation) -> tuple[Robustness, Counts]:
    """Run to the end."""
    *_, counts = simulated.run(SAMPLES)
    return assess(simulated, counts), counts


def shares(scores: Array, first: int) -> tuple[Array, Array]:
    """Rank samples of scores (options, samples) one by one: shares of the first ranks, and mean ranks, ties shared."""
    found, means = np.zeros((len(scores), len(scores))), np.zeros(len(scores))
    for row in ranks(scores.T):
        held = np.bincount(row, minlength=len(row) + 1)
        for option, place in enumerate(row.tolist()):
            found[option, place - 1 : place - 1 + held[place]] += 1 / held[place]
        means += row + (held[row] - 1) / 2
    return found[:, :first] / scores.shape[1], means / scores.shape[1]


@pytest.mark.parametrize("kind", ["linear", "uniform", "bent", "topsis", "borda"])
def test_counts_are_those_of_ranking_each_sample(kind: str) -> None:
    """Shares of the first ranks and mean ranks are those of every sample ranked by itself, ties and twins included."""
    matrix = matrix_of(OPTIONS, CURVES if kind == "bent" else ())
    spread = UncertainPerformances(matrix, matrix.values - 5, matrix.values + 5, "uniform")
    given: dict[str, Any] = {
        "linear": {},
        "uniform": {"performances": spread},
        "bent": {"performances": spread, "curves": CURVES},
        "topsis": {"method": "topsis"},
        "borda": {"method": "borda", "performances": spread},
    }
    found, counts = assessed(Simulation(matrix, **given[kind]))
    scores = np.concatenate(counts.scores, axis=1)
    assert scores.shape == (OPTIONS, SAMPLES)
    first = ranks_counted(OPTIONS)
    expected, means = shares(scores, first)
    assert found.rank_acceptability.shape == (OPTIONS, first)
    assert first == 100
    assert found.rank_acceptability == pytest.approx(expected, abs=1e-12)
    assert found.expected_rank == pytest.approx(means, abs=1e-8)  # given to nine digits
    assert found.expected_rank.sum() == pytest.approx(OPTIONS * (OPTIONS + 1) / 2)


def test_up_to_a_thousand_options_have_all_their_ranks() -> None:
    """Up to a thousand, every option and every rank sums to one; above, fewer ranks the more options there are."""
    found, _ = assessed(Simulation(matrix_of(MANY)))
    assert found.rank_acceptability.sum(axis=0) == pytest.approx(1)
    assert found.rank_acceptability.sum(axis=1) == pytest.approx(1)
    assert [ranks_counted(options) for options in (5, MANY, 10_000, 20_000, 1_000_000)] == [5, MANY, 100, 50, 10]


def test_memory_grows_with_the_options_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million options are within reach; what is beyond the memory that is free is refused with a number."""
    monkeypatch.setattr(simulation, "free_memory", lambda: 1 << 30)
    simulation.refuse_too_many(1_000_000)
    with pytest.raises(EngineError, match=r"^robustness: 2,000,000 options need 1\.5 GiB of memory; 1\.0 GiB are free"):
        simulation.refuse_too_many(2_000_000)
    none = Counts.none(100_000, 10)
    assert none.wins.size == 0
    assert none.ranks.size == 1_000_000


def test_pairs_of_very_many_options_are_refused_beyond_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chances to win are worked out when they are asked for, and refused where the table would not fit."""
    found, _ = assessed(Simulation(matrix_of(OPTIONS)))
    assert found.pairwise[7, 9] == 0.5
    monkeypatch.setattr(pairs, "LIGHT", 0)
    monkeypatch.setattr(pairs, "free_memory", lambda: 1 << 20)
    with pytest.raises(EngineError, match="chances to win: 1,050 options make 1,102,500 pairs"):
        acceptability.pairwise_wins(found._counts, found._simulation.scoring.twins)


@pytest.mark.parametrize("distribution", ["uniform", "triangular", "normal", "lognormal", "pert"])
def test_pieces_draw_the_figures_that_the_ranges_say(distribution: str) -> None:
    """Where cells are drawn in pieces, scores have the means and the spread of what is drawn all at once."""
    matrix = matrix_of(OPTIONS)
    spread = UncertainPerformances(matrix, matrix.values - 5, matrix.values + 5, distribution)
    run = Simulation(matrix, performances=spread)
    scored = run.scoring.score(np.random.default_rng(1), 256, 1, Workspace())
    drawn = spread.table(spread.draw(np.random.default_rng(2), 256))
    values = matrix.with_values(drawn).scaled
    expected = np.einsum("soc,cs->os", values, scored.weights)
    assert scored.scores[:, 0].mean(axis=1) == pytest.approx(expected.mean(axis=1), abs=0.02)
    assert scored.scores[:, 0].std() == pytest.approx(expected.std(), rel=0.01)
