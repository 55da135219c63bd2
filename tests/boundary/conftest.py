"""The program as a process of its own: between pipes, and on a terminal."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

COMMAND = (sys.executable, "-m", "policyopts")
TERMINAL = {"TERM": "xterm-256color"}
CTRL_C, CTRL_D = "\x03", "\x04"
PRESSED_AGAIN_S = 5  # one that comes just before Python waits for the terminal is heard of with the next key only


class Shown(NamedTuple):
    """What a process showed: on its terminal, and on those of its streams that go elsewhere."""

    code: int
    screen: str
    out: str
    err: str


def environment(given: Mapping[str, str] | None) -> dict[str, str]:
    """Give an environment without what would change how the program looks, or how it writes."""
    looks = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "COLORTERM", "TERM", "POLICYOPTS_DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in looks | {"PYTHONUNBUFFERED"}}
    return kept | dict(given or {})


@pytest.fixture
def start(
    in_time: Callable[["subprocess.Popen[str]"], "subprocess.Popen[str]"],
) -> Callable[..., subprocess.Popen[str]]:
    """Start the program, with pipes for what is not said otherwise."""

    def start_process(
        *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None, **streams: int
    ) -> "subprocess.Popen[str]":
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | streams
        return in_time(
            subprocess.Popen(
                [*COMMAND, *arguments],
                cwd=cwd,
                env=environment(env),
                encoding="utf-8",
                stdout=pipes["stdout"],
                stderr=pipes["stderr"],
                stdin=pipes["stdin"],
            )
        )

    return start_process


@pytest.fixture
def on_terminal(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., Shown]:
    """Run the program on a terminal of a width; streams in `piped` go elsewhere.

    Where `answers` are given, somebody is there: each answer is typed when a question, which ends in `> `, waits for
    it. CTRL_C interrupts; Ctrl-D comes of itself when a question finds no answer left.
    """
    fcntl = pytest.importorskip("fcntl")
    pty = pytest.importorskip("pty")
    termios = pytest.importorskip("termios")
    import struct

    def run_process(
        *arguments: str,
        columns: int = 80,
        piped: tuple[str, ...] = (),
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        answers: Iterable[str] | None = None,
    ) -> Shown:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        there = ("stdout", "stderr") if answers is None else ("stdin", "stdout", "stderr")
        streams = {name: theirs for name in there if name not in piped}
        waiting = iter(answers or ())
        with start(*arguments, cwd=cwd, env=TERMINAL | dict(env or {}), **streams) as process:
            os.close(theirs)
            screen = b""
            interrupted = False
            while True:
                while interrupted and not select.select([ours], [], [], PRESSED_AGAIN_S)[0]:
                    process.send_signal(signal.SIGINT)
                try:
                    seen = os.read(ours, 65536)
                except OSError:  # so Linux tells that the other end is closed
                    break
                if not seen:
                    break
                screen += seen
                if answers is not None and screen.endswith(b"> "):
                    said = next(waiting, CTRL_D)
                    if said == CTRL_C:
                        process.send_signal(signal.SIGINT)
                        interrupted = True
                    else:
                        os.write(
                            ours, said.encode() if said == CTRL_D else f"{said}\n".encode(errors="surrogateescape")
                        )
            out, err = process.communicate()
        os.close(ours)
        assert not (unasked := list(waiting)), f"never asked for {unasked}"
        return Shown(process.returncode, screen.decode(errors="replace").replace("\r\n", "\n"), out or "", err or "")

    return run_process


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Write a dossier with two mistakes, the second far to the right, under a byte order mark."""
    folder = tmp_path / "broken"
    (folder / "options").mkdir(parents=True)
    (folder / "criteria.yaml").write_text(
        "criteria: {cost: {scale: {worst: 100, best: 0, unit: EUR}, weight: 1}}\n", "utf-8"
    )
    far = f"performance: {{cost: {{because: {'a long reason ' * 10}, value: 500}}}}\n"
    (folder / "options/act.yaml").write_text(f"\ufeffnmae: '[bold]Act[/bold]'\n{far}", "utf-8")
    return folder


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Write a dossier whose results fill any pipe."""
    folder = tmp_path / "large"
    folder.mkdir()
    (folder / "criteria.yaml").write_text("criteria: {cost: {scale: {worst: 10000, best: 0}, weight: 1}}\n", "utf-8")
    rows = "".join(f"option-{number},{number}\n" for number in range(5000))
    (folder / "options.csv").write_text(f"id,cost\n{rows}", "utf-8")
    return folder
