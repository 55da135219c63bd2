"""What every test stands on."""

import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings

from policyopts.__main__ import main

if TYPE_CHECKING:
    from subprocess import Popen

    from playwright.sync_api import Browser

PATIENCE_S = 120  # with a program that a test started: a machine may have much else to do
NO_BROWSER = "SKIPPED: there is no Chromium here, so nobody looked at the page; install Debian's package chromium"

settings.register_profile("same-every-time", derandomize=True, deadline=None)
settings.load_profile("same-every-time")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background of a script, the programs that tests start would never hear of Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes outputs which are kept in files, for a person to look at and commit."""
    parser.addoption("--update-expected", action="store_true", help="write the expected outputs anew")


class Run(NamedTuple):
    """What a run of the program came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the program as from a shell, in a folder and with an environment, and without a terminal."""

    def run_program(*arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Run:
        seldom = gc.get_threshold()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["policyopts", *arguments])
            patch.setattr(os, "_exit", sys.exit)  # the program leaves without looking back; the tests go on
            for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "POLICYOPTS_DEBUG"):
                patch.delenv(name, raising=False)
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            if cwd is not None:
                patch.chdir(cwd)
            capsys.readouterr()
            code: object = 0
            try:
                main()
            except SystemExit as stop:
                code = stop.code
            finally:
                gc.set_threshold(*seldom)
        assert isinstance(code, int)
        return Run(code, *capsys.readouterr())

    return run_program


@pytest.fixture
def in_time() -> Iterator[Callable[["Popen[str]"], "Popen[str]"]]:
    """Give what kills a process that is there for too long, so that a test that waits for it fails and never hangs."""
    timers: list[Timer] = []

    def watched(process: "Popen[str]") -> "Popen[str]":
        timers.append(Timer(PATIENCE_S, process.kill))
        timers[-1].start()
        return process

    yield watched
    for timer in timers:
        timer.cancel()


@pytest.fixture
def matches(request: pytest.FixtureRequest) -> Callable[[str, Path], bool]:
    """Compare a text with the file that holds what is expected; with `--update-expected`, write that file."""

    def compare(text: str, path: Path) -> bool:
        if request.config.getoption("--update-expected"):
            path.write_bytes(text.encode())
        assert path.is_file(), f"there is no {path}: run this test once with --update-expected, and look at it"
        return path.read_bytes().decode() == text

    return compare


def chromium() -> str | None:
    """Find a Chromium."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Start a Chromium; without one, say loudly that nothing was tested."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()
