"""What a document's Markdown is read as."""

from __future__ import annotations

import pytest
from tests.documents.conftest import ALT, short

from policyopts.report.documents import Document, Picture, tree
from policyopts.report.documents.parsing import parse


def text(words: str) -> tree.Line:
    """Make a line of words."""
    return (tree.Text(words),)


def test_every_kind_of_block_is_read(document: Document) -> None:
    """Blocks come in their order, without the markings at top and bottom, which pages have of their own."""
    kinds = [type(block).__name__ for block in parse(document).blocks]
    assert kinds == [
        "Heading", "Paragraph", "Heading", "Listing", "Paragraph", "Quote", "Figure", "Table",
        "Rule", "PageBreak", "Heading", "Heading", "CodeBlock", "Listing",
    ]  # fmt: skip


def test_headings_have_the_anchors_that_others_give_them() -> None:
    """An anchor is the heading in small letters with hyphens, and a number where it was there before."""
    blocks = parse(short("# A\n\n## 1. Why, & when\n\n## B\n\n## B\n")).blocks
    assert [(block.level, block.anchor) for block in blocks if isinstance(block, tree.Heading)] == [
        (1, "a"), (2, "1-why--when"), (2, "b"), (2, "b-1"),
    ]  # fmt: skip


def test_no_level_of_headings_is_left_out() -> None:
    """A heading is at most one level below the one before it, so that none is missing on the way down."""
    blocks = parse(short("# A\n\n#### B\n\n###### C\n\n## D\n")).blocks
    assert [block.level for block in blocks if isinstance(block, tree.Heading)] == [1, 2, 3, 2]


def test_a_text_without_a_title_gets_the_document_s() -> None:
    """Where no heading is the title, the document's title is put before the text."""
    assert parse(short("Words.", "The title")).blocks[0] == tree.Heading(1, "", text("The title"))


def test_raw_html_is_text() -> None:
    """HTML in Markdown is read as the characters that it is written with; a page break is the one comment heeded."""
    blocks = parse(short("# T\n\n<b>x</b>\n\n<!-- page break -->\n\n\\<!-- page break -->\n\n<!-- other -->\n")).blocks
    assert blocks[1:] == (
        tree.Paragraph(text("<b>x</b>")),
        tree.PageBreak(),
        tree.Paragraph(text("<!-- page break -->")),
        tree.Paragraph(text("<!-- other -->")),
    )


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "file.html", "//e.example", "#gone"]
)
def test_links_lead_to_the_web_or_to_a_heading(target: str) -> None:
    """A link to anything else is only its words."""
    block = parse(short(f"# T\n\n[words]({target})\n")).blocks[1]
    assert isinstance(block, tree.Paragraph)
    assert not any(isinstance(piece, tree.Link) for piece in block.body)
    assert "words" in tree.plain(block.body)


def test_links_are_read() -> None:
    """A link to a heading of the text, and to an address of http or https, stays one."""
    block = parse(short("# T\n\n[a](#t) <https://e.example/x>\n")).blocks[1]
    assert isinstance(block, tree.Paragraph)
    assert [piece.target for piece in block.body if isinstance(piece, tree.Link)] == ["#t", "https://e.example/x"]


def test_notes_come_in_the_order_of_their_marks(document: Document) -> None:
    """A note has a number by its first mark; a later mark says how many there were before it."""
    parsed = parse(document)
    marks = [
        piece
        for block in parsed.blocks
        for line in ([block.body] if isinstance(block, tree.Paragraph) else [])
        for piece in line
        if isinstance(piece, tree.NoteMark)
    ]
    assert marks == [tree.NoteMark(1, 1)]
    assert [tree.plain(note) for note in parsed.notes] == [
        "See options/a.yaml:5 and this. More of it.",
        "See https://example.org/two.",
    ]


def test_a_note_that_cites_itself_has_an_end() -> None:
    """Marks inside notes are left out: notes have no notes."""
    assert parse(short("# T\n\nx[^1]\n\n[^1]: see [^1]\n")).notes == (text("see "),)


def test_a_table_names_its_rows_by_the_first_column_of_words(document: Document) -> None:
    """The first column that is not set flush right names the rows; emphasis right above a table is its caption."""
    table = next(block for block in parse(document).blocks if isinstance(block, tree.Table))
    assert table.names == 1
    assert table.alignments == ("right", "left", "center")
    assert tree.plain(table.caption) == "Options, in order"
    assert [tuple(map(tree.plain, row)) for row in table.rows] == [("1", "Levy", "0.6"), ("2", "Campaign", "0.5")]


def test_pictures_are_those_of_the_document() -> None:
    """A picture alone on its line is a figure; one that the document does not have is its words."""
    given = Document(
        "T", "# T\n\n![x](a.svg)\n\n![y](b.svg)\n\nz ![w](a.svg)\n", "", pictures={"a.svg": Picture(ALT, "")}
    )
    assert parse(given).blocks[1:] == (
        tree.Figure("a.svg", "x", ()),
        tree.Paragraph(text("y")),
        tree.Paragraph(text("z w")),
    )


def test_control_characters_are_shown_and_not_obeyed() -> None:
    """Whatever could break a file or turn the direction of writing stands there as its number."""
    block = parse(short("# T\n\na\x0bb \u202ec `\x1b[31m` \uffff\n")).blocks[1]
    assert isinstance(block, tree.Paragraph)
    assert tree.plain(block.body) == "a\\x0bb \\u202ec \\x1b[31m \\uffff"


def test_notes_stand_under_the_heading_that_ends_the_text() -> None:
    """A heading that ends a text with notes, nothing below it, is theirs; without it they have their own."""
    parsed = parse(short("# T\n\nx[^1]\n\n### Where from\n\n[^1]: here\n"))
    assert parsed.notes_heading == tree.Heading(2, "where-from", text("Where from"))
    assert not any(isinstance(block, tree.Heading) and block.level > 1 for block in parsed.blocks)
    assert parse(short("# T\n\nx[^1]\n\n[^1]: here\n")).notes_heading.body == text("Notes")
    assert isinstance(parse(short("# T\n\nx\n\n## End\n")).blocks[-1], tree.Heading)


def test_a_line_between_a_heading_and_a_table_or_list_leads_it() -> None:
    """A paragraph alone between a heading and a table or a list belongs to these; any other stands for itself."""
    table = "| a |\n|---|\n| b |\n"
    parsed = parse(short(f"# T\n\n## A\n\nx\n\n{table}\n## B\n\ny\n\n- z\n\n## C\n\nu\n\nv\n\n{table}\nw\n"))
    said = {tree.plain(block.body): block.leads for block in parsed.blocks if isinstance(block, tree.Paragraph)}
    assert said == {"x": True, "y": True, "u": False, "v": False, "w": False}
