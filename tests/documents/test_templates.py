"""Templates of one's own: where they stand in for the shipped ones, what they may not do, how errors are told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policyopts as po
from policyopts.cli.source import example_folder
from policyopts.findings import DossierError, UsageError
from policyopts.report.briefing import SECTIONS
from policyopts.report.briefing_document import briefing_document
from policyopts.report.briefing_request import BriefingRequest
from policyopts.report.templating import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

NAME = "briefing.md.jinja"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def dossier() -> po.Dossier:
    """Load the shipped dossier."""
    return po.load(example_folder())


@pytest.fixture
def write(tmp_path: Path, dossier: po.Dossier) -> Callable[[str], str]:
    """Write a briefing by a template."""

    def write_by(template: str) -> str:
        (tmp_path / NAME).write_text(template, encoding="utf-8")
        return briefing_document(dossier, BriefingRequest(templates=tmp_path)).markdown

    return write_by


def test_a_template_takes_the_place_of_ours(write: Callable[[str], str]) -> None:
    """A template sees what ours sees; what it puts out is escaped unless it is Markdown already."""
    text = write(
        "# Mine\n\n{{ bottom_line.bottom_line(facts, notes) }}\n\n## Scores\n\n"
        "{% for option in facts.options %}\n- {{ option.id | upper }} {{ '%.2f' | format(option.score) }} {{ '<*>' }}\n"
        "{% endfor %}\n"
    )
    assert text.startswith("# Mine\n\n- **Regional deal** is recommended.")
    assert "- REGIONAL-DEAL 0.60 \\<\\*\\>\n- SYRIA-STRIKES 0.56" in text


def test_a_copy_of_ours_gives_the_same(write: Callable[[str], str], dossier: po.Dossier) -> None:
    """The shipped template, copied into a folder, writes the same briefing, for nothing that it needs is refused."""
    lines = write((SHIPPED / NAME).read_text(encoding="utf-8")).splitlines()
    different = set(lines) ^ set(po.briefing(dossier).splitlines())
    assert all(line.startswith("policyopts briefing -o") for line in different)  # which says how it was asked for


def test_the_page_on_briefings_names_what_a_template_sees(write: Callable[[str], str]) -> None:
    """The page leaves no function out, and its example writes the ranking."""
    page = (ROOT / "docs/briefing.md").read_text(encoding="utf-8").partition("## Templates of your own")[2]
    assert set(SECTIONS) <= {word for code in re.findall(r"`([^`]+)`", page) for word in re.findall(r"\w+", code)}
    (example,) = re.findall(r"as in `(\{\{ .* \}\})`", page)
    assert "| 1 | Regional deal | 0.602 |" in write(f"# T\n\n{example}\n\n{{{{ notes.written() }}}}\n")


@pytest.mark.parametrize(
    ("template", "line", "code", "said"),
    [
        ("# T\n{{ fcts.x }}\n", 2, "TPL102", "'fcts' is undefined"),
        ("# T\n\n{{ facts.nothing }}\n", 3, "TPL102", "has no attribute 'nothing'"),
        ("# T\n{% if x %}\n", 2, "TPL101", "Unexpected end of template"),
        ("{{ 'x' | nofilter }}", 1, "TPL101", "No filter named 'nofilter'"),
        ("# T\n\n{{ 1 / 0 }}\n", 3, "TPL102", "ZeroDivisionError: division by zero"),
        ("{{ bottom_line.header(facts) }}", 1, "TPL102", "TypeError: header() missing"),
        ("# T\n{% include 'gone.jinja' %}", 2, "TPL102", "there is no template 'gone.jinja'"),
        ("# T\n{% include '../secret' %}", 2, "TPL102", "there is no template '../secret'"),
    ],
)
def test_an_error_is_told_with_its_line(
    write: Callable[[str], str], template: str, line: int, code: str, said: str
) -> None:
    """An error of a template is a finding: the file, the line, and what is wrong."""
    with pytest.raises(DossierError) as stopped:
        write(template)
    (finding,) = stopped.value.findings
    assert (finding.path, finding.line, finding.code) == (NAME, line, code)
    assert said in finding.message


def test_a_misspelt_name_is_told_with_the_one_meant(write: Callable[[str], str]) -> None:
    """A variable that is not there is told with the one that is close."""
    with pytest.raises(DossierError) as stopped:
        write("{{ fact }}")
    assert stopped.value.findings[0].hint == "did you mean 'facts'?"


@pytest.mark.parametrize(
    "reach",
    [
        "bottom_line.Markdown",
        "facts.__class__.__mro__",
        "facts.dossier.folder.write_text('x')",
        "facts.dossier.folder.joinpath('x').unlink()",
        "facts.dossier.criteria_file.parse_file('/etc/hostname')",
        "facts.dossier.decision.parse_raw('x', allow_pickle=true, proto='pickle')",
        "facts.ranked.ranking.scores.tofile('x')",
        "facts.ranked.ranking.scores.dump('x')",
        "annex_sources.shlex.os.system('true')",
        "''.format.__globals__",
        "'{0.__class__.__init__.__globals__}'.format(facts)",
        "facts['__class__']",
        "facts | attr('__class__')",
        "[facts] | map(attribute='dossier.folder.write_text') | first",
        "cycler.__init__.__globals__",
    ],
)
def test_a_template_reaches_no_file_and_no_program(write: Callable[[str], str], tmp_path: Path, reach: str) -> None:
    """A template from anybody cannot touch a file, start a program or climb out by what it is given."""
    with pytest.raises(DossierError) as stopped:
        write(f"{{{{ {reach} }}}}")
    assert stopped.value.findings[0].code == "TPL102"
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_what_is_no_utf_8_is_told(tmp_path: Path, dossier: po.Dossier) -> None:
    """A template in another encoding is refused by name."""
    (tmp_path / NAME).write_bytes(b"\xff\xfe")
    with pytest.raises(DossierError, match="not UTF-8"):
        briefing_document(dossier, BriefingRequest(templates=tmp_path))


def test_a_folder_without_a_template_is_told(tmp_path: Path, dossier: po.Dossier) -> None:
    """A folder that has no template of a name that is ours is a mistake, and the names are given."""
    (tmp_path / "brief.md.jinja").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        briefing_document(dossier, BriefingRequest(templates=tmp_path))
    assert NAME in refused.value.hint


def test_the_terminal_shows_the_place(run: Callable[..., Run], tmp_path: Path) -> None:
    """On the command line an error is one line that an editor can open, without a traceback, and nothing is written."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / NAME).write_text("# T\n\n{{ fact.x }}\n", encoding="utf-8")
    stopped = run("briefing", "--example", "--template", "own", "-o", "b.html", cwd=tmp_path)
    assert stopped == (1, "", "own/briefing.md.jinja:3:1: error[TPL102]: 'fact' is undefined; did you mean 'facts'?\n")
    assert not (tmp_path / "b.html").exists()
