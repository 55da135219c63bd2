"""Constraints of weights as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.analysis.weight_constraints import Constraint, read_constraint
from policyopts.findings import UsageError

IDS = ("cost", "time-to-effect", "time", "2nd")

numbers = st.integers(0, 400).map(lambda hundredths: hundredths / 100)
terms = st.tuples(st.sampled_from("+-"), numbers, st.sampled_from(("", *IDS)), st.booleans())
sums = st.lists(terms, min_size=1, max_size=4)


def typed(terms: list[tuple[str, float, str, bool]]) -> str:
    """Write a sum as somebody may type it."""
    said = ""
    for place, (sign, number, id_, turned) in enumerate(terms):
        term = f"{number:g}" if not id_ else f"{id_} * {number:g}" if turned else f"{number:g}*{id_}"
        said += (sign if place or sign == "-" else "") + (" " if place else "") + term + " "
    return said


def worth(terms: list[tuple[str, float, str, bool]], shares: dict[str, float]) -> float:
    """Find what a sum comes to under some weights."""
    return sum((-1 if sign == "-" else 1) * number * shares.get(id_, 1.0) for sign, number, id_, _ in terms)


@given(sums, st.sampled_from(["<=", ">=", "=", "<", ">", "≤", "≥", "=="]), sums, st.lists(numbers, min_size=4))
def test_a_constraint_means_what_it_says(
    left: list[tuple[str, float, str, bool]],
    relation: str,
    right: list[tuple[str, float, str, bool]],
    weights: list[float],
) -> None:
    """Each side less the other is what the constraint compares, whatever stands on which side."""
    shares = dict(zip(IDS, weights, strict=False))
    try:
        found = read_constraint(f"{typed(left)}{relation} {typed(right)}", IDS)
    except UsageError as error:
        assert "it says nothing of any weight" in error.message  # noqa: PT017 - other sums name some
        return
    apart = worth(left, shares) - worth(right, shares)
    sides = {"<": [apart], ">": [-apart], "=": [apart, -apart]}[relation.translate({0x2264: "<", 0x2265: ">"})[0]]
    assert len(found) == len(sides)
    for constraint, side in zip(found, sides, strict=True):
        over = sum(factor * shares[id_] for id_, factor in constraint.factors.items()) - constraint.limit
        assert over == pytest.approx(side, abs=1e-9)  # the same sum in another order


def test_a_chain_holds_link_by_link() -> None:
    """What stands between two relations is held on both sides."""
    assert read_constraint("0.1 <= cost <= 0.3", IDS) == (
        Constraint({"cost": -1.0}, -0.1),
        Constraint({"cost": 1.0}, 0.3),
    )


def test_ids_may_hold_hyphens() -> None:
    """A minus parts ids only where spaces are around it."""
    (constraint,) = read_constraint("time-to-effect - time <= 0", IDS)
    assert constraint.factors == {"time-to-effect": 1.0, "time": -1.0}
    with pytest.raises(UsageError, match="column 1: unknown criterion or group 'time-cost'") as caught:
        read_constraint("time-cost <= 0", IDS)
    assert caught.value.hint == "a minus between ids has spaces around it"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "column 1: it ends, where a criterion, a group or a number should stand"),
        ("cost", "a relation such as <= is missing"),
        ("cost >= 2 *", "column 12: it ends, where a criterion, a group or a number should stand"),
        ("cost >= >= 1", "column 9: unexpected '>=', where a criterion, a group or a number should stand"),
        ("cost >= 1 2", r"column 11: unexpected '2', where \+, -, \* or a relation such as <= should stand"),
        ("cost 2 >= 1", "column 6: unexpected '2', where a relation such as <= should stand"),
        ("2*cost*time >= 1", "column 8: a weight times a weight; expected a number"),
        ("cost ! 1", "column 6: unexpected '!'"),
        ("(cost) >= 1", r"column 1: unexpected '\('"),
        ("0.2 <= 0.5", "it says nothing of any weight"),
        ("cost - cost <= 0.5", "it says nothing of any weight"),
        ("1e999*cost <= 0.5", "no number may be as large as that"),
        ("[bold]cost >= 0", r"column 1: unexpected '\['"),
    ],
)
def test_what_is_no_constraint_is_told_with_its_place(text: str, message: str) -> None:
    """The column of what is wrong is told, and what was expected there."""
    with pytest.raises(UsageError, match=message) as caught:
        read_constraint(text, IDS)
    assert "deterrence >= 2*escalation" in caught.value.hint


def test_unknown_ids_bring_the_nearest() -> None:
    """An id that is not there is told with its column and the nearest one."""
    with pytest.raises(
        UsageError, match=r"--where '0.1 <= csot', column 8: unknown criterion or group 'csot'"
    ) as caught:
        read_constraint("0.1 <= csot", IDS)
    assert caught.value.hint == "did you mean 'cost'?"
