"""From a dossier to what is drawn: performances by their estimates, weights by what is known of them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from policyopts.analysis.problem.decision import DecisionProblem, decision_problem
from policyopts.analysis.problem.uncertain_performances import ranges, uncertain_performances
from policyopts.analysis.problem.uncertain_weights import KnownWeights, uncertain_weights
from policyopts.analysis.view import WhatIf, look
from policyopts.engine.robustness.constrained_weights import ConstrainedWeights
from policyopts.engine.robustness.streams import stream
from policyopts.engine.robustness.tree_weights import TreeWeights
from policyopts.engine.robustness.weights import (
    FixedWeights,
    OrderedWeights,
    SimplexWeights,
    StatedWeights,
    WeightDistribution,
)
from policyopts.findings import UsageError
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load

Write = Callable[..., Path]
SAMPLES = 20_000
NEAR = 5 / SAMPLES**0.5  # five standard errors of a mean of shares, whose deviation is below a half, or ten
RANGED = """
criteria:
  effect:
    weight: {low: 40, value: 60, high: 80}
    criteria:
      reach: {weight: 1, scale: {worst: 0, best: 100, unit: "%"}}
      speed: {weight: 3, scale: {worst: 24, best: 0, unit: months}}
  cost: {weight: 40, scale: {levels: {high: 0, fair: 50, low: 100}}}
"""


def problem(dossier: Dossier, **asked: object) -> DecisionProblem:
    """Put a dossier, with changes, into numbers."""
    return decision_problem(look(dossier, WhatIf(**asked)))  # type: ignore[arg-type]


def shares(weights: WeightDistribution) -> NDArray[np.float64]:
    """Draw weights (criteria, samples) that sum to 1."""
    drawn = np.empty((weights.criteria, SAMPLES))
    weights.draw(stream(0, 0), drawn)
    totals: NDArray[np.float64] = drawn.sum(axis=0)
    return drawn / totals


class TestPerformances:
    """What the estimates say."""

    def test_each_form_has_its_distribution(self, write_small: Write) -> None:
        """Exact figures are not drawn; ranges, words and what is unknown are, each in its own way."""
        folder = write_small()
        forms = {
            "act": "{reach: likely, speed: {low: 1, value: 2, high: 6}, cost: unknown}",
            "wait": "{reach: {low: 0, value: 20, high: 30, distribution: pert}, speed: 9, cost: {low: 0, high: fair}}",
            "study": "{reach: {low: 10, high: 30, distribution: normal}, speed: {low: 3, high: 3}, cost: fair}",
        }
        for option, cells in forms.items():
            (folder / f"options/{option}.yaml").write_text(f"performance: {cells}\n", encoding="utf-8")
        found = uncertain_performances(problem(load(folder)))
        options, criteria = found.matrix.options, found.matrix.criteria
        drawn = {(options[cell.option], criteria[cell.criterion]): cell for cell in found.cells}
        assert {place: cell.distribution for place, cell in drawn.items()} == {
            ("act", "reach"): "uniform",
            ("act", "speed"): "triangular",
            ("act", "cost"): "uniform",
            ("wait", "reach"): "pert",
            ("wait", "cost"): "uniform",
            ("study", "reach"): "normal",
        }
        assert (drawn["act", "reach"].low, drawn["act", "reach"].high) == (55, 80)
        assert (drawn["act", "cost"].low, drawn["act", "cost"].high) == (0, 100)
        assert drawn["act", "speed"].peak == pytest.approx(0.2)

    def test_unknown_without_a_scale_is_anything_that_is_known(self, write_small: Write) -> None:
        """Its range is that of the options in the matrix that have a figure."""
        criteria = "criteria:\n  reach: {direction: max, weight: 1}\n  cost: {direction: min, weight: 1}\n"
        folder = write_small(criteria=criteria, frames="{}\n", perspectives="{}\n", assumptions="{}\n")
        for option, reach in {"act": "unknown", "wait": "{low: 10, high: 30}", "study": "50"}.items():
            (folder / f"options/{option}.yaml").write_text(f"performance: {{reach: {reach}, cost: 1}}\n", "utf-8")
        low, high = ranges(problem(load(folder)))
        assert low[:, 0].tolist() == [20, 50, 10]
        assert high[:, 0].tolist() == [50, 50, 30]

    def test_what_is_asked_for_counts(self, small: Dossier) -> None:
        """A figure set on the spot is exact; options that are left out have no rows."""
        assert len(uncertain_performances(problem(small)).cells) == 1
        assert not uncertain_performances(problem(small, performances={("wait", "reach"): 20.0})).cells
        low, _ = ranges(problem(small, without=("act",)))
        assert low.shape == (2, 3)


class TestWeights:
    """What is taken to be known of the weights."""

    def test_near_the_stated_ones(self, small: Dossier) -> None:
        """Without ranges they are Dirichlet, by the trust asked for."""
        found = uncertain_weights(problem(small), KnownWeights(trust=7))
        assert isinstance(found, StatedWeights)
        assert found.stated == pytest.approx([0.15, 0.45, 0.4])
        assert found.trust == 7

    def test_ranges_go_before_nearness(self, write_small: Write) -> None:
        """Siblings with a range among them are drawn from it, the others near the stated ones."""
        dossier = load(write_small(criteria=RANGED))
        drawn = shares(uncertain_weights(problem(dossier), KnownWeights()))
        assert drawn[2].min() >= 40 / 120
        assert drawn[2].max() <= 40 / 80
        assert (drawn[0] / (drawn[0] + drawn[1])).std() > 0.1
        exact = shares(uncertain_weights(problem(dossier), KnownWeights("ranges")))
        assert np.allclose(exact[0] / (exact[0] + exact[1]), 0.25)
        assert exact[2].std() == pytest.approx(drawn[2].std(), rel=0.05)

    def test_without_ranges_nothing_is_drawn_of_them(self, small: Dossier) -> None:
        """Weights on their ranges are certain where there are none."""
        found = uncertain_weights(problem(small), KnownWeights("ranges"))
        assert isinstance(found, FixedWeights)
        assert found.weights == pytest.approx([0.15, 0.45, 0.4])

    def test_overlays_bring_their_ranges(self, write_small: Write) -> None:
        """A frame's range takes the place of the dossier's own number."""
        dossier = load(write_small(frames="crisis: {weights: {cost: {low: 60, value: 90, high: 120}}}\n"))
        drawn = shares(uncertain_weights(problem(dossier, frame="crisis"), KnownWeights("ranges")))
        assert drawn[2].min() == pytest.approx(0.5, abs=0.01)
        assert drawn[2].max() == pytest.approx(2 / 3, abs=0.01)

    @pytest.mark.parametrize("zero", [False, True])
    def test_a_share_asked_for_has_no_range(self, write_small: Write, zero: bool) -> None:  # noqa: FBT001 - a case
        """Numbers and ranges of its siblings are scaled to what it leaves them."""
        criteria = "criteria:\n" + "".join(
            f"  {id_}: {{weight: {weight}, scale: {{worst: 0, best: 100}}}}\n"
            for id_, weight in {
                "reach": f"{{low: 0, value: {0 if zero else 20}, high: 40}}",
                "speed": "{low: 10, value: 20, high: 30}",
                "cost": "60",
            }.items()
        )
        folder = write_small(criteria=criteria, frames="{}\n", perspectives="{}\n", assumptions="{}\n")
        for path in folder.glob("options/*.yaml"):
            path.write_text("performance: {reach: 1, speed: 2, cost: 3}\n", encoding="utf-8")
        dossier = load(folder)
        found = uncertain_weights(problem(dossier, shares={"speed": 0.5}), KnownWeights())
        assert isinstance(found, TreeWeights)
        low, high = found.ranges.low, found.ranges.high
        rest = 60 + (0 if zero else 20)
        assert low == pytest.approx([0, 0.5, 0.5 * 60 / rest])
        if not zero:
            assert high == pytest.approx([0.25, 0.5, 0.375])
        else:
            assert high[0] > 0

    def test_weights_from_the_data_are_near_what_they_come_to(self, write_small: Write) -> None:
        """They state no number, and have no range."""
        criteria = "weighting: {method: entropy}\ncriteria:\n" + "".join(
            f"  {id_}: {{scale: {{worst: 0, best: 100}}}}\n" for id_ in ("reach", "speed", "cost")
        )
        folder = write_small(criteria=criteria, frames="{}\n", perspectives="{}\n", assumptions="{}\n")
        for number, path in enumerate(sorted(folder.glob("options/*.yaml"))):
            path.write_text(f"performance: {{reach: {number}, speed: 2, cost: {number**2}}}\n", encoding="utf-8")
        at_hand = problem(load(folder))
        found = uncertain_weights(at_hand, KnownWeights())
        assert isinstance(found, StatedWeights)
        assert found.stated == pytest.approx(at_hand.matrix.weights)
        assert isinstance(uncertain_weights(at_hand, KnownWeights("ranges")), FixedWeights)

    def test_an_order_is_that_of_the_shares_of_the_whole(self, small: Dossier) -> None:
        """The heaviest of all criteria comes first, whatever group it is in; those that tie have no order."""
        drawn = shares(uncertain_weights(problem(small), KnownWeights("order")))
        assert (np.diff(drawn[[0, 2, 1]], axis=0) >= -1e-12).all()
        tied = uncertain_weights(problem(small, shares={"reach": 0.3, "speed": 0.3}), KnownWeights("order"))
        assert isinstance(tied, OrderedWeights)
        assert tied.ranks == (2, 2, 1)

    def test_constraints_hold_for_groups_too(self, small: Dossier) -> None:
        """A group counts as the sum of its criteria; an order is kept beside the constraints."""
        any_ = uncertain_weights(problem(small), KnownWeights("any"))
        assert isinstance(any_, SimplexWeights)
        known = KnownWeights("any", where=("effect <= 0.5", "reach = 2*speed"))
        found = uncertain_weights(problem(small), known)
        assert isinstance(found, ConstrainedWeights)
        drawn = shares(found)
        assert (drawn[0] + drawn[1] <= 0.5 + 1e-9).all()
        assert np.allclose(drawn[0], 2 * drawn[1])
        ordered = shares(uncertain_weights(problem(small), KnownWeights("order", where=("effect <= 0.6",))))
        assert (np.diff(ordered[[0, 2, 1]], axis=0) >= -1e-9).all()
        assert (ordered[0] + ordered[1]).max() <= 0.6 + 1e-9

    @pytest.mark.parametrize(
        ("known", "message"),
        [
            (KnownWeights(where=("cost <= 0.5",)), "--where goes with weights of which nothing else is known"),
            (
                KnownWeights("ranges", where=("cost <= 0.5",)),
                "--where goes with weights of which nothing else is known",
            ),
            (
                KnownWeights("any", where=("cost > 0.6", "effect > 0.6")),
                "no weights meet 'cost > 0.6' and 'effect > 0.6'$",
            ),
            (KnownWeights("order", where=("cost > 0.6",)), "no weights meet 'cost > 0.6', and the order of the stated"),
            (KnownWeights("any", where=("cots > 0.6",)), "unknown criterion or group 'cots'"),
            (KnownWeights(trust=0), "--trust 0"),
            (KnownWeights(trust=float("nan")), "--trust nan"),
        ],
    )
    def test_what_cannot_be_known_is_refused(self, known: KnownWeights, message: str, small: Dossier) -> None:
        """Constraints beside stated weights, ones that contradict each other, and a trust of nothing."""
        with pytest.raises(UsageError, match=message):
            uncertain_weights(problem(small), known)
