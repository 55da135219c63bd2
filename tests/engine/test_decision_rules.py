"""The rules for deciding when it is open which state holds, against a textbook's case and their definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from policyopts.engine.decision_rules import decide
from policyopts.engine.errors import EngineError

# William J. Stevenson, Operations Management: capacity of a facility under low, moderate and high demand.
CAPACITY = [[10, 10, 10], [7, 12, 12], [-4, 2, 16]]
PAYOFFS = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.floats(-1e3, 1e3, width=32))


def test_a_textbook_case() -> None:
    """Small, medium or large: maximin takes the small one, maximax the large one, the others the medium one."""
    rules = decide(CAPACITY, chances=[0.3, 0.5, 0.2])
    assert rules.regrets.tolist() == [[0, 2, 6], [3, 0, 4], [14, 10, 0]]
    assert rules.expected is not None
    assert rules.expected.tolist() == pytest.approx([10.0, 10.5, 3.0])
    chosen = {rule: np.flatnonzero(choice).tolist() for rule, choice in rules.chosen.items()}
    assert chosen == {
        "maximin": [0],
        "maximax": [2],
        "hurwicz": [0],
        "minimax-regret": [1],
        "laplace": [1],
        "expected-value": [1],
    }


@given(PAYOFFS, st.floats(0, 1))
def test_every_rule_follows_its_definition(payoffs: np.ndarray, alpha: float) -> None:
    """Regret is what is missed; Hurwicz's rule runs from the worst to the best; equal chances are Laplace's rule."""
    rules = decide(payoffs, alpha, chances=np.full(payoffs.shape[1], 1 / payoffs.shape[1]))
    assert (rules.regrets >= 0).all()
    assert (rules.regrets.min(axis=0) == 0).all()
    assert (rules.worst <= rules.hurwicz + 1e-9).all()  # rounding of the mix, at figures up to a thousand
    assert (rules.hurwicz <= rules.best + 1e-9).all()
    assert rules.expected == pytest.approx(rules.laplace, abs=1e-9)
    assert decide(payoffs, 0.0).hurwicz.tolist() == rules.worst.tolist()
    assert decide(payoffs, 1.0).hurwicz.tolist() == rules.best.tolist()


@given(PAYOFFS)
def test_a_rule_never_chooses_what_is_worse_in_every_state(payoffs: np.ndarray) -> None:
    """An option that is clearly behind another one in every state is chosen by no rule."""
    worse = np.vstack([payoffs, payoffs[0] - 1])
    assert not any(choice[-1] for choice in decide(worse).chosen.values())


def test_ties_are_all_chosen() -> None:
    """Options that a rule holds for equal are chosen together."""
    assert decide([[1, 2], [2, 1]]).chosen["laplace"].tolist() == [True, True]


@pytest.mark.parametrize(
    ("payoffs", "how", "said"),
    [
        ([1, 2], {}, "a table of finite numbers"),
        ([[1, np.nan]], {}, "a table of finite numbers"),
        ([[1, 2]], {"alpha": 1.5}, "alpha is a number from 0 to 1, not 1.5"),
        ([[1, 2]], {"alpha": np.nan}, "alpha is a number from 0 to 1"),
        ([[1, 2]], {"chances": [0.5, 0.6]}, "chances are 2 numbers from 0 to 1 that come to 1"),
        ([[1, 2]], {"chances": [1]}, "chances are 2 numbers"),
    ],
)
def test_what_is_no_decision(payoffs: object, how: dict[str, object], said: str) -> None:
    """Figures that are none, and chances that are none, are refused."""
    with pytest.raises(EngineError, match=said):
        decide(payoffs, **how)  # type: ignore[arg-type] # what a caller may get wrong
