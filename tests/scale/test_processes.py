"""Processes that share work: the same results as without them, whatever becomes of a process."""

import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from policyopts.engine.errors import EngineError
from policyopts.engine.processes import Processes
from policyopts.findings import WorkersError

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="a process can be neither killed nor looked for as here"
)

WORK = """
import os, signal
from pathlib import Path
from policyopts.engine.errors import EngineError

def who(item):
    return os.getpid()

def die_once(marks, item):
    if item % 3 == 0:
        try:
            (Path(marks) / str(item)).touch(exist_ok=False)
        except FileExistsError:
            return -item
        os.kill(os.getpid(), 9)
    return -item

def die(item):
    os.kill(os.getpid(), 9)

def refuse(item):
    raise EngineError(f"item {item} is none", "take another")

def stay(item):
    if item:
        Path(item).read_text()  # a pipe that nobody writes to
    return os.getpid()
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give functions that processes can import, as they find modules where this one does."""
    (tmp_path / "work_of_tests.py").write_text(WORK, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import work_of_tests  # type: ignore[import-not-found]

    yield work_of_tests
    del sys.modules["work_of_tests"]


def test_others_do_the_work(work: Any, is_there: Callable[[int], bool]) -> None:
    """Work is done in as many processes as asked for, and they are gone when it is over."""
    at_work = set(Processes(2).in_turn(work.who, range(20)))
    assert 1 <= len(at_work) <= 2
    assert os.getpid() not in at_work
    assert not any(is_there(process) for process in at_work)


def test_a_process_that_dies_costs_nothing_but_time(work: Any, tmp_path: Path) -> None:
    """Every third item kills the process that first works on it: each result comes all the same, and in order."""
    die_once = partial(work.die_once, str(tmp_path))
    assert list(Processes(2).in_turn(die_once, range(12))) == [-item for item in range(12)]
    assert len([path for path in tmp_path.iterdir() if path.name.isdigit()]) == 4


def test_work_that_kills_whoever_does_it_is_given_up(work: Any) -> None:
    """After three processes that died at the same item, the error says so, and what may help."""
    with pytest.raises(WorkersError, match="ended 3 times at the same place") as told:
        list(Processes(2).in_turn(work.die, range(5)))
    assert "take fewer --workers" in told.value.hint


def test_an_error_of_the_work_is_raised_here(work: Any) -> None:
    """An exception comes back as it is, with its hint; the first by the items' order."""
    with pytest.raises(EngineError, match="item 0 is none") as told:
        list(Processes(2).in_turn(work.refuse, range(5)))
    assert told.value.hint == "take another"


def test_whoever_stops_asking_waits_for_nobody(work: Any, tmp_path: Path, is_there: Callable[[int], bool]) -> None:
    """A run that is left ends its processes at once, also one in the midst of something that never ends."""
    os.mkfifo(tmp_path / "silent")
    run = Processes(2).in_turn(work.stay, ["", str(tmp_path / "silent")])
    process = next(run)
    run.close()
    assert not is_there(process)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells when a stranger's process has ended")
def test_processes_end_with_the_program(
    work: Any, tmp_path: Path, is_there: Callable[[int], bool], in_time: Callable[[Any], Any]
) -> None:
    """A program that is killed leaves no process behind: they find their pipes closed."""
    program = (
        "import sys; from policyopts.engine.processes import Processes; import work_of_tests\n"
        "run = Processes(2).in_turn(work_of_tests.who, range(10**9))\n"
        "for process in run: print(process, flush=True)"
    )
    path = os.pathsep.join([str(tmp_path), *sys.path])
    command = [sys.executable, "-c", program]
    with in_time(
        subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True)
    ) as ran:
        assert ran.stdout is not None
        process = int(ran.stdout.readline())
        ran.kill()
    waited = os.pidfd_open(process) if is_there(process) else None
    if waited is not None:
        assert select.select([waited], [], [], 30)[0] == [waited]  # it tells when the process has ended
        os.close(waited)


def test_the_folder_where_it_runs_has_no_say(work: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier's folder may hold files that are called as modules are: no process takes them for these."""
    folder = tmp_path / "dossier"
    folder.mkdir()
    for module in ("pickle", "numpy", "policyopts"):
        (folder / f"{module}.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert len(list(Processes(1).in_turn(work.who, [1]))) == 1


def test_a_process_that_cannot_be_started_is_told(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system allows no more processes, the error says why."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(WorkersError, match=r"no process could be started to share the work: .*No such file"):
        list(Processes(1).in_turn(work.who, [1]))
