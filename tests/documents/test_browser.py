"""The page in a browser: nobody is kept out, nothing is fetched, and it fits screens and paper."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from tests.explore.test_browser import serious

import policyopts as po
from policyopts.cli.source import example_folder
from policyopts.report.briefing_document import briefing_document
from policyopts.report.briefing_request import BriefingRequest
from policyopts.report.documents.html import write_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from policyopts.report.documents import Document


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open pages, offline; whatever a page complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def show(page: str, **context: Any) -> Page:
        file = tmp_path / "briefing.html"
        file.write_text(page, encoding="utf-8")
        contexts.append(browser.new_context(offline=True, **context))
        tab = contexts[-1].new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("request", lambda request: complaints.append(request.url) if request.url[:5] == "http:" else None)
        tab.goto(file.as_uri())
        return tab

    yield show
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def example() -> str:
    """Write the page of the shipped dossier."""
    return write_html(briefing_document(po.load(example_folder()), BriefingRequest(), has_figures=True))


@pytest.mark.parametrize(("scheme", "width"), list(itertools.product(("light", "dark"), (1200, 375))))
def test_nobody_is_kept_out(
    shown: Callable[..., Page], document: Document, example: str, scheme: str, width: int
) -> None:
    """Axe has nothing serious to say of the page, light and dark, wide and narrow, and nothing is wider than it."""
    how = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
    for page in (write_html(document), example):
        tab = shown(page, **how)
        assert serious(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_the_style_is_let_in(shown: Callable[..., Page], document: Document) -> None:
    """The page's own policy lets its style and its pictures in."""
    tab = shown(write_html(document))
    assert tab.evaluate("getComputedStyle(document.querySelector('.marking')).textAlign") == "center"
    assert tab.evaluate("document.querySelector('figure img').naturalWidth") > 0


def test_the_first_tab_skips_to_the_text(shown: Callable[..., Page], document: Document) -> None:
    """The first thing that the keyboard reaches leads past the contents to the text."""
    tab = shown(write_html(document))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#text"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "text"
