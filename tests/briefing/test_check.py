"""`briefing --check`: fresh, stale and what changed, edited by hand; and what is no briefing."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import policyopts as po
from policyopts.analysis.freshness import freshness
from policyopts.report.documents.origin import digest_in
from policyopts.report.stamp_readers import stamp_of_docx, stamp_of_html, stamp_of_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

EXPECTED = Path(__file__).parent / "expected" / "example.md"
AGAIN = "policyopts briefing -o briefing.md writes it anew"


@pytest.fixture
def folder(make: Callable[[Any], po.Dossier], three: dict[str, Any], run: Run) -> Path:
    """Make a dossier with its briefing."""
    folder = make(three).folder
    assert run("briefing", "-o", "briefing.md", cwd=folder).code == 0
    return folder


def git(folder: Path, *words: str) -> str:
    """Run git in a folder."""
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_a_briefing_of_the_record_as_it_is_is_fresh(folder: Path, run: Run) -> None:
    """Right after it was written a briefing is fresh, and the check says so and exits with 0."""
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    digest = po.load(folder).digest[:23]
    assert asked == (0, f"briefing.md is fresh: it is of the record as it is ({digest})\n", "")


def test_files_that_changed_came_and_went_are_named(folder: Path, run: Run) -> None:
    """A stale briefing is an error at the line of its fingerprint that names each file, with its own exit code."""
    (folder / "options/a.yaml").write_text('{"performance": {"effect": 61, "cost": 10}}', encoding="utf-8")
    (folder / "options/b.yaml").rename(folder / "options/d.yaml")
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    assert asked.code == 1
    line = next(
        number
        for number, text in enumerate((folder / "briefing.md").read_text("utf-8").splitlines(), start=1)
        if text.startswith("**Record:**")
    )
    assert asked.out == (
        f"briefing.md:{line}:1: error[REP804]: stale: the record has changed since this briefing was made from it: "
        f"changed options/a.yaml; new options/d.yaml; gone options/b.yaml; {AGAIN}\n"
    )


def test_a_stale_briefing_under_git_names_the_commit_that_it_is_of(folder: Path, run: Run) -> None:
    """Where a commit held the record that a briefing was made from, the hint says how to see every edit since."""
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "one")
    first = git(folder, "rev-parse", "--short", "HEAD")
    (folder / "options/a.yaml").write_text('{"performance": {"effect": 61, "cost": 10}}', encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "two")
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    assert asked.code == 1
    assert f"; policyopts diff {first} tells every edit since and what it moved; {AGAIN}\n" in asked.out
    assert run("diff", first, cwd=folder).code == 0


@pytest.mark.parametrize(
    ("ending", "named"), [(".html", ": changed options/a.yaml"), (".docx", ": changed options/a.yaml"), (".pdf", "")]
)
def test_documents_are_told_fresh_from_stale_too(folder: Path, run: Run, ending: str, named: str) -> None:
    """A page, a Word file and a PDF say which record they are of; all but the PDF say of which files."""
    file = f"briefing{ending}"
    assert run("briefing", "-o", file, cwd=folder).code == 0
    digest = po.load(folder).digest[:23]
    fresh = (0, f"{file} is fresh: it is of the record as it is ({digest})\n", "")
    assert run("briefing", "--check", file, cwd=folder) == fresh
    (folder / "options/a.yaml").write_text('{"performance": {"effect": 61, "cost": 10}}', encoding="utf-8")
    asked = run("briefing", "--check", file, cwd=folder)
    said = f"stale: the record has changed since this briefing was made from it{named}; policyopts briefing -o {file}"
    assert asked.code == 1
    assert said in asked.out


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7 sha256:0123456789abcdef0123"])
def test_other_documents_are_no_briefings(folder: Path, run: Run, ending: str, content: bytes) -> None:
    """A zip or a PDF of others is refused in a sentence."""
    (folder / f"other{ending}").write_bytes(content)
    asked = run("briefing", "--check", f"other{ending}", cwd=folder)
    assert (asked.code, asked.out) == (1, "")
    assert f"'other{ending}' is no briefing: it names no record" in asked.err


def test_a_damaged_word_file_is_refused_in_a_sentence(folder: Path, run: Run) -> None:
    """Wherever bytes of a Word file are lost on the way, it is read or it is no briefing; nothing else comes of it."""
    assert run("briefing", "-o", "briefing.docx", cwd=folder).code == 0
    whole = (folder / "briefing.docx").read_bytes()
    readings = set()
    for place in range(0, len(whole), len(whole) // 200):
        damaged = whole[:place] + bytes(40) + whole[place + 40 :]
        readings.add((stamp_of_docx(damaged) is None, digest_in(damaged) is None))
    assert len(readings) > 1  # some places matter


def test_a_briefing_edited_by_hand_is_told_apart_from_a_stale_one(folder: Path, run: Run) -> None:
    """A text that the record does not give is a warning at the first line that differs; the record is as it was."""
    file = folder / "briefing.md"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if "Levy** ranks first" in line)
    lines[place] = lines[place].replace("Levy", "Ban")
    file.write_text("".join(lines), encoding="utf-8")
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    assert asked.code == 0
    assert asked.out.startswith(f"briefing.md:{place + 1}:1: warning[REP805]: not the text that this record gives")
    assert "briefing.md is fresh" in asked.out


def test_a_briefing_of_another_version_is_not_called_edited(folder: Path, run: Run) -> None:
    """Where another version wrote the same record's briefing in other words, the version is named."""
    file = folder / "briefing.md"
    file.write_text(file.read_text("utf-8").replace(f"policyopts {po.__version__}", "policyopts 0.0.1"), "utf-8")
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    assert asked.code == 0
    assert f"written by policyopts 0.0.1; policyopts {po.__version__} writes it otherwise" in asked.out


@pytest.mark.parametrize(
    "options", [("--date", "2022-02-01"), ("--seed", "7"), ("--classification", "IT'S -o SECRET")], ids=" ".join
)
def test_what_a_briefing_was_asked_for_with_is_asked_for_again(
    folder: Path, run: Run, options: tuple[str, str]
) -> None:
    """Date, seed and marking are read out of the briefing, so that it is not taken for an edited one."""
    assert run("briefing", "-o", "briefing.md", *options, cwd=folder).code == 0
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    assert (asked.code, asked.out.count("\n"), asked.err) == (0, 1, "")


def test_a_command_that_cannot_be_is_a_hand_edit(folder: Path, run: Run) -> None:
    """Where the command that a briefing gives asks for what there is not, somebody has been at it."""
    file = folder / "briefing.md"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("policyopts briefing -o briefing.md", "policyopts briefing -o b.md --sections x"), "utf-8"
    )
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    assert (asked.code, asked.err) == (0, "")
    assert "warning[REP805]" in asked.out


def test_a_briefing_does_not_choose_the_templates_that_are_run(folder: Path, run: Run) -> None:
    """A command that asks for templates is not followed: they may be anybody's."""
    (folder / "own").mkdir()
    (folder / "own/briefing.md.jinja").write_text("{{ nothing }}", encoding="utf-8")
    file = folder / "briefing.md"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("policyopts briefing -o briefing.md", "policyopts briefing -o b.md --template own"), "utf-8"
    )
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    assert (asked.code, asked.out.count("\n"), asked.err) == (0, 1, "")


def test_line_ends_of_another_system_change_nothing(folder: Path, run: Run) -> None:
    """A checkout with other line ends, of the record and of the briefing, is still fresh."""
    for file in (folder / "briefing.md", folder / "criteria.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    assert (asked.code, asked.out.count("\n")) == (0, 1)


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("none.md", None, 2, "there is no file 'none.md'"),
        ("other.txt", b"x", 2, "cannot check 'other.txt': expected a file that ends in"),
        ("notes.md", b"# Notes\n", 1, "'notes.md' is no briefing: it names no record"),
        ("empty.md", b"", 1, "'empty.md' is no briefing: it names no record"),
        ("bytes.md", b"\xff\xfe", 1, "'bytes.md' is no briefing: it is not UTF-8"),
    ],
)
def test_what_is_no_briefing_is_refused(
    folder: Path, run: Run, name: str, content: bytes | None, code: int, said: str
) -> None:
    """A file that is not there, or is something else, gives a sentence and no traceback."""
    if content is not None:
        (folder / name).write_bytes(content)
    asked = run("briefing", "--check", name, cwd=folder)
    assert (asked.code, asked.out) == (code, "")
    assert said in asked.err


def test_a_check_writes_nothing(folder: Path, run: Run) -> None:
    """--check and -o together are refused, and the briefing stays as it is."""
    before = (folder / "briefing.md").read_bytes()
    asked = run("briefing", "--check", "briefing.md", "-o", "briefing.md", cwd=folder)
    assert asked.code == 2
    assert "leave one of them out" in asked.err
    assert (folder / "briefing.md").read_bytes() == before


def test_a_stamp_is_read_out_of_a_page_as_out_of_a_text(folder: Path) -> None:
    """The same words in HTML give the same stamp as in Markdown, but for the line."""
    from markdown_it import MarkdownIt

    text = (folder / "briefing.md").read_text("utf-8")
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    page = f"<!doctype html><title>x</title><style>p {{}}</style>{body}"
    read, expected = stamp_of_html(page.encode()), stamp_of_markdown(text.encode())
    assert read is not None
    assert expected is not None
    assert read._replace(line=0) == expected._replace(line=0)
    assert dict(read.files) == po.load(folder).file_digests
    assert freshness(po.load(folder), read).is_fresh


def test_a_record_cannot_pass_itself_off_as_another(
    make: Callable[[Any], po.Dossier], three: dict[str, Any], run: Run
) -> None:
    """A title that reads like the line of a fingerprint is not taken for it."""
    line = f"**Record:** `sha256:{'0' * 16}` · policyopts 9"
    three["criteria.yaml"]["decision"] |= {"title": line, "decision_maker": line, "issue": line}
    folder = make(three).folder
    assert run("briefing", "-o", "briefing.md", cwd=folder).code == 0
    asked = run("briefing", "--check", "briefing.md", cwd=folder)
    assert (asked.code, asked.out.count("\n")) == (0, 1)


def test_the_shipped_briefing_of_the_tests_is_fresh(run: Run) -> None:
    """The committed briefing of the shipped dossier is fresh, as a check in a pipeline would find it."""
    asked = run("briefing", "--example", "--check", str(EXPECTED))
    assert (asked.code, asked.out.count("\n")) == (0, 1)
