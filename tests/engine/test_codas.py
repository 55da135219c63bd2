from typing import Any

import numpy as np
import pytest

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import codas as module
from policyopts.engine.methods.codas import codas
from policyopts.engine.ranking import rank


def leads_by_definition(euclidean: Any, taxicab: Any, tau: float) -> Any:
    """Add up the leads over all others, one by one."""
    return [
        sum((e - f) + (t - u if abs(e - f) >= tau else 0.0) for f, u in zip(euclidean, taxicab, strict=True))
        for e, t in zip(euclidean, taxicab, strict=True)
    ]


def test_leads_are_added_up_over_all_options() -> None:
    """E and T are the distances from the worst showing, and H compares T where E differs by tau or more."""
    matrix = DecisionMatrix([[4.0, 10.0], [2.0, 10.0], [1.0, 20.0]], [1, 1], ["max", "min"])
    details = codas(matrix, tau=0.3).details
    euclidean, taxicab = [0.203125**0.5, 0.078125**0.5, 0.0], [0.625, 0.375, 0.0]
    assert details["E"].tolist() == pytest.approx(euclidean)
    assert details["T"].tolist() == pytest.approx(taxicab)
    assert details["H"].tolist() == pytest.approx(leads_by_definition(euclidean, taxicab, 0.3))
    assert details["H"].tolist() != pytest.approx(leads_by_definition(euclidean, taxicab, 0.0))


@pytest.mark.parametrize("tau", [0.0, 0.02, 0.1, 5.0])
@pytest.mark.parametrize("options", [2, 40, 100])
def test_few_and_many_options_are_compared_alike(tau: float, options: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Working in the order of E gives what comparing all pairs gives, ties included."""
    values = np.random.default_rng(options).integers(1, 9, (2, options, 3)).astype(np.float64)
    matrix = DecisionMatrix(values, [1, 2, 3], ["max", "min", "max"])
    details = codas(matrix, tau=tau).details
    for sample in range(2):
        expected = leads_by_definition(details["E"][sample].tolist(), details["T"][sample].tolist(), tau - 1e-12)
        np.testing.assert_allclose(details["H"][sample], expected, rtol=0, atol=1e-12 * options)
    for pairs in (0, 1000):
        monkeypatch.setattr(module, "ALL_PAIRS", pairs)
        np.testing.assert_allclose(codas(matrix, tau=tau).scores, details["H"], rtol=0, atol=1e-12 * options)


def test_a_difference_of_tau_but_for_rounding_counts() -> None:
    """Distances that differ by 0.2 in fact, and a little less in binary fractions, differ by a tau of 0.2."""
    matrix = DecisionMatrix([[10.0], [8.0], [1.0]], [1], ["max"])
    assert codas(matrix, tau=0.2).scores.tolist() == pytest.approx([0.2 + 0.9 + 0.2 + 0.9, 0.5 + 0.5, -1.6 - 1.6])


def test_a_dominated_option_can_come_out_ahead() -> None:
    """As the table declares, an option can beat one that is at least as good on every criterion."""
    matrix = DecisionMatrix([[8.0, 9.0, 2.0], [8.0, 8.0, 2.0], [3.0, 2.0, 9.0]], [2, 1, 2], ["max"] * 3)
    assert rank(matrix, "codas").ranks.tolist() == [2, 1, 3]


def test_an_improvement_can_cost_a_rank() -> None:
    """As the table declares, an option can fall back by an improvement, which shrinks the other's distances."""
    before = DecisionMatrix([[9.0, 9.0, 1.0], [1.0, 5.0, 9.0]], [3, 4, 4], ["max"] * 3)
    after = DecisionMatrix([[17.0, 9.0, 1.0], [1.0, 5.0, 9.0]], [3, 4, 4], ["max"] * 3)
    assert rank(before, "codas").ranks.tolist() == [1, 2]
    assert rank(after, "codas").ranks.tolist() == [2, 1]


def test_a_constant_criterion_can_reorder_options() -> None:
    """As the table declares, a criterion on which all options are alike can bring distances under tau."""
    without = DecisionMatrix([[1.0, 5.0, 3.0], [7.0, 1.0, 5.0]], [4, 5, 3], ["max"] * 3)
    with_it = DecisionMatrix([[1.0, 5.0, 3.0, 2.0], [7.0, 1.0, 5.0, 2.0]], [4, 5, 3, 7], ["max"] * 4)
    assert rank(without, "codas").ranks.tolist() == [2, 1]
    assert rank(with_it, "codas").ranks.tolist() == [1, 2]
