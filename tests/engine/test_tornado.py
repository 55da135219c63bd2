"""Leads over ranges, against the ranking of each matrix with one performance changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.ranking import rank
from policyopts.engine.sensitivity import tornado
from policyopts.engine.sensitivity.tornado import leads_over_ranges

VALUES = st.lists(st.lists(st.integers(1, 100).map(float), min_size=3, max_size=3), min_size=2, max_size=5)


def matrix_of(values: list[list[float]]) -> DecisionMatrix:
    """Make a matrix on declared scales."""
    return DecisionMatrix(values, [3, 2, 1], ["max", "min", "max"], lower=[0] * 3, upper=[100] * 3)


@given(VALUES, st.sampled_from(["weighted-sum", "topsis", "promethee", "vikor"]), st.data())
def test_each_lead_is_that_of_the_changed_matrix(values: list[list[float]], method: str, data: st.DataObject) -> None:
    """Whatever the method, a lead at an end is the lead after that one performance is changed."""
    options = st.integers(0, len(values) - 1)
    winner = data.draw(options)
    cells = data.draw(st.lists(st.tuples(options, st.integers(0, 2)), min_size=1, max_size=4))
    ends = data.draw(st.lists(st.tuples(st.just(0.5), st.just(99.0)), min_size=len(cells), max_size=len(cells)))
    found = leads_over_ranges(matrix_of(values), winner, cells, ends, method)
    for row, (option, criterion), figures in zip(found, cells, ends, strict=True):
        for lead, figure in zip(row, figures, strict=True):
            changed = [list(own) for own in values]
            changed[option][criterion] = figure
            scores = rank(matrix_of(changed), method).scores
            others = np.delete(scores, winner)
            assert lead == pytest.approx(scores[winner] - others.max(), abs=1e-12)  # sums in another order


def test_many_cells_are_worked_on_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of the parts changes nothing."""
    values = [[90.0, 20.0, 5.0], [50.0, 50.0, 70.0]]
    cells = [(option, criterion) for option in range(2) for criterion in range(3)]
    ends = [[0.0, 100.0]] * len(cells)
    whole = leads_over_ranges(matrix_of(values), 0, cells, ends)
    monkeypatch.setattr(tornado, "TOGETHER", 12)
    assert leads_over_ranges(matrix_of(values), 0, cells, ends).tolist() == whole.tolist()
