"""Published cases of the outranking methods: what their sources print of pairs, flows, kernels and classes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import yaml
from numpy.typing import NDArray

from policyopts.engine.distillation import Threshold, distil
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.methods import METHODS
from policyopts.engine.methods.electre_3 import credibility
from policyopts.engine.pairs import PairTable
from policyopts.engine.ranking import Ranking, rank

if TYPE_CHECKING:
    from policyopts.engine.steps import Step

Case = dict[str, Any]
Array = NDArray[np.float64]

FOLDER = Path(__file__).parents[1] / "published"
FILES = sorted([*FOLDER.glob("electre*.yaml"), *FOLDER.glob("promethee*.yaml")])
CASES: dict[str, Case] = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FILES}


def cases_of(by: str) -> pytest.MarkDecorator:
    """Run a test for the published cases of a method, or of a part of one."""
    found = [pytest.param(case, id=name) for name, case in CASES.items() if case["by"] == by]
    assert found
    return pytest.mark.parametrize("case", found)


def threshold_table(given: list[Any], values: Array) -> Array:
    """Give a threshold for each cell: a number, a share of the performance, or none."""
    columns = [
        np.abs(column) * threshold["relative"]
        if isinstance(threshold, dict)
        else np.full(len(column), np.nan if threshold is None else threshold)
        for threshold, column in zip(given, values.T, strict=True)
    ]
    return np.column_stack(columns)


def matrix_of(case: Case, options: list[int] | None = None) -> DecisionMatrix:
    """Build a case's decision matrix, of some of its options where they are named."""
    values = np.array(case["values"], dtype=np.float64)
    thresholds = {name: threshold_table(given, values) for name, given in case.get("thresholds", {}).items()}
    chosen = range(len(values)) if options is None else options
    return DecisionMatrix(
        values[chosen],
        case["weights"],
        case["directions"],
        options=[case["options"][option] for option in chosen],
        preference_functions=case.get("preference_functions"),
        **{name: table[chosen] for name, table in thresholds.items()},
    )


def ranking_of(case: Case, options: list[int] | None = None) -> Ranking:
    """Rank a case's options, or some of them."""
    return rank(matrix_of(case, options), case["by"], **case.get("parameters", {}))


def pair_tables(case: Case) -> dict[str, Array]:
    """Give the steps of a case that say something of every pair."""
    ranking = ranking_of(case)
    steps: list[Step] = []
    keywords = {word.replace("-", "_"): setting for word, setting in ranking.parameters.items()}
    METHODS[case["by"]].function(ranking.matrix, **keywords, steps=steps)
    return {step.symbol: step.table for step in steps if step.axes == ("options", "options")}


def assert_as_printed(found: Any, printed: list[Any], tolerance: float) -> None:
    """Compare with what is printed; None stands for a figure that is not to be compared."""
    expected = np.array(printed, dtype=np.float64)
    assert not np.isnan(expected).all()
    np.testing.assert_allclose(np.where(np.isnan(expected), np.nan, found), expected, rtol=0, atol=tolerance)


def classes_of(options: list[str], numbers: Array) -> list[set[str]]:
    """Put the options of each class together, the best class first."""
    assert sorted(set(numbers.tolist())) == list(range(1, int(numbers.max()) + 1))
    return [
        {option for option, own in zip(options, numbers, strict=True) if own == number}
        for number in range(1, int(numbers.max()) + 1)
    ]


@cases_of("promethee")
def test_promethee_reproduces_published_flows(case: Case) -> None:
    """PROMETHEE gives the flows, summed or averaged over the others, and the ranks that its source prints."""
    ranking = ranking_of(case)
    expected = case["expected"]
    others = len(case["options"]) - 1
    found = {**ranking.details, "phi_sum": ranking.scores * others}
    compared = expected.keys() & found.keys()
    assert compared
    for name in compared:
        assert_as_printed(found[name], expected[name], expected["tolerance"])
    if "ranks" in expected:
        assert ranking.ranks.tolist() == expected["ranks"]


@pytest.mark.parametrize("name", ["promethee-brans-1986", "promethee-usual-three"])
def test_promethee_reproduces_published_pairs(name: str) -> None:
    """The leaving flow of an option among two is its preference index, and PROMETHEE I relates pairs as printed."""
    case = CASES[name]
    expected, options = case["expected"], case["options"]
    tolerance = expected.get("preference_indices_tolerance", expected["tolerance"])
    for a, b in np.argwhere(~np.eye(len(options), dtype=np.bool_)).tolist():
        alone = ranking_of(case, [a, b])
        assert_as_printed(alone.details["phi_plus"][0], expected["preference_indices"][a][b], tolerance)
    relations = ranking_of(case).document["relations"]
    assert isinstance(relations, PairTable)
    for a, b, relation in expected["relations"]:
        assert relations.table[options.index(a), options.index(b)] == relation
        assert relations.table[options.index(b), options.index(a)] == ("" if relation == "P" else relation)


@cases_of("electre-1")
def test_electre_1_reproduces_published_pairs(case: Case) -> None:
    """ELECTRE I gives the concordances and discordances that its source prints, and the kernel."""
    expected, tables = case["expected"], pair_tables(case)
    assert_as_printed(tables["C"], expected["concordance"], expected["tolerance"])
    if "leads" in expected:  # printed before they are divided by the widest range
        widest = np.ptp(np.array(case["values"]), axis=0).max()
        assert_as_printed(tables["D"] * widest, expected["leads"], expected["tolerance"])
    else:
        assert_as_printed(tables["D"], expected["discordance"], expected["tolerance"])
        assert ranking_of(case).document["kernel"] == expected["kernel"]


@cases_of("electre-3")
def test_electre_3_reproduces_published_credibilities_and_classes(case: Case) -> None:
    """ELECTRE III gives the concordances, credibilities and both orders, as far as its source prints them."""
    expected, tables, options = case["expected"], pair_tables(case), case["options"]
    for name, symbol in (("concordance", "C"), ("credibility", "σ")):
        if name in expected:
            assert_as_printed(tables[symbol], expected[name], expected["tolerance"])
    for option, row in expected.get("credibility_rows", {}).items():
        assert_as_printed(tables["σ"][options.index(option)], row, expected["tolerance"])
    ranking = ranking_of(case)
    for order in {"descending", "ascending"} & expected.keys():
        assert classes_of(options, ranking.details[order]) == [set(members) for members in expected[order]]


@cases_of("credibility")
def test_vetoes_reproduce_published_credibilities(case: Case) -> None:
    """Concordances and discordances give the credibilities that the source prints."""
    found = credibility(1 - np.array(case["concordance"]), [np.array(case["discordance"], dtype=np.float64)])
    assert_as_printed(found, case["expected"]["credibility"], case["expected"]["tolerance"])


@cases_of("distillation")
def test_distillation_reproduces_published_orders(case: Case) -> None:
    """Credibilities are distilled into the two orders that the source prints."""
    classes = distil(np.array(case["credibility"], dtype=np.float64), Threshold(0.3, -0.15))
    for order, numbers in zip(("descending", "ascending"), classes, strict=True):
        expected = [set(members) for members in case["expected"][order]]
        assert classes_of(case["options"], numbers.astype(np.float64)) == expected


def test_published_outranking_cases_name_their_source() -> None:
    """Every published case of an outranking method says where its numbers were printed."""
    assert len(CASES) > 10
    assert all(case["source"] and case["method"] == "outranking" for case in CASES.values())
