"""How far a long reading has come: shown to those who watch, and gone when it is over."""

import io
import sys
from collections.abc import Callable

import pytest

from policyopts.cli import progress


class Screen(io.StringIO):
    """What stderr leads to: a terminal, or something else."""

    watched = True

    def isatty(self) -> bool:
        """Say whether somebody watches."""
        return self.watched


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Screen]:
    """Lead stderr to a screen; every look at the clock finds it a second later."""

    def lead() -> Screen:
        seconds = iter(range(1000))
        monkeypatch.setattr(progress, "monotonic", lambda: next(seconds))
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(sys, "stderr", Screen())
        assert isinstance(sys.stderr, Screen)
        return sys.stderr

    return lead


def test_a_bar_comes_with_time_and_goes_at_the_end(screen: Callable[[], Screen]) -> None:
    """What takes long shows a bar with the file's name; at the end the cursor is back and the line is empty."""
    shown = screen()
    tell = progress.show_progress()
    tell("options.csv", 10, 100)
    assert "options.csv" in shown.getvalue()
    tell("options.csv", 1, 1)
    seen = shown.getvalue()
    assert seen.endswith("\x1b[?25h\r\x1b[1A\x1b[2K")
    tell("options.csv", 1, 1)
    assert shown.getvalue() == seen


def test_what_is_soon_done_shows_nothing(screen: Callable[[], Screen]) -> None:
    """A reading that is over when it is first heard of leaves the screen as it is."""
    shown = screen()
    progress.show_progress()("options.csv", 100, 100)
    assert shown.getvalue() == ""


@pytest.mark.parametrize(
    ("each_second", "said"), [(100, "2 more minutes"), (1, "3 more hours"), (0.01, "12 more days")]
)
def test_what_takes_long_is_told_beforehand(screen: Callable[[], Screen], each_second: float, said: str) -> None:
    """Once it can be judged that more than a minute is left, it is said in a line, terminal or not, and once only."""
    shown = screen()
    shown.watched = False
    tell = progress.forewarned(progress.show_progress(), "have patience")
    for second in range(1, 20):  # every look at the clock is a second later
        tell("samples", second * each_second, 10_000)  # type: ignore[arg-type] # parts of samples, to be slow
        assert shown.getvalue().count("\n") == (second > progress.FORESIGHT)
    assert shown.getvalue() == f"policyopts: about {said} for 10,000 samples; have patience\n"


def test_what_ends_within_a_minute_is_not_told(screen: Callable[[], Screen]) -> None:
    """Nothing is said where little is left."""
    shown = screen()
    shown.watched = False
    tell = progress.forewarned(progress.show_progress(), "have patience")
    for second in range(1, 11):
        tell("samples", second * 100, 1_000)
    assert shown.getvalue() == ""


def test_nothing_is_shown_without_a_terminal(screen: Callable[[], Screen]) -> None:
    """A file or another program gets no bar."""
    shown = screen()
    shown.watched = False
    tell = progress.show_progress()
    for done in range(0, 100, 10):
        tell("options.csv", done, 100)
    assert shown.getvalue() == ""
