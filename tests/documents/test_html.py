"""The page: what it is built of, and that it asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from tests.briefing.test_escaping import HOSTILE, PLAIN
from tests.documents.conftest import ALT, DIGEST, SVG, short

from policyopts.report.documents import Document
from policyopts.report.documents.html import write_html


class Reader(HTMLParser):
    """Reads a page's elements with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Take down words."""
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Give the attributes of the elements with a tag."""
        return [attributes for name, attributes in self.elements if name == tag]


def test_the_page_says_what_it_is(document: Document) -> None:
    """Language, title, record and program stand in the head, and the marking at top and bottom."""
    page = Reader(write_html(document))
    told = {meta.get("name"): meta.get("content") for meta in page.all("meta")}
    assert page.all("html") == [{"lang": "en-GB"}]
    assert told["generator"] == "policyopts briefing"
    assert told["policyopts-digest"] == DIGEST
    assert (told["author"], told["date"]) == ("A. Nalyst", "2021-05-05")
    assert "Bags & bins" in page.words
    assert page.words.count("OFFICIAL") == 2


def test_the_policy_lets_nothing_in(document: Document) -> None:
    """The page's policy allows its one style, by its hash, and pictures that are inside it."""
    written = write_html(document)
    page = Reader(written)
    style = re.search(r"<style>(.*?)</style>", written, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert not page.all("script")
    assert not page.all("link")
    assert not any("style" in attributes for _, attributes in page.elements)


def test_tables_have_headers_for_columns_and_rows(document: Document) -> None:
    """Every column has a header, every row one in the column of names, and the table a caption."""
    page = Reader(write_html(document))
    assert [cell["scope"] for cell in page.all("th")] == ["col", "col", "col", "row", "row"]
    assert len(page.all("caption")) == 1
    assert [cell["class"] for cell in page.all("td")] == ["right", "center"] * 2


def test_pictures_are_inside_and_say_what_they_show(document: Document) -> None:
    """A picture is in the page, with its words."""
    (image,) = Reader(write_html(document)).all("img")
    assert image["alt"] == ALT
    assert base64.b64decode((image["src"] or "").partition("base64,")[2]).decode() == SVG


def test_notes_lead_there_and_back(document: Document) -> None:
    """Each mark leads to its note, and each note back to each of its marks."""
    page = Reader(write_html(document))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    targets = [(link["href"] or "").removeprefix("#") for link in page.all("a") if (link["href"] or "").startswith("#")]
    assert len(ids) == len(set(ids))
    assert {"note-1", "note-2", "mark-1-0", "mark-1-1", "mark-2-0"} <= set(targets)
    assert set(targets) <= set(ids)


def test_a_long_text_in_a_table_is_no_tower_on_a_telephone() -> None:
    """Cells with long texts are marked, and narrow screens give them room: the table is moved sideways there."""
    page = write_html(short(f"# T\n\n| a | b |\n|---|---|\n| x | {'long ' * 20} |\n"))
    assert page.count('class="left long"') == 1
    assert ".long { min-width: 14rem; }" in page


@pytest.mark.parametrize("payload", HOSTILE)
def test_no_text_changes_how_the_page_is_built(payload: str) -> None:
    """Whatever stands in a title, a marking, an author or an alternative text, the page's elements stay the same."""

    def elements(words: str) -> list[str]:
        document = Document(
            title=words, markdown="# T\n\n## A\n\n## B\n\nx\n", digest=DIGEST, author=words, classification=words
        )
        return [tag for tag, _ in Reader(write_html(document)).elements]

    assert elements(payload) == elements(PLAIN)


def test_html_in_the_text_is_shown() -> None:
    """An element written in the Markdown is words on the page."""
    page = Reader(write_html(short("# T\n\n<script>alert(1)</script> <img src=x onerror=y>\n")))
    assert not page.all("script")
    assert not page.all("img")
    assert any("<script>alert(1)</script>" in words for words in page.words)
