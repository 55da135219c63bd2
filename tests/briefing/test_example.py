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
from policyopts.analysis.robust_ranking import robust_ranking
from policyopts.analysis.sensitivity import sensitivity
from policyopts.analysis.view import WhatIf
from policyopts.model.options import CellRecord
from policyopts.report.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "expected" / "example.md"


def run(*arguments: str, seed: str = "0") -> bytes:
    """Run the command, in a process of its own."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "policyopts", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def text() -> str:
    """Write the briefing once."""
    return po.briefing(po.load(ROOT))


def test_the_briefing_is_the_expected_one(text: str, matches: Callable[[str, Path], bool]) -> None:
    """The shipped dossier's briefing is the committed one."""
    assert matches(text, EXPECTED)


def test_the_same_record_gives_the_same_bytes(text: str) -> None:
    """Neither the order of sets nor the way of asking changes a byte."""
    asked = [run("briefing", "-C", ".", seed="1"), run("briefing", "--example", "--date", "2021-05-05", seed="2")]
    assert asked == [text.encode()] * 2


def test_the_sections_stand_in_the_order_of_the_outline(text: str) -> None:
    """Sections 1 to 13 stand in their order under the title."""
    assert [int(number) for number in re.findall(r"^## (\d+)\. ", text, re.MULTILINE)] == list(range(1, 14))


def test_the_front_is_short(text: str) -> None:
    """The front of the shipped briefing has no more words, tables and all, than fit two pages of A4 at 10 pt."""
    front = text.partition("\n<!-- page break -->\n")[0]
    assert len(re.findall(r"[A-Za-z]{2,}", front)) < 1200


def test_the_bottom_line_has_at_most_four_lines(text: str, section: Callable[[str, int], str]) -> None:
    """The bottom line is a list of at most four lines, the recommendation first."""
    lines = [line for line in section(text, 1).splitlines()[1:] if line]
    assert lines[0].startswith("- **Regional deal** is recommended.")
    assert 2 <= len(lines) <= 4
    assert all(line.startswith("- ") for line in lines)


def test_the_bottom_line_says_how_robust_it_is(text: str, section: Callable[[str, int], str]) -> None:
    """The bottom line gives the chance to come first that `robustness` finds, with the lexicon's word for it."""
    first = robust_ranking(po.load(ROOT)).leader.first
    assert 0.55 <= first < 0.8
    assert f"**How robust:** likely ({100 * first:.0f} %) that it comes first" in section(text, 1)
    assert "100,000 samples, seed 0" in text.partition("\n## 1. ")[0]


def test_a_page_break_stands_between_the_front_and_the_annex(text: str, parse: Callable[[str], list[Token]]) -> None:
    """The one mark for a page break stands right before the annex, and nothing else in the text is HTML."""
    blocks = [token.content for token in parse(text) if token.type == "html_block"]
    assert blocks == ["<!-- page break -->\n"]
    assert "\n\n<!-- page break -->\n\n## 13. Annex\n" in text


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
    """Each figure of annex D names the line on which its criterion stands in the option's file."""
    dossier = po.load(ROOT)
    annex = text.partition("\n### D. ")[2].partition("\n### E. ")[0]
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
    """In annex C each column's contributions add up to its score, but for rounding."""
    annex = text.partition("\n### C. ")[2].partition("\n### D. ")[0]
    rows = [line.strip("| ").split(" | ") for line in annex.splitlines()]
    body = [row for row in rows[4:] if len(row) == 6]
    *added, scores, _ = body
    columns = list(zip(*(map(float, row[1:]) for row in added), strict=True))
    assert len(columns) == 5
    printed = [float(score.strip("*")) for score in scores[1:]]
    assert [sum(column) for column in columns] == pytest.approx(printed, abs=0.0005 * (len(added) + 1))


def test_what_changes_the_first_place_is_what_the_rankings_say(section: Callable[[str, int], str], text: str) -> None:
    """Section 8 names exactly the frames, perspectives and assumptions under which another option ranks first."""
    dossier = po.load(ROOT)
    asked = {
        **{frame.name or id_: WhatIf(frame=id_) for id_, frame in dossier.frames.items()},
        **{view.name or id_: WhatIf(perspective=id_) for id_, view in dossier.perspectives.items()},
        **{f"A{place}": WhatIf(failed=(id_,)) for place, id_ in enumerate(dossier.assumptions, start=1)},
    }
    said = section(text, 8)
    turned = {
        name for name, what_if in asked.items() if rank_dossier(dossier, what_if).options[0].id != "regional-deal"
    }
    assert {name for name in asked if re.search(rf"\b{name}\b", said)} == turned


def test_flips_of_section_8_are_those_of_the_sensitivity(section: Callable[[str, int], str], text: str) -> None:
    """Every challenger's line gives the nearest weight, and how much of all weight, puts it first."""
    found = sensitivity(po.load(ROOT))
    lines = dict(re.findall(r"^- \*\*(.+?)\*\*: (.+)$", section(text, 8), re.MULTILINE))
    assert set(lines) == {challenger.name for challenger in found.challengers}
    for challenger in found.challengers:
        nearest = min(
            (abs(each.at - moved.weight), moved.name, each.at)
            for moved in found.weights
            for each in moved.crossovers
            if each.winner == challenger.id
        )
        assert lines[challenger.name].startswith(f"{nearest[1]} at {100 * nearest[2]:.0f} % of the weight")
        assert challenger.distance is not None
        assert f"; {percent(challenger.distance / 2)} of all weight moved" in lines[challenger.name]


def test_every_figure_of_the_scorecard_is_traced(section: Callable[[str, int], str], text: str) -> None:
    """Each row has a note that names, for every option, the line of its figure and the evidence that it rests on."""
    dossier = po.load(ROOT)
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.+)$", text, re.MULTILINE))
    rows = re.findall(r"^\| `[a-h]` .*?\[\^(\d+)\] \|", section(text, 5), re.MULTILINE)
    assert len(rows) == len(dossier.criteria)
    for criterion, note in zip(dossier.criteria, (notes[number] for number in rows), strict=True):
        places = re.findall(r"`([a-z/-]+\.yaml):(\d+)`", note)
        assert [path for path, _ in places[1:]] == [f"options/{option}.yaml" for option in ranks(dossier)]
        lines = [dossier.texts[path].splitlines()[int(line) - 1].strip() for path, line in places]
        assert lines[0].startswith("weight:")
        assert lines[1:] == [f"{criterion}:"] * len(dossier.options)
        for option in dossier.options:
            cell = dossier.options[option].performance[criterion]
            cited = cell.evidence if isinstance(cell, CellRecord) else ()
            assert all(f"`{item}` {dossier.evidence.items[item].grade}" in note for item in cited)


def ranks(dossier: po.Dossier) -> list[str]:
    """Give the options in rank order."""
    return [option.id for option in rank_dossier(dossier).options]


def test_notes_are_numbered_as_they_come_and_none_is_missing(text: str) -> None:
    """Notes are numbered in the order in which the front refers to them, and each is there once."""
    front, _, annex = text.partition("\n<!-- page break -->\n")
    referred = list(dict.fromkeys(re.findall(r"\[\^(\d+)\]", front)))
    assert referred == [str(number) for number in range(1, len(referred) + 1)]
    assert re.findall(r"^\[\^(\d+)\]: ", annex, re.MULTILINE) == referred
    assert len(referred) > 10


def test_options_that_are_too_close_to_order_share_their_ranks(section: Callable[[str, int], str], text: str) -> None:
    """Neighbours that beat each other in 40 to 60 % of the samples are given one span of ranks, and no others are."""
    drawn = robust_ranking(po.load(ROOT))
    assert 0.4 <= drawn.beats("do-nothing", "iraqi-prosecution") <= 0.6
    assert re.findall(r"^\| (\S+) \| [A-Z]", section(text, 6), re.MULTILINE)[1:] == ["1", "2", "3", "4–5", "4–5"]


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
