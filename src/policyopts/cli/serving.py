"""`policyopts explore --serve`: the page on this machine's own address, made anew after every edit."""

from __future__ import annotations

import errno
import html
import json
import os
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast

from policyopts.cli.boundary import say
from policyopts.cli.output import emit, show_findings, shown_folder
from policyopts.cli.source import dossier_reader
from policyopts.cli.watching import moments
from policyopts.findings import DossierError, OutputError, PolicyOptsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policyopts.model.dossier import Dossier
    from policyopts.records.loader import Reading

HERE = "127.0.0.1"
_QUIET_S = 15  # after so long without news something is sent all the same, to see whether anybody still listens
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_WAITING = (
    '<!doctype html><html lang="en"><meta http-equiv="refresh" content="2"><title>Explorer</title>'
    "<h1>The dossier has errors</h1><pre>{}</pre><p>This page waits until they are mended.</p>"
)


class News:
    """The page as it stands, and what keeps a newer one from being made; whoever waits is told of a change."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.version = 0
        self.page: str | None = None
        self.digest = ""
        self.trouble: tuple[str, ...] = ()

    def publish(self, page: str, digest: str) -> None:
        """Put a new page, of the dossier with this digest, in the old one's place."""
        with self._changed:
            self.version += 1
            self.page, self.digest, self.trouble = page, digest, ()
            self._changed.notify_all()

    def tell(self, trouble: tuple[str, ...]) -> None:
        """Keep the page, and tell why there is no newer one."""
        with self._changed:
            self.version += 1
            self.trouble = trouble
            self._changed.notify_all()

    def after(self, version: int, seconds: float) -> int:
        """Wait until there is something newer than a version, or so long; give the version that there is."""
        with self._changed:
            self._changed.wait_for(lambda: self.version > version, seconds)
            return self.version


def serve_page(folder: Path, make: Callable[[Dossier], str], port: int, *, show: bool) -> None:
    """Serve the page of a dossier until Ctrl-C, and make it anew whenever a file is saved.

    Raises
    ------
    OutputError
        Where the port cannot be had.
    """
    news = News()
    with _server(news, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        reader = dossier_reader(folder)
        for first in moments(folder):
            reading = reader.read()
            if first or reading.changed:
                _renew(news, reading, make)
            if first:
                _announce(f"http://{HERE}:{server.server_port}/", show=show)


def _announce(address: str, *, show: bool) -> None:
    emit(f"serving {address} until Ctrl-C\n")
    sys.stdout.flush()
    if show:
        from policyopts.cli.explore import open_in_browser

        open_in_browser(address)


def _renew(news: News, reading: Reading, make: Callable[[Dossier], str]) -> None:
    """Make the page anew; where that cannot be, tell why here and on the page."""
    from policyopts.report.findings import line

    try:
        dossier = reading.require()
        news.publish(make(dossier), dossier.digest)
    except DossierError as error:
        show_findings(error.folder, error.findings)
        news.tell(tuple(line(finding, shown_folder(error.folder)) for finding in error.findings))
    except PolicyOptsError as error:
        say(error.message, error.hint)
        news.tell((error.message,))


def _server(news: News, port: int) -> _Server:
    try:
        return _Server((HERE, port), type("Handler", (_Handler,), {"news": news}))
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            why = "is in use" if error.errno == errno.EADDRINUSE else "may not be used"
            raise OutputError(f"port {port} {why}", "choose another with --port N; 0 takes a free one") from None
        raise


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two servers share a port


class _Handler(BaseHTTPRequestHandler):
    """Answers two questions, and only to pages of this machine."""

    news: News
    server_version = "policyopts"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        """Answer with the page or the news of it."""
        # A page of elsewhere can have its own name lead here; it is then asked for under that name.
        port = cast("_Server", self.server).server_port
        if self.headers.get("Host", "") not in {f"{HERE}:{port}", f"localhost:{port}"}:
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", f"This is only served as {HERE}:{port}.\n")
            return
        path, _, digest = self.path.partition("?")
        if path == "/":
            self._page()
        elif path == "/changes":
            self._changes(digest)
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", "There is nothing here; the page is at /.\n")

    def _page(self) -> None:
        if self.news.page is not None:
            self._answer(HTTPStatus.OK, "text/html", self.news.page)
            return
        text = _WAITING.format(html.escape("\n".join(self.news.trouble)))
        self._answer(HTTPStatus.SERVICE_UNAVAILABLE, "text/html", text, "default-src 'none'")

    def _answer(self, status: HTTPStatus, kind: str, text: str, policy: str = "frame-ancestors 'none'") -> None:
        content = text.encode()
        self.send_response(status)
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(content))}
        for name, value in {**headers, **_HEADERS, "Content-Security-Policy": policy}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _changes(self, of: str) -> None:
        """Send news to a page of the dossier with this digest: that there is a newer one, or why there is none."""
        self.send_response(HTTPStatus.OK)
        for name, value in {"Content-Type": "text/event-stream", **_HEADERS}.items():
            self.send_header(name, value)
        self.end_headers()
        version = 0
        try:
            while True:
                last, version = version, self.news.after(version, _QUIET_S)
                if version == last:
                    self._send(":\n\n")
                elif self.news.digest != of:
                    self._send("event: changed\ndata:\n\n")
                else:
                    self._send(f"event: trouble\ndata: {json.dumps(self.news.trouble)}\n\n")
        except OSError:  # whoever listened is gone
            return

    def _send(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Keep requests to itself: the terminal is for the dossier's findings."""
