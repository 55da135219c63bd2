"""Notes at the end of the text, in the part of a Word file that python-docx does not know."""

from __future__ import annotations

import copy
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
        self._notes = parse_xml(f"<w:endnotes {nsdecls('w')}/>")
        for kind, number in _SEPARATORS:
            line = child(child(self._notes, "w:endnote", type=kind, id=number), "w:p")
            child(child(line, "w:r"), f"w:{kind}")

    def mark(self, paragraph: Paragraph, number: int) -> Paragraph:
        """Mark a note for the first time; give the paragraph that takes what it says."""
        # A bookmark, so that later marks of the same note can name it.
        place = str(1_000_000 + number)
        child(paragraph._p, "w:bookmarkStart", id=place, name=f"note_{number}")
        run = paragraph.add_run(style="endnote reference")
        child(run._r, "w:endnoteReference", id=str(number))
        child(paragraph._p, "w:bookmarkEnd", id=place)
        line = child(child(self._notes, "w:endnote", id=str(number)), "w:p")
        note = Paragraph(line, self._word._body)
        note.style = "endnote text"
        child(note.add_run(style="endnote reference")._r, "w:endnoteRef")
        note.add_run(" ")
        return note

    def mark_again(self, paragraph: Paragraph, number: int) -> None:
        """Mark a note that was marked before."""
        field(paragraph, f"NOTEREF note_{number} \\f \\h", str(number), "endnote reference")

    def put_in(self) -> None:
        """Put the notes into the file, where there are any."""
        if len(self._notes) == len(_SEPARATORS):
            return
        part = Part(
            PackURI("/word/endnotes.xml"),
            CONTENT_TYPE.WML_ENDNOTES,
            serialize_part_xml(self._notes),
            self._word.part.package,
        )
        self._word.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
        numbers = element("w:endnotePr")
        child(numbers, "w:numFmt", val="decimal")
        self._word.sections[0]._sectPr.find(qn("w:pgSz")).addprevious(numbers)
        told = copy.deepcopy(numbers)
        for _, number in _SEPARATORS:
            child(told, "w:endnote", id=number)
        self._word.settings.element.find(qn("w:compat")).addprevious(told)
