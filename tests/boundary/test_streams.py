"""Pipes that close, disks that are full, Ctrl-C: what a process meets that is no fault of its user."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from policyopts import __main__ as program
from policyopts import __version__
from policyopts.cli.interruption import asked_to_stop

Start = Callable[..., subprocess.Popen[str]]
RESULTS = [
    ["rank", "--example"],
    ["rank", "--example", "--format", "json"],
    ["rank", "--example", "--format", "csv"],
    ["rank", "--example", "--format", "markdown"],
    ["check", "--example"],
    ["robustness", "--example"],
    ["methods"],
    ["--help"],
    ["--version"],
]


def named(arguments: list[str]) -> str:
    """Name a case by its arguments."""
    return " ".join(arguments)


def test_head_takes_a_line_of_much(start: Start, large: Path) -> None:
    """A reader who goes away after the first line is no error to speak of."""
    with start("rank", "--format", "csv", cwd=large) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "rank,id,name,score,cost\n"
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode == 141


@pytest.mark.parametrize("arguments", RESULTS, ids=named)
def test_a_reader_who_never_read(arguments: list[str], start: Start) -> None:
    """Nor is a reader who goes away before there is anything to read."""
    ours, theirs = os.pipe()
    os.close(ours)
    with start(*arguments, stdout=theirs) as process:
        os.close(theirs)
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode in {1, 141}


def test_findings_that_nobody_reads(start: Start, broken: Path) -> None:
    """Nor is it where mistakes were to be told."""
    ours, theirs = os.pipe()
    os.close(ours)
    with start("rank", cwd=broken, stderr=theirs) as process:
        os.close(theirs)
        assert process.stdout is not None
        assert process.stdout.read() == ""
    assert process.returncode in {1, 141}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", RESULTS, ids=named)
def test_a_full_disk(arguments: list[str], start: Start) -> None:
    """A result that cannot be written is one message, and exit code 1."""
    full = os.open("/dev/full", os.O_WRONLY)
    with start(*arguments, stdout=full) as process:
        os.close(full)
        assert process.stderr is not None
        assert process.stderr.read().splitlines() == ["policyopts: cannot read or write: No space left on device"]
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_messages_that_cannot_be_written(start: Start, broken: Path) -> None:
    """Where even messages cannot be written, the exit code remains."""
    full = os.open("/dev/full", os.O_WRONLY)
    for arguments, code in ((["rank", "--frame", "x", "--example"], 2), (["rank", "-C", str(broken)], 1)):
        with start(*arguments, stderr=full) as process:
            assert process.stdout is not None
            assert process.stdout.read() == ""
        assert process.returncode == code
    os.close(full)


@pytest.mark.parametrize("closed", [1, 2], ids=["output", "messages"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["rank", "--example"], 0), (["rank", "--example", "--frame", "x"], 2), (["--version"], 0), (["--help"], 0)],
)
def test_closed_streams(closed: int, arguments: list[str], code: int) -> None:
    """A stream that was closed before the program began is one that nothing is said on."""
    shell = f'exec "$@" {closed}>&-'
    command = ["sh", "-c", shell, "sh", sys.executable, "-m", "policyopts", *arguments]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    assert (ran.stdout if closed == 1 else ran.stderr) == ""


def test_ctrl_c_while_writing(start: Start, large: Path) -> None:
    """Ctrl-C ends a run with 130, and without a traceback."""
    with start("rank", "--format", "csv", cwd=large) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == "r"  # the rest does not fit into the pipe: the process waits
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err == ""


def test_ctrl_c_before_there_is_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is there a traceback where Ctrl-C comes while the program still starts."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.argv", ["policyopts", "rank"])
    monkeypatch.setattr("policyopts.cli.boundary.run", interrupted)
    with pytest.raises(SystemExit) as stop:
        program.main()
    assert stop.value.code == 130


def test_a_fault_of_ours(run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program is a sentence that says so, and not a traceback."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("a fault\n\x1b[31mof ours")

    monkeypatch.setattr("policyopts.analysis.ranked.rank_dossier", fail)
    code, out, err = run("rank", "--example")
    assert (code, out) == (1, "")
    assert err == (
        "policyopts: internal error: ValueError: a fault \\x1b[31mof ours\n"
        "  this is a fault of policyopts, not of your dossier; POLICYOPTS_DEBUG=1 shows where, please report it\n"
    )
    with pytest.raises(ValueError, match="a fault"):
        run("rank", "--example", env={"POLICYOPTS_DEBUG": "1"})


def test_too_little_memory(run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little memory is told in a sentence."""

    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("policyopts.analysis.ranked.rank_dossier", fail)
    assert run("rank", "--example") == (1, "", "policyopts: there is not enough memory for this\n")


def test_the_version(run: Callable[..., tuple[int, str, str]]) -> None:
    """The version is told, alone or before a command."""
    assert run("--version") == run("--version", "rank") == (0, f"policyopts {__version__}\n", "")


@pytest.mark.parametrize("crew", [(), ("--workers", "2")], ids=["threads", "processes"])
def test_ctrl_c_while_drawing_gives_what_there_is(crew: tuple[str, ...], start: Start) -> None:
    """The samples so far are a result, marked as partial, once the bar is gone; the exit code is that of Ctrl-C."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    endless = ("--samples", "1000000000000", "--format", "json")
    with start("robustness", "--example", *endless, *crew, env={"TERM": "xterm-256color"}, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while b"Drawing samples" not in seen:
            seen += os.read(ours, 65536)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        document = json.load(process.stdout)
    with suppress(OSError):  # so Linux tells that the other end is closed
        while more := os.read(ours, 65536):
            seen += more
    os.close(ours)
    assert process.returncode == 130
    assert document["partial"]
    assert 0 < document["samples"] < 10**12
    assert seen.decode().endswith(f"\x1b[2Kpolicyopts: stopped after {document['samples']:,} samples\r\n")


def test_ctrl_c_a_second_time_ends_the_program() -> None:
    """Whoever cannot wait for what there is need not."""
    with asked_to_stop() as stopped:
        assert not stopped()
        signal.raise_signal(signal.SIGINT)
        assert stopped()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_in_a_scripts_background_ctrl_c_is_ignored() -> None:
    """Where the shell has a program ignore Ctrl-C, because it is meant for another, a long run ignores it too."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with asked_to_stop() as stopped:
            signal.raise_signal(signal.SIGINT)
            assert not stopped()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
