from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from policyopts.engine.agreement import (
    borda,
    copeland,
    kendall_w,
    mean_ranks,
    spearman,
    weighted_spearman,
    ws,
)
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.ranking import ranks
from policyopts.engine.weighing import weights
from policyopts.engine.weightings import WEIGHTINGS
from policyopts.engine.weightings.ahp import ahp
from policyopts.engine.weightings.rank_order import rank_order_weights

Case = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "published"
CASES: dict[str, Case] = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}

RANK_ORDERS = ("rank-order-centroid", "rank-sum", "rank-reciprocal")
NOT_COMPARED = {"tolerance", "percent"}


def cases_of(*methods: str) -> pytest.MarkDecorator:
    """Run a test for the published cases of some methods."""
    found = [pytest.param(case, id=name) for name, case in CASES.items() if case["method"] in methods]
    assert found
    return pytest.mark.parametrize("case", found)


def assert_as_published(found: Any, case: Case, key: str) -> None:
    """Compare a figure with what is printed, to the case's tolerance."""
    np.testing.assert_allclose(found, case["expected"][key], rtol=0, atol=case["expected"]["tolerance"], err_msg=key)


def order_of(places: list[int]) -> tuple[list[str], list[list[str]]]:
    """Name criteria c1, c2, … and put them in the order of their ranks, those that tie together."""
    names = [f"c{number}" for number in range(1, len(places) + 1)]
    tied = [[name for name, own in zip(names, places, strict=True) if own == place] for place in sorted(set(places))]
    return names, tied


@cases_of(*(name for name, weighting in WEIGHTINGS.items() if weighting.needs == "data"))
def test_weightings_by_data_reproduce_published_weights(case: Case) -> None:
    """A weighting that looks at the data gives the weights, and its own terms, that the source prints."""
    matrix = DecisionMatrix(case["values"], [1] * len(case["criteria"]), case["directions"], criteria=case["criteria"])
    found = weights(matrix, case["method"], **case.get("parameters", {}))
    for key in case["expected"].keys() - NOT_COMPARED:
        assert_as_published(found.weights if key == "weights" else found.details[key], case, key)


@cases_of("ahp", "bwm")
def test_weightings_by_comparison_reproduce_published_weights(case: Case) -> None:
    """AHP and BWM give the weights and the consistency figures that the source prints."""
    judgements = {
        key: case[key] for key in case.keys() - {"method", "source", "note", "criteria", "expected", "parameters"}
    }
    found = weights(case["criteria"], case["method"], **judgements, **case.get("parameters", {}))
    for key in case["expected"].keys() - NOT_COMPARED:
        assert_as_published(found.weights if key == "weights" else found.details[key], case, key)


@cases_of("ahp-hierarchy")
def test_options_compared_in_pairs_reproduce_published_scores(case: Case) -> None:
    """Options that are compared in pairs on every criterion score the weights of weights, a product."""
    of_criteria = ahp(case["criteria"], judgements=case["judgements"]).weights
    of_options = [ahp(case["options"], judgements=table).weights for table in case["judgements_of_options"]]
    scores = of_criteria @ np.array(of_options)
    assert_as_published(scores, case, "scores")
    assert ranks(scores).tolist() == case["expected"]["ranks"]


@cases_of("swing")
def test_swing_points_reproduce_published_weights(case: Case) -> None:
    """Swing points become the weights that the source prints, in whole per cent."""
    found = weights(case["criteria"], "swing", points=case["points"])
    assert (100 * found.weights).round().tolist() == case["expected"]["percent"]


@cases_of("rank-order")
def test_orders_reproduce_published_weights(case: Case) -> None:
    """An order becomes the weights that the source prints; those that tie get the mean of their ranks' weights."""
    criteria, order = order_of(case["ranks"])
    for method in case["expected"].keys() & set(RANK_ORDERS):
        assert_as_published(weights(criteria, method, order=order).weights, case, method)


@cases_of("rank-order-dense")
def test_ties_that_are_counted_as_one_are_not_followed(case: Case) -> None:
    """A source that counts tied criteria as one place gives each the full weight of it, and more than 1 in all.

    Its figures follow from the formula without ties, and ours share the weights of the ranks that a tie takes up.
    """
    criteria, order = order_of(case["ranks"])
    untied = rank_order_weights([1] * len(criteria), "rank-order-centroid")
    assert_as_published(untied[np.array(case["ranks"]) - 1], case, "rank-order-centroid")
    assert sum(case["expected"]["rank-order-centroid"]) > 1.6
    ours = weights(criteria, "rank-order-centroid", order=order).weights
    assert ours.sum() == pytest.approx(1)
    assert ranks(ours).tolist() == ranks(-np.array(case["ranks"], dtype=np.float64)).tolist()


@cases_of("kendall-w")
def test_agreement_reproduces_published_w(case: Case) -> None:
    """Kendall's W and the sums of ranks are those that the source prints."""
    assert mean_ranks(case["rankings"]).sum(axis=0).tolist() == case["expected"]["rank_sums"]
    assert_as_published(kendall_w(case["rankings"]), case, "w")


@cases_of("rank-correlation")
def test_rank_correlations_reproduce_published_figures(case: Case) -> None:
    """Spearman's rho, its weighted form and WS of two rankings are those that the source prints."""
    assert_as_published(spearman(case["rankings"])[0, 1], case, "spearman")
    assert_as_published(weighted_spearman(case["rankings"])[0, 1], case, "weighted_spearman")
    assert_as_published(ws(case["rankings"])[0, 1], case, "ws")


@cases_of("consensus")
def test_consensus_reproduces_published_results(case: Case) -> None:
    """Borda's points and the ranks that Borda and Copeland come to are those that the source prints."""
    expected = case["expected"]
    found = {"borda": borda(case["rankings"]), "copeland": copeland(case["rankings"]).astype(np.float64)}
    if "borda" in expected:
        assert found["borda"].tolist() == expected["borda"]
    if "borda_ranks" in expected:
        assert ranks(found["borda"]).tolist() == expected["borda_ranks"]
    if "copeland_ranks" in expected:
        assert ranks(found["copeland"]).tolist() == expected["copeland_ranks"]
    if "copeland_worst_to_best" in expected:  # the source breaks ties by number
        worst_first = np.array(expected["copeland_worst_to_best"]) - 1
        assert np.argsort(found["copeland"], kind="stable").tolist() == worst_first.tolist()
