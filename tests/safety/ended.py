"""Programs that are ended by a signal at a chosen event: the nth of all that Python audits, or the nth that changes a folder."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.paths import ROOT

HOOK = '''
"""End the process group at an event; without a number count the events."""

import atexit
import os
import sys

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "os.chmod", "os.utime", "shutil.rmtree", "shutil.copyfile"}
# taken out of the environment: the processes that this one starts count nothing
kind, at, number, folder, counted = (os.environ.pop("END_" + name, "0") for name in ("KIND", "AT", "BY", "IN", "COUNT"))
at, number, seen, busy = int(at), int(number), 0, False


def within(parts):
    return any(isinstance(part, (str, bytes, os.PathLike)) and folder in os.fsdecode(part) for part in parts)


def changes(event, parts):
    if event == "open":
        return isinstance(parts[2], int) and parts[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and within(parts[:1])
    return event in CHANGES and within(parts)


def note(event, parts):
    global seen, busy
    if busy:
        return
    busy = True
    try:
        if kind == "any" or changes(event, parts):
            seen += 1
            if seen == at:
                os.killpg(0, number)
    finally:
        busy = False


def write():
    with open(counted, "w") as file:
        file.write(str(seen))


if kind != "0":
    sys.addaudithook(note)
    if counted:
        atexit.register(write)
'''


class Ended:
    """Runs commands of Python that are ended at an event in a folder; `place` is a folder of its own."""

    def __init__(self, place: Path, watched: Path) -> None:
        self._place, self._watched = place, watched
        place.mkdir()
        (place / "sitecustomize.py").write_text(HOOK, encoding="utf-8")

    def run(
        self, arguments: Sequence[str], kind: str, at: int, number: int, counted: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run Python with arguments, ended by signal `number` at the event of a kind ("any", "folder"), counted from 1."""
        settings = {
            "KIND": kind,
            "AT": str(at),
            "BY": str(int(number)),
            "IN": str(self._watched),
            "COUNT": counted,
        }
        environment = {**os.environ, **{f"END_{name}": text for name, text in settings.items()}}
        environment["PYTHONPATH"] = f"{self._place}{os.pathsep}{ROOT}"
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
        )

    def events(self, arguments: Sequence[str], kind: str) -> int:
        """Run Python to its end, and return the number of events of a kind."""
        counted = self._place / "counted"
        done = self.run(arguments, kind, 0, 0, str(counted))
        assert done.returncode == 0, done.stderr
        return int(counted.read_text(encoding="utf-8"))
