from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.robustness.assessment import robustness
from policyopts.engine.robustness.percentiles import HIGH, LOW, incomplete_beta
from policyopts.engine.robustness.performances import UncertainPerformances
from policyopts.engine.robustness.weights import FixedWeights, ordered_weights
from policyopts.engine.value_curves import Line

FOLDER = Path(__file__).parents[1] / "published"


def published(name: str) -> dict[str, Any]:
    """Read a published case."""
    case: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return case


def percentile(chance: float, alpha: float, beta: float) -> float:
    """Find where a beta distribution has a chance below it."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if incomplete_beta(middle, alpha, beta)[0] < chance else (low, middle)
    return low


def test_a_benefit_risk_analysis_comes_out_as_published() -> None:
    """Beta distributed rates, straight value functions and an order of the weights give the stored run's figures."""
    case = published("smaa-thrombolytics")
    shapes, expected = np.array(case["beta_shapes"]), case["expected"]
    means = shapes[..., 0] / shapes.sum(axis=-1)
    curves = [Line(*ends) for ends in zip(case["worst"], case["best"], strict=True)]
    values = np.stack([curve.values(column) for curve, column in zip(curves, means.T, strict=True)], axis=1)
    matrix = DecisionMatrix(means, [1] * 3, ["min"] * 3, lower=[0] * 3, upper=[1] * 3, scaled=values)
    low, high = ([[percentile(chance, *cell) for cell in row] for row in shapes.tolist()] for chance in (LOW, HIGH))
    found = robustness(
        matrix,
        ordered_weights(case["weight_ranks"]),
        UncertainPerformances(matrix, low, high, "beta"),
        curves=curves,
    )
    for name in ("rank_acceptability", "central_weights", "confidence"):
        assert getattr(found, name) == pytest.approx(np.array(expected[name]), abs=expected["tolerance"])


def test_a_dominated_option_has_no_central_weights_as_published() -> None:
    """The dominating option has the certain weights for its own, the other none."""
    case = published("smaa-dominated")
    expected = case["expected"]
    matrix = DecisionMatrix(case["values"], case["weights"], ["max"] * 3, lower=[0] * 3, upper=[1] * 3)
    found = robustness(matrix, FixedWeights(matrix.weights), samples=20_000)
    assert found.rank_acceptability.tolist() == expected["rank_acceptability"]
    central = [row or [np.nan] * 3 for row in expected["central_weights"]]
    assert found.central_weights == pytest.approx(np.array(central), abs=expected["tolerance"], nan_ok=True)
