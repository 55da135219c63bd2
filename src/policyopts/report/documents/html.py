"""A document as one HTML page that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import policyopts
from policyopts.report.documents import tree
from policyopts.report.documents.origin import GENERATOR
from policyopts.report.documents.parsing import parse
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyopts.report.documents import Document, Picture

_FOLDER = Path(__file__).parent
_LONG = 60  # characters of a cell that on a narrow screen would be a tower


def write_html(document: Document) -> str:
    """Write a document as an HTML page."""
    parsed = parse(document)
    writer = _Writer(document.pictures)
    style = (_FOLDER / "page.css").read_text(encoding="utf-8") + _running_lines(document)
    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    headings = [block for block in parsed.blocks if isinstance(block, tree.Heading) and block.level == 2]
    return environment.get_template("page.html.jinja").render(
        language=document.language,
        policy=policy(style),
        generator=GENERATOR,
        version=policyopts.__version__,
        digest=document.digest,
        author=flowing(document.author or ""),
        date=document.date.isoformat() if document.date else "",
        title=flowing(document.title),
        marking=flowing(document.classification or ""),
        style=style,
        contents=[(heading.anchor, tree.plain(heading.body)) for heading in headings],
        body=writer.blocks(parsed.blocks),
        notes_heading=writer.blocks((parsed.notes_heading,)),
        notes=[(writer.line(note), writer.marks[number]) for number, note in enumerate(parsed.notes, start=1)],
    )


def policy(style: str) -> str:
    """Write the page's Content-Security-Policy: its own style, the pictures inside it, and nothing from anywhere."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _running_lines(document: Document) -> str:
    """Write what stands at the top and the foot of every printed page, where a browser can."""
    marking = _css_string(flowing(document.classification or ""))
    lines = {
        "top-center": f"content: {marking}; font-weight: bold",
        "bottom-left": f"content: {_css_string(document.digest)}; font-size: 6pt",
        "bottom-center": f"content: {marking}; font-weight: bold; padding-bottom: 6mm; white-space: nowrap",
        "bottom-right": 'content: "Page " counter(page) " of " counter(pages); font-size: 7pt',
    }
    boxes = "".join(f"  @{place} {{ font: 9pt sans-serif; {what}; }}\n" for place, what in lines.items())
    return f"@page {{\n{boxes}}}\n"


def _css_string(text: str) -> str:
    r"""Quote a text for a style: all but letters and digits by number, so that nothing can end it.

    Examples
    --------
    >>> print(_css_string('A</b>"'))
    "A\00003c\00002fb\00003e\000022"
    """
    written = (c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text)
    return f'"{"".join(written)}"'


class _Writer:
    """Writes blocks and lines; all words pass through `escape`."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        self._pictures = pictures
        self._heading = ""  # the words of the last one
        self.marks: Counter[int] = Counter()  # how often each note is marked

    def blocks(self, blocks: tree.Blocks) -> str:
        """Write blocks, each on lines of its own."""
        return "\n".join(map(self._block, blocks))

    def line(self, line: tree.Line) -> str:
        """Write the pieces of a line."""
        return "".join(map(self._piece, line))

    def _block(self, block: tree.Block) -> str:  # noqa: PLR0911 - one for each kind
        match block:
            case tree.Heading(level, anchor, body):
                self._heading = tree.plain(body)
                return f'<h{level} id="{escape(anchor)}" tabindex="-1">{self.line(body)}</h{level}>'
            case tree.Paragraph(body):
                return f"<p>{self.line(body)}</p>"
            case tree.CodeBlock(text):
                return f'<pre tabindex="0"><code>{escape(text)}</code></pre>'
            case tree.Quote(blocks):
                return f"<blockquote>\n{self.blocks(blocks)}\n</blockquote>"
            case tree.Listing(start, items):
                begin, end = ("<ul>", "</ul>") if start is None else (f'<ol start="{start}">', "</ol>")
                return "\n".join([begin, *(f"<li>{self._item(item)}</li>" for item in items), end])
            case tree.Table():
                return self._table(block)
            case tree.Figure(name, alt, caption):
                return self._figure(self._pictures[name], alt, caption)
            case tree.Rule():
                return "<hr>"
            case tree.PageBreak():
                return '<div class="page-break"></div>'
        assert_never(block)

    def _item(self, blocks: tree.Blocks) -> str:
        """Write an item of a list; one that is a single paragraph needs no more than its line."""
        match blocks:
            case (tree.Paragraph(body), *rest):
                return "\n".join([self.line(body), *map(self._block, rest)])
        return self.blocks(blocks)

    def _table(self, table: tree.Table) -> str:
        caption = [f"<caption>{self.line(table.caption)}</caption>"] if table.caption else []
        head = [self._cell("th", ' scope="col"', *cell) for cell in zip(table.header, table.alignments, strict=True)]
        rows = []
        for row in table.rows:
            cells = [
                self._cell(*(("th", ' scope="row"') if column == table.names else ("td", "")), line, alignment)
                for column, (line, alignment) in enumerate(zip(row, table.alignments, strict=True))
            ]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        lines = [*caption, f"<thead><tr>{''.join(head)}</tr></thead>", "<tbody>", *rows, "</tbody>"]
        name = escape(tree.plain(table.caption) or self._heading)
        return "\n".join(
            [
                f'<div class="scroll" tabindex="0" role="group" aria-label="{name}">',
                "<table>",
                *lines,
                "</table></div>",
            ]
        )

    def _cell(self, tag: str, scope: str, line: tree.Line, alignment: tree.Alignment) -> str:
        if tag == "th" and not line:
            tag, scope = "td", ""  # a heading that says nothing is none
        kind = f"{alignment} long" if len(tree.plain(line)) > _LONG else alignment
        return f'<{tag}{scope} class="{kind}">{self.line(line)}</{tag}>'

    def _figure(self, picture: Picture, alt: str, caption: tree.Line) -> str:
        drawn = base64.b64encode(picture.svg.encode()).decode()
        image = f'<img src="data:image/svg+xml;base64,{drawn}" alt="{escape(alt or picture.alt)}">'
        told = f"\n<figcaption>{self.line(caption)}</figcaption>" if caption else ""
        return f"<figure>\n{image}{told}\n</figure>"

    def _piece(self, piece: tree.Piece) -> str:  # noqa: PLR0911 - as above
        match piece:
            case tree.Text(text):
                return escape(text)
            case tree.Code(text):
                return f"<code>{escape(text)}</code>"
            case tree.Strong(body):
                return f"<strong>{self.line(body)}</strong>"
            case tree.Emphasis(body):
                return f"<em>{self.line(body)}</em>"
            case tree.Link(target, body):
                return f'<a href="{escape(target)}">{self.line(body)}</a>'
            case tree.Break():
                return "<br>\n"
            case tree.NoteMark(number, again):
                self.marks[number] += 1
                place = f"mark-{number}-{again}"
                return f'<sup><a href="#note-{number}" id="{place}" role="doc-noteref">{number}</a></sup>'
        assert_never(piece)
