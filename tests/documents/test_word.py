"""The Word file, opened again: real headings, tables, notes and pictures, and proof against what records say."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.briefing.test_escaping import HOSTILE
from tests.documents.conftest import ALT, DIGEST, opened, short, words_of

from policyopts.report.documents import Document
from policyopts.report.documents.origin import digest_in
from policyopts.report.documents.word import write_docx
from policyopts.report.safe_text import markdown

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


@pytest.fixture
def word(document: Document) -> WordDocument:
    """Write the document, and open it again."""
    return opened(write_docx(document))


def test_headings_have_their_styles(word: WordDocument) -> None:
    """The title and each level of headings have the style that Word knows them by."""
    styles = [(each.style.name, each.text) for each in word.paragraphs if each.style and each.text]
    heads = [(name, text) for name, text in styles if name and name.startswith(("Title", "Heading"))]
    assert heads == [
        ("Title", "Bags & bins"), ("Heading 1", "1. Bottom line"), ("Heading 1", "2. Annex"), ("Heading 2", "A. Again"),
        ("Heading 1", "Notes"),
    ]  # fmt: skip


def test_lists_quotations_and_captions_have_theirs(word: WordDocument) -> None:
    """So have the items of lists, what somebody says, captions and code."""
    styles = {each.text: each.style.name for each in word.paragraphs if each.style}
    assert styles["first"] == "List Number 2"
    assert styles["more of the second"] == "List Continue 2"
    assert styles["five"] == "List Number"
    assert styles["Somebody says so."] == "Quote"
    assert styles["Options, in order"] == styles["The ranking"] == "Caption"
    assert styles["policyopts briefing -o briefing.md\n  --date 2021-05-05"] == "Code Block"


def test_a_list_begins_at_its_own_number(word: WordDocument) -> None:
    """A numbered list starts where the text says, whatever lists there were before."""
    five = next(each for each in word.paragraphs if each.text == "five")
    number = five._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val
    numbering = word.part.numbering_part.element
    override = next(each for each in numbering.num_lst if each.numId == number).lvlOverride_lst[0]
    assert override.startOverride.val == 5


def test_tables_have_a_header_row(word: WordDocument) -> None:
    """The first row is marked as the header, so that it is read out and repeated; columns and cells have widths."""
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Rank", "Option", "Score"], ["1", "Levy", "0.6"], ["2", "Campaign", "0.5"],
    ]  # fmt: skip
    marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
    assert marked == [True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Options, in order"
    widths = [[cell.width for cell in row.cells] for row in table.rows]
    assert widths == [[column.width for column in table.columns]] * 3


def test_pictures_say_what_they_show(word: WordDocument) -> None:
    """A picture has its words, and is drawn at two points for each of its own."""
    (picture,) = word.inline_shapes
    assert picture._inline.docPr.get("descr") == ALT
    assert word.part.related_parts[picture._inline.graphic.graphicData.pic.blipFill.blip.embed].image.px_width == 756


def test_notes_are_at_the_end(document: Document) -> None:
    """Notes are Word's own, each marked once; a later mark refers to the first."""
    content = write_docx(document)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        notes = parse_xml(parts.read("word/endnotes.xml"))
    said = ["".join(text.text or "" for text in note.iter(qn("w:t"))) for note in notes]
    assert said == ["", "", " See options/a.yaml:5 and this.More of it.", " See https://example.org/two."]
    body = opened(content).element.body
    assert [each.get(qn("w:id")) for each in body.iter(qn("w:endnoteReference"))] == ["1", "2"]
    assert [each.get(qn("w:instr")) for each in body.iter(qn("w:fldSimple"))] == [" NOTEREF note_1 \\f \\h "]


def test_links_lead_somewhere(word: WordDocument) -> None:
    """A link inside leads to a bookmark that is there, a link to the web to its address."""
    body = word.element.body
    marks = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    links = list(body.iter(qn("w:hyperlink")))
    assert [each.get(qn("w:anchor")) in marks for each in links] == [True, False]
    assert word.part.rels[links[1].get(qn("r:id"))].target_ref == "https://example.org/a?b=1&c=(2)"
    numbers = [each.get(qn("w:id")) for each in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_the_file_says_what_it_is(document: Document) -> None:
    """Language, title, author, date and record stand in its properties, and the marking at top and bottom."""
    content = write_docx(document)
    word = opened(content)
    told = word.core_properties
    assert (told.title, told.author, told.language, told.category) == ("Bags & bins", "A. Nalyst", "en-GB", "OFFICIAL")
    assert told.created is not None
    assert told.created.date() == document.date
    assert digest_in(content) == told.identifier == DIGEST
    section = word.sections[0]
    assert [each.text for each in section.header.paragraphs] == ["OFFICIAL"]
    assert [each.text for each in section.footer.paragraphs] == ["OFFICIAL", f"{DIGEST}\tPage  of "]
    languages = {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert "OFFICIAL" not in words_of(word)


def test_the_annex_begins_a_page(word: WordDocument) -> None:
    """What follows a page break begins a page."""
    begun = [each.text for each in word.paragraphs if each.paragraph_format.page_break_before]
    assert begun == ["2. Annex"]


@pytest.mark.parametrize("payload", [*HOSTILE, "a\x0bb\x00\x1f", "\ufffe\uffff", "🙂 עברית", "]]>", "&amp;"])
def test_whatever_is_said_the_file_opens(payload: str) -> None:
    """A text of any characters, control characters among them, leaves the file whole and says what it says."""
    escaped = markdown(payload)
    text = f"# {escaped}\n\nx {escaped} `{payload.replace('`', '')}`\n\n| {escaped} |\n|---|\n| {escaped} |\n"
    document = Document(payload, text, DIGEST, author=payload, classification=payload)
    words = words_of(opened(write_docx(document)))
    if payload.isprintable():
        assert words.count(" ".join(payload.split())) >= 3


@settings(max_examples=20)
@given(st.text(max_size=30))
def test_any_title_can_be_set(title: str) -> None:
    """Whatever characters a title is made of, the file opens."""
    assert opened(write_docx(short("Words.\n", title))).core_properties.identifier == DIGEST


def test_the_zip_tells_no_time(document: Document) -> None:
    """No part of the file says when it was written."""
    with zipfile.ZipFile(BytesIO(write_docx(document))) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.testzip() is None
