"""Dossiers that cannot lie in a repository: other line ends, odd bytes, links, pipes, devices, great sizes."""

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policyopts.records.files import MAX_BYTES
from policyopts.records.loader import DossierReader

BROKEN = sorted(path for path in (Path(__file__).parent / "broken").iterdir() if path.is_dir())
CELLS = "performance: {cost: 10, effect: 20}\n"

Write = Callable[..., Path]
Runner = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(run: Runner) -> Callable[[Path], list[str]]:
    """Rank a dossier with mistakes and give what is said of it, line by line."""

    def lines(folder: Path) -> list[str]:
        code, out, err = run("rank", cwd=folder)
        assert (code, out) == (1, "")
        return err.splitlines()

    return lines


@pytest.mark.parametrize("line_end", ["\r\n", "\r"], ids=["CRLF", "CR"])
@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_line_ends_and_byte_order_marks_move_no_finding(
    folder: Path, line_end: str, tmp_path: Path, told: Callable[[Path], list[str]]
) -> None:
    """Whatever ends the lines, and with a byte order mark or without, findings stand where they stand."""
    copy = tmp_path / "dossier"
    shutil.copytree(folder, copy)
    for path in copy.rglob("*"):
        if path.is_file() and path.read_bytes():
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", line_end.encode()))
    assert told(copy) == (folder / "expected.txt").read_text(encoding="utf-8").splitlines()


NOT_YAML = "error[YML101]: not YAML: "
CONTROL = "remove it, or write it as \\x.. in quotes"
SEPARATOR = "which most editors do not show; write a space or a line break in its place"
TOO_DEEP = "error[YML106]: nested more than 32 levels deep"
NOT_UTF8 = "is not UTF-8; save the file as UTF-8"
ODD: dict[str, tuple[bytes | str, str]] = {
    "latin-1": (b"name: caf\xe9\n", f"1:10: error[FIL003]: byte 0xe9 {NOT_UTF8}"),
    "after letters of two bytes": (
        "name: é\r\nsummary: ééé ".encode() + b"\x80\n",
        f"2:14: error[FIL003]: byte 0x80 {NOT_UTF8}",
    ),
    "UTF-16": (CELLS.encode("utf-16"), f"1:1: error[FIL003]: byte 0xff {NOT_UTF8}"),
    "byte order mark alone": (b"\xef\xbb\xbf", "1:1: error[FIL006]: the file is empty; expected a record"),
    "escape": (f"name: éé\x1b[31m\n{CELLS}", f"1:9: {NOT_YAML}the control character U+001B; {CONTROL}"),
    "null": (f"{CELLS}name: '\x00'\n", f"2:8: {NOT_YAML}the control character U+0000; {CONTROL}"),
    "a thousand nulls": (b"\x00" * 1000, f"1:1: {NOT_YAML}the control character U+0000; {CONTROL}"),
    "line separator": (
        f"{CELLS}name: one\u2028two\nunknown: x\n",
        f"2:10: {NOT_YAML}the line separator U+2028, {SEPARATOR}",
    ),
    "next line": (f"{CELLS}# one\x85two\n", f"2:6: {NOT_YAML}the line separator U+0085, {SEPARATOR}"),
    "200,000 brackets": (f"{CELLS}risks: {'[' * 200_000}", f"2:39: {TOO_DEEP}"),
    "100,000 braces": (f"{CELLS}risks: {'{a: ' * 100_000}", f"2:132: {TOO_DEEP}"),
    "200 depths": ("\n".join(" " * depth + "a:" for depth in range(200)), f"33:33: {TOO_DEEP}"),
    "50,000 question marks": (
        "? " * 50_000,
        "1:3: error[YML101]: a list or a mapping as a key; expected a plain text key",
    ),
}


@pytest.mark.parametrize(("content", "expected"), ODD.values(), ids=ODD)
def test_odd_bytes(content: bytes | str, expected: str, write: Write, told: Callable[[Path], list[str]]) -> None:
    """A file of odd bytes is one finding, at the line and column that an editor shows."""
    assert told(write({"options/act.yaml": content})) == [f"options/act.yaml:{expected}"]


def test_an_empty_folder(tmp_path: Path, run: Runner) -> None:
    """A folder without anything lacks criteria, and options."""
    code, out, err = run("rank", "-C", str(tmp_path), cwd=tmp_path)
    assert (code, out) == (1, "")
    no_options = "there are no options; expected a file such as options/do-nothing.yaml; policyopts add ID writes one"
    assert err.splitlines() == [
        f"{tmp_path}/criteria.yaml:1:1: error[FIL001]: there is no such file; expected one",
        f"{tmp_path}/criteria.yaml:1:1: error[FIL008]: {no_options}",
    ]


def test_folders_in_the_place_of_files(write: Write, told: Callable[[Path], list[str]]) -> None:
    """A folder that is called as a record is told, and leaves no file open."""
    folder = write({"options/act.yaml": None})
    (folder / "options/act.yaml").mkdir()
    (folder / "frames.yaml").mkdir()
    open_before = len(list(Path("/dev/fd").iterdir()))
    assert told(folder) == [
        "frames.yaml:1:1: error[FIL002]: a folder; expected a file",
        "options/act.yaml:1:1: error[FIL002]: a folder; expected a file",
    ]
    assert len(list(Path("/dev/fd").iterdir())) == open_before


def test_a_file_in_the_place_of_the_folder_of_options(write: Write, told: Callable[[Path], list[str]]) -> None:
    """A file called `options` is told, and not that there are no options as well."""
    folder = write({"options/act.yaml": None, "options/wait.yaml": None, "options": "act\n"})
    assert told(folder) == ["options:1:1: error[FIL002]: the folder of options cannot be read: Not a directory"]


def test_links_that_lead_out(write: Write, tmp_path: Path, told: Callable[[Path], list[str]]) -> None:
    """Links out of the dossier are not followed, whatever they lead to."""
    (tmp_path / "secret.yaml").write_text(CELLS)
    folder = write({"options/act.yaml": None, "options/wait.yaml": None})
    (folder / "options").mkdir()
    (folder / "options/act.yaml").symlink_to("../../secret.yaml")
    (folder / "options/wait.yaml").symlink_to("/dev/zero")
    (folder / "evidence.yaml").symlink_to(tmp_path / "secret.yaml")
    assert told(folder) == [
        f"{path}:1:1: error[FIL005]: a symbolic link that leads out of the dossier"
        for path in ("evidence.yaml", "options/act.yaml", "options/wait.yaml")
    ]


def test_a_folder_of_options_elsewhere(write: Write, tmp_path: Path, told: Callable[[Path], list[str]]) -> None:
    """Options are not read through a link out of the dossier."""
    folder = write({"options/act.yaml": None, "options/wait.yaml": None})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/act.yaml").write_text(CELLS)
    (folder / "options").symlink_to(tmp_path / "elsewhere")
    assert told(folder) == ["options:1:1: error[FIL005]: a symbolic link that leads out of the dossier"]


def test_links_to_nothing(write: Write, told: Callable[[Path], list[str]]) -> None:
    """A link to nothing, and one that leads to itself, are told as what they are."""
    folder = write({"options/act.yaml": None, "options/wait.yaml": None})
    (folder / "options").mkdir()
    (folder / "options/act.yaml").symlink_to("gone.yaml")
    (folder / "options/wait.yaml").symlink_to("wait.yaml")
    assert told(folder) == [
        "options/act.yaml:1:1: error[FIL002]: a symbolic link to nothing",
        "options/wait.yaml:1:1: error[FIL002]: cannot be read: Too many levels of symbolic links",
    ]


def test_a_link_to_no_folder_of_options(write: Write, told: Callable[[Path], list[str]]) -> None:
    """A link to nothing in the place of the options' folder is told as that."""
    folder = write({"options/act.yaml": None, "options/wait.yaml": None})
    (folder / "options").symlink_to("gone")
    assert told(folder) == ["options:1:1: error[FIL002]: a symbolic link to nothing; expected a folder"]


def test_links_inside_the_dossier(write: Write) -> None:
    """A link from one record to another is read as if the other stood there."""
    folder = write({"options/act.yaml": None})
    (folder / "options/act.yaml").symlink_to("wait.yaml")
    dossier = DossierReader(folder).read().require()
    assert dossier.options["act"] == dossier.options["wait"]


@pytest.mark.parametrize("path", ["criteria.yaml", "frames.yaml", "options.csv", "options/act.yaml"])
def test_a_pipe_in_the_place_of_a_file(path: str, write: Write) -> None:
    """A pipe that nobody writes to is refused at once."""
    folder = write({path: None})
    os.mkfifo(folder / path)
    ran = subprocess.run(
        [sys.executable, "-m", "policyopts", "-C", ".", "rank"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines() == [f"{path}:1:1: error[FIL002]: not a regular file; expected a text file"]


def test_a_socket_in_the_place_of_a_file(
    write: Write, told: Callable[[Path], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A socket is refused."""
    folder = write({"options/act.yaml": None})
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(folder / "options")  # a socket's path has to be short
        listening.bind("act.yaml")
        (line,) = told(folder)
    assert line.startswith("options/act.yaml:1:1: error[FIL002]: cannot be read: ")


def test_a_device_in_the_place_of_a_file(write: Write, told: Callable[[Path], list[str]]) -> None:
    """A device is refused, not read."""
    folder = write({"options/act.yaml": None})
    zeros = Path("/dev/zero").stat()
    try:
        os.mknod(folder / "options/act.yaml", stat.S_IFCHR | 0o666, zeros.st_rdev)
    except PermissionError:
        pytest.skip("only root may make devices")
    (line,) = told(folder)
    # Where the file system takes no devices, it cannot even be opened.
    assert line.startswith("options/act.yaml:1:1: error[FIL002]: ")


def test_a_file_that_may_not_be_read(
    write: Write, told: Callable[[Path], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file without permission to read it is a finding."""
    folder = write()
    (folder / "options/act.yaml").chmod(0)
    if os.access(folder / "options/act.yaml", os.R_OK):  # root may read everything
        really_open = os.open

        def refuse(path: str, flags: int, *rest: int) -> int:
            if str(path).endswith("act.yaml"):
                raise PermissionError(13, "Permission denied")
            return really_open(path, flags, *rest)

        monkeypatch.setattr(os, "open", refuse)
    assert told(folder) == ["options/act.yaml:1:1: error[FIL002]: cannot be read: Permission denied"]


def test_a_hundred_megabytes(write: Write, told: Callable[[Path], list[str]]) -> None:
    """A file too large to be a record is not read."""
    folder = write()
    with (folder / "options/act.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert told(folder) == ["options/act.yaml:1:1: error[FIL004]: 104,857,600 bytes; expected at most 4,194,304"]


def test_the_largest_record(write: Write, told: Callable[[Path], list[str]]) -> None:
    """A record may have four mebibytes, and not a byte more."""
    content = CELLS.ljust(MAX_BYTES - 1, "#") + "\n"
    folder = write({"options/act.yaml": content.replace("}#", "} #")[:MAX_BYTES]})
    assert (folder / "options/act.yaml").stat().st_size == MAX_BYTES
    DossierReader(folder).read().require()
    with (folder / "options/act.yaml").open("ab") as file:
        file.write(b"\n")
    assert told(folder) == ["options/act.yaml:1:1: error[FIL004]: 4,194,305 bytes; expected at most 4,194,304"]


def test_five_hundred_mistakes(write: Write, told: Callable[[Path], list[str]]) -> None:
    """However many mistakes there are, all are told, by file, line and column."""
    mistakes = {
        f"options/option-{number}.yaml": "".join(
            ["performance:\n", "  cost: 500\n", "  effect: lkely\n", "  efect: 1\n", "nmae: x\n", "risks: no\n"]
        )
        for number in range(100)
    }
    lines = told(write(mistakes))
    places = [line.split(": ")[0].rsplit(":", 2) for line in lines]
    assert len(set(lines)) == len(lines) == 500
    in_order = sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2])))
    assert places == in_order
    assert {path for path, _, _ in places} == mistakes.keys()


def test_a_record_of_mistakes(write: Write, told: Callable[[Path], list[str]]) -> None:
    """Thousands of mistakes in one file, of several kinds at once, are all told."""
    count = 2000
    unknown_keys = "".join(f"key-{number}: x\n" for number in range(count))
    unknown_criteria = "".join(f"  criterion-{number}: 5\n" for number in range(count))
    twice = "name: x\n" * (count + 1)
    lines = told(
        write({"options/act.yaml": f"{unknown_keys}{twice}performance:\n  cost: 1\n  effect: 1\n{unknown_criteria}"})
    )
    for code in ("KEY201", "YML102", "REF221"):
        assert sum(f"error[{code}]" in line for line in lines) == count
    assert len(lines) == 3 * count


def test_names_of_files_that_no_terminal_should_see(write: Write, told: Callable[[Path], list[str]]) -> None:
    """Names of files with control characters or bytes that are no text are told in a line each, made visible."""
    folder = write()
    names = [b"line\nbreak.yaml", b"\x1b[31mred.yaml", b"caf\xe9.yaml", b"\xe2\x80\xaeback.yaml", b"a" * 250 + b".yaml"]
    for name in names:
        (folder / "options" / os.fsdecode(name)).write_text("- no record\n")
    lines = told(folder)
    assert len(lines) == len(names)
    shown = "\n".join(sorted(line.split(": error")[0] for line in lines))
    assert "options/line break.yaml:1:1" in shown
    assert "options/\\x1b[31mred.yaml:1:1" in shown
    assert "options/\\u202eback.yaml:1:1" in shown
    assert "options/caf" in shown
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_texts_that_would_be_more_than_texts(write: Write, run: Runner) -> None:
    """Markup and control characters in a record's texts load, and come out as what they are."""
    nasty = r"[red]R[/red] **M** \e[31mE\e[0m <b>H</b> \u202eB \a [link=https://example.org]L[/link] | =1+1"
    criteria = 'decision: {title: "%s"}\ncriteria:\n  cost: {name: "%s", scale: {worst: 1, best: 0}, weight: 1}\n'
    folder = write(
        {
            "criteria.yaml": criteria % (nasty, nasty),
            "options/act.yaml": f'name: "=cmd {nasty}"\nperformance: {{cost: 0}}\n',
            "options/wait.yaml": f'name: "@wait {nasty}"\nperformance: {{cost: 1}}\n',
        }
    )
    for format_ in ("table", "json", "csv", "markdown"):
        code, out, err = run("rank", "--format", format_, cwd=folder, env={"COLUMNS": "400"})
        assert (code, err) == (0, "")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out), format_
        escaped = r"\[red\]R\[/red\]" if format_ == "markdown" else "[red]R[/red]"
        assert out.count(escaped) >= (2 if format_ == "csv" else 3), format_
    _, table, _ = run("rank", cwd=folder, env={"COLUMNS": "400", "FORCE_COLOR": "1", "TERM": "xterm-256color"})
    coloured_by_us = re.compile(r"\x1b\[[0-9;]*m")
    assert coloured_by_us.search(table)
    assert "\x1b" not in coloured_by_us.sub("", table)
    assert r"\x1b[31mE" in table
