"""A client of a YAML language server, as editors have one inside: opens files, gives diagnostics and hover texts."""

import json
import queue
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from tests.node import need_node, node_environment

SCRIPT = "yaml-language-server/bin/yaml-language-server"
FIND = f"console.log(require.resolve('{SCRIPT}'))"
LIMIT = 60
"""Seconds for an answer of the server; it takes less than one."""
SETTINGS = {"validate": True, "hover": True, "completion": False, "schemaStore": {"enable": False}}


def server_script() -> str:
    """Return the server's script; skip where Node or the package is missing."""
    need_node(SCRIPT)
    command = ["node", "-e", FIND]
    found = subprocess.run(command, check=True, capture_output=True, text=True, env=node_environment())
    return found.stdout.strip()


@dataclass(slots=True)
class Editor:
    """An editor with one language server: what it published, by file."""

    server: "subprocess.Popen[bytes]"
    received: "queue.Queue[dict[str, Any]]" = field(default_factory=queue.Queue)
    number: int = 0

    def diagnostics(self, path: Path) -> list[dict[str, Any]]:
        """Open a file and return what the server marks in it."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text("utf-8")}
        self._notify("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self.received.get(timeout=LIMIT)
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            if message["params"]["uri"] == path.as_uri():
                return list(message["params"]["diagnostics"])

    def hover(self, path: Path, line: int, character: int) -> str:
        """Return the text that stands over a place of an opened file, both counted from 0."""
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
        found = self.request("textDocument/hover", place)
        return str(found["contents"]["value"]) if found else ""

    def request(self, method: str, params: dict[str, Any]) -> Any:
        """Return the result of a request."""
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while True:
            message = self.received.get(timeout=LIMIT)
            if message.get("id") == self.number and "method" not in message:
                return message.get("result")

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(f"Content-Length: {len(content)}\r\n\r\n".encode() + content)
        self.server.stdin.flush()

    def listen(self) -> None:
        """Read messages until the server ends; its own requests, for settings, are answered."""
        stream = self.server.stdout
        assert stream
        while head := stream.readline():
            length = 0
            while head.strip():
                if head.lower().startswith(b"content-length:"):
                    length = int(head.split(b":")[1])
                head = stream.readline()
            message = json.loads(stream.read(length))
            if "method" in message and "id" in message:
                asked = message.get("params", {}).get("items", [])
                answer = [SETTINGS if one.get("section") == "yaml" else None for one in asked] or None
                self._send({"id": message["id"], "result": answer})
            else:
                self.received.put(message)


@contextmanager
def editor(folder: Path) -> Iterator[Editor]:
    """Start a language server over a folder, and end it."""
    server = subprocess.Popen(
        ["node", server_script(), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )  # fmt: skip
    made = Editor(server)
    listener = Thread(target=made.listen, daemon=True)
    listener.start()
    try:
        able = {"workspace": {"configuration": True}, "textDocument": {"publishDiagnostics": {}}}
        made.request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": able})
        made._notify("initialized", {})
        yield made
    finally:
        server.kill()
        server.wait()
        listener.join()
        for stream in (server.stdin, server.stdout):
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]
