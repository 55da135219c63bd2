"""Value against cost, against the definition of an efficient option."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyopts.analysis.frontier import value_against_cost
from policyopts.analysis.view import WhatIf
from policyopts.findings import UsageError
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load
from policyopts.report.frontier import notes, to_csv, to_json, to_markdown

MONTHS = st.integers(0, 24).map(float)
SHARE = st.integers(0, 4).map(lambda quarters: quarters * 25.0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(MONTHS, MONTHS, MONTHS), st.tuples(SHARE, SHARE, SHARE))
def test_an_efficient_option_is_one_that_none_beats(
    small: Dossier, months: tuple[float, ...], reach: tuple[float, ...]
) -> None:
    """Who is beaten has another at least as good for no more; who is efficient has none that is better so."""
    changes = {(option, "speed"): at for option, at in zip(small.options, months, strict=True)}
    changes |= {(option, "reach"): at for option, at in zip(small.options, reach, strict=True)}
    found = value_against_cost(small, "speed", WhatIf(performances=changes))
    options = {option.id: option for option in found.options}
    for option in found.options:
        if option.beaten_by is not None:
            better = options[option.beaten_by]
            assert better.cost <= option.cost
            assert better.value >= option.value - 1e-9  # values that differ by rounding are the same
        else:
            assert not any(
                other.cost <= option.cost and other.value > option.value + 1e-9 for other in options.values()
            )
    costs = [option.cost for option in found.efficient]
    assert costs == sorted(set(costs))


def test_value_leaves_the_cost_out(small: Dossier) -> None:
    """It is the mean of the other values, by their own shares; a point more costs what stands between two of them."""
    found = {option.id: option for option in value_against_cost(small, "speed").options}
    share = 0.15 / 0.55  # of reach beside cost
    assert found["act"].value == pytest.approx(share * 0.8 + (1 - share) * 0.5)
    assert found["wait"].value == pytest.approx(share * 0.2 + (1 - share) * 1.0)
    assert found["study"].beaten_by == "act"
    extra = (24 - 6) / (100 * (found["wait"].value - found["act"].value))
    assert found["wait"].extra_cost == pytest.approx(extra)


def test_it_is_told_in_every_form(small: Dossier) -> None:
    """JSON, CSV and Markdown hold every option; the sentence says what is best from which budget on."""
    found = value_against_cost(small, "speed")
    document = json.loads(to_json(found))
    assert [option["id"] for option in document["options"]] == ["act", "study", "wait"]
    assert document["unit"] == "months"
    assert to_csv(found).splitlines()[0] == "id,name,cost,value,beaten_by,extra_cost_per_point"
    assert "| **act** | 6 months |" in to_markdown(found)
    assert next(notes(found)) == "Best by budget: act from 6 months on and wait from 24 months on."


def test_what_is_no_cost(small: Dossier, write_small: Callable[..., Path]) -> None:
    """A criterion of which more is better is none, nor is one beside which nothing counts."""
    with pytest.raises(UsageError, match="'reach' is no cost: more of it is better") as caught:
        value_against_cost(small, "reach")
    assert caught.value.hint == "costs here: speed"
    alone = "criteria: {speed: {weight: 1, scale: {worst: 24, best: 0}}}\n"
    folder = write_small(criteria=alone, frames="{}\n", perspectives="{}\n", assumptions="{}\n")
    for path in folder.glob("options/*.yaml"):
        path.write_text("performance: {speed: 3}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="beside 'speed' no criterion has a weight"):
        value_against_cost(load(folder), "speed")
    assert np.isfinite([option.value for option in value_against_cost(small, "speed").options]).all()


def test_it_says_under_what_and_without_whom(write_small: Callable[..., Path]) -> None:
    """The frame looked through stands below the title, and who breaks a hard limit below the table."""
    criteria = (write_small() / "criteria.yaml").read_text().replace("reach: {", "reach: {limit: {at_least: 30}, ")
    found = value_against_cost(load(write_small(criteria=criteria)), "speed", WhatIf(frame="crisis"))
    text = to_markdown(found)
    assert text.startswith("# A small decision: value against Speed\n\nframe: Crisis\n\n| Option |")
    assert "Screened out: wait — Reach: 20 %, where the limit is at least 30 %." in list(notes(found))
