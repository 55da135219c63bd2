"""How far a long reading has come: shown to those who watch, and gone when it is over."""

import io
import sys

import pytest

from policyopts.cli import progress


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Say that somebody watches."""
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Watch what goes to stderr; every look at the clock finds it a second later."""
    seconds = iter(range(1000))
    monkeypatch.setattr(progress, "monotonic", lambda: next(seconds))
    monkeypatch.setenv("TERM", "xterm")
    watched = Screen()
    monkeypatch.setattr(sys, "stderr", watched)
    return watched


def test_a_bar_comes_with_time_and_goes_at_the_end(screen: Screen) -> None:
    """What takes long shows a bar with the file's name; at the end the cursor is back and the line is empty."""
    show = progress.show_progress()
    show("options.csv", 10, 100)
    show("options.csv", 60, 100)
    assert "options.csv" in screen.getvalue()
    show("options.csv", 1, 1)
    assert screen.getvalue().endswith("\x1b[?25h\r\x1b[1A\x1b[2K")
    seen = screen.getvalue()
    show("options.csv", 1, 1)
    assert screen.getvalue() == seen


def test_what_is_soon_done_shows_nothing(screen: Screen) -> None:
    """A reading that is over when it is first heard of leaves the screen as it is."""
    progress.show_progress()("options.csv", 100, 100)
    assert screen.getvalue() == ""


def test_nothing_is_shown_without_a_terminal(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or another program gets no bar."""
    monkeypatch.setattr(screen, "isatty", lambda: False)
    show = progress.show_progress()
    for done in range(0, 100, 10):
        show("options.csv", done, 100)
    assert screen.getvalue() == ""
