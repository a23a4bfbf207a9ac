"""No command reaches another machine: every connection of every process is noted, and a server for all requests sees none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import CASES, INPUTS, ROOT
from tests.workbook.package.test_libreoffice import counting_server

HOOK = '''
"""Note every connection, name that is looked up, and program that is started."""

import os
import sys

EVENTS = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")


def note(event, parts):
    if event in EVENTS and not (event == "socket.connect" and isinstance(parts[1], (str, bytes))):  # a socket of this machine
        with open(os.environ["NOTED"], "a") as file:
            file.write(f"{event} {parts[1:]!r}\\\\n")


sys.addaudithook(note)
'''


def noted(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], str, list[str]]:
    """Run a command; gives how it ended, what it and its processes of Python connected to, and what a server was asked for."""
    hook, asked, notes = folder / "hook", list[str](), folder / "noted"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(HOOK.replace("\\\\n", "\\n"), encoding="utf-8")
    notes.write_text("", encoding="utf-8")
    with counting_server(asked) as server:
        proxies = {
            name: server
            for kind in ("http", "https", "all", "ftp")
            for name in (f"{kind}_proxy", f"{kind}_proxy".upper())
        }
        environment = {
            **os.environ,
            **proxies,
            "NOTED": str(notes),
            "PYTHONPATH": f"{hook}{os.pathsep}{ROOT}",
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    return done, notes.read_text(encoding="utf-8"), asked


@pytest.mark.long
def test_no_command_connects(tmp_path: Path) -> None:
    """Check, build of workbook, paper and page, verify with LibreOffice, compare, adopt: nothing is asked of anybody."""
    case, out = CASES / "nothing_known.yaml", tmp_path / "out"
    book = out / "nothing_known.xlsx"
    for arguments in (
        ("check", str(INPUTS / "small.yaml")),
        ("build", str(case), "-o", str(out)),
        ("build", str(case), "-o", str(out), "--format", "html"),
        ("verify", str(book)),
        ("compare", str(book), str(case)),
        ("adopt", str(book), "--case", str(case)),
    ):
        done, connected, asked = noted(tmp_path, "-m", "reportgen", *arguments)
        assert done.returncode == 0, done.stderr
        assert (connected, asked) == ("", [])


def test_a_connection_would_be_noted(tmp_path: Path) -> None:
    """What the test above relies on: a request goes to the server for all requests, and is noted."""
    done, connected, asked = noted(
        tmp_path, "-c", "import urllib.request; urllib.request.urlopen('http://example.test/x')"
    )
    assert done.returncode != 0
    assert "socket.connect" in connected
    assert asked == ["http://example.test/x"]
