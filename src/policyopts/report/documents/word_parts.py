"""Pieces of a Word file that python-docx has no words for: styles, links, fields, restarted numbers, a steady zip."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_STYLES = Path(__file__).with_name("word_styles.xml")
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, to a zip


def child(parent: BaseOxmlElement, tag: str, /, **attributes: str) -> BaseOxmlElement:
    """Add an element; `w:` is put before the names of its attributes."""
    made = element(tag, **attributes)
    parent.append(made)
    return made


def element(tag: str, /, **attributes: str) -> BaseOxmlElement:
    """Make an element; `w:` is put before the names of its attributes."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_styles(word: WordDocument, language: str) -> None:
    """Put our styles in the place of those of the same name, for a language such as en-GB."""
    held = word.styles.element
    for ours in parse_xml(_STYLES.read_bytes()):
        if ours.tag == qn("w:docDefaults"):
            same = held.find(ours.tag)
        elif ours.tag == qn("w:style"):
            names = [
                style for style in held.findall(ours.tag) if style.get(qn("w:styleId")) == ours.get(qn("w:styleId"))
            ]
            same = names[0] if names else None
        else:
            continue
        if same is None:
            held.append(ours)
        else:
            held.replace(same, ours)
    for spoken in held.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)


def bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Make a paragraph a place that links can lead to."""
    start, end = element("w:bookmarkStart", id=str(number), name=name), element("w:bookmarkEnd", id=str(number))
    runs = [part for part in paragraph._p if part.tag != qn("w:pPr")]
    if runs:
        runs[0].addprevious(start)
    else:
        paragraph._p.append(start)
    paragraph._p.append(end)


def link(paragraph: Paragraph, *, address: str | None = None, place: str | None = None) -> BaseOxmlElement:
    """Begin a link at the end of a paragraph, to a web address or to a bookmark; give what takes its runs."""
    made = child(paragraph._p, "w:hyperlink", history="1")
    if address is not None:
        made.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    if place is not None:
        made.set(qn("w:anchor"), place)
    return made


def field(paragraph: Paragraph, instruction: str, shown: str, style: str | None = None) -> None:
    """Add what Word works out itself, such as the number of a page."""
    made = child(paragraph._p, "w:fldSimple", instr=f" {instruction} ")
    run = paragraph.add_run(shown, style=style)
    made.append(run._r)


def header_row(table: Table) -> None:
    """Mark the first row as the header, which is repeated on every page, and keep rows whole."""
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        child(properties, "w:cantSplit")
        if place == 0:
            child(properties, "w:tblHeader")


def describe_table(table: Table, words: str) -> None:
    """Say what a table is, for those who cannot see it."""
    properties = table._tbl.tblPr
    child(properties, "w:tblCaption", val=words)
    look = properties.find(qn("w:tblLook"))
    assert look is not None  # noqa: S101 - python-docx's own tables have it
    for name in ("firstColumn", "noVBand", "noHBand"):
        look.set(qn(f"w:{name}"), "1" if name != "firstColumn" else "0")


def describe_picture(run: Run, number: int, words: str) -> None:
    """Say what the picture in a run shows."""
    for properties in run._r.iter(qn("wp:docPr")):
        properties.set("name", f"Picture {number}")
        properties.set("descr", words)


def numbered_from(word: WordDocument, style: str, start: int) -> str:
    """Begin a list of a numbered style anew; give the number that its paragraphs name."""
    numbering = word.part.numbering_part.element
    of_style = word.styles[style].element.pPr.numPr.numId.val
    kind = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == of_style)
    made = numbering.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return str(made.numId)


def count_in(paragraph: Paragraph, numbering: str) -> None:
    """Make a paragraph an item of a list begun by `numbered_from`."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = int(numbering)


def packed(word: WordDocument) -> bytes:
    """Give the file's bytes, with no trace of when or where it was written."""
    written, steady = BytesIO(), BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _BEGINNING)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            archive.writestr(entry, parts.read(part))
    return steady.getvalue()
