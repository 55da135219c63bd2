"""What each way of writing a performance means."""

from collections.abc import Callable
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.findings import DossierError
from policyopts.model.criteria import Leaf
from policyopts.model.dossier import Dossier
from policyopts.model.estimates import Estimate, amount, figure
from policyopts.model.estimates import estimate as read_estimate
from policyopts.model.lexicon import LEXICONS
from policyopts.model.options import CellRecord

Read = Callable[..., Dossier]

BENEFIT = 'scale: {worst: 0, best: 100, unit: "%"}'
COST = 'scale: {worst: 100, best: 0, unit: "%"}'
MONTHS = "scale: {worst: 24, best: 0, unit: months}"
LEVELS = "scale: {levels: {none: 10, some: 40, full: 90}}"
DIRECTION = "direction: min"


def estimate(read: Read, criterion: str, cell: str, lexicon: str = "icd203", other: str = "0") -> Estimate:
    """Read one performance on a criterion."""
    dossier = read(
        {
            "criteria.yaml": f"decision: {{lexicon: {lexicon}}}\ncriteria: {{x: {{{criterion}, weight: 1}}}}\n",
            "options/act.yaml": f"performance: {{x: {cell}}}\n",
            "options/wait.yaml": f"performance: {{x: {other}}}\n",
        }
    )
    return dossier.estimates["act"]["x"]


@pytest.mark.parametrize(
    ("criterion", "cell", "expected"),
    [
        (MONTHS, "9", Estimate(9, 9, 9)),
        (MONTHS, "0", Estimate(0, 0, 0)),
        (MONTHS, "{value: 9, because: it was so last time}", Estimate(9, 9, 9)),
        (MONTHS, "{low: 4, high: 10}", Estimate(4, 7, 10, "range", "uniform")),
        (MONTHS, "{low: 4, high: 4}", Estimate(4, 4, 4, "range", "uniform")),
        (MONTHS, "{low: 4, value: 5, high: 10}", Estimate(4, 5, 10, "three-point", "triangular")),
        *(
            (MONTHS, f"{{low: 4, high: 10, distribution: {name}}}", Estimate(4, 7, 10, "range", name))
            for name in ("uniform", "triangular", "pert", "normal", "beta", "lognormal")
        ),
        *(
            (MONTHS, f"{{low: 4, value: 5, high: 10, distribution: {name}}}", Estimate(4, 5, 10, "three-point", name))
            for name in ("uniform", "triangular", "pert", "normal", "beta", "lognormal")
        ),
        (MONTHS, "unknown", Estimate(0, 12, 24, "unknown", "uniform", "unknown")),
        (MONTHS, "{value: unknown, because: nobody has tried}", Estimate(0, 12, 24, "unknown", "uniform", "unknown")),
        (LEVELS, "some", Estimate(40, 40, 40, text="some")),
        (LEVELS, "{value: some, because: half of it}", Estimate(40, 40, 40, text="some")),
        (LEVELS, "55", Estimate(55, 55, 55)),
        (LEVELS, "{low: none, high: some}", Estimate(10, 25, 40, "range", "uniform")),
        (LEVELS, "{low: none, high: 60}", Estimate(10, 35, 60, "range", "uniform")),
        (LEVELS, "{low: none, value: some, high: full}", Estimate(10, 40, 90, "three-point", "triangular", "some")),
        (LEVELS, "unknown", Estimate(0, 50, 100, "unknown", "uniform", "unknown")),
        (DIRECTION, "1250.5", Estimate(1250.5, 1250.5, 1250.5)),
        (DIRECTION, "{low: -5, high: 5}", Estimate(-5, 0, 5, "range", "uniform")),
        (BENEFIT, "likely", Estimate(55, 67.5, 80, "word", "uniform", "likely")),
        (BENEFIT, "{value: likely, because: x}", Estimate(55, 67.5, 80, "word", "uniform", "likely")),
        (BENEFIT, "{word: likely}", Estimate(55, 67.5, 80, "word", "uniform", "likely")),
        (BENEFIT, "{word: likely, distribution: pert}", Estimate(55, 67.5, 80, "word", "pert", "likely")),
        (BENEFIT, "{word: likely, value: 60}", Estimate(55, 60, 80, "word", "triangular", "likely")),
        # What contradicts its word is told by `check`; the range takes both in.
        (BENEFIT, "{word: likely, value: 90}", Estimate(55, 90, 90, "word", "triangular", "likely")),
        (BENEFIT, "{word: likely, value: 5}", Estimate(5, 5, 80, "word", "triangular", "likely")),
    ],
)
def test_what_a_performance_means(criterion: str, cell: str, expected: Estimate, read: Read) -> None:
    """A number, a range, three points, a level, a word and `unknown` each have their value and their range."""
    assert estimate(read, criterion, cell) == expected


J2, LIKELY = Estimate(40, 40, 40), Estimate(55, 67.5, 80, "word", "uniform", "likely")
STATE = Estimate(20, 30, 45, "three-point", "triangular")


@pytest.mark.parametrize(
    ("criterion", "cell", "expected"),
    [
        (
            BENEFIT,
            "{by: {j2: 40, state: {low: 20, value: 30, high: 45}, cia: likely}}",
            Estimate(20, 137.5 / 3, 80, "several", by=(("j2", J2), ("state", STATE), ("cia", LIKELY))),
        ),
        (
            BENEFIT,
            "{value: 37, by: {j2: 40, state: {low: 20, value: 30, high: 45}}}",
            Estimate(20, 37, 45, "several", by=(("j2", J2), ("state", STATE))),
        ),
        (
            BENEFIT,
            "{by: {j2: 40, cia: unknown}}",
            Estimate(
                0, 45, 100, "several", by=(("j2", J2), ("cia", Estimate(0, 50, 100, "unknown", "uniform", "unknown")))
            ),
        ),
        # Who agree wholly have one estimate.
        (BENEFIT, "{by: {j2: likely, cia: {word: likely}}}", LIKELY._replace(by=(("j2", LIKELY), ("cia", LIKELY)))),
        (BENEFIT, "{by: {j2: 40}}", J2._replace(by=(("j2", J2),))),
        (
            LEVELS,
            "{by: {j2: some, cia: full}}",
            Estimate(
                40,
                65,
                90,
                "several",
                by=(("j2", Estimate(40, 40, 40, text="some")), ("cia", Estimate(90, 90, 90, text="full"))),
            ),
        ),
        (
            LEVELS,
            "{value: full, by: {j2: some, cia: full}}",
            Estimate(
                40,
                90,
                90,
                "several",
                text="full",
                by=(("j2", Estimate(40, 40, 40, text="some")), ("cia", Estimate(90, 90, 90, text="full"))),
            ),
        ),
        (
            DIRECTION,
            "{by: {j2: {low: -5, high: 5}, cia: 8}}",
            Estimate(
                -5, 4, 8, "several", by=(("j2", Estimate(-5, 0, 5, "range", "uniform")), ("cia", Estimate(8, 8, 8)))
            ),
        ),
    ],
)
def test_what_several_assessors_come_to(criterion: str, cell: str, expected: Estimate, read: Read) -> None:
    """The value is what they agreed on, or the mean of theirs; the range takes in all of theirs."""
    assert estimate(read, criterion, cell) == expected


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_a_mean_of_values_never_leaves_their_range(figures: list[float]) -> None:
    """However the sum is rounded."""
    leaf = Leaf.model_validate({"scale": {"worst": 0, "best": 100}})
    cell = CellRecord(by={f"a{place}": given for place, given in enumerate(figures)})
    found = read_estimate(cell, leaf, LEXICONS["icd203"])
    assert found.low == min(figures) <= found.value <= max(figures) == found.high
    assert found.value == pytest.approx(sum(figures) / len(figures))


def test_unknown_without_a_scale(read: Read) -> None:
    """Without a scale, what is unknown has no figures until the options present give a range."""
    unknown = estimate(read, DIRECTION, "unknown", other="7")
    assert unknown.form == "unknown"
    assert all(isnan(number) for number in (unknown.low, unknown.value, unknown.high))
    with pytest.raises(DossierError, match="every performance on 'x' is unknown"):
        estimate(read, DIRECTION, "unknown", other="unknown")


# As published: US Intelligence Community Directive 203 (2015), the UK's probability yardstick, and the IPCC's
# guidance note (2010); bands without an end reach to 0 and to 100.
BANDS: dict[str, dict[tuple[str, ...], tuple[float, float]]] = {
    "icd203": {
        ("almost no chance", "remote"): (1, 5),
        ("very unlikely", "highly improbable"): (5, 20),
        ("unlikely", "improbable"): (20, 45),
        ("roughly even chance", "roughly even odds"): (45, 55),
        ("likely", "probable"): (55, 80),
        ("very likely", "highly probable"): (80, 95),
        ("almost certain", "nearly certain"): (95, 99),
    },
    "phia": {
        ("remote chance",): (0, 5),
        ("highly unlikely",): (10, 20),
        ("unlikely",): (25, 35),
        ("realistic possibility",): (40, 50),
        ("likely", "probable"): (55, 75),
        ("highly likely",): (80, 90),
        ("almost certain",): (95, 100),
    },
    "ipcc": {
        ("virtually certain",): (99, 100),
        ("very likely",): (90, 100),
        ("likely",): (66, 100),
        ("about as likely as not",): (33, 66),
        ("unlikely",): (0, 33),
        ("very unlikely",): (0, 10),
        ("exceptionally unlikely",): (0, 1),
    },
}


def test_there_are_no_other_words() -> None:
    """The lexicons hold the published words, and no more."""
    assert {name: sorted(lexicon.words) for name, lexicon in LEXICONS.items()} == {
        name: sorted(word for words in bands for word in words) for name, bands in BANDS.items()
    }


@pytest.mark.parametrize("criterion", [BENEFIT, COST], ids=["benefit", "cost"])
@pytest.mark.parametrize("lexicon", BANDS)
def test_words_mean_their_bands(lexicon: str, criterion: str, read: Read) -> None:
    """A word is its band in per cent, whichever way is better; the middle is its value."""
    for words, (low, high) in BANDS[lexicon].items():
        for word in words:
            expected = Estimate(low, (low + high) / 2, high, "word", "uniform", word)
            assert estimate(read, criterion, word, lexicon) == expected


@pytest.mark.parametrize(
    ("ends", "word", "expected"),
    [
        ("worst: 60, best: 0", "likely", (55, 57.5, 60)),
        ("worst: 0, best: 60", "likely", (55, 57.5, 60)),
        ("worst: 60, best: 100", "likely", (60, 70, 80)),
        ("worst: 60, best: 70", "likely", (60, 65, 70)),
        ("worst: 80, best: 100", "likely", (80, 80, 80)),
        ("worst: 20, best: 0", "unlikely", (20, 20, 20)),
    ],
)
def test_bands_are_clipped_to_the_scale(ends: str, word: str, expected: tuple[float, float, float], read: Read) -> None:
    """Of a band that reaches beyond the scale, what lies on the scale counts."""
    low, value, high = expected
    found = estimate(read, f'scale: {{{ends}, unit: "%"}}', word, other="unknown")
    assert found == Estimate(low, value, high, "word", "uniform", word)


@pytest.mark.parametrize(
    ("lexicon", "percent", "word"),
    [
        ("icd203", 0.5, None),
        ("icd203", 1, "almost no chance"),
        ("icd203", 5, "very unlikely"),
        ("icd203", 20, "unlikely"),
        ("icd203", 45, "roughly even chance"),
        ("icd203", 55, "likely"),
        ("icd203", 79.9, "likely"),
        ("icd203", 80, "very likely"),
        ("icd203", 95, "almost certain"),
        ("icd203", 99, "almost certain"),
        ("icd203", 99.5, None),
        ("phia", 7, None),
        ("phia", 50, None),
        ("phia", 49.9, "realistic possibility"),
        ("phia", 90, "highly likely"),
        ("ipcc", 66, "about as likely as not"),
        ("ipcc", 66.1, "likely"),
        ("ipcc", 90, "likely"),
        ("ipcc", 99, "very likely"),
        ("ipcc", 99.5, "virtually certain"),
        ("ipcc", 0, "exceptionally unlikely"),
        ("ipcc", 1, "very unlikely"),
        ("ipcc", 10, "unlikely"),
        ("ipcc", 33, "about as likely as not"),
    ],
)
def test_the_word_for_a_percentage(lexicon: str, percent: float, word: str | None) -> None:
    """A percentage has the word of the narrowest band that it lies in; in a gap and off the ends it has none."""
    assert LEXICONS[lexicon].word(percent) == word


def test_the_rows_of_words() -> None:
    """ICD 203 has two rows of words for the same bands, one of which a document keeps to."""
    icd = LEXICONS["icd203"]
    assert (icd.row("unlikely"), icd.row("improbable"), icd.word(30, row=2)) == (1, 2, "improbable")
    assert LEXICONS["phia"].row("probable") == 1


@pytest.mark.parametrize(
    ("number", "text"),
    [(45.0, "45"), (-0.0, "0"), (0.1, "0.1"), (1e20, "1e+20"), (float("inf"), "inf"), (float("nan"), "nan")],
)
def test_figures_are_written_short(number: float, text: str) -> None:
    """A figure has no more digits than it needs, and any number can be written."""
    assert figure(number) == text


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        ("45", "%", "45 %"),
        ("3", "", "3"),
        ("6", "£ million", "£6 million"),
        ("6", "£m", "£6m"),
        ("-3.5", "$", "-$3.5"),
        ("−3", "€", "−€3"),
        ("4–8", "£ million", "£4–8 million"),
        ("7", "GBP million", "7 GBP million"),
    ],
)
def test_a_currency_s_sign_stands_before_its_number(number: str, unit: str, written: str) -> None:
    """Units stand behind their numbers, but for the signs of currencies."""
    assert amount(number, unit) == written
