"""How far the first place hangs on the method: who disagrees, and who turns the ranking by leaving it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import policyopts as po
from policyopts.analysis.checks import checked
from policyopts.analysis.checks.methods import DISAGREE, _named
from policyopts.analysis.method_comparison import compare_methods, may_reverse, methods_that_apply, reversals_of
from policyopts.analysis.ranked import rank_dossier

Changes = Mapping[str, str | None]
Findings = Callable[[Changes], list[po.Finding]]
Write = Callable[[Changes], Path]

CLOSE = {"options/levy.yaml": "performance: {effect: {low: 40, value: 50, high: 60}}"}
THRESHOLDS = "criteria: {effect: {scale: {worst: 0, best: 100}, weight: 50, thresholds: {indifference: 5}}}"


def messages(findings: list[po.Finding], code: str) -> list[str]:
    """Give what is said under a code, with the place."""
    return [f"{finding.path}: {finding.message}" for finding in findings if finding.code == code]


def test_disagreement_is_told_with_who_would_choose_what(findings: Findings) -> None:
    """The methods that put others first are named, those that agree counted, the larger groups before the others."""
    (said,) = messages(findings(CLOSE), "ROB703")
    assert said == (
        "criteria.yaml: methods disagree on the first place: 3 of 10 methods put 'ban' first, "
        "6 'levy' (topsis, vikor, moora, edas, mabac, borda) and 1 'campaign' (cocoso)"
    )


def test_a_few_methods_may_disagree(write: Write) -> None:
    """Fewer than a quarter with another first place are not told of."""
    ranked = rank_dossier(po.load(write({})))
    others = [ranking for ranking in methods_that_apply(ranked) if ranking.options[ranking.order[0]] != "levy"]
    assert 0 < len(others) < DISAGREE * len(methods_that_apply(ranked))
    assert "ROB703" not in [finding.code for finding in po.check(ranked.dossier)]


def test_who_shares_the_first_place_agrees(findings: Findings) -> None:
    """A method that puts our first option first beside others does not speak against it, nor does ours against it."""
    alike = "performance: {effect: 70, cost: 5, fairness: even}"
    both = {"options/levy.yaml": alike, "options/ban.yaml": alike}
    assert messages(findings(both), "ROB703") == []


@pytest.mark.parametrize(
    ("criteria", "asked"),
    [
        ("decision: {title: Bags}", set()),
        (THRESHOLDS, {"promethee", "electre-3"}),
        ("method: electre-3", {"electre-3"}),
        ("method: electre-1", {"electre-1"}),
        ("methods: {electre-1: {normalisation: min-max}}", {"electre-1"}),
    ],
)
def test_methods_that_lack_what_they_need_are_not_asked(criteria: str, asked: set[str], write: Write) -> None:
    """Methods with thresholds take part where one is stated, ELECTRE I where figures are brought onto one footing."""
    ranked = rank_dossier(po.load(write({"criteria.yaml": criteria})))
    found = {ranking.method for ranking in methods_that_apply(ranked)}
    assert found & {"promethee", "electre-3", "electre-1"} == asked
    assert found >= {"weighted-sum", "topsis", "vikor", "spotis"}


def test_an_option_that_turns_the_ranking_by_leaving(findings: Findings) -> None:
    """What comes first without a bystander is told, with all bystanders that bring it about."""
    (said,) = messages(findings({"criteria.yaml": "method: cocoso"}), "ROB704")
    assert said == (
        "criteria.yaml: rank reversal by cocoso: first is 'campaign', but 'levy' without 'do-nothing' or 'ban'"
    )


def test_reversals_are_those_that_compare_finds(write: Write) -> None:
    """For each method, leaving out one option comes to what `compare` says of it."""
    dossier = po.load(write({}))
    compared = compare_methods(dossier)
    found = {
        (reversal.method, reversal.bystander, reversal.after)
        for ranking in compared.rankings
        for reversal in reversals_of(rank_dossier(dossier, method=ranking.method))
    }
    expected = [(each.method, each.bystander, each.after) for each in compared.reversals if each.change == "left out"]
    assert expected
    assert found == set(expected)


SCALED = "{weight: 1, scale: {worst: 1000, best: 0}}"


@pytest.mark.parametrize(
    ("cost", "more", "times"),
    [
        (SCALED, "", 0),
        ("{weight: 1, direction: min}", "", 1),
        (SCALED, "methods: {weighted-sum: {normalisation: min-max}}", 1),
    ],
)
def test_what_hangs_on_the_options_present_lets_the_ranking_turn(
    cost: str, more: str, times: int, tmp_path: Path
) -> None:
    """An option far off decides where values follow from the options present; on scales none does."""
    effect = "{weight: 1, scale: {worst: 0, best: 100}}"
    (tmp_path / "criteria.yaml").write_text(f"{more}\ncriteria: {{effect: {effect}, cost: {cost}}}\n", "utf-8")
    (tmp_path / "options.csv").write_text("id,effect,cost\na,0,0\nb,40,10\nc,50,60\nd,30,1000\n", "utf-8")
    codes = [finding.code for finding in po.check(po.load(tmp_path))]
    assert codes.count("ROB704") == times


def test_weights_from_the_data_hang_on_the_options_present(tmp_path: Path) -> None:
    """With weights from the data there is something to try, also on scales; with weights written out there is not."""
    (tmp_path / "options.csv").write_text("id,effect,cost\na,0,0\nb,40,10\nc,50,60\n", "utf-8")
    for weight, tried in (("", True), ("weight: 1, ", False)):
        effect, cost = (f"{{{weight}scale: {{worst: {worst}, best: {100 - worst}}}}}" for worst in (0, 100))
        text = f"weighting: {{method: entropy}}\ncriteria: {{effect: {effect}, cost: {cost}}}\n"
        (tmp_path / "criteria.yaml").write_text(text, "utf-8")
        assert may_reverse(rank_dossier(po.load(tmp_path))) is tried


def test_of_a_long_row_of_options_the_first_are_named() -> None:
    """Up to five options are named; of more the first four, and the others are counted."""
    assert _named(list("abcde")) == "'a', 'b', 'c', 'd' and 'e'"
    assert _named(list("abcdefg"), "or") == "'a', 'b', 'c', 'd' or 3 others"


def test_other_methods_are_asked_of_up_to_two_hundred_options(tmp_path: Path) -> None:
    """Of more options neither is said which methods disagree nor who turns the ranking."""
    (tmp_path / "criteria.yaml").write_text(
        "method: copeland\ncriteria: {x: {weight: 5, direction: max}, y: {weight: 4, direction: max}}", "utf-8"
    )
    for count, told in ((200, True), (201, False)):
        rows = "".join(f"o{number:03},{number},{(number * 77) % 199}\n" for number in range(count))
        (tmp_path / "options.csv").write_text(f"id,x,y\n{rows}", "utf-8")
        codes = {finding.code for finding in po.check(po.load(tmp_path))}
        assert bool(codes & {"ROB703", "ROB704"}) is told


def test_fast_leaves_out_what_ranks_again_and_again(write: Write) -> None:
    """Reversals are looked for only where there is time; asking every method once takes none."""
    dossier = po.load(write({"criteria.yaml": "method: copeland"}))
    for fast, codes in ((True, {"ROB703"}), (False, {"ROB703", "ROB704"})):
        assert {finding.code for finding in checked(dossier, fast=fast).findings} & {"ROB703", "ROB704"} == codes


def test_compare_leaves_out_what_leaves_too_little_known(tmp_path: Path) -> None:
    """An option with the only figure known on a criterion without a scale cannot be left out, and the others can."""
    (tmp_path / "criteria.yaml").write_text(
        "criteria: {effect: {weight: 1, scale: {worst: 0, best: 100}}, cost: {weight: 1, direction: min}}", "utf-8"
    )
    (tmp_path / "options.csv").write_text("id,effect,cost\na,10,3\nb,50,unknown\nc,90,unknown\n", "utf-8")
    found = compare_methods(po.load(tmp_path))
    assert found.consensus[0] == "c"
    assert "a" not in {each.bystander for each in found.reversals if each.change == "left out"}
