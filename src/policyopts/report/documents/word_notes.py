"""Notes at the foot of the page, in the part of a Word file that python-docx does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from policyopts.report.documents.word_parts import child, element, field

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_SEPARATORS = (("separator", "-1"), ("continuationSeparator", "0"))


class Notes:
    """The notes of a Word file, made as their marks are."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word
        self._notes = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for kind, number in _SEPARATORS:
            line = child(child(self._notes, "w:footnote", type=kind, id=number), "w:p")
            child(child(line, "w:r"), f"w:{kind}")

    def mark(self, paragraph: Paragraph, number: int) -> Paragraph:
        """Mark a note for the first time; give the paragraph that takes what it says."""
        # A bookmark, so that later marks of the same note can name it.
        place = str(1_000_000 + number)
        child(paragraph._p, "w:bookmarkStart", id=place, name=f"note_{number}")
        run = paragraph.add_run(style="footnote reference")
        child(run._r, "w:footnoteReference", id=str(number))
        child(paragraph._p, "w:bookmarkEnd", id=place)
        line = child(child(self._notes, "w:footnote", id=str(number)), "w:p")
        note = Paragraph(line, self._word._body)
        note.style = "footnote text"
        child(note.add_run(style="footnote reference")._r, "w:footnoteRef")
        note.add_run(" ")
        return note

    def mark_again(self, paragraph: Paragraph, number: int) -> None:
        """Mark a note that was marked before."""
        field(paragraph, f"NOTEREF note_{number} \\f \\h", str(number), "footnote reference")

    def put_in(self) -> None:
        """Put the notes into the file, where there are any."""
        if len(self._notes) == len(_SEPARATORS):
            return
        part = Part(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            serialize_part_xml(self._notes),
            self._word.part.package,
        )
        self._word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        told = element("w:footnotePr")
        for _, number in _SEPARATORS:
            child(told, "w:footnote", id=number)
        self._word.settings.element.find(qn("w:compat")).addprevious(told)
