"""The PDF: tagged, titled, the same bytes anywhere, and proof against what records say."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.briefing.test_escaping import HOSTILE
from tests.documents.conftest import ALT, DIGEST, SVG, pages_of, short

from policyopts.report.documents import Document, Picture
from policyopts.report.documents.origin import digest_in
from policyopts.report.documents.pdf import write_pdf
from policyopts.report.documents.pictures import as_png, redrawn, width
from policyopts.report.safe_text import markdown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NO_READER = "SKIPPED: there is no pdftotext here, so nobody read the PDF; install Debian's package poppler-utils"
TYPST = [
    '#import "x": *',
    "$x$ #let a = 1",
    "@label <label>",
    "= Heading",
    "#panic()",
    "*b* _i_ `r`",
    "\\u{41} ~ -- ...",
]


@pytest.fixture
def lines(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """Read the lines of a PDF, where there is a program that can."""
    if shutil.which("pdftotext") is None:
        pytest.skip(NO_READER)

    def of(pdf: bytes) -> list[str]:
        file = tmp_path / "x.pdf"
        file.write_bytes(pdf)
        ran = subprocess.run(["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True)
        return ran.stdout.decode().splitlines()

    return of


@pytest.fixture
def read(lines: Callable[[bytes], list[str]]) -> Callable[[bytes], str]:
    """Read the words of a PDF, where there is a program that can."""
    return lambda pdf: " ".join(" ".join(lines(pdf)).split())


def test_the_file_says_what_it_is(document: Document) -> None:
    """It is tagged, claims PDF/UA-1, and tells its language, title, author, date and record."""
    pdf, missing = write_pdf(document)
    assert missing is None
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", pdf)
    assert b"/StructTreeRoot" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(en-GB)" in pdf
    assert b"/Title(Bags & bins)" in pdf
    assert b"/Author(A. Nalyst)" in pdf
    assert b"(D:20210505" in pdf
    assert digest_in(pdf) == DIGEST


def test_pages_end_where_the_text_says(document: Document) -> None:
    """A page break begins a new page."""
    assert pages_of(write_pdf(document).content) == 2
    assert pages_of(write_pdf(short("# T\n\nx\n")).content) == 1


def test_every_page_has_the_running_lines(document: Document, read: Callable[[bytes], str]) -> None:
    """The marking stands at top and bottom of each page, with the record's digest and the number of the page."""
    words = read(write_pdf(document).content)
    assert words.count("OFFICIAL") == 2 * 2
    assert words.count(DIGEST) == 2
    assert "Page 1 of 2" in words
    assert "Page 2 of 2" in words


def test_all_words_are_there(document: Document, read: Callable[[bytes], str]) -> None:
    """Title, lists, tables, captions, code and notes are in the PDF, in the order of the text."""
    words = read(write_pdf(document).content)
    said = ["Bags & bins", "is recommended.", "more of the second", "Somebody says so.", "The ranking"]
    said += ["Options, in order", "Campaign", "--date 2021-05-05", "6. six"]
    places = [words.find(one) for one in said]
    assert -1 not in places
    assert places == sorted(places)
    assert "See options/a.yaml:5 and this. More of it." in words


def test_pictures_say_what_they_show(document: Document) -> None:
    """The words of a picture are in the PDF's tags."""
    assert f"/Alt({ALT})".encode() in write_pdf(document).content


@pytest.mark.parametrize("payload", [*HOSTILE, *TYPST])
def test_nothing_that_is_said_is_read_as_source(payload: str, read: Callable[[bytes], str]) -> None:
    """A text of any characters comes out as it stands, wherever it stands, and never runs."""
    escaped = markdown(payload)
    text = f"# {escaped}\n\nx {escaped} y\n\n| a | b |\n|---|---|\n| {escaped} | z |\n\n- {escaped}\n"
    document = Document(
        payload, text, DIGEST, author=payload, classification=payload, pictures={"a.svg": Picture(payload, SVG)}
    )
    words = read(write_pdf(document).content)
    if payload.isprintable():
        assert words.count(re.sub(r"\s+", " ", payload.strip())) >= 3


@settings(max_examples=40)
@given(st.text(alphabet="#$*_@<>\\`\"'[](){}=+-/~.^&;:!|%\u00a0 a1é🙂א\x0b\u202e", max_size=40))
def test_any_title_can_be_set(title: str) -> None:
    """Whatever characters a title is made of, there is a PDF."""
    assert write_pdf(short("# T\n\nx\n", title)).content.startswith(b"%PDF")


def test_letters_without_a_font_are_told() -> None:
    """Where no font has a letter the PDF is made all the same, tagged, and it is said which text shows boxes."""
    pdf, missing = write_pdf(short("# T\n\nA letter of nobody: \U0003f0f0\n"))
    assert missing == "boxes stand for what no font here has: '\U0003f0f0'"
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" not in pdf


def test_pictures_do_not_depend_on_the_machine_s_fonts() -> None:
    """A picture's letters are set in a font that comes along; words that look like an attribute stay as they are."""
    words = (
        '<svg width="96"><text font-family="Arial, sans-serif">font-family="Arial"</text><g font-family=\'A\'/></svg>'
    )
    assert redrawn(words) == (
        '<svg width="96"><text font-family="Libertinus Serif">font-family="Arial"</text>'
        '<g font-family="Libertinus Serif"/></svg>'
    )
    assert width(words) == pytest.approx(2.54)  # an inch, but for rounding
    assert width("<svg></svg>") == width('<svg width="9999"></svg>') == 17
    one, two = as_png([SVG, SVG])
    assert [one] == [two] == as_png([SVG])
    assert one[1:4] == b"PNG"
    assert as_png([]) == []


def test_a_repeated_header_keeps_the_pdf_whole() -> None:
    """Notes and links in the header of a table that goes on over pages do not break PDF/UA, nor the notes' way back."""
    rows = "| x | y |\n" * 90
    text = (
        f"# T\n\n## A\n\n| Score[^1] | [A](#a) |\n|---|---|\n{rows}\nAgain.[^1] Other.[^2]\n\n[^1]: One.\n[^2]: Two.\n"
    )
    pdf, missing = write_pdf(short(text))
    assert missing is None
    assert pages_of(pdf) > 1


def test_wide_tables_stay_on_the_page(read: Callable[[bytes], str]) -> None:
    """A table of fourteen columns with long words and a long number has all its words on the page."""
    head = [f"Responsibility {place}" for place in range(14)]
    row = ["extraordinarily", "1234567890123456", *["x"] * 12]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * 14, row)]
    words = read(write_pdf(short("# T\n\n" + "\n".join(lines) + "\n")).content)
    assert all(str(place) in words for place in range(14))


def test_a_heading_and_the_line_below_it_stay_with_their_table(read: Callable[[bytes], str]) -> None:
    """Wherever a page ends, no heading is left at its foot with a line whose table begins on the next page."""
    parts = (f"### Head {n}\n\nLine {n}.\n\n| a |\n|---|\n" + f"| row {n} |\n" * (n % 13 + 2) for n in range(150))
    pages = read(write_pdf(short("# T\n\n" + "\n".join(parts))).content).split("Page ")
    for number in range(150):
        (page,) = [page for page in pages if f"Head {number} " in page]
        assert f"Line {number}." in page
        assert f"row {number}" in page


def test_a_figure_and_its_per_cent_are_never_parted(lines: Callable[[bytes], list[str]]) -> None:
    """Between a number and % no line ends, however long what stands before them is."""
    text = "".join(f"{'word ' * 14}{'x' * n} 26.8 %, then\n\n" for n in range(1, 40))
    assert not [line for line in lines(write_pdf(short(f"# T\n\n{text}")).content) if line.startswith("%")]
