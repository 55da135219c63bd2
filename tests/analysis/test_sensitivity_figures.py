"""`po.sensitivity`: of a dossier as on the command line, and of plain arrays."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import policyopts as po
from policyopts.analysis.sensitivity import sensitivity
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.findings import UsageError
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load

TWO = po.DecisionMatrix([[90, 20], [50, 50]], [0.6, 0.4], ["max"] * 2, lower=[0] * 2, upper=[100] * 2)


@pytest.mark.parametrize("method", ["weighted-sum", "topsis"])
def test_a_dossier_gives_the_figures_of_the_command(method: str, small: Dossier) -> None:
    """The same ends, changes, flips and leads, by place."""
    found, shown = po.sensitivity(small, method), sensitivity(small, method=method)
    assert (found.winner, found.exact) == (shown.winner, shown.exact)
    assert found.moved == tuple(moved.id for moved in shown.weights)
    assert found.stable_from.tolist() == [moved.stable_from for moved in shown.weights]
    named = [[(each.at, found.options[each.winner]) for each in sweep.crossovers] for sweep in found.sweeps]
    assert named == [list(moved.crossovers) for moved in shown.weights]
    assert found.challengers == tuple(each.id for each in shown.challengers)
    sizes = [np.nan if each.distance is None else each.distance for each in shown.challengers]
    assert found.distances == pytest.approx(np.array(sizes), nan_ok=True)
    for flip in shown.flips:
        place = found.options.index(flip.option), found.criteria.index(flip.criterion)
        at, who = found.flips_at[place], found.flip_winners[place]
        assert (None if np.isnan(at) else at) == flip.flips_at
        assert (None if who == -1 else found.options[who]) == flip.winner
    assert np.count_nonzero(~np.isnan(found.range_leads[..., 0])) == len(shown.effects) == 1


def test_a_matrix_needs_no_dossier() -> None:
    """Weights cross where the scores are level, 90 w + 20 (1 - w) = 50; figures flip where they make up for a lead."""
    found = po.sensitivity(TWO)
    assert (found.winner, found.exact, found.moved) == ("a1", True, ("c1", "c2"))
    assert found.stable_from == pytest.approx([3 / 7, 0])
    assert found.stable_to == pytest.approx([1, 4 / 7])
    assert found.effective_weights.sum() == pytest.approx(1)
    assert found.nearest_weights == pytest.approx(np.array([[3 / 7, 4 / 7]]))
    assert found.distances == pytest.approx([2 * (0.6 - 3 / 7)])
    assert found.flips_at == pytest.approx(np.array([[70, np.nan], [70, 80]]), nan_ok=True)
    assert found.flip_winners.tolist() == [[1, -1], [1, 1]]
    assert np.isnan(found.range_leads).all()


def test_ranges_of_a_matrix_move_the_lead() -> None:
    """A certain performance has no ends; where one is uncertain, the lead is that of the changed matrix."""
    spread = UncertainPerformances(TWO, [[60, 20], [50, 50]], [[100, 20], [50, 50]], [["uniform", "exact"]] * 2)
    leads = po.sensitivity(TWO, performances=spread).range_leads
    assert leads[0, 0] == pytest.approx([-0.06, 0.18])
    assert np.isnan(leads).sum() == 6


def test_what_no_weights_can_do_is_not_a_number() -> None:
    """A dominated option has no nearest weights; it says how far behind it stays."""
    matrix = po.DecisionMatrix([[90, 20], [50, 10]], [0.6, 0.4], ["max"] * 2, lower=[0] * 2, upper=[100] * 2)
    found = po.sensitivity(matrix)
    assert np.isnan(found.distances).all()
    assert np.isnan(found.nearest_weights).all()
    assert found.behind == pytest.approx([0.1])


def test_other_methods_are_searched() -> None:
    """No share of the differences is told, and whatever is found holds where it is looked at again."""
    found = po.sensitivity(TWO, "vikor", v=0.4)
    assert not found.exact
    assert np.isnan(found.effective_weights).all()
    assert all(0 <= each.at <= 1 for sweep in found.sweeps for each in sweep.crossovers)


def test_one_option_alone() -> None:
    """There is nobody else to be first."""
    found = po.sensitivity(po.DecisionMatrix([[1, 2]], [1, 1], ["max"] * 2))
    assert (found.winner, found.challengers) == ("a1", ())
    assert np.isnan(found.flips_at).all()


def test_the_result_is_frozen(write_small: Callable[..., Path]) -> None:
    """Neither fields nor figures can be changed."""
    found = po.sensitivity(load(write_small()))
    assert isinstance(found, po.Sensitivity)
    with pytest.raises(AttributeError):
        found.winner = "wait"  # type: ignore[misc] # that is the test
    for array in (found.weights, found.flips_at, found.flip_winners, found.range_leads, found.nearest_weights):
        with pytest.raises(ValueError, match="read-only"):
            array.flat[0] = 0


@pytest.mark.parametrize("function", [po.sensitivity, po.robustness, po.rank])
@pytest.mark.parametrize("given", ["dossier/", None, [[1, 2]]])
def test_what_is_neither_is_refused(function: Callable[[object], object], given: object) -> None:
    """It says what is needed, and how to get it."""
    with pytest.raises(po.EngineError, match="a dossier or a decision matrix is needed, not") as caught:
        function(given)
    assert "po.load(folder)" in caught.value.hint


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"method": "topsi"}, "method 'topsi'"),
        ({"distance": "l2"}, "distance: one of l1, euclid is needed, not 'l2'"),
        ({"challengers": -1}, "challengers: a whole number from 0 up is needed, not -1"),
        ({"challengers": "all"}, "challengers: a whole number"),
        ({"v": 0.4}, "weighted-sum has no parameter 'v'"),
    ],
)
def test_what_cannot_be_is_refused(keywords: dict[str, object], message: str, small: Dossier) -> None:
    """Of a dossier as of a matrix."""
    for whole in (small, TWO):
        with pytest.raises(po.PolicyOptsError, match=message):
            po.sensitivity(whole, **keywords)  # type: ignore[arg-type] # that is the test


def test_a_dossier_says_itself_what_is_known(small: Dossier) -> None:
    """Ranges and value functions beside a dossier are refused."""
    with pytest.raises(UsageError, match="a dossier says itself"):
        po.sensitivity(small, curves=[None] * 3)
