"""Whatever kind of dossier it is of, a briefing keeps its outline, its length and its words."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest

import policyopts as po
from policyopts.analysis.checks.likelihood_words import likelihood_words, sentences, speaks_of_confidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    Files = dict[str, Any]

LONG = "This sentence says at some length what nobody will read at a glance, and then goes on. " * 40
ENDLESS = "word" * 2000


def one(files: Files) -> None:
    """Leave one option."""
    del files["options/b.yaml"], files["options/c.yaml"]


def two(files: Files) -> None:
    """Leave two options."""
    del files["options/c.yaml"]


def tie(files: Files) -> None:
    """Make the first two options alike."""
    files["options/b.yaml"]["performance"] = files["options/a.yaml"]["performance"]


def all_alike(files: Files) -> None:
    """Make all options alike."""
    for name in "bc":
        files[f"options/{name}.yaml"]["performance"] = files["options/a.yaml"]["performance"]


def many_alike(files: Files) -> None:
    """Have fifteen options of which no two differ."""
    for name in "bc":
        files[f"options/{name}.yaml"]["performance"] = files["options/a.yaml"]["performance"]
    for number in range(12):
        files[f"options/o{number}.yaml"] = {"performance": {"effect": 60, "cost": 10}, "next_steps": [LONG]}


def clear(files: Files) -> None:
    """Let one option be better on everything."""
    files["options/a.yaml"]["performance"] = {"effect": {"low": 90, "value": 95, "high": 99}, "cost": 1}


def fragile(files: Files) -> None:
    """Let the first two be close, and their ranges wide."""
    files["options/a.yaml"]["performance"] = {"effect": {"low": 5, "value": 50, "high": 95}, "cost": 20}
    files["options/b.yaml"]["performance"] = {"effect": {"low": 5, "value": 48, "high": 95}, "cost": 19}


def overridden(files: Files) -> None:
    """Recommend against the ranking."""
    files["criteria.yaml"]["decision"] |= {"recommend": "b", "override_reason": LONG}


def screened_out(files: Files) -> None:
    """Recommend what a hard limit rules out."""
    files["criteria.yaml"]["criteria"]["cost"]["limit"] = {"at_most": 20}
    files["criteria.yaml"]["decision"]["recommend"] = "c"


def many(files: Files) -> None:
    """Have fifteen options."""
    for number in range(15):
        files[f"options/o{number}.yaml"] = {"performance": {"effect": 3 * number, "cost": 40 - 2 * number}}


def very_many(files: Files) -> None:
    """Have a table of 250 options, more than anything is drawn for."""
    files["options.csv"] = "id,effect,cost\n" + "".join(f"o{n},{n % 97},{n % 47}\n" for n in range(250))


def by(method: str) -> Callable[[Files], None]:
    """Rank by another method."""

    def change(files: Files) -> None:
        files["criteria.yaml"]["method"] = method
        files["options/b.yaml"]["performance"]["effect"] = {"low": 20, "value": 30, "high": 70}

    return change


def unknown(files: Files) -> None:
    """Know some figures not at all."""
    files["options/a.yaml"]["performance"]["effect"] = "unknown"
    files["options/b.yaml"]["performance"]["cost"] = "unknown"


def without_scales(files: Files) -> None:
    """Say of the criteria only which way is better."""
    leaves = files["criteria.yaml"]["criteria"]
    leaves["effect"] = {"name": "Effect", "direction": "max", "weight": 60}
    leaves["cost"] = {"name": "Cost", "direction": "min", "weight": 40}
    files["options/a.yaml"]["performance"]["effect"] = {"low": 40, "value": 60, "high": 80}


def long_texts(files: Files) -> None:
    """Write at length wherever one may, and without a space too."""
    texts = ("question", "issue", "why_now", "decision_maker")
    files["criteria.yaml"]["decision"] |= dict.fromkeys(texts, LONG) | {"recommend": "a", "why_now": ENDLESS}
    for name in "abc":
        lists = {key: [LONG] * 9 for key in ("risks", "next_steps", "indicators", "requires")}
        files[f"options/{name}.yaml"] |= {"summary": LONG, **lists}
    worse = {"performance": {"a": {"effect": 1}}}
    files["assumptions.yaml"] = {f"z{n}": {"claim": LONG, "if_false": worse, "signpost": LONG} for n in range(9)}
    files["perspectives.yaml"] = {f"p{n}": {"name": f"P{n}", "dissent": LONG, **worse} for n in range(12)}
    files["frames.yaml"] = {f"f{n}": {"name": f"F{n}", "question": LONG, **worse} for n in range(4)}


def other_words(files: Files) -> None:
    """Use a lexicon with gaps, in which many a chance has no word."""
    files["criteria.yaml"]["decision"]["lexicon"] = "phia"
    files["criteria.yaml"]["criteria"]["effect"]["definition"] = "The chance that it works."


def ranges_of_weights(files: Files) -> None:
    """Give the weights ranges."""
    files["criteria.yaml"]["criteria"]["effect"]["weight"] = {"low": 30, "value": 60, "high": 90}


METHODS = ("topsis", "vikor", "promethee", "electre-1", "electre-3", "copeland")
CHANGES = (
    one, two, tie, all_alike, many_alike, clear, fragile, overridden, screened_out, many, very_many, unknown,
    without_scales, long_texts, other_words, ranges_of_weights,
)  # fmt: skip
KINDS = {change.__name__: change for change in CHANGES} | {method: by(method) for method in METHODS}


@pytest.fixture(params=KINDS)
def text(request: pytest.FixtureRequest, make: Callable[[Any], po.Dossier], three: Files) -> str:
    """Write the briefing of each kind of dossier."""
    files = copy.deepcopy(three)
    KINDS[request.param](files)
    return po.briefing(make(files))


def test_a_briefing_of_any_kind_is_whole(text: str, parse: Callable[[str], list[Token]]) -> None:
    """Every section is there and says something, tables are rectangular, and the front stays short."""
    front, _, _ = text.partition("\n<!-- page break -->\n")
    parts = re.split(r"^## (\d+)\. .+$", text, flags=re.MULTILINE)
    assert parts[1::2] == [str(number) for number in range(1, 14)]
    assert all(part.strip() for part in parts[2::2])
    lines = [line for line in parts[2].splitlines() if line]
    assert 1 <= len(lines) <= 4
    assert all(line.startswith("- ") for line in lines)
    assert not re.search(r"\bNone\b|\bnan\b|\{\}|\{\{|\.\.(?!/)|\(\)| ,| \.(?=\s)|\bno figure of\b", front)
    # A thousand words of text, and the figures of two tables.
    assert len(re.findall(r"[A-Za-z]{2,}", front)) < 1400
    assert len(front) < 20_000
    widths: list[int] = []
    for token in parse(text):
        if token.type == "tr_open":
            widths.append(0)
        elif token.type in {"td_open", "th_open"}:
            widths[-1] += 1
        elif token.type == "table_close":
            assert len(set(widths)) == 1
            widths = []


def test_likelihood_and_confidence_never_meet(text: str, parse: Callable[[str], list[Token]]) -> None:
    """No sentence of a briefing of any kind holds a word of likelihood and speaks of confidence."""
    said = [sentence for token in parse(text) if token.type == "inline" for sentence in sentences(token.content)]
    assert said
    assert not [sentence for sentence in said if likelihood_words(sentence) and speaks_of_confidence(sentence)]


def test_notes_of_any_briefing_are_all_there(text: str) -> None:
    """Every note that is referred to is written once, and none besides."""
    front, _, annex = text.partition("\n<!-- page break -->\n")
    referred = set(re.findall(r"\[\^(\d+)\]", front))
    assert sorted(re.findall(r"^\[\^(\d+)\]: ", annex, re.MULTILINE)) == sorted(referred)
