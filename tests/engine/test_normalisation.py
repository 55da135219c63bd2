from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.normalisation import NORMALISATIONS, Normalisation

BY_NAME = pytest.mark.parametrize("name", NORMALISATIONS)

# Of the performances 1, 4 and 5, whose sum is 10 and whose length is the root of 42.
LENGTH = 42**0.5
EXPECTED: dict[Normalisation, tuple[list[float], list[float]]] = {
    "value": ([0, 0.75, 1], [1, 0.25, 0]),
    "max": ([0.2, 0.8, 1], [1, 0.25, 0.2]),
    "sum": ([0.1, 0.4, 0.5], [1 / 1.45, 0.25 / 1.45, 0.2 / 1.45]),
    "min-max": ([0, 0.75, 1], [1, 0.25, 0]),
    "vector": ([1 / LENGTH, 4 / LENGTH, 5 / LENGTH], [1 - 1 / LENGTH, 1 - 4 / LENGTH, 1 - 5 / LENGTH]),
    "none": ([1, 4, 5], [-1, -4, -5]),
}


def column(name: Normalisation, performances: Any, direction: Any = "max") -> Any:
    """Normalise the performances (…, options) on a single criterion."""
    matrix = DecisionMatrix(np.array(performances, dtype=np.float64)[..., np.newaxis], [1], [direction])
    return NORMALISATIONS[name](matrix).table()[..., 0]


def test_every_normalisation_has_its_formula_tested() -> None:
    """The table of normalisations and the table of expectations have the same names."""
    assert EXPECTED.keys() == NORMALISATIONS.keys()


@BY_NAME
def test_benefits_and_costs_follow_their_formulas(name: Normalisation) -> None:
    """Each normalisation gives the figures of its formula, for a benefit and for a cost."""
    benefits, costs = EXPECTED[name]
    np.testing.assert_allclose(column(name, [1, 4, 5], "max"), benefits, rtol=1e-14)
    np.testing.assert_allclose(column(name, [1, 4, 5], "min"), costs, rtol=1e-14)


@BY_NAME
@given(performances=st.lists(st.floats(1e-90, 1e90), min_size=1, max_size=6), direction=st.sampled_from([1, -1]))
def test_better_performances_never_come_out_lower(
    name: Normalisation, performances: list[float], direction: int
) -> None:
    """Whatever the size of positive performances, the figures are finite and in the order of the performances."""
    figures = column(name, performances, direction)
    assert np.isfinite(figures).all()
    assert (np.diff(figures[np.argsort(np.array(performances) * direction)]) >= 0).all()


@BY_NAME
@pytest.mark.parametrize("direction", ["max", "min"])
@pytest.mark.parametrize("figure", [3.0, 0.1 + 0.2, 1e-12, 1e12])
def test_a_constant_criterion_comes_out_the_same_for_all(name: Normalisation, direction: Any, figure: float) -> None:
    """Where all options are alike, they get the same finite figure."""
    figures = column(name, [figure] * 3, direction)
    assert np.isfinite(figures).all()
    assert len(set(figures.tolist())) == 1


@BY_NAME
def test_a_benefit_that_is_zero_for_all_is_zero(name: Normalisation) -> None:
    """A column of zeros is not divided by zero."""
    assert column(name, [0, 0, 0]).tolist() == [0, 0, 0]


@BY_NAME
def test_no_figure_is_minus_zero(name: Normalisation) -> None:
    """A cost at its worst is printed as 0."""
    assert not np.signbit(column(name, [0, 4], "max")).any()
    assert "-0.0" not in str(column(name, [2, 4], "min").tolist())


@BY_NAME
def test_samples_are_normalised_each_by_itself(name: Normalisation) -> None:
    """A call with samples gives what a call for each gives."""
    samples = np.random.default_rng(0).random((2, 3, 4)) + 0.5
    together = column(name, samples, "min")
    for sample in np.ndindex(2, 3):
        np.testing.assert_allclose(together[sample], column(name, samples[sample], "min"), rtol=1e-14)


@BY_NAME
def test_blocks_put_together_are_the_table(name: Normalisation) -> None:
    """Working in blocks of options gives the same figures as working at once."""
    values = np.random.default_rng(0).random((20_000, 3)) + 0.5
    normalised = NORMALISATIONS[name](DecisionMatrix(values, [1, 1, 1], ["max", "min", "max"]))
    assert (np.concatenate(list(normalised.blocks())) == normalised.table()).all()


@pytest.mark.parametrize("name", ["value", "min-max", "vector", "none"])
def test_negative_performances_are_taken_where_no_ratio_is_formed(name: Normalisation) -> None:
    """Normalisations without ratios take negative performances, in their order."""
    assert (np.diff(column(name, [-4, -1, 0, 2])) > 0).all()
    assert (np.diff(column(name, [-4, -1, 0, 2], "min")) < 0).all()


@pytest.mark.parametrize("name", ["max", "sum"])
@pytest.mark.parametrize("direction", ["max", "min"])
def test_ratios_refuse_negative_performances(name: Normalisation, direction: Any) -> None:
    """The ratios name the negative cell and the normalisations that can take it."""
    with pytest.raises(EngineError, match=r"^option a2, criterion c1: -1 is negative.*'vector' normalisation can$"):
        column(name, [3, -1], direction)


@pytest.mark.parametrize("name", ["max", "sum"])
def test_ratios_refuse_zero_only_where_it_divides(name: Normalisation) -> None:
    """A zero is refused in a cost, which divides by it, and stands in a benefit."""
    with pytest.raises(
        EngineError, match=r"^option a2, criterion c1: 0 is zero, which .* cannot take on this criterion; 'min-max' and"
    ):
        column(name, [3, 0], "min")
    assert column(name, [3, 0]).tolist() == [1, 0]


def test_given_values_are_the_value_normalisation() -> None:
    """Values that come from value functions are what the value normalisation gives."""
    matrix = DecisionMatrix([[1.0], [2.0]], [1], ["max"], scaled=[[0.3], [0.4]])
    assert NORMALISATIONS["value"](matrix).table().tolist() == [[0.3], [0.4]]
