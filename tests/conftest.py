"""What every test stands on."""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from policyopts.__main__ import main

settings.register_profile("same-every-time", derandomize=True, deadline=None)
settings.load_profile("same-every-time")


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
def matches(request: pytest.FixtureRequest) -> Callable[[str, Path], bool]:
    """Compare a text with the file that holds what is expected; with `--update-expected`, write that file."""

    def compare(text: str, path: Path) -> bool:
        if request.config.getoption("--update-expected"):
            path.write_bytes(text.encode())
        assert path.is_file(), f"there is no {path}: run this test once with --update-expected, and look at it"
        return path.read_bytes().decode() == text

    return compare
