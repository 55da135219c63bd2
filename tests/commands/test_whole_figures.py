"""Lines on a terminal, broken wherever but inside a figure."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table
from typer.testing import CliRunner

from policyopts.cli.app import app
from policyopts.report.numbers import rounded_percent
from policyopts.report.whole_figures import WholeFigures

WIDEST = 14  # of the figures below: 10.5 ± 0.25 %
BROKEN = re.compile(r"^[\s–]*[%±]|±\s*$", re.MULTILINE)


def drawn(text: WholeFigures | Table, width: int) -> str:
    """Draw on a terminal of some width."""
    console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as capture:
        console.print(text)
    return capture.get()


words = st.lists(st.sampled_from(["a", "weight", "29 %", "10.5 ± 0.25 %", "5–14 %", "→", "of"]), min_size=1)


@given(words, st.integers(WIDEST, 60))
def test_no_line_begins_with_a_unit(some: list[str], width: int) -> None:
    """However narrow it is, a number stays with its sign, and nothing is lost or added."""
    lines = drawn(WholeFigures(" ".join(some)), width)
    assert not BROKEN.search(lines)
    assert lines.split() == " ".join(some).split()
    table = Table.grid()
    table.add_row(WholeFigures(" ".join(some)))
    assert drawn(table, width).split() == lines.split()
    assert not BROKEN.search(drawn(table, width))


def test_what_does_not_fit_is_folded() -> None:
    """A figure wider than the terminal is broken all the same: nothing is cut."""
    assert "".join(drawn(WholeFigures("10.5 ± 0.25 %"), 5).split()) == "10.5±0.25%"


@pytest.mark.parametrize("command", ["sensitivity", "robustness"])
@pytest.mark.parametrize("width", [60, 80, 100])
def test_commands_keep_figures_whole(command: str, width: int) -> None:
    """No cell and no sentence of the shipped dossier breaks a figure."""
    result = CliRunner().invoke(app, [command, "--example"], env={"COLUMNS": str(width), "NO_COLOR": "1"})
    assert result.exit_code == 0
    assert "%" in result.output
    assert not re.search(r"(^|\s\s)%", result.output, re.MULTILINE)


@pytest.mark.parametrize(
    ("share", "written"), [(-0.004, "0 %"), (0.004, "0 %"), (-0.156, "−16 %"), (1.2, "120 %"), (-0.0, "0 %")]
)
def test_none_of_it_has_no_sign(share: float, written: str) -> None:
    """A share that is rounded to nothing is neither above nor below it."""
    assert rounded_percent(share) == written
