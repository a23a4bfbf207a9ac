"""A preview of the web page in a browser: a server on this machine alone, whose page reloads itself after each build."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread

from reportgen.runtime.records import dataclass

LOOPBACK = "127.0.0.1"
PATIENCE = 25.0
"""Seconds after which a question for the next build is answered without one, so that no connection hangs."""

POLICY = "default-src 'none'; frame-src 'self'; connect-src 'self'; script-src 'self'; style-src 'self'"
FRAME = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Preview</title><link rel="stylesheet" href="/frame.css"></head>
<body><iframe src="/page.html" title="The page of the case"></iframe><script src="/frame.js"></script></body></html>
"""
FRAME_STYLE = "html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block; }\n"
FRAME_SCRIPT = """"use strict";
const frame = document.querySelector("iframe");
async function follow(build) {
  for (;;) {
    try {
      const next = Number(await (await fetch(`/build?after=${build}`)).text());
      if (next > build && build) frame.contentWindow.location.reload();
      build = next;
    } catch {
      await new Promise((again) => setTimeout(again, 1000));
    }
  }
}
follow(0);
"""


@dataclass(slots=True)
class Builds:
    """The number of builds so far; `wait` returns when there is a later one."""

    number: int = 1
    _changed: Condition = field(default_factory=Condition)

    def add(self) -> None:
        """Count a build, and tell those who wait."""
        with self._changed:
            self.number += 1
            self._changed.notify_all()

    def wait(self, after: int, seconds: float = PATIENCE) -> int:
        """Return the number of builds as soon as it is greater than `after`, or after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.number > after, seconds)
            return self.number


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview: its address, and the builds that it follows."""

    address: str
    builds: Builds


@contextmanager
def preview(page: Path) -> Iterator[Preview]:
    """Serve a page to browsers of this machine while the context lasts."""
    builds = Builds()
    server = ThreadingHTTPServer((LOOPBACK, 0), _handler(page, builds))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Preview(f"http://{LOOPBACK}:{server.server_port}/", builds)
    finally:
        server.shutdown()
        server.server_close()


def _handler(page: Path, builds: Builds) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers for the frame, the page in it, and the number of the latest build; for nothing else."""

        def do_GET(self) -> None:
            """Answer a request that names this machine as its host."""
            name, _, query = self.path.partition("?")
            if self.headers.get("Host", "").partition(":")[0] not in (LOOPBACK, "localhost"):
                self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
                return
            content = _content(name, query, page, builds)
            if content is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            kind, body = content
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            if name == "/":
                self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the overridden method
            """Print nothing: the terminal belongs to the builds."""

    return Handler


def _content(name: str, query: str, page: Path, builds: Builds) -> tuple[str, bytes] | None:
    """Return the media type and the content of what is asked for; None where it is nothing of the preview."""
    match name:
        case "/":
            return "text/html", FRAME.encode()
        case "/frame.css":
            return "text/css", FRAME_STYLE.encode()
        case "/frame.js":
            return "text/javascript", FRAME_SCRIPT.encode()
        case "/page.html":
            return ("text/html", page.read_bytes()) if page.is_file() else None
        case "/build":
            after = query.removeprefix("after=")
            return "text/plain", str(builds.wait(int(after) if after.isdecimal() else 0)).encode()
        case _:
            return None
