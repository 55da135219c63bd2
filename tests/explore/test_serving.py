"""`policyopts explore --serve`, as a process of its own."""

from __future__ import annotations

import html
import http.client
import shutil
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.explore.conftest import data_of

from policyopts.cli.source import example_folder
from policyopts.report.explore import is_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

FILES = ("criteria.yaml", "evidence.yaml", "frames.yaml", "perspectives.yaml", "assumptions.yaml")
WAIT_S = 30  # of a machine that is busy with other tests; nothing waits that long where all is well


class Served(NamedTuple):
    """A server at work."""

    folder: Path
    process: subprocess.Popen[str]
    port: int

    def get(self, path: str, host: str | None = None, method: str = "GET") -> tuple[int, dict[str, str], str]:
        """Ask for something."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_S)
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        found = (answer.status, dict(answer.getheaders()), answer.read().decode())
        connection.close()
        return found

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file of the dossier."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def served(tmp_path: Path, in_time: Callable[[subprocess.Popen[str]], subprocess.Popen[str]]) -> Iterator[Served]:
    """Serve a copy of the shipped dossier on a free port."""
    for name in FILES:
        shutil.copy(example_folder() / name, tmp_path)
    shutil.copytree(example_folder() / "options", tmp_path / "options")
    command = [sys.executable, "-m", "policyopts", "explore", "--serve", "--port", "0", "-C", str(tmp_path)]
    with in_time(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("serving http://127.0.0.1:")
        assert line.endswith("/ until Ctrl-C\n")
        yield Served(tmp_path, process, int(line.split(":")[2].split("/")[0]))
        process.kill()


def news(served: Served, of: str) -> Iterator[tuple[str, str]]:
    """Listen to the news for a page of a dossier with a digest."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=WAIT_S)
    connection.request("GET", f"/changes?{of}")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    kind = ""
    for raw in answer:
        line = raw.decode().strip()
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data:"):
            yield kind, line.removeprefix("data:").strip()


def test_the_page_is_served_to_this_machine(served: Served) -> None:
    """The page comes from 127.0.0.1 with a policy that lets it ask its own server and no other."""
    status, headers, page = served.get("/")
    assert status == 200
    assert is_ours(page)
    assert data_of(page)["live"] is True
    assert "connect-src 'self'" in html.unescape(page)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert served.get("/", f"localhost:{served.port}")[0] == 200


STRANGERS = ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil:{port}"]


@pytest.mark.parametrize("host", STRANGERS)
@pytest.mark.parametrize("path", ["/", "/changes"])
def test_another_name_gets_nothing(served: Served, host: str, path: str) -> None:
    """A page of elsewhere whose name leads here is refused: the dossier is nobody else's."""
    status, _, text = served.get(path, host.format(port=served.port))
    assert status == 403
    assert "rocket" not in text


@pytest.mark.parametrize("path", ["/criteria.yaml", "/../criteria.yaml", "/options/", "/explore.html"])
def test_there_is_nothing_but_the_page(served: Served, path: str) -> None:
    """No file is served, whatever is asked for, and nothing can be written."""
    assert served.get(path)[0] == 404
    assert served.get("/", method="POST")[0] == 501


def test_an_edit_makes_the_page_anew(served: Served) -> None:
    """After a save, whoever has the older page is told, and the next one asked for is the new one."""
    digest = data_of(served.get("/")[2])["digest"]
    told = news(served, digest)
    assert next(told) == ("trouble", "[]")
    served.edit("criteria.yaml", "title: Answering", "title: Replying to")
    assert next(told) == ("changed", "")
    page = served.get("/")[2]
    assert "<title>Replying to" in page
    assert next(news(served, digest)) == ("changed", "")  # an older page that only now asks is told, too
    assert next(news(served, data_of(page)["digest"])) == ("trouble", "[]")


def test_a_mistake_is_told_on_the_page_and_here(served: Served) -> None:
    """A dossier with errors leaves the page as it was; page and terminal are told why until it is mended."""
    digest = data_of(served.get("/")[2])["digest"]
    told = news(served, digest)
    next(told)
    served.edit("criteria.yaml", "baseline: do-nothing", "baseline: do-nothin")
    kind, lines = next(told)
    assert kind == "trouble"
    assert "error[REF221]" in lines
    assert served.process.stderr is not None
    assert "error[REF221]" in served.process.stderr.readline()
    assert data_of(served.get("/")[2])["digest"] == digest
    served.edit("criteria.yaml", "baseline: do-nothin", "baseline: do-nothing")
    assert next(told) == ("trouble", "[]")


def test_a_port_in_use_is_told(served: Served) -> None:
    """A port that another program has is a sentence with a way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "policyopts", "explore", "--serve", "--port", port, "-C", str(served.folder)]
        failed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert failed.stderr == f"policyopts: port {port} is in use\n  choose another with --port N; 0 takes a free one\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_ends_it_quietly(served: Served) -> None:
    """Ctrl-C leaves with 130 and says nothing, also while a page is listening."""
    told = news(served, "")
    next(told)
    served.process.send_signal(signal.SIGINT)
    assert served.process.stderr is not None
    assert served.process.wait(WAIT_S) == 130
    assert served.process.stderr.read() == ""


def test_an_open_page_follows_edits(served: Served, browser: Browser) -> None:
    """A page open in a browser loads itself anew after a save, keeps what was chosen, and shows findings."""
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{served.port}/#as=perspective.pentagon")
    page.wait_for_selector("#verdict strong")
    served.edit("criteria.yaml", "title: Answering", "title: Replying to")
    page.wait_for_selector("h1:text('Replying to')")
    page.wait_for_selector("#verdict strong")
    assert page.input_value("#reading") == "perspective.pentagon"
    served.edit("criteria.yaml", "baseline: do-nothing", "baseline: do-nothin")
    page.wait_for_selector("#trouble:has-text('error[REF221]')")
    served.edit("criteria.yaml", "baseline: do-nothin", "baseline: do-nothing")
    page.wait_for_selector("#trouble", state="hidden")
    page.close()
