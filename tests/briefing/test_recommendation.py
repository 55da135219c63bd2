"""What a briefing says of its recommendation, however that stands to the ranking and whatever the record lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

import policyopts as po

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from policyopts import Dossier

    Make: TypeAlias = Callable[[Any], Dossier]
    Section: TypeAlias = Callable[[str, int], str]


def bottom_line(text: str) -> str:
    """Take the bottom line out of a briefing."""
    return text.partition("## 1. Bottom line\n\n")[2].partition("\n\n## 2.")[0]


def test_a_winner_without_a_recommendation_is_named(make: Make, three: dict[str, Any]) -> None:
    """Where the record recommends nothing, the option that ranks first is named with its score and the next one's."""
    line = bottom_line(po.briefing(make(three)))
    assert line.startswith("- **Levy** ranks first of three options, ahead of Campaign (0.680 against 0.540).[^1]")
    assert "recommended" not in line


def test_a_recommendation_that_ranks_first_is_stated(make: Make, three: dict[str, Any]) -> None:
    """A recommended option that ranks first is recommended and ranks first."""
    three["criteria.yaml"]["decision"]["recommend"] = "a"
    assert bottom_line(po.briefing(make(three))).startswith(
        "- **Levy** is recommended. It ranks first of three options"
    )


def test_an_overridden_ranking_is_told_with_its_reason(make: Make, three: dict[str, Any], section: Section) -> None:
    """An option that is recommended against the ranking is told with its rank, the winner and the reason given."""
    three["criteria.yaml"]["decision"] |= {"recommend": "b", "override_reason": "A levy needs a new law"}
    text = po.briefing(make(three))
    first = bottom_line(text).splitlines()[0]
    assert "Campaign** is recommended against the ranking, in which it comes second of three options" in first
    assert "Levy comes first (0.680 against 0.540).[^1] The reason given: *A levy needs a new law.*" in first
    assert section(text, 7).startswith("Where it gains, and where it loses")
    assert "Campaign scores 0.140 less than Levy." in section(text, 7)


def test_a_disagreement_without_a_reason_is_told(make: Make, three: dict[str, Any]) -> None:
    """A recommendation that the ranking does not bear out, and that gives no reason, is told as such."""
    three["criteria.yaml"]["decision"]["recommend"] = "c"
    text = po.briefing(make(three))
    assert "The record gives no reason for this." in bottom_line(text)
    assert "REP801" in text.split("### I.")[1]


def test_a_tie_is_left_undecided(make: Make, three: dict[str, Any], section: Section) -> None:
    """Options that tie share the first place in every section: no order is made up."""
    three["options/b.yaml"]["performance"] = three["options/a.yaml"]["performance"]
    three["options/a.yaml"]["next_steps"] = ["Draft the by-law."]
    three["options/b.yaml"]["next_steps"] = ["Hire an agency."]
    text = po.briefing(make(three))
    assert bottom_line(text).startswith("- **Levy** and **Campaign** share the first place of three options")
    assert re.findall(r"^\| (\S+) \| \w+ \| 0\.680", section(text, 6), re.MULTILINE) == ["1=", "1="]
    assert "They are alike on every criterion." in section(text, 7)
    assert "(Levy):**" in section(text, 12)
    assert "(Campaign):**" in section(text, 12)


def test_a_recommended_option_may_share_the_first_place(make: Make, three: dict[str, Any]) -> None:
    """A recommended option that ties for the first place is told to share it."""
    three["options/b.yaml"]["performance"] = three["options/a.yaml"]["performance"]
    three["criteria.yaml"]["decision"]["recommend"] = "b"
    first = bottom_line(po.briefing(make(three))).splitlines()[0]
    assert first.startswith("- **Campaign** is recommended. It shares the first place of three options with Levy")


def test_one_option_has_nothing_to_be_held_against(make: Make, three: dict[str, Any], section: Section) -> None:
    """With one option the briefing says that there is no other, and claims no strength."""
    text = po.briefing(make({path: content for path, content in three.items() if path[-6] not in "bc"}))
    line = bottom_line(text)
    assert line.startswith("- **Levy** is the only option ranked")
    assert "Strong" not in line
    assert "There is no other option" in section(text, 7)


def test_two_options_are_enough(make: Make, three: dict[str, Any]) -> None:
    """Two options give a whole briefing."""
    text = po.briefing(make({path: content for path, content in three.items() if path != "options/c.yaml"}))
    assert "ranks first of two options" in bottom_line(text)


def test_an_option_that_dominates_all_is_strong_on_the_figures(make: Make, three: dict[str, Any]) -> None:
    """An option that is best on every criterion is strong on the figures as they stand, whatever the weights."""
    three["options/a.yaml"]["performance"] = {"effect": 90, "cost": 1}
    line = bottom_line(po.briefing(make(three)))
    assert "**Strong on its figures and their ranges.** The record has no frames" in line
    assert "at least as good as every other option on every criterion" in line
    assert "in 100 % of the samples it comes first" in line
    assert "no single thing that is near enough to name" in line


def test_a_screened_out_option_is_told_with_reason_and_note(
    make: Make, three: dict[str, Any], section: Section
) -> None:
    """An option that breaks a hard limit is not ranked, and told with the limit and its screening note."""
    three["criteria.yaml"]["criteria"]["cost"]["limit"] = {"at_most": 20}
    three["options/c.yaml"]["screening_note"] = "The council has 20 million and no more"
    text = po.briefing(make(three))
    reason = (
        r"\*\*Ban\*\* \(screened out\)\. It breaks a hard limit \(Cost: 40 EUR m, where the limit is at most 20 EUR m\)"
    )
    assert re.search(reason + r"\. The council has 20 million and no more\.", section(text, 4))
    assert "Ban" not in section(text, 6)
    assert "#### Ban\n\nScreened out: Cost: 40 EUR m" in text


def test_a_recommended_option_that_is_screened_out_can_still_be_ticked(
    make: Make, three: dict[str, Any], section: Section
) -> None:
    """An option that is recommended though a limit rules it out has its boxes, and its figures on the scorecard."""
    three["criteria.yaml"]["criteria"]["cost"]["limit"] = {"at_most": 20}
    three["criteria.yaml"]["decision"]["recommend"] = "c"
    text = po.briefing(make(three))
    assert "although it breaks a hard limit" in bottom_line(text)
    assert "| **Ban** (recommended, screened out) | ☐ | ☐ | ☐ |" in section(text, 4)
    row = r"\| `b` Cost ↓\[\^\d+\] \| 40 % \| 10 EUR m ●●●●○ – \| 5 EUR m ●●●●● – \| 40 EUR m – \|"
    assert re.search(row, section(text, 5))


def test_a_record_without_optional_files_says_what_it_lacks(
    make: Make, three: dict[str, Any], section: Section
) -> None:
    """Each section whose part of the record is missing says so in a sentence."""
    text = po.briefing(make(three))
    assert "neither what the issue is nor why" in section(text, 3)
    assert "No baseline is named" in section(text, 4)
    assert "no frames, perspectives or key assumptions" in section(text, 8)
    assert "the record cites none" in section(text, 9)
    assert "names no key assumptions" in section(text, 10)
    assert "has no perspectives" in section(text, 11)
    assert "names no next steps, indicators, review date or fallback" in section(text, 12)
    assert "Briefing of" not in text


def test_an_assumption_that_fails_turns_the_recommendation(make: Make, three: dict[str, Any], section: Section) -> None:
    """The failed assumption that turns the ranking most is in the bottom line, with the scores that come of it."""
    three["assumptions.yaml"] = {
        "works": {
            "claim": "The levy is paid",
            "if_false": {"performance": {"a": {"effect": 5}}},
            "signpost": "Arrears",
        },
        "cheap": {"claim": "Ads stay cheap", "if_false": {"performance": {"b": {"cost": 6}}}},
    }
    text = po.briefing(make(three))
    line = bottom_line(text)
    assert "**Conditional.** Another option comes first if one key assumption out of two fails." in line
    assert "*The levy is paid.* If this assumption (A1) fails, Campaign comes first (0.540 against 0.350)." in line
    assert "if A1 fails" in section(text, 8)
    assert "A2" not in section(text, 8)
    assert "The first place turns on one of the two key assumptions (annex E has the other)." in section(text, 10)
    assert "Signpost: Arrears." in section(text, 10)


def test_frames_under_which_nothing_changes_make_it_strong(make: Make, three: dict[str, Any]) -> None:
    """A recommendation that holds in every frame and in nearly all samples is strong."""
    three["frames.yaml"] = {"x": {"weights": {"effect": 70}}, "y": {"weights": {"effect": 80}}}
    assert "**Strong.** It stays first in both frames." in bottom_line(po.briefing(make(three)))


def test_options_that_share_the_first_place_of_a_frame_are_told_together(
    make: Make, three: dict[str, Any], section: Section
) -> None:
    """Options that tie in a frame share its line, and a frame that breaks the dossier's own tie is told."""
    three["options/b.yaml"]["performance"] = three["options/a.yaml"]["performance"]
    three["frames.yaml"] = {
        "late": {"name": "Late", "performance": {"a": {"effect": 10}, "b": {"effect": 10}, "c": {"effect": 34}}},
        "dear": {"name": "Dear", "performance": {"a": {"cost": 30}}},
    }
    text = po.briefing(make(three))
    assert "**Undecided.** The tie is broken in one frame out of two." in bottom_line(text)
    assert "- **Campaign**: the frame Dear." in section(text, 8)
    assert "Late" not in section(text, 8)
    three["criteria.yaml"]["decision"]["recommend"] = "c"
    three["frames.yaml"]["late"]["performance"]["c"] = {"effect": 95, "cost": 49}
    text = po.briefing(make(three))
    assert re.search(r"^- \*\*Ban\*\*: .*the frame Late\.$", section(text, 8), re.MULTILINE)
    assert "As the record stands, Levy and Campaign share the first place." in section(text, 8)


def test_an_overlay_that_rules_everything_out_is_told(make: Make, three: dict[str, Any], section: Section) -> None:
    """A frame under which every option breaks a limit does not stop the briefing: it is told."""
    three["criteria.yaml"]["criteria"]["cost"]["limit"] = {"at_most": 45}
    dear = {option: {"cost": 50} for option in "abc"}
    three["frames.yaml"] = {"dear": {"name": "Everything is dear", "performance": dear}}
    text = po.briefing(make(three))
    sentence = "Nothing can be ranked under this frame: Everything is dear (every option breaks a hard limit)."
    assert sentence in section(text, 8)
    assert "stays first" not in bottom_line(text)


def test_those_who_dissent_speak_for_themselves(make: Make, three: dict[str, Any], section: Section) -> None:
    """Who prefers another option is quoted, in the annex in full; who has no words on record is told of."""
    three["perspectives.yaml"] = {
        "shops": {
            "name": "Shops",
            "influence": 1,
            "weights": {"cost": 400},
            "dissent": "It costs us.\n\nIt costs all.",
        },
        "greens": {"name": "Greens", "influence": 3},
        "mayor": {"name": "Mayor", "influence": 0, "weights": {"cost": 400}},
    }
    text = po.briefing(make(three))
    said = section(text, 11)
    assert "**Greens** (influence 3) puts Levy first. That is 75 % of the influence." in said
    assert "puts Campaign first and Levy second. “It costs us. It costs all.”" in said
    assert "\n\n> It costs us.\n>\n> It costs all.\n" in text.split("### E.")[1]
    assert "No dissent of theirs is on record." in said


def test_scores_that_are_close_are_told_apart(make: Make, three: dict[str, Any]) -> None:
    """Scores that differ are written with the decimals that show it, never as a lead of nothing."""
    three["options/b.yaml"]["performance"] = {"effect": 59.99, "cost": 10}
    line = bottom_line(po.briefing(make(three)))
    assert "ahead of Campaign (0.6800 against 0.6799)" in line


def test_a_chance_shows_its_word_and_a_share_does_not(make: Make, three: dict[str, Any], section: Section) -> None:
    """A percentage has a word of likelihood where it is a chance, not where it is a share of something."""
    assert "likely" not in section(po.briefing(make(three)), 9)
    three["criteria.yaml"]["criteria"]["effect"]["definition"] = "Chance that bags become rare."
    assert "**Chances under Levy:** Effect likely (60 %)." in section(po.briefing(make(three)), 9)


def test_words_of_the_second_row_stay_in_their_row(make: Make, three: dict[str, Any], section: Section) -> None:
    """Where the record's words are of the lexicon's second row, the briefing's are too."""
    three["options/a.yaml"]["performance"]["effect"] = "probable"
    three["options/b.yaml"]["performance"]["effect"] = 60
    text = po.briefing(make(three))
    assert "Effect probable (67.5 %, 55 to 80)" in section(text, 9)
    assert text.split("### D.")[1].count("(probable") == 2
    assert "keeps to row 2" in text


@pytest.mark.parametrize("count", [7, 13, 40])
def test_many_options_are_cut_to_those_that_matter(
    make: Make, three: dict[str, Any], section: Section, count: int
) -> None:
    """Of many options the best are shown, in tables of at most six, and the baseline with them."""
    rows = "".join(f"o{number},{number},{number % 7}\n" for number in range(1, count + 1))
    decision = {"title": "Many", "baseline": "o1"}
    files = {"criteria.yaml": three["criteria.yaml"] | {"decision": decision}, "options.csv": f"id,effect,cost\n{rows}"}
    text = po.briefing(make(files))
    widths = [line.count("|") - 3 for line in section(text, 5).splitlines() if line.startswith("| Criterion")]
    assert all(width <= 6 for width in widths)
    assert sum(widths) <= 14
    assert "o1 (baseline)" in section(text, 4).replace("**", "")
    hidden = count - sum(widths)
    assert ("more options are ranked and not shown here" in text) == (hidden > 1)


def test_many_criteria_are_cut_to_the_heaviest(make: Make, section: Section) -> None:
    """Of many criteria the heaviest are on the scorecard, and all are in the annex."""
    leaves = {f"c{n}": {"name": f"Thing {n}", "scale": {"worst": 0, "best": 9}, "weight": n} for n in range(1, 16)}
    options = {
        f"options/{name}.yaml": {"performance": {f"c{n}": (n * step) % 10 for n in range(1, 16)}}
        for name, step in (("x", 3), ("y", 7))
    }
    text = po.briefing(make({"criteria.yaml": {"criteria": leaves}, **options}))
    card = section(text, 5)
    assert "Thing 3 " not in card
    assert "Thing 4 " in card
    assert "Three lighter criteria, 5.0 % of the weight, are in the annex." in card
    assert "| Thing 1 |" in text.split("### B.")[1]


def test_an_unknown_figure_stays_unknown(make: Make, three: dict[str, Any], section: Section) -> None:
    """A figure that is not known is called unknown, and how it was taken is said."""
    three["options/b.yaml"]["performance"]["cost"] = "unknown"
    card = section(po.briefing(make(three)), 5)
    assert "| unknown ●●●○○ – |" in card
    assert "Unknown figures are taken at the middle of their range." in card


def test_the_digest_and_the_version_are_in_the_header(make: Make, three: dict[str, Any]) -> None:
    """The header names the record's fingerprint and the version of the program; the annex has the whole of it."""
    dossier = make(three)
    text = po.briefing(dossier)
    assert f"`{dossier.digest[:23]}` · policyopts {po.__version__}" in text.split("\n## 1.")[0]
    assert f"`{dossier.digest}`" in text
