from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from policyopts.engine import tree
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.ranking import Ranking, rank
from policyopts.engine.value_functions import piecewise_linear

Case = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "published"
CASES: dict[str, Case] = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
MATRIX_KEYS = {"values", "weights", "directions", "options", "criteria", "lower", "upper"}


def cases_of(*methods: str, of: str | None = None) -> list[Any]:
    """Find the published cases of some methods, or those of them that print one kind of result."""
    found = [
        pytest.param(case, id=name)
        for name, case in CASES.items()
        if case.get("method") in methods and (of is None or of in case["expected"])
    ]
    assert found
    return found


def as_published(results: Any, expected: list[float | None], tolerance: float) -> bool:
    """Compare with what is printed; None stands for a figure that is not to be compared."""
    printed = np.array(expected, dtype=np.float64)
    return bool(np.allclose(np.where(np.isnan(printed), results, printed), results, rtol=0, atol=tolerance))


def ranked(case: Case, **parameters: Any) -> Ranking:
    """Rank a case's options, with some parameters changed."""
    matrix = DecisionMatrix(**{key: case[key] for key in MATRIX_KEYS & case.keys()})
    return rank(matrix, case["method"], **(case.get("parameters", {}) | parameters))


@pytest.mark.parametrize("case", cases_of(*METHODS))
def test_ranking_methods_reproduce_published_results(case: Case) -> None:
    """A ranking method gives the scores, terms, verdicts and ranks that its source prints."""
    ranking, expected = ranked(case), case["expected"]
    assert "ranks" in expected or "details" in expected
    if "ranks" in expected:
        assert ranking.ranks.tolist() == expected["ranks"]
    figures = expected.get("details", {}) | ({"scores": expected["scores"]} if "scores" in expected else {})
    for name, printed in figures.items():
        tolerance = expected.get("tolerances", {}).get(name, expected["tolerance"])
        assert as_published(ranking.scores if name == "scores" else ranking.details[name], printed, tolerance)
    for name, said in expected.get("document", {}).items():
        found = ranking.document[name]
        assert (sorted(found) if isinstance(found, tuple) else found) == said


@pytest.mark.parametrize("case", cases_of("waspas", of="scores_by_lambda"))
def test_waspas_reproduces_published_results_from_product_to_sum(case: Case) -> None:
    """WASPAS gives the scores that its source prints for each share of the weighted sum."""
    for share, printed in case["expected"]["scores_by_lambda"].items():
        assert as_published(ranked(case, lambda_=share).scores, printed, case["expected"]["tolerance"])


@pytest.mark.parametrize("case", cases_of("waspas", of="scores_under_these_weights"))
def test_waspas_reproduces_scores_of_weights_that_do_not_sum_to_one(case: Case) -> None:
    """Times the sum of the weights, and raised to it, the two parts of a score are those of weights as printed."""
    details, total = ranked(case).details, sum(case["weights"])
    scores = 0.5 * details["wsm"] * total + 0.5 * details["wpm"] ** total
    assert as_published(scores, case["expected"]["scores_under_these_weights"], case["expected"]["tolerance"])


@pytest.mark.parametrize("case", cases_of("multimoora", of="under_these_weights"))
def test_multimoora_reproduces_figures_of_weights_that_do_not_sum_to_one(case: Case) -> None:
    """Times the sum of the weights, and raised to it, the three figures are those of weights as printed."""
    details, total = ranked(case).details, sum(case["weights"])
    found = {
        "ratio": details["ratio"] * total,
        "reference_point": details["reference_point"] * total,
        "multiplicative": details["multiplicative"] ** total,
    }
    for name, printed in case["expected"]["under_these_weights"].items():
        assert as_published(found[name], printed, case["expected"]["tolerances"][name])


@pytest.mark.parametrize("case", cases_of("multimoora", of="multiplicative_but_for_a_factor"))
def test_multimoora_reproduces_products_of_normalised_figures_but_for_a_factor(case: Case) -> None:
    """Products of raw figures are in the proportions of the printed ones, to the printed digits."""
    printed = np.array(case["expected"]["multiplicative_but_for_a_factor"])
    found = ranked(case).details["multiplicative"] ** sum(case["weights"])
    np.testing.assert_allclose(found / found.max() * printed.max(), printed, rtol=1e-4)


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
