"""What the checks of language find in texts, and what they leave alone."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policyopts as po
from policyopts.analysis.checks.likelihood_words import likelihood_words, sentences, speaks_of_confidence
from policyopts.model.lexicon import LEXICONS

Findings = Callable[[Mapping[str, str | None]], list[po.Finding]]


def words(text: str) -> list[str]:
    """Find the words of likelihood in a text's own sentences."""
    return [word for sentence in sentences(text) for word in likelihood_words(sentence)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is very unlikely to hold.", ["very unlikely"]),
        ("Very\n  unlikely, then PROBABLE.", ["very unlikely", "probable"]),
        ("It is about as likely as not.", ["about as likely as not"]),
        ("There is a remote chance of it.", ["remote chance"]),
        ("The risk of it is remote.", ["remote"]),
        ("A remote base was hit.", []),
        ("It is more likely than before, and least probable of all.", []),
        ("The likelihood is unlikeliest.", []),
        ("He said “it is very likely”.", []),
        ('He said "it is very likely" and left.', []),
        ("He said ‘Iraq’s fall is very likely’ and left.", []),
        ("He said 'Iraq's fall is very likely' and left.", []),
        ("The value is `likely` by the lexicon.", []),
        ("Iraq's parties' fall is very likely, and the militias' too.", ["very likely"]),
        ("Very “sure” likely.", ["likely"]),
    ],
)
def test_words_are_found_whole_and_outside_quotations(text: str, found: list[str]) -> None:
    """Words of likelihood are found whole, the longest at each place, and not in quotations or comparisons."""
    assert words(text) == found


@pytest.mark.parametrize("word", sorted({word for lexicon in LEXICONS.values() for word in lexicon.words}))
def test_every_word_of_every_lexicon_is_found(word: str) -> None:
    """Each lexicon's words are found where a chance is spoken of."""
    assert words(f"The chances of that are {word}.") == [word]


@given(st.text(alphabet="a '\"“”‘’`.\n"))
def test_odd_quotation_marks_hide_no_sentence_before_them(text: str) -> None:
    """Whatever quotation marks follow, a sentence before the first of them is read."""
    assert words(f"It is likely. {text}")[:1] == ["likely"]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("We have high confidence that it is likely.", 1),
        ("We are confident: it is almost certain.", 1),
        ("It is likely. Our confidence is moderate.", 0),
        ("It is likely\n\nConfidence: moderate", 0),
        ("Confidence-building is unlikely to work.", 0),
        ("A vote of no confidence is likely.", 0),
        ("Our confidence is high in what was called “very likely”.", 0),
    ],
)
def test_confidence_beside_likelihood(text: str, times: int, findings: Findings) -> None:
    """Likelihood and confidence are told of where they share a sentence of the authors' own."""
    change = {"evidence.yaml": f"items: {{bags-fell: {{source: survey, claim: {_quoted(text)}}}}}"}
    assert [finding.code for finding in findings(change)].count("LNG602") == times


def test_confidence_alone_is_heard_whatever_its_form() -> None:
    """Confidence is spoken of by its noun, its adjective and its adverb."""
    assert all(map(speaks_of_confidence, ["in confidence", "Confident of it", "we confidently say"]))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def summaries(*texts: str, lexicon: str = "icd203") -> dict[str, str | None]:
    """Put texts into the summaries of the options, under a lexicon."""
    options = ["ban", "campaign", "do-nothing", "levy"]
    changed: dict[str, str | None] = {
        f"options/{id_}.yaml": f"summary: {_quoted(text)}" for id_, text in zip(options, texts, strict=False)
    }
    return {**changed, "criteria.yaml": f"decision: {{lexicon: {lexicon}}}"}


def said(found: list[po.Finding]) -> list[tuple[str, str, str]]:
    """Give where and what is said of mixed lexicons."""
    return [(finding.path, finding.message, finding.hint) for finding in found if finding.code == "LNG601"]


def test_row_used_less_is_told_of(findings: Findings) -> None:
    """Of two rows the one that is used less is told of, each text, with the word to take instead."""
    found = findings(summaries("It is probable.", "It is improbable, or nearly certain.", "It is likely."))
    message = "'likely' is of row 1 of icd203, and most words of this dossier are of row 2"
    assert said(found) == [("options/do-nothing.yaml", message, "say 'probable'")]


def test_second_row_is_told_of_where_both_are_used_alike(findings: Findings) -> None:
    """Of two rows used equally often, the second is told of."""
    found = findings(summaries("It is improbable.", "It is likely."))
    message = "'improbable' is of row 2 of icd203, and most words of this dossier are of row 1"
    assert said(found) == [("options/ban.yaml", message, "say 'unlikely'")]


def test_one_row_may_be_the_second(findings: Findings) -> None:
    """A dossier may keep to the second row."""
    assert not said(findings(summaries("It is improbable.", "It is highly probable.")))


def test_words_of_scores_count(findings: Findings) -> None:
    """A score given as a word counts as a use of its row, in overlays too."""
    frames = "law: {performance: {ban: {effect: {word: likely, because: So it is.}, cost: 20}}}"
    levy = "performance: {effect: {word: improbable, because: It is improbable.}}"
    found = findings({"options/levy.yaml": levy, "frames.yaml": frames})
    assert [path for path, _, _ in said(found)] == ["frames.yaml"]


def test_level_named_like_a_word_is_a_level(findings: Findings) -> None:
    """A level that is called by a word of likelihood is no use of the word."""
    scale = "fairness: {scale: {levels: {uneven: 0, even: 20, probable: 60, fair: 100}}, weight: 20}"
    changes = {
        "criteria.yaml": f"criteria: {{{scale}}}",
        "options/ban.yaml": "summary: It is likely.\nperformance: {fairness: probable}",
    }
    assert not said(findings(changes))


@pytest.mark.parametrize(
    ("lexicon", "text", "word", "hint"),
    [
        ("icd203", "It has a remote chance.", "remote chance", "say 'almost no chance'"),
        ("icd203", "It is highly likely.", "highly likely", "say 'very likely'"),
        ("phia", "It is very likely.", "very likely", "say 'highly likely'"),
        ("ipcc", "It is probable.", "probable", "say 'likely'"),
    ],
)
def test_word_of_another_lexicon_is_told_of(lexicon: str, text: str, word: str, hint: str, findings: Findings) -> None:
    """A word of another lexicon is told of with the own word for what it means."""
    found = said(findings(summaries(text, lexicon=lexicon)))
    assert found == [("options/ban.yaml", f"'{word}' is no word of the lexicon {lexicon}", hint)]


def test_synonyms_of_a_lexicon_without_rows_go_together(findings: Findings) -> None:
    """Two words for one band are no mixture where the lexicon has no rows."""
    assert not said(findings(summaries("It is likely.", "It is probable.", lexicon="phia")))


@pytest.mark.parametrize(("value", "times"), [(54.9, 1), (55, 0), (79.9, 0), (80, 1)])
def test_value_is_held_against_the_half_open_band(value: float, times: int, findings: Findings) -> None:
    """A value lies in its word's band from the low end up to, not including, the high end."""
    found = findings({"options/ban.yaml": f"performance: {{effect: {{word: likely, value: {value}, because: So.}}}}"})
    assert [finding.code for finding in found].count("LNG603") == times


def test_words_of_several_assessors_count_one_by_one(findings: Findings) -> None:
    """Whoever contradicts the own word is told of at the own figure, and every assessor's word is of a row."""
    by = "{treasury: {word: unlikely, value: 60}, health: improbable, police: likely, city: {word: likely, value: 60}}"
    found = findings({"options/ban.yaml": f"performance: {{effect: {{by: {by}, because: So.}}}}"})
    contradicted = [finding for finding in found if finding.code == "LNG603"]
    assert [finding.message for finding in contradicted] == ["60 % is not 'unlikely', which is 20 to 45 %"]
    message = "'improbable' is of row 2 of icd203, and most words of this dossier are of row 1"
    assert said(found) == [("options/ban.yaml", message, "say 'unlikely'")]


def test_contradicted_word_is_an_error_in_overlays_too(findings: Findings) -> None:
    """A value beside the wrong word is an error wherever it stands, and says the right word."""
    changed = "{performance: {ban: {effect: {word: unlikely, value: 60}}}}"
    overlays = {
        "frames.yaml": f"law: {changed}",
        "perspectives.yaml": f"shops: {changed}",
        "assumptions.yaml": f"rain: {{if_false: {changed}}}",
    }
    found = [finding for finding in findings(overlays) if finding.code == "LNG603"]
    assert [finding.path for finding in found] == ["assumptions.yaml", "frames.yaml", "perspectives.yaml"]
    assert {finding.severity.value for finding in found} == {"error"}
    assert {finding.message for finding in found} == {"60 % is not 'unlikely', which is 20 to 45 %"}
    assert {finding.hint for finding in found} == {"60 % is 'likely'"}
