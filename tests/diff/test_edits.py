"""Edits between two states of a dossier: what is one edit, what it does alone, and what the ranking owes to it."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.analysis.diff import DossierDiff, Order, compare, order_of
from policyopts.analysis.edits import Difference, edits_between, taken_together
from policyopts.analysis.facts import NO_RENAMES, Facts, Renames, dossier_of, facts_of
from policyopts.analysis.ranked import rank, rank_dossier
from policyopts.cli.source import example_folder
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load
from policyopts.report.diff_words import causes, verdict, without_effect
from policyopts.report.edits import said

from .conftest import CRITERIA, SMALL, put

NOWHERE = Path("nowhere")
Between = Callable[..., DossierDiff]


@pytest.fixture
def between(tmp_path: Path) -> Between:
    """Compare the small dossier with one in which some files are others; `base` changes both."""

    def compare_small(edited: Mapping[str, str | None], base: Mapping[str, str | None] | None = None) -> DossierDiff:
        for folder in (tmp_path / "before", tmp_path / "after"):
            shutil.rmtree(folder, ignore_errors=True)
        before = put(tmp_path / "before/dossier", {**SMALL, **(base or {})})
        after = put(tmp_path / "after/dossier", {**SMALL, **(base or {})})
        put(after, edited)
        return compare(rank_dossier(load(before)), rank_dossier(load(after)))

    return compare_small


def edits(diff: DossierDiff) -> list[str]:
    """Give the edits in words."""
    return [said(tried.edit) for tried in diff.edits]


# What counts for the ranking


def test_the_facts_of_a_dossier_are_all_that_its_ranking_rests_on() -> None:
    """A dossier made of the facts alone ranks as the dossier does, and has the same facts."""
    dossier = load(example_folder())
    facts = facts_of(dossier)
    bare = dossier_of(facts, NOWHERE)
    assert facts_of(bare) == facts
    assert order_of(rank(bare)) == order_of(rank(dossier))


WEIGHTS = st.sampled_from([1.0, 2.0, 5.0])
FIGURES = st.integers(0, 10).map(lambda tenth: tenth * 10.0)
IDS = ["a", "b", "c", "d"]


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Draw a dossier of up to four options, on up to four criteria in one group or two."""
    criteria = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    options = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    grouped = draw(st.sets(st.sampled_from(criteria)))
    nodes = {}
    for id_ in criteria:
        best, worst = draw(st.sampled_from([(100, 0), (0, 100), (200, 0)]))
        nodes[id_] = f"{{weight: {draw(WEIGHTS)}, scale: {{worst: {worst}, best: {best}}}}}"
    inside = "".join(f"    {id_}: {node}\n" for id_, node in nodes.items() if id_ in grouped)
    outside = "".join(f"  {id_}: {node}\n" for id_, node in nodes.items() if id_ not in grouped)
    group = f"  group:\n   weight: {draw(WEIGHTS)}\n   criteria:\n{inside}" if grouped else ""
    method = draw(st.sampled_from(["weighted-sum", "topsis"]))
    table = [",".join(["id", *criteria])]
    table += [",".join([id_, *(str(draw(FIGURES)) for _ in criteria)]) for id_ in options]
    return read({"criteria.yaml": f"method: {method}\ncriteria:\n{group}{outside}", "options.csv": "\n".join(table)})


def read(texts: Mapping[str, str]) -> Dossier:
    """Read a dossier from texts."""
    with tempfile.TemporaryDirectory() as folder:
        return load(put(Path(folder), texts))


@given(dossiers(), dossiers())
def test_all_edits_give_the_new_ranking_and_none_the_old_one(before: Dossier, after: Dossier) -> None:
    """Every fact that changed is in one edit; with all of them made, all is as it is now, with none as it was."""
    difference = Difference(facts_of(before), facts_of(after))
    found = edits_between(difference, before, after, NO_RENAMES)
    keys = [key for edit in found for key in edit.keys]
    assert len(keys) == len(set(keys))
    assert set(keys) == set(difference.changed())
    assert difference.with_edits(()) == facts_of(before)
    assert difference.with_edits(found) == facts_of(after)
    assert ranked(difference.with_edits(())) == order_of(rank(before))
    assert ranked(difference.with_edits(found)) == order_of(rank(after))
    for most in (1, 2, 3):
        together = taken_together(found, most)
        assert difference.with_edits(together) == facts_of(after)


def ranked(facts: Facts) -> Order:
    """Rank a dossier made of facts."""
    return order_of(rank(dossier_of(facts, NOWHERE)))


@given(dossiers(), dossiers())
def test_what_is_said_of_an_edit_is_what_the_dossier_with_it_ranks_as(before: Dossier, after: Dossier) -> None:
    """Alone and left out are rankings of real dossiers, or say why there is none; the cause follows from them."""
    diff = compare(rank_dossier(before), rank_dossier(after))
    assert diff.was.ranks == {
        diff.renames.options.get(id_, id_): place for id_, place in order_of(rank(before)).ranks.items()
    }
    assert diff.now == order_of(rank(after))
    assert bool(diff.cause) == diff.ranks_changed
    for tried in diff.edits:
        for order in (tried.alone, tried.left_out):
            assert bool(order.trouble) != bool(order.ranks)
            assert min(order.ranks.values(), default=1) == 1
    if diff.cause and diff.first_changed:
        assert diff.cause.alone == tuple(tried.edit for tried in diff.edits if tried.alone.winners == diff.now.winners)
        assert diff.cause.needed == tuple(
            tried.edit for tried in diff.edits if tried.left_out.winners != diff.now.winners
        )


@given(dossiers())
def test_a_dossier_and_itself_have_no_edits(dossier: Dossier) -> None:
    """Nothing changed, nothing moved."""
    diff = compare(rank_dossier(dossier), rank_dossier(dossier))
    assert (diff.edits, diff.cause, diff.ranks_changed, bool(diff.mentions)) == ((), None, False, False)


# What is one edit


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("criteria.yaml", "weight: 60", "weight: 70", ["effect: weight 60 → 70"]),
        (
            "criteria.yaml",
            "weight: 60",
            "weight: {low: 50, value: 60, high: 65}",
            ["effect: weight 60 → 60 (50–65)"],
        ),
        ("criteria.yaml", 'best: 100, unit: "%"', 'best: 90, unit: "%"', [
            "effect: scale worst 0, best 100 % → worst 0, best 90 %"
        ]),
        ("criteria.yaml", "weight: 60}", "weight: 60, value: {exponential: 2}}", [
            "effect: value function none → exponential 2"
        ]),
        ("criteria.yaml", "weight: 60}", "weight: 60, value: {points: [[0, 0], [50, 80], [100, 100]]}}", [
            "effect: value function none → points 0→0, 50→80, 100→100"
        ]),
        ("criteria.yaml", "weight: 60}", "weight: 60, limit: {at_least: 10}}", ["effect: limit none → at least 10"]),
        ("criteria.yaml", "weight: 60}", "weight: 60, thresholds: {indifference: 5, veto: {relative: 0.1}}}", [
            "effect: thresholds none → indifference 5, veto 0.1 of the performance"
        ]),
        ("criteria.yaml", "criteria:\n", "method: topsis\ncriteria:\n", ["method: weighted-sum → topsis"]),
        ("criteria.yaml", "criteria:\n", "methods: {vikor: {v: 0.4}}\ncriteria:\n", ["vikor / v: default → 0.4"]),
        ("criteria.yaml", "title: A", "lexicon: phia, title: A", ["lexicon: icd203 → phia"]),
        ("options/study.yaml", "{low: 30, high: 50}", "{low: 20, high: 40}", ["study / effect: 30–50 → 20–40"]),
        ("options/study.yaml", "{low: 30, high: 50}", "{low: 20, value: 25, high: 40}", [
            "study / effect: 30–50 → 25 (20–40)"
        ]),
        ("options/study.yaml", "{low: 30, high: 50}", "{low: 30, high: 50, distribution: beta}", [
            "study / effect: 30–50 → 30–50, beta"
        ]),
        ("options/study.yaml", "{low: 30, high: 50}", "likely", ["study / effect: 30–50 → likely"]),
        ("options/study.yaml", "{low: 30, high: 50}", "{word: likely}", ["study / effect: 30–50 → likely"]),
        ("options/study.yaml", "{low: 30, high: 50}", "unknown", ["study / effect: 30–50 → unknown"]),
        ("options/study.yaml", "name: Study", "name: A study", []),
        ("options/wait.yaml", "because: nothing is done", "because: nothing", []),
        ("options/wait.yaml", "{value: 0, because: nothing is done}", "0", []),
    ],
)  # fmt: skip
def test_an_edit_is_told_in_the_dossiers_words(
    path: str, old: str, new: str, expected: list[str], between: Between
) -> None:
    """One change of a file is one edit, with what was and what is; texts are none."""
    assert old in SMALL[path]
    diff = between({path: SMALL[path].replace(old, new)})
    assert edits(diff) == expected
    if not expected:
        assert diff.mentions.texts == {path: 1}


def test_an_option_comes_with_its_figures(between: Between) -> None:
    """An option added or removed is one edit."""
    assert edits(between({"options/spend.yaml": "performance: {effect: 90, cost: 90}\n"})) == ["spend: option added"]
    assert edits(between({"options/wait.yaml": None, "criteria.yaml": CRITERIA.replace(", baseline: wait", "")})) == [
        "wait: option removed"
    ]


def test_a_criterion_comes_with_its_performances(between: Between) -> None:
    """A criterion added or removed is one edit, which can be made alone."""
    more = {"criteria.yaml": f"{CRITERIA}  speed: {{scale: {{worst: 10, best: 0}}, weight: 500}}\n"}
    more |= {path: SMALL[path].replace("effect: ", "speed: 5, effect: ") for path in ["options/study.yaml"]}
    more |= {path: f"{SMALL[path]}  speed: 9\n" for path in ["options/act.yaml", "options/wait.yaml"]}
    diff = between(more | {"criteria.yaml": more["criteria.yaml"].replace("weight: 60", "weight: 61")})
    assert edits(diff) == ["speed: criterion added, with three performances", "effect: weight 60 → 61"]
    assert diff.edits[0].alone.winners == ("study",)
    back = between(SMALL, more)
    assert edits(back) == ["speed: criterion removed, with three performances"]
    assert back.edits[0].edit.was_at is not None


def test_a_change_of_unit_takes_all_figures_along(between: Between) -> None:
    """What is said anew in another unit is one edit, which moves nothing."""
    edited = {
        "criteria.yaml": CRITERIA.replace("worst: 100, best: 0, unit: EUR", "worst: 10, best: 0, unit: tens of EUR"),
        "options/act.yaml": SMALL["options/act.yaml"].replace("60", "6"),
        "options/study.yaml": SMALL["options/study.yaml"].replace("20", "2"),
    }
    diff = between(edited)
    assert edits(diff) == ["cost: scale worst 100, best 0 EUR → worst 10, best 0 tens of EUR, with two performances"]
    assert not diff.ranks_changed
    assert diff.now.scores == pytest.approx(diff.was.scores)


def test_what_does_not_stand_alone_says_so(between: Between) -> None:
    """A figure off the old scale cannot be ranked without the wider scale; both together do it."""
    base = CRITERIA.replace("weight: 60", "weight: 600")
    edited = {
        "criteria.yaml": base.replace('best: 100, unit: "%"', 'best: 200, unit: "%"'),
        "options/wait.yaml": SMALL["options/wait.yaml"].replace("effect: 20", "effect: 200"),
    }
    diff = between(edited, {"criteria.yaml": base})
    assert diff.now.winners == ("wait",)
    scale, figure = diff.edits
    assert "200 is off the scale" in figure.alone.trouble
    assert "200 is off the scale" in scale.left_out.trouble
    assert list(causes(diff)) == [
        f"No edit alone did it: it takes ‘{said(scale.edit)}’ and ‘{said(figure.edit)}’ together."
    ]


def test_regrouping_is_one_edit(between: Between) -> None:
    """A new group with the criteria that move into it makes a tree only as a whole."""
    grouped = """\
criteria:
  effect: {name: Effect, scale: {worst: 0, best: 100, unit: "%"}, weight: 60}
  burden:
    weight: 90
    criteria:
      cost: {name: Cost, scale: {worst: 100, best: 0, unit: EUR}, weight: 40}
"""
    diff = between({"criteria.yaml": grouped})
    assert edits(diff) == ["criteria: burden and cost moved, added or removed"]
    assert diff.now.winners == ("wait",)
    assert edits(between({"criteria.yaml": CRITERIA}, {"criteria.yaml": grouped})) == [
        "criteria: cost and burden moved, added or removed"
    ]


def test_a_criterion_that_moves_keeps_its_other_edits_apart(between: Between) -> None:
    """A change of unit is an edit with the figures in it, though the criterion moves into a group as well."""
    moved = """\
criteria:
  burden:
    weight: 40
    criteria:
      cost: {name: Cost, scale: {worst: 10, best: 0, unit: tens of EUR}, weight: 40}
  effect: {name: Effect, scale: {worst: 0, best: 100, unit: "%"}, weight: 60}
"""
    edited = {
        "criteria.yaml": moved,
        "options/act.yaml": SMALL["options/act.yaml"].replace("60", "6"),
        "options/study.yaml": SMALL["options/study.yaml"].replace("20", "2"),
    }
    diff = between(edited)
    assert edits(diff) == [
        "criteria: burden and cost moved, added or removed",
        "cost: scale worst 100, best 0 EUR → worst 10, best 0 tens of EUR, with two performances",
    ]
    assert not any(tried.alone.trouble or tried.left_out.trouble for tried in diff.edits)


WITHOUT_WEIGHTS = CRITERIA.replace(", weight: 60", "").replace("    weight: 40\n", "")


def swing(effect: int, cost: int) -> dict[str, str]:
    """Write criteria that are weighted by swing points."""
    points = f"weighting: {{method: swing, points: {{root: {{effect: {effect}, cost: {cost}}}}}}}\n"
    return {"criteria.yaml": points + WITHOUT_WEIGHTS}


def test_judgements_of_a_group_are_one_edit(between: Between) -> None:
    """Points that change are told one by one, and made together."""
    assert edits(between(swing(50, 90), swing(60, 90))) == ["root: points effect 60 → 50"]
    assert edits(between(swing(50, 80), swing(60, 90))) == ["root: points effect 60 → 50 and cost 90 → 80"]


def test_another_way_of_weighting_is_one_edit(between: Between) -> None:
    """The method, its judgements and the weights no longer stated stand and fall together."""
    diff = between(swing(40, 100))
    assert edits(diff) == ["weighting: direct → swing"]
    assert diff.cause is not None
    assert diff.now.winners == ("wait",)


# Names


@pytest.mark.parametrize("keeps_its_name", [True, False])
def test_a_renamed_option_is_the_same_option(keeps_its_name: bool, between: Between) -> None:  # noqa: FBT001 - both ways
    """An option under another id moves nothing, and its own edits are told under the new one."""
    text = SMALL["options/act.yaml"] if keeps_its_name else SMALL["options/act.yaml"].replace("name: Act\n", "")
    diff = between({"options/act.yaml": None, "options/strike.yaml": text})
    assert diff.renames == Renames({"act": "strike"}, {})
    assert edits(diff) == []
    assert not diff.ranks_changed
    diff = between({"options/act.yaml": None, "options/strike.yaml": SMALL["options/act.yaml"].replace("80", "10")})
    assert edits(diff) == ["strike / effect: 80 → 10"]
    assert diff.first_changed


def test_a_renamed_criterion_is_the_same_criterion(between: Between) -> None:
    """A criterion under another id moves nothing, wherever its id is named."""
    base = {
        **swing(60, 40),
        "frames.yaml": "dear: {weights: {cost: 90}, performance: {act: {cost: 70}}}\n",
    }
    edited = {
        path: text.replace("cost: ", "price: ").replace("cost:\n", "price:\n")
        for path, text in {**SMALL, **base}.items()
    }
    diff = between(edited, base)
    assert diff.renames == Renames({}, {"cost": "price"})
    assert edits(diff) == []
    assert not diff.mentions
    edited["criteria.yaml"] = edited["criteria.yaml"].replace("price: 40", "price: 90")
    assert edits(between(edited, base)) == ["root: points price 40 → 90"]


def test_an_option_moved_into_the_table_is_the_same_option(between: Between) -> None:
    """It does not matter which file an option stands in; its edits are told at its row."""
    diff = between({"options/act.yaml": None, "options.csv": "id,effect,cost\nact,30,60\n"})
    assert edits(diff) == ["act / effect: 80 → 30"]
    (tried,) = diff.edits
    assert (tried.edit.is_at.path, tried.edit.is_at.line) == ("options.csv", 2)
    assert tried.edit.was_at is not None
    assert (tried.edit.was_at.path, tried.edit.was_at.line) == ("options/act.yaml", 3)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("{by: {j2: 40, cia: 30}}", "{by: {j2: 50, cia: 30}}", "by j2 40 → 50"),
        (
            "{by: {j2: 40, state: {low: 10, high: 30}}}",
            "{by: {state: {low: 10, value: 15, high: 30}, cia: unlikely}}",
            "by j2 40 → none, state 10–30 → 15 (10–30) and cia none → unlikely",
        ),
        ("{by: {j2: 40, cia: 30}}", "{value: 33, by: {j2: 40, cia: 31}}", "value none → 33, by cia 30 → 31"),
        ("{value: 32, by: {j2: 40, cia: 30}}", "{value: 33, by: {j2: 40, cia: 30}}", "value 32 → 33"),
        ("40", "{by: {j2: 40, cia: likely}}", "40 → by j2 40, cia likely"),
        ("{value: 35, by: {j2: 40, cia: 30}, because: so}", "35", "35 (by j2 40, cia 30) → 35"),
    ],
)
def test_what_several_assessors_say_is_told_by_who_says_it(
    before: str, after: str, told: str, between: Between
) -> None:
    """An edit names the assessors whose figures changed, came or went; reasons beside them are no edit."""

    def act(cell: str) -> str:
        return f"performance: {{effect: {cell}, cost: 60}}\n"

    diff = between({"options/act.yaml": act(after)}, {"options/act.yaml": act(before)})
    assert edits(diff) == [f"act / effect: {told}"]
    frames = "crisis: {{performance: {{act: {{effect: {}}}}}}}\n"
    diff = between({"frames.yaml": frames.format(after)}, {"frames.yaml": frames.format(before)})
    assert next(iter(without_effect(diff))) == f"frame crisis: act / effect: {told}"


def test_the_same_figures_of_several_assessors_are_no_edit(between: Between) -> None:
    """In another order, and as bare figures or in mappings, they are what they were."""
    before = {"options/act.yaml": "performance: {effect: {by: {j2: 40, cia: {word: likely}}}, cost: 60}\n"}
    after = {"options/act.yaml": "performance: {effect: {by: {cia: likely, j2: {value: 40}}}, cost: 60}\n"}
    diff = between(after, before)
    assert not diff.edits
    assert not list(without_effect(diff))


# What does not count


def test_what_does_not_count_is_told_apart(between: Between) -> None:
    """Overlays and references are told one by one, texts and evidence by their number; none of them is an edit."""
    base = {
        "frames.yaml": "crisis: {chance: 1, weights: {effect: 90}, performance: {act: {cost: 70}}}\n",
        "evidence.yaml": "items: {memo: {claim: It works., grade: B2}}\n",
        "perspectives.yaml": "treasury: {weights: {cost: 80}, dissent: No.}\n",
    }
    edited = {
        "criteria.yaml": CRITERIA.replace("A small", "Another").replace("baseline: wait", "recommend: act")
        + "accept: [{code: EVD504, because: it is small}]\n",
        "frames.yaml": "crisis: {name: A crisis, chance: 1, weights: {effect: 95}, performance: {act: {cost: 80}}}\n",
        "evidence.yaml": "items: {note: {claim: It may work., grade: C3}}\n",
        "perspectives.yaml": "treasury: {weights: {cost: 80}, dissent: Never.}\nstaff: {weights: {cost: 1}}\n",
        "assumptions.yaml": "ready: {claim: Staff are there., if_false: {performance: {act: {effect: 0}}}}\n",
    }
    diff = between(edited, base)
    assert diff.edits == ()
    assert list(without_effect(diff)) == [
        "recommend: none → act",
        "baseline: wait → none",
        "frame crisis: effect: weight 90 → 95",
        "frame crisis: act / cost: 70 → 80",
        "perspective staff: added",
        "assumption ready: added",
        "one text in criteria.yaml",
        "one text in frames.yaml",
        "one text in perspectives.yaml",
        "two entries in evidence.yaml",
        "one accepted finding in criteria.yaml",
    ]


def test_another_first_place_under_an_overlay_is_told(between: Between) -> None:
    """A frame in which others come first than did is told, though nothing moves in the ranking as it stands."""
    diff = between(
        {"frames.yaml": "crisis: {name: Crisis, weights: {cost: 400}}\n"},
        {"frames.yaml": "crisis: {name: Crisis, weights: {cost: 41}}\n"},
    )
    assert [tuple(turn) for turn in diff.turns] == [("frame", "crisis", ("act",), ("wait",))]


# Which edit did it


CASES: dict[str, tuple[dict[str, tuple[str, str]], str]] = {
    "one edit": (
        {"criteria.yaml": ("weight: 40", "weight: 400")},
        "The one edit did it: ‘cost: weight 40 → 400’.",
    ),
    "one of two": (
        {"criteria.yaml": ("weight: 40", "weight: 400"), "options/study.yaml": ("cost: 20", "cost: 21")},
        "One edit did it: ‘cost: weight 40 → 400’. Alone it does so, and without it the others do not.",
    ),
    "both together": (
        {"options/act.yaml": ("effect: 80", "effect: 72"), "options/study.yaml": ("high: 50", "high: 64")},
        "No edit alone did it: it takes ‘act / effect: 80 → 72’ and ‘study / effect: 30–50 → 30–64’ together.",
    ),
    "each makes up for the other": (
        {"options/act.yaml": ("effect: 80", "effect: 65"), "options/study.yaml": ("cost: 20", "cost: 24")},
        "Alone, ‘act / effect: 80 → 65’ would put Study first; the other edits make up for it.",
    ),
    "below the first place": (
        {"options/study.yaml": ("cost: 20", "cost: 60"), "options/act.yaml": ("cost: 60", "cost: 59")},
        "One edit did all of this: ‘study / cost: 20 → 60’. Alone it does so, and without it the others do not all.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edited", "expected"), CASES.values(), ids=CASES)
def test_the_edit_that_did_it_is_named(edited: dict[str, tuple[str, str]], expected: str, between: Between) -> None:
    """One edit, one among several, two that only together do it, and edits that make up for each other."""
    for path, (old, _) in edited.items():
        assert old in SMALL[path]
    diff = between({path: SMALL[path].replace(old, new) for path, (old, new) in edited.items()})
    assert list(causes(diff)) == [expected]


def test_the_first_place_may_be_shared(between: Between) -> None:
    """An option that comes to share the first place, or has it alone again, is told as that."""
    tie = {"options/study.yaml": SMALL["options/study.yaml"].replace("cost: 20", "cost: 0")}
    assert verdict(between(tie)) == "Act and Study now share the first place, which Act had."
    expected = "Act now ranks first alone; before, it shared the place with Study."
    assert verdict(between({"options/study.yaml": SMALL["options/study.yaml"]}, tie)) == expected


def test_two_edits_that_each_do_it_are_both_named(between: Between) -> None:
    """Where each of two puts the same option first, leaving out either changes nothing."""
    diff = between(
        {
            "criteria.yaml": CRITERIA.replace("weight: 40", "weight: 45"),
            "options/study.yaml": SMALL["options/study.yaml"].replace("high: 50", "high: 90"),
            "options/act.yaml": SMALL["options/act.yaml"].replace("effect: 80", "effect: 40"),
        }
    )
    alone = "‘act / effect: 80 → 40’ and ‘study / effect: 30–50 → 30–90’"
    assert list(causes(diff)) == [
        f"Each of these does it alone: {alone}.",
        "Without any one of them, the other edits together do the same.",
    ]


def test_very_many_edits_are_tried_together(between: Between, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most that are tried one by one, those of an option, then of a file, are one edit."""
    from policyopts.analysis import diff as module

    edited = {
        "criteria.yaml": CRITERIA.replace("weight: 40", "weight: 45").replace("weight: 60", "weight: 65"),
        "options/act.yaml": SMALL["options/act.yaml"].replace("80", "10").replace("60", "99"),
        "options/study.yaml": SMALL["options/study.yaml"].replace("20", "30"),
    }
    for most, expected in {
        5: [
            "effect: weight 60 → 65", "cost: weight 40 → 45", "act / effect: 80 → 10", "act / cost: 60 → 99",
            "study / cost: 20 → 30",
        ],
        4: ["effect: weight 60 → 65", "cost: weight 40 → 45", "act: two performances", "study / cost: 20 → 30"],
        3: ["criteria.yaml: two changes", "act: two performances", "study / cost: 20 → 30"],
        2: ["criteria.yaml: two changes", "options/act.yaml: three performances"],
    }.items():  # fmt: skip
        monkeypatch.setattr(module, "MOST_EDITS", most)
        diff = between(edited)
        assert edits(diff) == expected
        assert diff.together == (most < 5)
        assert diff.now.winners == ("wait",)
