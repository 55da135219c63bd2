"""What a person sees on a terminal, and what a file or another program gets."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

Shown = tuple[int, str, str, str]
OnTerminal = Callable[..., Shown]
Matches = Callable[[str, Path], bool]
Runner = Callable[..., tuple[int, str, str]]

SEQUENCE = re.compile(r"\x1b\[([0-9;]*)m")
FINDINGS = [
    "options/act.yaml:1:1: error[KEY201]: unknown key 'nmae'; did you mean 'name'?",
    "options/act.yaml:2:180: error[SCR402]: 500 is off the scale; expected 0 to 100 EUR ('cost')",
]


@pytest.mark.parametrize("columns", [10, 40, 80, 400])
def test_findings_are_never_wrapped(columns: int, broken: Path, on_terminal: OnTerminal) -> None:
    """However narrow the terminal is, a finding is one line, and the excerpt with its caret two more."""
    code, screen, out, _ = on_terminal("rank", cwd=broken, columns=columns, piped=("stdout",))
    assert (code, out) == (1, "")
    lines = SEQUENCE.sub("", screen).split("\n")
    assert [lines[0], lines[3]] == FINDINGS
    assert lines[6:] == [""]


def test_an_excerpt_shows_where(broken: Path, on_terminal: OnTerminal) -> None:
    """Under a finding stands its line, cut to what matters, and a caret under its column."""
    _, screen, _, _ = on_terminal("rank", cwd=broken, env={"NO_COLOR": "1"})
    _, first, caret, _, second, far = screen.splitlines()
    assert (first, caret) == ("  1 | nmae: '[bold]Act[/bold]'", "    | ^")
    assert second[far.index("^") :] == "500}}"
    assert len(second) < 110


def test_the_caret_under_wide_letters(broken: Path, on_terminal: OnTerminal) -> None:
    """Letters that take two columns, tabs and accents do not put the caret in the wrong place."""
    (broken / "options/act.yaml").write_text("performance: {cost: 1}\nrisks: [決定, e\u0301,\t5]\n", "utf-8")
    _, screen, _, _ = on_terminal("rank", cwd=broken, env={"NO_COLOR": "1"})
    finding, excerpt, caret = screen.splitlines()
    assert "options/act.yaml:2:17: error[VAL211]" in finding
    assert excerpt == "  2 | risks: [決定, e\u0301, 5]"
    assert caret == f"    | {' ' * len('risks: [')}{' ' * 4}{' ' * len(', e, ')}^"


def test_findings_without_a_terminal(broken: Path, on_terminal: OnTerminal) -> None:
    """A pipe gets the findings alone, a line each."""
    code, screen, out, err = on_terminal("rank", cwd=broken, piped=("stderr",))
    assert (code, screen, out) == (1, "", "")
    assert err.splitlines() == FINDINGS


def test_findings_as_a_result(broken: Path, on_terminal: OnTerminal) -> None:
    """Where findings are the result, they are shown on a terminal as elsewhere, and piped alone."""
    code, screen, _, err = on_terminal("check", cwd=broken, piped=("stderr",), env={"NO_COLOR": "1"})
    assert (code, err) == (1, "")
    assert [line for line in screen.splitlines() if line in FINDINGS] == FINDINGS
    assert "    | ^" in screen
    code, screen, out, _ = on_terminal("check", cwd=broken, piped=("stdout",))
    assert (code, screen) == (1, "")
    assert out.splitlines()[:2] == FINDINGS
    assert "^" not in out


@pytest.mark.parametrize("arguments", [["rank"], ["check"]], ids=lambda arguments: arguments[0])
@pytest.mark.parametrize(
    ("env", "sequences"),
    [({}, 12), ({"NO_COLOR": ""}, 12), ({"NO_COLOR": "1"}, 0), ({"TERM": "dumb"}, 0)],
    ids=["a terminal", "NO_COLOR is empty", "NO_COLOR", "a dumb terminal"],
)
def test_findings_have_colours_where_they_may(
    arguments: list[str], env: dict[str, str], sequences: int, broken: Path, on_terminal: OnTerminal
) -> None:
    """Findings are coloured on a terminal that has colours, unless its user wants none."""
    _, screen, _, _ = on_terminal(*arguments, cwd=broken, env=env)
    assert len(SEQUENCE.findall(screen)) == sequences
    assert "\x1b" not in SEQUENCE.sub("", screen)
    assert all(finding in SEQUENCE.sub("", screen) for finding in FINDINGS)


def colours(screen: str) -> set[str]:
    """Collect what a screen's text is coloured with; bold and dim are no colours."""
    codes = {code for sequence in SEQUENCE.findall(screen) for code in sequence.split(";")}
    return codes - {"", "0", "1", "2"}


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "a dumb terminal"])
def test_a_table_without_colours(env: dict[str, str], on_terminal: OnTerminal) -> None:
    """A table says the same with colours and without."""
    _, with_colours, _, _ = on_terminal("rank", "--example")
    code, screen, _, _ = on_terminal("rank", "--example", env=env)
    assert code == 0
    assert colours(with_colours)
    assert not colours(screen)
    assert SEQUENCE.sub("", screen) == SEQUENCE.sub("", with_colours)


def test_a_table_in_a_pipe_has_no_colours(on_terminal: OnTerminal) -> None:
    """A pipe gets text, whatever terminal the messages go to."""
    code, screen, out, _ = on_terminal("rank", "--example", piped=("stdout",))
    assert (code, screen) == (0, "")
    assert "\x1b" not in out


TABLES = Path(__file__).parent / "tables"
COLOURED = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}


@pytest.mark.parametrize("look", ["plain", "coloured"])
@pytest.mark.parametrize("columns", [80, 120])
def test_the_ranking_of_the_example(columns: int, look: str, run: Runner, matches: Matches, tmp_path: Path) -> None:
    """The ranking of the shipped dossier looks as it looked; `--update-expected` takes the new look."""
    env = {"COLUMNS": str(columns)} | (COLOURED if look == "coloured" else {})
    code, out, err = run("rank", "--example", cwd=tmp_path, env=env)
    assert (code, err) == (0, "")
    assert ("\x1b" in out) == (look == "coloured")
    assert max(len(line) for line in SEQUENCE.sub("", out).splitlines()) <= columns
    assert matches(out, TABLES / f"rank-{columns}-{look}.txt"), out


@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_shows_that_table(columns: int, on_terminal: OnTerminal, tmp_path: Path) -> None:
    """On a terminal of that width stands the same table."""
    _, screen, _, _ = on_terminal("rank", "--example", cwd=tmp_path, columns=columns)
    assert screen == (TABLES / f"rank-{columns}-coloured.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [1, 24, 40, 60, 100, 200])
def test_other_widths(columns: int, run: Runner) -> None:
    """At any width that has room for figures, each option's rank and score stand whole; bars give way first."""
    code, out, _ = run("rank", "--example", env={"COLUMNS": str(columns)})
    assert code == 0
    rows = re.findall(r"^(\d) .*? (0\.\d{3})\b", out, re.MULTILINE)
    assert [rank for rank, _ in rows] == (["1", "2", "3", "4", "5"] if columns > 1 else [])
    assert "ranksfirst" in re.sub(r"\s", "", out)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_encodings(encoding: str, on_terminal: OnTerminal, broken: Path) -> None:
    """What an encoding does not have is shown as its number, not stumbled over."""
    (broken / "options/act.yaml").write_text("決定: ●\n", "utf-8")
    code, _, _, err = on_terminal("rank", cwd=broken, piped=("stdout", "stderr"), env={"PYTHONIOENCODING": encoding})
    assert code == 1
    shown = "決定" if encoding == "utf-8" else r"\u6c7a\u5b9a"
    assert f"unknown key '{shown}'" in err
