"""The briefing of the shipped dossier: its text, its length, its words, and the places that it names."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policyopts as po
from policyopts.analysis.checks.likelihood_words import likelihood_words, sentences, speaks_of_confidence
from policyopts.analysis.ranked import rank_dossier

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "expected" / "example.md"
AGAIN = "policyopts briefing --example --date 2021-05-05 -o tests/briefing/expected/example.md"


def run(*arguments: str, seed: str = "0") -> bytes:
    """Run the command, in a process of its own."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "policyopts", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def text() -> str:
    """Write the briefing once."""
    return po.briefing(po.load(ROOT))


def test_the_briefing_is_the_expected_one(text: str) -> None:
    """The shipped dossier's briefing is the committed one."""
    assert text == EXPECTED.read_text(encoding="utf-8"), f"if the change is meant: {AGAIN}"


def test_the_same_record_gives_the_same_bytes(text: str) -> None:
    """Neither the order of sets nor the way of asking changes a byte."""
    asked = [run("briefing", "-C", ".", seed="1"), run("briefing", "--example", "--date", "2021-05-05", seed="2")]
    assert asked == [text.encode()] * 2


def test_the_sections_stand_in_the_order_of_the_outline(text: str) -> None:
    """Sections 1 to 13 stand in their order under the title."""
    assert [int(number) for number in re.findall(r"^## (\d+)\. ", text, re.MULTILINE)] == list(range(1, 14))


def test_the_front_is_short(text: str) -> None:
    """The front of the shipped briefing has fewer words than three pages hold."""
    front = text.partition("\n## 13. ")[0]
    assert len(re.findall(r"[A-Za-z]{2,}", front)) < 1700


def test_the_bottom_line_has_at_most_four_lines(text: str, section: Callable[[str, int], str]) -> None:
    """The bottom line is a list of at most four lines, the recommendation first."""
    lines = [line for line in section(text, 1).splitlines()[1:] if line]
    assert lines[0].startswith("- **Regional deal** is recommended.")
    assert 2 <= len(lines) <= 4
    assert all(line.startswith("- ") for line in lines)


def test_that_robustness_was_not_assessed_is_said_three_times(text: str, section: Callable[[str, int], str]) -> None:
    """The header, the bottom line and section 8 each say once that robustness was not assessed."""
    said = re.compile(r"\*{0,2}Robustness:\*{0,2} not assessed")
    parts = [text.partition("\n## 1. ")[0], section(text, 1), section(text, 8)]
    assert [len(said.findall(part)) for part in parts] == [1, 1, 1]
    assert len(said.findall(text)) == 3


def test_the_marking_stands_at_top_and_bottom(text: str) -> None:
    """The classification is the first line and the last."""
    lines = text.splitlines()
    assert lines[0] == lines[-1] == "**UNCLASSIFIED // EXAMPLE**"


def test_likelihood_and_confidence_share_no_sentence(text: str, parse: Callable[[str], list[Token]]) -> None:
    """No sentence, and no cell of a table, holds a word of likelihood and speaks of confidence."""
    said = [sentence for token in parse(text) if token.type == "inline" for sentence in sentences(token.content)]
    of_likelihood = [sentence for sentence in said if likelihood_words(sentence)]
    of_confidence = [sentence for sentence in said if speaks_of_confidence(sentence)]
    assert of_likelihood
    assert of_confidence
    assert not set(of_likelihood) & set(of_confidence)


def test_every_figure_names_its_file_and_line(text: str) -> None:
    """Each figure of annex C names the line on which its criterion stands in the option's file."""
    dossier = po.load(ROOT)
    annex = text.partition("\n### C. ")[2].partition("\n### D. ")[0]
    places = re.findall(r"`(options/[a-z-]+\.yaml):(\d+)` \|$", annex, re.MULTILINE)
    keys = [dossier.texts[path].splitlines()[int(line) - 1].strip() for path, line in places]
    assert keys == [f"{criterion}:" for criterion in dossier.criteria] * len(dossier.options)


@pytest.mark.parametrize("name", ["criteria", "evidence", "frames", "perspectives", "assumptions"])
def test_every_other_place_is_a_line_with_a_key(text: str, name: str) -> None:
    """Every place that the briefing names in another file is a line that a key stands on."""
    lines = (ROOT / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    places = [int(line) for line in re.findall(rf"`{name}\.yaml:(\d+)`", text)]
    assert places
    assert all(re.match(r"\s*[a-z0-9-]+:", lines[line - 1]) for line in places)


def test_contributions_add_up_to_the_scores(text: str) -> None:
    """In annex B each column's contributions add up to its score, but for rounding."""
    annex = text.partition("\n### B. ")[2].partition("\n### C. ")[0]
    rows = [line.strip("| ").split(" | ") for line in annex.splitlines()]
    body = [row for row in rows[4:] if len(row) == 6]
    *added, scores, _ = body
    columns = list(zip(*(map(float, row[1:]) for row in added), strict=True))
    assert len(columns) == 5
    printed = [float(score.strip("*")) for score in scores[1:]]
    assert [sum(column) for column in columns] == pytest.approx(printed, abs=0.0005 * (len(added) + 1))


def test_what_changes_the_first_place_is_what_the_rankings_say(section: Callable[[str, int], str], text: str) -> None:
    """Section 8 names exactly the frames, perspectives and assumptions under which another option ranks first."""
    from policyopts.analysis.view import WhatIf

    dossier = po.load(ROOT)
    asked = {
        **{frame.name or id_: WhatIf(frame=id_) for id_, frame in dossier.frames.items()},
        **{view.name or id_: WhatIf(perspective=id_) for id_, view in dossier.perspectives.items()},
        **{made.claim or id_: WhatIf(failed=(id_,)) for id_, made in dossier.assumptions.items()},
    }
    said = section(text, 8)
    turned = {
        name for name, what_if in asked.items() if rank_dossier(dossier, what_if).options[0].id != "regional-deal"
    }
    assert {name for name in asked if name in said} == turned


def test_the_text_is_tidy(text: str, parse: Callable[[str], list[Token]]) -> None:
    """Blocks stand apart by one blank line, no line ends in a space, and the text ends in one line end."""
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    lines = text.splitlines()
    assert not [line for line in lines if line != line.rstrip()]
    blocks = [token.map[0] for token in parse(text) if token.level == 0 and token.map and token.nesting == 1]
    assert len(blocks) > 100
    assert not [lines[start] for start in blocks[1:] if lines[start - 1]]
