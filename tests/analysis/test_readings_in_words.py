"""What is said below the rankings in frames, by parties and with assumptions failed: true in the awkward cases too."""

from collections.abc import Callable
from pathlib import Path

from policyopts.analysis.assumptions import rank_with_each_failed
from policyopts.analysis.frames import rank_in_frames
from policyopts.analysis.perspectives import rank_by_parties
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load
from policyopts.report import assumptions, frames, perspectives

WriteSmall = Callable[..., Path]


def limited(write_small: WriteSmall, **others: str) -> Dossier:
    """Read the small dossier with a limit of 10 on what an option reaches; `act`, `study` and `wait` keep it."""
    criteria = (write_small() / "criteria.yaml").read_text().replace("reach: {", "reach: {limit: {at_least: 10}, ")
    return load(write_small(criteria=criteria, **others))


def of_frames(dossier: Dossier) -> list[str]:
    """Give the sentences on the frames."""
    return list(frames.notes(rank_in_frames(dossier)))


def of_assumptions(dossier: Dossier) -> list[str]:
    """Give the sentences on the assumptions."""
    return list(assumptions.notes(rank_with_each_failed(dossier)))


def test_a_first_option_is_not_first_in_frames_that_rank_nothing(write_small: WriteSmall) -> None:
    """Where no frame can be ranked, nothing is said of who is first in them."""
    none = ", ".join(f"{option}: {{reach: 0}}" for option in ("act", "wait", "study"))
    said = of_frames(limited(write_small, frames=f"dark: {{performance: {{{none}}}}}\n"))
    assert said[0] == "act comes first as it stands."
    assert said[1] == "dark: nothing can be ranked: every option breaks a hard limit."


def test_a_first_place_that_is_shared_in_a_frame(write_small: WriteSmall) -> None:
    """It is neither lost nor kept: the frame has a sentence of its own."""
    same = "study: {reach: 80, speed: 6, cost: fair}"
    said = of_frames(load(write_small(frames=f"twin: {{performance: {{{same}}}}}\n")))
    assert said[:2] == [
        "act comes first as it stands, and in no frame alone.",
        "twin: act and study share the first place.",
    ]


def test_who_is_never_behind(write_small: WriteSmall) -> None:
    """An option that is first everywhere is never behind, rather than behind by nothing; of several, all are named."""
    assert of_frames(load(write_small(frames="calm: {}\n")))[-1] == (
        "Over the frames and the dossier as it stands, act is never behind."
    )
    folder = write_small(frames="calm: {}\n")
    (folder / "options/study.yaml").write_text("performance: {reach: 80, speed: 6, cost: fair}\n", encoding="utf-8")
    assert of_frames(load(folder))[-1] == (
        "Over the frames and the dossier as it stands, act and study are never behind."
    )


def test_who_is_in_no_rule_is_told(write_small: WriteSmall) -> None:
    """An option that a frame screens out is left out of the rules, and it says so."""
    said = of_frames(limited(write_small, frames="dark: {performance: {act: {reach: 0}}}\n"))
    assert "The rules leave out act, not ranked in dark." in said


def test_an_option_that_only_the_dossier_as_it_stands_screens_out(write_small: WriteSmall) -> None:
    """With chances the rules go by the frames alone: an option that is ranked in all of them is compared."""
    folder = write_small(
        frames="a: {chance: 0.5, performance: {act: {reach: 90}}}\nb: {chance: 0.5, performance: {act: {reach: 20}}}\n"
    )
    criteria = (folder / "criteria.yaml").read_text().replace("reach: {", "reach: {limit: {at_least: 10}, ")
    (folder / "criteria.yaml").write_text(criteria, encoding="utf-8")
    (folder / "options/act.yaml").write_text("performance: {reach: 0, speed: 6, cost: fair}\n", encoding="utf-8")
    found = rank_in_frames(load(folder))
    assert set(found.options) == {"act", "wait", "study"}
    assert found.rules is not None


def test_a_dash_is_explained(write_small: WriteSmall) -> None:
    """Where a table has a dash for an option, a sentence says what it means; else there is none."""
    sentence = "– marks an option that breaks a hard limit, and so is not ranked."
    dossier = limited(
        write_small,
        frames="dark: {performance: {act: {reach: 0}}}\n",
        perspectives="dark: {performance: {act: {reach: 0}}}\n",
        assumptions="dark: {if_false: {performance: {act: {reach: 0}}}, claim: Light.}\n",
    )
    assert sentence in of_frames(dossier)
    assert sentence in of_assumptions(dossier)
    assert sentence in list(perspectives.notes(rank_by_parties(dossier)))
    assert sentence not in of_frames(load(write_small(frames="calm: {}\n")))


def test_a_frame_without_a_chance_has_one_of_nothing(write_small: WriteSmall) -> None:
    """A chance of 0 is none, not one that is rounded down."""
    found = rank_in_frames(load(write_small(frames="a: {chance: 0}\nb: {chance: 1}\n")))
    assert [reading.title for reading in frames.readings(found)] == [
        "As it stands",
        "a (chance 0 %)",
        "b (chance 100 %)",
    ]


def test_what_an_assumption_screens_out_is_told(write_small: WriteSmall) -> None:
    """An option that is no longer ranked has moved, and so has one that is ranked again."""
    text = "dark: {claim: Light., if_false: {performance: {wait: {reach: 0}}}}\n"
    said, *_ = of_assumptions(limited(write_small, assumptions=text))
    assert said == "dark: Light. If this fails, the first place stays; wait is screened out. No signpost is named."
    text = "dark: {claim: Light., if_false: {performance: {act: {reach: 0}}}}\n"
    said, *_ = of_assumptions(limited(write_small, assumptions=text))
    assert said.startswith("dark: Light. If this fails, study comes first; act is screened out.")


def test_moves_are_whole_sentences(write_small: WriteSmall) -> None:
    """Who moves has a verb."""
    text = "quick: {claim: Quick., if_false: {performance: {study: {speed: 24}}}}\n"
    (said,) = of_assumptions(load(write_small(assumptions=text)))
    assert said.startswith(
        "quick: Quick. If this fails, the first place stays; study moves from rank 2 to 3 and wait from 3 to 2."
    )


def test_a_first_place_that_is_no_longer_shared(write_small: WriteSmall) -> None:
    """Who was first with another, and then is alone, comes first alone."""
    folder = write_small(assumptions="quick: {claim: Quick., if_false: {performance: {study: {speed: 24}}}}\n")
    (folder / "options/study.yaml").write_text("performance: {reach: 80, speed: 6, cost: fair}\n", encoding="utf-8")
    assert "If this fails, act alone comes first." in of_assumptions(load(folder))[0]


def test_several_least_objectionable_options_are_them(write_small: WriteSmall) -> None:
    """Of several, everybody puts them first."""
    folder = write_small(perspectives="treasury: {}\nstaff: {}\n")
    (folder / "options/study.yaml").write_text("performance: {reach: 80, speed: 6, cost: fair}\n", encoding="utf-8")
    assert "Least objectionable to all are act and study: everybody puts them first." in list(
        perspectives.notes(rank_by_parties(load(folder)))
    )
