"""The explorer as a person meets it, in a real browser that is offline."""

from __future__ import annotations

import itertools
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from tests.briefing.test_escaping import texts
from tests.explore.conftest import page_of, settled, wide

import policyopts as po
from policyopts.analysis.overlays import rank_under_each
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf
from policyopts.records.files import CRITERIA
from policyopts.report.numbers import score

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from policyopts import Dossier
    from policyopts.analysis.ranked import RankedDossier

    Opened = Callable[..., Page]


def shown(page: Page) -> list[tuple[str, str, str]]:
    """Read the ranking: rank, name and score."""
    found = page.eval_on_selector_all(
        "#ranking li",
        "rows => rows.map(row => ['.rank', '.name', '.score'].map(part => row.querySelector(part).textContent))",
    )
    return [(rank, name, points) for rank, name, points in found]


def expected(ranked: RankedDossier) -> list[tuple[str, str, str]]:
    """Write the ranking as the page does."""
    return [(f"{option.rank}.", option.name, score(option.score)) for option in ranked.options]


def set_slider(page: Page, name: str, share: float) -> None:
    """Move a slider to a share, as a hand does."""
    page.get_by_role("slider", name=name, exact=True).evaluate(
        "(slider, value) => { slider.value = value; "
        "for (const kind of ['input', 'change']) slider.dispatchEvent(new Event(kind, { bubbles: true })); }",
        100 * share,
    )


def drawn(page: Page) -> None:
    """Wait until what was changed is on the screen."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_the_page_opens_with_the_programs_ranking(opened: Opened, example: Dossier) -> None:
    """The page begins with the dossier as it stands, offline, and asks for nothing."""
    page = opened(page_of(example))
    assert shown(page) == expected(rank_dossier(example))
    assert page.text_content("#verdict") == "Regional deal ranks first, 0.044 ahead of More air strikes in Syria."


@pytest.mark.parametrize(
    "moves",
    [
        {"deterrence": 0.4},
        {"feasibility": 0.3},
        {"iraq": 0.0},
        {"delivery": 0.9},
        {"strategy": 1.0},
        {"presence": 0.123},
    ],
    ids="-".join,
)
def test_a_slider_moves_the_ranking_to_the_programs_answer(
    opened: Opened, example: Dossier, moves: dict[str, float]
) -> None:
    """A slider is `rank --weight`: the others keep their proportions."""
    page = opened(page_of(example))
    for id_, share in moves.items():
        set_slider(page, example.criterion_name(id_), share)
    drawn(page)
    assert shown(page) == expected(rank_dossier(example, WhatIf(shares=moves)))


def test_locked_weights_stay(opened: Opened, example: Dossier) -> None:
    """A locked criterion or group keeps its share while others move, and its slider rests until it is unlocked."""
    page = opened(page_of(example))
    shares = rank_dossier(example).problem.shares
    for id_ in ("escalation", "iraq"):
        page.get_by_role("button", name=f"Lock {example.criterion_name(id_)}").click()
        assert page.get_by_role("slider", name=example.criterion_name(id_), exact=True).is_disabled()
    set_slider(page, "Ends the attacks", 0.35)
    drawn(page)
    fixed = {"deterrence": 0.35, "escalation": shares["escalation"], "iraq": shares["iraq"]}
    assert shown(page) == expected(rank_dossier(example, WhatIf(shares=fixed)))
    # No further than what the locked ones leave.
    set_slider(page, "Ends the attacks", 1.0)
    most = 1 - shares["escalation"] - shares["iraq"]
    assert page.text_content("#weight-1 >> xpath=../../output") == f"{100 * most:.1f} %"
    lock = page.get_by_role("button", name="Lock Standing in Iraq")
    assert lock.get_attribute("aria-pressed") == "true"
    lock.click()
    assert page.get_by_role("slider", name="Standing in Iraq", exact=True).is_enabled()


def test_going_back_leads_back(opened: Opened, example: Dossier) -> None:
    """A slider taken to the end and back leaves the others as they were."""
    page = opened(page_of(example))
    slider = page.get_by_role("slider", name="Security", exact=True)
    box = slider.bounding_box()
    assert box is not None
    at = box["y"] + box["height"] / 2
    share = rank_dossier(example).problem.shares["security"]
    start = box["x"] + 8 + (box["width"] - 16) * share
    page.mouse.move(start, at)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 40, at, steps=5)
    assert page.text_content("#weight-0 >> xpath=../../output") == "100.0 %"
    page.mouse.move(start, at, steps=5)
    page.mouse.up()
    before = {node: rank_dossier(example).problem.shares[node] for node in ("strategy", "presence")}
    for node, was in before.items():
        text = page.text_content(f"#weight-{example.tree.place_of(node)} >> xpath=../../output")
        assert text is not None
        assert float(text.removesuffix(" %")) == pytest.approx(100 * was, abs=0.5)  # a pixel is a third of a per cent


def test_keys_go_to_whole_numbers(opened: Opened, example: Dossier) -> None:
    """Arrows step to whole per cents, with Shift to tenths, Page keys by ten, and Home and End to the ends."""
    page = opened(page_of(example))
    slider = page.get_by_role("slider", name="Ends the attacks", exact=True)
    slider.focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowUp", "PageUp", "PageDown", "Home", "End"):
        page.keyboard.press(key)
        seen.append(slider.get_attribute("aria-valuetext"))
    assert seen == ["19.0 %", "20.0 %", "19.0 %", "19.1 %", "20.0 %", "10.0 %", "0.0 %", "100.0 %"]


def test_all_can_be_done_from_the_keyboard(opened: Opened, example: Dossier) -> None:
    """Every control can be reached with Tab alone, the table as one stop with arrow keys inside, dialogs by Enter."""
    page = opened(page_of(example))
    reached = []
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.ariaLabel || document.activeElement.textContent"
            )
        )
        if reached[-1].startswith("5 %"):
            break
    controls = {"reading", "copy-yaml", "copy-link", "left", "right", "trust", "weight-0", "weight-11", "Lock Security"}
    assert controls <= set(reached)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.text_content("#dialog-title") == "Hold Iran directly responsible: Risk of escalation"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.criterion") == "1"


def test_every_reading_is_the_programs(opened: Opened, example: Dossier) -> None:
    """Frames, perspectives and failed assumptions bring their own weights and figures."""
    page = opened(page_of(example))
    outcomes = rank_under_each(example)
    assert len(outcomes) > 8
    for outcome in outcomes:
        page.select_option("#reading", f"{outcome.kind}.{outcome.id}")
        drawn(page)
        assert outcome.ranked is not None
        assert shown(page) == expected(outcome.ranked)
    page.select_option("#reading", "perspective.baghdad")
    assert page.locator("#table .changed").count() == 3
    page.locator("#table .changed").first.click()
    assert "Because" in (page.text_content("#dialog-body") or "")
    assert "perspectives.yaml:" in (page.text_content("#dialog-body") or "")


def test_the_smallest_turn_is_one_by_the_program(opened: Opened, example: Dossier) -> None:
    """Below the share that the page names the first option stays first, and above it another one is, by `--weight`."""
    page = opened(page_of(example))
    text = page.text_content("#turn") or ""
    found = re.fullmatch(r".*: (.+) from ([\d.]+) % up to ([\d.]+) %; beyond that (.+) ranks first\.", text)
    assert found is not None
    assert found[1] == "Delivery"
    at = float(found[3]) / 100
    for share, name in ((at - 0.001, "Regional deal"), (at + 0.001, found[4])):
        assert rank_dossier(example, WhatIf(shares={"delivery": share})).winners[0].name == name


def test_a_link_keeps_what_was_chosen(opened: Opened, example: Dossier, tmp_path: Path) -> None:
    """Reading, weights, locks, trust and comparison are in the address, and an address brings them back."""
    page = opened(page_of(example))
    page.select_option("#reading", "frame.iraqi-problem")
    set_slider(page, "Delivery", 0.3)
    page.get_by_role("button", name="Lock Delivery").click()
    page.select_option("#left", "do-nothing")
    page.locator("#trust").evaluate("slider => { slider.value = 2; slider.dispatchEvent(new Event('input')); }")
    settled(page)
    link = page.evaluate("location.hash")
    again = opened(tmp_path / "explore.html", link)
    assert again.evaluate("location.hash") == link
    for part in ("#ranking", "#sliders", "#comparison", "#shares", "#turn"):
        assert again.text_content(part) == page.text_content(part)
    assert again.input_value("#reading") == "frame.iraqi-problem"
    assert again.locator(".lock[aria-pressed=true]").count() == 1
    assert "compare=do-nothing" in link
    again.get_by_role("button", name="Reset").click()
    settled(again)
    assert "w." not in again.evaluate("location.hash")


@pytest.mark.parametrize(
    "link",
    [
        "#as=frame.gone&w.gone=3&locked=gone&compare=gone,.next&trust=x",
        "#w.deterrence=-5&w.iraq=20&w.escalation=NaN&trust=1e9",
        "#as=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&w.%3Cb%3E=1",
        "#" + "&".join(f"w.{id_}=0" for id_ in ("deterrence", "escalation", "root-causes", "resolve", "presence",
                                                "sovereignty", "feasibility", "time-to-effect")),
        "#__proto__=1&w.__proto__=1&%E0%A4%A",
    ],
    ids=range(5),
)  # fmt: skip
def test_a_broken_link_does_no_harm(opened: Opened, example: Dossier, link: str) -> None:
    """What an address names and the page has not is passed over."""
    page = opened(page_of(example), link)
    assert shown(page) == expected(rank_dossier(example))


def test_the_copied_text_pastes_back(opened: Opened, example: Dossier, tmp_path: Path) -> None:
    """The text is the whole of `criteria.yaml`; in its place, the program ranks as the page did."""
    page = opened(page_of(example))
    set_slider(page, "Can be carried out", 0.3)
    drawn(page)
    page.get_by_role("button", name="Copy as YAML").click()
    copied = page.input_value("#yaml")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy", exact=True).click()
    page.wait_for_selector("#toast:text('criteria.yaml copied.')")
    assert page.evaluate("navigator.clipboard.readText()") == copied
    folder = tmp_path / "case"
    for path, text in example.texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(copied if path == CRITERIA else text, encoding="utf-8")
    pasted, before = expected(rank_dossier(po.load(folder))), shown(page)
    assert [(rank, name) for rank, name, _ in pasted] == [(rank, name) for rank, name, _ in before]
    # Weights are written to a hundred-thousandth of the largest: that may turn the last digit shown.
    assert [float(points) for *_, points in pasted] == pytest.approx(
        [float(points) for *_, points in before], abs=0.00101
    )


def test_two_options_are_compared(opened: Opened, example: Dossier) -> None:
    """The differences of the contributions are the program's, and add up to the difference of the scores."""
    page = opened(page_of(example))
    page.select_option("#left", "iraqi-prosecution")
    page.select_option("#right", "do-nothing")
    drawn(page)
    rows = page.eval_on_selector_all(
        "#comparison tr", "rows => rows.map(row => [row.cells[0].textContent, row.cells[2].textContent])"
    )
    ranked = rank_dossier(example)
    one, other = (ranked.option(id_).contributions or {} for id_ in ("iraqi-prosecution", "do-nothing"))
    gains = {example.criterion_name(id_): one[id_] - other[id_] for id_ in example.criteria}
    assert {name: float(text.replace("−", "-")) for name, text in rows} == {
        name: pytest.approx(gain, abs=0.0005001) for name, gain in gains.items()
    }
    assert [name for name, _ in rows] == sorted(gains, key=lambda name: -gains[name])
    page.select_option("#right", "iraqi-prosecution")
    page.wait_for_selector("#comparison-sum:text('Choose two different options.')")


def test_reasons_and_evidence_come_on_demand(opened: Opened, example: Dossier) -> None:
    """A figure tells its reason, its working, its evidence with source and grade, and the line it stands in."""
    page = opened(page_of(example))
    page.locator("#table").get_by_role("button", name="50 % [25–70]").click()
    text = page.text_content("#dialog") or ""
    for piece in (
        "Regional deal: Ends the attacks",
        "roughly even chance",
        "Value 0.500 × weight 19.0 % = 0.095 of the score 0.602",
        "The one course that a quiet spell speaks for",
        "The Daily Beast",
        "grade B3",
        "options/regional-deal.yaml:7",
        "assumptions.yaml:5",
    ):
        assert piece in text
    page.keyboard.press("Escape")
    page.locator("#table").get_by_role("button", name="Time to effect").click()
    assert "exponential, -1.5" in (page.text_content("#dialog") or "")
    page.keyboard.press("Escape")
    page.locator("#table-head").get_by_role("button", name="Regional deal").click()
    assert "Rank 1, score 0.602" in (page.text_content("#dialog") or "")


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "\u202egnp.exe",
        "<b>" * 200,
    ],
    ids=["script", "end-of-script", "image", "address", "turned", "long"],
)
def test_hostile_texts_are_texts(opened: Opened, make: Callable[[Any], Dossier], payload: str) -> None:
    """Whatever stands in every text field is shown as it stands; nothing runs, links or is asked for."""
    files = texts(payload)
    files["evidence.yaml"]["sources"]["s"]["url"] = "javascript:alert(1)"
    page = opened(page_of(make(files)), viewport={"width": 375, "height": 700})
    for button in page.locator("#table button, #table-head button").all():
        button.click()
        assert page.locator("#dialog a").count() == 0
        page.keyboard.press("Escape")
    page.locator("#copy-yaml").click()
    assert page.locator("img, b, script:not(#data):not([type=module])").count() == 0
    if payload.startswith("<s"):
        assert page.inner_text("h1") == payload
        assert shown(page)[0][1] == payload
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def serious(page: Page) -> list[str]:
    """Let axe look for what keeps people out; give what is serious or worse."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    results = page.evaluate("axe.run()")
    assert len(results["passes"]) > 10
    return [
        f"{found['id']}: {node['html']} {node['any'] + node['all']}"
        for found in results["violations"]
        if found["impact"] in {"serious", "critical", "moderate"}
        for node in found["nodes"]
    ]


@pytest.mark.parametrize(("scheme", "width"), list(itertools.product(("light", "dark"), (1280, 375))))
def test_nobody_is_kept_out(opened: Opened, example: Dossier, scheme: str, width: int) -> None:
    """Axe has nothing serious to say of the page or its dialogs, light and dark, wide and narrow."""
    how = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
    page = opened(page_of(example), "#as=perspective.baghdad&locked=iraq", **how)
    assert serious(page) == []
    page.locator("#table td button").first.click()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.locator("#copy-yaml").click()
    assert serious(page) == []


@pytest.mark.parametrize(("options", "criteria"), [(1, 1), (2, 1), (2, 30), (30, 5), (60, 20)])
def test_small_and_large_dossiers_fit(
    opened: Opened, make: Callable[[Any], Dossier], options: int, criteria: int
) -> None:
    """From one option to sixty, and from one criterion to thirty, the page says the program's ranking and fits."""
    dossier = make(wide(options, criteria))
    page = opened(page_of(dossier), viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if options > 15:
        assert len(shown(page)) == 12
        page.get_by_role("button", name=f"Show all {options} options").click()
        drawn(page)
    assert shown(page) == expected(rank_dossier(dossier))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_reading_fits(opened: Opened, example: Dossier) -> None:
    """On the narrowest of screens no reading of the case makes the page wider than it."""
    page = opened(page_of(example), viewport={"width": 320, "height": 640})
    for outcome in rank_under_each(example):
        page.select_option("#reading", f"{outcome.kind}.{outcome.id}")
        drawn(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_large_letters_fit(opened: Opened, example: Dossier) -> None:
    """With letters of twice the size nothing is cut off sideways."""
    page = opened(page_of(example), viewport={"width": 640, "height": 700})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_nothing_moves_for_whom_it_should_not(opened: Opened, example: Dossier) -> None:
    """Where less motion is asked for, options change places at once; else they glide."""
    for wanted, gliding in (("reduce", False), ("no-preference", True)):
        page = opened(page_of(example), reduced_motion=wanted)
        set_slider(page, "Can be carried out", 0.5)
        page.evaluate("new Promise(requestAnimationFrame)")
        assert bool(page.evaluate("document.getAnimations().length")) is gliding


def test_screened_out_options_are_told(opened: Opened, make: Callable[[Any], Dossier]) -> None:
    """An option that breaks a limit is not ranked, and its reason stands below the ranking."""
    case = wide(3, 2)
    case["criteria.yaml"]["criteria"]["group-0"]["criteria"]["c0"]["limit"] = {"at_least": 30}
    page = opened(page_of(make(case)))
    assert len(shown(page)) == 2
    assert "where the limit is at least 30 points" in page.inner_text("#screened-out")


def test_print_has_what_the_screen_has(opened: Opened, example: Dossier) -> None:
    """On paper the weights stand in numbers, nothing to press is left, and the reading is named."""
    page = opened(page_of(example), "#as=perspective.state")
    page.emulate_media(media="print")
    text = page.inner_text("main")
    assert "State Department" in text
    assert "Ends the attacks" in text
    assert not page.locator("input:visible, select:visible, #copy-yaml:visible, .lock:visible").count()


def test_print_has_all_options(opened: Opened, make: Callable[[Any], Dossier]) -> None:
    """A long ranking that the screen cuts is printed whole, and cut again afterwards."""
    page = opened(page_of(make(wide(20, 3))))
    counts = []
    for moment in ("beforeprint", "afterprint"):
        page.evaluate(f"window.dispatchEvent(new Event('{moment}'))")
        counts.append((len(shown(page)), page.locator("#shares tr").count()))
    assert counts == [(20, 20), (12, 12)]


def test_what_comes_next_is_another_option(opened: Opened, example: Dossier) -> None:
    """Compared with an option, 'whichever comes next' is the best of the others, on either side."""
    page = opened(page_of(example))
    names = []
    for left, right in ((".first", ".next"), (".next", ".first"), ("regional-deal", ".next"), (".next", "do-nothing")):
        page.select_option("#left", left)
        page.select_option("#right", right)
        drawn(page)
        names.append(tuple(page.locator("#comparison-sum strong").all_text_contents()))
    first, second = "Regional deal", "More air strikes in Syria"
    assert names == [(first, second), (second, first), (first, second), (first, "Do nothing")]
