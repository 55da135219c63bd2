"""Frames, perspectives and failed assumptions of a small dossier, against the rankings under each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policyopts.analysis.assumptions import rank_with_each_failed
from policyopts.analysis.frames import rank_in_frames
from policyopts.analysis.perspectives import rank_by_parties
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf
from policyopts.findings import UsageError
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load


@pytest.mark.parametrize(
    ("ask", "file", "hint"),
    [
        (rank_in_frames, "frames", "put them into frames.yaml"),
        (rank_by_parties, "perspectives", "put them into perspectives.yaml"),
        (rank_with_each_failed, "assumptions", "put them into assumptions.yaml"),
    ],
)
def test_where_there_are_none(
    ask: Callable[[Dossier], object], file: str, hint: str, write_small: Callable[..., Path]
) -> None:
    """Without overlays there is nothing to show, and it says where they belong."""
    with pytest.raises(UsageError, match=f"the dossier has no {file}") as caught:
        ask(load(write_small(**{file: "{}\n"})))
    assert caught.value.hint.startswith(hint)


def test_regret_is_how_far_an_option_falls_behind(write_small: Callable[..., Path]) -> None:
    """Without chances, the dossier as it stands is a state too; with them, the frames alone."""
    folder = write_small()
    frames = "calm: {performance: {wait: {reach: 100}}}\ncrisis: {performance: {act: {speed: 1}}}\n"
    (folder / "frames.yaml").write_text(frames, encoding="utf-8")
    found = rank_in_frames(load(folder))
    assert found.rules is not None
    assert found.states == ("", "calm", "crisis")
    assert found.rules.expected is None
    for state, column in zip(found.states, found.rules.regrets.T, strict=True):
        scores = {option.id: option.score for option in rank_dossier(load(folder), WhatIf(frame=state or None)).options}
        assert column.tolist() == pytest.approx([max(scores.values()) - scores[id_] for id_ in found.options])
    frames = frames.replace("calm: {", "calm: {chance: 0.7, ").replace("crisis: {", "crisis: {chance: 0.3, ")
    (folder / "frames.yaml").write_text(frames, encoding="utf-8")
    found = rank_in_frames(load(folder))
    assert found.rules is not None
    assert found.states == ("calm", "crisis")
    assert found.rules.expected is not None
    payoffs = [[outcome.score(id_) or 0 for outcome in found.outcomes] for id_ in found.options]
    assert found.rules.expected.tolist() == pytest.approx([0.7 * calm + 0.3 * crisis for calm, crisis in payoffs])


def test_a_reading_in_which_nothing_can_be_ranked(write_small: Callable[..., Path]) -> None:
    """It says why, and the decision rules go by the others."""
    criteria = (write_small() / "criteria.yaml").read_text().replace("reach: {", "reach: {limit: {at_least: 10}, ")
    none = ", ".join(f"{option}: {{reach: 0}}" for option in ("act", "wait", "study"))
    found = rank_in_frames(
        load(write_small(criteria=criteria, frames=f"dark: {{performance: {{{none}}}}}\nlight: {{}}\n"))
    )
    dark, light = found.outcomes
    assert (dark.ranked, dark.trouble) == (None, "every option breaks a hard limit")
    assert light.ranked is not None
    assert found.states == ("", "light")


def test_an_option_that_is_screened_out_somewhere_is_in_no_rule(write_small: Callable[..., Path]) -> None:
    """Regret is taken over options that are ranked in every state."""
    criteria = (write_small() / "criteria.yaml").read_text().replace("reach: {", "reach: {limit: {at_least: 10}, ")
    found = rank_in_frames(load(write_small(criteria=criteria, frames="dark: {performance: {act: {reach: 0}}}\n")))
    assert set(found.options) == {"wait", "study"}
