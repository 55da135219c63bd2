"""A document as a Word file: real styles, headings and notes, and the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, assert_never

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Cm, Pt

from policyopts.report.documents import tree, word_parts
from policyopts.report.documents.columns import lay_out
from policyopts.report.documents.parsing import parse
from policyopts.report.documents.pictures import WIDEST, as_png, width
from policyopts.report.documents.word_notes import Notes
from policyopts.report.documents.word_page import set_page, tell
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from policyopts.report.documents import Document

LINE = 455.0  # points; A4 less its margins, and as much less as Arial is wider than other letters
_DEEPEST = 3  # lists, of which Word has styles
_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def write_docx(document: Document) -> bytes:
    """Write a document as a Word file."""
    word = docx.Document()
    word_parts.set_styles(word, document.language)
    set_page(word, document)
    tell(word, document)
    parsed = parse(document)
    writer = _Writer(word, document, parsed)
    writer.blocks(parsed.blocks)
    if parsed.notes:
        writer.blocks((parsed.notes_heading,))
    writer.notes.put_in()
    return word_parts.packed(word)


class _Writer:
    """Writes blocks at the end of a Word file."""

    def __init__(self, word: WordDocument, document: Document, parsed: tree.Tree) -> None:
        self._word = word
        self._pictures = document.pictures
        self._parsed = parsed
        drawn = as_png(picture.svg for picture in document.pictures.values())
        self._drawn = dict(zip(document.pictures, drawn, strict=True))
        self._shown = 0
        blocks = (*parsed.blocks, parsed.notes_heading)
        headings = [block.anchor for block in blocks if isinstance(block, tree.Heading) and block.anchor]
        self._places = {f"#{anchor}": f"at_{number}" for number, anchor in enumerate(headings, start=1)}
        self._heading = ""  # the words of the last one
        self._break_page = False
        self._style_ids: dict[str, str] = {}
        self.notes = Notes(word)

    def blocks(self, blocks: tree.Blocks, style: str | None = None, depth: int = 0) -> None:
        """Write blocks, paragraphs in a style; `depth` counts the lists around them."""
        for block in blocks:
            self._block(block, style, depth)

    def _block(self, block: tree.Block, style: str | None, depth: int) -> None:
        match block:
            case tree.Heading():
                self._head(block)
            case tree.Paragraph(body, leads):
                made = self._paragraph(style)
                made.paragraph_format.keep_with_next = leads or None
                self._line(made, body)
            case tree.CodeBlock(text):
                lines = self._paragraph("Code Block")
                for place, line in enumerate(text.split("\n")):
                    run = lines.add_run()
                    if place:
                        run.add_break()
                    run.add_text(line)
            case tree.Quote(blocks):
                self.blocks(blocks, "Quote", depth)
            case tree.Listing():
                self._list(block, depth + 1)
            case tree.Table():
                self._table(block)
            case tree.Figure():
                self._figure(block)
            case tree.Rule():
                self._paragraph("Rule")
            case tree.PageBreak():
                self._break_page = True
            case _:
                assert_never(block)

    def _paragraph(self, style: str | None) -> Paragraph:
        made = self._word.add_paragraph()
        if style is not None:
            made._p.style = self._style_id(style)
        if self._break_page:
            made.paragraph_format.page_break_before = True
            self._break_page = False
        return made

    def _head(self, heading: tree.Heading) -> None:
        made = self._paragraph("Title" if heading.level == 1 else f"Heading {heading.level - 1}")
        self._heading = tree.plain(heading.body)
        self._line(made, heading.body)
        place = self._places.get(f"#{heading.anchor}")
        if place is not None:
            word_parts.bookmark(made, int(place.removeprefix("at_")), place)

    def _list(self, listing: tree.Listing, depth: int) -> None:
        level = min(depth, _DEEPEST)
        kind = "List Bullet" if listing.start is None else "List Number"
        style = kind if level == 1 else f"{kind} {level}"
        rest_style = "List Continue" if level == 1 else f"List Continue {level}"
        begun = None if listing.start is None else word_parts.numbered_from(self._word, style, listing.start)
        for item in listing.items:
            made = self._paragraph(style)
            if begun is not None:
                word_parts.count_in(made, begun)
            match item:
                case (tree.Paragraph(body), *rest):
                    self._line(made, body)
                    self.blocks(tuple(rest), rest_style, depth)
                case _:
                    self.blocks(item, rest_style, depth)

    def _table(self, table: tree.Table) -> None:
        if table.caption:
            caption = self._paragraph("Caption")
            caption.paragraph_format.keep_with_next = True
            self._line(caption, table.caption)
        elif self._break_page:
            self._paragraph(None)
        layout = lay_out(table, LINE)
        style = self._style_of_cells(layout.size)
        made = self._word.add_table(rows=0, cols=len(table.header), style="Briefing Table")
        made.autofit = False
        for column, share in zip(made.columns, layout.shares, strict=True):
            column.width = Cm(WIDEST * share)
        for place, row in enumerate((table.header, *table.rows)):
            cells = made.add_row().cells
            for cell, line, alignment, share in zip(cells, row, table.alignments, layout.shares, strict=True):
                cell.width = Cm(WIDEST * share)
                words = cell.paragraphs[0]
                words._p.style = style
                words.alignment = _ALIGNMENTS[alignment]
                self._line(words, line, bold=place == 0 or None)
        word_parts.header_row(made)
        word_parts.describe_table(made, tree.plain(table.caption) or self._heading)
        self._paragraph("Table Text")  # some air, and what keeps two tables apart

    def _style_of_cells(self, size: float) -> str:
        name = f"Table Text {size:g}"
        if name not in self._word.styles:
            made = self._word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            made.base_style = self._word.styles["Table Text"]
            made.font.size = Pt(size)
        return self._style_id(name)

    def _style_id(self, name: str) -> str:
        if name not in self._style_ids:
            self._style_ids[name] = self._word.styles[name].style_id
        return self._style_ids[name]

    def _figure(self, figure: tree.Figure) -> None:
        picture = self._pictures[figure.name]
        self._shown += 1
        made = self._paragraph(None)
        made.paragraph_format.keep_with_next = bool(figure.caption)
        run = made.add_run()
        run.add_picture(BytesIO(self._drawn[figure.name]), width=Cm(width(picture.svg)))
        word_parts.describe_picture(run, self._shown, flowing(figure.alt or picture.alt))
        if figure.caption:
            self._line(self._paragraph("Caption"), figure.caption)

    def _line(
        self,
        paragraph: Paragraph,
        line: tree.Line,
        *,
        bold: bool | None = None,
        italic: bool | None = None,
        style: str | None = None,
    ) -> None:
        """Write the pieces of a line at the end of a paragraph."""
        for piece in line:
            match piece:
                case tree.Text(text) | tree.Code(text):
                    run = paragraph.add_run(text)
                    named = "Code Text" if isinstance(piece, tree.Code) else style
                    if named is not None:
                        run._r.style = self._style_id(named)
                    run.bold, run.italic = bold, italic
                    if isinstance(piece, tree.Code):
                        run.font.name = "Courier New"  # LibreOffice forgets the style's in tables
                case tree.Strong(body):
                    self._line(paragraph, body, bold=True, italic=italic, style=style)
                case tree.Emphasis(body):
                    self._line(paragraph, body, bold=bold, italic=True, style=style)
                case tree.Link(target, body):
                    self._link(paragraph, target, body)
                case tree.Break():
                    paragraph.add_run().add_break(WD_BREAK.LINE)
                case tree.NoteMark(number, 0):
                    note = _without_web_links(self._parsed.notes[number - 1])
                    self._line(self.notes.mark(paragraph, number), tuple(note))
                case tree.NoteMark(number):
                    self.notes.mark_again(paragraph, number)
                case _:
                    assert_never(piece)

    def _link(self, paragraph: Paragraph, target: str, body: tree.Line) -> None:
        already = len(paragraph._p)
        self._line(paragraph, body, style="Hyperlink")
        if target in self._places:
            made = word_parts.link(paragraph, place=self._places[target])
        else:
            made = word_parts.link(paragraph, address=target)
        for run in list(paragraph._p)[already:-1]:
            made.append(run)


def _without_web_links(line: tree.Line) -> Iterator[tree.Piece]:
    """Leave the words of links to the web: the part of the file that holds the notes has nowhere to put addresses."""
    for piece in line:
        match piece:
            case tree.Link(target, body) if not target.startswith("#"):
                yield from body
            case tree.Strong(body):
                yield tree.Strong(tuple(_without_web_links(body)))
            case tree.Emphasis(body):
                yield tree.Emphasis(tuple(_without_web_links(body)))
            case _:
                yield piece
