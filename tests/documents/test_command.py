"""`policyopts briefing -o`: documents in four formats, and what stands in their way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.documents.conftest import opened, pages_of

import policyopts as po
from policyopts.cli.source import example_folder
from policyopts.report.documents.origin import digest_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

    Program = Callable[..., Run]

ENDINGS = [".md", ".html", ".docx", ".pdf"]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_record_gives_the_same_bytes(run: Program, tmp_path: Path, ending: str) -> None:
    """A document is the same in this process and in another, whatever the order of sets and the time of day."""
    file, again = tmp_path / f"a/b{ending}", tmp_path / f"c/b{ending}"
    file.parent.mkdir()
    again.parent.mkdir()
    assert run("briefing", "--example", "-o", str(file)) == (0, "", "")
    command = [sys.executable, "-m", "policyopts", "briefing", "--example", "-o", str(again)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"})
    assert file.read_bytes() == again.read_bytes()
    assert digest_in(file.read_bytes()) in {(digest := po.load(example_folder()).digest), digest[:23]}
    left, right = ({path.relative_to(each.parent) for path in each.parent.rglob("*")} for each in (file, again))
    assert left == right
    assert (Path("b-figures") in left) == (ending == ".md")


def test_a_document_has_all_sections(run: Program, tmp_path: Path) -> None:
    """The Word file has the headings of the text; the PDF has pages."""
    run("briefing", "--example", "-o", "b.docx", cwd=tmp_path)
    run("briefing", "--example", "-o", "b.pdf", cwd=tmp_path)
    text = run("briefing", "--example").out
    heads = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    styled = opened((tmp_path / "b.docx").read_bytes()).paragraphs
    assert [each.text for each in styled if each.style and each.style.name == "Heading 1"] == heads
    assert pages_of((tmp_path / "b.pdf").read_bytes()) > 2


@pytest.mark.parametrize("ending", ENDINGS)
def test_title_date_and_marking_are_inputs(run: Program, tmp_path: Path, ending: str) -> None:
    """A title, a date and a marking given are in the document, and give the same file each time."""
    how = ("--title", "Rockets <&> #1", "--date", "2022-02-01", "--classification", "SECRET")
    contents = []
    for _ in range(2):
        assert run("briefing", "--example", *how, "-o", f"b{ending}", cwd=tmp_path).code == 0
        contents.append((tmp_path / f"b{ending}").read_bytes())
    content, again = contents
    assert content == again
    if ending == ".docx":
        told = opened(content).core_properties
        assert (told.title, told.category, str(told.created)[:10]) == ("Rockets <&> #1", "SECRET", "2022-02-01")
    else:
        assert b"SECRET" in content or ending == ".pdf"  # whose pages are packed
        assert {".md": rb"# Rockets \<\&\> \#1", ".html": b"<title>Rockets &lt;&amp;&gt; #1</title>"}.get(
            ending, b"/Title(Rockets <&> #1)"
        ) in content


@pytest.mark.parametrize("name", ["briefing.txt", "briefing", "briefing.pdf.zip"])
def test_an_ending_says_the_format(run: Program, tmp_path: Path, name: str) -> None:
    """A file with another ending is refused with those that there are, and not made."""
    refused = run("briefing", "--example", "-o", name, cwd=tmp_path)
    assert refused.code == 2
    assert "a briefing is written as .md, .html, .docx or .pdf" in refused.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_folder_must_be_there(run: Program, tmp_path: Path, ending: str) -> None:
    """Where the folder is missing, nothing is made, and the error says so."""
    failed = run("briefing", "--example", "-o", f"no/such/b{ending}", cwd=tmp_path)
    said = f"policyopts: cannot write no/such/b{ending}: there is no folder no/such\n  the folder must be there first\n"
    assert failed == (1, "", said)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_of_others_is_kept(run: Program, tmp_path: Path, ending: str) -> None:
    """A file that is no briefing is written over with --force alone; a briefing is written over."""
    file = tmp_path / f"notes{ending}"
    file.write_bytes(b"PK my own sha256 policyopts notes")
    refused = run("briefing", "--example", "-o", str(file))
    assert refused.code == 2
    assert "is no briefing\n  --force writes over it; -o takes another name" in refused.err
    assert file.read_bytes() == b"PK my own sha256 policyopts notes"
    assert run("briefing", "--example", "-o", str(file), "--force").code == 0
    assert run("briefing", "--example", "-o", str(file)).code == 0
    assert set(tmp_path.iterdir()) == {file, *tmp_path.glob("notes-figures")}


def test_a_write_protected_file_stays(run: Program, tmp_path: Path) -> None:
    """Where a folder stands in the file's place, it stays, and nothing is left beside it."""
    (tmp_path / "b.pdf").mkdir()
    failed = run("briefing", "--example", "-o", "b.pdf", cwd=tmp_path)
    assert failed.code == 1
    assert failed.err.startswith("policyopts: cannot write b.pdf: ")
    assert list(tmp_path.iterdir()) == [tmp_path / "b.pdf"]


@pytest.mark.parametrize(
    ("ending", "blocked", "missing"),
    [
        (".html", ["mdit_py_plugins", "vl_convert"], "mdit-py-plugins, which is"),
        (".pdf", ["typst", "vl_convert"], "typst, which is"),
        (".docx", ["docx", "typst", "vl_convert"], "python-docx and typst, which are"),
    ],
)
def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, ending: str, blocked: list[str], missing: str
) -> None:
    """Where a package of the extra is not installed, a sentence says which and how; Markdown works all the same."""
    code = f"import sys; sys.modules.update(dict.fromkeys({blocked!r})); from policyopts.__main__ import main; main()"

    def without(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, "briefing", "--example", *arguments]
        return subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)

    failed = without("-o", f"b{ending}")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == (
        f"policyopts: to write {ending} takes {missing} not installed\n"
        "  pip install 'policyopts[report]'; Markdown needs nothing more\n"
    )
    written = without("-o", "b.md")
    assert (written.returncode, written.stdout) == (0, "")
    assert written.stderr == "b.md has no figures: they take the extra: pip install 'policyopts[report]'\n"
    assert without().stdout == (tmp_path / "b.md").read_text(encoding="utf-8")


def test_markdown_imports_no_documents() -> None:
    """Who asks for Markdown does not wait for the packages of other formats."""
    code = (
        "import os, sys; from policyopts.__main__ import main; os._exit = lambda code: None\n"
        "try: main()\n"
        "finally: sys.stderr.write(' '.join(sys.modules))"
    )
    command = [sys.executable, "-c", code, "briefing", "--example"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    loaded = set(ran.stderr.split())
    assert "policyopts.report.briefing_document" in loaded
    assert not loaded & {"docx", "typst", "mdit_py_plugins", "vl_convert", "policyopts.report.documents.parsing"}


def test_only_the_sections_asked_for(run: Program) -> None:
    """--sections keeps the head, the sections named, in the order of the outline, and the marking at the bottom."""
    text = run("briefing", "--example", "--sections", "ranking,bottom-line").out
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# Answering the rocket attacks on US positions in Iraq", "## 1. Bottom line", "## 6. Ranking",
    ]  # fmt: skip
    assert text.startswith("**UNCLASSIFIED // EXAMPLE**\n")
    assert text.endswith("\n\n**UNCLASSIFIED // EXAMPLE**\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sections", "rankin"], "the briefing has no section 'rankin'\n  did you mean 'ranking'?"),
        (["--sections", "zzz"], "no section 'zzz'\n  expected: bottom-line, decision, issue, options, scorecard"),
        (["--sections", ","], "--sections ',' names no section"),
        (["--title", " "], "--title is empty"),
        (["--force"], "--force is for writing to a file"),
        (["--inline", "-o", "b.pdf"], "--inline is for Markdown"),
        (["--template", "gone"], "'gone' is no folder of templates"),
    ],
)
def test_wrong_usage_is_told(run: Program, tmp_path: Path, arguments: list[str], said: str) -> None:
    """What cannot be meant is refused with what was expected, and nothing is written."""
    refused = run("briefing", "--example", *arguments, cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
    assert not list(tmp_path.iterdir())


def test_letters_that_no_font_has_are_told(run: Program, tmp_path: Path) -> None:
    """Where a PDF shows boxes for want of a font, a line says so; the file is there."""
    told = run("briefing", "--example", "--title", "Bags \U0003f0f0", "-o", "b.pdf", cwd=tmp_path)
    assert told.code == 0
    assert told.err == "b.pdf: boxes stand for what no font here has: '\U0003f0f0'\n"
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
