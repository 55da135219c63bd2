"""What the options score as one weight moves, against ranking anew at each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.sensitivity import sensitivity
from policyopts.analysis.view import WhatIf
from policyopts.analysis.weight_sweeps import weight_sweeps
from policyopts.cli.source import example_folder
from policyopts.findings import UsageError
from policyopts.records.loader import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policyopts.analysis.weight_sweeps import WeightSweep
    from policyopts.model.dossier import Dossier

SHIPPED = load(example_folder())
NOTHING = dict.fromkeys(("evidence", "frames", "perspectives", "assumptions"), "{}\n")


def at(sweep: WeightSweep, option: str, place: float) -> float:
    """Read a score off the straight line between the ends."""
    first, last = sweep.scores[option]
    return first + (last - first) * place


@pytest.mark.parametrize("method", ["weighted-sum", "promethee"])
def test_lines_are_what_ranking_anew_gives(method: str) -> None:
    """Where scores are linear in the weights, two places say what ranking gives at any weight."""
    found = weight_sweeps(rank_dossier(SHIPPED, method=method), most=20)
    assert found.total == len(found.sweeps) == 12
    for sweep in found.sweeps:
        assert sweep.places == (0.0, 1.0)
        for share in (0.1, 0.45, 0.9):
            anew = rank_dossier(SHIPPED, WhatIf(shares={sweep.weight.id: share}), method=method)
            for option in anew.options:
                assert at(sweep, option.id, share) == pytest.approx(option.score, abs=1e-9)


def test_other_methods_are_looked_at_along_the_way() -> None:
    """Where scores are not linear, they are those of ranking anew, the present place and the turning ones included."""
    found = weight_sweeps(rank_dossier(SHIPPED, method="topsis"), "feasibility")
    (sweep,) = found.sweeps
    assert len(sweep.places) > 50
    assert {sweep.weight.weight, *(each.at for each in sweep.weight.crossovers)} <= set(sweep.places)
    for place in (3, 27):
        asked = WhatIf(shares={"feasibility": sweep.places[place]})
        for option in rank_dossier(SHIPPED, asked, method="topsis").options:
            assert sweep.scores[option.id][place] == pytest.approx(option.score, abs=1e-9)


def test_two_options_meet_where_the_lead_changes() -> None:
    """At a crossover the one that takes the lead scores as much as the one that had it."""
    found = weight_sweeps(rank_dossier(SHIPPED), most=20)
    met = [(sweep, sweep.weight.nearest) for sweep in found.sweeps if sweep.weight.nearest]
    assert len(met) > 5
    for sweep, nearest in met:
        assert nearest is not None
        assert at(sweep, nearest.winner, nearest.at) == pytest.approx(at(sweep, found.winner, nearest.at))


def test_the_nearest_turns_come_first() -> None:
    """Weights are in the order of how far they are from their nearest crossover, as sensitivity has it."""
    found = weight_sweeps(rank_dossier(SHIPPED), most=4)
    distances = {
        weight.id: abs(weight.nearest.at - weight.weight)
        for weight in sensitivity(SHIPPED).weights
        if weight.nearest is not None
    }
    assert [sweep.weight.id for sweep in found.sweeps] == sorted(distances, key=lambda id_: distances[id_])[:4]


def test_options_carry_their_place() -> None:
    """Of many options the first are given, and those that lead somewhere, each with its place in the ranking."""
    ranked = rank_dossier(SHIPPED)
    found = weight_sweeps(ranked, options=1)
    places = {option.id: place for place, option in enumerate(ranked.options, start=1)}
    leaders = {found.winner} | {each.winner for sweep in found.sweeps for each in sweep.weight.crossovers}
    assert found.options == {id_: places[id_] for id_ in places if id_ in leaders}
    assert len(leaders) > 2


def test_a_group_of_one_is_moved_once(write_small: Callable[..., Path]) -> None:
    """A group that holds one criterion moves what the criterion moves, and is given once."""
    text = "criteria: {all: {criteria: {only: {criteria: {%s}}, cost: {weight: 1, scale: {worst: 9, best: 0}}}}}\n"
    folder = write_small(criteria=text % "reach: {weight: 1, scale: {worst: 0, best: 9}}", **NOTHING)
    for option, reach in (("act", 8), ("wait", 2), ("study", 5)):
        (folder / f"options/{option}.yaml").write_text(f"performance: {{reach: {reach}, cost: {reach}}}\n", "utf-8")
    dossier: Dossier = load(folder)
    assert [sweep.weight.id for sweep in weight_sweeps(rank_dossier(dossier)).sweeps] == ["only", "cost"]
    assert [sweep.weight.id for sweep in weight_sweeps(rank_dossier(dossier), "reach").sweeps] == ["reach"]
    with pytest.raises(UsageError, match="'all' has all the weight"):
        weight_sweeps(rank_dossier(dossier), "all")


def test_what_is_not_there_is_told() -> None:
    """A criterion that is not there is told, with the one that may have been meant."""
    with pytest.raises(UsageError) as told:
        weight_sweeps(rank_dossier(SHIPPED), "feasable")
    assert told.value.hint == "did you mean 'feasibility'?"
