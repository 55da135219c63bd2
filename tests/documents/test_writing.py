"""Markdown with its pictures beside it or inside it, and whose a file is."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from tests.documents.conftest import DIGEST, SVG

from policyopts.findings import OutputError
from policyopts.report.documents import Document, Picture
from policyopts.report.documents.extra import need
from policyopts.report.documents.origin import digest_in
from policyopts.report.documents.writing import with_pictures_inside, write
from policyopts.report.markdown_text import say

if TYPE_CHECKING:
    from collections.abc import Iterator


def images(text: str) -> Iterator[str]:
    """Give where the pictures of a text are."""
    for token in MarkdownIt("commonmark").parse(text):
        for child in token.children or []:
            if child.type == "image":
                yield str(child.attrs["src"])


def test_pictures_stand_beside_the_markdown(document: Document) -> None:
    """The pictures are files in a folder of the text's name, and the text leads to them."""
    files = write(document, Path("out/my brief.md")).files
    assert list(files) == [Path("out/my brief.md"), Path("out/my brief-figures/ranking.svg")]
    assert files[Path("out/my brief-figures/ranking.svg")] == SVG
    assert list(images(str(files[Path("out/my brief.md")]))) == ["my%20brief-figures/ranking.svg"]


def test_pictures_can_be_inside_the_markdown(document: Document) -> None:
    """With `inline` there is one file, which holds the pictures."""
    files = write(document, Path("b.md"), inline=True).files
    assert files == {Path("b.md"): with_pictures_inside(document)}
    text = with_pictures_inside(document)
    assert f"data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}" in text


@pytest.mark.parametrize("words", ["](a.svg)", "![x](a.svg)", "\\](a.svg)", "\\\\](a.svg)"])
def test_what_a_record_says_of_pictures_stays(words: str) -> None:
    """Words that look like a picture are no picture, and are not changed."""
    text = say("{}\n\n![y](a.svg)\n", words)
    document = Document("T", text, DIGEST, pictures={"a.svg": Picture("", SVG)})
    written = str(write(document, Path("b.md")).files[Path("b.md")])
    assert written == text.removesuffix("![y](a.svg)\n") + "![y](b-figures/a.svg)\n"


def zipped(**parts: bytes) -> bytes:
    """Make a zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return content.getvalue()


OURS = b"<x>policyopts briefing " + DIGEST.encode() + b"</x>"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"policyopts sha256:abc",
        DIGEST.encode(),
        b"PK\x03\x04 broken " + OURS,
        zipped(docProps__app_xml=OURS),
        zipped(docProps__core_xml=b"<x/>"),
    ],
)
def test_files_of_others_are_told_apart(content: bytes) -> None:
    """What does not name both the program and a record's digest is not ours."""
    assert digest_in(content) is None


@pytest.mark.parametrize("content", [OURS, b"\xff\x00" + OURS, zipped(docProps__core_xml=OURS)])
def test_our_files_are_known(content: bytes) -> None:
    """A file that carries the digest is ours, and gives it; of two, the whole one."""
    assert digest_in(content) == DIGEST
    assert digest_in(b"policyopts sha256:0123456789abcdef, " + DIGEST.encode()) == DIGEST


def test_packages_that_are_missing_are_listed_as_one_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three packages that are not installed, only the last two have `and` between them."""
    monkeypatch.setattr("policyopts.report.documents.extra.find_spec", lambda _: None)
    with pytest.raises(OutputError, match="takes mdit-py-plugins, python-docx and typst, which are not installed"):
        need(["mdit_py_plugins", "docx", "typst"], ".docx")
