"""What would change who is first, against rankings of the dossier with those very changes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.sensitivity import Sensitivity, sensitivity
from policyopts.analysis.view import WhatIf
from policyopts.cli.app import app
from policyopts.cli.source import example_folder
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load
from policyopts.report.sensitivity import (
    challenger_cells,
    effect_cells,
    flip_cells,
    notes,
    to_csv,
    to_json,
    to_markdown,
    weight_cells,
)

ABIT = 1e-6  # a step over an end: far more than rounding, far less than lies between two ends here


@pytest.fixture(scope="module")
def shipped() -> Dossier:
    """Read the shipped dossier."""
    return load(example_folder())


@pytest.fixture(scope="module")
def found(shipped: Dossier) -> Sensitivity:
    """Analyse the shipped dossier."""
    return sensitivity(shipped)


def first(dossier: Dossier, **asked: object) -> list[str]:
    """Name who ranks first under a change."""
    return [option.id for option in rank_dossier(dossier, WhatIf(**asked)).winners]  # type: ignore[arg-type] # its own names


def test_every_weight_is_where_it_is_in_the_ranking(shipped: Dossier, found: Sensitivity) -> None:
    """Criteria and groups are all there, with their shares of the whole."""
    ranked = rank_dossier(shipped)
    assert {moved.id: moved.weight for moved in found.weights} == pytest.approx(dict(ranked.problem.shares))
    assert sum(moved.effective or 0 for moved in found.weights) == pytest.approx(1)


def test_every_end_is_where_the_ranking_changes(shipped: Dossier, found: Sensitivity) -> None:
    """Just inside, the same option is first; just outside, the one that is named."""
    crossings = 0
    for moved in found.weights:
        for at, inside in ((moved.stable_from, 1), (moved.stable_to, -1)):
            if not 0 < at < 1:
                continue
            crossings += 1
            assert first(shipped, shares={moved.id: at + inside * ABIT}) == [found.winner]
            after = next(each.winner for each in moved.crossovers if each.at == at)
            assert first(shipped, shares={moved.id: at - inside * ABIT}) == [after]
    assert crossings >= 8


def test_the_smallest_change_puts_the_challenger_level(shipped: Dossier, found: Sensitivity) -> None:
    """Under the weights found, the challenger shares the first place; half the way, it does not."""
    now = dict(zip(found.ranked.ranking.criteria, found.ranked.ranking.weights.tolist(), strict=True))
    assert len(found.challengers) == 4
    for challenger in found.challengers:
        assert challenger.weights is not None
        assert challenger.distance == pytest.approx(sum(abs(challenger.weights[id_] - now[id_]) for id_ in now))
        assert challenger.id in first(shipped, shares=challenger.weights)
        half = {id_: (challenger.weights[id_] + now[id_]) / 2 for id_ in now}
        assert challenger.id not in first(shipped, shares=half)


def test_the_euclidean_change_is_no_longer(shipped: Dossier, found: Sensitivity) -> None:
    """Asked for the shortest change, it finds one at most as long as that of the least sum."""
    now = dict(zip(found.ranked.ranking.criteria, found.ranked.ranking.weights.tolist(), strict=True))
    shortest = sensitivity(shipped, distance="euclid").challengers
    for least, short in zip(found.challengers, shortest, strict=True):
        assert short.distance is not None
        assert least.weights is not None
        length = sum((least.weights[id_] - now[id_]) ** 2 for id_ in now) ** 0.5
        assert short.distance <= length + 1e-9  # the same change where there is one alone


def test_every_flip_is_where_the_ranking_changes(shipped: Dossier, found: Sensitivity) -> None:
    """At a figure a bit nearer than the flip the first option stays; a bit beyond, the named one is first."""
    flips = [flip for flip in found.flips if flip.flips_at is not None]
    assert len(flips) > 10
    for flip in flips:
        assert flip.flips_at is not None
        away = ABIT * (1 if flip.flips_at > flip.estimate.value else -1) * 100
        cell = (flip.option, flip.criterion)
        assert first(shipped, performances={cell: flip.flips_at - away}) == [found.winner]
        assert first(shipped, performances={cell: flip.flips_at + away}) == [flip.winner]
        assert flip.in_range == (flip.estimate.low <= flip.flips_at <= flip.estimate.high)


def test_where_nothing_flips_the_ends_of_the_scale_change_nothing(shipped: Dossier, found: Sensitivity) -> None:
    """A performance that never flips can go to either end of its scale."""
    never = [flip for flip in found.flips if flip.flips_at is None]
    assert never
    for flip in never:
        for end in shipped.criteria[flip.criterion].ends or ():
            assert found.winner in first(shipped, performances={(flip.option, flip.criterion): end})


def test_leads_over_ranges_are_those_of_the_changed_dossier(shipped: Dossier, found: Sensitivity) -> None:
    """The lead at each end is what the ranking says with that figure."""
    for effect in found.effects[:6]:
        for end, lead in ((effect.estimate.low, effect.at_low), (effect.estimate.high, effect.at_high)):
            ranked = rank_dossier(shipped, WhatIf(performances={(effect.option, effect.criterion): float(end)}))
            scores = {option.id: option.score for option in ranked.options}
            own = scores.pop(found.winner)
            assert lead == pytest.approx(own - max(scores.values()))
    widths = [abs(effect.at_high - effect.at_low) for effect in found.effects]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("method", ["topsis", "vikor", "electre-3", "promethee"])
def test_other_methods_are_asked_the_same(shipped: Dossier, method: str) -> None:
    """What was searched for is marked, and holds where it is looked at again."""
    found = sensitivity(shipped, method=method)
    assert found.exact == (method == "promethee")
    for moved in found.weights[:4]:
        for each in moved.crossovers:
            if each.at == moved.stable_to:
                ranked = rank_dossier(shipped, WhatIf(shares={moved.id: min(each.at + ABIT, 1)}), method=method)
                assert found.winner not in [option.id for option in ranked.winners]
    assert any("not linear" in sentence for sentence in notes(found)) == (not found.exact)


def test_an_option_that_no_weights_put_first(write_small: Callable[..., Path]) -> None:
    """A dominated option has no weights, and it is said by how much it stays behind."""
    folder = write_small()
    (folder / "options/worse.yaml").write_text("performance: {reach: 70, speed: 12, cost: fair}\n", encoding="utf-8")
    found = sensitivity(load(folder))
    (worse,) = (each for each in found.challengers if each.id == "worse")
    assert (worse.weights, worse.distance) == (None, None)
    assert worse.behind > 0
    assert f"it stays {worse.behind:.3f} behind at least" in to_markdown(found)


def test_one_option_alone(write_small: Callable[..., Path]) -> None:
    """There is nothing to change."""
    found = sensitivity(load(write_small()), WhatIf(only=("act",)))
    assert list(notes(found)) == ["act is the only option ranked: nothing can change who is first."]
    assert (found.challengers, found.effects) == ((), ())


def test_options_that_share_the_first_place(write_small: Callable[..., Path]) -> None:
    """It says so, and which of them is looked at."""
    folder = write_small()
    (folder / "options/twin.yaml").write_text((folder / "options/act.yaml").read_text(), encoding="utf-8")
    found = sensitivity(load(folder))
    assert next(notes(found)).startswith("act and twin share the first place")


def test_of_options_that_tie_it_says_on_which_side_each_is_first(tmp_path: Path) -> None:
    """Where the present weights lie on the border, the way over it is told, not the weight where it lies."""
    (tmp_path / "options").mkdir()
    criterion = "{weight: 1, scale: {worst: 0, best: 100}}"
    (tmp_path / "criteria.yaml").write_text(f"criteria:\n  a: {criterion}\n  b: {criterion}\n", encoding="utf-8")
    for id_, cells in {"x": "a: 50, b: 50", "y": "a: 60, b: 40", "z": "a: 40, b: 60"}.items():
        (tmp_path / f"options/{id_}.yaml").write_text(f"performance: {{{cells}}}\n", encoding="utf-8")
    found = sensitivity(load(tmp_path))
    assert [weight_cells(found, moved)[-1] for moved in found.weights] == ["below: z; above: y", "below: y; above: z"]
    assert [challenger_cells(found, each)[1:] for each in found.challengers] == [
        ("none", "shares the first place as it is")
    ] * 2
    _, nearest, *_ = notes(found)
    assert nearest == "The nearest change of one weight: z comes first where a falls, however little, from 50 %."


def test_data_holds_what_scripts_rely_on(found: Sensitivity) -> None:
    """The JSON has the public fields; the CSV a row for each thing that can change."""
    document = json.loads(to_json(found))
    assert document["format"] == "policyopts.sensitivity/1"
    assert document["winner"] == "regional-deal"
    assert document["weights"][0].keys() >= {"criterion", "weight", "stable_from", "stable_to", "crossovers"}
    assert document["challengers"][0].keys() >= {"id", "distance", "weights"}
    assert document["scores"][0].keys() >= {"option", "criterion", "flips_at", "winner"}
    rows = to_csv(found).splitlines()
    counted = len(found.weights) + len(found.challengers) + len(found.flips) + len(found.effects)
    assert len(rows) == counted + 1


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_the_terminal(width: int) -> None:
    """No line is wider than the terminal, and every weight is there."""
    result = CliRunner().invoke(app, ["sensitivity", "--example"], env={"COLUMNS": str(width), "NO_COLOR": "1"})
    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= width
    assert result.output.count("below:") + result.output.count("above:") >= 8


def test_a_first_option_flips_where_a_hard_limit_screens_it_out(write_small: Callable[..., Path]) -> None:
    """Beyond its limit it is not ranked: that comes before the figure at which another would draw level."""
    criteria = (write_small() / "criteria.yaml").read_text().replace("reach: {", "reach: {limit: {at_least: 30}, ")
    dossier = load(write_small(criteria=criteria))
    found = sensitivity(dossier)
    (flip,) = (flip for flip in found.flips if (flip.option, flip.criterion) == ("act", "reach"))
    assert (found.winner, flip.flips_at, flip.winner) == ("act", 30.0, "study")
    assert first(dossier, performances={("act", "reach"): 30.0}) == ["act"]
    assert first(dossier, performances={("act", "reach"): 30 - ABIT}) == ["study"]


def test_a_flip_short_of_the_limit_stays_where_it_is(write_small: Callable[..., Path]) -> None:
    """A limit that lies beyond the figure at which another is first changes nothing."""
    plain = write_small() / "criteria.yaml"
    criteria = plain.read_text()
    before = {(flip.option, flip.criterion): flip.flips_at for flip in sensitivity(load(write_small())).flips}
    assert before["act", "speed"] is not None
    limited = criteria.replace("speed: {", "speed: {limit: {at_most: 24}, ")
    after = {
        (flip.option, flip.criterion): flip.flips_at for flip in sensitivity(load(write_small(criteria=limited))).flips
    }
    assert after == before


def test_options_that_tie_by_a_method_that_is_searched(tmp_path: Path) -> None:
    """Who shares the first place as it is needs no change of weights, whatever the method."""
    (tmp_path / "criteria.yaml").write_text(
        "criteria:\n"
        "  cost: {scale: {worst: 100, best: 0}, weight: 50}\n"
        "  speed: {scale: {worst: 60, best: 0}, weight: 50}\n",
        encoding="utf-8",
    )
    (tmp_path / "options").mkdir()
    for option, cost, speed in (("bridge", 70, 5), ("ferry", 20, 40)):
        text = f"performance: {{cost: {cost}, speed: {speed}}}\n"
        (tmp_path / f"options/{option}.yaml").write_text(text, encoding="utf-8")
    found = sensitivity(load(tmp_path), method="electre-3")
    assert len(found.ranked.winners) == 2
    (challenger,) = found.challengers
    assert (challenger.distance, challenger_cells(found, challenger)[1:]) == (
        0.0,
        ("none", "shares the first place as it is"),
    )


def write_pair(folder: Path, rows: dict[str, tuple[float, float]]) -> Dossier:
    """Write and read options on two criteria from 0 to 100 that weigh the same."""
    scale = "{scale: {worst: 0, best: 100}, weight: 50}"
    (folder / "criteria.yaml").write_text(f"criteria:\n  a: {scale}\n  b: {scale}\n", encoding="utf-8")
    (folder / "options").mkdir()
    for option, (a, b) in rows.items():
        (folder / f"options/{option}.yaml").write_text(f"performance: {{a: {a}, b: {b}}}\n", encoding="utf-8")
    return load(folder)


def test_figures_that_are_nearly_the_same_can_be_told_apart(tmp_path: Path) -> None:
    """A flip next to the present figure has the digits that part them; shares of next to nothing have no digits."""
    found = sensitivity(write_pair(tmp_path, {"x": (60, 40), "y": (59.9999, 40), "z": (40, 59.9998)}))
    nearest = {(flip.option, flip.criterion): flip_cells(found, flip)[1:3] for flip in found.flips}
    assert nearest["x", "a"] == ("60", "59.9999")
    assert nearest["z", "b"] == ("59.9998", "60")
    assert [weight_cells(found, moved)[2] for moved in found.weights] == ["> 1000 %", "< −1000 %"]
    (never,) = (challenger_cells(found, each)[2] for each in found.challengers if each.weights is None)
    assert never == "no weights put it first: it stays less than 0.001 behind"


def test_leads_of_next_to_nothing_keep_their_sign(write_small: Callable[..., Path]) -> None:
    """Where a range just turns the ranking, the lead at its end is below none; a range below 0 is written out."""
    criteria = (write_small() / "criteria.yaml").read_text()
    wide = criteria.replace("scale: {worst: 24, best: 0, unit: months}", "scale: {worst: 24, best: -24, unit: months}")
    folder = write_small(criteria=wide)
    text = "performance: {reach: 80, speed: {low: -6, value: 6, high: 12.3}, cost: fair}\n"
    (folder / "options/act.yaml").write_text(text, encoding="utf-8")
    found = sensitivity(load(folder))
    (cells,) = (effect_cells(found, effect) for effect in found.effects if effect.criterion == "speed")
    assert cells[1] == "−6 to 12.3 months"
    assert cells[3] == "−0.0003"


def test_an_effective_weight_of_nothing_has_no_sign(found: Sensitivity) -> None:
    """Nought per cent is neither above nor below it, and a sentence says what the column means."""
    assert "−0 %" not in [weight_cells(found, moved)[2] for moved in found.weights]
    assert any(sentence.startswith("Effective is the share") for sentence in notes(found))
