"""The sentences of the front: each thing is said once, and as one would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import policyopts as po
from policyopts.report.figures import FIGURES, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policyopts import Dossier

    Make = Callable[[Mapping[str, Any]], Dossier]


def test_the_words_of_a_party_that_agrees_end_once(make: Make, three: dict[str, Any]) -> None:
    """What a party says ends with its own full stop, and no second one follows the quotation mark."""
    three["perspectives.yaml"] = {"shops": {"name": "Shops", "dissent": "We want it."}, "clubs": {"dissent": "We too"}}
    text = po.briefing(make(three))
    assert "agrees, with these words: “We want it.”\n" in text
    assert "agrees, with these words: “We too.”\n" in text


def test_one_assumption_left_is_the_other(make: Make, three: dict[str, Any]) -> None:
    """Where the first place turns on one of two assumptions, the annex has the other, not the others."""
    three["assumptions.yaml"] = {
        "turns": {"claim": "It works", "if_false": {"performance": {"a": {"effect": 0}}}},
        "stays": {"claim": "It is cheap", "if_false": {"performance": {"a": {"cost": 11}}}},
    }
    text = po.briefing(make(three))
    assert "turns on one of the two key assumptions (annex E has the other)." in text


def test_a_lead_without_any_graded_evidence_says_so_once(make: Make, three: dict[str, Any]) -> None:
    """That nothing under the lead has graded evidence stands once, after all that it rests on."""
    three["options/b.yaml"]["performance"] = {"effect": 30, "cost": 15}
    text = po.briefing(make(three))
    assert "**Its lead rests on** Effect and Cost, neither with graded evidence.\n" in text


def test_groups_that_are_too_close_share_one_sentence(make: Make, three: dict[str, Any]) -> None:
    """Where several groups of options are too close to order, what that means is said once for all of them."""
    wide = {"low": 50, "value": 60, "high": 70}
    low = {"low": 10, "value": 20, "high": 30}
    for option, effect in (("a", wide), ("b", wide | {"value": 60.5}), ("c", low), ("d", low | {"value": 20.5})):
        three[f"options/{option}.yaml"] = {"name": option.upper(), "performance": {"effect": effect, "cost": 10}}
    text = po.briefing(make(three))
    said = "Too close to order, as either beats the other in 40 to 60 % of the samples: B and A; D and C."
    assert said in text
    assert text.count("in 40 to 60 % of the samples") == 2  # here, and where annex F says what it means


def test_a_record_without_a_decision_has_no_place_for_it(make: Make, three: dict[str, Any]) -> None:
    """Where the record says nothing of the decision, the annex says so and names no place where it would stand."""
    del three["criteria.yaml"]["decision"]
    text = po.briefing(make(three))
    assert "### A. The decision\n\nThe record says nothing of the decision itself.\n" in text


def test_notes_stand_at_the_very_end_under_a_heading_of_theirs(make: Make, three: dict[str, Any]) -> None:
    """Programs put notes at the end of the text, so their heading is the last one."""
    text = po.briefing(make(three))
    last = [line for line in text.splitlines() if line.startswith("#")][-1]
    assert last == "### Notes: where the numbers of the front come from"
    assert text.split(last)[1].lstrip().startswith("[^1]: ")


def test_a_dash_is_explained_only_where_there_is_one(make: Make, three: dict[str, Any]) -> None:
    """The annex has no table of ranks by frame, and so says nothing of the dashes that such a table would have."""
    three["criteria.yaml"]["criteria"]["cost"]["limit"] = {"at_most": 30}
    three["frames.yaml"] = {"crisis": {"name": "Crisis", "weights": {"cost": 90}}}
    dossier = make(three)
    assert "**The frames together.**" in (text := po.briefing(dossier))
    assert "marks an option that breaks" not in text
    figure = FIGURES["frames"].draw(FIGURES["frames"].gather(dossier, Request()))
    assert "marks an option that breaks" not in str(figure.spec)
