"""The notation of score tables says what records say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from policyopts.model.criteria import Leaf
from policyopts.model.estimates import Estimate, EstimateError, estimate
from policyopts.model.lexicon import LEXICONS
from policyopts.model.options import CellRecord, OptionRecord
from policyopts.records.score_table import read_cell, unescaped, write_cell
from policyopts.report.safe_text import spreadsheet

LEXICON = LEXICONS["icd203"]
LEVELS = {
    "none": 0,
    "-low": 20,
    "a..b": 30,
    "  wide  gap": 40,
    ".dot.": 50,
    "=1+1": 60,
    "'=x": 70,
    "line\nbreak": 80,
    "high": 100,
}
CRITERIA = {
    "percent": Leaf.model_validate({"scale": {"worst": 0, "best": 100, "unit": "%"}}),
    "signed": Leaf.model_validate({"scale": {"worst": 50, "best": -50}}),
    "levels": Leaf.model_validate({"scale": {"levels": LEVELS}}),
    "open": Leaf.model_validate({"direction": "max"}),
}
figures = st.sampled_from([*LEVELS, "unknown", *LEXICON.words]) | st.integers(-60, 110) | st.floats(-60, 110)
records = st.fixed_dictionaries(
    {},
    optional={
        "value": figures,
        "low": figures,
        "high": figures,
        "word": st.sampled_from(list(LEXICON.words)),
        "distribution": st.sampled_from(["uniform", "triangular", "pert", "normal"]),
        "because": st.just("so"),
    },
)


@given(criterion=st.sampled_from(sorted(CRITERIA)), written=figures | records)
def test_a_written_cell_is_read_as_the_same_figures(criterion: str, written: Any) -> None:
    """Whatever a record holds, its cell in a table stands for the same figures on its criterion, escaped or not."""
    leaf = CRITERIA[criterion]
    cell = OptionRecord.model_validate({"performance": {"x": written}}).performance["x"]
    try:
        meant = estimate(cell, leaf, LEXICON)
    except EstimateError:
        reject()
    text = write_cell(cell, meant)
    assert text == text.strip()
    number = read_cell(text)
    for shown in (text, text if isinstance(number, float) else spreadsheet(text)):
        read = estimate(read_cell(unescaped(shown)), leaf, LEXICON)
        assert (read.form == "unknown") == (meant.form == "unknown")
        assert read.form == "unknown" or read[:3] == meant[:3]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (45.0, "45"),
        (-0.5, "-0.5"),
        ("likely", "likely"),
        ("unknown", "unknown"),
        (CellRecord(low=25.0, high=65.0), "25..65"),
        (CellRecord(low=25.0, value=45.0, high=65.0, because="so"), "25..45..65"),
        (CellRecord(word="very unlikely"), "very unlikely"),
        (CellRecord(word="very unlikely", value=12.0), "5..12..20"),
        (CellRecord(value="unknown", because="so"), "unknown"),
    ],
)
def test_cells_are_written_in_their_notation(cell: Any, text: str) -> None:
    """Numbers, words, ranges and three points each have their own short form."""
    leaf = Leaf.model_validate({"scale": {"worst": -100, "best": 100, "unit": "%"}})
    meant: Estimate = estimate(cell, leaf, LEXICON)
    assert write_cell(cell, meant) == text


def test_a_level_that_could_not_be_read_back_is_written_as_its_value() -> None:
    """A level with dots or blanks that a table would lose stands as its number from 0 to 100."""
    leaf = CRITERIA["levels"]
    written = {level: write_cell(level, estimate(level, leaf, LEXICON)) for level in LEVELS}
    assert [level for level, text in written.items() if text != level] == [
        "a..b", "  wide  gap", ".dot.", "'=x", "line\nbreak",
    ]  # fmt: skip
    assert written["a..b"] == "30"
