from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policyopts.engine.errors import EngineError
from policyopts.engine.regret import judge

FOLDER = Path(__file__).parents[1] / "published"
CASES = sorted(FOLDER.glob("regret-*.yaml"))
payoff_tables = st.integers(1, 5).flatmap(
    lambda states: st.lists(st.lists(st.integers(-9, 9), min_size=states, max_size=states), min_size=1, max_size=5)
)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_textbook_decisions_come_out_as_printed(path: Path) -> None:
    """Each criterion gives the figures that the textbook prints, and chooses what it chooses."""
    case: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    found, expected = judge(case["payoffs"], optimism=case["optimism"]), case["expected"]
    for name, figures in expected["figures"].items():
        assert found.figures[name] == pytest.approx(figures, abs=expected["tolerance"])
    for name, choices in expected["choices"].items():
        firsts = [option for option, rank in zip(case["options"], found.ranks[name], strict=True) if rank == 1]
        assert firsts == choices
    assert len(CASES) > 1


@given(payoff_tables)
def test_regret_is_what_the_best_of_the_state_pays_more(payoffs: list[list[int]]) -> None:
    """In every state some option has no regret, none has less, and an option's figure is its largest."""
    found = judge(payoffs)
    assert (found.regrets >= 0).all()
    assert (found.regrets.min(axis=0) == 0).all()
    assert found.figures["regret"].tolist() == found.regrets.max(axis=1).tolist()


@given(payoff_tables)
def test_criteria_meet_where_they_are_the_same(payoffs: list[list[int]]) -> None:
    """Without hope Hurwicz fears the worst, with nothing but hope he hopes for the best; even chances are Laplace's."""
    for optimism, same in ((0.0, "maximin"), (1.0, "maximax")):
        found = judge(payoffs, optimism=optimism)
        assert found.figures["hurwicz"].tolist() == found.figures[same].tolist()
    found = judge(payoffs, chances=[3] * len(payoffs[0]))
    assert found.figures["expected"] == pytest.approx(found.figures["laplace"])
    assert "expected" not in judge(payoffs).figures


def test_chances_count_in_proportion() -> None:
    """Chances of 3 and 1 are three quarters and one."""
    assert judge([[8, 0], [0, 8]], chances=[3, 1]).figures["expected"].tolist() == [6, 2]


@pytest.mark.parametrize(
    ("payoffs", "more", "message"),
    [
        ([1, 2], {}, r"options by states, is needed, not the shape \(2,\)"),
        ([[]], {}, "options by states, is needed"),
        ([[float("nan")]], {}, "a table of numbers"),
        ([[1, 2]], {"optimism": 1.5}, r"optimism: a number from 0 to 1 is needed, not 1\.5"),
        ([[1, 2]], {"chances": [1]}, "chances: 2 numbers from 0 up"),
        ([[1, 2]], {"chances": [0, 0]}, "not all of them 0"),
        ([[1, 2]], {"chances": [2, -1]}, "from 0 up"),
    ],
)
def test_what_cannot_be_judged_is_refused(payoffs: Any, more: dict[str, Any], message: str) -> None:
    """Errors name what is needed."""
    with pytest.raises(EngineError, match=message):
        judge(np.array(payoffs, dtype=float), **more)
