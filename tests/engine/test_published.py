from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from policyopts.engine import tree
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.ranking import rank
from policyopts.engine.value_functions import piecewise_linear

Case = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "published"
CASES: dict[str, Case] = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
MATRIX_KEYS = {"values", "weights", "directions", "options", "criteria", "lower", "upper"}


def cases_of(*methods: str) -> list[Any]:
    """Find the published cases of some methods."""
    found = [pytest.param(case, id=name) for name, case in CASES.items() if case["method"] in methods]
    assert found
    return found


def as_published(results: Any, expected: list[float | None], tolerance: float) -> bool:
    """Compare with what is printed; None stands for a figure that is not to be compared."""
    printed = np.array(expected, dtype=np.float64)
    return bool(np.allclose(np.where(np.isnan(printed), results, printed), results, rtol=0, atol=tolerance))


@pytest.mark.parametrize("case", cases_of(*METHODS))
def test_ranking_methods_reproduce_published_results(case: Case) -> None:
    """A ranking method gives the scores and ranks that its source prints."""
    matrix = DecisionMatrix(**{key: case[key] for key in MATRIX_KEYS & case.keys()})
    ranking = rank(matrix, case["method"], **case.get("parameters", {}))
    expected = case["expected"]
    assert ranking.ranks.tolist() == expected["ranks"]
    if "scores" in expected:
        assert as_published(ranking.scores, expected["scores"], expected["tolerance"])


@pytest.mark.parametrize("case", cases_of("swing"))
def test_swing_points_reproduce_published_weights(case: Case) -> None:
    """Swing points become the weights that their source prints."""
    points = case["points"]
    weights = tree.shares([-1] * len(points), points)
    assert (100 * weights).round().tolist() == case["expected"]["percent"]


@pytest.mark.parametrize("case", cases_of("piecewise-linear"))
def test_value_functions_reproduce_published_values(case: Case) -> None:
    """A piecewise linear value function gives the values that its source prints."""
    values = piecewise_linear(case["performances"], case["points"])
    assert as_published(values, case["expected"]["values"], case["expected"]["tolerance"])


@pytest.mark.parametrize("name", CASES)
def test_published_cases_name_their_source(name: str) -> None:
    """Every published case says where its numbers were printed."""
    assert CASES[name]["source"]
