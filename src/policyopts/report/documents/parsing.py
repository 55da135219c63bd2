"""Markdown → tree: CommonMark with tables and footnotes. Raw HTML is text, and a link leads to the web or nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from policyopts.report.documents import tree
from policyopts.report.safe_text import is_web_address, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from policyopts.report.documents import Document

PAGE_BREAK = "<!-- page break -->"
# Its anchor is no heading's of a text: theirs have no capitals.
_NOTES = tree.Heading(2, "Notes", (tree.Text("Notes"),))
_ALIGNMENTS: dict[object, tree.Alignment] = {"text-align:right": "right", "text-align:center": "center"}


def parse(document: Document) -> tree.Tree:
    """Parse a document's text.

    A marking at its very top and bottom is left out, for pages have it of their own; a title is added where there is
    none. Notes stand under the heading that ends the text, or under one of their own.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin, inline=False)
    top = SyntaxTreeNode(parser.parse(document.markdown)).children
    reader = _Reader([node for node in top if node.type == "heading"], document.pictures)
    blocks = reader.blocks(node for node in top if node.type != "footnote_block")
    notes = [reader.note(note) for node in top if node.type == "footnote_block" for note in node.children]
    body = _titled(_unmarked(blocks, document.classification), document.title)
    match body[-1]:
        case tree.Heading(level=level) as last if notes and level > 1:
            return tree.Tree(body[:-1], tuple(notes), last)
    return tree.Tree(body, tuple(notes), _NOTES)


class _Reader:
    """Reads blocks and lines; it knows where links can lead, and which pictures there are."""

    def __init__(self, headings: Sequence[SyntaxTreeNode], pictures: Collection[str]) -> None:
        self._anchors = dict(zip(headings, _anchors(map(_source, headings)), strict=True))
        self._pictures = pictures
        self._level = 0

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> tree.Blocks:
        """Read blocks."""
        return tuple(_led(_captioned(block for node in nodes for block in self._block(node))))

    def note(self, node: SyntaxTreeNode) -> tree.Line:
        """Read a note: its paragraphs, as lines. It has no notes of its own."""
        lines = [self._line(part) for part in node.children if part.type == "paragraph"]
        pieces = [piece for line in lines for piece in (*line, tree.Break())]
        return tuple(piece for piece in pieces[:-1] if not isinstance(piece, tree.NoteMark))

    def _block(self, node: SyntaxTreeNode) -> Iterator[tree.Block]:
        match node.type:
            case "heading":
                self._level = min(int(node.tag[1:]), self._level + 1)
                yield tree.Heading(self._level, self._anchors.get(node, ""), self._line(node))
            case "paragraph":
                yield self._paragraph(node)
            case "fence" | "code_block":
                lines = node.content.rstrip("\n").split("\n")
                yield tree.CodeBlock("\n".join(map(one_line, lines)))
            case "blockquote":
                yield tree.Quote(self.blocks(node.children))
            case "bullet_list":
                yield tree.Listing(None, tuple(self.blocks(item.children) for item in node.children))
            case "ordered_list":
                start = int(node.attrs.get("start", 1))
                yield tree.Listing(start, tuple(self.blocks(item.children) for item in node.children))
            case "table":
                yield self._table(node)
            case "hr":
                yield tree.Rule()
            case kind:
                raise AssertionError(f"the parser knows of no {kind}")

    def _paragraph(self, node: SyntaxTreeNode) -> tree.Block:
        # The source: a record's text with these characters has them escaped.
        if _source(node) == PAGE_BREAK:
            return tree.PageBreak()
        inner = node.children[0].children
        if len(inner) == 1 and inner[0].type == "image":
            name, caption = str(inner[0].attrs["src"]), str(inner[0].attrs.get("title", ""))
            if name in self._pictures:
                words = (tree.Text(one_line(caption)),) if caption else ()
                return tree.Figure(name, one_line(inner[0].content), words)
        return tree.Paragraph(self._line(node))

    def _table(self, node: SyntaxTreeNode) -> tree.Table:
        head, *body = node.children
        alignments = tuple(_ALIGNMENTS.get(cell.attrs.get("style"), "left") for cell in head.children[0].children)
        rows = [tuple(self._line(cell) for cell in row.children) for part in body for row in part.children]
        return tree.Table(
            caption=(),
            alignments=alignments,
            names=alignments.index("left") if "left" in alignments else 0,
            header=tuple(self._line(cell) for cell in head.children[0].children),
            rows=tuple(rows),
        )

    def _line(self, node: SyntaxTreeNode) -> tree.Line:
        return tuple(_merged(piece for child in node.children for piece in self._pieces(child)))

    def _pieces(self, node: SyntaxTreeNode) -> Iterator[tree.Piece]:
        match node.type:
            case "inline":
                yield from self._line(node)
            case "text" | "text_special":
                yield tree.Text(one_line(node.content))
            case "softbreak":
                yield tree.Text(" ")
            case "hardbreak":
                yield tree.Break()
            case "code_inline":
                yield tree.Code(one_line(node.content))
            case "strong":
                yield tree.Strong(self._line(node))
            case "em":
                yield tree.Emphasis(self._line(node))
            case "link":
                yield from self._link(str(node.attrs["href"]), self._line(node))
            case "image":
                yield tree.Text(one_line(node.content))
            case "footnote_ref":
                yield tree.NoteMark(node.meta["id"] + 1, node.meta["subId"])
            case "footnote_anchor":
                pass
            case kind:
                raise AssertionError(f"the parser knows of no {kind}")

    def _link(self, target: str, body: tree.Line) -> Iterator[tree.Piece]:
        if is_web_address(target) or target[1:] in self._anchors.values():
            yield tree.Link(target, body)
        else:
            yield from body


def _source(node: SyntaxTreeNode) -> str:
    return node.children[0].content


def _anchors(headings: Iterable[str]) -> Iterator[str]:
    """Give headings the anchors that programs which show Markdown give them: small letters, hyphens for spaces."""
    used: dict[str, int] = {}
    for heading in headings:
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        times = used[anchor] = used.get(anchor, -1) + 1
        yield f"{anchor}-{times}" if times else anchor


def _merged(pieces: Iterable[tree.Piece]) -> Iterator[tree.Piece]:
    """Join texts that follow each other."""
    waiting = ""
    for piece in pieces:
        if isinstance(piece, tree.Text):
            waiting += piece.text
            continue
        if waiting:
            yield tree.Text(waiting)
        waiting = ""
        yield piece
    if waiting:
        yield tree.Text(waiting)


def _captioned(blocks: Iterable[tree.Block]) -> Iterator[tree.Block]:
    """Take a paragraph that is nothing but emphasis, right before a table, for the table's caption."""
    waiting: tree.Block | None = None
    for block in blocks:
        match waiting, block:
            case tree.Paragraph((tree.Emphasis(caption),)), tree.Table(_, alignments, names, header, rows):
                waiting = tree.Table(caption, alignments, names, header, rows)
                continue
        if waiting is not None:
            yield waiting
        waiting = block
    if waiting is not None:
        yield waiting


def _led(blocks: Iterable[tree.Block]) -> Iterator[tree.Block]:
    """Mark the paragraphs that stand alone between a heading and a table or a list."""
    two: tuple[tree.Block | None, tree.Block | None] = (None, None)
    for block in (*blocks, None):
        before, waiting = two
        match before, waiting, block:
            case tree.Heading(), tree.Paragraph(body), tree.Table() | tree.Listing():
                waiting = tree.Paragraph(body, leads=True)
        if waiting is not None:
            yield waiting
        two = (waiting, block)


def _unmarked(blocks: tree.Blocks, marking: str | None) -> tree.Blocks:
    """Leave out the marking at the top and the bottom."""
    first, last = 0, len(blocks)
    if marking and blocks:
        first += _says(blocks[0], marking)
        last -= _says(blocks[-1], marking)
    return blocks[first:last]


def _says(block: tree.Block, marking: str) -> bool:
    match block:
        case tree.Paragraph((tree.Strong((tree.Text(text),)),)):
            return text.split() == one_line(marking).split()
    return False


def _titled(blocks: tree.Blocks, title: str) -> tree.Blocks:
    if any(isinstance(block, tree.Heading) and block.level == 1 for block in blocks):
        return blocks
    return (tree.Heading(1, "", (tree.Text(one_line(title)),)), *blocks)
